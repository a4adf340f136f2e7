"""Cronbach's alpha: how far a sum of items hangs together.

The share of the spread of the sum that the items have in common, if every item measures
the same thing as strongly; else alpha is on the low side of the reliability. It rises
with the number of items and does not show that there is one thing to measure.

Feldt's interval supposes answers about normal and items that are alike; the bootstrap
interval beside it supposes neither and needs some thirty people.

Sources: Cronbach, Psychometrika 16, 1951; Feldt, Psychometrika 30, 1965; Efron 1987.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from scipy.special import fdtri, ndtri

from trede.evaluation.change.bootstrap import RESAMPLES
from trede.evaluation.estimate import (
    LEVEL,
    CannotEstimate,
    Estimate,
    Interval,
    Size,
    Values,
)
from trede.evaluation.instrument.scales import (
    Scale,
    complete_scale,
    interval_of,
    refuse_many,
    resampled,
)


@dataclass(frozen=True, slots=True)
class ItemRest:
    """Per item its correlation with the sum of the others, and what was refused."""

    estimates: Mapping[str, Estimate]
    refused: Mapping[str, CannotEstimate]


def alpha_of(covariance: Values) -> Values:
    """Alpha of covariance matrices: shape (draws, items, items) to (draws,); NaN where
    the sum does not vary."""
    k = covariance.shape[1]
    total = covariance.sum(axis=(1, 2))
    own = np.trace(covariance, axis1=1, axis2=2)
    found = np.full(len(covariance), np.nan)
    # A sum that does not vary leaves nothing but rounding.
    np.divide(own, total, out=found, where=total > 1e-12 * own)
    return np.asarray(k / (k - 1) * (1 - found), np.float64)


def cronbach_alpha(scale: Scale) -> Estimate:
    """Alpha with Feldt's interval.

    Returns:
        `cronbach_alpha`: at most 1; below 0 when items contradict each other (note
        `negative_alpha`: is an item the wrong way round?). Notes `few_people` below
        thirty.
    """
    value = float(alpha_of(scale.covariance[None])[0])
    df, tail = scale.n - 1, (1 - LEVEL) / 2
    low, high = (
        1 - (1 - value) * float(fdtri(df, df * (scale.k - 1), share))
        for share in (1 - tail, tail)
    )
    negative = ("negative_alpha",) if value < 0 else ()
    return Estimate(
        "cronbach_alpha",
        value,
        scale.n,
        scale.n_missing,
        interval=Interval(low, high, "feldt"),
        notes=(*scale.notes, *negative),
    )


def resampled_alpha(
    scale: Scale, rng: Generator, resamples: int = RESAMPLES
) -> Estimate:
    """Alpha with a BCa interval.

    Raises:
        CannotEstimate: `cronbach_alpha_bca`, `many_people` (above 5,000: Feldt's does)
            or `degenerate_draws`.
    """
    what = "cronbach_alpha_bca"
    refuse_many(scale, what)
    limits = interval_of(
        resampled(scale, alpha_of, rng, resamples), scale, alpha_of, what
    )
    value = float(alpha_of(scale.covariance[None])[0])
    n, n_missing = scale.n, scale.n_missing
    return Estimate(what, value, n, n_missing, interval=limits, notes=scale.notes)


def item_rest(items: Mapping[str, Values]) -> ItemRest:
    """How each item goes together with the sum of the others.

    Args:
        items: by name, as `complete_scale`.

    Returns:
        `item_rest` per item: the correlation with Fisher's interval, without a p; size
        `alpha_without` (of three items or more) is alpha when it is left out. Note
        `negative_item` below 0: is it the wrong way round?

    Raises:
        CannotEstimate: `item_rest`, as `complete_scale`. An item that everybody answers
            alike is in `refused` (`no_variation`).
    """
    scale = complete_scale(items, what="item_rest")
    estimates, refused = {}, {}
    for place, name in enumerate(scale.names):
        try:
            estimates[name] = _of_item(scale, place)
        except CannotEstimate as refusal:
            refused[name] = refusal
    return ItemRest(estimates, refused)


def _of_item(scale: Scale, place: int) -> Estimate:
    own = scale.answers[:, place]
    others = np.delete(scale.answers, place, axis=1)
    rest = others.sum(axis=1)
    if not np.ptp(own) or not np.ptp(rest):
        raise CannotEstimate("item_rest", why="no_variation", has=0, needed=None)
    value = float(np.corrcoef(own, rest)[0, 1])
    sizes: tuple[Size, ...] = ()
    if scale.k > 2:
        spread = np.delete(np.delete(scale.covariance, place, 0), place, 1)
        sizes = (Size("alpha_without", float(alpha_of(spread[None])[0])),)
    negative = ("negative_item",) if value < 0 else ()
    return Estimate(
        "item_rest",
        value,
        scale.n,
        scale.n_missing,
        interval=_fisher(value, scale.n),
        sizes=sizes,
        notes=(*scale.notes, *negative),
    )


def _fisher(correlation: float, n: int) -> Interval | None:
    """Fisher's z; None when the correlation is (all but) 1."""
    if abs(correlation) > 1 - 1e-12:
        return None
    half = float(ndtri((1 + LEVEL) / 2)) / np.sqrt(n - 3)
    low, high = np.tanh(np.arctanh(correlation) + np.array([-half, half]))
    return Interval(float(low), float(high), "fisher_z")
