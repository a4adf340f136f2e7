"""Says what kind of file was uploaded, refuses what cannot be a list, and gives its
rows as text, one at a time, with the number each has in a spreadsheet.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trede.documents.workbook import OpenWorkbook, WorkbookRefused, archive_format
from trede.inflow.reading.reasons import Refused, params_of
from trede.inflow.reading.text import decode, separator_of, split_rows

MAX_MEGABYTES = 50
MAX_COLUMNS = 250
HEAD = 60

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED_BEGINNINGS = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "document"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"\x1f\x8b", "archive"),
)
MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version:")

Rows = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True, slots=True)
class ListFile:
    """An opened list: `head` are its first rows, `rows` gives all of them."""

    format: str
    encoding: str | None
    sheet: str
    other_sheets: tuple[str, ...]
    first_column: int
    expected_rows: int
    head: list[list[str]]
    rows: Rows


@contextlib.contextmanager
def open_list(
    data: bytes, *, looks_like_list: Callable[[list[list[str]]], float]
) -> Iterator[ListFile]:
    """Open the file; of several sheets the one that looks most like a list."""
    try:
        with _opened(data, looks_like_list) as file:
            yield file
    except WorkbookRefused as refusal:
        raise Refused(refusal.code) from refusal


@contextlib.contextmanager
def _opened(
    data: bytes, looks_like_list: Callable[[list[list[str]]], float]
) -> Iterator[ListFile]:
    if len(data) > MAX_MEGABYTES * 1_000_000:
        raise Refused("too_large", params_of(limit=MAX_MEGABYTES))
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise Refused("empty")
    form = _format(data)
    if form == "csv":
        yield _text_file(data)
        return
    with OpenWorkbook(data) as workbook:
        sheets = workbook.sheets()
        chosen = max(sheets, key=lambda sheet: looks_like_list(sheet.head))
        _check_width(chosen.columns)
        yield ListFile(
            format=form,
            encoding=None,
            sheet=chosen.name,
            other_sheets=tuple(s.name for s in sheets if s is not chosen),
            first_column=chosen.first_column,
            expected_rows=chosen.rows,
            head=chosen.head,
            rows=enumerate(workbook.rows(chosen), start=1),
        )


def _format(data: bytes) -> str:
    for beginning, code in REFUSED_BEGINNINGS:
        if data.startswith(beginning) and not (beginning == b"BM" and _is_text(data)):
            raise Refused(code)
    if data.startswith(b"PK"):
        return archive_format(data)
    if data.startswith(OLE):
        return _old_office(data)
    if data[:400].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(MARKUP):
        raise Refused("web_page")
    return "csv"


def _is_text(data: bytes) -> bool:
    """A list may begin with the letters BM; a picture has zeros soon after them."""
    return b"\x00" not in data[:64]


def _old_office(data: bytes) -> str:
    """The container of old Office files tells by its stream names what is in it."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("password")
    if "WordDocument".encode("utf-16-le") in data:
        raise Refused("document")
    return "xls"


def _text_file(data: bytes) -> ListFile:
    text, encoding = decode(data)
    separator = separator_of(text)
    head = [
        row for row, _ in zip(split_rows(text, separator), range(HEAD), strict=False)
    ]
    _check_width(max((len(row) for row in head), default=0))
    return ListFile(
        format="csv",
        encoding=encoding,
        sheet="",
        other_sheets=(),
        first_column=0,
        expected_rows=text.count("\n"),
        head=head,
        rows=enumerate(split_rows(text, separator), start=1),
    )


def _check_width(count: int) -> None:
    if count > MAX_COLUMNS:
        raise Refused("too_many_columns", params_of(count=count, limit=MAX_COLUMNS))
