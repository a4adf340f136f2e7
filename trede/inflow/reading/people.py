"""Reads a whole target list: every row is a person, a rejected row or a repetition
of an earlier one, so that the sum always comes out.
"""

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

from trede.inflow.reading.columns import (
    ColumnReading,
    find_header,
    has_bsn_without_header,
    looks_like_list,
    recognise,
)
from trede.inflow.reading.dates import what_stands_first
from trede.inflow.reading.file import ListFile, open_list
from trede.inflow.reading.reasons import Note, Refused, params_of
from trede.inflow.reading.record import ListRecord, RowReader, RowReading, record_of
from trede.inflow.reading.values import fold

MAX_ROWS = 400_000
PROGRESS_EVERY = 500
DATES = ("born_on", "benefit_since_on", "last_contact_on", "settled_on")
TOTALS = ("totaal", "total", "subtotaal", "eindtotaal", "aantal", "som", "einde")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row that repeats an earlier one, by what, and in which fields it differs."""

    row: int
    repeats: int
    by: str
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListReading:
    """All that a file held: rows = records + rejected rows + duplicates."""

    name: str
    format: str
    encoding: str | None
    sheet: str
    other_sheets: tuple[str, ...]
    header_row: int | None
    columns: tuple[ColumnReading, ...]
    rows: int
    records: list[ListRecord]
    rejected: tuple[Note, ...]
    corrections: tuple[Note, ...]
    duplicates: tuple[Duplicate, ...]

    @property
    def rejected_rows(self) -> int:
        return len({note.row for note in self.rejected})


@dataclass(slots=True)
class _Growing:
    """The reading while it grows, with what is needed to recognise repetitions."""

    rows: int = 0
    records: list[ListRecord] = field(default_factory=list)
    rejected: list[Note] = field(default_factory=list)
    corrections: list[Note] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    by_bsn: dict[str, ListRecord] = field(default_factory=dict)
    by_name: dict[str, ListRecord] = field(default_factory=dict)

    def add(self, record: ListRecord) -> None:
        key = identity_by_name(record)
        earlier, by = self.by_bsn.get(record.bsn) if record.bsn else None, "bsn"
        same = self.by_name.get(key)
        # Two different BSNs are two people, however alike their names.
        if earlier is None and same and not (same.bsn and record.bsn):
            earlier, by = same, "name"
        if earlier is not None:
            self.duplicates.append(
                Duplicate(record.row, earlier.row, by, differences(earlier, record))
            )
            return
        self.records.append(record)
        if record.bsn:
            self.by_bsn[record.bsn] = record
        self.by_name.setdefault(key, record)


def identity_by_name(record: ListRecord) -> str:
    """Name and date of birth; when these say little, everything else as well."""
    given = fold(record.given_names or record.initials)
    born = record.born_on
    key = f"{fold(record.surname)}|{given}|{born.isoformat() if born else ''}"
    if born is None or not born.complete:
        # Many people of one name share a birth year: then the address must agree.
        known = (record.postcode, record.house_number, record.telephone)
        return "|".join((key, *known))
    return key if given else key + "|" + record.sex


def differences(one: ListRecord, other: ListRecord) -> tuple[str, ...]:
    return tuple(
        item.name
        for item in fields(ListRecord)
        if item.name != "row" and getattr(one, item.name) != getattr(other, item.name)
    )


def read_list(
    data: bytes,
    *,
    name: str,
    on: datetime.date,
    mapping: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> ListReading:
    """Read the file as it stands on the reference date, or refuse it with a reason.

    `mapping` gives fields other columns than were recognised; `progress` is told how
    many rows of about how many are done.
    """
    with open_list(data, looks_like_list=looks_like_list) as file:
        header_row, header = _header(file)
        sample = file.head[header_row or 0 :]
        columns = recognise(
            header, sample, first_column=file.first_column, mapping=mapping
        )
        _check_identifiable(columns)
        reader = RowReader(columns, on=on, month_first=_month_first(columns, sample))
        growing = _Growing()
        for number, row in _watched(file, progress):
            if number > (header_row or 0) and any(cell.strip() for cell in row):
                growing.rows += 1
                if growing.rows > MAX_ROWS:
                    raise Refused("too_many_rows", params_of(limit=MAX_ROWS))
                _take(growing, reader, number, row, header)
        if not growing.rows:
            raise Refused("no_rows", columns=columns)
        return _finished(name, file, header_row, columns, growing)


def _header(file: ListFile) -> tuple[int | None, list[str]]:
    """The header's row number (from 1) and its cells, wide enough for all rows."""
    width = max((len(row) for row in file.head), default=0)
    place = find_header(file.head)
    if place is None:
        if not any(has_bsn_without_header(row) for row in file.head):
            raise Refused("no_header")
        return None, [""] * width
    header = list(file.head[place])
    # Columns without a name above them are columns all the same.
    usual = Counter(len(row) for row in file.head[place:]).most_common(1)[0][0]
    return place + 1, header + [""] * (usual - len(header))


def _check_identifiable(columns: Sequence[ColumnReading]) -> None:
    found = {column.field for column in columns}
    if "bsn" not in found and "born_on" not in found:
        raise Refused("no_identity", columns=columns)
    if not found & {"name", "surname", "given_names"}:
        raise Refused("no_name", columns=columns)


def _month_first(
    columns: Sequence[ColumnReading], sample: Sequence[Sequence[str]]
) -> frozenset[str]:
    """The columns with the month first; one that could be either follows the rest."""
    orders = {
        column.field: what_stands_first(
            row[column.index] for row in sample if column.index < len(row)
        )
        for column in columns
        if column.field in DATES
    }
    undecided = "month" if "day" not in orders.values() else "day"
    if "month" not in orders.values():
        return frozenset()
    return frozenset(
        code for code, order in orders.items() if (order or undecided) == "month"
    )


def _watched(
    file: ListFile, progress: Progress | None
) -> Iterator[tuple[int, list[str]]]:
    for number, row in file.rows:
        if progress and number % PROGRESS_EVERY == 0:
            progress(number, max(file.expected_rows, number))
        yield number, row


def _take(
    growing: _Growing,
    reader: RowReader,
    number: int,
    row: list[str],
    header: list[str],
) -> None:
    reading = reader.read(number, row)
    if (no_person := _no_person(reader, reading, row, header)) is not None:
        code, value = no_person
        growing.rejected.append(Note(number, "", value, code))
        return
    record = record_of(reading)
    growing.rejected += reading.rejections
    if record is not None:
        growing.corrections += reading.corrections
        growing.add(record)


def _no_person(
    reader: RowReader, reading: RowReading, row: list[str], header: list[str]
) -> tuple[str, str] | None:
    """Why a filled row is not one of a person: a total, a header again, a remark."""
    if len(row) > reader.width and any(cell.strip() for cell in row[reader.width :]):
        return "too_many_cells", " | ".join(c for c in row[reader.width :] if c)[:200]
    bsn = reading.cells.get("bsn", "")
    if bsn.isdigit():
        return None
    filled = [cell.strip() for cell in row if cell.strip()]
    if fold(filled[0]).split(" ")[0] in TOTALS and not reading.cells.get("born_on"):
        return "totals_row", " | ".join(filled)[:200]
    if [fold(cell) for cell in row] == [fold(cell) for cell in header]:
        return "header_repeated", " | ".join(filled)[:200]
    if len(filled) == 1 and reader.width > 2 and not re.search(r"\d", bsn):
        return "not_a_person", filled[0][:200]
    return None


def _finished(
    name: str,
    file: ListFile,
    header_row: int | None,
    columns: tuple[ColumnReading, ...],
    growing: _Growing,
) -> ListReading:
    return ListReading(
        name=name,
        format=file.format,
        encoding=file.encoding,
        sheet=file.sheet,
        other_sheets=file.other_sheets,
        header_row=header_row,
        columns=columns,
        rows=growing.rows,
        records=growing.records,
        rejected=tuple(growing.rejected),
        corrections=tuple(growing.corrections),
        duplicates=tuple(growing.duplicates),
    )
