"""The difference between two groups afterwards, for people who began alike.

Analysis of covariance: afterwards = start + arm × effect + before × slope. Who began
higher is allowed to end higher; the effect is the distance between two lines of one
slope. It needs fewer people than a comparison of changes and, unlike that one, does not
mistake regression to the mean for an effect when the groups began unequal by chance.

Beside it: the means of both arms for somebody with the average start; Lin's form with a
slope for each arm, when the arms are of unequal size; the comparison of changes.

Sources: Vickers and Altman, BMJ 323, 2001; Lin, Annals of Applied Statistics 7, 2013;
Hedges 1981 (J, see `change.sizes`); Steiger and Fouladi 1997 (noncentral t).
"""

from dataclasses import replace
from math import sqrt

import numpy as np

from trede.evaluation.change.sizes import correction, noncentrality_interval
from trede.evaluation.comparison.groups import Groups
from trede.evaluation.comparison.least_squares import Fit, least_squares
from trede.evaluation.comparison.telling import errors_of, told
from trede.evaluation.estimate import Estimate, Interval, Size, Values

# Beyond it groups are all but apart, and the noncentral t is no longer accurate.
LARGEST_T = 1000.0
ARM = 1


def design_of(groups: Groups, covariates: Values | None = None) -> Values:
    """Columns: 1, arm, before minus its mean; the last only when it varies.

    Args:
        covariates: shape (n, m), of the people in `groups`, appended.
    """
    columns = [np.ones(groups.n), groups.arm]
    if groups.baseline_varies:
        columns.append(groups.before - mean_of(groups.before, groups.weights))
    if covariates is not None:
        columns.extend(covariates.T)
    return np.column_stack(columns)


def notes_on(groups: Groups) -> tuple[str, ...]:
    return () if groups.baseline_varies else ("baseline_constant",)


def ancova(groups: Groups) -> Estimate:
    """The adjusted difference, arm 1 minus arm 0, in the units of the outcome.

    Returns:
        `ancova_hc3` (t on n - k) or `ancova_cr2` (by pair or cluster, Satterthwaite).
        Sizes: `hedges_g_adjusted`, and `hedges_g` of the answers afterwards with its
        exact interval when people are independent and count once. Notes:
        `baseline_constant` when all began equal and there was nothing to adjust for,
        `no_variation` when the model misses nobody.

    Raises:
        CannotEstimate: `least_squares` (`collinear`, `few_people`), `hc3`, `cr2`.
    """
    fit = least_squares(design_of(groups), groups.after, groups.weights)
    found = _of(fit, _unit(ARM, fit), groups, "ancova")
    return replace(found, sizes=sizes_between(groups, found))


def adjusted_means(groups: Groups) -> tuple[Estimate, ...]:
    """The mean of each arm for people with the average start, without a p-value.

    Returns:
        `adjusted_mean_0` and `adjusted_mean_1`, in the units of the outcome.
    """
    fit = least_squares(design_of(groups), groups.after, groups.weights)
    found = []
    for arm in (0, 1):
        contrast = np.zeros(fit.slopes.shape[1])
        contrast[0], contrast[ARM] = 1, arm
        mean = _of(fit, contrast, groups, "adjusted_mean")
        found.append(replace(mean, method=f"adjusted_mean_{arm}", p=None))
    return tuple(found)


def lin(groups: Groups) -> Estimate:
    """The same difference when each arm may have a slope of its own (`ancova_lin`)."""
    design = design_of(groups)
    if groups.baseline_varies:
        design = np.column_stack((design, design[:, ARM] * design[:, 2]))
    fit = least_squares(design, groups.after, groups.weights)
    return _of(fit, _unit(ARM, fit), groups, "ancova_lin")


def change_score(groups: Groups) -> Estimate:
    """The difference between the mean changes of the arms (`change_score`)."""
    design = np.column_stack((np.ones(groups.n), groups.arm))
    fit = least_squares(design, groups.after - groups.before, groups.weights)
    return _of(fit, _unit(ARM, fit), groups, "change_score")


def sizes_between(groups: Groups, adjusted: Estimate) -> tuple[Size, ...]:
    """How large a difference is, in standard deviations of the answers afterwards.

    `hedges_g_adjusted` divides the adjusted difference by the pooled deviation; its
    interval is the noncentrality of its own t, times se / deviation. `hedges_g` is of
    the plain difference, exact for independent people. Neither interval has J.
    """
    unit = pooled_deviation(groups)
    if not unit:
        return ()
    j = correction(groups.n - 2)
    sizes = [Size("hedges_g_adjusted", j * adjusted.value / unit)]
    if adjusted.se and adjusted.df and adjusted.df >= 1:
        limits = _noncentral(adjusted.value / adjusted.se, adjusted.df)
        factor = adjusted.se / unit
        sizes = [replace(sizes[0], interval=_times(limits, factor))]
    if groups.together is None and groups.weights is None:
        sizes.append(hedges_g(groups.after, groups.arm))
    return tuple(sizes)


def hedges_g(values: Values, arm: Values) -> Size:
    """Hedges' g of two independent groups, with the interval of the noncentral t.

    Args:
        values: shape (n,); not all equal within both arms.
        arm: shape (n,), 1 or 0.
    """
    treated, others = values[arm == 1], values[arm == 0]
    a, b = len(treated), len(others)
    unit = sqrt((_squares(treated) + _squares(others)) / (a + b - 2))
    d, factor = float(treated.mean() - others.mean()) / unit, sqrt(1 / a + 1 / b)
    limits = _times(_noncentral(d / factor, a + b - 2), factor)
    return Size("hedges_g", correction(a + b - 2) * d, limits)


def pooled_deviation(groups: Groups) -> float:
    """The standard deviation within the arms afterwards; weighted when weights are."""
    weights = np.ones(groups.n) if groups.weights is None else groups.weights
    squares = 0.0
    for side in (0, 1):
        values, weight = groups.after[groups.arm == side], weights[groups.arm == side]
        if np.ptp(values) > 0:
            away = (values - mean_of(values, weight)) ** 2
            squares += len(values) * mean_of(away, weight)
    return sqrt(squares / (groups.n - 2))


def mean_of(values: Values, weights: Values | None) -> float:
    return float(np.average(values, weights=weights))


def _of(fit: Fit, contrast: Values, groups: Groups, method: str) -> Estimate:
    value = float(contrast @ fit.coefficients)
    if fit.exact:
        notes = (*notes_on(groups), "no_variation")
        return Estimate(method, value, groups.n, groups.n_missing, notes=notes)
    errors = errors_of(fit, groups)
    full = f"{method}_{errors.name}"
    return told(full, value, contrast, errors, groups, notes=notes_on(groups))


def _unit(place: int, fit: Fit) -> Values:
    contrast = np.zeros(fit.slopes.shape[1])
    contrast[place] = 1
    return contrast


def _squares(values: Values) -> float:
    return float(((values - values.mean()) ** 2).sum())


def _noncentral(t: float, df: float) -> tuple[float, float] | None:
    return noncentrality_interval(t, df) if abs(t) < LARGEST_T else None


def _times(limits: tuple[float, float] | None, factor: float) -> Interval | None:
    if limits is None:
        return None
    return Interval(limits[0] * factor, limits[1] * factor, "noncentral_t")
