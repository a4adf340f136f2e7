"""Bounds of a difference when the groups did not leave equally (Lee).

When more people of one arm answered, some of them answered only because of their arm.
Nobody knows who; but they are a known share of that arm, and the difference is largest
when they had the lowest answers and smallest when they had the highest. So that share
is cut off at one end, and then at the other. What is bounded is the effect among people
who would have answered in either arm.

Supposes that arms were drawn by lot, and that the arm moves everybody's answering the
same way (nobody answers only *because* of the arm in which fewer answered). It asks no
ends of a scale. Whoever lies on the cut counts in part, so that answers in a few
categories have exact bounds too.

Source: Lee, Review of Economic Studies 76, 2009 (bounds, and errors: proposition 3).
"""

from math import sqrt
from typing import NamedTuple

import numpy as np

from trede.evaluation.estimate import CannotEstimate, Values
from trede.evaluation.missing_people.bounds import Bounds, imbens_manski
from trede.evaluation.missing_people.manski import arms

# In a smaller arm one person decides everything.
FEWEST = 4


class Trimmed(NamedTuple):
    """A mean with a share cut off at one end, its variance and the cut."""

    mean: float
    variance: float


class Arm(NamedTuple):
    """Answers of one arm, and of how many people."""

    answers: Values
    people: int

    @property
    def rate(self) -> float:
        return len(self.answers) / self.people

    @property
    def error_of_rate(self) -> float:
        """The variance of the logarithm of the share that answered."""
        return (1 - self.rate) / (self.people * self.rate)


def lee_bounds(outcome: Values, arm: Values) -> Bounds:
    """Bounds of the mean difference, arm 1 minus arm 0, among who always answer.

    Args:
        outcome: shape (people,), in the units of the outcome: answers afterwards, or
            changes; NaN for who did not answer.
        arm: shape (people,), 1 or 0, of everybody.

    Returns:
        `lee`. When just as many answered in both arms the bounds are one value, with
        note `equal_response`.

    Raises:
        CannotEstimate: `lee`, `not_two_arms`; `few_in_arm` when fewer than four people
            of an arm answered, or would be left after cutting.
    """
    side, values = arms(arm, "lee"), np.asarray(outcome, np.float64)
    if values.shape != side.shape or np.isinf(values).any():
        raise ValueError(f"no answers of these people: {values.shape}")
    one, other = (_arm(values[who]) for who in (side, ~side))
    if one.rate >= other.rate:
        low, high = _bounded(one, other)
    else:
        below, above = _bounded(other, one)
        low = Trimmed(-above.mean, above.variance)
        high = Trimmed(-below.mean, below.variance)
    errors = sqrt(low.variance), sqrt(high.variance)
    return Bounds(
        "lee",
        low.mean,
        high.mean,
        len(one.answers) + len(other.answers),
        int(np.isnan(values).sum()),
        *errors,
        imbens_manski(low.mean, high.mean, *errors),
        notes=("equal_response",) if one.rate == other.rate else (),
    )


def _arm(values: Values) -> Arm:
    answers = values[~np.isnan(values)]
    if len(answers) < FEWEST:
        raise CannotEstimate("lee", why="few_in_arm", has=len(answers), needed=FEWEST)
    return Arm(answers, len(values))


def _bounded(more: Arm, fewer: Arm) -> tuple[Trimmed, Trimmed]:
    """Of the arm in which more answered minus the other: lowest and highest."""
    share = 1 - fewer.rate / more.rate
    left = len(more.answers) * (1 - share)
    if left < FEWEST:
        raise CannotEstimate("lee", why="few_in_arm", has=left, needed=FEWEST)
    mean = float(fewer.answers.mean())
    variance = float(fewer.answers.var(ddof=1)) / len(fewer.answers)
    rates = more.error_of_rate + fewer.error_of_rate if share else 0.0
    ordered = np.sort(more.answers)
    low, high = (trimmed(side, share, rates) for side in (ordered, ordered[::-1]))
    return (
        Trimmed(low.mean - mean, low.variance + variance),
        Trimmed(high.mean - mean, high.variance + variance),
    )


def trimmed(ordered: Values, share: float, rates: float) -> Trimmed:
    """The mean of the first answers, with the last `share` of them cut off.

    Args:
        ordered: shape (n,); what is kept comes first.
        share: from 0 to below 1; whoever lies on the cut counts in part.
        rates: the variance of the logarithm of the ratio of the shares that answered.

    Returns:
        The mean, and its variance: of the answers that are left, of the cut, and of the
        share, each as in Lee's proposition 3.
    """
    n = len(ordered)
    kept = n * (1 - share)
    weights = np.clip(kept - np.arange(n), 0.0, 1.0)
    mean = float(np.average(ordered, weights=weights))
    spread = float(np.average((ordered - mean) ** 2, weights=weights))
    cut = float(ordered[min(int(np.ceil(kept)), n) - 1])
    within = spread / (kept - 1)
    of_cut = (cut - mean) ** 2 * share / kept
    return Trimmed(mean, within + of_cut + (cut - mean) ** 2 * rates)
