"""How much people of one coach resemble each other: the intraclass correlation.

The share of all differences between people that lies between coaches, from the mean
squares of an analysis of variance with unequal caseloads. Below ten coaches it is not
estimable in any useful sense (the interval runs from nothing to most) and is refused.

Sources: Donner, International Statistical Review 54, 1986; Thomas and Hultquist,
Annals of Statistics 6, 1978 (interval for unequal sizes); Searle 1971.
"""

import numpy as np
from scipy.special import fdtri

from trede.evaluation.comparison.ancova import design_of
from trede.evaluation.comparison.groups import Codes, Groups
from trede.evaluation.comparison.least_squares import least_squares
from trede.evaluation.estimate import LEVEL, CannotEstimate, Estimate, Interval, Values

ENOUGH_CLUSTERS = 10


def resemblance(groups: Groups) -> Estimate:
    """The ICC of what the start and the arm do not explain.

    Raises:
        CannotEstimate: `icc`, `no_clusters`; as `icc`.
    """
    if groups.cluster is None:
        raise CannotEstimate("icc", why="no_clusters", has=0, needed=ENOUGH_CLUSTERS)
    fit = least_squares(design_of(groups), groups.after)
    return icc(fit.residuals, groups.cluster, n_missing=groups.n_missing)


def icc(values: Values, cluster: Codes, *, n_missing: int = 0) -> Estimate:
    """The intraclass correlation of values, by cluster.

    Args:
        values: shape (n,), without NaN.
        cluster: shape (n,), numbers from 0 without gaps.

    Returns:
        `icc_anova`: at most 1; below 0 when clusters are more alike than by chance.
        Interval of Thomas and Hultquist, which goes by the harmonic mean of the
        caseloads and may just miss the value when these are very unequal.

    Raises:
        CannotEstimate: `icc`, `few_clusters` below ten; `all_alone` when no cluster has
            two people; `no_variation` when nobody differs within a cluster.
    """
    sizes = np.bincount(cluster).astype(np.float64)
    count, n = len(sizes), len(values)
    if count < ENOUGH_CLUSTERS:
        raise CannotEstimate(
            "icc", why="few_clusters", has=count, needed=ENOUGH_CLUSTERS
        )
    if n == count:
        raise CannotEstimate("icc", why="all_alone", has=0, needed=None)
    means = np.bincount(cluster, values) / sizes
    between = float((sizes * (means - values.mean()) ** 2).sum()) / (count - 1)
    within = float(((values - means[cluster]) ** 2).sum()) / (n - count)
    if within <= 0:
        raise CannotEstimate("icc", why="no_variation", has=0, needed=None)
    typical = (n - float((sizes**2).sum()) / n) / (count - 1)
    value = (between - within) / (between + (typical - 1) * within)
    return Estimate(
        "icc_anova",
        value,
        n,
        n_missing,
        interval=_interval(means, sizes, within, n),
    )


def _interval(means: Values, sizes: Values, within: float, n: int) -> Interval:
    count, harmonic = len(sizes), len(sizes) / float((1 / sizes).sum())
    f = harmonic * float(means.var(ddof=1)) / within
    tail = (1 - LEVEL) / 2
    ends = []
    for share in (1 - tail, tail):
        ratio = f / float(fdtri(count - 1, n - count, share))
        ends.append(max(-1.0, (ratio - 1) / (ratio + harmonic - 1)))
    return Interval(ends[0], ends[1], "thomas_hultquist")
