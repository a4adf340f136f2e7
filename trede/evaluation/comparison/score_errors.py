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

from typing import NamedTuple

import numpy as np

from trede.evaluation.comparison.groups import Codes
from trede.evaluation.comparison.robust_errors import (
    NO_SPREAD,
    Errors,
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


def cr2_of_scores(pull: Pull, bread: Values, cluster: Codes) -> Errors:
    """CR2 with Satterthwaite's degrees of freedom.

    Args:
        bread: (k, k), the inverse of the information of all.
        cluster: (n,), numbers from 0 without gaps.
    """
    score, information, spread = (_summed(one, cluster) for one in pull)
    kernel = spread.sum(axis=0)
    drawn = information @ bread
    crossed = spread @ bread @ information
    left = spread - crossed - np.swapaxes(crossed, 1, 2)
    left += drawn @ kernel @ np.swapaxes(drawn, 1, 2)
    adjusted = _adjustment(spread, left)
    scores = (adjusted @ score[:, :, None])[:, :, 0] @ bread
    k = len(bread)
    middle = np.zeros((2 * k, 2 * k))
    middle[:k, k:] = middle[k:, :k] = -bread
    middle[k:, k:] = bread @ kernel @ bread

    def df(contrast: Values) -> float:
        reach = np.swapaxes(adjusted, 1, 2) @ (bread @ contrast)
        of_spread, of_information = (
            (one @ reach[:, :, None])[:, :, 0] for one in (spread, information)
        )
        own = (reach * of_spread).sum(axis=1)
        return degrees_of_freedom(own, np.hstack((of_spread, of_information)), middle)

    return Errors("cr2", scores.T @ scores, df)


def _summed(values: Values, cluster: Codes) -> Values:
    found = np.zeros((int(cluster.max()) + 1, *values.shape[1:]))
    np.add.at(found, cluster, values)
    return found


def _adjustment(spread: Values, left: Values) -> Values:
    """Per cluster what makes the variance that is left the variance supposed."""
    values, vectors = np.linalg.eigh(spread)
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
