"""How far two groups lie apart, in standard deviations.

A difference is divided by a standard deviation, so that ages and shares can be read on
one scale: below 0.1 groups are alike, above 0.5 they are far apart. Unlike a p-value it
does not shrink because there are few people. Categories without an order have one
distance together: that of Mahalanobis between the two rows of shares. It has no sign.

When the others are everybody (those who were reached, beside the whole list) the first
group is part of the second: the difference is the share of people outside the first
group times the difference with those people, and the unit is the spread of everybody.

Sources: Yang and Dalton, SAS Global Forum 2012, paper 335 (also the interval, after
Hedges and Olkin, "Statistical methods for meta-analysis", 1985); Austin, Statistics in
Medicine 28, 2009.
"""

from math import sqrt
from typing import NamedTuple

import numpy as np

from trede.evaluation.estimate import CannotEstimate, Interval, Size, Values
from trede.evaluation.proportions import Z95

# Directions without spread in either group.
NO_SPREAD = 1e-12


class Moments(NamedTuple):
    """What a difference needs to know of one variable in one group.

    `variance` has n - 1 below it, or n when the values are 0 and 1.
    """

    n: int
    mean: float
    variance: float


class Sides(NamedTuple):
    """One variable of two groups, as columns, without NaN: (n1, k) and (n2, k).

    `shares` says that the columns are 0 or 1.
    """

    one: Values
    other: Values
    shares: bool


def difference_of_means(one: Values, other: Values, *, everyone: bool = False) -> Size:
    """The standardised mean difference of two groups of numbers, with its interval.

    Args:
        one, other: shape (n1,) and (n2,), without NaN, at least two people each.
        everyone: compare `one` with both together, in the spread of both together.

    Returns:
        `standardised_difference`, one minus other.

    Raises:
        CannotEstimate: `balance`, `few_people` or `no_spread`.
    """
    return _signed(Sides(one[:, None], other[:, None], False), everyone)


def difference_of_shares(one: Values, other: Values, *, everyone: bool = False) -> Size:
    """The same of 0 and 1, in the spread that belongs to the shares."""
    return _signed(Sides(one[:, None], other[:, None], True), everyone)


def distance_of_categories(
    one: Values, other: Values, *, everyone: bool = False
) -> Size:
    """The distance between two divisions over categories, 0 or larger.

    Args:
        one, other: shape (n1,) and (n2,), codes of categories, without NaN.

    Returns:
        `standardised_distance`; the interval does not go below 0.

    Raises:
        CannotEstimate: `balance`, `few_people`; `no_spread` when all are in one
            category, or when the groups share no spread to divide by.
    """
    codes = np.unique(np.concatenate((one, other)))[1:]
    sides = Sides(
        (one[:, None] == codes).astype(np.float64),
        (other[:, None] == codes).astype(np.float64),
        True,
    )
    sizes = len(one), len(other)
    return _distance(_gap(sides), _spread(sides, everyone), sizes, everyone)


def difference_of_moments(one: Moments, other: Moments) -> Size:
    """`difference_of_means` (or of shares) of groups too large to lay side by side."""
    _refuse_few(one.n, other.n)
    spread = (one.variance + other.variance) / 2
    return _standardised(one.mean - other.mean, spread, (one.n, other.n), False)


def distance_of_counts(one: Values, other: Values) -> Size:
    """`distance_of_categories` out of how many are in each category.

    Args:
        one, other: shape (categories,), the same categories in the same order.
    """
    first, second = (np.asarray(side, np.float64) for side in (one, other))
    there = first + second > 0
    first, second = first[there], second[there]
    sizes = int(first.sum()), int(second.sum())
    _refuse_few(*sizes)
    shares = [(side / side.sum())[1:] for side in (first, second)]
    spread = sum(np.diag(p) - np.outer(p, p) for p in shares) / 2.0
    return _distance(shares[0] - shares[1], np.asarray(spread), sizes, False)


def _distance(
    gap: Values, spread: Values, sizes: tuple[int, int], everyone: bool
) -> Size:
    directions, vectors = np.linalg.eigh(spread)
    along = vectors.T @ gap
    flat = directions < NO_SPREAD
    if not len(gap) or (np.abs(along[flat]) > sqrt(NO_SPREAD)).any():
        raise CannotEstimate("balance", why="no_spread", has=0, needed=None)
    squares = along[~flat] ** 2 / directions[~flat]
    found = _with_interval(sqrt(float(squares.sum())), sizes, everyone)
    return Size("standardised_distance", *_from_zero(found))


def detectable(one: int, other: int) -> float:
    """The difference that a test finds four times out of five, in deviations.

    Of two means, two-sided at 5%, by the normal distribution.
    """
    power_of_80 = 0.8416212335729143
    return (Z95 + power_of_80) * sqrt(1 / one + 1 / other)


def _signed(sides: Sides, everyone: bool) -> Size:
    gap, spread = float(_gap(sides)[0]), float(_spread(sides, everyone)[0, 0])
    return _standardised(gap, spread, (len(sides.one), len(sides.other)), everyone)


def _standardised(
    gap: float, spread: float, sizes: tuple[int, int], everyone: bool
) -> Size:
    if spread < NO_SPREAD:
        raise CannotEstimate("balance", why="no_spread", has=0, needed=None)
    value, limits = _with_interval(gap / sqrt(spread), sizes, everyone)
    return Size("standardised_difference", value, limits)


def _gap(sides: Sides) -> Values:
    _refuse_few(len(sides.one), len(sides.other))
    return np.asarray(sides.one.mean(axis=0) - sides.other.mean(axis=0), np.float64)


def _refuse_few(one: int, other: int) -> None:
    if min(one, other) < 2:
        least = min(one, other)
        raise CannotEstimate("balance", why="few_people", has=least, needed=2)


def _spread(sides: Sides, everyone: bool) -> Values:
    """The covariance to divide by: that of everybody, or the average of the two."""
    if everyone:
        return _covariance(np.concatenate((sides.one, sides.other)), sides.shares)
    two = (_covariance(side, sides.shares) for side in (sides.one, sides.other))
    return np.asarray(sum(two) / 2.0, np.float64)


def _covariance(columns: Values, shares: bool) -> Values:
    away = columns - columns.mean(axis=0)
    divisor = len(columns) if shares else len(columns) - 1
    return np.asarray(away.T @ away / divisor, np.float64)


def _with_interval(
    d: float, sizes: tuple[int, int], everyone: bool
) -> tuple[float, Interval]:
    n1, n2 = sizes
    half = Z95 * sqrt(1 / n1 + 1 / n2 + d * d / (2 * (n1 + n2)))
    part = n2 / (n1 + n2) if everyone else 1.0
    limits = Interval(part * (d - half), part * (d + half), "hedges_olkin")
    return part * d, limits


def _from_zero(found: tuple[float, Interval]) -> tuple[float, Interval]:
    value, limits = found
    return value, Interval(max(0.0, limits.low), limits.high, limits.method)
