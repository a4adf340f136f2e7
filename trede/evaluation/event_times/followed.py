"""Who was followed for how many days, and what happened on the last of them.

| kind | meaning |
|---|---|
| 0 | nothing yet: followed until this day and no further (censored) |
| 1, 2, ... | it happened on this day; with competing exits, which of them |

Somebody who is censored on the day of another's event was still there on that day.
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
    """People with a known time. Shapes: `days` and `kind` (n,), person by person."""

    days: Whole
    kind: Whole
    n_missing: int

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
        return replace(self, days=self.days[who], kind=self.kind[who])

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


def followed(days: Values, kind: Values, *, what: str, kinds: int = 1) -> Followed:
    """The people whose time is known.

    Args:
        days: shape (people,), whole, 0 or more; NaN is missing.
        kind: shape (people,), 0 for nothing yet, 1 to `kinds` for what happened; NaN
            is missing.
        what: code of what is to be estimated, for the refusal.

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
    return Followed(times.astype(np.int64), kinds_of.astype(np.int64), n_missing)


def table_of(people: Followed, kinds: int = 1) -> Table:
    """Day by day how many were there, and what happened to whom."""
    days, place = _distinct(people.days)
    cells = np.bincount(
        people.kind * len(days) + place, minlength=(kinds + 1) * len(days)
    ).reshape(kinds + 1, len(days))
    last_seen = cells.sum(axis=0)
    at_risk = last_seen[::-1].cumsum()[::-1]
    return Table(days, at_risk, cells[1:], cells[0])


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
