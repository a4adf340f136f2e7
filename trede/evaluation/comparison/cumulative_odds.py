"""The likelihood of ordered categories: cumulative logits, by Newton's method.

P(answer <= c) = 1 / (1 + exp(-(threshold_c - x coefficients))). With `nominal` columns
each threshold has its own coefficient for them. The log-likelihood is concave in all of
these, so that there is one top; when answers separate it lies infinitely far. With
weights everybody's part in it counts that often (a pseudo-likelihood): its top is what
is meant, its curve no measure of how sure that is; `pulls` gives what is.

Sources: McCullagh, Journal of the Royal Statistical Society B 42, 1980; Pratt, Journal
of the American Statistical Association 76, 1981 (concave).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from trede.evaluation.comparison.score_errors import Pull
from trede.evaluation.estimate import CannotEstimate, Values

Codes = NDArray[np.int64]

STEPS, HALVINGS = 60, 40
CLOSE = 1e-10
# Gains of the log-likelihood below this part of it are rounding.
GAIN = 1e-13
# Coefficients (log odds) of which the top is on its way to infinity.
FARTHEST = 16.0


@dataclass(frozen=True, slots=True)
class Ordered:
    """The data of a model.

    `place` (n,): category from 0 without gaps. `columns` (n, k): with one coefficient
    each. `nominal` (n, m): with one coefficient per threshold. `offset` (n,): part of
    the linear predictor that is given. `weights` (n,): how often each counts.
    """

    place: Codes
    columns: Values
    nominal: Values
    offset: Values
    weights: Values

    @property
    def thresholds(self) -> int:
        return int(self.place.max())

    def rows(self) -> tuple[Values, Values]:
        """The linear forms of the upper and the lower threshold of each person.

        Both (n, parameters): thresholds, then nominal coefficients by column, then the
        others. The form of a threshold that does not exist is 0.
        """
        return self._rows(self.place), self._rows(self.place - 1)

    def _rows(self, at: Codes) -> Values:
        steps = np.zeros((len(at), self.thresholds))
        inside = (at >= 0) & (at < self.thresholds)
        steps[inside, at[inside]] = 1
        parts = [steps]
        parts += [-steps * column[:, None] for column in self.nominal.T]
        parts.append(-self.columns * inside[:, None])
        return np.hstack(parts)


@dataclass(frozen=True, slots=True)
class Top:
    """The maximum: parameters in the order of `Ordered.rows`, and their covariance."""

    parameters: Values
    likelihood: float
    information: Values

    @property
    def covariance(self) -> Values:
        return np.asarray(np.linalg.inv(self.information), np.float64)


def maximised(
    data: Ordered, start: Values | None = None, *, bounded: bool = True
) -> Top:
    """The maximum likelihood.

    Args:
        bounded: refuse when a coefficient goes to infinity; else the likelihood that
            it is then heading for is given, which is all that a profile needs.

    Raises:
        CannotEstimate: `cumulative_odds`, `separated`.
    """
    forms = data.rows()
    found = _first(data, forms[0].shape[1]) if start is None else start
    best, slope, information = _looked(data, forms, found)
    for _ in range(STEPS):
        step = np.linalg.lstsq(information, slope, rcond=None)[0]
        size = 1.0
        for _ in range(HALVINGS):
            reached = _looked(data, forms, found + size * step)
            if reached[0] >= best + GAIN * best:
                break
            size /= 2
        found = found + size * step
        best, slope, information = reached
        if float(np.abs(step).max()) < CLOSE:
            return Top(found, best, information)
        farthest = float(np.abs(found[data.thresholds :]).max(initial=0))
        if bounded and farthest > FARTHEST:
            break
    if not bounded:
        return Top(found, best, information)
    raise CannotEstimate("cumulative_odds", why="separated", has=None, needed=None)


def shares_of(
    data: Ordered, parameters: Values, category: int
) -> tuple[Values, Values]:
    """Everybody's chance of a category, (n,), and its slope to the parameters."""
    places = np.full(len(data.place), category)
    chance, slope = np.zeros(len(places)), np.zeros((len(places), len(parameters)))
    for at, sign in ((places, 1.0), (places - 1, -1.0)):
        rows = data._rows(at)
        if 0 <= at[0] < data.thresholds:
            linear = rows @ parameters - data.offset
            chance = chance + sign * expit(linear)
            slope = slope + sign * (expit(linear) * expit(-linear))[:, None] * rows
        elif at[0] >= data.thresholds:
            chance = chance + sign
    return chance, slope


def pulls(data: Ordered, parameters: Values) -> Pull:
    """What each person brings to the likelihood, for errors that believe no model."""
    chances, slopes = zip(
        *(shares_of(data, parameters, at) for at in range(data.thresholds + 1)),
        strict=True,
    )
    chance, slope = np.stack(chances, axis=1), np.stack(slopes, axis=1)
    steep = slope / np.sqrt(chance)[:, :, None]
    expected = np.swapaxes(steep, 1, 2) @ steep
    people = np.arange(len(data.place))
    own = slope[people, data.place] / chance[people, data.place][:, None]
    weights = data.weights[:, None]
    return Pull(
        weights * own,
        weights[:, :, None] * expected,
        weights[:, :, None] ** 2 * expected,
    )


def _first(data: Ordered, parameters: int) -> Values:
    """Everybody the same: thresholds where the shares are."""
    counts = np.bincount(data.place, weights=data.weights)
    below = np.cumsum(counts)[:-1] / counts.sum()
    found = np.zeros(parameters)
    found[: data.thresholds] = np.log(below / (1 - below))
    return found


def _looked(
    data: Ordered, forms: tuple[Values, Values], parameters: Values
) -> tuple[float, Values, Values]:
    """The log-likelihood, its slope and the information."""
    upper, lower = forms
    high = np.where(
        data.place < data.thresholds, upper @ parameters - data.offset, np.inf
    )
    low = np.where(data.place > 0, lower @ parameters - data.offset, -np.inf)
    if (high <= low).any():
        return -np.inf, parameters, np.eye(len(parameters))
    # F(high) - F(low) without loss of digits when both are near 0 or 1.
    chance = expit(high) * expit(-low) * -np.expm1(low - high)
    if not (chance > 0).all():
        return -np.inf, parameters, np.eye(len(parameters))
    steep_high, steep_low = (expit(x) * expit(-x) for x in (high, low))
    first = (steep_high / chance)[:, None] * upper - (steep_low / chance)[
        :, None
    ] * lower
    weights = data.weights
    bend_high = weights * steep_high * (expit(-high) - expit(high)) / chance
    bend_low = weights * steep_low * (expit(-low) - expit(low)) / chance
    curve = upper.T @ (bend_high[:, None] * upper) - lower.T @ (
        bend_low[:, None] * lower
    )
    weighted = weights[:, None] * first
    likelihood = float((weights * np.log(chance)).sum())
    return likelihood, weighted.sum(axis=0), first.T @ weighted - curve
