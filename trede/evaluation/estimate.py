"""What every estimator gives back: a figure in its own units, with its interval.

An estimate never travels alone. It takes along how many people it rests on and how
many it could not use, the interval, the p-value with the name of the method that gave
it, and its size on a scale that can be compared. Nothing is rounded and nothing is
called significant: whoever prints it says what the interval leaves out.

What cannot be estimated is no estimate of nothing: it is refused with the reason and
with what would be needed (`CannotEstimate`), and a report prints that instead.

| word | meaning |
|---|---|
| value | in the units of the outcome: points, treads, hours, a share from 0 to 1 |
| n | people (pairs of answers, for a change) that the figure rests on |
| n_missing | people who belong to the group but had no usable answer |
| notes | codes of what a reader must know, such as `ties` or `few_clusters` |
"""

from dataclasses import dataclass

from numpy import float64
from numpy.typing import NDArray

# One number per person; NaN where there is none.
Values = NDArray[float64]

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Compatible with the data at this level, by the method named."""

    low: float
    high: float
    method: str
    level: float = LEVEL


@dataclass(frozen=True, slots=True)
class Size:
    """The estimate on a scale without units, such as `hedges_g_av`."""

    name: str
    value: float
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure with everything that belongs to it.

    `p` is two-sided; None where there is no test, or where one would say nothing.
    `df` is None for exact methods and for those on the normal distribution.
    """

    method: str
    value: float
    n: int
    n_missing: int
    interval: Interval | None = None
    p: float | None = None
    se: float | None = None
    df: float | None = None
    sizes: tuple[Size, ...] = ()
    notes: tuple[str, ...] = ()


class CannotEstimate(ValueError):
    """Refused: `what` was asked, `why` it cannot be done, and what is `needed`.

    All three are codes or numbers, never sentences; a report finds the words.
    Example: `CannotEstimate("cluster_test", why="few_clusters", has=5, needed=6)`.
    """

    def __init__(
        self, what: str, *, why: str, has: float | None = None, needed: float | None
    ) -> None:
        super().__init__(f"{what}: {why} (has {has}, needed {needed})")
        self.what, self.why, self.has, self.needed = what, why, has, needed
