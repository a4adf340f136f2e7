"""The exact form of the tests of a table of before against after.

Under symmetry whoever moved between two categories could as well have moved back: of
the m people between i and j the number that went from i to j is binomial, with chance
1/2. All combinations are laid down with their probabilities when there are at most
200,000 of them; else 9,999 are drawn, and p is (b + 1) / (m + 1).

The form of Stuart and Maxwell's test holds for Bhapkar's too: the second statistic
rises with the first, whatever way people went.

Sources: Fisher, "The design of experiments", 1935, section 21; Phipson and Smyth,
Statistical Applications in Genetics and Molecular Biology 9, 2010.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from scipy.special import gammaln

from trede.evaluation.change.square_tables import (
    Counts,
    ShiftTable,
    bowker,
    exchanges,
    informative,
    spread_of_gains,
    stuart_maxwell,
)
from trede.evaluation.estimate import Estimate, Values

COMBINATIONS = 200_000
DRAWS = 9_999
# Statistics that differ by less, relatively, are the same statistic.
SAME = 1e-9


class Swaps(NamedTuple):
    """Ways in which those who moved could have gone.

    Shapes: `net` (ways, exchanges), how many more went up than back between the two
    categories; `chances` (ways,), adding up to 1, or None when the ways were drawn.
    """

    net: Values
    chances: Values | None


def stuart_maxwell_swapped(table: ShiftTable, rng: Generator) -> Estimate:
    """Stuart-Maxwell's statistic with its p over all swaps of those who moved.

    Args:
        table: of any number of categories.
        rng: only used when there are too many combinations to lay down.

    Returns:
        `stuart_maxwell_exact` or `stuart_maxwell_random`; df does not apply.

    Raises:
        CannotEstimate: `stuart_maxwell`, `nothing_moves`.
    """
    found = stuart_maxwell(table)
    kept = informative(table.counts)
    swaps = swaps_of(table.counts, rng)
    gains = swaps.net @ _who_gains(table.counts)[:, kept]
    spread = spread_of_gains(table.counts)[np.ix_(kept, kept)]
    statistics = (gains * np.linalg.solve(spread, gains.T).T).sum(axis=1)
    return _with_p(found, statistics, swaps)


def bowker_swapped(table: ShiftTable, rng: Generator) -> Estimate:
    """Bowker's statistic in the same way: `bowker_exact` or `bowker_random`.

    Raises:
        CannotEstimate: `bowker`, `nothing_moves`.
    """
    found = bowker(table)
    to, back = exchanges(table.counts)
    swaps = swaps_of(table.counts, rng)
    return _with_p(found, (swaps.net**2 / (to + back)).sum(axis=1), swaps)


def swaps_of(counts: Counts, rng: Generator) -> Swaps:
    """All ways when there are at most 200,000, else 9,999 drawn ones."""
    to, back = exchanges(counts)
    movers = to + back
    ways = np.prod(movers + 1.0)
    if ways > COMBINATIONS:
        drawn = rng.binomial(movers, 0.5, (DRAWS, len(movers)))
        return Swaps(2.0 * drawn - movers, None)
    went = np.indices([int(m) + 1 for m in movers]).reshape(len(movers), -1).T
    log_chances = (
        gammaln(movers + 1)
        - gammaln(went + 1)
        - gammaln(movers - went + 1)
        - movers * np.log(2)
    )
    return Swaps(2.0 * went - movers, np.exp(log_chances.sum(axis=1)))


def _who_gains(counts: Counts) -> Values:
    """Shape (exchanges, k): 1 for the category that is gone to, -1 for the other."""
    one, other = np.nonzero(np.triu(counts + counts.T, 1))
    gains = np.zeros((len(one), len(counts)))
    row = np.arange(len(one))
    gains[row, other], gains[row, one] = 1, -1
    return gains


def _with_p(found: Estimate, statistics: Values, swaps: Swaps) -> Estimate:
    as_far = statistics >= found.value * (1 - SAME)
    if swaps.chances is None:
        p = (int(as_far.sum()) + 1) / (len(statistics) + 1)
        return replace(found, method=f"{found.method}_random", p=p, df=None, notes=())
    p = min(1.0, float(swaps.chances[as_far].sum()))
    return replace(found, method=f"{found.method}_exact", p=p, df=None, notes=())
