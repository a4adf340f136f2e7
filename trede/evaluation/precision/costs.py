"""What it cost beside the steps that were made: time and money per step gained.

A ratio of two means: what was spent on the average person, divided by how many treads
(or small steps) the average person rose. Both vary between people, and whoever cost
more may have risen more; the interval takes all of that along. When the mean rise may
well be none, no upper limit exists, and none is invented.

It is told of everybody together and there is **no way to ask it per coach**: coaches
have people who differ, ten at most, and a ranking by price would be noise with a name
on it, and would teach to choose whom to help. So no function here takes coaches.

It says what was spent beside what changed, not that the one bought the other. Hours and
euros stay apart: each is its own ratio.

Sources: Fieller, Journal of the Royal Statistical Society B 16, 1954; Briggs, O'Brien
and Blackhouse, Annual Review of Public Health 23, 2002 (both intervals); Efron 1987.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from math import isfinite, sqrt

import numpy as np
from numpy.random import Generator
from scipy.special import stdtrit

from trede.evaluation.attempts import Attempted, together
from trede.evaluation.change.bootstrap import (
    ENOUGH,
    RESAMPLES,
    acceleration,
    bca_interval,
    drawn_times,
    mean_interval,
)
from trede.evaluation.estimate import (
    LEVEL,
    CannotEstimate,
    Estimate,
    Interval,
    Values,
)

FEWEST = 4
PORTION = 1_000
# Of more people Fieller's interval does as well, and drawing takes long.
MOST = 5_000


@dataclass(frozen=True, slots=True)
class Spent:
    """People whose costs and steps are both known; shapes (n,), without NaN."""

    cost: Values
    steps: Values
    n_missing: int

    @property
    def n(self) -> int:
        return len(self.cost)

    @property
    def ratio(self) -> float:
        return float(self.cost.sum() / self.steps.sum())


def costs_beside_steps(
    costs: Mapping[str, Values], steps: Values, rng: Generator
) -> dict[str, Attempted]:
    """Every kind of cost beside the same steps, each on its own.

    Args:
        costs: code of what was spent (`hours_coach`, `euro`): shape (people,).
        steps: shape (people,), treads risen (below 0: fallen).

    Returns:
        By code, as `cost_beside_steps`. A cost whose headline is refused has no
        estimates and one refusal.
    """
    found = {}
    for code, cost in costs.items():
        try:
            found[code] = cost_beside_steps(cost, steps, rng)
        except CannotEstimate as refusal:
            found[code] = Attempted((), (refusal,))
    return found


def cost_beside_steps(
    cost: Values, steps: Values, rng: Generator, *, resamples: int = RESAMPLES
) -> Attempted:
    """The cost per step gained, with what it is made of.

    Args:
        cost: shape (people,), per person, in hours or euros, not negative; people who
            left early cost something too. NaN is missing.
        steps: shape (people,); NaN is missing. Who misses one of the two is left out
            and counted.
        rng: for the bootstrap.

    Returns:
        `cost_per_step_fieller` (without interval and with note `unbounded` when the
        mean rise is not told apart from none), beside it `cost_per_step_bca`,
        `mean_cost` (BCa) and `mean_steps` (t). None has a p.

    Raises:
        ValueError: shapes that differ, a negative or infinite cost.
        CannotEstimate: `cost_per_step`, `few_people`; `no_steps` when the mean rise is
            not above 0: then there is nothing to divide by.
    """
    spent = _complete(cost, steps)
    if spent.steps.sum() <= 0:
        has = float(spent.steps.sum())
        raise CannotEstimate("cost_per_step", why="no_steps", has=has, needed=0)
    headline = Estimate(
        "cost_per_step_fieller",
        spent.ratio,
        spent.n,
        spent.n_missing,
        interval=(limits := fieller(spent)),
        notes=() if limits else ("unbounded",),
    )
    beside = (
        partial(_resampled, spent, rng, resamples),
        partial(_mean_cost, spent, rng, resamples),
        partial(_mean_steps, spent),
    )
    return together(headline, beside)


def fieller(spent: Spent) -> Interval | None:
    """Every ratio r for which the mean of cost - r · steps is not told apart from 0.

    None when these have no end (the mean of the steps is not told apart from 0).
    """
    t2 = float(stdtrit(spent.n - 1, (1 + LEVEL) / 2)) ** 2
    spread = np.cov(spent.cost, spent.steps) / spent.n
    a, b = float(spent.cost.mean()), float(spent.steps.mean())
    square = b * b - t2 * float(spread[1, 1])
    if square <= 0:
        return None
    cross = a * b - t2 * float(spread[0, 1])
    own = a * a - t2 * float(spread[0, 0])
    reach = sqrt(max(0.0, cross * cross - square * own))
    return Interval((cross - reach) / square, (cross + reach) / square, "fieller")


def resampled_ratios(spent: Spent, rng: Generator, resamples: int) -> Values:
    """The ratio in groups drawn with replacement, shape (resamples,); infinite in a
    group that did not rise."""
    n, ratios = spent.n, np.empty(resamples)
    both = np.column_stack((spent.cost, spent.steps))
    for start in range(0, resamples, PORTION):
        part = slice(start, min(start + PORTION, resamples))
        cost, steps = (drawn_times(n, rng, part.stop - part.start) @ both).T
        rose = steps > 0
        ratios[part] = np.where(rose, cost / np.where(rose, steps, 1), np.inf)
    return ratios


def ratio_interval(replicates: Values, spent: Spent) -> Interval:
    """The BCa interval of a ratio out of its bootstrap replicates.

    Raises:
        CannotEstimate: `cost_per_step_bca`, `unbounded` when too many groups did not
            rise; as `bca_interval`.
    """
    influence = (spent.cost - spent.ratio * spent.steps) / float(spent.steps.mean())
    if np.ptp(influence) == 0:
        raise CannotEstimate(
            "cost_per_step_bca", why="no_variation", has=0, needed=None
        )
    with np.errstate(invalid="ignore"):
        limits = bca_interval(replicates, spent.ratio, acceleration(influence))
    if not isfinite(limits.high):
        share = float(np.isinf(replicates).mean())
        raise CannotEstimate(
            "cost_per_step_bca", why="unbounded", has=share, needed=None
        )
    return limits


def _complete(cost: Values, steps: Values) -> Spent:
    paid, rose = np.asarray(cost, np.float64), np.asarray(steps, np.float64)
    if paid.shape != rose.shape or paid.ndim != 1:
        raise ValueError(f"costs {paid.shape} of other people than steps {rose.shape}")
    if (paid < 0).any() or np.isinf(paid).any() or np.isinf(rose).any():
        raise ValueError("a cost is negative, or something is infinite")
    both = ~(np.isnan(paid) | np.isnan(rose))
    n = int(both.sum())
    if n < FEWEST:
        raise CannotEstimate("cost_per_step", why="few_people", has=n, needed=FEWEST)
    return Spent(paid[both], rose[both], len(both) - n)


def _resampled(spent: Spent, rng: Generator, resamples: int) -> Estimate:
    if spent.n > MOST:
        raise CannotEstimate(
            "cost_per_step_bca", why="many_people", has=spent.n, needed=MOST
        )
    limits = ratio_interval(resampled_ratios(spent, rng, resamples), spent)
    return _of_spent("cost_per_step_bca", spent.ratio, spent, limits)


def _mean_cost(spent: Spent, rng: Generator, resamples: int) -> Estimate:
    limits = mean_interval(spent.cost, rng, resamples)
    return _of_spent("mean_cost", float(spent.cost.mean()), spent, limits)


def _mean_steps(spent: Spent) -> Estimate:
    mean, n = float(spent.steps.mean()), spent.n
    half = float(stdtrit(n - 1, (1 + LEVEL) / 2) * spent.steps.std(ddof=1)) / sqrt(n)
    return Estimate(
        "mean_steps",
        mean,
        n,
        spent.n_missing,
        interval=Interval(mean - half, mean + half, "t"),
        df=float(n - 1),
    )


def _of_spent(method: str, value: float, spent: Spent, limits: Interval) -> Estimate:
    notes = ("few_for_bootstrap",) if spent.n < ENOUGH else ()
    return Estimate(
        method, value, spent.n, spent.n_missing, interval=limits, notes=notes
    )
