"""Where a falling curve crosses 0: limits of intervals that have no formula."""

from collections.abc import Callable

STEPS = 200
# Limits are found to this part of themselves.
CLOSE = 1e-12


def where_it_falls(
    height: Callable[[float], float], farthest: float, step: float = 0.5
) -> float | None:
    """The first distance from 0 at which `height`, above 0 at 0, is 0.

    By false position as long as that halves the bracket twice in three steps, else by
    halving: quick for a smooth curve, safe for one with jumps.

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
    for place in range(STEPS):
        if high - low <= CLOSE * high:
            break
        part = 0.5 if place % 3 == 2 else above / (above - below)
        # A little beyond what false position says, so that both ends close in.
        part = min(max(part, 1e-6), 1 - 1e-6)
        middle = low + part * (high - low)
        if middle in (low, high):
            break
        there = height(middle)
        if there > 0:
            low, above, below = middle, there, below / 2
        else:
            high, below, above = middle, there, above / 2
    return (low + high) / 2
