"""Regression of a mean through its logarithm or its odds (Poisson, logistic).

Fitted by Newton's method with the steps halved as long as they do not help. Only the
mean is believed: the errors are those of `robust_errors` (quasi-likelihood), unless the
logistic model is used without weights, where the likelihood itself is right.

When all who have a certain answer can be told apart by the columns the likelihood has
no top (separation): refused, and Firth's method (`firth`) does have one.

Sources: McCullagh and Nelder, "Generalized linear models", 1989; Gourieroux, Monfort
and Trognon, Econometrica 52, 1984 (quasi-likelihood); Albert and Anderson, Biometrika
71, 1984 (separation).
"""

from typing import Literal, NamedTuple

import numpy as np
from scipy.special import expit

from trede.evaluation.comparison.least_squares import Fit, refuse_collinear
from trede.evaluation.estimate import CannotEstimate, Values

Link = Literal["logit", "log"]

STEPS = 100
HALVINGS = 40
# Gains of the log-likelihood and slopes below this are rounding.
CLOSE = 1e-11
# Means so near to impossible are on their way to infinity.
AT_THE_EDGE = 1e-7


class MeanModel(NamedTuple):
    """A fitted model with its link; see `least_squares.Fit`."""

    link: Link
    fit: Fit


def fit_means(
    design: Values, outcome: Values, link: Link, weights: Values | None = None
) -> MeanModel:
    """Fit E[outcome] = inverse link(design @ coefficients).

    Args:
        design: shape (n, k).
        outcome: shape (n,); 0 or 1 for `logit`, not negative for `log`.
        weights: shape (n,), positive: how many people each stands for.

    Raises:
        CannotEstimate: `logit` or `log`; `collinear`, `few_people`, `separated`.
    """
    refuse_collinear(design, link)
    weight = np.ones(len(outcome)) if weights is None else weights / weights.mean()
    coefficients = _start(design, outcome, weight, link)
    best = _likelihood(design @ coefficients, outcome, weight, link)
    for _ in range(STEPS):
        mean, spread = means_of(design @ coefficients, link)
        information = design.T @ ((weight * spread)[:, None] * design)
        score = design.T @ (weight * (outcome - mean))
        step = np.linalg.lstsq(information, score, rcond=None)[0]
        size = 1.0
        for _ in range(HALVINGS):
            there = coefficients + size * step
            reached = _likelihood(design @ there, outcome, weight, link)
            if reached >= best - CLOSE * abs(best):
                break
            size /= 2
        coefficients, best = there, max(best, reached)
        if float(np.abs(step).max()) < CLOSE * (1 + float(np.abs(there).max())):
            break
        _refuse_edge(design @ coefficients, link)
    return MeanModel(link, _as_fit(design, outcome, weight, coefficients, link))


def means_of(linear: Values, link: Link) -> tuple[Values, Values]:
    """The means, and their derivative to the linear part (also the variance)."""
    if link == "log":
        mean = np.exp(linear)
        return mean, mean
    mean = expit(linear)
    return mean, mean * expit(-linear)


def _as_fit(
    design: Values, outcome: Values, weight: Values, found: Values, link: Link
) -> Fit:
    mean, spread = means_of(design @ found, link)
    information = design.T @ ((weight * spread)[:, None] * design)
    return Fit(
        slopes=design * spread[:, None],
        weights=weight / spread,
        variance=spread,
        residuals=outcome - mean,
        coefficients=found,
        bread=np.asarray(np.linalg.inv(information), np.float64),
    )


def _start(design: Values, outcome: Values, weight: Values, link: Link) -> Values:
    """The model of one mean for all, as near as the columns come to it."""
    mean = float(np.average(outcome, weights=weight))
    if mean <= 0 or (link == "logit" and mean >= 1):
        raise CannotEstimate(link, why="separated", has=None, needed=None)
    level = np.log(mean) if link == "log" else np.log(mean / (1 - mean))
    target = np.full(len(outcome), level)
    return np.asarray(np.linalg.lstsq(design, target, rcond=None)[0], np.float64)


def _likelihood(linear: Values, outcome: Values, weight: Values, link: Link) -> float:
    """The log-likelihood up to what does not depend on the coefficients."""
    if link == "log":
        with np.errstate(over="ignore"):
            terms = outcome * linear - np.exp(linear)
    else:
        terms = -np.logaddexp(0, np.where(outcome > 0, -linear, linear))
    return float((weight * terms).sum())


def _refuse_edge(linear: Values, link: Link) -> None:
    mean, spread = means_of(linear, link)
    if float(spread.min()) < AT_THE_EDGE * min(1.0, float(mean.max())):
        raise CannotEstimate(link, why="separated", has=None, needed=None)
