"""Standard errors that hold when spread differs, or people belong together.

HC3 (MacKinnon and White 1985) blows up each residual by how much the person pulls the
line towards themselves. CR2 (Bell and McCaffrey 2002) does the same for whole clusters,
exactly right when the supposed variance is; its t has the degrees of freedom of
Satterthwaite, per coefficient, which falls when few clusters decide it. The joint test
is HTZ: Hotelling's T² with approximated degrees of freedom (Pustejovsky and Tipton).

Those degrees suppose that people of one cluster are not alike. Where no cluster has
people in both arms (coaches beside a survey) that weighs the arms wrongly: the more
people the few coaches have, the more of the error is theirs and not of the many who
stand alone. There each arm has degrees of its own, and its t counts by the error that
was found (Cochran and Cox). To join the degrees instead (Welch) holds less than 95%
when coaches are four: a small error of theirs then comes with many degrees.

CR1 with a t on the number of clusters is not here: with four to thirteen coaches it
finds differences that are not there.

With weights (how many people each stands for) the supposed variance stays equal: the
weights are not precisions. They are taken as known.

Sources: MacKinnon and White, Journal of Econometrics 29, 1985; Long and Ervin, American
Statistician 54, 2000 (HC3 below 250 people); Bell and McCaffrey, Survey Methodology 28,
2002; Pustejovsky and Tipton, Journal of Business and Economic Statistics 36, 2018;
Cochran and Cox, Experimental Designs, 1950.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from scipy.special import fdtrc, stdtridf, stdtrit

from trede.evaluation.comparison.groups import Codes, Who
from trede.evaluation.comparison.least_squares import Fit
from trede.evaluation.estimate import LEVEL, CannotEstimate, Values

# Directions of a cluster in which its residuals have no variance at all.
NO_SPREAD = 1e-10


@dataclass(frozen=True, slots=True)
class Errors:
    """The covariance of the coefficients, (k, k), and the df of a sum of them.

    `df` takes a contrast, shape (k,), and gives None for the normal distribution.
    """

    name: str
    covariance: Values
    df: Callable[[Values], float | None]


@dataclass(frozen=True, slots=True)
class JointTest:
    """Are all contrasts 0? F with both its degrees of freedom."""

    f: float
    df_between: float
    df: float
    p: float


def model_errors(covariance: Values) -> Errors:
    """Errors by the likelihood of the model, on the normal distribution."""
    return Errors("model", covariance, lambda contrast: None)


def hc3(fit: Fit) -> Errors:
    """HC3 of a least squares fit, with a t on n - k degrees of freedom.

    Raises:
        CannotEstimate: `hc3`, `alone` when a person decides a coefficient alone.
    """
    reach = fit.slopes @ fit.bread
    leverage = (reach * fit.slopes).sum(axis=1) * fit.weights
    if leverage.max() > 1 - NO_SPREAD:
        raise CannotEstimate("hc3", why="alone", has=1, needed=2)
    scores = reach * (fit.weights * fit.residuals / (1 - leverage))[:, None]
    df = float(fit.n - fit.slopes.shape[1])
    return Errors("hc3", scores.T @ scores, lambda contrast: df)


@dataclass(frozen=True, slots=True)
class Clustered:
    """Adjusted reach of the people on the coefficients, (n, k), by cluster.

    `side`: shape (clusters,), the arm of each; None when a cluster has people in both.
    """

    fit: Fit
    cluster: Codes
    reach: Values
    side: Codes | None = None

    @property
    def count(self) -> int:
        return int(self.cluster.max()) + 1

    def summed(self, values: Values) -> Values:
        """The sums of values (n, ...) per cluster, shape (clusters, ...)."""
        found = np.zeros((self.count, *values.shape[1:]))
        np.add.at(found, self.cluster, values)
        return found

    def scores(self) -> Values:
        return self.summed(self.reach * self.fit.residuals[:, None])

    def covariance(self) -> Values:
        scores = self.scores()
        return np.asarray(scores.T @ scores, np.float64)

    def parts(self, contrast: Values) -> tuple[Values, Values, Values]:
        """What the covariance of the cluster scores under the model is made of.

        For one contrast: the own part (clusters,), and two of shape (clusters, k).
        """
        fit, reach = self.fit, self.reach @ contrast
        own = self.summed(fit.variance * reach**2)
        pulled = (fit.variance * fit.weights * reach)[:, None] * fit.slopes
        shared = self.summed(reach[:, None] * fit.slopes) @ fit.bread
        return own, self.summed(pulled), shared

    def kernel(self) -> Values:
        """slopes' W variance W slopes, (k, k)."""
        fit = self.fit
        middle = fit.variance * fit.weights**2
        return np.asarray(fit.slopes.T @ (middle[:, None] * fit.slopes), np.float64)

    def middle(self) -> Values:
        """How the two shared parts of `parts` are joined, (2k, 2k)."""
        k = len(self.fit.coefficients)
        found = np.zeros((2 * k, 2 * k))
        found[:k, k:] = found[k:, :k] = -np.eye(k)
        found[k:, k:] = self.kernel()
        return found

    def spread(self, contrasts: Values) -> "ScoreSpread":
        """How the scores of clusters on these contrasts (q, k) vary, by the model."""
        fit, reach = self.fit, self.reach @ contrasts.T
        own = [
            [self.summed(fit.variance * one * other) for other in reach.T]
            for one in reach.T
        ]
        wide = [np.hstack(self.parts(contrast)[1:]) for contrast in contrasts]
        return ScoreSpread(own, wide, self.middle())

    def satterthwaite(self, contrast: Values) -> float:
        """Those of one contrast."""
        if self.side is None:
            return self._degrees(contrast)
        squares = (self.scores() @ contrast) ** 2
        arms = np.unique(self.side)
        errors = np.array([squares[self.side == arm].sum() for arm in arms])
        # An arm that the contrast leaves out has no degrees either.
        errors[errors <= NO_SPREAD * errors.sum()] = 0
        own_degrees = [
            self._degrees(contrast, self.side == arm) if error else np.inf
            for arm, error in zip(arms, errors, strict=True)
        ]
        return cochran_cox(errors, np.array(own_degrees))

    def degrees_of_arms(self, contrast: Values) -> tuple[float, float]:
        """Of arm 0 and of arm 1, before any answer is known; alike where they share."""
        if self.side is None:
            both = self._degrees(contrast)
            return both, both
        others, treated = (self._degrees(contrast, self.side == arm) for arm in (0, 1))
        return others, treated

    def _degrees(self, contrast: Values, who: Who | slice = slice(None)) -> float:
        own, pulled, shared = self.parts(contrast)
        wide = np.hstack((pulled, shared))
        return degrees_of_freedom(own[who], wide[who], self.middle())


def cochran_cox(errors: Values, degrees: Values) -> float:
    """The degrees of freedom of which the t is that of the parts, by their errors.

    Args:
        errors: shape (parts,), the squared error of each; degrees: as many.
    """
    if not errors.sum():
        return float("nan")
    quantiles = stdtrit(degrees, (1 + LEVEL) / 2)
    joined = np.dot(errors, quantiles) / errors.sum()
    return float(stdtridf((1 + LEVEL) / 2, joined))


def degrees_of_freedom(own: Values, wide: Values, middle: Values) -> float:
    """Satterthwaite: tr(P)² / tr(P²), with P the covariance of the cluster scores.

    P = own + wide @ middle @ wide', with wide of few columns: its square is never
    written out.
    """
    inner = middle @ (wide.T @ wide)
    low_rank = ((wide @ middle) * wide).sum(axis=1)
    trace = own.sum() + low_rank.sum()
    square = (own**2).sum() + 2 * (own * low_rank).sum() + (inner * inner.T).sum()
    return float(trace**2 / square)


def cr2(fit: Fit, cluster: Codes | None = None, arm: Values | None = None) -> Errors:
    """CR2 with Satterthwaite's degrees of freedom.

    Args:
        arm: shape (n,), 0 or 1, where two are compared.
        cluster: shape (n,), numbers from 0 without gaps; None when nobody belongs
            with anybody (HC2 with the degrees of freedom of Bell and McCaffrey).
    """
    found = clustered(fit, np.arange(fit.n) if cluster is None else cluster)
    if arm is not None and cluster is not None:
        found = in_arms(found, arm)
    return Errors("cr2", found.covariance(), found.satterthwaite)


def in_arms(found: Clustered, arm: Values) -> Clustered:
    """With the arm of each cluster, where none has people in both.

    Args:
        arm: shape (n,), 0 or 1.
    """
    return replace(found, side=_sides(arm, found.cluster))


def _sides(arm: Values, cluster: Codes) -> Codes | None:
    """The arm of each cluster; None when one has people in both."""
    treated = np.bincount(cluster, arm) / np.bincount(cluster)
    apart = np.isin(treated, (0, 1)).all()
    return treated.astype(np.int64) if apart else None


def clustered(fit: Fit, cluster: Codes) -> Clustered:
    """The adjustment of CR2 done, cluster by cluster, all of one size at once."""
    order = np.argsort(cluster, kind="stable")
    starts = np.searchsorted(cluster[order], np.arange(cluster.max() + 1))
    sizes = np.diff(np.append(starts, fit.n))
    own = Clustered(fit, cluster, fit.slopes).kernel()
    again = fit.bread @ own @ fit.bread
    weighted = (fit.slopes * fit.weights[:, None]) @ fit.bread
    reach = np.empty_like(fit.slopes)
    for size in np.unique(sizes):
        places = order[starts[sizes == size][:, None] + np.arange(size)]
        root = np.sqrt(fit.variance[places])
        middle = _residual_spread(fit, again, weighted, places)
        scaled = middle * root[:, :, None] * root[:, None, :]
        power = _inverse_root(scaled, fit.variance[places].max(axis=1) ** 2)
        adjusted = power @ (root[:, :, None] * weighted[places])
        reach[places] = root[:, :, None] * adjusted
    return Clustered(fit, cluster, reach)


class Adjusted(Protocol):
    """Clusters of which the scores were adjusted, by residuals or by themselves."""

    @property
    def count(self) -> int: ...

    def covariance(self) -> Values: ...

    def spread(self, contrasts: Values) -> "ScoreSpread": ...


def joint_test(found: Adjusted, coefficients: Values, contrasts: Values) -> JointTest:
    """HTZ: are all contrasts (q, k) of the coefficients 0?

    Raises:
        CannotEstimate: `joint_test`, `few_clusters` when the clusters leave no degrees
            of freedom for q contrasts; `no_variation` when some of these never vary.
    """
    q = len(contrasts)
    spread = contrasts @ found.covariance() @ contrasts.T
    omega = found.spread(contrasts).traces()
    values, vectors = np.linalg.eigh(omega)
    if values.min() <= 0:
        raise CannotEstimate("joint_test", why="no_variation", has=0, needed=None)
    root = vectors @ np.diag(1 / np.sqrt(values)) @ vectors.T
    eta = q * (q + 1) / found.spread(root @ contrasts).variance()
    df = float(eta - q + 1)
    if df <= 0:
        raise CannotEstimate(
            "joint_test", why="few_clusters", has=found.count, needed=None
        )
    least, *_, most = np.linalg.eigvalsh(spread) if q > 1 else (spread[0, 0],) * 2
    if least <= NO_SPREAD * most:
        raise CannotEstimate("joint_test", why="no_variation", has=0, needed=None)
    there = contrasts @ coefficients
    wald = float(there @ np.linalg.solve(spread, there))
    f = float(df / (eta * q) * wald)
    return JointTest(f, float(q), df, float(fdtrc(q, df, f)))


def _residual_spread(
    fit: Fit, again: Values, weighted: Values, places: Codes
) -> Values:
    """The covariance of the residuals of each cluster under the model, (c, s, s)."""
    slopes, variance = fit.slopes[places], fit.variance[places]
    crossed = slopes @ np.swapaxes(weighted[places], 1, 2) * variance[:, None, :]
    spread = slopes @ again @ np.swapaxes(slopes, 1, 2)
    spread -= crossed + np.swapaxes(crossed, 1, 2)
    size = places.shape[1]
    spread[:, np.arange(size), np.arange(size)] += variance
    return np.asarray(spread, np.float64)


def _inverse_root(symmetric: Values, scale: Values) -> Values:
    """Of each matrix; directions without variance, against its scale, are left out."""
    values, vectors = np.linalg.eigh(symmetric)
    seen = values > NO_SPREAD * scale[:, None]
    sizes = np.where(seen, values, np.inf) ** -0.5
    return np.asarray((vectors * sizes[:, None, :]) @ np.swapaxes(vectors, 1, 2))


class ScoreSpread:
    """The covariances under the model of the cluster scores of q contrasts.

    Of contrasts s and t they are own_st + wide_s @ middle @ wide_t', with own a
    diagonal: never written out, since there may be as many clusters as people.
    """

    def __init__(
        self, own: list[list[Values]], wide: list[Values], middle: Values
    ) -> None:
        self.q, self.own, self.right = len(wide), own, wide
        self.left = [one @ middle for one in wide]

    def traces(self) -> Values:
        every = range(self.q)
        return np.array(
            [
                [(self.own[s][t] + self._diagonal(s, t)).sum() for t in every]
                for s in every
            ]
        )

    def variance(self) -> float:
        """The variances of all entries of the q x q covariance, added up."""
        every = range(self.q)
        return sum(
            self._product((s, s), (t, t)) + self._product((s, t), (t, s))
            for s in every
            for t in every
        )

    def _diagonal(self, s: int, t: int) -> Values:
        return np.asarray((self.left[s] * self.right[t]).sum(axis=1), np.float64)

    def _product(self, one: tuple[int, int], other: tuple[int, int]) -> float:
        """The sum of the products of the entries of two of these matrices."""
        (a, b), (c, d) = one, other
        own = self.own[a][b] * (self.own[c][d] + self._diagonal(c, d))
        crossed = self.own[c][d] * self._diagonal(a, b)
        inner = (self.left[a].T @ self.left[c]) * (self.right[b].T @ self.right[d])
        return float(own.sum() + crossed.sum() + inner.sum())
