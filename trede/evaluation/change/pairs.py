"""The same people twice: whose answers of both waves can be used.

A change can only be seen in somebody who answered both times. Whoever misses one of
the two answers is left out and counted, never filled in here.
"""

from dataclasses import dataclass
from math import floor, log10

import numpy as np

from trede.evaluation.estimate import CannotEstimate, Values

# With three pairs no interval says anything and the smallest exact p is 2/8.
FEWEST = 4
# An exact test of fewer pairs can never give a p below .05 (2/32 for five).
ENOUGH_TO_TELL = 6
# Decimals that count, after the first: 0.3 - 0.1 and 0.4 - 0.2 are the same change.
DIGITS = 12


@dataclass(frozen=True, slots=True)
class Pairs:
    """Complete pairs of answers.

    Shapes: `before`, `after` and `change` (n,), without NaN, person by person;
    `change` is after minus before, cleared of what binary fractions add to it.
    """

    before: Values
    after: Values
    change: Values
    n_missing: int

    @property
    def n(self) -> int:
        return len(self.change)

    @property
    def varies(self) -> bool:
        """Whether not everybody changed by the same amount."""
        return bool(np.ptp(self.change) > 0)

    @property
    def notes(self) -> tuple[str, ...]:
        return ("few_pairs",) if self.n < ENOUGH_TO_TELL else ()


def complete_pairs(before: Values, after: Values, *, what: str) -> Pairs:
    """The pairs with both answers.

    Args:
        before, after: shape (people,), NaN where there is no answer, in one order.
        what: code of what is to be estimated, for the refusal.

    Raises:
        ValueError: the two differ in length, or hold an infinite number.
        CannotEstimate: `few_pairs` when fewer than four are complete.
    """
    first, second = np.asarray(before, np.float64), np.asarray(after, np.float64)
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError(f"no pairs: shapes {first.shape} and {second.shape}")
    if np.isinf(first).any() or np.isinf(second).any():
        raise ValueError("an answer is infinite")
    both = ~(np.isnan(first) | np.isnan(second))
    n = int(both.sum())
    if n < FEWEST:
        raise CannotEstimate(what, why="few_pairs", has=n, needed=FEWEST)
    first, second = first[both], second[both]
    change = _cleared(second - first, max(np.abs(first).max(), np.abs(second).max()))
    return Pairs(first, second, change, len(both) - n)


def _cleared(change: Values, largest: float) -> Values:
    """Rounded to twelve digits of the largest answer, without a negative zero."""
    if largest == 0:
        return change
    return np.round(change, DIGITS - 1 - floor(log10(largest))) + 0.0
