"""How large a mean change is, in standard deviations.

Two sizes, because there are two standard deviations to choose from:

* `hedges_g_av` divides by the average standard deviation of the two waves, the root
  of (s0² + s1²) / 2: how far people moved compared with how far people lie apart. It
  can be laid beside the size of a comparison of two groups: the headline.
* `hedges_g_z` divides by the standard deviation of the changes themselves: what the
  power of a paired test rests on. It grows when the two waves are more alike.

Both are multiplied by J(n - 1), the exact factor that takes away the upward bias of
small groups. For g_av that is the custom (Cumming 2012), a little on the modest side:
its true factor lies between J(n - 1) and J(2n - 2), depending on the correlation.

The intervals are of the size in the population and are not multiplied by J.

Sources: Hedges, Journal of Educational Statistics 6, 1981 (J, formula 6e); Steiger
and Fouladi in "What if there were no significance tests?", 1997 (noncentral t);
Algina and Keselman, Educational and Psychological Measurement 63, 2003 (interval of
g_av); Cumming, "Understanding the new statistics", 2012.
"""

from math import exp, inf, log, sqrt

import numpy as np
from scipy.special import gammaln, nctdtr

from trede.evaluation.change.pairs import Pairs
from trede.evaluation.estimate import LEVEL, Interval, Size, Values

# Halvings of the bracket: far below the last digit of a double.
HALVINGS = 200
# Beyond it changes are all but equal, and the noncentral t is no longer accurate.
LARGEST_T = 1000.0


def correction(df: float) -> float:
    """Hedges' J: what a standardised difference must be multiplied by; needs df > 1.

    J = Γ(df/2) / (√(df/2) Γ((df-1)/2)), through logarithms so that it never overflows.
    """
    return exp(gammaln(df / 2) - gammaln((df - 1) / 2) - log(df / 2) / 2)


def noncentrality_interval(t: float, df: float) -> tuple[float, float]:
    """The noncentralities under which this t lies at the 97.5th and 2.5th percentile.

    Args:
        t: the observed statistic, finite.
        df: its degrees of freedom, at least 1.
    """
    tail = (1 - LEVEL) / 2
    return _noncentrality(t, df, 1 - tail), _noncentrality(t, df, tail)


def sizes_of_mean_change(
    pairs: Pairs, error: tuple[float, float] | None = None
) -> tuple[Size, ...]:
    """`hedges_g_av` and `hedges_g_z` of complete pairs, with 95% intervals.

    A size whose standard deviation is 0 is left out. When all changes are (as good as)
    equal but people differ, g_av stands without an interval.

    Args:
        error: the standard error of the mean change and its degrees of freedom, where
            people are not independent; the intervals are then of that t.
    """
    n, mean = pairs.n, float(pairs.change.mean())
    sd = _spread(pairs.change)
    average = sqrt((_spread(pairs.before) ** 2 + _spread(pairs.after) ** 2) / 2)
    own, df = error or (sd / sqrt(n), n - 1.0)
    t = mean / own if own else inf
    limits = noncentrality_interval(t, df) if abs(t) < LARGEST_T else None
    sizes = []
    for name, unit, method in (
        ("hedges_g_av", average, "algina_keselman"),
        ("hedges_g_z", sd, "noncentral_t"),
    ):
        if unit:
            value, se = correction(n - 1) * mean / unit, own / unit
            found = limits and Interval(limits[0] * se, limits[1] * se, method)
            sizes.append(Size(name, value, found))
    return tuple(sizes)


def _spread(values: Values) -> float:
    """The standard deviation; exactly 0 when all are equal."""
    return float(values.std(ddof=1)) if np.ptp(values) > 0 else 0.0


def _noncentrality(t: float, df: float, below: float) -> float:
    """The noncentrality whose distribution has the share `below` left of t.

    That share falls as the noncentrality grows, so bisection always finds it.
    """
    reach = 10 + abs(t)
    low, high = t - reach, t + reach
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if nctdtr(df, middle, t) > below:
            low = middle
        else:
            high = middle
    return (low + high) / 2
