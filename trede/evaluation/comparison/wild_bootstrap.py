"""Few clusters: the wild bootstrap with every way in which their signs can fall.

Under the hypothesis the residuals of a whole coach could as well have had the other
sign. With up to twelve clusters all 2^G choices of signs are gone through, so that
nothing is drawn and p is always a number of 2^G-ths; p counts the choices whose t is as
far from 0 as the observed one, the observed one and its mirror image included. Hence
the smallest p is 2 / 2^G, and five clusters cannot get below .0625: refused as a test.

The interval holds every value that is not rejected at 5% (inversion).

Sources: Cameron, Gelbach and Miller, Review of Economics and Statistics 90, 2008;
Djogbenou, MacKinnon and Nielsen, Journal of Econometrics 212, 2019; Roodman and others,
Stata Journal 19, 2019 (restricted residuals, inversion).
"""

from math import inf, sqrt

import numpy as np

from trede.evaluation.comparison.ancova import ARM, design_of, notes_on
from trede.evaluation.comparison.groups import ENOUGH_TO_TELL, Codes, Groups
from trede.evaluation.comparison.least_squares import Fit, least_squares
from trede.evaluation.comparison.roots import where_it_falls
from trede.evaluation.comparison.telling import refuse_one_cluster, smallest_p
from trede.evaluation.estimate import LEVEL, CannotEstimate, Estimate, Interval, Values

MOST_CLUSTERS = 12
# t that differ by less than this part are the same t.
SAME = 1e-9
# As far as the interval is looked for, in standard errors.
FARTHEST = 1e4


class SignDraws:
    """The t of one coefficient under all signs of the clusters, for any hypothesis.

    All is linear in the hypothesised value: residuals under it are those under 0 minus
    the value times what the other columns leave of this one.
    """

    def __init__(self, fit: Fit, outcome: Values, cluster: Codes, place: int) -> None:
        count = int(cluster.max()) + 1
        self.value = float(fit.coefficients[place])
        design, weights = fit.slopes, fit.weights
        reach = weights * (design @ fit.bread[place])
        others = np.delete(design, place, axis=1)
        per_person = np.column_stack(
            [
                least_squares(others, column, weights).residuals
                for column in (outcome, design[:, place])
            ]
        )
        self.own = np.zeros((count, 2))
        np.add.at(self.own, cluster, reach[:, None] * per_person)
        pulled = np.zeros((count, design.shape[1], 2))
        weighted = (weights[:, None] * design)[:, :, None] * per_person[:, None, :]
        np.add.at(pulled, cluster, weighted)
        shared = np.zeros((count, design.shape[1]))
        np.add.at(shared, cluster, reach[:, None] * design)
        self.back = np.einsum("hk,kl,glv->hgv", shared, fit.bread, pulled)
        self.signs = all_signs(count)

    def t(self, hypothesis: float) -> Values:
        """The t of each choice of signs, the observed one first."""
        parts = np.array([1.0, -hypothesis])
        own, back = self.own @ parts, self.back @ parts
        gaps = self.signs @ own
        scores = self.signs * own - self.signs @ back.T
        errors = np.sqrt((scores**2).sum(axis=1))
        with np.errstate(divide="ignore", invalid="ignore"):
            found = gaps / errors
        return np.where(errors > 0, found, np.where(gaps == 0, 0.0, inf))

    def p(self, hypothesis: float) -> float:
        sizes = np.abs(self.t(hypothesis))
        return float((sizes >= sizes[0] * (1 - SAME)).mean())

    def error(self) -> float:
        """The standard error that t is built with (CR0), at the estimate."""
        parts = np.array([1.0, -self.value])
        scores = self.own @ parts - (self.back @ parts).sum(axis=1)
        return sqrt(float((scores**2).sum()))


def all_signs(count: int) -> Values:
    """All choices of signs, one of each mirrored two, all plus first.

    Turning all signs over turns t over and leaves its size.
    """
    bits = np.arange(2 ** (count - 1))[:, None] >> np.arange(count - 1)
    signs = 1.0 - 2.0 * (bits & 1)
    return np.column_stack((np.ones(len(signs)), signs))


def wild_bootstrap(groups: Groups) -> Estimate:
    """The adjusted difference with p and interval of the enumerated wild bootstrap.

    Returns:
        `ancova_wild_bootstrap`: interval `inversion` (a limit is infinite when no value
        is ruled out), two-sided p, note `smallest_p_2_of_<2^G>`.

    Raises:
        CannotEstimate: `cluster_test`, `no_clusters`, `few_clusters` below six,
            `many_clusters` above twelve (CR2 does then), `no_variation`.
    """
    cluster = groups.together
    if cluster is None:
        raise CannotEstimate("cluster_test", why="no_clusters", has=0, needed=6)
    count = _countable(cluster)
    refuse_one_cluster(groups.arm, cluster)
    fit = least_squares(design_of(groups), groups.after, groups.weights)
    draws = _drawn(fit, groups.after, cluster, ARM)
    return Estimate(
        "ancova_wild_bootstrap",
        draws.value,
        groups.n,
        groups.n_missing,
        interval=inverted(draws),
        p=draws.p(0.0),
        notes=(*notes_on(groups), smallest_p(count)),
    )


def wild_mean(values: Values, cluster: Codes, *, n_missing: int = 0) -> Estimate:
    """The mean of values with p and interval of the enumerated wild bootstrap.

    Under the hypothesis that the mean is 0 the residuals are the values themselves: p
    is exact when what a coach's people add up to is as likely above 0 as below.

    Args:
        values: shape (n,), without NaN.
        cluster: shape (n,), numbers from 0 without gaps.

    Returns:
        `mean_change_wild_bootstrap`, as `wild_bootstrap`.

    Raises:
        CannotEstimate: `cluster_test`, as `wild_bootstrap`.
    """
    count = _countable(cluster)
    draws = _drawn(least_squares(np.ones((len(values), 1)), values), values, cluster, 0)
    return Estimate(
        "mean_change_wild_bootstrap",
        draws.value,
        len(values),
        n_missing,
        interval=inverted(draws),
        p=draws.p(0.0),
        notes=(smallest_p(count),),
    )


def _countable(cluster: Codes) -> int:
    """How many clusters, when their signs can be gone through and tell anything."""
    count = int(cluster.max()) + 1
    if count < ENOUGH_TO_TELL:
        raise CannotEstimate(
            "cluster_test", why="few_clusters", has=count, needed=ENOUGH_TO_TELL
        )
    if count > MOST_CLUSTERS:
        raise CannotEstimate(
            "cluster_test", why="many_clusters", has=count, needed=MOST_CLUSTERS
        )
    return count


def _drawn(fit: Fit, outcome: Values, cluster: Codes, place: int) -> SignDraws:
    if fit.exact:
        raise CannotEstimate("cluster_test", why="no_variation", has=0, needed=None)
    return SignDraws(fit, outcome, cluster, place)


def inverted(draws: SignDraws) -> Interval:
    """The values around the estimate that are not rejected at 5%."""
    error, limits = draws.error(), []
    for side in (-1, 1):

        def kept(away: float, side: int = side) -> float:
            at = draws.value + side * away * error
            return draws.p(at) - (1 - LEVEL) - 1e-12

        away = where_it_falls(kept, FARTHEST)
        limits.append(side * inf if away is None else draws.value + side * away * error)
    return Interval(limits[0], limits[1], "inversion")
