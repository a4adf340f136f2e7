"""How far the pilots differ, beyond what chance within each pilot explains.

* *tau²* is the variance of the true figures of pilots, by restricted maximum likelihood
  (REML); never below 0, and exactly 0 when the likelihood falls from 0 on. Its square
  root is in the units of the outcome: by so much do pilots differ.
* *Q* tests whether they differ at all. With few pilots it rarely finds it: a large p
  does not say that pilots are alike. Look at the interval of tau².
* *I²* is the share of the variance of the figures that is not chance within pilots. It
  grows when pilots are larger, and says nothing of how far apart they are.

The interval of tau² is by Q-profile: the values under which the spread is neither too
small nor too large for chi-square. It is exact when standard errors are. When even
tau² = 0 gives less spread than expected it is empty: told as 0 to 0, and noted. Figures
that lie between -m and m have a standard deviation of at most m, where it then ends.

The likelihood can have two tops; the search starts from the best of a hundred values.

Sources: Cochran, Biometrics 10, 1954 (Q); Viechtbauer, Journal of Educational and
Behavioral Statistics 30, 2005 (REML, Fisher scoring) and Statistics in Medicine 26,
2007 (Q-profile); Higgins and Thompson, Statistics in Medicine 21, 2002 (I²).
"""

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from scipy.special import chdtrc, chdtri

from trede.evaluation.comparison.roots import where_it_falls
from trede.evaluation.estimate import LEVEL, CannotEstimate, Interval, Values
from trede.evaluation.synthesis.studies import Studies

STARTS = 100
STEPS = 10_000
HALVINGS = 60
# A step that moves tau² by a smaller part of the variance of a pilot is no step.
CLOSE = 1e-13
# Differences of the likelihood under this are rounding.
ROUNDING = 1e-12
# A step that keeps jumping over the top is made shorter, down to this part.
SHORTEST = 1 / 16


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """`q` with `df` and `p`; `tau2` in squared units; `i2` a share from 0 to 1."""

    q: float
    df: float
    p: float
    tau2: float
    tau2_interval: Interval
    i2: float
    i2_interval: Interval
    notes: tuple[str, ...] = ()

    @property
    def tau(self) -> float:
        """The standard deviation of true figures, in the units of the outcome."""
        return sqrt(self.tau2)

    @property
    def tau_interval(self) -> Interval:
        limits = self.tau2_interval
        return Interval(sqrt(limits.low), sqrt(limits.high), limits.method)


def heterogeneity(found: Studies, tau2: float | None = None) -> Heterogeneity:
    """How far these pilots differ.

    Args:
        tau2: when it is known already; else by REML.

    Raises:
        CannotEstimate: `tau2`, `no_convergence`.
    """
    between = reml(found) if tau2 is None else tau2
    q, df = found.spread(), found.k - 1
    limits, empty = q_profile(found)
    within = typical_variance(found)
    share = Interval(
        limits.low / (limits.low + within),
        limits.high / (limits.high + within),
        limits.method,
    )
    return Heterogeneity(
        q,
        float(df),
        float(chdtrc(df, q)),
        between,
        limits,
        between / (between + within),
        share,
        ("q_profile_empty",) if empty else (),
    )


def typical_variance(found: Studies) -> float:
    """The variance within a pilot that I² compares tau² with: (k - 1) / tr P."""
    return (found.k - 1) / float(np.trace(_projection(found.weights())))


def _projection(weights: Values) -> Values:
    """P = W - W 1 1' W / Σw, (k, k), without the differences that lose digits."""
    total, k = weights.sum(), len(weights)
    others = (1 - np.eye(k)) @ weights
    projection = -np.outer(weights, weights / total)
    np.fill_diagonal(projection, weights / total * others)
    return projection


def q_profile(found: Studies) -> tuple[Interval, bool]:
    """The 95% interval of tau², and whether it is empty.

    With few pilots it can reach beyond what is possible: it ends there.
    """
    tail, df = (1 - LEVEL) / 2, found.k - 1
    low, high = (
        _where_spread_is(found, float(chdtri(df, p))) for p in (tail, 1 - tail)
    )
    most = found.largest**2
    return Interval(min(low, most), min(high, most), "q_profile"), high == 0


def _where_spread_is(found: Studies, spread: float) -> float:
    """The tau² under which the spread is this; it falls as tau² grows."""
    if found.spread() <= spread:
        return 0.0
    seen = found.reach**2
    # Q is at most k reach² / tau², so that the crossing lies within this.
    farthest = found.k * seen / spread
    where = where_it_falls(
        lambda tau2: found.spread(tau2) - spread, farthest, step=seen / STARTS
    )
    return farthest if where is None else where


def reml(found: Studies) -> float:
    """tau² by restricted maximum likelihood, by Fisher scoring with halved steps.

    Raises:
        CannotEstimate: `tau2`, `no_convergence`.
    """
    # In units of the smallest error: no square or cube is too large or too small.
    unit = float(found.errors.min())
    values = (found.values - found.values[0]) / unit
    scaled = replace(found, values=values, errors=found.errors / unit)
    return _top(scaled) * unit**2


def _top(found: Studies) -> float:
    """Where the likelihood is highest; the smallest error is 1."""
    tau2, part, before = _best_start(found), 1.0, 0.0
    for _ in range(STEPS):
        step = _fisher_step(found, tau2)
        if step * before < 0:
            part = max(part / 2, SHORTEST)
        there = _climbed(found, tau2, part * step)
        if abs(there - tau2) <= CLOSE * (tau2 + 1):
            return there
        tau2, before = there, step
    raise CannotEstimate("tau2", why="no_convergence", has=STEPS, needed=None)


def _climbed(found: Studies, tau2: float, step: float) -> float:
    """The step, halved until the likelihood does not fall; never below 0."""
    height = float(log_likelihood(found, np.array([tau2]))[0])
    height -= ROUNDING * max(1.0, abs(height))
    for _ in range(HALVINGS):
        there = max(0.0, tau2 + step)
        if log_likelihood(found, np.array([there]))[0] >= height:
            return there
        step /= 2
    return tau2


def log_likelihood(found: Studies, tau2: Values) -> Values:
    """The restricted log-likelihood, up to a constant, of tau² of any shape (m,)."""
    variances = found.variances + tau2[:, None]
    weights = 1 / variances
    total = weights.sum(axis=1)
    mean = (weights * found.values).sum(axis=1) / total
    squares = (weights * (found.values - mean[:, None]) ** 2).sum(axis=1)
    return np.asarray(-(np.log(variances).sum(axis=1) + np.log(total) + squares) / 2)


def _best_start(found: Studies) -> float:
    """The best of 0 and a hundred values up to the squared reach."""
    most = found.reach**2
    if most == 0:
        return 0.0
    starts = np.append(0.0, np.geomspace(1e-8 * most, most, STARTS))
    return float(starts[np.argmax(log_likelihood(found, starts))])


def _fisher_step(found: Studies, tau2: float) -> float:
    """The slope of the likelihood over what it is expected to bend."""
    weights = found.weights(tau2)
    projection = _projection(weights)
    distance = found.values - found.mean(tau2)
    pulled = float(((weights * distance) ** 2).sum())
    return (pulled - float(np.trace(projection))) / float((projection**2).sum())
