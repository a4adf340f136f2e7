"""The smallest mean change that a paired t-test is likely to see.

In standard deviations of the *changes* (as `hedges_g_z`): times that deviation it is in
points. `deviation_of_change` gives it from the deviation of one wave and how strongly
the two waves go together.

With 53 pairs a change of 0.39 deviations is found four times out of five, with 23 only
one of 0.61. A smaller change is not absent: it is not seen.

Sources: Cohen, "Statistical power analysis for the behavioral sciences", 1988; the
power is that of the noncentral t, both tails, as R's `power.t.test(strict = TRUE)`.
"""

from math import ceil, sqrt

from scipy.special import nctdtr, stdtrit

from trede.evaluation.estimate import LEVEL, CannotEstimate
from trede.evaluation.precision.planned import (
    FEWEST,
    NO_LOSS,
    POWER,
    Loss,
    Precision,
    refuse_few,
    refuse_no_power,
)

HALVINGS = 200
# A change that needs more people is none that a municipality can look for.
MOST = 1_000_000


def smallest_mean_change(
    n: int, *, power: float = POWER, loss: Loss = NO_LOSS
) -> Precision:
    """The mean change that n pairs show with this power, at .05 two-sided.

    Args:
        n: people with both answers.

    Returns:
        `smallest_mean_change`: in standard deviations of the changes.

    Raises:
        CannotEstimate: `smallest_mean_change`, `few_people` when the pairs are worth
            fewer than four.
    """
    refuse_no_power(power)
    worth = loss.worth(n)
    refuse_few("smallest_mean_change", worth)
    df = loss.left(worth - 1)
    low, high = 0.0, 1.0
    while power_of_mean_change(high, worth, df) < power:
        high *= 2
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if power_of_mean_change(middle, worth, df) < power:
            low = middle
        else:
            high = middle
    return Precision(
        "smallest_mean_change", (low + high) / 2, n, worth, loss.asked(n), power
    )


def people_for_mean_change(
    change: float, *, power: float = POWER, loss: Loss = NO_LOSS
) -> Precision:
    """The fewest pairs that show this change with this power.

    Args:
        change: in standard deviations of the changes, not 0; its sign plays no part.

    Returns:
        `people_for_mean_change`; its `power` is what the whole number of people gives.

    Raises:
        CannotEstimate: `people_for_mean_change`, `small_change` when more than a
            million people are needed.
    """
    refuse_no_power(power)
    size = abs(change)

    def enough(n: int) -> bool:
        worth = loss.worth(n)
        return power_of_mean_change(size, worth, loss.left(worth - 1)) >= power

    fewest = ceil(FEWEST * loss.design_effect)
    high = fewest
    while not enough(high):
        if high > MOST:
            raise CannotEstimate(
                "people_for_mean_change", why="small_change", has=size, needed=None
            )
        high *= 2
    low = fewest - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    worth = loss.worth(high)
    reached = power_of_mean_change(size, worth, loss.left(worth - 1))
    return Precision(
        "people_for_mean_change", size, high, worth, loss.asked(high), reached
    )


def power_of_mean_change(change: float, pairs: float, df: float | None = None) -> float:
    """The chance that so many pairs give p below .05.

    Args:
        change: in standard deviations of the changes.
        pairs: more than 1; a design effect may leave a fraction.
        df: degrees of freedom; pairs - 1 unless said otherwise.
    """
    df, shift = pairs - 1 if df is None else df, sqrt(pairs) * abs(change)
    reach = float(stdtrit(df, (1 + LEVEL) / 2))
    return 1 - float(nctdtr(df, shift, reach)) + float(nctdtr(df, shift, -reach))


def deviation_of_change(before: float, after: float, correlation: float) -> float:
    """The standard deviation of the changes, from those of the two waves.

    Raises:
        ValueError: a negative deviation, or a correlation beyond -1 to 1.
    """
    if before < 0 or after < 0 or abs(correlation) > 1:
        raise ValueError("no such waves")
    return sqrt(max(0.0, before**2 + after**2 - 2 * correlation * before * after))
