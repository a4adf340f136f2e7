"""Categories in two groups, exactly: Fisher's test and that of Freeman and Halton.

All tables with the same totals are counted; p is the probability of those that are at
most as probable as the one observed. When there are too many of them they are drawn,
and the observed one is counted among them: p = (b + 1) / (m + 1).

Sources: Fisher, "The design of experiments", 1935; Freeman and Halton, Biometrika 38,
1951; Phipson and Smyth 2010 (drawn tables).
"""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.special import gammaln

from trede.evaluation.comparison.groups import Groups
from trede.evaluation.estimate import CannotEstimate, Estimate, Values

Counts = NDArray[np.int64]

# Tables that are written out; more are drawn.
TABLES = 300_000
DRAWS = 9_999
# Tables as probable as the observed one may differ by rounding (as in R).
SAME = 1e-7


def freeman_halton(groups: Groups, rng: Generator) -> Estimate:
    """Do the categories afterwards fall differently in the two arms?

    Returns:
        `freeman_halton_exact` or `freeman_halton_random`: the value is half the sum of
        the absolute differences between the shares (0 the same, 1 nothing in common).

    Raises:
        CannotEstimate: `freeman_halton`, `dependent`, `weights` or
            `no_variation`.
    """
    if groups.together is not None:
        raise CannotEstimate("freeman_halton", why="dependent", has=None, needed=None)
    if groups.weights is not None:
        raise CannotEstimate("freeman_halton", why="weights", has=None, needed=None)
    if not groups.varies:
        raise CannotEstimate("freeman_halton", why="no_variation", has=1, needed=2)
    counts = by_arm(groups.after, groups.arm)
    shares = counts / counts.sum(axis=0)
    exact = how_many_tables(counts) <= TABLES
    return Estimate(
        f"freeman_halton_{'exact' if exact else 'random'}",
        float(np.abs(shares[:, 1] - shares[:, 0]).sum() / 2),
        groups.n,
        groups.n_missing,
        p=two_arm_table_p(counts) if exact else _drawn(counts, rng),
        notes=("unadjusted",),
    )


def by_arm(values: Values, arm: Values) -> Counts:
    """People per category (rows, in order) and arm (columns 0 and 1)."""
    categories, place = np.unique(values, return_inverse=True)
    cells = 2 * place + arm.astype(np.int64)
    counts = np.bincount(cells, minlength=2 * len(categories))
    return counts.reshape(-1, 2).astype(np.int64)


def how_many_tables(counts: Counts) -> int:
    """How many tables have these totals."""
    chosen = int(counts[:, 1].sum())
    ways = np.zeros(chosen + 1)
    ways[0] = 1
    for total in counts.sum(axis=1).tolist():
        summed = np.cumsum(ways)
        summed[total + 1 :] -= np.cumsum(ways)[: max(0, chosen - total)]
        ways = summed
    return int(min(ways[chosen], 2**62))


def two_arm_table_p(counts: Counts) -> float:
    """The exact p of a table of categories (r, 2), all tables written out."""
    totals, chosen = counts.sum(axis=1), int(counts[:, 1].sum())
    left = totals[::-1].cumsum()[::-1]
    taken, logs = np.zeros(1, np.int64), np.zeros(1)
    for place, total in enumerate(totals.tolist()):
        after = int(left[place + 1]) if place + 1 < len(totals) else 0
        least = np.maximum(0, chosen - after - taken)
        ways = np.minimum(total, chosen - taken) - least + 1
        first = np.repeat(np.cumsum(ways) - ways - least, ways)
        more = np.arange(int(ways.sum())) - first
        taken = np.repeat(taken, ways) + more
        logs = np.repeat(logs, ways) + _log_ways(total, more)
    chances = np.exp(logs - _log_ways(int(totals.sum()), chosen))
    return float(min(1.0, chances[logs <= _log_table(counts) + SAME].sum()))


def _drawn(counts: Counts, rng: Generator) -> float:
    totals, chosen = counts.sum(axis=1), int(counts[:, 1].sum())
    drawn = rng.multivariate_hypergeometric(totals, chosen, DRAWS, method="marginals")
    logs = _log_ways(totals, drawn).sum(axis=1)
    as_rare = int((logs <= _log_table(counts) + SAME).sum())
    return (as_rare + 1) / (DRAWS + 1)


def _log_table(counts: Counts) -> float:
    return float(_log_ways(counts.sum(axis=1), counts[:, 1]).sum())


def _log_ways(total: int | Counts, some: int | Counts) -> Values:
    found = gammaln(np.add(total, 1.0)) - gammaln(np.add(some, 1.0))
    return np.asarray(found - gammaln(np.subtract(total, some) + 1.0), np.float64)
