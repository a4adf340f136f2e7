"""The analysis of a final report as chapters, in the words of its own questionnaires.

The words were kept with the run. What no question asks (the coach's tread, how long
something took, what follows from several answers) has its words here.
"""

from collections.abc import Iterator, Mapping
from typing import cast

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from trede.reports.effects.analysis_json import analysis_in
from trede.reports.effects.chapters import effect_chapters
from trede.reports.effects.limits import limit_sections
from trede.reports.effects.names import Names
from trede.reports.figures_json import Json
from trede.reports.sections import Chapter
from trede.trajectories.ladder import SIX_TREADS

Spoken = Mapping[str, str]
FOLLOWS: Mapping[str, Promise] = {
    "coach_tread": pgettext_lazy("outcome", "Tread of the ladder, by the coach"),
    "tread": pgettext_lazy("outcome", "Tread of the ladder, by the own answers"),
    "isolated": pgettext_lazy("outcome", "Rarely or never in touch with anybody"),
    "discriminated_any": pgettext_lazy("outcome", "Discriminated against anywhere"),
    "self_reliance_problem": pgettext_lazy("outcome", "Finds setbacks hard"),
    "first_step": pgettext_lazy("outcome", "First step of one's own"),
    "exit": pgettext_lazy("outcome", "End of the trajectory"),
    "age": pgettext_lazy("outcome", "Age"),
}
# Where on the page what follows from several answers stands.
BESIDE: Mapping[str, str] = {
    "isolated": "contact_friends",
    "discriminated_any": "discriminated_street",
    "self_reliance_problem": "overcomes_setbacks",
}
TREADS = ("coach_tread", "tread")


def is_analysed(results: Json) -> bool:
    """Whether these results show a comparison; in a public edition perhaps not yet."""
    return bool(results.get("analysis"))


def analysis_chapters(results: Json) -> list[Chapter]:
    """What these figures cannot say stands in a place of its own on the page."""
    if not is_analysed(results):
        return []
    analysis = cast(Json, results["analysis"])
    return effect_chapters(analysis, names_in(results), limits=False)


def limits_told(results: Json) -> Iterator[str]:
    if not is_analysed(results):
        return
    analysis = analysis_in(cast(Json, results["analysis"]))
    for section in limit_sections(analysis, simulated=bool(results["simulated"])):
        yield from section.points


def names_in(results: Json) -> Names:
    """What everything is called, in the language of the reader."""
    told = cast(Json, results.get("names", {}))
    outcomes = _spoken(told.get("outcomes"))
    domains = _spoken(told.get("domains"))
    domains |= {code: domains.get(item, "") for code, item in BESIDE.items()}
    domains |= dict.fromkeys((*TREADS, "first_step", "exit"), _("Participation"))
    return Names(
        outcomes=outcomes | {code: str(words) for code, words in FOLLOWS.items()},
        answers=_answers(told),
        domains=domains,
        waves=cast(Spoken, told.get("waves", {})),
        scales=cast(Spoken, told.get("scales", {})),
        before=_("Intake"),
        after=_("Evaluation"),
    )


def question_of(results: Json, code: str) -> str:
    """A research question in the words of the pilot's file."""
    told = cast(Json, results.get("names", {}))
    return cast(Spoken, told.get("questions", {})).get(code, code)


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
