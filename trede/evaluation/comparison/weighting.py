"""A control group out of a survey, weighted until it looks like the participants.

From what both groups were asked before, a logistic model gives everybody the chance of
being a participant (propensity). Participants count once; a person of the survey counts
chance / (1 - chance) times: much when they look like a participant. What is estimated
with these weights is the effect in those who took part (ATT). It rests on nothing else
differing between the groups than what the model knows: `e_value` says how strong an
unknown difference would have to be to explain the result away.

Balance is judged by standardised mean differences (in standard deviations of the
participants; below 0.1 is good), never by tests. Participants who are likelier to take
part than anybody of the survey have nobody to be compared with. The effective sample
size says how many people of the survey are left in the weights. Use the weights in an
outcome model that has the start in it (`ancova`): that is right when either model is.
Nobody is matched greedily, nobody thrown away.

Sources: Rosenbaum and Rubin, Biometrika 70, 1983; Hirano, Imbens and Ridder,
Econometrica 71, 2003; Stuart, Statistical Science 25, 2010; Kish, "Survey sampling",
1965; VanderWeele and Ding, Annals of Internal Medicine 167, 2017.
"""

from dataclasses import dataclass, replace
from math import exp, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from trede.evaluation.comparison.firth import Firth, few_events
from trede.evaluation.comparison.mean_models import fit_means
from trede.evaluation.estimate import CannotEstimate, Estimate, Interval, Size, Values

BALANCED = 0.1
# The part of participants who may be likelier to take part than anybody of the survey.
OUTSIDE = 0.05
# People of the survey who must at least be left in the weights.
FEWEST_EFFECTIVE = 4.0
# Standard deviations to logarithms of a risk ratio (VanderWeele 2017).
TO_LOG_RATIO = 0.91
LARGEST_LOG = 300.0


@dataclass(frozen=True, slots=True)
class Weighting:
    """Weights and what they brought about.

    `weights` (people,): NaN for who misses a covariate. `propensity` (people,).
    `before` and `after` (covariates,): standardised mean differences, NaN where all
    participants are equal. `effective` is the effective number of people of the survey.
    `method`: `logit` or `firth`. Notes: `not_balanced`, `little_overlap` (more than one
    participant in twenty is likelier to take part than anybody of the survey),
    `few_events`, `separated`.
    """

    method: str
    weights: Values
    propensity: Values
    before: Values
    after: Values
    n: int
    n_missing: int
    effective: float
    largest: float
    notes: tuple[str, ...]


def weigh(arm: Values, covariates: Values) -> Weighting:
    """Weights that make the survey look like the participants.

    Args:
        arm: shape (people,), 1 participant, 0 survey; NaN is missing.
        covariates: shape (people, k), measured before; categories as 0 and 1. Who
            misses one gets no weight and is counted.

    Raises:
        CannotEstimate: `weighting`, `not_two_arms`; `no_overlap` when fewer than four
            people of the survey are left in the weights; `collinear`, `few_people`.
    """
    arm, known = np.asarray(arm, np.float64), np.asarray(covariates, np.float64)
    if known.ndim != 2 or len(known) != len(arm):
        raise ValueError(f"no covariates of these people: {known.shape}")
    if np.isinf(known).any():
        raise ValueError("a covariate is infinite")
    there = ~(np.isnan(arm) | np.isnan(known).any(axis=1))
    sides, values = arm[there], known[there]
    if set(np.unique(sides)) != {0.0, 1.0}:
        raise CannotEstimate("weighting", why="not_two_arms", has=None, needed=2)
    method, chance, notes = _propensity(sides, values)
    weights = np.where(sides == 1, 1.0, chance / (1 - chance))
    effective = effective_size(weights[sides == 0])
    if effective < FEWEST_EFFECTIVE:
        raise CannotEstimate(
            "weighting", why="no_overlap", has=effective, needed=FEWEST_EFFECTIVE
        )
    after = standardised_differences(values, sides, weights)
    if (np.abs(after) > BALANCED).any():
        notes = (*notes, "not_balanced")
    if (chance[sides == 1] > chance[sides == 0].max()).mean() > OUTSIDE:
        notes = (*notes, "little_overlap")
    return Weighting(
        method=method,
        weights=_spread(there, weights),
        propensity=_spread(there, chance),
        before=standardised_differences(values, sides, np.ones(len(sides))),
        after=after,
        n=len(sides),
        n_missing=int((~there).sum()),
        effective=effective,
        largest=float(weights.max()),
        notes=notes,
    )


def standardised_differences(values: Values, arm: Values, weights: Values) -> Values:
    """Participants minus survey per covariate, in deviations of the participants.

    Args:
        values: shape (n, k); arm, weights: shape (n,).

    Returns:
        Shape (k,); NaN where all participants have the same value.
    """
    treated = arm == 1
    mean = np.average(values[treated], axis=0, weights=weights[treated])
    other = np.average(values[~treated], axis=0, weights=weights[~treated])
    unit = values[treated].std(axis=0, ddof=1)
    return np.asarray((mean - other) / np.where(unit > 0, unit, np.nan), np.float64)


def effective_size(weights: Values) -> float:
    """Kish: as many people counting once would be as precise."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def e_value(ratio: float) -> float:
    """How strongly something unknown must go with both arm and outcome, as a ratio.

    1 when nothing is needed; below 1 a ratio is turned over first.
    """
    above = max(ratio, 1 / ratio)
    return above + sqrt(above * (above - 1))


def e_value_of(ratio: float, limits: Interval | None) -> Size:
    """The e-value of a ratio; the interval runs from that of the limit nearest 1.

    That first number is 1 when the interval of the ratio holds 1.
    """
    found = e_value(ratio)
    if limits is None:
        return Size("e_value", found)
    near = limits.low if ratio > 1 else limits.high
    least = 1.0 if (near - 1) * (ratio - 1) <= 0 else e_value(near)
    return Size("e_value", found, Interval(least, found, "nearest_limit"))


def e_value_of_difference(estimate: Estimate, deviation: float) -> Size:
    """The e-value of a difference between means, through its standardised size.

    Args:
        estimate: with `se` when the interval is to be used.
        deviation: the standard deviation within the groups, not 0.
    """

    def ratio(difference: float) -> float:
        log = TO_LOG_RATIO * difference / deviation
        return exp(min(max(log, -LARGEST_LOG), LARGEST_LOG))

    limits = estimate.interval
    if limits is not None:
        limits = replace(limits, low=ratio(limits.low), high=ratio(limits.high))
    return e_value_of(ratio(estimate.value), limits)


def e_value_of_odds(estimate: Estimate) -> Size:
    """The e-value of the logarithm of an odds ratio of answers that are not rare.

    The ratio of risks is then near the root of that of odds.
    """
    return e_value_of_difference(estimate, 2 * TO_LOG_RATIO)


def _propensity(arm: Values, covariates: Values) -> tuple[str, Values, tuple[str, ...]]:
    """The chances, by logistic regression, or by Firth's when that is not to be had."""
    design = np.column_stack((np.ones(len(arm)), covariates))
    note = "few_events"
    if not few_events(arm, design.shape[1]):
        try:
            fit = fit_means(design, arm, "logit").fit
        except CannotEstimate as refusal:
            if refusal.why != "separated":
                raise
            note = "separated"
        else:
            return "logit", expit(design @ fit.coefficients), ()
    found = Firth(design, arm)
    return "firth", expit(design @ found.coefficients), (note,)


def _spread(there: NDArray[np.bool_], values: Values) -> Values:
    found = np.full(len(there), np.nan)
    found[np.flatnonzero(there)] = values
    return found
