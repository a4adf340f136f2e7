"""What these figures cannot say: a fixed part of every report, by its design."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from trede.reports.effects.analysis_json import AnalysisJson
from trede.reports.sections import Section


def limit_sections(
    analysis: AnalysisJson, *, simulated: bool = False
) -> Iterator[Section]:
    yield Section(
        "effect-limits",
        _("What can these figures not say?"),
        "",
        points=list(_limits(analysis, simulated=simulated)),
    )


def _limits(analysis: AnalysisJson, *, simulated: bool) -> Iterator[str]:
    if simulated:
        yield _(
            "The answers are simulated: made up. They show what a report looks like and"
            " say nothing of people."
        )
    if analysis.get("language") == "effect":
        yield from _of_effects(analysis)
    else:
        yield from _of_changes()
    yield _(
        "Who left or gave no answer may be otherwise than who stayed. The checks for"
        " who is missing know only what was asked before."
    )
    yield _(
        "Answers are people's own. At a second interview people know the questions,"
        " and may want to please who asks."
    )
    yield _unseen(analysis)
    yield _(
        "With many outcomes some will rise or fall by chance. Only the primary"
        " outcomes were chosen beforehand; the others describe."
    )
    yield _(
        "The figures are of these people in this period. They do not hold by"
        " themselves for other people or another town."
    )


def _unseen(analysis: AnalysisJson) -> str:
    if analysis.get("language") == "effect":
        return _(
            "An interval that does not leave out “no difference” does not prove that"
            " there is none. It says how large a difference could still have been there"
            " unseen."
        )
    return _(
        "An interval that does not leave out “no change” does not prove that nothing"
        " changed. It says how large a change could still have been there unseen."
    )


def _of_changes() -> Iterator[str]:
    yield _(
        "There is no group that was measured at the same time without the guidance. So"
        " the figures say that something changed, not why."
    )
    yield _(
        "Who begins low will on average be higher the next time, whatever is done"
        " (regression to the mean)."
    )
    yield _(
        "Time goes by too: the season, the labour market, rules and restrictions"
        " changed between the two moments."
    )


def _of_effects(analysis: AnalysisJson) -> Iterator[str]:
    if analysis.get("design") == "waiting_list":
        yield _(
            "Who waited knew that their turn would come. That can change what people"
            " do, and then the difference is not the effect of the guidance alone."
        )
        yield _(
            "Who waited was asked before the own start. Where that came early because"
            " the other of the pair stopped, less time lay between the two moments."
        )
        yield _(
            "If more people leave one group than the other, the groups are no longer"
            " alike, however they were drawn."
        )
    else:
        yield _(
            "The groups were not made by lot. They were made alike in what was asked;"
            " in what was not asked they may differ."
        )
    yield _(
        "The effect is of being offered this guidance in this period, beside what the"
        " comparison group got."
    )
