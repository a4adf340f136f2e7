"""Reads a date the way people and systems write it, and says what is known of it.

A register may know only the year, or the year and the month, of a birth
(00-00-1968). Such a date is kept as it is: an `earliest` and a `latest` day, so that
a rule can tell whether the missing part matters.
"""

import calendar
import datetime
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from trede.inflow.reading.reasons import Problem, params_of

FIRST_YEAR = 1880
YEARS_AHEAD = 20
LAST_SERIAL = 80_000
# The day before a spreadsheet's day 1; its 1900 wrongly has a 29 February.
SERIAL_ZERO = datetime.date(1899, 12, 30)
UNKNOWN_WORDS = (
    "0 - -- ? . / x onbekend unknown nvt n.v.t. nb n.b. geen nooit leeg null none nan "
    "00-00-0000 00000000 0000-00-00 00/00/0000 00.00.0000 #n/b #n/a"
)
UNKNOWN = frozenset(UNKNOWN_WORDS.split())
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb febr februari february",
            "mrt maa maart mar march",
            "apr april",
            "mei may",
            "jun juni june",
            "jul juli july",
            "aug augustus august",
            "sep sept september",
            "okt oktober oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
TIME = r"(?:[ t]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?:z| ?[+-]\d\d:?\d\d)?)?"
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})" + TIME)
YEAR_FIRST = re.compile(r"(\d{4})[-/. ]+(\d{1,2})[-/. ]+(\d{1,2})" + TIME)
MONTH_YEAR = re.compile(r"(\d{1,2})[-/. ](\d{4})")
DAY_WORD = re.compile(r"(\d{1,2})[-/. ]+([a-z]+)\.?[-/. ]+(\d{4}|'?\d{2})" + TIME)
WORD_YEAR = re.compile(r"([a-z]+)\.?[-/. ]+(\d{4})")
WORD_DAY = re.compile(r"([a-z]+)\.? +(\d{1,2}),? +(\d{4})")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of which the day, or the day and the month, may be unknown."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def complete(self) -> bool:
        return self.day is not None

    @property
    def earliest(self) -> datetime.date:
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> datetime.date:
        month = self.month or 12
        last = calendar.monthrange(self.year, month)[1]
        return datetime.date(self.year, month, self.day or last)

    def isoformat(self) -> str:
        """What is known: 1975, 1975-03 or 1975-03-12."""
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text

    def in_dutch_order(self) -> str:
        """12-03-1975, with zeros for what is not known, as the register writes it."""
        return f"{self.day or 0:02d}-{self.month or 0:02d}-{self.year:04d}"

    @classmethod
    def of(cls, day: datetime.date) -> "PartialDate":
        return cls(day.year, day.month, day.day)

    @classmethod
    def fromisoformat(cls, text: str) -> "PartialDate":
        return cls(*(int(part) for part in text.split("-")))


class DateReading(NamedTuple):
    """A date that was read, the correction made to it, or why it was not read."""

    value: PartialDate | None = None
    correction: Problem | None = None
    problem: Problem | None = None


@functools.lru_cache(maxsize=50_000)
def read_date(
    text: str, *, on: datetime.date, month_first: bool = False
) -> DateReading:
    """Read one date; `on` decides the century of a year in two digits."""
    text = text.strip().casefold()
    if not text or text in UNKNOWN or not text.strip("0-/. "):
        return DateReading()
    if text.isdigit():
        return _from_digits(text, on)
    if found := YEAR_FIRST.fullmatch(text):
        return _dated(found[1], found[2], found[3], on)
    if found := DAY_FIRST.fullmatch(text):
        return _from_three_numbers(found, on, month_first)
    if found := MONTH_YEAR.fullmatch(text):
        return _dated(found[2], found[1], "0", on)
    return _from_words(text, on)


def _from_three_numbers(
    found: re.Match[str], on: datetime.date, month_first: bool
) -> DateReading:
    day, month = (found[2], found[1]) if month_first else (found[1], found[2])
    reading = _dated(found[3], month, day, on)
    if month_first and reading.value and not reading.correction:
        shown = reading.value.in_dutch_order()
        return DateReading(
            reading.value, Problem("date_month_first", params_of(date=shown))
        )
    return reading


def _from_words(text: str, on: datetime.date) -> DateReading:
    if (found := DAY_WORD.fullmatch(text)) and found[2] in MONTHS:
        year = found[3].removeprefix("'")
        return _dated(year, str(MONTHS[found[2]]), found[1], on)
    if (found := WORD_DAY.fullmatch(text)) and found[1] in MONTHS:
        return _dated(found[3], str(MONTHS[found[1]]), found[2], on)
    if (found := WORD_YEAR.fullmatch(text)) and found[1] in MONTHS:
        return _dated(found[2], str(MONTHS[found[1]]), "0", on)
    return DateReading(problem=Problem("date_unreadable"))


def _from_digits(text: str, on: datetime.date) -> DateReading:
    if len(text) == 8:
        return _from_eight_digits(text, on)
    if len(text) == 7:
        reading = _dated(text[3:], text[1:3], text[0], on)
        return _corrected(reading, "date_zero_added")
    if len(text) == 4:
        return _dated(text, "0", "0", on)
    if len(text) == 5 and int(text) <= LAST_SERIAL:
        day = SERIAL_ZERO + datetime.timedelta(days=int(text))
        return _corrected(DateReading(PartialDate.of(day)), "date_serial")
    return DateReading(problem=Problem("date_unreadable"))


def _from_eight_digits(text: str, on: datetime.date) -> DateReading:
    """19750312 or 12031975: the reading with a possible year is the right one."""
    year_first = _dated(text[:4], text[4:6], text[6:], on)
    day_first = _dated(text[4:], text[2:4], text[:2], on)
    if year_first.value is None and day_first.value is not None:
        return day_first
    if FIRST_YEAR <= int(text[:4]) <= on.year + YEARS_AHEAD:
        return year_first
    return day_first


def _corrected(reading: DateReading, code: str) -> DateReading:
    if reading.value is None:
        return reading
    shown = reading.value.in_dutch_order()
    return DateReading(reading.value, Problem(code, params_of(date=shown)))


def _dated(year: str, month: str, day: str, on: datetime.date) -> DateReading:
    """A date of three numbers, of which month and day may be zero: not known."""
    y, m, d = int(year), int(month), int(day)
    if len(year) == 2:
        y += on.year // 100 * 100
        y -= 100 if y > on.year else 0
    if y == 0:
        return DateReading()
    if not FIRST_YEAR <= y <= on.year + YEARS_AHEAD:
        return DateReading(problem=Problem("date_unlikely", params_of(year=y)))
    if m > 12 or (m and d > calendar.monthrange(y, m)[1]) or d > 31:
        return DateReading(problem=_impossible(y, m, d))
    # A day without a month says nothing more than the year does.
    value = PartialDate(y, m or None, (d or None) if m else None)
    reading = DateReading(value)
    if not value.complete:
        return _corrected(reading, "date_incomplete")
    return _corrected(reading, "date_two_digit_year") if len(year) == 2 else reading


def _impossible(year: int, month: int, day: int) -> Problem:
    """31-02-1975: the last day of that month, or as many days on?"""
    shown = f"{day:02d}-{month:02d}-{year:04d}"
    if month > 12 and _exists(year, day, month):
        swapped = f"{month:02d}-{day:02d}-{year:04d}"
        return Problem("date_swapped", params_of(date=shown, first=swapped))
    if month > 12 or month == 0 or day > 31:
        return Problem("date_impossible", params_of(date=shown))
    last = calendar.monthrange(year, month)[1]
    first = datetime.date(year, month, last)
    second = first + datetime.timedelta(days=day - last)
    return Problem(
        "date_no_such_day",
        params_of(date=shown, first=f"{first:%d-%m}", second=f"{second:%d-%m}"),
    )


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def what_stands_first(values: Iterable[str]) -> str:
    """The order a column shows: "day", "month", or nothing that decides it.

    A thirteenth of the month can only stand where the day stands.
    """
    found = [match for value in values if (match := DAY_FIRST.fullmatch(value.strip()))]
    if any(int(match[1]) > 12 for match in found):
        return "day"
    as_second = sum(int(match[2]) > 12 for match in found)
    return "month" if as_second >= max(2, len(found) // 5) else ""
