"""A share of people, with the interval in which it lies in a larger group like it.

Wilson's score interval: unlike the usual one it never leaves 0 to 1, and it is not
empty when nobody or everybody said yes. Checked against Newcombe (1998).

Two shares of separate groups differ by something with an interval as well: Newcombe's,
which joins the two of Wilson.

Source: Newcombe, Statistics in Medicine 17, 1998, pages 857-890 (methods 3 and 10).
"""

from dataclasses import dataclass
from math import sqrt

from trede.evaluation.estimate import Interval

# The 97.5th percentile of the normal distribution: an interval of 95%.
Z95 = 1.959963984540054


@dataclass(frozen=True)
class Share:
    """`n` of `of`, as parts of 1."""

    n: int
    of: int
    value: float
    low: float
    high: float


def share(n: int, of: int, z: float = Z95) -> Share | None:
    """None when nobody could have said yes.

    Raises ValueError when more said yes than there are, or fewer than none.
    """
    if not 0 <= n <= of:
        raise ValueError(f"{n} of {of} is no share")
    if of == 0:
        return None
    value = n / of
    spread = 1 + z * z / of
    middle = (value + z * z / (2 * of)) / spread
    half = z / spread * sqrt(value * (1 - value) / of + z * z / (4 * of * of))
    # At the ends rounding may miss 0 or 1 by the last bit.
    low = 0.0 if n == 0 else max(0.0, middle - half)
    high = 1.0 if n == of else min(1.0, middle + half)
    return Share(n, of, value, low, high)


def newcombe(one: Share, other: Share) -> Interval:
    """Newcombe's method 10 for the difference of shares of two separate groups."""
    value = one.value - other.value
    low = value - sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    high = value + sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Interval(max(-1.0, low), min(1.0, high), "newcombe_10")
