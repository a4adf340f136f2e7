"""The chapters of an effect report, in the order in which a reader asks.

First what was asked and of whom, then the answers to the research questions, then
everything else, and at the end what could not be told and what must not be read in it.
"""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from trede.reports.effects.analysis_json import AnalysisJson, analysis_in
from trede.reports.effects.appendix import appendix_sections
from trede.reports.effects.beside_others import balance_sections
from trede.reports.effects.circumstances import circumstance_sections
from trede.reports.effects.leaning import leaning_sections
from trede.reports.effects.limits import limit_sections
from trede.reports.effects.names import Names
from trede.reports.effects.overview import overview_sections
from trede.reports.effects.people_counted import (
    people_sections,
    sensitivity_sections,
)
from trede.reports.effects.plan import plan_sections
from trede.reports.effects.primary import primary_sections
from trede.reports.effects.questionnaire import questionnaire_sections
from trede.reports.effects.refusals import refusal_sections
from trede.reports.effects.steps import ladder_sections
from trede.reports.effects.subgroups import subgroup_sections
from trede.reports.effects.waiting import of_who_waited
from trede.reports.sections import Chapter


def effect_chapters(
    found: Mapping[str, object],
    names: Names,
    *,
    simulated: bool = False,
    limits: bool = True,
) -> list[Chapter]:
    """The whole analysis as chapters; a chapter without anything to say is left out.

    `limits` is False for who tells what the figures cannot say in a place of its own.
    """
    analysis = analysis_in(found)
    names = of_who_waited(analysis, names)
    chapters = list(_chapters(analysis, names))
    if limits:
        sections = list(limit_sections(analysis, simulated=simulated))
        chapters.append(Chapter("limits", _("What these figures cannot say"), sections))
    appendix = list(appendix_sections(analysis, names))
    chapters.append(Chapter("appendix", _("Appendix: all figures"), appendix))
    return [chapter for chapter in chapters if chapter.sections]


def _chapters(analysis: AnalysisJson, names: Names) -> Iterator[Chapter]:
    effect = analysis.get("language") == "effect"
    yield Chapter(
        "plan", _("What was asked, and how"), list(plan_sections(analysis, names))
    )
    yield Chapter(
        "people", _("Who is in the figures"), list(people_sections(analysis, names))
    )
    yield Chapter(
        "balance",
        _("Beside whom people are compared"),
        list(balance_sections(analysis, names)),
    )
    yield Chapter(
        "primary",
        _("The research questions"),
        list(primary_sections(analysis, names)),
    )
    yield Chapter(
        "missing",
        _("If those who are missing were otherwise"),
        list(sensitivity_sections(analysis, names)),
    )
    yield Chapter(
        "overview",
        _("All effects") if effect else _("All changes"),
        [*overview_sections(analysis, names), *leaning_sections(analysis, names)],
    )
    yield Chapter(
        "ladder", _("The ladder, step by step"), list(ladder_sections(analysis, names))
    )
    yield Chapter(
        "subgroups",
        _("For some otherwise than for others?"),
        [
            *circumstance_sections(analysis, names),
            *subgroup_sections(analysis, names),
        ],
    )
    yield Chapter(
        "questionnaire",
        _("How good were the questions?"),
        list(questionnaire_sections(analysis, names)),
    )
    yield Chapter(
        "refused",
        _("What could not be estimated"),
        list(refusal_sections(analysis, names)),
    )
