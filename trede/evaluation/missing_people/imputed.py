"""Change, and the difference between groups, out of completed data sets.

The same estimate as without missing answers, of each completed data set, pooled by
Rubin's rules. `n` is everybody, `n_missing` those of whom an answer was filled in;
`information_lost` says how much of what there was to know is missing.

Start and outcome are filled in by the normal line (`norm`), 0 and 1 by `logistic`.
Matching (`pmm`) keeps to answers that exist, but when those who leave lie at one end
there are few people there to lend an answer, and means are drawn to the middle: with
sixty people by a tenth of a standard deviation (`bench/evaluation_dropout.py`). It can
be asked for.

Coaches are not part of the model that fills in (their people are too few for that):
when people belong together the note `clusters_not_imputed` says so.
"""

from collections.abc import Callable, Mapping
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from trede.evaluation.comparison.ancova import ARM, design_of
from trede.evaluation.comparison.groups import Labels, two_groups
from trede.evaluation.comparison.least_squares import least_squares
from trede.evaluation.comparison.telling import errors_of
from trede.evaluation.estimate import Estimate, Size, Values
from trede.evaluation.missing_people.chained_equations import (
    IMPUTATIONS,
    Completed,
    impute,
    usual_way,
)
from trede.evaluation.missing_people.one_column import Way
from trede.evaluation.missing_people.pooling import pool
from trede.evaluation.missing_people.weighted_change import (
    Mean,
    guarded,
    robust_mean,
)

BEFORE, AFTER, TREATED = "before", "after", "arm"
OWN = (BEFORE, AFTER, TREATED)


class Asked(NamedTuple):
    """What is known of everybody.

    Shapes (people,): `before` and `after` with NaN for missing, `arm` 1 or 0 or None
    for one group, `cluster` labels or None, `weights` of a survey (two arms) or None.
    `covariates` name -> shape (people,).
    """

    before: Values
    after: Values
    covariates: Mapping[str, Values]
    arm: Values | None = None
    cluster: Labels | None = None
    weights: Values | None = None


def complete(
    asked: Asked,
    rng: Generator,
    imputations: int = IMPUTATIONS,
    way: Way = "norm",
) -> Completed:
    """Completed data sets out of start, outcome, arm and covariates.

    Args:
        way: how start and outcome are filled in when they are more than 0 and 1.

    Raises:
        ValueError: a covariate that is called before, after or arm.
        CannotEstimate: as `chained_equations.impute`.
    """
    taken = sorted(set(asked.covariates) & set(OWN))
    if taken:
        raise ValueError(f"a covariate may not be called {taken}")
    columns = {BEFORE: asked.before, AFTER: asked.after, **asked.covariates}
    if asked.arm is not None:
        columns[TREATED] = asked.arm
    own = (name for name in (BEFORE, AFTER) if usual_way(columns[name]) == "pmm")
    return impute(columns, rng, ways=dict.fromkeys(own, way), imputations=imputations)


def imputed_change(asked: Asked, completed: Completed) -> Estimate:
    """The mean change of everybody: `mi_mean_change`.

    The error within each data set is HC3, or CR2 by cluster.

    Raises:
        CannotEstimate: as `robust_mean`.
    """

    def mean(before: Values, after: Values) -> Mean:
        return robust_mean(after - before, None, asked.cluster)

    return _pooled("mi_mean_change", asked, completed, mean)


def imputed_difference(asked: Asked, completed: Completed) -> Estimate:
    """The adjusted difference of everybody, arm 1 minus arm 0: `mi_ancova`.

    Raises:
        CannotEstimate: as `comparison.ancova`.
    """
    arm = asked.arm
    if arm is None:
        raise ValueError("there are no arms")

    def difference(before: Values, after: Values) -> Mean:
        groups = two_groups(
            before,
            after,
            arm,
            what="mi_ancova",
            cluster=asked.cluster,
            weights=asked.weights,
        )
        fit = least_squares(design_of(groups), groups.after, groups.weights)
        errors = errors_of(fit, groups)
        slope = np.zeros(fit.slopes.shape[1])
        slope[ARM] = 1
        variance = float(errors.covariance[ARM, ARM])
        df = errors.df(slope) if variance else None
        count = 0 if groups.cluster is None else int(groups.cluster.max()) + 1
        value = float(fit.coefficients[ARM])
        return Mean(value, variance, inf if df is None else df, errors.name, count)

    return _pooled("mi_ancova", asked, completed, difference)


def _pooled(
    method: str,
    asked: Asked,
    completed: Completed,
    estimate: Callable[[Values, Values], Mean],
) -> Estimate:
    both = zip(completed.column(BEFORE), completed.column(AFTER), strict=True)
    means = [estimate(before, after) for before, after in both]
    pooled = pool(
        np.array([mean.value for mean in means]),
        np.array([mean.variance for mean in means]),
        float(np.mean([mean.df for mean in means])),
    )
    gaps = np.isnan(asked.before) | np.isnan(asked.after)
    n = len(gaps)
    if asked.weights is not None:
        # Who cannot be weighted is in no data set, filled in or not.
        out = np.isnan(asked.weights)
        n, gaps = n - int(out.sum()), gaps | out
    notes = () if asked.cluster is None else ("clusters_not_imputed",)
    if not pooled.se:
        notes = (*notes, "no_variation")
    found = Estimate(
        method,
        pooled.value,
        n,
        int(gaps.sum()),
        interval=pooled.interval if pooled.se else None,
        p=pooled.p if pooled.se else None,
        se=pooled.se or None,
        df=pooled.df if pooled.se else None,
        sizes=(
            Size("information_lost", pooled.lost),
            Size("imputations", float(len(means))),
        ),
        notes=notes,
    )
    return guarded(found, means[0].clusters)
