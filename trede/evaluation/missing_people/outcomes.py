"""One figure under different suppositions about who is missing, side by side.

| estimate | supposes about who is missing |
|---|---|
| complete cases | they are like all others |
| weighted (ipw) | they are like those who answered and were alike before |
| imputed (mi) | the same, by a model of the answers instead of one of leaving |
| Lee (two arms) | the arm moved everybody's answering the same way |
| Manski | nothing |

The choice is made here once, so that nobody picks the one that looks best.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.random import Generator

from trede.evaluation.change.mean_change import mean_change
from trede.evaluation.comparison.ancova import ancova
from trede.evaluation.comparison.groups import Labels, two_groups
from trede.evaluation.comparison.weighting import effective_size
from trede.evaluation.estimate import CannotEstimate, Estimate, Size, Values
from trede.evaluation.missing_people.bounds import Bounds
from trede.evaluation.missing_people.chained_equations import IMPUTATIONS
from trede.evaluation.missing_people.imputed import (
    Asked,
    complete,
    imputed_change,
    imputed_difference,
)
from trede.evaluation.missing_people.lee import lee_bounds
from trede.evaluation.missing_people.manski import (
    bounds_of_change,
    bounds_of_difference,
)
from trede.evaluation.missing_people.response import FEWEST, Response, response
from trede.evaluation.missing_people.weighted_change import (
    robust_mean,
    told_mean,
    weighted_change,
)

T = TypeVar("T")
Scale = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Estimates, complete cases first; bounds; what was refused and why.

    `response` is the model behind the weights, None when it was refused.
    """

    estimates: tuple[Estimate, ...]
    bounds: tuple[Bounds, ...]
    response: Response | None
    refused: tuple[CannotEstimate, ...] = ()


def side_by_side(
    before: Values,
    after: Values,
    covariates: Mapping[str, Values],
    rng: Generator,
    *,
    scale: Scale | None = None,
    arm: Values | None = None,
    cluster: Labels | None = None,
    weights: Values | None = None,
    imputations: int = IMPUTATIONS,
) -> SideBySide:
    """The mean change of a group, or with `arm` the difference between two.

    Args:
        before, after: shape (people,), everybody of the group who belongs there, in the
            units of the outcome (0 and 1 too); NaN is missing.
        covariates: name -> shape (people,), known before; categories as 0 and 1. NaN
            is missing: no weight, and filled in for `mi`.
        rng: for the completed data sets.
        scale: lowest and highest answer there is; without it no Manski bounds.
        arm: shape (people,), 1 took part, 0 did not or waited, of everybody.
        cluster: shape (people,), labels of who belong together.
        weights: shape (people,), with `arm`: those that make a survey look like the
            participants (`weighting.weigh`). They go into every estimate, beside what
            that estimate does for who is missing, and into no bounds. NaN is left out.

    Returns:
        Change: `complete_mean_change`, `ipw_mean_change_...`, `mi_mean_change`.
        Difference: `complete_ancova_...`, `ipw_ancova_...`, `mi_ancova`; bounds of the
        difference in change.

    Raises:
        ValueError: of different people.
        CannotEstimate: when complete cases alone cannot be estimated.
    """
    asked = _asked(before, after, covariates, arm, cluster, weights)
    refused: list[CannotEstimate] = []
    estimates = [_complete_cases(asked)]
    left = _attempt(partial(_response, asked), refused)
    if left is not None:
        _add(estimates, partial(_weighted, asked, left), refused)
    _add(estimates, partial(_imputed, asked, rng, imputations), refused)
    bounds: list[Bounds] = []
    if asked.arm is not None:
        change = asked.after - asked.before
        _add(bounds, partial(lee_bounds, change, asked.arm), refused)
    _add(bounds, partial(_manski, asked, scale), refused)
    return SideBySide(tuple(estimates), tuple(bounds), left, tuple(refused))


def _asked(
    before: Values,
    after: Values,
    covariates: Mapping[str, Values],
    arm: Values | None,
    cluster: Labels | None,
    weights: Values | None,
) -> Asked:
    known = {name: np.asarray(one, np.float64) for name, one in covariates.items()}
    found = Asked(
        np.asarray(before, np.float64),
        np.asarray(after, np.float64),
        known,
        None if arm is None else np.asarray(arm, np.float64),
        None if cluster is None else np.asarray(cluster),
        None if weights is None else np.asarray(weights, np.float64),
    )
    rest = [one for one in (found.arm, found.cluster, found.weights) if one is not None]
    shapes = {np.shape(one) for one in (*found[:2], *known.values(), *rest)}
    if len(shapes) > 1 or found.before.ndim != 1:
        raise ValueError(f"not the same people: shapes {sorted(shapes)}")
    if found.arm is None and found.weights is not None:
        raise ValueError("weights of a survey, and no arm")
    if found.arm is not None and not np.isin(found.arm, (0, 1)).all():
        raise CannotEstimate("side_by_side", why="not_two_arms", has=None, needed=2)
    return found


def _complete_cases(asked: Asked) -> Estimate:
    if asked.arm is not None:
        groups = two_groups(
            asked.before,
            asked.after,
            asked.arm,
            what="complete_cases",
            cluster=asked.cluster,
            weights=asked.weights,
        )
        found = ancova(groups)
        return replace(found, method=f"complete_{found.method}")
    plain = mean_change(asked.before, asked.after)
    if asked.cluster is None:
        return replace(plain, method="complete_mean_change")
    change = asked.after - asked.before
    both = ~np.isnan(change)
    mean = robust_mean(change[both], None, asked.cluster[both])
    # The intervals of sizes suppose that people do not belong together.
    sizes = tuple(replace(size, interval=None) for size in plain.sizes)
    return told_mean(
        "complete_mean_change", mean, plain.n, plain.n_missing, sizes=sizes
    )


def _response(asked: Asked) -> Response:
    """Who has both answers, by start, arm and covariates that say anything."""
    columns = [asked.before, *asked.covariates.values()]
    if asked.arm is not None:
        columns.append(asked.arm)
    table = np.column_stack(columns)
    used = ~np.isnan(table).any(axis=1)
    if not used.any():
        raise CannotEstimate("response", why="few_answers", has=0, needed=FEWEST)
    varies = np.ptp(table[used], axis=0) > 0
    answered = ~np.isnan(asked.after)
    return response(answered.astype(np.float64), table[:, varies])


def _weighted(asked: Asked, left: Response) -> Estimate:
    weights = left.weights
    if asked.arm is None:
        return weighted_change(asked.before, asked.after, weights, asked.cluster)
    if asked.weights is not None:
        weights = weights * asked.weights
    groups = two_groups(
        asked.before,
        asked.after,
        asked.arm,
        what="ipw_ancova",
        cluster=asked.cluster,
        weights=weights,
    )
    found = ancova(groups)
    weight = weights[~np.isnan(weights)]
    sizes = (
        *found.sizes,
        Size("effective_n", effective_size(weight)),
        Size("largest_weight", float(weight.max())),
    )
    return replace(found, method=f"ipw_{found.method}", sizes=sizes)


def _imputed(asked: Asked, rng: Generator, imputations: int) -> Estimate:
    completed = complete(asked, rng, imputations)
    if asked.arm is None:
        return imputed_change(asked, completed)
    return imputed_difference(asked, completed)


def _manski(asked: Asked, scale: Scale | None) -> Bounds:
    if scale is None:
        raise CannotEstimate("manski", why="no_scale", has=None, needed=2)
    if asked.arm is None:
        return bounds_of_change(asked.before, asked.after, scale)
    return bounds_of_difference(asked.before, asked.after, asked.arm, scale)


def _attempt(make: Callable[[], T], refused: list[CannotEstimate]) -> T | None:
    try:
        return make()
    except CannotEstimate as refusal:
        refused.append(refusal)
        return None


def _add(to: list[T], make: Callable[[], T], refused: list[CannotEstimate]) -> None:
    found = _attempt(make, refused)
    if found is not None:
        to.append(found)
