"""Possible worlds that were found, each with the figures it agrees with.

A world is a choice of all unknown counts that satisfies everything which always holds.
One in which a count is zero proves that it can be zero, to whoever sees no other
figures than those the world agrees with.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.whole_numbers import Constraints, Counts


@dataclass
class Worlds:
    """Worlds of one system; `places`: figure -> its rows among the equations."""

    equations: Constraints
    places: Mapping[str, tuple[int, ...]]
    _counts: list[Counts] = field(init=False, default_factory=list)
    _agrees: list[frozenset[str]] = field(init=False, default_factory=list)
    _asked: tuple[frozenset[str], int, Counts] | None = field(init=False, default=None)

    def keep(self, counts: Counts) -> frozenset[str]:
        """Remember a world; return the figures that it agrees with."""
        met: NDArray[np.bool_] = np.equal(
            self.equations.rows @ counts, self.equations.low
        )
        agrees = frozenset(
            name for name, rows in self.places.items() if met[list(rows)].all()
        )
        self._counts.append(counts)
        self._agrees.append(agrees)
        return agrees

    def agreeing(self, printed: frozenset[str]) -> Counts:
        """Those that agree with all these figures, latest first; shape (worlds,
        unknowns)."""
        now = len(self._counts)
        if self._asked and self._asked[1] == now and self._asked[0] == printed:
            return self._asked[2]
        both = zip(reversed(self._counts), reversed(self._agrees), strict=True)
        found = [counts for counts, agrees in both if printed <= agrees]
        unknowns = self.equations.rows.shape[1]
        made = np.array(found, dtype=np.int64).reshape(-1, unknowns)
        self._asked = printed, now, made
        return made

    def all(self) -> Collection[Counts]:
        """Every one of them, in the order in which they were found."""
        return self._counts
