"""What was asked and how, as it was fixed before anybody looked at the answers.

The design decides on the words of every later page; so it comes first, with what is
compared with what, the primary outcomes and every change of the plan.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from trede.reports.effects.analysis_json import (
    AnalysisJson,
    EstimateJson,
    headlines,
    main_contrasts,
)
from trede.reports.effects.figures import keeps_test_back, shown
from trede.reports.effects.names import Names
from trede.reports.laying_out import Grid, Line
from trede.reports.sections import Section
from trede.reports.wording import number

DESIGNS = {
    "pre_post": pgettext_lazy(
        "design of an analysis",
        "People were asked twice: before and after. There is no group to compare with"
        " at the same time, so a difference is called a change. Why it changed cannot"
        " be told from these figures.",
    ),
    "waiting_list": pgettext_lazy(
        "design of an analysis",
        "Lots decided who began first and who waited. Who began is compared with who"
        " waited in the same period, so a difference is called an effect.",
    ),
    "control_group": pgettext_lazy(
        "design of an analysis",
        "Participants are compared with other people who answered the same questions"
        " in the same period, weighted so that they look like the participants. A"
        " difference is called an effect, as far as the groups are alike in what was"
        " not asked too.",
    ),
    "several_pilots": pgettext_lazy(
        "design of an analysis",
        "People of several pilots were asked twice: before and after. There is no group"
        " to compare with at the same time, so a difference is called a change.",
    ),
}
TYPES = {
    "score": pgettext_lazy("type of outcome", "score"),
    "likert": pgettext_lazy("type of outcome", "answers in order"),
    "ladder": pgettext_lazy("type of outcome", "tread of the ladder"),
    "binary": pgettext_lazy("type of outcome", "yes or no"),
    "hours": pgettext_lazy("type of outcome", "hours a week"),
    "time": pgettext_lazy("type of outcome", "time until it happens"),
}


def plan_sections(analysis: AnalysisJson, names: Names) -> Iterator[Section]:
    yield Section(
        "design",
        _("What was compared with what?"),
        str(DESIGNS.get(analysis.get("design", ""), "")),
        grid=_outcomes(analysis, names),
        points=list(_asked(analysis, names)),
        method=list(_adjustment(analysis)),
    )


def _asked(analysis: AnalysisJson, names: Names) -> Iterator[str]:
    if asked := analysis.get("estimand"):
        estimand = names.plan.get(asked, asked).rstrip(".")
        yield (
            _("What is estimated: %(estimand)s.") % {"estimand": estimand}
            if estimand
            else _("What is estimated was laid down in Dutch only.")
        )
    for change in analysis.get("amendments") or ():
        day = "-".join(reversed(change["on"].split("-")))
        reason = names.plan.get(change["reason"], change["reason"]).rstrip(".")
        yield (
            _("The plan was changed on %(day)s: %(reason)s.")
            % {"day": day, "reason": reason}
            if reason
            else _("The plan was changed on %(day)s. Why was recorded in Dutch only.")
            % {"day": day}
        )
    if not analysis.get("amendments"):
        yield _("The plan was not changed after it was made.")
    if guessed := analysis.get("types_guessed"):
        yield ngettext(
            "Of %(n)s outcome the type was not given; it was judged by its values.",
            "Of %(n)s outcomes the type was not given; it was judged by their values.",
            len(guessed),
        ) % {"n": number(len(guessed))}


def _outcomes(analysis: AnalysisJson, names: Names) -> Grid | None:
    """The primary outcomes and the question each of them answers."""
    found = [one for one in _asked_first(analysis) if one.get("primary")]
    if not found:
        return None
    lines = (
        Line(
            names.outcome(one["outcome"]),
            (
                shown(names.question(one.get("question") or "") or None),
                shown(str(TYPES.get(one.get("type", ""), one.get("type", "")))),
            ),
        )
        for one in found
    )
    return Grid(
        _("The primary outcomes, chosen beforehand"),
        (_("Research question"), _("Kind of outcome")),
        tuple(lines),
        words=True,
    )


def _asked_first(analysis: AnalysisJson) -> list[EstimateJson]:
    """The headlines of every outcome, of the first difference it has."""
    first: dict[str, EstimateJson] = {}
    for contrast in main_contrasts(analysis):
        for one in headlines(analysis, contrast):
            first.setdefault(one["outcome"], one)
    return list(first.values())


def _tests_withheld(analysis: AnalysisJson) -> bool:
    return any(
        one.get("headline") and (one.get("suppressed") or keeps_test_back(one))
        for one in analysis.get("estimates") or ()
    )


def _adjustment(analysis: AnalysisJson) -> Iterator[str]:
    found = _asked_first(analysis)
    primary = sum(bool(one.get("primary")) for one in found)
    yield _(
        "%(primary)s primary and %(other)s other outcomes. The p-values are adjusted"
        " for how many questions were asked, by Holm and by Benjamini-Hochberg; both"
        " stand in the tables. That is done within each family of outcomes of the plan"
        " and for each difference by itself; without families the primary outcomes are"
        " one and the others another."
    ) % {"primary": number(primary), "other": number(len(found) - primary)}
    if _tests_withheld(analysis):
        yield _(
            "Tests that are not shown count in this as p = 1. So the adjusted p-values"
            " here may be larger than in the full figures, never smaller."
        )
    yield _(
        "Which method an outcome gets follows from its kind and was fixed before the"
        " answers were seen. Seed of everything that is drawn at random: %(seed)s."
    ) % {"seed": analysis.get("seed", 1)}
