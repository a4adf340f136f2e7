"""The worst and the best case: everybody who is missing at the ends of the scale.

On a scale from 0 to 10 somebody without an answer would have said something between 0
and 10. Filling in the one and then the other gives bounds that suppose nothing at all.
They are wide: the share of people who are missing times the length of the scale. What
lies outside them is impossible, and that is all that they say.

Source: Manski, American Economic Review 80 (papers and proceedings), 1990; Horowitz and
Manski, Journal of the American Statistical Association 95, 2000.
"""

from math import sqrt

import numpy as np

from trede.evaluation.estimate import CannotEstimate, Values
from trede.evaluation.missing_people.bounds import Bounds, imbens_manski

# Fewer people than this are no group.
FEWEST = 4


def bounds_of_change(
    before: Values, after: Values, scale: tuple[float, float]
) -> Bounds:
    """Bounds of the mean change of everybody, whether they answered or not.

    Args:
        before, after: shape (people,), in points of the scale; NaN is missing. Only
            people of the group: who misses both answers stretches the bounds most.
        scale: the lowest and highest answer there is.

    Returns:
        `manski_change`; n is everybody, n_missing who misses one or both answers.

    Raises:
        ValueError: different people, or a scale without length.
        CannotEstimate: `manski`, `few_people` below four; `off_scale` (has the answer).
    """
    lowest, highest = _filled(before, after, scale)
    n = len(lowest)
    if n < FEWEST:
        raise CannotEstimate("manski", why="few_people", has=n, needed=FEWEST)
    low, high = float(lowest.mean()), float(highest.mean())
    errors = _error(lowest), _error(highest)
    missing = int((lowest < highest).sum())
    limits = imbens_manski(low, high, *errors)
    return Bounds("manski_change", low, high, n, missing, *errors, limits)


def bounds_of_difference(
    before: Values, after: Values, arm: Values, scale: tuple[float, float]
) -> Bounds:
    """Bounds of the difference in mean change, arm 1 minus arm 0.

    Args:
        arm: shape (people,), 1 or 0, of everybody.

    Returns:
        `manski_difference_in_change`: lowest of arm 1 minus highest of arm 0, and the
        other way round.

    Raises:
        As `bounds_of_change`; `not_two_arms`.
    """
    side = arms(arm, "manski")
    one = bounds_of_change(before[side], after[side], scale)
    other = bounds_of_change(before[~side], after[~side], scale)
    low, high = one.low - other.high, one.high - other.low
    se_low = sqrt(one.se_low**2 + other.se_high**2)
    se_high = sqrt(one.se_high**2 + other.se_low**2)
    return Bounds(
        "manski_difference_in_change",
        low,
        high,
        one.n + other.n,
        one.n_missing + other.n_missing,
        se_low,
        se_high,
        imbens_manski(low, high, se_low, se_high),
    )


def arms(arm: Values, what: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Shape (people,), True for arm 1; everybody's arm must be known."""
    sides = np.asarray(arm, np.float64)
    if set(np.unique(sides).tolist()) != {0.0, 1.0}:
        raise CannotEstimate(what, why="not_two_arms", has=None, needed=2)
    return np.asarray(sides == 1).reshape(len(sides))


def _filled(
    before: Values, after: Values, scale: tuple[float, float]
) -> tuple[Values, Values]:
    """The smallest and largest change that each person can have had."""
    lowest, highest = scale
    first, second = np.asarray(before, np.float64), np.asarray(after, np.float64)
    if first.shape != second.shape or not lowest < highest:
        raise ValueError(f"no pairs on a scale: {first.shape}, {second.shape}, {scale}")
    for values in (first, second):
        strange = values[(values < lowest) | (values > highest)]
        if len(strange):
            raise CannotEstimate(
                "manski", why="off_scale", has=float(strange[0]), needed=None
            )
    low = np.where(np.isnan(second), lowest, second) - np.where(
        np.isnan(first), highest, first
    )
    high = np.where(np.isnan(second), highest, second) - np.where(
        np.isnan(first), lowest, first
    )
    return low, high


def _error(values: Values) -> float:
    return float(values.std(ddof=1)) / sqrt(len(values))
