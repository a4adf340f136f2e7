"""The clock of a trajectory: months from the start, and it stands still in a pause.

Pauses count both their first and their last day; two that overlap count once. While a
pause has no end yet, nobody can say when the trajectory ends. Pure: dates in, dates
out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

from trede.inflow.waiting_by_lot import add_months

DAY = timedelta(days=1)


class Runs(Protocol):
    """What the clock needs to know of a trajectory."""

    started_on: date
    closed_on: date | None
    months: int
    pauses_stop_the_clock: bool


class Interval(Protocol):
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class Stretch:
    """A piece of the clock's face; `n` is its number of days."""

    n: int
    kind: Literal["used", "pause", "left"]


@dataclass(frozen=True)
class Clock:
    """On one day. `ends_on` is the first day after the months are over; None while a
    pause has no end."""

    starts_on: date
    ends_on: date | None
    used: int  # days that counted, up to and including this day
    paused: int  # days that did not, as far as known
    left: int  # days to go
    stands_still: bool
    parts: tuple[Stretch, ...]

    @property
    def whole(self) -> int:
        return self.used + self.left

    @property
    def weeks_whole(self) -> int:
        """The nearest number: months are no whole weeks."""
        return round(self.whole / 7)

    @property
    def weeks_used(self) -> int:
        """So that used and left make up the whole."""
        return self.weeks_whole - self.weeks_left

    @property
    def weeks_left(self) -> int:
        """A week that has begun counts, and never more than that: with eighteen days to
        go nobody reads of four weeks."""
        return min(-(-self.left // 7), self.weeks_whole)

    @property
    def over(self) -> bool:
        return self.left == 0


def clock(trajectory: Runs, pauses: Iterable[Interval], on: date) -> Clock:
    """The clock on a day; after closing it stands as on the day of closing."""
    start = trajectory.started_on
    closed = trajectory.closed_on
    on = min(on, closed or on)
    stopping = pauses if trajectory.pauses_stop_the_clock else ()
    merged = tuple(_merged(start, closed, stopping))
    whole = (add_months(start, trajectory.months) - start).days
    still = any(first <= on and (not last or on <= last) for first, last in merged)
    used = min(whole, _between(start, on) - _paused(merged, on))
    open_end = any(last is None for _first, last in merged)
    all_paused = sum(_between(first, last) for first, last in merged if last)
    ends = None if open_end else start + timedelta(days=whole + all_paused)
    paused = _paused(merged, on) if open_end else all_paused
    left = whole - used
    parts = tuple(_face(start, merged, on, used, left))
    return Clock(start, ends, used, paused, left, still, parts)


Days = tuple[date, date | None]


def _merged(
    start: date, closed: date | None, pauses: Iterable[Interval]
) -> Iterator[Days]:
    """In order, without overlap, from the start up to the closing."""
    clipped = sorted(
        (
            (max(start, pause.from_on), _until(pause, closed))
            for pause in pauses
            if pause.from_on <= (closed or pause.from_on)
            and (pause.until_on is None or pause.until_on >= start)
        ),
        key=lambda days: days[0],
    )
    current: Days | None = None
    for first, last in clipped:
        if current is None:
            current = (first, last)
        elif current[1] is None:
            break
        elif first <= current[1] + DAY:
            current = (current[0], last and max(current[1], last))
        else:
            yield current
            current = (first, last)
    if current:
        yield current


def _until(pause: Interval, closed: date | None) -> date | None:
    """A pause ends with the trajectory, whatever had been foreseen."""
    known = [day for day in (pause.until_on, closed) if day]
    return min(known, default=None)


def _between(first: date, last: date) -> int:
    """Days from the first to the last, both included; none when it is the other way."""
    return max(0, (last - first).days + 1)


def _paused(merged: tuple[Days, ...], on: date) -> int:
    return sum(_between(first, min(on, last or on)) for first, last in merged)


def _face(
    start: date, merged: tuple[Days, ...], on: date, used: int, left: int
) -> Iterator[Stretch]:
    """Used time and pauses in their order, then what is left, around later pauses."""
    day, to_use, to_come = start, used, left
    for first, last in merged:
        run = _between(day, first - DAY)
        now, then = min(run, to_use), 0
        to_use -= now
        if run > now:
            then = min(run - now, to_come)
            to_come -= then
        yield from _stretches(now, then)
        yield Stretch(_between(first, last or max(on, first)), "pause")
        day = (last or max(on, first)) + DAY
    yield from _stretches(to_use, to_come)


def _stretches(used: int, left: int) -> Iterator[Stretch]:
    if used:
        yield Stretch(used, "used")
    if left:
        yield Stretch(left, "left")
