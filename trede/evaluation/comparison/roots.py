"""Where a falling curve crosses 0: limits of intervals that have no formula."""

from collections.abc import Callable

STEPS = 200
# Limits are found to this part of themselves.
CLOSE = 1e-11


def where_it_falls(
    height: Callable[[float], float], farthest: float, step: float = 0.5
) -> float | None:
    """The first distance from 0 at which `height`, above 0 at 0, is 0.

    By false position (Illinois), and every fourth time by halving: quick for a smooth
    curve, safe for one with jumps.

    Args:
        height: a function of the distance.
        farthest: where to stop looking; None is given when it is still above 0 there.
        step: the first distance looked at; doubled until the curve is below 0.
    """
    low, above, high = 0.0, height(0.0), min(step, farthest)
    while (below := height(high)) > 0:
        if high >= farthest:
            return None
        low, above, high = high, below, min(2 * high, farthest)
    side = 0
    for place in range(STEPS):
        if below == 0 or high - low <= CLOSE * high:
            break
        part = 0.5 if place % 4 == 3 else above / (above - below)
        middle = low + part * (high - low)
        if not low < middle < high:
            middle = (low + high) / 2
        there = height(middle)
        # An end that stays twice is given half its height, so that it moves as well.
        if there > 0:
            low, above = middle, there
            below = below / 2 if side > 0 else below
            side = 1
        else:
            high, below = middle, there
            above = above / 2 if side < 0 else above
            side = -1
    return high
