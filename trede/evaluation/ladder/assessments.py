"""Many assessments per person, on many days: who stood where when.

Municipalities measure at the start, at the end, and often twice a year. Out of such a
register, one row per assessment in any order, comes for each person the first and the
last, or the one that held in each of two periods. Of two assessments of a person on one
day the later row counts: it is a correction.

Ten million rows take well under half a second: nothing is sorted. The latest day of
each person is found by writing the largest so far to the person's place, and the tread
of that day by writing the treads of the rows that have it.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.ladder.transitions import (
    TREADS,
    Counts,
    Transitions,
    from_cells,
    refuse_no_tread,
)

Column = ArrayLike | pl.Series
Days = NDArray[np.signedinteger]
Treads = NDArray[np.int8]
Who = NDArray[np.bool_]

# More treads than this do not fit in how they are kept, nor on any ladder.
MOST_TREADS = 100
# Numbers of persons that leave more holes than this per row are counted anew.
HOLES = 4


@dataclass(frozen=True, slots=True)
class Assessments:
    """Usable assessments.

    Shapes: `person` (rows,), numbers from 0 to below `places`, not all of them used;
    `day` (rows,), counted from `day_0`; `tread` (rows,), from 1. `unusable` rows had no
    person, day or tread. `named` are the persons as they were given, in the order of
    their numbers; None when a person is simply `person_0` plus the number.
    """

    person: Counts
    day: Days
    tread: Treads
    places: int
    day_0: int
    treads: int
    unusable: int
    person_0: int = 0
    named: pl.Series | None = None

    def names(self, places: Counts) -> pl.Series:
        """Who they are, as given, of these numbers."""
        if self.named is None:
            return pl.Series(places + self.person_0)
        return self.named.gather(places)


class Period(NamedTuple):
    """The days from `first` to `last`, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One assessment per person. Shapes: (places,); `day` is -1 and `tread` 0 where
    somebody has none."""

    day: Days
    tread: Treads

    @property
    def there(self) -> Who:
        return np.asarray(self.day >= 0)


def assessments(
    person: Column, day: Column, tread: Column, *, treads: int = TREADS
) -> Assessments:
    """Check and code the rows of a register.

    Args:
        person: shape (rows,), whole numbers or labels; None is missing.
        day: shape (rows,), whole days on any calendar (such as days since 1970), or
            dates; NaN, NaT and None are missing.
        tread: shape (rows,), from 1; NaN and None are missing.
        treads: how many there are.

    Raises:
        ValueError: the three differ in length, or a day is not whole.
        CannotEstimate: `transitions`, `not_a_tread`, `one_tread` or `many_treads`.
    """
    if treads > MOST_TREADS:
        raise CannotEstimate(
            "transitions", why="many_treads", has=treads, needed=MOST_TREADS
        )
    columns = [_column(person), _numbers(day), _numbers(tread)]
    if len({len(column) for column in columns}) > 1:
        raise ValueError(f"not the same rows: {[len(column) for column in columns]}")
    usable = _usable(columns)
    if usable is not None:
        columns = [column.filter(pl.Series(usable)) for column in columns]
    persons, places, person_0 = _coded(columns[0])
    named = columns[0].unique().sort() if person_0 is None else None
    days, day_0 = _days(columns[1].to_numpy())
    unusable = 0 if usable is None else int((~usable).sum())
    known = _treads(columns[2].to_numpy(), treads)
    return Assessments(
        persons, days, known, places, day_0, treads, unusable, person_0 or 0, named
    )


def first_to_last(rows: Assessments) -> Transitions:
    """From everybody's first assessment to their last.

    Who was assessed on one day only is counted in `n_missing`.
    """
    first, last = earliest(rows), latest(rows)
    twice = last.day > first.day
    once = int(first.there.sum()) - int(twice.sum())
    return _table(first, last, twice, rows.treads, once)


def between(rows: Assessments, then: Period, now: Period) -> Transitions:
    """From the last assessment in one period to the last in another.

    A period that begins long ago and ends on a reference date gives where everybody
    stood on that date. Who was assessed in one of the two only is in `n_missing`; who
    was in neither does not count.

    Raises:
        ValueError: the second period does not end after the first.
    """
    if now.last <= then.last:
        raise ValueError("the second period must end after the first")
    first, last = (latest(rows, period) for period in (then, now))
    # The same assessment may fall in both periods; then nothing was measured anew.
    twice = first.there & (last.day > first.day)
    seen = int((first.there | last.there).sum())
    return _table(first, last, twice, rows.treads, seen - int(twice.sum()))


def earliest(rows: Assessments) -> Standing:
    """Everybody's first assessment."""
    none = np.iinfo(rows.day.dtype).max
    day = np.full(rows.places, none, rows.day.dtype)
    np.minimum.at(day, rows.person, rows.day)
    tread = tread_on(rows, day)
    day[day == none] = -1
    return Standing(day, tread)


def latest(rows: Assessments, period: Period | None = None) -> Standing:
    """Everybody's last assessment, of all or of those within a period."""
    if period is not None:
        first, last = (day - rows.day_0 for day in period)
        inside = (rows.day >= first) & (rows.day <= last)
        rows = replace(rows, day=np.where(inside, rows.day, -1))
    day = last_days(rows)
    tread = tread_on(rows, day)
    tread[day < 0] = 0
    return Standing(day, tread)


def last_days(rows: Assessments) -> Days:
    """The day of everybody's last assessment, shape (places,); -1 for none."""
    day = np.full(rows.places, -1, rows.day.dtype)
    np.maximum.at(day, rows.person, rows.day)
    return day


def tread_on(rows: Assessments, day: Days) -> Treads:
    """The tread of each person on their own day; the later row when there are more."""
    # Numbers of rows are taken a good deal faster than rows that are true.
    there = np.flatnonzero(rows.day == day[rows.person])
    tread = np.zeros(rows.places, np.int8)
    tread[rows.person[there]] = rows.tread[there]
    return tread


def those(rows: Assessments, kept: Who) -> Assessments:
    """Some of the rows; persons keep their numbers."""
    at = np.flatnonzero(kept)
    person, day, tread = rows.person[at], rows.day[at], rows.tread[at]
    return replace(rows, person=person, day=day, tread=tread)


def _table(
    first: Standing, last: Standing, twice: Who, treads: int, n_missing: int
) -> Transitions:
    start, end = first.tread[twice].astype(np.int64), last.tread[twice]
    return from_cells((start - 1) * treads + end - 1, treads, n_missing)


def _column(values: Column) -> pl.Series:
    if isinstance(values, pl.Series):
        return values
    array = np.asarray(values)
    return pl.Series(array.tolist() if array.dtype == object else array)


def _numbers(values: Column) -> pl.Series:
    """A column as numbers; dates become days since 1970."""
    column = _column(values)
    if column.dtype.is_temporal():
        return column.cast(pl.Date).cast(pl.Int32)
    return column if column.dtype.is_numeric() else column.cast(pl.Float64)


def _usable(columns: list[pl.Series]) -> Who | None:
    """Which rows have everything; None when all of them have."""
    found = None
    for column in columns:
        known = column.is_not_null()
        if column.dtype.is_float():
            known = known & column.is_not_nan().fill_null(False)
        if not known.all():
            found = known if found is None else found & known
    return None if found is None else found.to_numpy()


def _coded(persons: pl.Series) -> tuple[Counts, int, int | None]:
    """Numbers from 0, how many places they take, and who is 0.

    Whole numbers keep their holes and are only shifted; others are ranked (None).
    """
    if not len(persons):
        return np.zeros(0, np.int64), 0, 0
    if persons.dtype.is_integer():
        numbers = persons.to_numpy()
        low, high = int(numbers.min()), int(numbers.max())
        if high - low < HOLES * len(numbers):
            shifted = numbers if low == 0 else numbers - low
            return shifted.astype(np.int64, copy=False), high - low + 1, low
    codes = persons.rank("dense").to_numpy().astype(np.int64) - 1
    return codes, int(codes.max()) + 1, None


def _days(days: NDArray[np.generic]) -> tuple[Days, int]:
    """Days counted from the first of all, as small as they can be kept."""
    if not len(days):
        return np.zeros(0, np.int16), 0
    numbers = days.astype(np.int64, copy=False)
    if days.dtype.kind == "f" and (numbers != days).any():
        raise ValueError("a day is not whole")
    low, high = int(numbers.min()), int(numbers.max())
    fits = next(
        kind
        for kind in (np.int16, np.int32, np.int64)
        if high - low < np.iinfo(kind).max
    )
    return (numbers - low).astype(fits), low


def _treads(values: NDArray[np.generic], treads: int) -> Treads:
    whole = values.dtype.kind in "iu" and treads >= 2
    if not (whole and len(values) and values.min() >= 1 and values.max() <= treads):
        refuse_no_tread(values.astype(np.float64), treads)
    return values.astype(np.int8)
