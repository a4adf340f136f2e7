"""A list that somebody takes along: for a spreadsheet (XLSX), or as plain text (CSV).

Every list is written the same way: the rows of the screen below their heads, days as
days, words as words and never as a formula. A workbook says on a second sheet what was
asked for, when and by whom. Who stood in it is in the audit trail, by the view.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from trede.accounts.doors import StaffRequest

FORMULA = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NARROW, WIDE, WIDEST = 14, 26, 48
# More does not go into a cell of a spreadsheet.
LONGEST = 32_767

PERSONAL = gettext_lazy("This file holds personal data. Delete it after use.")
# Counts of small groups: made to steer by, not to be shown to others.
OF_THE_TEAM = gettext_lazy(
    "For use inside the team only: do not publish. In small groups people can be"
    " recognised."
)

Cell = str | int | Decimal | date | None
# A filter as on the screen: what it is called, and the chips that can be chosen.
Filters = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class ListFile:
    """`name` is of the file, without day and ending; `title` of the list; `columns`
    are the heads with the width of each. A list that is not `whole` ends with a line
    that says so: nobody should take a part of it for everybody. `care` says how to
    handle it; nothing where it tells of nobody."""

    name: str
    title: str
    columns: Mapping[str, int]
    rows: Iterable[Sequence[Cell]]
    about: Sequence[tuple[str, str]] = ()
    whole: bool = True
    care: str | Promise = PERSONAL

    @property
    def all_rows(self) -> Iterator[Sequence[Cell]]:
        yield from self.rows
        if not self.whole:
            yield [_("There are more. Choose a filter to take the others along.")]


def chosen(filters: Filters) -> list[tuple[str, str]]:
    """What was asked for, in the words of the screen."""
    return [
        (name, str(chip["label"]))
        for name, chips in filters.items()
        for chip in chips
        if chip["current"]
    ]


def as_file(request: StaffRequest, listed: ListFile) -> HttpResponseBase:
    """The file that the address asks for: a workbook unless it says CSV."""
    if request.GET.get("als") == "csv":
        return as_csv(request, listed)
    response = HttpResponse(_workbook(listed, request), content_type=XLSX)
    response.headers["Content-Disposition"] = _disposition(request, listed, "xlsx")
    return response


def as_csv(request: StaffRequest, listed: ListFile) -> HttpResponseBase:
    return StreamingHttpResponse(
        csv_lines(listed.columns, listed.all_rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": _disposition(request, listed, "csv")},
    )


def csv_lines(heads: Iterable[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    # A spreadsheet in Dutch expects semicolons, and the mark that says UTF-8.
    yield "\ufeff" + _csv_line(heads)
    for row in rows:
        yield _csv_line(harmless(in_text(cell)) for cell in row)


def harmless(text: str) -> str:
    """A spreadsheet would run a cell that begins like a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def in_text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{_here(cell):%d-%m-%Y %H:%M:%S}"
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    if isinstance(cell, Decimal):
        return str(cell).replace(".", ",")
    return "" if cell is None else str(cell)


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, delimiter=";").writerow(cells)
    return line.getvalue()


def _disposition(request: StaffRequest, listed: ListFile, ending: str) -> str:
    day = timezone.localdate(request.at)
    return f'attachment; filename="{listed.name}-{day:%Y%m%d}.{ending}"'


def _workbook(listed: ListFile, request: StaffRequest) -> bytes:
    content = io.BytesIO()
    # In memory: no names on the disk of the server.
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet, looks = book.add_worksheet(listed.title[:31]), _Looks(book)
        for place, (head, width) in enumerate(listed.columns.items()):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, head, looks.head)
        sheet.freeze_panes(1, 0)
        n = 0
        for n, row in enumerate(listed.all_rows, start=1):
            for place, cell in enumerate(row):
                _write(sheet, n, place, cell, looks)
        n -= not listed.whole
        sheet.autofilter(0, 0, n, len(listed.columns) - 1)
        _tell(book.add_worksheet(_("About this list")), listed, n, request, looks)
    return content.getvalue()


class _Looks:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        words = {"text_wrap": True, "valign": "top", "num_format": "@"}
        day = {"align": "left", "valign": "top"}
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.words = book.add_format(words)
        self.quoted = book.add_format({**words, "quote_prefix": 1})
        self.number = book.add_format({"valign": "top"})
        self.day = book.add_format({**day, "num_format": "dd-mm-yyyy"})
        self.moment = book.add_format({**day, "num_format": "dd-mm-yyyy hh:mm"})

    def of(self, text: str) -> Format:
        return self.quoted if text.startswith(FORMULA) else self.words


def _write(sheet: Worksheet, row: int, place: int, cell: Cell, looks: _Looks) -> None:
    if isinstance(cell, datetime):
        moment = _here(cell).replace(tzinfo=None)
        sheet.write_datetime(row, place, moment, looks.moment)
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, cell, looks.day)
    elif isinstance(cell, int | Decimal):
        sheet.write_number(row, place, cell, looks.number)
    elif cell:
        # Always as words: what begins with “=” is no formula.
        sheet.write_string(row, place, cell[:LONGEST], looks.of(cell))


def _tell(
    sheet: Worksheet, listed: ListFile, n: int, request: StaffRequest, looks: _Looks
) -> None:
    told: list[tuple[str, Cell]] = [
        (_("List"), listed.title),
        *listed.about,
        (_("Rows"), n),
        (_("Taken along on"), request.at),
        (_("Taken along by"), request.user.name),
    ]
    if listed.care:
        told.append((_("Keep in mind"), str(listed.care)))
    sheet.set_column(0, 0, WIDE)
    sheet.set_column(1, 1, WIDEST)
    for row, (name, cell) in enumerate(told):
        sheet.write_string(row, 0, name, looks.head)
        _write(sheet, row, 1, cell, looks)


def _here(moment: datetime) -> datetime:
    return timezone.localtime(moment)
