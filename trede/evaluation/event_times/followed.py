"""Who was followed for how many days, and what happened on the last of them.

| kind | meaning |
|---|---|
| 0 | nothing yet: followed until this day and no further (censored) |
| 1, 2, ... | it happened on this day; with competing exits, which of them |

Somebody who is censored on the day of another's event was still there on that day.
Weights say how many people somebody counts for; without them everybody counts once.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.estimate import CannotEstimate, Values

Whole = NDArray[np.int64]

# With fewer people one of them decides everything.
FEWEST = 4
# Below so many events the normal distribution says little about the spread.
FEW_EVENTS = 10
# A century of days: up to there days are marked, beyond they are sorted.
FARTHEST = 36_525


@dataclass(frozen=True, slots=True)
class Followed:
    """People with a known time. Shapes: `days`, `kind` and `weights` (n,), person by
    person; `weights` is None when everybody counts once."""

    days: Whole
    kind: Whole
    n_missing: int
    weights: Values | None = None

    @property
    def n(self) -> int:
        return len(self.days)

    @property
    def events(self) -> int:
        return int((self.kind > 0).sum())

    @property
    def notes(self) -> tuple[str, ...]:
        return ("few_events",) if self.events < FEW_EVENTS else ()

    def those(self, who: NDArray[np.bool_]) -> "Followed":
        """Some of the people; `n_missing` stays that of all."""
        weights = None if self.weights is None else self.weights[who]
        return replace(self, days=self.days[who], kind=self.kind[who], weights=weights)

    def of_kind(self, kind: int) -> "Followed":
        """Only this kind is the event; any other exit ends the following."""
        return replace(self, kind=(self.kind == kind).astype(np.int64))


@dataclass(frozen=True, slots=True)
class Table:
    """The days on which anybody was last seen, in order.

    Shapes: `days`, `at_risk` (followed up to and including that day) and `censored`
    (t,); `events` (kinds, t), how many had each kind on that day.
    """

    days: Whole
    at_risk: Whole
    events: Whole
    censored: Whole


def followed(
    days: Values,
    kind: Values,
    *,
    what: str,
    kinds: int = 1,
    weights: Values | None = None,
) -> Followed:
    """The people whose time is known.

    Args:
        days: shape (people,), whole, 0 or more; NaN is missing.
        kind: shape (people,), 0 for nothing yet, 1 to `kinds` for what happened; NaN
            is missing.
        what: code of what is to be estimated, for the refusal.
        weights: shape (people,), positive; NaN or 0 is not used and counted missing.

    Raises:
        ValueError: the two differ in length, or a time is infinite.
        CannotEstimate: `negative`, `not_whole` (a part of a day), `unknown_kind`, each
            with the first such value; `few_people` when fewer than four are left.
    """
    times, kinds_of = np.asarray(days, np.float64), np.asarray(kind, np.float64)
    if times.shape != kinds_of.shape or times.ndim != 1:
        raise ValueError(f"not the same people: {times.shape} and {kinds_of.shape}")
    if np.isinf(times).any():
        raise ValueError("a time is infinite")
    known = ~(np.isnan(times) | np.isnan(kinds_of))
    counts = None if weights is None else np.asarray(weights, np.float64)
    if counts is not None:
        known &= counts > 0
        counts = counts[known]
    times, kinds_of = times[known], kinds_of[known]
    for why, wrong in (
        ("negative", times[times < 0]),
        ("not_whole", times[times != np.rint(times)]),
        ("unknown_kind", kinds_of[~np.isin(kinds_of, np.arange(kinds + 1))]),
    ):
        if len(wrong):
            raise CannotEstimate(what, why=why, has=float(wrong[0]), needed=None)
    if len(times) < FEWEST:
        raise CannotEstimate(what, why="few_people", has=len(times), needed=FEWEST)
    n_missing = len(known) - len(times)
    return Followed(
        times.astype(np.int64), kinds_of.astype(np.int64), n_missing, counts
    )


def table_of(people: Followed, kinds: int = 1) -> Table:
    """Day by day how many were there, and what happened to whom."""
    days, place = _distinct(people.days)
    cells = np.bincount(
        people.kind * len(days) + place, minlength=(kinds + 1) * len(days)
    ).reshape(kinds + 1, len(days))
    last_seen = cells.sum(axis=0)
    at_risk = last_seen[::-1].cumsum()[::-1]
    return Table(days, at_risk, cells[1:], cells[0])


@dataclass(frozen=True, slots=True)
class Mass:
    """What the people of a `Table` with one kind of event count for, day by day.

    Shapes: all (t,). `at_risk` and `events` are sums of weights, the others of their
    squares: of those with the event, and of those last seen without it.
    """

    at_risk: Values
    events: Values
    squares: Values
    squares_without: Values


def mass_of(people: Followed, table: Table) -> Mass:
    """Without weights the numbers of the table."""
    if people.weights is None:
        events = table.events[0].astype(np.float64)
        at_risk, without = table.at_risk, table.censored
        return Mass(
            at_risk.astype(np.float64), events, events, without.astype(np.float64)
        )
    place, size = np.searchsorted(table.days, people.days), len(table.days)
    happened = people.kind > 0

    def summed(weights: Values) -> Values:
        found = np.bincount(place, weights=weights, minlength=size)
        return np.asarray(found, np.float64)

    squares = people.weights**2
    return Mass(
        summed(people.weights)[::-1].cumsum()[::-1],
        summed(people.weights * happened),
        summed(squares * happened),
        summed(squares * ~happened),
    )


def _distinct(days: Whole) -> tuple[Whole, Whole]:
    """The different days in order, and the place of everybody's among them."""
    last = int(days.max(initial=0))
    if last > FARTHEST:
        found, place = np.unique(days, return_inverse=True)
        return found, place.astype(np.int64)
    # Marking days takes a tenth of the time of sorting people.
    marked = np.zeros(last + 1, np.bool_)
    marked[days] = True
    return np.flatnonzero(marked), (np.cumsum(marked) - 1)[days]
