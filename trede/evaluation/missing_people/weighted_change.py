"""The mean change of who answered twice, each standing for people like them.

The mean with the weights of `response`; its error is the sandwich that takes weights as
numbers of people: HC3, or CR2 when people belong together (a coach). The weights are
taken as known. That they were estimated makes the true error smaller rather than larger
(Robins, Rotnitzky and Zhao 1995), so that these intervals are on the careful side.

Sources: see `response` and `comparison.robust_errors`.
"""

from dataclasses import replace
from math import sqrt
from typing import NamedTuple

import numpy as np
from scipy.special import stdtr, stdtrit

from trede.evaluation.change.pairs import FEWEST
from trede.evaluation.comparison.groups import ENOUGH_TO_TELL, Labels, coded
from trede.evaluation.comparison.least_squares import least_squares
from trede.evaluation.comparison.robust_errors import cr2, hc3
from trede.evaluation.comparison.telling import FEW_CLUSTERS, smallest_p
from trede.evaluation.comparison.weighting import effective_size
from trede.evaluation.estimate import (
    LEVEL,
    CannotEstimate,
    Estimate,
    Interval,
    Size,
    Values,
)


class Mean(NamedTuple):
    """A weighted mean with the variance of its error and its degrees of freedom.

    `clusters` is 0 when people do not belong together.
    """

    value: float
    variance: float
    df: float
    errors: str
    clusters: int = 0


def robust_mean(
    values: Values, weights: Values | None, cluster: Labels | None = None
) -> Mean:
    """The mean with HC3, or with CR2 by cluster.

    Args:
        values: shape (n,), without NaN; weights: shape (n,), positive.
        cluster: shape (n,), labels; who has none belongs with nobody.

    Raises:
        CannotEstimate: `robust_mean`, `few_clusters` when all are in one.
    """
    fit = least_squares(np.ones((len(values), 1)), values, weights)
    if np.ptp(values) == 0:
        return Mean(float(values[0]), 0.0, float(fit.n - 1), "none")
    count = 0
    if cluster is None:
        errors = hc3(fit)
    else:
        codes = coded(cluster)
        count = int(codes.max()) + 1
        if count < 2:
            raise CannotEstimate("robust_mean", why="few_clusters", has=1, needed=2)
        errors = cr2(fit, codes)
    variance = float(errors.covariance[0, 0])
    df = errors.df(np.ones(1))
    freedom = float(fit.n - 1) if df is None else df
    return Mean(float(fit.coefficients[0]), variance, freedom, errors.name, count)


def weighted_change(
    before: Values, after: Values, weights: Values, cluster: Labels | None = None
) -> Estimate:
    """The weighted mean of after minus before, in points of the outcome.

    Args:
        before, after: shape (people,); NaN is missing.
        weights: shape (people,), of `response`; NaN is without weight. Who misses one
            of the three is counted in `n_missing`.
        cluster: shape (people,), labels.

    Returns:
        `ipw_mean_change_hc3` or `_cr2`, with sizes `effective_n` and `largest_weight`.
        Note `no_variation`, without interval, when all changes are equal.

    Raises:
        CannotEstimate: `weighted_change`, `few_pairs` below four.
    """
    change = np.asarray(after, np.float64) - np.asarray(before, np.float64)
    used = ~(np.isnan(change) | np.isnan(weights))
    n = int(used.sum())
    if n < FEWEST:
        raise CannotEstimate("weighted_change", why="few_pairs", has=n, needed=FEWEST)
    weight = weights[used]
    mean = robust_mean(
        change[used], weight, None if cluster is None else np.asarray(cluster)[used]
    )
    sizes = (
        Size("effective_n", effective_size(weight)),
        Size("largest_weight", float(weight.max())),
    )
    name = "hc3" if cluster is None else "cr2"
    method = f"ipw_mean_change_{name}"
    return told_mean(method, mean, n, len(change) - n, sizes=sizes)


def told_mean(
    method: str, mean: Mean, n: int, n_missing: int, *, sizes: tuple[Size, ...] = ()
) -> Estimate:
    """A mean as an estimate, with the interval of t."""
    if not mean.variance:
        notes = ("no_variation",)
        return Estimate(method, mean.value, n, n_missing, sizes=sizes, notes=notes)
    se = sqrt(mean.variance)
    half = float(stdtrit(mean.df, (1 + LEVEL) / 2)) * se
    found = Estimate(
        method,
        mean.value,
        n,
        n_missing,
        interval=Interval(mean.value - half, mean.value + half, f"t_{mean.errors}"),
        p=float(2 * stdtr(mean.df, -abs(mean.value) / se)),
        se=se,
        df=mean.df,
        sizes=sizes,
    )
    return guarded(found, mean.clusters)


def guarded(estimate: Estimate, clusters: int) -> Estimate:
    """Noted when few coaches, and without p when too few for any test (below six)."""
    if not 0 < clusters < FEW_CLUSTERS:
        return estimate
    noted = replace(estimate, notes=(*estimate.notes, "few_clusters"))
    if clusters >= ENOUGH_TO_TELL:
        return noted
    return replace(noted, p=None, notes=(*noted.notes, smallest_p(clusters)))
