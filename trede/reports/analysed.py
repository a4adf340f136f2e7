"""The analysis of a final report as chapters, in the words of its own questionnaires.

The words in which people were asked were kept with the run; `outcome_words` has the
short names that stand in tables.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trede.inflow.reach import words_of_list
from trede.pilots.circumstances import OPEN_CODE
from trede.pilots.in_english import sentences_in_english
from trede.pilots.rules import Rules
from trede.pilots.study_rules import Choice, is_read_in_english
from trede.reports.effects.analysis_json import analysis_in
from trede.reports.effects.chapters import effect_chapters
from trede.reports.effects.limits import limit_sections
from trede.reports.effects.names import Names
from trede.reports.figures_json import Json
from trede.reports.outcome_words import BESIDE, OF_THE_COURSE, short_names
from trede.reports.sections import Chapter
from trede.reports.spending import spending_chapters
from trede.studies.baselines import INTAKE
from trede.studies.holding_back import EVALUATION
from trede.trajectories.ladder import SIX_TREADS

Spoken = Mapping[str, str]
TREADS = ("coach_tread", "tread")


def is_analysed(results: Json) -> bool:
    """Whether these results show a comparison; in a public edition perhaps not yet."""
    return bool(results.get("analysis"))


def analysis_chapters(results: Json, rules: Rules) -> list[Chapter]:
    """What these figures cannot say stands in a place of its own on the page."""
    if not is_analysed(results):
        return []
    analysis = cast(Json, results["analysis"])
    told = effect_chapters(analysis, names_in(results, rules), limits=False)
    return [*told, *spending_chapters(results)]


def limits_told(results: Json) -> Iterator[str]:
    if not is_analysed(results):
        return
    analysis = analysis_in(cast(Json, results["analysis"]))
    for section in limit_sections(analysis, simulated=bool(results["simulated"])):
        yield from section.points


def names_in(results: Json, rules: Rules) -> Names:
    """What everything is called, in the language of the reader."""
    told = cast(Json, results.get("names", {}))
    outcomes = _spoken(told.get("outcomes"))
    domains = _spoken(told.get("domains"))
    domains |= {code: domains.get(item, "") for code, item in BESIDE.items()}
    domains |= dict.fromkeys(OF_THE_COURSE, _("Participation"))
    plan = rules.final_report
    waves = _stored(told, "waves") | _said(rules.waves)
    of_list = words_of_list(rules)
    analysis = cast(Json, results.get("analysis") or {})
    return Names(
        outcomes=outcomes | short_names(rules),
        answers=_answers(told),
        domains=domains,
        waves=waves,
        scales=_stored(told, "scales") | _said(plan.scales if plan else ()),
        families=_stored(told, "families") | _said(plan.families if plan else ()),
        plan=_plan_in_english(analysis, rules) if is_read_in_english() else {},
        listed={code: str(label) for code, (label, _levels) in of_list.items()},
        list_levels={code: levels for code, (_label, levels) in of_list.items()},
        periods={OPEN_CODE: _("An ordinary, open time")} | _said(rules.circumstances),
        reached_is=_("Reached is: spoken to at least once, or seen at an intake."),
        before=waves.get(INTAKE, ""),
        after=waves.get(EVALUATION, ""),
        lower_is_better=cast(Sequence[str], told.get("lower_is_better") or ()),
    )


def _plan_in_english(analysis: Json, rules: Rules) -> dict[str, str]:
    """By the words in which the plan was recorded; "" of what is in Dutch only."""
    known = sentences_in_english(rules)
    changes = cast(Sequence[Mapping[str, str]], analysis.get("amendments") or ())
    estimates = cast(Sequence[Mapping[str, str]], analysis.get("estimates") or ())
    recorded = [
        str(analysis.get("estimand") or ""),
        *(one["reason"] for one in changes),
        *(one["question"] for one in estimates if one.get("question")),
    ]
    return {words: known.get(words, "") for words in recorded}


def _stored(told: Json, names: str) -> dict[str, str]:
    return dict(cast(Spoken, told.get(names, {})))


def _said(choices: Iterable[Choice]) -> dict[str, str]:
    return {each.code: each.said for each in choices}


def _answers(told: Json) -> dict[str, Spoken]:
    given = cast(Mapping[str, object], told.get("answers", {}))
    answers: dict[str, Spoken] = {code: _spoken(words) for code, words in given.items()}
    treads = {str(tread): str(words) for tread, words in SIX_TREADS.treads.items()}
    yes_no = {"1": _("Yes"), "0": _("No"), "yes": _("Yes"), "no": _("No")}
    for code, words in answers.items():
        if not words or set(words) == {"yes", "no"}:
            answers[code] = yes_no
    return answers | dict.fromkeys(TREADS, treads) | dict.fromkeys(BESIDE, yes_no)


def _spoken(words: object) -> dict[str, str]:
    """By code, in the reader's language or else as first written."""
    language = (get_language() or "nl")[:2]
    found = cast(Mapping[str, Spoken], words or {})
    return {
        code: said.get(language) or next(iter(said.values()), "")
        for code, said in found.items()
    }
