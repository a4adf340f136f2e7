"""Reads an uploaded list and keeps what that brought to light, row by row.

A row that cannot be read in waits among those to check, with the reason.
"""

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from trede.inflow.listed import Listed, listed, packed
from trede.inflow.reading.columns import looks_like_list
from trede.inflow.reading.file import open_list
from trede.inflow.reading.people import ListReading, Progress, read_list
from trede.inflow.reading.reasons import reason_text
from trede.inflow.reading.record import ListRecord, RowReader
from trede.inflow.reading.values import fold
from trede.people.details import mistakes

NAMES = ("name", "surname", "given_names")


class Column(NamedTuple):
    source: str
    field: str | None
    reason: str
    params: list[tuple[str, str]]
    example: str

    @property
    def why(self) -> str:
        return reason_text(self.reason, dict(self.params))


class ToCheck(NamedTuple):
    """A row that is not read in; `text` where the reason has no code."""

    row: int
    column: str
    value: str
    code: str
    params: list[tuple[str, str]]
    text: str = ""

    @property
    def why(self) -> str:
        return self.text or reason_text(self.code, dict(self.params))


class Unread(NamedTuple):
    """Who seems to stand in a row that could not be read: digits, words of names."""

    digits: str
    words: list[str]


class Difference(NamedTuple):
    person: int
    field: str
    was: str
    becomes: str


class Perhaps(NamedTuple):
    """A row that may be one of these people."""

    row: int
    name: str
    birth_date: str
    people: list[int]


@dataclass
class Findings:
    """What the check of a list brought to light."""

    columns: list[Column] = field(default_factory=list)
    to_check: list[ToCheck] = field(default_factory=list)
    corrections: list[ToCheck] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    repeats: list[tuple[int, int]] = field(default_factory=list)
    perhaps: list[Perhaps] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    def put_away(self) -> bytes:
        return packed(vars(self))

    @classmethod
    def taken_out(cls, content: bytes) -> "Findings":
        if not content:
            return cls()
        found = json.loads(zlib.decompress(content))
        return cls(
            columns=[Column(*one) for one in found["columns"]],
            to_check=[ToCheck(*one) for one in found["to_check"]],
            corrections=[ToCheck(*one) for one in found["corrections"]],
            unread=[Unread(*one) for one in found["unread"]],
            repeats=[(row, repeats) for row, repeats in found["repeats"]],
            perhaps=[Perhaps(*one) for one in found["perhaps"]],
            differences=[Difference(*one) for one in found["differences"]],
            gone=found["gone"],
        )


@dataclass
class Check:
    """A list that was read. `people` are the rows that could be read."""

    rows: int
    people: list[Listed]
    findings: Findings
    about: dict[str, object]


def read(
    content: bytes,
    name: str,
    on: date,
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Check:
    """Raises `reading.reasons.Refused` when the file is not a list."""
    reading = read_list(content, name=name, on=on, mapping=mapping, progress=progress)
    findings = _findings(reading)
    findings.unread = list(_unread(content, reading, on))
    people = []
    for record in _taken_from(reading.records):
        one = listed(record)
        wrong = mistakes(one.details, on)
        for which, message in wrong.items():
            value = getattr(one.details, which)
            findings.to_check.append(
                ToCheck(one.row, which, value, "", [], str(message))
            )
        if not wrong:
            people.append(one)
    findings.to_check.sort(key=lambda one: one.row)
    about: dict[str, object] = {
        "format": reading.format,
        "encoding": reading.encoding,
        "sheet": reading.sheet,
        "other_sheets": list(reading.other_sheets),
        "header_row": reading.header_row,
    }
    return Check(reading.rows, people, findings, about)


def _taken_from(records: list[ListRecord]) -> Iterator[ListRecord]:
    """One by one, so that a long list is not held twice."""
    records.reverse()
    while records:
        yield records.pop()


def _findings(reading: ListReading) -> Findings:
    return Findings(
        columns=[
            Column(one.source, one.field, one.reason, list(one.params), one.example)
            for one in reading.columns
        ],
        to_check=[
            ToCheck(one.row, one.column, one.value, one.code, list(one.params))
            for one in reading.rejected
        ],
        corrections=[
            ToCheck(one.row, one.column, one.value, one.code, list(one.params))
            for one in reading.corrections
        ],
        repeats=[(one.row, one.repeats) for one in reading.duplicates],
    )


def _unread(content: bytes, reading: ListReading, on: date) -> Iterator[Unread]:
    """So that nobody goes off the list because of a mistake in their row."""
    rows = {note.row for note in reading.rejected}
    if not rows:
        return
    reader = RowReader(reading.columns, on=on)
    with open_list(content, looks_like_list=looks_like_list) as file:
        for number, row in file.rows:
            if number in rows:
                cells = reader.cells(row)
                names = " ".join(cells.get(name, "") for name in NAMES)
                digits = re.sub(r"\D", "", cells.get("bsn", ""))
                yield Unread(digits, sorted(set(fold(names).split())))
