"""CR2 for a model that is told by scores: the pull of each person on the coefficients.

`robust_errors` adjusts residuals. Ordered categories have none, but what that module
does can be said of scores as well: those of a cluster are made as wide as the model
says they would be if they had not themselves pulled the fit towards them. Of least
squares without weights it is the same CR2 with the same degrees of freedom; a test
shows it. Weights say how many people somebody stands for and are taken as known.

Sources: Bell and McCaffrey, Survey Methodology 28, 2002; Pustejovsky and Tipton,
Journal of Business and Economic Statistics 36, 2018; Binder, International Statistical
Review 51, 1983 (weighted likelihoods).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from trede.evaluation.comparison.groups import Codes
from trede.evaluation.comparison.robust_errors import (
    NO_SPREAD,
    Errors,
    ScoreSpread,
    degrees_of_freedom,
)
from trede.evaluation.estimate import Values


class Pull(NamedTuple):
    """What each person brings to a weighted likelihood, at its top.

    `score` (n, k): the slope, times the weight. `information` (n, k, k): expected,
    times the weight. `spread` (n, k, k): the variance of the score, so times the
    weight once more.
    """

    score: Values
    information: Values
    spread: Values


@dataclass(frozen=True, slots=True)
class Scored:
    """Clusters of which the scores were adjusted.

    Shapes: `adjusted`, `information` and `variance` (clusters, k, k); `scores`
    (clusters, k), adjusted and on the scale of the coefficients; `bread` (k, k).
    """

    adjusted: Values
    scores: Values
    information: Values
    variance: Values
    bread: Values

    @property
    def count(self) -> int:
        return len(self.scores)

    def covariance(self) -> Values:
        return np.asarray(self.scores.T @ self.scores, np.float64)

    def spread(self, contrasts: Values) -> ScoreSpread:
        """How the scores of clusters on these contrasts (q, k) vary, by the model."""
        reach = np.swapaxes(self.adjusted, 1, 2) @ (self.bread @ contrasts.T)
        of_variance = np.swapaxes(self.variance @ reach, 1, 2)
        of_information = np.swapaxes(self.information @ reach, 1, 2)
        reaches = np.swapaxes(reach, 1, 2)
        every = range(len(contrasts))
        own = [
            [(reaches[:, s] * of_variance[:, t]).sum(axis=1) for t in every]
            for s in every
        ]
        wide = [np.hstack((of_variance[:, s], of_information[:, s])) for s in every]
        return ScoreSpread(own, wide, self._middle())

    def satterthwaite(self, contrast: Values) -> float:
        """The degrees of freedom of one contrast."""
        spread = self.spread(contrast[None, :])
        return degrees_of_freedom(spread.own[0][0], spread.right[0], self._middle())

    def _middle(self) -> Values:
        k, bread = len(self.bread), self.bread
        found = np.zeros((2 * k, 2 * k))
        found[:k, k:] = found[k:, :k] = -bread
        found[k:, k:] = bread @ self.variance.sum(axis=0) @ bread
        return found


def scored(pull: Pull, bread: Values, cluster: Codes) -> Scored:
    """The adjustment of CR2 done on scores.

    Args:
        bread: (k, k), the inverse of the information of all.
        cluster: (n,), numbers from 0 without gaps.
    """
    score, information, variance = (_summed(one, cluster) for one in pull)
    drawn = information @ bread
    crossed = variance @ bread @ information
    left = variance - crossed - np.swapaxes(crossed, 1, 2)
    left += drawn @ variance.sum(axis=0) @ np.swapaxes(drawn, 1, 2)
    adjusted = _adjustment(variance, left)
    scores = (adjusted @ score[:, :, None])[:, :, 0] @ bread
    return Scored(adjusted, scores, information, variance, bread)


def cr2_of_scores(pull: Pull, bread: Values, cluster: Codes) -> Errors:
    """CR2 with Satterthwaite's degrees of freedom."""
    found = scored(pull, bread, cluster)
    return Errors("cr2", found.covariance(), found.satterthwaite)


def _summed(values: Values, cluster: Codes) -> Values:
    found = np.zeros((int(cluster.max()) + 1, *values.shape[1:]))
    np.add.at(found, cluster, values)
    return found


def _adjustment(variance: Values, left: Values) -> Values:
    """Per cluster what makes the variance that is left the variance supposed."""
    values, vectors = np.linalg.eigh(variance)
    seen = values > NO_SPREAD * values[:, -1:]
    root = np.sqrt(np.where(seen, values, 0.0))
    inverse = np.where(seen, values, np.inf) ** -0.5
    turned = np.swapaxes(vectors, 1, 2)
    whitened = inverse[:, :, None] * (turned @ left @ vectors) * inverse[:, None, :]
    # A direction that a cluster decides by itself has nothing left.
    sizes, axes = np.linalg.eigh(whitened)
    stretch = np.where(sizes > NO_SPREAD, sizes, np.inf) ** -0.5
    middle = (axes * stretch[:, None, :]) @ np.swapaxes(axes, 1, 2)
    return np.asarray(
        (vectors * root[:, None, :]) @ middle @ (inverse[:, :, None] * turned)
    )
