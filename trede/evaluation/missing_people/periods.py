"""In which circumstances people were asked: answers by period, at each moment.

Whoever was asked before a lockdown and again in the middle of one, may answer
differently because of it. The periods and their dates are given. Each answer falls in
the period of its day; the means by period stand beside each other, and for two moments
the change for each two periods. No test: people were not divided over periods by lot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from trede.evaluation.comparison.groups import Codes, Who
from trede.evaluation.estimate import LEVEL, CannotEstimate, Interval, Values

Days = NDArray[np.datetime64]

# With three answers an interval says nothing.
FEWEST = 4


@dataclass(frozen=True, slots=True)
class Period:
    """From `from_on` up to and including `until_on`; None is without an end."""

    code: str
    from_on: date | None
    until_on: date | None


@dataclass(frozen=True, slots=True)
class InPeriod:
    """Answers of people in one period, or in one before and one after.

    `n` answered, `n_missing` were there without an answer. `mean` is None when nobody
    answered, `sd` for one person; `interval` (t) below four answers or when all are
    equal. `code` is None for days in no period.
    """

    code: str | None
    after: str | None
    n: int
    n_missing: int
    mean: float | None
    sd: float | None
    interval: Interval | None


def by_period(
    days: Sequence[date | None], values: Values, periods: Sequence[Period]
) -> tuple[InPeriod, ...]:
    """Numbers and means by period of the day that somebody was asked.

    Args:
        days: shape (people,); None for who was not asked: not counted anywhere.
        values: shape (people,), in the units of the outcome; NaN is missing.
        periods: in any order; rows come in theirs, then the days in no period if any.

    Raises:
        ValueError: days and values of different people.
        CannotEstimate: `by_period`, `overlap` when a day is in two periods;
            `ends_before_it_begins`.
    """
    answers = np.asarray(values, np.float64)
    places = _places(days, periods)
    _refuse_others(places, answers)
    codes = [*(p.code for p in periods), None]
    rows = (
        in_period(codes[place], None, answers[places == place])
        for place in range(len(codes))
        if place < len(periods) or (places == place).any()
    )
    return tuple(rows)


def change_by_period(
    days_before: Sequence[date | None],
    before: Values,
    days_after: Sequence[date | None],
    after: Values,
    periods: Sequence[Period],
) -> tuple[InPeriod, ...]:
    """The change by the periods of both moments: only combinations that occur.

    Args:
        days_before, days_after: as in `by_period`; who misses one is not counted.
        before, after: shape (people,); who misses an answer counts in `n_missing`.

    Raises:
        As `by_period`.
    """
    then, now = _places(days_before, periods), _places(days_after, periods)
    change = np.asarray(after, np.float64) - np.asarray(before, np.float64)
    _refuse_others(then, change)
    _refuse_others(now, change)
    codes = [*(p.code for p in periods), None]
    rows = []
    for first in range(len(codes)):
        for second in range(len(codes)):
            who: Who = (then == first) & (now == second)
            if who.any():
                rows.append(in_period(codes[first], codes[second], change[who]))
    return tuple(rows)


def period_of_each(
    days: Sequence[date | None], periods: Sequence[Period]
) -> list[str | None]:
    """The code of the period in which each day falls; None for no day, or for a day in
    none.

    Raises:
        CannotEstimate: as `by_period`.
    """
    codes = [*(p.code for p in periods), None]
    return [codes[place] for place in _places(days, periods)]


def _places(days: Sequence[date | None], periods: Sequence[Period]) -> Codes:
    """The place of each day's period; the number of periods for none, -1 no day."""
    when: Days = np.array(days, dtype="datetime64[D]")
    asked = ~np.isnat(when)
    inside = np.zeros((len(periods), len(when)), np.bool_)
    for place, period in enumerate(periods):
        first, last = period.from_on or date.min, period.until_on or date.max
        if last < first:
            raise CannotEstimate(
                "by_period", why="ends_before_it_begins", has=place, needed=None
            )
        inside[place] = asked & (np.datetime64(first) <= when)
        inside[place] &= when <= np.datetime64(last)
    twice = int((inside.sum(axis=0) > 1).sum())
    if twice:
        raise CannotEstimate("by_period", why="overlap", has=twice, needed=0)
    places = np.where(asked, len(periods), -1)
    for place, who in enumerate(inside):
        places[who] = place
    return places.astype(np.int64)


def _refuse_others(places: Codes, values: Values) -> None:
    if places.shape != values.shape:
        raise ValueError(f"other people: {places.shape} days, {values.shape} answers")


def in_period(code: str | None, after: str | None, values: Values) -> InPeriod:
    """Answers that are known to fall in one period, or changes from one to another."""
    known = values[~np.isnan(values)]
    n = len(known)
    sd = float(known.std(ddof=1)) if n > 1 else None
    mean = float(known.mean()) if n else None
    limits = None
    if mean is not None and sd and n >= FEWEST:
        half = float(stdtrit(n - 1, (1 + LEVEL) / 2)) * sd / sqrt(n)
        limits = Interval(mean - half, mean + half, "t")
    return InPeriod(code, after, n, len(values) - n, mean, sd, limits)
