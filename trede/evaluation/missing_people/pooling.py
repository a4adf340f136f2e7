"""One estimate out of many completed data sets (Rubin's rules).

Each completed data set gives an estimate with a variance that takes the filled-in
answers for real ones. The total variance is the average of these plus the variance
between the estimates, times 1 + 1/m. The degrees of freedom are those of Barnard and
Rubin: never more than the complete data would have had. The normal distribution, which
some packages use here, gives intervals that are too narrow in small groups.

Several coefficients at once: D1, a Wald test whose F has the degrees of freedom of
Reiter in small groups.

Sources: Rubin, "Multiple imputation for nonresponse in surveys", 1987; Barnard and
Rubin, Biometrika 86, 1999; Li, Raghunathan and Rubin, Journal of the American
Statistical Association 86, 1991 (D1); Reiter, Biometrika 94, 2007; as R's `mice`.
"""

from dataclasses import dataclass
from math import inf, isinf, sqrt

import numpy as np
from scipy.special import fdtrc, ndtr, ndtri, stdtr, stdtrit

from trede.evaluation.comparison.robust_errors import JointTest
from trede.evaluation.estimate import LEVEL, CannotEstimate, Interval, Values

# As little between imputations is taken for this much (as mice).
LEAST_LAMBDA = 1e-4


@dataclass(frozen=True, slots=True)
class Pooled:
    """A pooled estimate.

    `within` and `between` are variances, `se` the root of their total. `increase` is
    the relative increase in variance by what is missing; `lost` the fraction of
    information lost (fmi), 0 to 1.
    """

    value: float
    se: float
    df: float
    within: float
    between: float
    increase: float
    lost: float

    @property
    def interval(self) -> Interval:
        upper = (1 + LEVEL) / 2
        z = float(ndtri(upper) if isinf(self.df) else stdtrit(self.df, upper))
        low, high = self.value - z * self.se, self.value + z * self.se
        return Interval(low, high, "t_barnard_rubin")

    @property
    def p(self) -> float:
        """Two-sided; 1 when both value and error are 0, 0 when only the error is."""
        if not self.se:
            return float(self.value == 0)
        t = -abs(self.value) / self.se
        return float(2 * (ndtr(t) if isinf(self.df) else stdtr(self.df, t)))


def pool(estimates: Values, variances: Values, df: float = inf) -> Pooled:
    """Rubin's rules with the degrees of freedom of Barnard and Rubin.

    Args:
        estimates, variances: shape (m,), one per completed data set, m at least 2.
        df: of the same estimate on complete data; infinite for large groups.

    Raises:
        CannotEstimate: `pool`, `few_imputations`.
    """
    m = len(estimates)
    if m < 2:
        raise CannotEstimate("pool", why="few_imputations", has=m, needed=2)
    within, between = float(variances.mean()), float(estimates.var(ddof=1))
    total = within + (1 + 1 / m) * between
    increase = (1 + 1 / m) * between / within if within else inf * bool(between) or 0.0
    found = barnard_rubin(m, between, total, df)
    lost = 1.0 if isinf(increase) else (increase + 2 / (found + 3)) / (increase + 1)
    value = float(estimates.mean())
    return Pooled(value, sqrt(total), found, within, between, increase, lost)


def barnard_rubin(m: int, between: float, total: float, df: float) -> float:
    """The degrees of freedom out of the variance between and that in total."""
    part = max((1 + 1 / m) * between / total if total else 0.0, LEAST_LAMBDA)
    old = (m - 1) / part**2
    if isinf(df):
        return old
    observed = (df + 1) / (df + 3) * df * (1 - part)
    return old * observed / (old + observed)


def joint(estimates: Values, covariances: Values, df: float = inf) -> JointTest:
    """D1: are all these coefficients 0?

    Args:
        estimates: shape (m, k); covariances: shape (m, k, k).
        df: of the complete data; infinite for that of Li, Raghunathan and Rubin.

    Raises:
        CannotEstimate: `joint`, `few_imputations` when (m - 1) k is not above 4.
    """
    m, k = estimates.shape
    t = k * (m - 1)
    if t <= 4:
        raise CannotEstimate("joint", why="few_imputations", has=m, needed=4 // k + 2)
    middle, within = estimates.mean(axis=0), covariances.mean(axis=0)
    between = np.cov(estimates.T, ddof=1).reshape(k, k)
    increase = (1 + 1 / m) * float(np.trace(np.linalg.solve(within, between))) / k
    f = float(middle @ np.linalg.solve(within, middle)) / (k * (1 + increase))
    found = _df_of_d1(t, increase, df)
    return JointTest(f, float(k), found, float(fdtrc(k, min(found, 1e12), f)))


def _df_of_d1(t: int, increase: float, df: float) -> float:
    if not increase:
        return df
    if isinf(df):
        return 4 + (t - 4) * (1 + (1 - 2 / t) / increase) ** 2
    a = increase * t / (t - 2)
    c = 1 / (t - 4)
    most = (df + 1) / (df + 3) * df
    one, two = most - 2 * (1 + a), most - 4 * (1 + a)
    z = 1 / two + c * (a**2 * one / ((1 + a) ** 2 * two))
    z += c * (8 * a**2 * one / ((1 + a) * two**2) + 4 * a**2 / ((1 + a) * two))
    z += c * (4 * a**2 / (two * one) + 16 * a**2 * one / two**3)
    z += c * (8 * a**2 / two**2)
    return 4 + 1 / z
