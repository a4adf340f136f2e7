"""Omega: the reliability of a sum when items measure one thing, each as well as it can.

One factor is fitted to the correlations of the items by minimal residuals: the loadings
that leave the least squares beside the diagonal. Omega total is then the part of the
spread of the sum (of the answers as they are) that the factor makes.

Loadings are found one after the other, each with the others in place, until none moves:
many groups at once, each until it has settled, so that the bootstrap is quick; those of
drawn groups settle sooner, far below what drawing makes of them. No loading goes
beyond 1.

Sources: McDonald, "Test theory", 1999; Harman and Jones, Psychometrika 31, 1966
(minres); Harman and Fukuda, same journal 31, 1966 (no loading beyond 1).
"""

from functools import partial

import numpy as np
from numpy.random import Generator

from trede.evaluation.estimate import CannotEstimate, Estimate, Values
from trede.evaluation.instrument.scales import (
    Scale,
    interval_of,
    refuse_many,
    resampled,
)

RESAMPLES = 2_000
FEWEST_ITEMS = 3
ROUNDS = 3_000
# A loading that moves less has settled.
SETTLED = 1e-12
SETTLED_IN_DRAWS = 1e-7
# From here on nothing of an item is its own.
ALL = 1 - 1e-9


def omega_total(scale: Scale, rng: Generator, resamples: int = RESAMPLES) -> Estimate:
    """Omega total of one factor, 0 to 1, with a BCa interval.

    Args:
        scale: three items or more.
        rng: for the bootstrap.

    Returns:
        `omega_total_minres`. Notes `negative_loading` when an item goes against the
        others, `few_people` below thirty.

    Raises:
        CannotEstimate: `omega_total`, `few_items` below three; `no_variation` with an
            item that everybody answers alike; `heywood` when one item would be the
            factor itself; `many_people`, `degenerate_draws`.
    """
    _refuse_unfit(scale)
    loading = loadings(scale.covariance[None])[0]
    if (np.abs(loading) > ALL).any():
        raise CannotEstimate(
            "omega_total", why="heywood", has=float(np.abs(loading).max()), needed=None
        )
    of_draws = partial(omega_of, settled=SETTLED_IN_DRAWS)
    drawn = resampled(scale, of_draws, rng, resamples)
    limits = interval_of(drawn, scale, omega_of, "omega_total")
    against = ("negative_loading",) if (loading < 0).any() else ()
    return Estimate(
        "omega_total_minres",
        float(omega_of(scale.covariance[None])[0]),
        scale.n,
        scale.n_missing,
        interval=limits,
        notes=(*scale.notes, *against),
    )


def omega_of(covariance: Values, settled: float = SETTLED) -> Values:
    """Omega of covariance matrices: shape (draws, items, items) to (draws,)."""
    loading = loadings(covariance, settled)
    # Of people who all answer alike rounding may leave less than nothing.
    variance = np.maximum(np.diagonal(covariance, axis1=1, axis2=2), 0)
    common = (loading * np.sqrt(variance)).sum(axis=1) ** 2
    own = (variance * (1 - loading**2)).sum(axis=1)
    found = np.full(len(covariance), np.nan)
    np.divide(common, common + own, out=found, where=common + own > 0)
    return found


def loadings(covariance: Values, settled: float = SETTLED) -> Values:
    """The loadings on one factor by minimal residuals, shape (draws, items).

    Args:
        covariance: shape (draws, items, items); an item that does not vary loads 0.
        settled: a loading that moves less in a round is found.
    """
    between = _correlations(covariance)
    sums = between.sum(axis=2)
    whole = np.sqrt(np.maximum(np.abs(sums).sum(axis=1), 1e-12))
    loading = np.clip(sums / whole[:, None], -1, 1)
    found, left = np.empty_like(loading), np.arange(len(loading))
    for _ in range(ROUNDS):
        moved = _one_round(between, loading)
        moving = np.abs(moved - loading).max(axis=1) >= settled
        loading = moved
        if moving.all():
            continue
        found[left[~moving]] = loading[~moving]
        left, loading, between = left[moving], loading[moving], between[moving]
        if not len(left):
            break
    found[left] = loading
    signs = np.where(found.sum(axis=1) < 0, -1.0, 1.0)
    return np.asarray(found * signs[:, None], np.float64)


def _one_round(between: Values, loading: Values) -> Values:
    """Every loading once, with the others in place: shapes as `loadings`."""
    loading = loading.copy()
    others = 1 - np.eye(loading.shape[1])
    for item, beside in enumerate(others):
        squares = (loading * loading) @ beside
        # An item has nothing beside the diagonal with itself.
        along = np.einsum("ij,ij->i", between[:, item], loading)
        best = np.divide(along, squares, out=np.zeros_like(along), where=squares > 0)
        loading[:, item] = np.minimum(np.maximum(best, -1), 1)
    return loading


def _correlations(covariance: Values) -> Values:
    """Correlations with an empty diagonal, shape (draws, items, items)."""
    deviation = np.sqrt(np.maximum(np.diagonal(covariance, axis1=1, axis2=2), 0))
    scale = deviation[:, :, None] * deviation[:, None, :]
    found = np.divide(
        covariance, scale, out=np.zeros_like(covariance), where=scale > 1e-12
    )
    places = np.arange(covariance.shape[1])
    found[:, places, places] = 0
    return np.asarray(found, np.float64)


def _refuse_unfit(scale: Scale) -> None:
    if scale.k < FEWEST_ITEMS:
        raise CannotEstimate(
            "omega_total", why="few_items", has=scale.k, needed=FEWEST_ITEMS
        )
    if not np.ptp(scale.answers, axis=0).all():
        raise CannotEstimate("omega_total", why="no_variation", has=0, needed=None)
    refuse_many(scale, "omega_total")
