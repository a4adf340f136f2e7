"""The sheets of a spreadsheet from outside, as rows of words with their numbers.

The parser is native code and the file may be hostile: it is opened in a process of its
own with bounded memory and time, and nothing larger than a questionnaire is read.
"""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from trede.documents.workbook import (
    OpenWorkbook,
    Sheet,
    WorkbookRefused,
    archive_format,
)
from trede.questionnaires.exchange.carried import FileRefused

# The largest known forms have some thousands of questions and answers.
MOST_ROWS = 20_000
MOST_COLUMNS = 400
MOST_UNPACKED = 60_000_000
ZIP = b"PK"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_REFUSALS: Mapping[str, Promise] = {
    "empty": gettext_lazy("The file is empty. Save the form again and use that file."),
    "password": gettext_lazy(
        "The file is protected with a password. Save it without a password."
    ),
    "too_large_unpacked": gettext_lazy(
        "Unpacked, this file is larger than a questionnaire can be. Copy the sheets to"
        " a new workbook and save that."
    ),
    "workbook_too_slow": gettext_lazy(
        "This file takes too long to read. Copy the sheets to a new workbook and save"
        " that."
    ),
}
_BROKEN = gettext_lazy(
    "This is not a spreadsheet, or it is damaged. Open it in your spreadsheet program"
    " and save it as XLSX."
)
_MANY = gettext_lazy(
    "The sheet “%(sheet)s” has more rows or columns than a questionnaire can have. Copy"
    " the filled part to a new workbook and save that."
)


@dataclass(frozen=True)
class Grid:
    """One sheet. `rows[0]` is row 1; the first column need not be A."""

    name: str
    first_column: int
    rows: tuple[tuple[str, ...], ...]


def may_be_spreadsheet(content: bytes) -> bool:
    return content.startswith((ZIP, OLD_OFFICE))


def read_sheets(content: bytes, name: str) -> dict[str, Grid]:
    """Every visible sheet by its name in small letters."""
    try:
        if content.startswith(ZIP):
            archive_format(content)
            _refuse_mountain(content)
        with OpenWorkbook(content) as workbook:
            return {
                sheet.name.strip().lower(): _grid(workbook, sheet, name)
                for sheet in workbook.sheets()
            }
    except WorkbookRefused as refusal:
        why = _REFUSALS.get(refusal.code, _BROKEN)
        raise FileRefused(f"{name}: {why}") from refusal


def _refuse_mountain(content: bytes) -> None:
    """What a list of people may be, a questionnaire never is."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > MOST_UNPACKED:
        raise WorkbookRefused("too_large_unpacked")


def column_letter(place: int) -> str:
    """The letter above a column, as spreadsheets have it: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, left = divmod(place - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters


def _grid(workbook: OpenWorkbook, sheet: Sheet, name: str) -> Grid:
    if sheet.rows > MOST_ROWS or sheet.columns > MOST_COLUMNS:
        raise FileRefused(f"{name}: {_MANY}" % {"sheet": sheet.name})
    rows = tuple(tuple(row) for row in workbook.rows(sheet))
    return Grid(sheet.name, sheet.first_column, rows)
