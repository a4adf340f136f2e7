"""All texts of one language as one spreadsheet, for a translator who has no account.

Every row names the place of a text, so that the sheet can be sorted, filtered and cut
and still finds its way back. A second sheet tells from which edition it was made.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format

from trede.languages import language_of
from trede.questionnaires.exchange.carried import FileRefused
from trede.questionnaires.exchange.sheets import Grid, read_sheets

TEXTS, ABOUT = "teksten", "trede"
PLACE, ORIGINAL, USE, WORDS, REMARK = (
    "plaats",
    "oorspronkelijk",
    "gebruik",
    "vertaling",
    "opmerking",
)
HEADS = (PLACE, ORIGINAL, USE, WORDS, REMARK)
_NEEDED = (PLACE, ORIGINAL, WORDS)
_WIDTHS = (24, 50, 30, 60, 30)
LONGEST_NUMBER = 6
# A spreadsheet program takes a cell that begins so for a formula when it is edited.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Made:
    """From what a sheet was made; empty where the sheet does not tell."""

    code: str = ""
    version: str = ""
    language: str = ""
    edition: int | None = None


@dataclass(frozen=True)
class SheetRow:
    """One text; `number` is the row as the spreadsheet program shows it."""

    number: int
    place: str
    original: str
    words: str
    use: str = ""
    remark: str = ""


def as_workbook(rows: Sequence[SheetRow], made: Made) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        plain = {"text_wrap": True, "valign": "top", "num_format": "@"}
        fixed = {**plain, "font_color": "#555555", "bg_color": "#EEEEEE"}
        right = language_of(made.language).direction == "rtl"
        own = {**plain, "reading_order": 2 if right else 1}
        looks = _Looks(book, (fixed, fixed, fixed, own, plain))
        sheet = book.add_worksheet(TEXTS)
        for place, (head, width) in enumerate(zip(HEADS, _WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, head, book.add_format({"bold": True}))
        for at, row in enumerate(rows, start=1):
            cells = (row.place, row.original, row.use, row.words, row.remark)
            for place, cell in enumerate(cells):
                # Always as words: what begins with “=” is no formula.
                sheet.write_string(at, place, cell, looks.of(place, cell))
        sheet.freeze_panes(1, 1)
        _write_made(book.add_worksheet(ABOUT), made)
    return content.getvalue()


def read_workbook(content: bytes, name: str) -> tuple[list[SheetRow], Made]:
    """The filled rows, or a refusal in plain words."""
    sheets = read_sheets(content, name)
    grid = sheets.get(TEXTS)
    if grid is None or not grid.rows:
        raise FileRefused(
            _("%(name)s: there is no sheet “%(sheet)s”. Use the file from this page.")
            % {"name": name, "sheet": TEXTS}
        )
    columns = _columns(grid, name)
    rows = [_row(n, cells, columns) for n, cells in enumerate(grid.rows, 1) if n > 1]
    filled = [row for row in rows if row.place or row.words]
    return filled, _read_made(sheets.get(ABOUT))


class _Looks:
    """The formats of the columns; a cell that looks like a formula stays a text."""

    def __init__(
        self, book: xlsxwriter.Workbook, looks: Sequence[Mapping[str, object]]
    ) -> None:
        self.plain = [book.add_format(look) for look in looks]
        self.quoted = [book.add_format({**look, "quote_prefix": 1}) for look in looks]

    def of(self, place: int, cell: str) -> Format:
        return (self.quoted if cell.startswith(FORMULA) else self.plain)[place]


def _write_made(sheet: xlsxwriter.worksheet.Worksheet, made: Made) -> None:
    told = {
        "code": made.code,
        "version": made.version,
        "language": made.language,
        "edition": str(made.edition or 0),
    }
    for at, (key, value) in enumerate(told.items()):
        sheet.write_string(at, 0, key)
        sheet.write_string(at, 1, value)


def _read_made(grid: Grid | None) -> Made:
    told = {row[0]: row[1].strip() for row in grid.rows if len(row) > 1} if grid else {}
    edition = told.get("edition", "")
    known = edition.isdecimal() and len(edition) <= LONGEST_NUMBER
    return Made(
        told.get("code", ""),
        told.get("version", ""),
        told.get("language", ""),
        int(edition) if known else None,
    )


def _columns(grid: Grid, name: str) -> dict[str, int]:
    heads = [cell.strip().lower() for cell in grid.rows[0]]
    missing = [head for head in _NEEDED if head not in heads]
    if missing:
        raise FileRefused(
            _(
                "%(name)s: the first row has no column “%(column)s”. Put the names of"
                " the columns back as they were."
            )
            % {"name": name, "column": missing[0]}
        )
    return {head: heads.index(head) for head in HEADS if head in heads}


def _row(number: int, cells: Sequence[str], columns: Mapping[str, int]) -> SheetRow:
    def cell(head: str) -> str:
        at = columns.get(head, len(cells))
        return tidy(cells[at]) if at < len(cells) else ""

    return SheetRow(
        number, cell(PLACE), cell(ORIGINAL), cell(WORDS), cell(USE), cell(REMARK)
    )


def tidy(words: str) -> str:
    """Without what a spreadsheet program adds or loses at the ends."""
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()
