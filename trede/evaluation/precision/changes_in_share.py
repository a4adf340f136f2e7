"""The smallest change in a share that McNemar's test (mid-p) is likely to see.

Only those who change their answer count, so their expected share (`moving`) must be
named: 10 points up is seen more easily when nobody goes down than when many go both
ways. The power is exact: over every number of people who may move, and every way in
which they may go.

Sources: Connor, Biometrics 43, 1987 (the question, with a normal approximation);
Fagerland, Lydersen and Laake 2013 (mid-p). Here all outcomes are counted.
"""

from functools import cache
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, gammaln, ndtri, xlog1py, xlogy

from trede.evaluation.change.binary import mid_p
from trede.evaluation.estimate import LEVEL, CannotEstimate, Values
from trede.evaluation.precision.planned import (
    FEWEST,
    NO_LOSS,
    POWER,
    Loss,
    Precision,
    refuse_few,
    refuse_no_power,
)

HALVINGS = 60
# Counting every outcome of more people takes too long.
MOST = 5_000


def smallest_change_in_share(
    n: int, moving: float, *, power: float = POWER, loss: Loss = NO_LOSS
) -> Precision:
    """The change in a share that n people show with this power, at .05 two-sided.

    Args:
        n: people with both answers, worth at most 5,000.
        moving: the share expected to give another answer, up or down.

    Returns:
        `smallest_change_in_share`: share after minus before, above 0, at most `moving`.
        `effective_n` is in whole people.

    Raises:
        CannotEstimate: `smallest_change_in_share`, `few_people` or `many_people`;
            `few_movers` when even all of them going the same way is not enough.
    """
    what = "smallest_change_in_share"
    refuse_no_power(power)
    _refuse_no_share(moving)
    worth = int(loss.worth(n) + 1e-9)
    refuse_few(what, worth)
    _refuse_many(what, worth)
    if power_of_change_in_share(moving, 0.0, worth) < power:
        raise CannotEstimate(what, why="few_movers", has=worth * moving, needed=None)
    low, high = 0.0, moving
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        up, down = (moving + middle) / 2, (moving - middle) / 2
        if power_of_change_in_share(up, down, worth) < power:
            low = middle
        else:
            high = middle
    return Precision(what, high, n, float(worth), loss.asked(n), power)


def people_for_change_in_share(
    up: float, down: float, *, power: float = POWER, loss: Loss = NO_LOSS
) -> Precision:
    """The fewest people that show such a change with this power.

    Args:
        up, down: the shares expected to go from no to yes, and from yes to no.

    Returns:
        `people_for_change_in_share`, `value` is up minus down. The power of an exact
        test does not rise evenly: a few more people may have a hair less.

    Raises:
        CannotEstimate: `people_for_change_in_share`, `no_change` when up equals down;
            `many_people` beyond 5,000.
    """
    what = "people_for_change_in_share"
    refuse_no_power(power)
    if min(up, down) < 0:
        raise ValueError("a share is not negative")
    _refuse_no_share(up + down)
    if up == down:
        raise CannotEstimate(what, why="no_change", has=0, needed=None)
    worth = max(FEWEST, int(_about(up, down, power) * 0.6))
    _refuse_many(what, worth)
    while (reached := power_of_change_in_share(up, down, worth)) < power:
        worth += 1
        _refuse_many(what, worth)
    n = ceil(worth * loss.design_effect - 1e-9)
    return Precision(what, up - down, n, float(worth), loss.asked(n), reached)


def power_of_change_in_share(up: float, down: float, n: int) -> float:
    """The chance that n people give a mid-p of at most .05.

    Args:
        up, down: shares that go up and down, together above 0 and at most 1.

    Raises:
        CannotEstimate: `power_of_change_in_share`, `many_people` beyond 5,000.
    """
    _refuse_many("power_of_change_in_share", n)
    moving = up + down
    moved, cut = np.arange(n + 1), np.array(_most_of_fewer(MOST)[: n + 1])
    # No number of movers too few to reach .05 counts.
    moved, cut = moved[cut >= 0], cut[cut >= 0]
    part = up / moving
    rejects = bdtr(cut, moved, part) + bdtr(cut, moved, 1 - part)
    return float(min(1.0, (_binomial(moved, n, min(1.0, moving)) * rejects).sum()))


@cache
def _most_of_fewer(n: int) -> tuple[int, ...]:
    """For 0 to n movers: how many may go the rarer way with mid-p still at most .05;
    -1 for none. One more mover raises it by one at most."""
    found = [-1]
    for moved in range(1, n + 1):
        more = found[-1] + 1
        fits = 2 * more <= moved and mid_p(more, moved - more) <= 1 - LEVEL
        found.append(more if fits else more - 1)
    return tuple(found)


def _binomial(k: NDArray[np.int64], n: int, chance: float) -> Values:
    log_ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return np.asarray(np.exp(log_ways + xlogy(k, chance) + xlog1py(n - k, -chance)))


def _about(up: float, down: float, power: float) -> float:
    """Connor's normal approximation, from below."""
    moving, change = up + down, abs(up - down)
    z, more = float(ndtri((1 + LEVEL) / 2)), float(ndtri(power))
    spread = sqrt(max(0.0, moving - change**2))
    return (z * sqrt(moving) + more * spread) ** 2 / change**2


def _refuse_no_share(moving: float) -> None:
    if not 0 < moving <= 1:
        raise ValueError(f"{moving} is no share that can move")


def _refuse_many(what: str, worth: float) -> None:
    if worth > MOST:
        raise CannotEstimate(what, why="many_people", has=worth, needed=MOST)
