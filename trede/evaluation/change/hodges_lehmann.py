"""The Hodges-Lehmann estimate: the middle of the changes, undisturbed by outliers.

Half of all means of two people's changes (each person with himself included) lie
below it, half above. Beside the mean change it shows whether a few large changes
carry the result. Its interval belongs to the signed-rank test: it holds every shift
that this test would not find remarkable.

The interval runs from one observed mean of two to another, both included, found with
the exact distribution of untied ranks. With ties its level is at least 95% (Noether
1967), so it may be wider than need be. It supposes that the changes lie evenly on
both sides of their middle.

Sources: Hodges and Lehmann, Annals of Mathematical Statistics 34, 1963; Noether,
Journal of the American Statistical Association 62, 1967; Hollander, Wolfe and
Chicken, "Nonparametric statistical methods", 2014, section 3.2 and 3.3.
"""

from math import floor, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from trede.evaluation.change.pairs import Pairs, complete_pairs
from trede.evaluation.change.symmetric_sums import subset_sums
from trede.evaluation.estimate import LEVEL, CannotEstimate, Estimate, Interval, Values

# Pairs up to which the place of the limits comes from the exact distribution.
EXACT = 300
# Different changes whose means of two still fit in memory with ease.
DIFFERENT = 4_000


def hodges_lehmann(before: Values, after: Values) -> Estimate:
    """The pseudo-median of after minus before, in points, with the exact interval.

    Args:
        before, after: shape (people,); NaN is missing, incomplete pairs are counted.

    Returns:
        `hodges_lehmann`, without a p-value: `signed_rank` gives that. Below six pairs
        no interval reaches 95%: value only, note `few_pairs`.

    Raises:
        CannotEstimate: `hodges_lehmann`, `few_pairs`, or `many_changes` when there
            are more than 4,000 different changes.
    """
    return pseudo_median(complete_pairs(before, after, what="hodges_lehmann"))


def pseudo_median(pairs: Pairs) -> Estimate:
    """The same of complete pairs."""
    means, weights = _means_of_two(pairs.change)
    reached = np.cumsum(weights)
    total, n = int(reached[-1]), pairs.n

    def at(place: int) -> float:
        """The mean of two on this place, counted from 1, in order of size."""
        return float(means[np.searchsorted(reached, place)])

    middle = (at((total + 1) // 2) + at(total // 2 + 1)) / 2
    place = _place(n)
    method = "signed_rank_exact" if n <= EXACT else "signed_rank_normal"
    limits = Interval(at(place), at(total + 1 - place), method) if place else None
    return Estimate(
        "hodges_lehmann",
        middle,
        n,
        pairs.n_missing,
        interval=limits,
        notes=pairs.notes,
    )


def _means_of_two(change: Values) -> tuple[Values, NDArray[np.int64]]:
    """Means of every two changes, in order, and how often each occurs.

    Taken over the different changes, so that a scale of a few points stays small
    however many people there are.
    """
    values, times = np.unique(change, return_counts=True)
    if len(values) > DIFFERENT:
        raise CannotEstimate(
            "hodges_lehmann", why="many_changes", has=len(values), needed=DIFFERENT
        )
    one, other = np.triu_indices(len(values))
    pairs = times[one] * times[other]
    pairs[one == other] = times * (times + 1) // 2
    means = (values[one] + values[other]) / 2
    order = np.argsort(means, kind="stable")
    return means[order], pairs[order].astype(np.int64)


def _place(n: int) -> int:
    """The place of the lower limit among the means of two, counted from 1.

    The lowest rank sum whose probability to be reached from below is at least 2.5%;
    0 when even the lowest limit would not give 95%.
    """
    tail = (1 - LEVEL) / 2
    if n > EXACT:
        mean, sd = n * (n + 1) / 4, sqrt(n * (n + 1) * (2 * n + 1) / 24)
        return floor(mean + float(ndtri(tail)) * sd)
    chances = np.cumsum(subset_sums(np.arange(1, n + 1)))
    return int(np.searchsorted(chances, tail))
