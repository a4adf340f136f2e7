"""The distribution of a sum of sizes of which each is plus or minus, at even odds.

Both the signed-rank test (sizes are ranks) and the sign-flip test (sizes are the
changes themselves) need it. When all sizes are whole numbers the sum can take few
values, and the probability of each follows by adding one size after the other: half
stays where it is, half moves up by the size. No sampling, no approximation, and ties
need no special care (Pagano and Tritchler 1983; Streitberg and Röhmel 1986).

Sources: Pagano and Tritchler, Journal of the American Statistical Association 78,
1983; Streitberg and Röhmel, Statistical Software Newsletter 12, 1986.
"""

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.estimate import Values

Whole = NDArray[np.int64]

# Denominators of scales with steps: halves, means of up to twelve items, hundredths.
DENOMINATORS = (*range(1, 13), 20, 60, 100, 1000)
# How far from a whole number a step may lie by the rounding of binary fractions.
NEAR = 1e-8
# Additions for one exact distribution: a tenth of a second or so.
WORK = 100_000_000


def as_steps(sizes: Values) -> Whole | None:
    """The sizes as whole numbers of steps; None when there is no such step.

    Args:
        sizes: shape (n,), with or without signs.

    None as well when the exact distribution would ask too much work.
    """
    for denominator in DENOMINATORS:
        scaled = sizes * denominator
        steps = np.rint(scaled)
        if np.abs(scaled - steps).max(initial=0) < NEAR:
            whole = steps.astype(np.int64)
            shared = int(np.gcd.reduce(whole)) or 1
            return whole // shared if work(whole // shared) <= WORK else None
    return None


def work(sizes: Whole) -> int:
    """How many additions the distribution takes."""
    return int(np.abs(sizes).sum()) * len(sizes)


def subset_sums(sizes: Whole) -> Values:
    """The probability of each sum of the sizes that come out plus.

    Args:
        sizes: shape (n,), whole and not negative.

    Returns:
        Shape (total + 1,): entry s is the probability that those with a plus add up to
        s. The signed sum is then 2s - total.
    """
    chances = np.zeros(int(sizes.sum()) + 1)
    chances[0] = 1.0
    reached = 0
    for size in np.sort(sizes):
        moved = chances[: reached + 1] / 2
        chances[: reached + 1] = moved
        chances[size : size + reached + 1] += moved
        reached += int(size)
    return chances


def share_as_far(sizes: Whole, signed: int) -> float:
    """The probability of a signed sum at least as far from 0 as `signed`.

    Args:
        sizes: shape (n,), whole and not negative.
        signed: the observed sum with its signs.
    """
    chances = subset_sums(sizes)
    total = len(chances) - 1
    below = (total - abs(signed)) // 2
    if 2 * below >= total:
        return 1.0
    # Symmetric: both tails are equal, and adding the small ones first loses nothing.
    return float(min(1.0, 2 * chances[: below + 1].sum()))
