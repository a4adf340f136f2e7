"""The report as a document to edit further (DOCX), with everything the PDF says.

Made for people who take the figures along into a report of their own: real headings,
table heads that come back on every page, pictures with their figures in words, and
Dutch as the language, so that a word processor and a screen reader know their way.
"""

from io import BytesIO
from pathlib import Path

import vl_convert
from django.utils import translation
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run as Words

from trede.documents import typesetting
from trede.reports.book.editable import add_parts
from trede.reports.drawing import Picture
from trede.reports.figures_json import Json
from trede.reports.laying_out import Grid
from trede.reports.models import Edition
from trede.reports.page import FlowStep, Report, lay_out_report
from trede.reports.printing import (
    how_made,
    notices,
    state_of,
    why_hidden,
)
from trede.reports.sections import Chapter, Section
from trede.reports.sections_as_data import label_of
from trede.reports.wording import Wording
from trede.studies.models import Run

FONT = "Noto Sans"
LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
WIDE = Cm(16)
LABELS = Cm(5)  # the first column, where the words are
SHARPNESS = 2  # pixels of a picture for each point, so that it prints sharply
vl_convert.register_font_directory(str(Path(typesetting.FONTS)))


def docx(
    run: Run,
    results: Json,
    *,
    view: str,
    wording: Wording,
    edition: Edition | None = None,
) -> bytes:
    report = lay_out_report(
        run, results, public=view == "public", words=wording, edition=edition
    )
    paper = _blank(report, run.study.pilot.municipality.name)
    paper.add_heading(report.title, 0)
    paper.add_paragraph(report.under)
    for told in (state_of(edition), *notices(report, view)):
        if told:
            paper.add_paragraph().add_run(told).bold = True
    add_parts(paper, report.book.before)
    if report.book.people.blocks:
        add_parts(paper, [report.book.people])
    _chapters(paper, report.chapters)
    _way(paper, report)
    paper.add_heading(_("What was measured"), 1)
    _table(paper, report.waves)
    if report.held_back:
        paper.add_heading(_("Why the evaluation is not shown"), 1)
    for told in report.held_back:
        paper.add_paragraph(told)
    add_parts(paper, report.book.after)
    paper.add_heading(_("What these figures cannot say"), 1)
    for told in report.cannot_say:
        paper.add_paragraph(told, style="List Bullet")
    _small(paper, how_made(run))
    _chapters(paper, report.appendix)
    add_parts(paper, report.book.annexes)
    written = BytesIO()
    paper.save(written)
    return written.getvalue()


def _blank(report: Report, municipality: str) -> Paper:
    """A4, our font in every style, the language, the title and who made it."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.footer.paragraphs[0].text = report.under
    language = LANGUAGES.get((translation.get_language() or "nl")[:2], "nl-NL")
    paper.core_properties.title = report.title
    paper.core_properties.author = municipality
    paper.core_properties.comments = ""  # else the name of the library
    paper.core_properties.language = language
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
        look = paper.styles[name].element.get_or_add_rPr()
        fonts = look.get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for kind in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{kind}"), FONT)
    for spoken in paper.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)
    return paper


def _chapters(paper: Paper, chapters: list[Chapter]) -> None:
    for chapter in chapters:
        paper.add_heading(chapter.label, 1)
        for section in chapter.sections:
            _section(paper, section)


def _section(paper: Paper, section: Section) -> None:
    paper.add_heading(section.question, 2)
    if section.lead:
        paper.add_paragraph(section.lead)
    if section.picture:
        _picture(paper, section.svg, section.picture)
    if section.grid:
        _table(paper, section.grid)
    for told in section.points:
        paper.add_paragraph(told, style="List Bullet")
    if section.method:
        _small(paper, " ".join(section.method), _("Method"))
    if section.hides:
        _small(paper, why_hidden(), _("Hidden"))


def _picture(paper: Paper, svg: str, picture: Picture) -> None:
    drawn = vl_convert.svg_to_png(svg, scale=SHARPNESS)
    place = paper.add_paragraph()
    place.paragraph_format.keep_with_next = True
    shape = place.add_run().add_picture(BytesIO(drawn), width=WIDE)
    shape._inline.docPr.set("descr", picture.told)


def _way(paper: Paper, report: Report) -> None:
    paper.add_heading(_("From the list to the evaluation"), 1)
    heads = (_("Step"), _("People"), _("Who fell away, and why"))
    table = _lined(paper, len(report.flow) + 1, heads)
    for row, step in zip(table.rows[1:], report.flow, strict=True):
        for cell, text in zip(row.cells, _told(step), strict=True):
            _write(cell, text)
        row.cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for told in report.dropouts:
        paper.add_paragraph(told)


def _told(step: FlowStep) -> tuple[str, str, str]:
    return step.label, str(step.n), step.note


def _table(paper: Paper, grid: Grid) -> None:
    table = _lined(paper, len(grid.lines) + 1, (grid.caption, *grid.heads))
    for row, line in zip(table.rows[1:], grid.lines, strict=True):
        label, *figures = row.cells
        _write(label, label_of(line), bold=True)
        for cell, figure in zip(figures, line.figures, strict=True):
            _write(cell, figure.text).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _lined(paper: Paper, rows: int, heads: tuple[str, ...]) -> Table:
    """A table whose head comes back on every page, and whose rows stay whole."""
    table: Table = paper.add_table(rows, len(heads), style="Table Grid")
    for row in table.rows:
        for place, cell in enumerate(row.cells):
            cell.width = Emu((WIDE - LABELS) // (len(heads) - 1)) if place else LABELS
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for place, (cell, head) in enumerate(zip(table.rows[0].cells, heads, strict=True)):
        told = _write(cell, head, bold=True)
        told.alignment = WD_ALIGN_PARAGRAPH.RIGHT if place else WD_ALIGN_PARAGRAPH.LEFT
    return table


def _write(cell: _Cell, text: str, *, bold: bool = False) -> Paragraph:
    told: Paragraph = cell.paragraphs[0]
    told.paragraph_format.space_after = Pt(0)
    words = told.add_run(text)
    words.font.size, words.bold = Pt(8), bold
    return told


def _small(paper: Paper, text: str, head: str = "") -> None:
    told = paper.add_paragraph()
    if head:
        _quiet(told.add_run(f"{head}. ")).bold = True
    _quiet(told.add_run(text))


def _quiet(words: Words) -> Words:
    words.font.size, words.font.color.rgb = Pt(8.5), RGBColor(0x40, 0x40, 0x40)
    return words
