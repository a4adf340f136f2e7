"""Who waited by lot: what they changed without a trajectory, and then with one.

Until their own start they are the comparison, and their change is the change without a
trajectory: the season, the labour market and regression to the mean are in it, and in
the change of the others too. After it both groups have had a trajectory, so that what
changes then is told of each by itself and is not called an effect.
"""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from trede.reports.effects.analysis_json import AnalysisJson, measured_contrasts
from trede.reports.effects.names import Names

WAITED, FIRST = "comparison", "treated"


def waits(analysis: AnalysisJson) -> bool:
    return analysis.get("design") == "waiting_list"


def of_who_waited(analysis: AnalysisJson, names: Names) -> Names:
    """With the groups called what they are."""
    if not waits(analysis):
        return names
    groups = {FIRST: _("who started first"), WAITED: _("who waited")}
    contrasts = {
        "difference_1": _("until who waited began"),
        "difference_2": _("after who waited began"),
    }
    return replace(
        names,
        groups={**groups, **names.groups},
        contrasts={**contrasts, **names.contrasts},
    )


def question_of_waiting(outcome: str) -> str:
    return _("%(outcome)s: what changed without a trajectory?") % {"outcome": outcome}


def without_told() -> str:
    return _(
        "These are the people who waited, from the intake until just before their own"
        " start. What changed in them is the change without the guidance."
    )


def later_parts(
    analysis: AnalysisJson, contrast: str, outcome: str
) -> Iterator[tuple[str, str, str]]:
    """Later difference, group and question of each change that stands by itself."""
    if not waits(analysis):
        return
    words = {"outcome": outcome}
    for later in measured_contrasts(analysis):
        if later != contrast:
            last = _("%(outcome)s: does it last in who started first?") % words
            own = _("%(outcome)s: what changed in who waited, from their start on?")
            yield later, FIRST, last
            yield later, WAITED, own % words


def later_told() -> str:
    return _("A change and not an effect: by then both groups had a trajectory.")
