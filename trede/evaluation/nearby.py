"""A possible world near one that is known, in which something else is true as well.

A reader who cannot tell two worlds apart has learnt nothing of where they differ. So
most questions of disclosure control ask for one more world: everything printed holds
in it, and one count is zero, or five. Such worlds seldom lie far away: a few people
answered otherwise, and as many others made up for it. Sought is therefore the world
with the fewest changes, x = start + more - less with the least sum of more and less.

With parts of people that is a small linear programme, whose best corner leaves nearly
everything as it was. Where it has parts of people, one of them is rounded up or down
and the next corner found in a few steps from the last; where none is left, the other
side of the last rounding is tried. After so many corners the search gives up: it is
there to find quickly what is not hidden deeply, and that it found nothing proves
nothing. Whatever it does find is laid beside all equations in whole numbers.

Source: Fischetti and Lodi, "Local branching", Mathematical Programming 98, 2003, who
seek better answers in the neighbourhood of one that is known.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from highspy import Highs, HighsModelStatus

from trede.evaluation.whole_numbers import (
    WHOLE,
    Constraints,
    Counts,
    Floats,
    new_solver,
    programme_of,
)

# Which count is rounded, and whether upwards.
Rounding = Callable[[Floats], tuple[int, bool]]


def _halfway(corner: Floats) -> tuple[int, bool]:
    """The count that is the farthest from whole, to the nearest whole number."""
    place = int(np.argmax(np.abs(corner - np.rint(corner))))
    return place, bool(corner[place] % 1 > 0.5)


def _upwards(corner: Floats) -> tuple[int, bool]:
    """The count with the largest part of a person, made a whole one."""
    parts = corner % 1
    return int(np.argmax(np.where(parts > 1 - WHOLE, 0, parts))), True


# Neither is the better everywhere; what one does not find, the other often does.
ROUNDINGS: tuple[Rounding, ...] = (_halfway, _upwards)


def nearby(
    start: Counts,
    within: Constraints,
    ceiling: Floats,
    *,
    rounding: Rounding,
    corners: int,
) -> Counts | None:
    """A world that satisfies everything, sought around one that does so in part.

    Args:
        start: the counts of a world, shape (unknowns,).
        within: what must hold, also of what does not hold in `start`.
        ceiling: shape (unknowns,); every count is a whole number from 0 up to this.
        rounding: one of `ROUNDINGS`.
        corners: after how many of them the search gives up.
    """
    search = _Search(start, within, ceiling)
    for _ in range(corners):
        corner = search.corner()
        if corner is None:
            if not search.turned():
                return None
            continue
        if np.abs(corner - np.rint(corner)).max(initial=0) <= WHOLE:
            more, less = np.split(np.rint(corner).astype(np.int64), 2)
            counts = start + more - less
            return counts if _possible(counts, within, ceiling) else None
        search.rounded(corner, *rounding(corner))
    return None


def _possible(counts: Counts, within: Constraints, ceiling: Floats) -> bool:
    """In exact arithmetic."""
    return within.hold(counts) and bool(np.all((counts >= 0) & (counts <= ceiling)))


@dataclass
class _Search:
    """A solver that rounds and takes back; `taken` holds per rounding the place, its
    bounds before, and those of the other side (None once tried)."""

    start: Counts
    within: Constraints
    ceiling: Floats
    taken: list[tuple[int, tuple[float, float], tuple[float, float] | None]] = field(
        default_factory=list
    )
    solver: Highs = field(init=False)
    bounds: list[tuple[float, float]] = field(init=False)

    def __post_init__(self) -> None:
        """Hand over the programme of changes."""
        most = np.append(self.ceiling - self.start, self.start).astype(float)
        told = self.within.rows @ self.start
        changes = Constraints(
            np.hstack([self.within.rows, -self.within.rows]),
            self.within.low - told,
            self.within.high - told,
        )
        ones, zeros = np.ones(len(most)), np.zeros(len(most))
        self.solver = new_solver(presolve="off")
        self.solver.passModel(programme_of(ones, changes, zeros, most))
        self.bounds = [(0.0, high) for high in most.tolist()]

    def corner(self) -> Floats | None:
        """The fewest changes with all that was rounded, whole or not."""
        self.solver.run()
        if self.solver.getModelStatus() != HighsModelStatus.kOptimal:
            return None
        return np.array(self.solver.getSolution().col_value, dtype=np.float64)

    def rounded(self, corner: Floats, place: int, upwards: bool) -> None:
        """Round one of the changes."""
        low, high = before = self.bounds[place]
        below = float(np.floor(corner[place]))
        up, down = (below + 1, high), (low, below)
        self.taken.append((place, before, down if upwards else up))
        self._bound(place, up if upwards else down)

    def turned(self) -> bool:
        """Take the other side of the last rounding that has one left."""
        while self.taken:
            place, before, other = self.taken.pop()
            if other is not None:
                self.taken.append((place, before, None))
                self._bound(place, other)
                return True
            self._bound(place, before)
        return False

    def _bound(self, place: int, bounds: tuple[float, float]) -> None:
        self.bounds[place] = bounds
        self.solver.changeColBounds(place, *bounds)
