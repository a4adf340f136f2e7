"""Logistic regression for few events, or when answers separate (Firth).

The likelihood is multiplied by the root of the information (Jeffreys' prior). That
takes away the bias of small samples and always has a top, also when nobody in one of
the groups said yes. Intervals and p come from the penalised likelihood itself: the
usual ones, by standard error, are far off just when Firth's method is needed.

Predicted shares are drawn a little towards one half; so is a difference of shares.

Sources: Firth, Biometrika 80, 1993; Heinze and Schemper, Statistics in Medicine 21,
2002; Peduzzi and others, Journal of Clinical Epidemiology 49, 1996 (ten events).
"""

from math import inf, sqrt
from typing import NamedTuple

import numpy as np
from scipy.special import chdtrc, expit

from trede.evaluation.comparison.groups import Codes
from trede.evaluation.comparison.least_squares import refuse_collinear
from trede.evaluation.comparison.roots import where_it_falls
from trede.evaluation.estimate import CannotEstimate, Interval, Values
from trede.evaluation.proportions import Z95

# Events, of the rarer answer, per coefficient besides the constant.
ENOUGH_EVENTS = 10
STEPS, HALVINGS = 200, 30
LARGEST_STEP = 5.0
CLOSE = 1e-10
# Differences of the likelihood that are rounding, and slopes that are all but flat.
ROUNDING, NEARLY_FLAT = 1e-13, 1e-6
# As far as the likelihood is followed for a limit, in coefficients.
FARTHEST = 60.0


class _Place(NamedTuple):
    """The penalised likelihood at some coefficients, its slope and the information."""

    likelihood: float
    score: Values
    information: Values


class Firth:
    """A penalised logistic regression: coefficients, covariance and its profile.

    Args:
        design: shape (n, k); outcome: shape (n,), 0 or 1.

    Raises:
        CannotEstimate: `firth`, `collinear`, `few_people`, or `not_converged`.
    """

    def __init__(self, design: Values, outcome: Values) -> None:
        refuse_collinear(design, "firth")
        self.design, self.outcome = design, outcome
        self.coefficients, self.likelihood = self.maximised()

    @property
    def covariance(self) -> Values:
        information = self._at(self.coefficients).information
        return np.asarray(np.linalg.inv(information), np.float64)

    def p(self, place: int) -> float:
        """Of the penalised likelihood ratio: is this coefficient 0?"""
        _, without = self.maximised(place, 0.0)
        return float(chdtrc(1, max(0.0, 2 * (self.likelihood - without))))

    def interval(self, place: int) -> Interval:
        """The values of a coefficient that the penalised profile does not rule out."""
        middle = float(self.coefficients[place])

        limits, usual = [], Z95 * sqrt(float(self.covariance[place, place]))
        for side in (-1, 1):

            def kept(away: float, side: int = side) -> float:
                # The root of the drop is nearly straight.
                _, reached = self.maximised(place, middle + side * away)
                return Z95 - sqrt(max(0.0, 2 * (self.likelihood - reached)))

            away = where_it_falls(kept, FARTHEST, usual)
            limits.append(side * inf if away is None else middle + side * away)
        return Interval(limits[0], limits[1], "penalised_profile")

    def maximised(
        self, place: int | None = None, at: float = 0.0
    ) -> tuple[Values, float]:
        """The top of the penalised likelihood, with one coefficient held when asked."""
        k = self.design.shape[1]
        free = np.delete(np.arange(k), [] if place is None else place)
        found = np.zeros(k) if place is None else self.coefficients.copy()
        if place is not None:
            found[place] = at
        here = self._at(found)
        flat = np.linalg.inv(here.information[np.ix_(free, free)])
        inverse = np.asarray(flat, np.float64)
        for _ in range(STEPS):
            step = np.asarray(inverse @ here.score[free], np.float64)
            step *= min(1.0, LARGEST_STEP / max(float(np.abs(step).max()), 1e-300))
            if float(np.abs(step).max(initial=0)) < CLOSE:
                return found, here.likelihood
            there, reached = self._improved(found, free, step, here)
            if reached is here:
                break
            bend = (here.score - reached.score)[free]
            inverse = _learned(inverse, (there - found)[free], bend)
            # A step within rounding may go down by that much.
            best = max(here.likelihood, reached.likelihood)
            found, here = there, reached._replace(likelihood=best)
        if float(np.abs(here.score[free]).max(initial=0)) < NEARLY_FLAT:
            return found, here.likelihood
        raise CannotEstimate("firth", why="not_converged", has=STEPS, needed=None)

    def _improved(
        self, found: Values, free: Codes, step: Values, here: _Place
    ) -> tuple[Values, _Place]:
        """The first of step, half of it, and so on, that is not worse."""
        worst = here.likelihood - ROUNDING * abs(here.likelihood)
        for _ in range(HALVINGS):
            there = found.copy()
            there[free] += step
            reached = self._at(there)
            if reached.likelihood >= worst:
                return there, reached
            step = step / 2
        return found, here

    def _at(self, coefficients: Values) -> _Place:
        linear = self.design @ coefficients
        mean = expit(linear)
        spread = mean * expit(-linear)
        information = self.design.T @ (spread[:, None] * self.design)
        sign, size = np.linalg.slogdet(information)
        if sign <= 0:
            return _Place(-inf, np.zeros(len(coefficients)), information)
        reach = self.design @ np.linalg.inv(information)
        leverage = spread * np.einsum("ij,ij->i", reach, self.design)
        score = self.design.T @ (self.outcome - mean + leverage * (0.5 - mean))
        surprise = np.where(self.outcome > 0, -linear, linear)
        likelihood = float(-np.logaddexp(0, surprise).sum() + size / 2)
        return _Place(likelihood, score, information)


def _learned(inverse: Values, step: Values, bend: Values) -> Values:
    """The inverse of the curvature, with what one step taught about it (BFGS)."""
    along = float(step @ bend)
    if along <= 0:
        return inverse
    turn = np.eye(len(step)) - np.outer(step, bend) / along
    return np.asarray(turn @ inverse @ turn.T + np.outer(step, step) / along)


def few_events(outcome: Values, coefficients: int) -> bool:
    """Whether the rarer answer is too rare for the coefficients, the constant apart."""
    yes = int(outcome.sum())
    return min(yes, len(outcome) - yes) < ENOUGH_EVENTS * (coefficients - 1)
