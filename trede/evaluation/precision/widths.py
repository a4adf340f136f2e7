"""How wide the interval of one share will be: half the width of Wilson's.

A share of one half gives the widest; name that when nothing is known. Of 53 people the
interval then reaches 13 points to either side of its middle, of 150 people 8.

Source: Wilson, Journal of the American Statistical Association 22, 1927.
"""

from math import ceil, sqrt

from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.precision.planned import (
    FEWEST,
    NO_LOSS,
    Loss,
    Precision,
    refuse_few,
)
from trede.evaluation.proportions import Z95

MOST = 10_000_000


def half_width_of_share(
    n: int, share: float = 0.5, *, loss: Loss = NO_LOSS
) -> Precision:
    """Half the width of the 95% interval of a share of n people, in parts of 1.

    Args:
        n: people who answer.
        share: expected, 0 to 1.

    Returns:
        `half_width_of_share`; nothing is tested, so `power` is None.

    Raises:
        CannotEstimate: `half_width_of_share`, `few_people` when worth fewer than four.
        ValueError: a share outside 0 to 1.
    """
    _refuse_no_share(share)
    worth = loss.worth(n)
    refuse_few("half_width_of_share", worth)
    width = _half_width(worth, share)
    return Precision("half_width_of_share", width, n, worth, loss.asked(n))


def people_for_half_width(
    half_width: float, share: float = 0.5, *, loss: Loss = NO_LOSS
) -> Precision:
    """The fewest people with whom half the interval is at most so wide.

    Raises:
        CannotEstimate: `people_for_half_width`, `too_narrow` beyond ten million.
        ValueError: a half width that is not above 0, a share outside 0 to 1.
    """
    _refuse_no_share(share)
    if half_width <= 0:
        raise ValueError("an interval without width takes everybody")
    low = ceil(FEWEST * loss.design_effect) - 1
    high = low + 1
    while _half_width(loss.worth(high), share) > half_width:
        high *= 2
        if high > MOST:
            raise CannotEstimate(
                "people_for_half_width", why="too_narrow", has=half_width, needed=None
            )
    while high - low > 1:
        middle = (low + high) // 2
        wide = _half_width(loss.worth(middle), share) > half_width
        low, high = (middle, high) if wide else (low, middle)
    worth = loss.worth(high)
    width = _half_width(worth, share)
    return Precision("people_for_half_width", width, high, worth, loss.asked(high))


def _half_width(n: float, share: float) -> float:
    square = Z95 * Z95
    return Z95 * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)


def _refuse_no_share(share: float) -> None:
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is no share")
