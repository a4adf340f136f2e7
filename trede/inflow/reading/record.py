"""One row of the list becomes one person, or the reasons why it does not.

Who it is must be certain: a valid BSN, or else a name with a date of birth. A date
that decides about a criterion must be a real one. Anything else that cannot be read
is left out, and named.
"""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from trede.inflow.reading.columns import ColumnReading
from trede.inflow.reading.dates import PartialDate, read_date
from trede.inflow.reading.names import (
    Address,
    Name,
    split_address,
    split_name,
    split_number,
    split_surname,
)
from trede.inflow.reading.places import Place, read_country
from trede.inflow.reading.reasons import Note, Problem, params_of
from trede.inflow.reading.values import (
    Reading,
    read_bsn,
    read_email,
    read_postcode,
    read_sex,
    read_telephone,
    read_track,
    read_yes_no,
)

LONGEST = 200
# UTF-8 that was read as Windows-1252, and letters that became a question mark.
MISREAD = re.compile("[ÂÃÄÅ][\u0080-\u00bf\u0152-\u2122]")
LOST = re.compile(r"\ufffd|[^\W\d_]\?[^\W\d_]")
NAMELESS = frozenset((".", "-", "--", "?", "onbekend", "n.v.t.", "x"))


@dataclass(frozen=True, slots=True)
class ListRecord:
    """A person as the list gives them. Empty text and None mean: not known."""

    row: int
    bsn: str
    surname: str
    prefix: str
    given_names: str
    initials: str
    born_on: PartialDate | None
    sex: str
    birth_country: Place | None
    street: str
    house_number: str
    house_addition: str
    postcode: str
    town: str
    telephone: str
    telephone_other: str
    email: str
    quarter: str
    benefit_since_on: PartialDate | None
    last_contact_on: PartialDate | None
    settled_on: PartialDate | None
    other_track: str | None
    status_approach: bool | None
    language: str


@dataclass(slots=True)
class RowReading:
    """What one row gave: its cells, what was corrected and what was wrong."""

    row: int
    on: datetime.date
    cells: dict[str, str]
    sources: dict[str, str]
    month_first: frozenset[str]
    corrections: list[Note] = field(default_factory=list)
    rejections: list[Note] = field(default_factory=list)

    def correct(self, code: str, problem: Problem, value: str | None = None) -> None:
        self.corrections.append(self._note(code, problem, value))

    def reject(self, code: str, problem: Problem, value: str | None = None) -> None:
        self.rejections.append(self._note(code, problem, value))

    def _note(self, code: str, problem: Problem, value: str | None) -> Note:
        shown = self.cells.get(code, "") if value is None else value
        column = self.sources.get(code, "")
        return Note(self.row, column, shown[:LONGEST], problem.code, problem.params)


class RowReader:
    """Reads rows by a fixed set of recognised columns."""

    def __init__(
        self,
        columns: Sequence[ColumnReading],
        *,
        on: datetime.date,
        month_first: frozenset[str] = frozenset(),
    ) -> None:
        self.on = on
        self.month_first = month_first
        self.width = len(columns)
        self.places = [(c.field, c.index) for c in columns if c.field is not None]
        self.sources = {c.field: c.source for c in columns if c.field is not None}

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """The cells of the row that are fields, cleaned of stray white space."""
        length = len(row)
        return {
            code: clean(row[index]) if index < length else ""
            for code, index in self.places
        }

    def read(self, number: int, row: Sequence[str]) -> RowReading:
        cells = self.cells(row)
        reading = RowReading(number, self.on, cells, self.sources, self.month_first)
        for code, text in cells.items():
            if not text.isascii() or "?" in text:
                _mend(reading, code, text)
        return reading


def _mend(reading: RowReading, code: str, text: str) -> None:
    """Undo a known conversion error (Ã« was ë); name letters that are lost."""
    if MISREAD.search(text):
        try:
            mended = text.encode("windows-1252").decode("utf-8")
        except UnicodeError:
            mended = ""
        if mended:
            reading.correct(code, Problem("text_repaired", params_of(text=mended)))
            reading.cells[code] = text = mended
    if LOST.search(text):
        reading.correct(code, Problem("text_damaged"))


def clean(text: str) -> str:
    """Without line breaks, control signs, hard spaces, or a formula's wrapping."""
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    if not (text.isprintable() and text.isascii()):
        text = "".join(s if s.isprintable() else " " for s in text)
    return text if "  " not in text and text == text.strip() else _squeezed(text)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def record_of(reading: RowReading) -> ListRecord | None:
    """The person in this row; None when `reading` tells why there is none."""
    name = _name(reading)
    address = _address(reading)
    bsn = _text(reading, "bsn", read_bsn, must=True)
    born_on = _date(reading, "born_on")
    record = ListRecord(
        row=reading.row,
        bsn=bsn,
        surname=name.surname,
        prefix=name.prefix,
        given_names=name.given_names,
        initials=name.initials,
        born_on=born_on,
        sex=_text(reading, "sex", read_sex),
        birth_country=_country(reading),
        street=address.street,
        house_number=address.house_number,
        house_addition=address.house_addition,
        postcode=address.postcode,
        town=address.town,
        telephone=_text(reading, "telephone", read_telephone),
        telephone_other=_text(reading, "telephone_other", read_telephone),
        email=_text(reading, "email", read_email),
        quarter=_plain(reading, "quarter"),
        benefit_since_on=_date(reading, "benefit_since_on"),
        last_contact_on=_date(reading, "last_contact_on"),
        settled_on=_date(reading, "settled_on"),
        other_track=_track(reading),
        status_approach=_yes_no(reading, "status_approach"),
        language=_plain(reading, "language"),
    )
    _check_identity(reading, record)
    return None if reading.rejections else record


def _check_identity(reading: RowReading, record: ListRecord) -> None:
    if not (record.surname or record.given_names):
        where = next(
            (c for c in ("surname", "name", "given_names") if c in reading.cells), ""
        )
        reading.reject(where, Problem("name_missing"))
    wrong = {note.column for note in reading.rejections}
    if not record.bsn and reading.sources.get("bsn") not in wrong:
        if record.born_on is None and reading.sources.get("born_on") not in wrong:
            reading.reject("bsn", Problem("identity_missing"))
        elif not reading.rejections:
            reading.correct("bsn", Problem("bsn_absent"))
    if record.born_on and record.born_on.earliest > reading.on:
        reading.reject("born_on", Problem("birth_in_future"))


def _plain(reading: RowReading, code: str) -> str:
    text = reading.cells.get(code, "")
    # A column with several parts in it may hold as much as all of them.
    longest = LONGEST * 2 if code in ("name", "address") else LONGEST
    if len(text) > longest:
        reading.correct(code, Problem("text_shortened"), text[:longest] + "…")
        return text[:longest]
    return text


def _text(
    reading: RowReading,
    code: str,
    read: Callable[[str], Reading],
    *,
    must: bool = False,
) -> str:
    text = reading.cells.get(code)
    if not text:
        return ""
    value, correction, problem = read(text)
    if correction:
        reading.correct(code, correction)
    if problem and must:
        reading.reject(code, problem)
    elif problem:
        reading.correct(code, problem)
    return value


def _date(reading: RowReading, code: str) -> PartialDate | None:
    text = reading.cells.get(code)
    if not text:
        return None
    value, correction, problem = read_date(
        text, on=reading.on, month_first=code in reading.month_first
    )
    if correction:
        reading.correct(code, correction)
    if problem:
        reading.reject(code, problem)
    if value and code != "born_on" and value.earliest > reading.on:
        reading.correct(code, Problem("date_after_reference"))
    return value


def _yes_no(reading: RowReading, code: str) -> bool | None:
    text = reading.cells.get(code)
    if not text:
        return None
    value, problem = read_yes_no(text)
    if problem:
        reading.correct(code, problem)
    return value


def _track(reading: RowReading) -> str | None:
    """Without such a column nothing is known; an empty cell in it says: none."""
    if "other_track" not in reading.cells:
        return None
    return read_track(_plain(reading, "other_track"))


def _country(reading: RowReading) -> Place | None:
    text = reading.cells.get("birth_country")
    if not text:
        return None
    place = read_country(text[:LONGEST])
    if place and not place.codes:
        reading.correct("birth_country", Problem("country_unread"))
    return place


def _named(reading: RowReading, code: str) -> str:
    text = _plain(reading, code)
    return "" if text.casefold() in NAMELESS else text


def _name(reading: RowReading) -> Name:
    surname, prefix = _named(reading, "surname"), _named(reading, "prefix")
    given, initials = _named(reading, "given_names"), _named(reading, "initials")
    whole = surname if "," in surname else surname or _named(reading, "name")
    if whole and not (given or initials) and (not surname or "," in surname):
        return _split(reading, whole)
    # Beside a column of first names, one called "name" holds surnames.
    surname = split_name(whole).surname if "," in whole else whole
    prefix = prefix or (split_name(whole).prefix if "," in whole else "")
    if surname and not prefix:
        prefix, surname = split_surname(surname)
    return Name(surname, prefix, given, initials)


def _split(reading: RowReading, whole: str) -> Name:
    name = split_name(whole)
    if "," not in whole and " " in whole:
        # Where the surname begins is a guess here, so it is shown.
        parts = " | ".join(
            part
            for part in (name.given_names, name.initials, name.prefix, name.surname)
            if part
        )
        reading.correct("name", Problem("name_split", params_of(parts=parts)))
    return name


def _address(reading: RowReading) -> Address:
    whole = _plain(reading, "address")
    found = split_address(whole) if whole else Address()
    number, addition = split_number(_plain(reading, "house_number"))
    return Address(
        street=_plain(reading, "street") or found.street,
        house_number=number or found.house_number,
        house_addition=_plain(reading, "house_addition")
        or addition
        or found.house_addition,
        postcode=_text(reading, "postcode", read_postcode) or found.postcode,
        town=_plain(reading, "town") or found.town,
    )
