"""A whole report as one reads it, the same on screen, on paper and as a web page.

Per table: the question, a sentence, a picture, the table, how it was made, what is
hidden. Then the way from list to evaluation, what was measured, why the evaluation is
not shown yet, and what these figures cannot say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict, cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trede.pilots.rules import Rules
from trede.reports.analysed import analysis_chapters, is_analysed, limits_told
from trede.reports.beside_reference import reference_chapters
from trede.reports.book.laying_out import Book, lay_out_book
from trede.reports.explaining import (
    Quoted,
    cannot_say,
    held_back_sentences,
    method_of,
    quoted,
    vocabulary,
)
from trede.reports.figures_json import Json, TableJson, tables_in
from trede.reports.laying_out import Grid, Line, Shown, lay_out
from trede.reports.models import Edition
from trede.reports.sections import Chapter, Section
from trede.reports.telling import lead, picture
from trede.reports.word_list import word_list
from trede.reports.wording import STEPS, Wording, number
from trede.studies.models import Run

APPENDIX = "appendix"


@dataclass(frozen=True)
class FlowStep:
    label: str
    n: int
    note: str
    ends: bool


@dataclass(frozen=True)
class Report:
    title: str
    under: str
    public: bool
    chapters: list[Chapter]
    quoted: list[Quoted]
    flow: list[FlowStep]
    dropouts: list[str]
    waves: Grid
    held_back: list[str]
    cannot_say: list[str]
    vocabulary: str
    hidden: int
    invented: bool
    simulated: str
    book: Book
    appendix: list[Chapter]  # figures that one looks up, behind everything else


def lay_out_report(
    run: Run,
    results: Json,
    *,
    public: bool,
    words: Wording,
    edition: Edition | None = None,
) -> Report:
    """`edition` says which version of the written chapters belongs to it."""
    rules, until = words.rules, run.until_on
    analysed = analysis_chapters(results, rules)
    chapters = [*_chapters(results, words), *analysed]
    limits = [*cannot_say(results, rules, until), *limits_told(results)]
    waves = _waves(results, rules)
    return Report(
        title=_("How did people begin, and where are they now?"),
        under=_("%(edition)s of %(pilot)s. Data up to and with %(day)s.")
        % {
            "edition": run.get_edition_display().capitalize(),
            "pilot": run.study.pilot.name,
            "day": until.strftime("%d-%m-%Y"),
        },
        public=public,
        chapters=[each for each in chapters if each.code != APPENDIX],
        quoted=quoted(results),
        flow=flow_steps(results, words),
        dropouts=dropout_sentences(results),
        waves=waves,
        held_back=why_not_shown(run, results, words),
        cannot_say=limits,
        vocabulary=vocabulary(rules, until),
        hidden=_hidden(results),
        invented=bool(results["invented"]),
        simulated=", ".join(cast(list[str], results["simulated"])),
        book=lay_out_book(run, results, public=public, words=words, edition=edition),
        appendix=[
            *reference_chapters(tables_in(results), words),
            *(each for each in chapters if each.code == APPENDIX),
            *word_list(chapters, [*limits, *(line.label for line in waves.lines)]),
        ],
    )


def why_not_shown(run: Run, results: Json, words: Wording) -> list[str]:
    """Why the evaluation does not stand in it; nothing where it does."""
    if run.edition == Run.Edition.FINAL:
        return [] if is_analysed(results) else [_("The comparison is not shown here.")]
    return held_back_sentences(results, words.rules, run.until_on)


def _chapters(results: Json, words: Wording) -> Iterator[Chapter]:
    tables = {table["id"]: table for table in tables_in(results)}
    for section in words.rules.report.sections:
        found = [tables[code] for code in section.tables if code in tables]
        if found:
            sections = [_section(table, words) for table in found]
            yield Chapter(section.code, section.said, sections)


def _section(table: TableJson, words: Wording) -> Section:
    grid = lay_out(table, words)
    return Section(
        table["id"],
        words.question(table["id"]),
        lead(table, words),
        picture(table, grid, words),
        grid,
        method_of(table, words),
    )


# The way from list to evaluation --------------------------------------------------


class ExitJson(TypedDict):
    reason: str
    n: int


class StepJson(TypedDict):
    code: str
    n: int
    exits: list[ExitJson] | None


class FlowJson(TypedDict):
    steps: list[StepJson]
    gross: int | None
    net: int | None


def flow_in(results: Json) -> FlowJson:
    return cast(FlowJson, results["flow"])


def flow_steps(results: Json, words: Wording) -> list[FlowStep]:
    steps = flow_in(results)["steps"]
    last = len(steps) - 1
    return [
        FlowStep(
            str(STEPS[step["code"]]),
            step["n"],
            _fell_away(steps[place - 1], step, words) if place else "",
            place in (0, last),
        )
        for place, step in enumerate(steps)
    ]


def _fell_away(before: StepJson, step: StepJson, words: Wording) -> str:
    gone = before["n"] - step["n"]
    if not gone:
        return ""
    told = ngettext("%(n)s fewer", "%(n)s fewer", gone) % {"n": number(gone)}
    exits = before["exits"] or []
    reasons = ", ".join(f"{each['n']} {words.exit(each['reason'])}" for each in exits)
    return f"{told}: {reasons}" if reasons else told


def dropout_sentences(results: Json) -> list[str]:
    """Both figures: with, and without who proved not to fit the criteria."""
    flow = flow_in(results)
    if flow["gross"] is None:
        return [_("How many people left after the intake is hidden.")]
    if not flow["gross"]:
        return [_("Nobody left after the intake.")]
    told = [
        _(
            "%(n)s people left after the intake. That counts together who stopped, who"
            " no longer answered and who proved not to fit the criteria."
        )
        % {"n": number(flow["gross"])}
    ]
    if flow["net"] is None:
        told.append(_("The number without the last group is hidden."))
    elif flow["net"] != flow["gross"]:
        told.append(
            _("Without those who proved not to fit: %(n)s.")
            % {"n": number(flow["net"])}
        )
    return told


class WaveJson(TypedDict):
    wave: str
    label: str
    done: int | None
    retired_on: str


def _waves(results: Json, rules: Rules) -> Grid:
    said = {each.code: each.said for each in rules.waves}
    lines = []
    for wave in cast(list[WaveJson], results["waves"]):
        done = wave["done"]
        shown = Shown(_("hidden"), hidden=True) if done is None else Shown(number(done))
        retired = wave["retired_on"]
        until = "-".join(reversed(retired.split("-"))) if retired else ""
        state = Shown(_("no longer since %(day)s") % {"day": until}) if until else None
        lines.append(
            Line(
                f"{wave['wave']} {said.get(wave['wave'], wave['label'])}",
                (shown, state or Shown(_("held"))),
            )
        )
    return Grid(
        _("How many people filled in which measurement"),
        (_("Filled in"), _("Measurement")),
        tuple(lines),
    )


def _hidden(results: Json) -> int:
    cells = (
        cell
        for table in tables_in(results)
        for row in table["rows"]
        for each in (row, *row.get("of_which", []))
        for cell in each["cells"]
    )
    return sum(cell["suppressed"] is not None for cell in cells)
