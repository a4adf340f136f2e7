"""How many times as fast it happens in one group as in another (Cox's model).

The hazard is the pace: of those to whom it has not happened, the part to whom it does
today. Cox's model says that a covariate multiplies the pace by the same factor on every
day, the *hazard ratio*, and nothing about the pace itself. With strata every coach has
a pace of their own and only people of the same coach are compared.

Several events on one day are treated as if they had come one after the other in an
unknown order, by Efron's formula: Breslow's, which many packages use, pulls the ratio
towards 1 when there are many. The maximum is found by Newton's method.

Weighted, sums at risk are of weights and those tied count by their mean weight; the
errors are those of what each person brings to the slope (Lin and Wei).

*Supposes* that the factor is the same all along: `proportional` tests that. A hazard
ratio is not a ratio of risks nor of times; the restricted mean is told first.

Sources: Cox, Journal of the Royal Statistical Society B 34, 1972; Efron, Journal of the
American Statistical Association 72, 1977; Lin and Wei, the same 84, 1989; Grambsch and
Therneau, Biometrika 81, 1994.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import chdtrc, ndtr

from trede.evaluation.comparison.groups import Labels, coded
from trede.evaluation.comparison.shares import ratio_size
from trede.evaluation.estimate import CannotEstimate, Estimate, Interval, Values
from trede.evaluation.event_times.arms import Arms, arms_of
from trede.evaluation.event_times.followed import (
    FEW_EVENTS,
    Followed,
    Whole,
    followed,
)
from trede.evaluation.event_times.kaplan_meier import Z

# Newton's steps double the digits; a coefficient on its way to infinity takes one unit
# a step and is caught by how far it gets.
STEPS, HALVINGS, CLOSE = 60, 30, 1e-11
# No step multiplies the ratio of the highest to the lowest by more than e to this.
LONGEST = 5.0
# A factor of e to the 15th between the lowest and the highest is no factor any more.
FARTHEST = 15.0
# Of the information that a covariate would bring if it were alone.
DEPENDENT = 1e-9


@dataclass(frozen=True, slots=True)
class Sorted:
    """People in the order of stratum and then from the last day to the first, so that
    those at risk with somebody are the ones before, and the events among them.

    Shapes: `columns` (n, k), centred; `weights` (n,); per event (e,): `starts` the
    first of one's stratum, `who`, `until` the last person with the same day, `tie`
    which day, `part` which of the events of that day, from 0 to below 1, `counts` the
    mean weight of these; `day` when.
    """

    columns: Values
    weights: Values
    starts: Whole
    who: Whole
    until: Whole
    tie: Whole
    part: Values
    counts: Values
    day: Values


@dataclass(frozen=True, slots=True)
class CoxFit:
    """The maximum. Shapes: `coefficients` (k,), on the scale of logarithms,
    `covariance` (k, k); `likelihoods` without and with the covariates."""

    coefficients: Values
    covariance: Values
    likelihoods: tuple[float, float]
    people: Followed
    data: Sorted
    notes: tuple[str, ...]


def cox(
    days: Values, event: Values, covariates: Values, *, strata: Labels | None = None
) -> CoxFit:
    """Fit Cox's model with Efron's formula for ties.

    Args:
        days, event: shape (people,), as `kaplan_meier`.
        covariates: shape (people, k); who has a NaN in one is missing and counted.
        strata: shape (people,), labels; NaN, None or "" stands alone.

    Raises:
        ValueError: the arrays differ in length, or a covariate is infinite.
        CannotEstimate: `cox`, as `followed`; `no_events`; `no_contrast` when within
            strata a covariate does not vary or follows from the others; `separated`
            when a coefficient goes to infinity, as when it never happened in one arm.
    """
    columns = np.asarray(covariates, np.float64)
    if columns.ndim != 2 or len(columns) != len(days) or np.isinf(columns).any():
        raise ValueError(f"no covariates of {len(days)} people: {columns.shape}")
    given = np.asarray(days, np.float64)
    times = np.where(np.isnan(columns).any(axis=1), np.nan, given)
    people = followed(times, event, what="cox")
    kept = ~(np.isnan(times) | np.isnan(np.asarray(event, np.float64)))
    stratum = np.zeros(people.n, np.int64)
    if strata is not None:
        stratum = coded(np.asarray(strata)[kept])
    return fit_cox(people, columns[kept], stratum)


def fit_cox(people: Followed, columns: Values, stratum: Whole) -> CoxFit:
    """The same of people whose time is known; within strata `weights` is refused."""
    if people.weights is not None and stratum.any():
        raise CannotEstimate("cox", why="weights", has=None, needed=None)
    if not people.events:
        raise CannotEstimate("cox", why="no_events", has=0, needed=1)
    data = _sorted(people, columns - columns.mean(axis=0), stratum)
    width = np.ptp(columns, axis=0)
    found = np.zeros(columns.shape[1])
    without, slope, information = best, *_ = _looked(data, found)
    _refuse_dependent(information, width, data)
    for _ in range(STEPS):
        step = np.linalg.lstsq(information, slope, rcond=None)[0]
        step = step / max(1.0, float(np.abs(step * width).max()) / LONGEST)
        for _ in range(HALVINGS):
            reached = _looked(data, found + step)
            if reached[0] >= best - abs(best) * 1e-13:
                break
            step = step / 2
        found, (best, slope, information) = found + step, reached
        if float(np.abs(found * width).max()) > FARTHEST:
            break
        if float(np.abs(step * width).max()) < CLOSE:
            few = people.events < FEW_EVENTS * len(found)
            weighted = people.weights is not None
            return CoxFit(
                found,
                _covariance(data, found, information, weighted=weighted),
                (without, best),
                people,
                data,
                ("few_events",) if few else (),
            )
    raise CannotEstimate("cox", why="separated", has=None, needed=None)


def hazard_ratio(
    fit: CoxFit, covariate: int = 0, method: str = "cox_efron"
) -> Estimate:
    """One coefficient, with the hazard ratio as its size.

    Returns:
        The logarithm of the ratio (0: as fast), Wald's interval and p on that scale;
        size `hazard_ratio`, above 1 when it happens faster. Note `few_events` with
        fewer than ten events per covariate.
    """
    value = float(fit.coefficients[covariate])
    se = sqrt(float(fit.covariance[covariate, covariate]))
    limits = Interval(value - Z * se, value + Z * se, "wald")
    return Estimate(
        method,
        value,
        fit.people.n,
        fit.people.n_missing,
        interval=limits,
        p=float(2 * ndtr(-abs(value) / se)),
        se=se,
        sizes=(ratio_size("hazard_ratio", value, limits),),
        notes=fit.notes,
    )


def cox_of_arms(arms: Arms) -> CoxFit:
    """The model with the group as the only covariate."""
    labels = np.array(arms.labels)
    return fit_cox(arms.people, labels[arms.group][:, None], arms.stratum)


def cox_of(
    days: Values, event: Values, arm: Values, *, strata: Labels | None = None
) -> Estimate:
    """The hazard ratio of an arm (1) to the other (0); arguments as `arms_of`."""
    arms = arms_of(days, event, arm, what="cox", cluster=strata)
    return hazard_ratio(cox_of_arms(arms))


def proportional(fit: CoxFit, covariate: int = 0) -> Estimate:
    """Is the factor the same early and late? Score test against one that changes in
    proportion to the day.

    Returns:
        `proportional_hazards`: the value is chi-square on one degree of freedom.

    Raises:
        CannotEstimate: `proportional_hazards`, `one_day` when all events fell on one
            day; `weights`.
    """
    data, what = fit.data, "proportional_hazards"
    if fit.people.weights is not None:
        raise CannotEstimate(what, why="weights", has=None, needed=None)
    if np.ptp(data.day) == 0:
        raise CannotEstimate(what, why="one_day", has=1, needed=2)
    _, means, spreads = _at_events(data, fit.coefficients)
    late = data.day - data.day.mean()
    over = data.columns[data.who] - means
    slope = float((late * over[:, covariate]).sum())
    both = (late[:, None] * spreads[:, covariate]).sum(axis=0)
    own = float((late**2 * spreads[:, covariate, covariate]).sum())
    left = own - float(both @ np.linalg.solve(spreads.sum(axis=0), both))
    if left <= own * DEPENDENT:
        raise CannotEstimate(what, why="one_day", has=1, needed=2)
    # What the maximum leaves of the other scores is 0.
    statistic = slope**2 / left
    return Estimate(
        what,
        statistic,
        fit.people.n,
        fit.people.n_missing,
        p=float(chdtrc(1, statistic)),
        df=1.0,
        notes=fit.notes,
    )


def _sorted(people: Followed, columns: Values, stratum: Whole) -> Sorted:
    order = np.lexsort((-people.kind, -people.days, stratum))
    days, died = people.days[order], people.kind[order] > 0
    stratum, places = stratum[order], np.arange(people.n)
    starts = np.searchsorted(stratum, stratum)
    new = np.append(True, (np.diff(stratum) != 0) | (np.diff(days) != 0))
    day_of = np.cumsum(new) - 1
    first = np.flatnonzero(new)
    last = np.append(first[1:], people.n) - 1
    who = np.flatnonzero(died)
    tie = day_of[who]
    tied = np.bincount(tie, minlength=len(first))
    # Within a day the events come first.
    part = (places[who] - first[tie]) / tied[tie]
    weights = np.ones(people.n) if people.weights is None else people.weights[order]
    weighed = np.bincount(tie, weights=weights[who], minlength=len(first))
    return Sorted(
        columns[order],
        weights,
        starts[who],
        who,
        last[tie],
        tie,
        part,
        weighed[tie] / tied[tie],
        days[who].astype(np.float64),
    )


def _at_events(data: Sorted, coefficients: Values) -> tuple[Values, Values, Values]:
    """Per event: the log of the sum of paces at risk (e,), the mean of the covariates
    over it (e, k), and their spread (e, k, k)."""
    linear = data.columns @ coefficients
    highest = float(linear.max())
    paces = data.weights * np.exp(linear - highest)
    people, k = data.columns.shape
    squares = (data.columns[:, :, None] * data.columns[:, None, :]).reshape(people, -1)
    terms = np.column_stack((np.ones(people), data.columns, squares)) * paces[:, None]
    running = np.vstack((np.zeros(terms.shape[1]), terms.cumsum(axis=0)))
    days = int(data.tie.max()) + 1
    dying = np.zeros((days, terms.shape[1]))
    np.add.at(dying, data.tie, terms[data.who])
    sums = running[data.until + 1] - running[data.starts]
    sums = sums - data.part[:, None] * dying[data.tie]
    means = sums[:, 1 : k + 1] / sums[:, :1]
    seconds = (sums[:, k + 1 :] / sums[:, :1]).reshape(-1, k, k)
    spreads = seconds - means[:, :, None] * means[:, None, :]
    return np.log(sums[:, 0]) + highest, means, spreads


def _looked(data: Sorted, coefficients: Values) -> tuple[float, Values, Values]:
    """The log partial likelihood, its slope and the information."""
    logs, means, spreads = _at_events(data, coefficients)
    own, weights, counts = data.columns[data.who], data.weights[data.who], data.counts
    likelihood = float((weights * (own @ coefficients) - counts * logs).sum())
    slope = weights @ own - counts @ means
    return likelihood, slope, (counts[:, None, None] * spreads).sum(axis=0)


def _covariance(
    data: Sorted, found: Values, information: Values, *, weighted: bool
) -> Values:
    """By the likelihood; with weights by how far each person moves the top."""
    model = np.asarray(np.linalg.inv(information), np.float64)
    if not weighted:
        return model
    moved = _brought(data, found) @ model
    return np.asarray(moved.T @ moved, np.float64)


def _brought(data: Sorted, coefficients: Values) -> Values:
    """What each person adds to the slope at the top, (n, k); of one stratum."""
    logs, means, _ = _at_events(data, coefficients)
    paces = np.exp(data.columns @ coefficients)
    rates = data.counts / np.exp(logs)
    each = np.column_stack((rates, rates[:, None] * means))
    # Events after the person was last seen come first.
    sums = np.vstack((np.zeros(each.shape[1]), each.cumsum(axis=0)))
    at_risk = sums[-1] - sums[np.searchsorted(data.until, np.arange(len(paces)))]
    # Of those tied with an event a part had it before.
    days = int(data.tie.max()) + 1
    before = np.zeros((days, each.shape[1]))
    np.add.at(before, data.tie, data.part[:, None] * each)
    at_risk[data.who] -= before[data.tie]
    found = -paces[:, None] * (data.columns * at_risk[:, :1] - at_risk[:, 1:])
    centre = np.zeros((days, means.shape[1]))
    np.add.at(centre, data.tie, means)
    tied = np.bincount(data.tie, minlength=days)[data.tie]
    found[data.who] += data.columns[data.who] - centre[data.tie] / tied[:, None]
    return np.asarray(data.weights[:, None] * found, np.float64)


def _refuse_dependent(information: Values, width: Values, data: Sorted) -> None:
    """Refuse covariates of which nothing is left within strata."""
    scaled = information / np.outer(width, width) if width.all() else np.zeros((1, 1))
    if float(np.linalg.eigvalsh(scaled).min()) <= DEPENDENT * len(data.who):
        raise CannotEstimate("cox", why="no_contrast", has=0, needed=1)
