"""Between which values a figure must lie, whatever the missing people would have said.

Bounds are no estimate with an error: even with endless data nobody could say where
between them the truth lies. Their interval holds the *true value* (not both bounds)
in 95 of 100 studies, wherever it lies between the bounds: each bound is stretched by
its own error, by less than 1.96 times as soon as they are apart.

Source: Imbens and Manski, Econometrica 72, 2004.
"""

from dataclasses import dataclass

from scipy.special import ndtr

from trede.evaluation.estimate import LEVEL, Interval
from trede.evaluation.proportions import Z95

HALVINGS = 64


@dataclass(frozen=True, slots=True)
class Bounds:
    """The lowest and highest value that the data allow, in the units of the outcome.

    `n` people were of use, `n_missing` missed an answer. `se_low` and `se_high` are the
    errors of the bounds. `interval` is that of the true value.
    """

    method: str
    low: float
    high: float
    n: int
    n_missing: int
    se_low: float
    se_high: float
    interval: Interval
    notes: tuple[str, ...] = ()


def imbens_manski(low: float, high: float, se_low: float, se_high: float) -> Interval:
    """The interval of what lies somewhere between two bounds.

    Args:
        low, high: the bounds, low not above high.
        se_low, se_high: their standard errors, 0 when nothing varies.
    """
    c = stretch(high - low, max(se_low, se_high))
    return Interval(low - c * se_low, high + c * se_high, "imbens_manski")


def stretch(width: float, se: float) -> float:
    """c with ndtr(c + width / se) - ndtr(-c) = 0.95: from 1.96 down to 1.645."""
    apart = width / se if se else float("inf")
    low, high = 0.0, Z95
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if ndtr(middle + apart) - ndtr(-middle) < LEVEL:
            low = middle
        else:
            high = middle
    return (low + high) / 2
