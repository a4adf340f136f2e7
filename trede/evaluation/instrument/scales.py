"""The items of one scale, answered by the same people, and their covariances.

People who miss an item are left out and counted: what is asked is how the items hang
together, not what somebody would have answered.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from trede.evaluation.change.bootstrap import (
    acceleration,
    bca_interval,
    drawn_times,
)
from trede.evaluation.estimate import CannotEstimate, Interval, Values

FEWEST = 4
# Below so many people a reliability says little (the interval shows it).
FEW = 30
# Of more people drawing takes long and adds nothing to the formula.
MOST = 5_000
PORTION = 500


@dataclass(frozen=True, slots=True)
class Scale:
    """Complete answers: `names` of the items, `answers` of shape (people, items)."""

    names: tuple[str, ...]
    answers: Values
    n_missing: int

    @property
    def n(self) -> int:
        return len(self.answers)

    @property
    def k(self) -> int:
        return len(self.names)

    @property
    def covariance(self) -> Values:
        """Shape (items, items)."""
        return np.cov(self.answers, rowvar=False)

    @property
    def notes(self) -> tuple[str, ...]:
        return ("few_people",) if self.n < FEW else ()


def complete_scale(items: Mapping[str, Values], *, what: str, fewest: int = 2) -> Scale:
    """The people who answered every item.

    Args:
        items: by name, shape (people,) each, in one order and all pointing the same way
            (turn the others round first); NaN is missing.
        fewest: items that are needed.

    Raises:
        ValueError: shapes that differ, or an infinite answer.
        CannotEstimate: `few_items`, `few_people` (below four), or `no_variation` when
            everybody has the same sum.
    """
    if len(items) < fewest:
        raise CannotEstimate(what, why="few_items", has=len(items), needed=fewest)
    columns = [np.asarray(one, np.float64) for one in items.values()]
    if len({one.shape for one in columns}) > 1 or columns[0].ndim != 1:
        raise ValueError("items of different people")
    answers = np.column_stack(columns)
    if np.isinf(answers).any():
        raise ValueError("an answer is infinite")
    whole = ~np.isnan(answers).any(axis=1)
    n = int(whole.sum())
    if n < FEWEST:
        raise CannotEstimate(what, why="few_people", has=n, needed=FEWEST)
    scale = Scale(tuple(items), answers[whole], len(answers) - n)
    if np.ptp(scale.answers.sum(axis=1)) == 0:
        raise CannotEstimate(what, why="no_variation", has=0, needed=None)
    return scale


def covariances(answers: Values, times: Values) -> Values:
    """The covariance matrix of people counted so many times, many at once.

    Args:
        answers: shape (n, items).
        times: shape (draws, n), how often each person counts.

    Returns:
        Shape (draws, items, items), with the number of people less one below.
    """
    k = answers.shape[1]
    centred = answers - answers.mean(axis=0)
    one, other = np.triu_indices(k)
    total = times.sum(axis=1)[:, None]
    means = times @ centred / total
    squares = times @ (centred[:, one] * centred[:, other]) / total
    upper = (squares - means[:, one] * means[:, other]) * total / (total - 1)
    found = np.empty((len(times), k, k))
    found[:, one, other] = found[:, other, one] = upper
    return found


def resampled(
    scale: Scale, figure: Callable[[Values], Values], rng: Generator, resamples: int
) -> Values:
    """A figure of the covariances of groups drawn with replacement, (resamples,)."""
    n, found = scale.n, np.empty((resamples, scale.k, scale.k))
    for start in range(0, resamples, PORTION):
        part = slice(start, min(start + PORTION, resamples))
        times = drawn_times(n, rng, part.stop - part.start)
        found[part] = covariances(scale.answers, times)
    return figure(found)


def interval_of(
    replicates: Values, scale: Scale, figure: Callable[[Values], Values], what: str
) -> Interval:
    """The BCa interval, with the acceleration from leaving out one person at a time.

    Raises:
        CannotEstimate: `degenerate_draws` when a drawn group has no such figure, as
            when all in it have the same sum; as `bca_interval`.
    """
    lost = int((~np.isfinite(replicates)).sum())
    if lost:
        raise CannotEstimate(what, why="degenerate_draws", has=lost, needed=0)
    own = float(figure(scale.covariance[None])[0])
    influence = (scale.n - 1) * (own - left_out(scale, figure))
    if not np.isfinite(influence).all() or np.ptp(influence) == 0:
        raise CannotEstimate(what, why="degenerate_draws", has=scale.n, needed=0)
    return bca_interval(replicates, own, acceleration(influence))


def left_out(scale: Scale, figure: Callable[[Values], Values]) -> Values:
    """The figure without each person in turn, shape (n,)."""
    found = np.empty((scale.n, scale.k, scale.k))
    for start in range(0, scale.n, PORTION):
        who = np.arange(start, min(start + PORTION, scale.n))
        times = np.ones((len(who), scale.n))
        times[np.arange(len(who)), who] = 0
        found[who] = covariances(scale.answers, times)
    return figure(found)


def refuse_many(scale: Scale, what: str) -> None:
    """Refuse to draw from more than 5,000 people."""
    if scale.n > MOST:
        raise CannotEstimate(what, why="many_people", has=scale.n, needed=MOST)
