"""A sum of coefficients as an estimate: value, interval, p, and who may be believed.

With fewer than six clusters (or pairs) no test is given: of the 2^G ways in which signs
of clusters can fall two are always as extreme as what was seen, so that no p below .05
can be had by lot, and a t on two or three degrees of freedom hangs on a normal
distribution that nobody can check. The interval stays, with the smallest p as a note.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt

import numpy as np
from scipy.special import ndtr, stdtr, stdtrit

from trede.evaluation.comparison.groups import ENOUGH_TO_TELL, Codes, Groups
from trede.evaluation.comparison.least_squares import Fit
from trede.evaluation.comparison.robust_errors import Errors, cr2, hc3
from trede.evaluation.estimate import (
    LEVEL,
    CannotEstimate,
    Estimate,
    Interval,
    Size,
    Values,
)
from trede.evaluation.proportions import Z95

# Below so many clusters the figures lean on Satterthwaite's approximation.
FEW_CLUSTERS = 10
INTERVALS = {
    "hc3": "t_hc3",
    "cr2": "t_cr2_satterthwaite",
    "model": "delta",
}


def errors_of(fit: Fit, groups: Groups) -> Errors:
    """CR2 by pair or cluster when people belong together, else HC3.

    Raises:
        CannotEstimate: as `hc3`; `cr2`, `one_cluster_in_arm`.
    """
    if groups.together is None:
        return hc3(fit)
    refuse_one_cluster(groups.arm, groups.together)
    return cr2(fit, groups.together, groups.arm)


def refuse_one_cluster(arm: Values, cluster: Codes) -> None:
    """Refuse an arm that is one cluster: its coach cannot be told from the arm."""
    least = min(int(np.unique(cluster[arm == side]).size) for side in (0, 1))
    if least < 2:
        raise CannotEstimate("cr2", why="one_cluster_in_arm", has=least, needed=2)


def told(
    method: str,
    value: float,
    slope: Values,
    errors: Errors,
    groups: Groups,
    *,
    sizes: Sequence[Size] = (),
    notes: Sequence[str] = (),
) -> Estimate:
    """The estimate of a quantity with this slope to the coefficients.

    Args:
        value: the quantity itself; for a sum of coefficients, slope @ coefficients.
        slope: shape (k,).
    """
    se = sqrt(max(0.0, float(slope @ errors.covariance @ slope)))
    found = Estimate(
        method,
        value,
        groups.n,
        groups.n_missing,
        sizes=tuple(sizes),
        notes=tuple(notes),
    )
    if se == 0:
        return replace(found, notes=(*found.notes, "no_variation"))
    df = errors.df(slope)
    quantile = Z95 if df is None else float(stdtrit(df, (1 + LEVEL) / 2))
    tail = _tail(abs(value) / se, df)
    half = quantile * se
    limits = Interval(value - half, value + half, INTERVALS[errors.name])
    found = replace(found, interval=limits, p=2 * tail, se=se, df=df)
    return guarded(found, groups)


def _tail(t: float, df: float | None) -> float:
    return float(ndtr(-t) if df is None else stdtr(df, -t))


def guarded(estimate: Estimate, groups: Groups) -> Estimate:
    """Noted when few belong together, and without p when too few for a test."""
    if groups.together is None:
        return estimate
    count = int(groups.together.max()) + 1
    with_others = int((np.bincount(groups.together) > 1).sum())
    word = "few_clusters" if groups.pair is None else "few_pairs"
    few = (word,) if min(with_others or count, count) < FEW_CLUSTERS else ()
    notes = (*estimate.notes, *few)
    if count >= ENOUGH_TO_TELL:
        return replace(estimate, notes=notes)
    return replace(estimate, p=None, notes=(*notes, smallest_p(count)))


def smallest_p(count: int) -> str:
    """A note: the smallest p that so many clusters or pairs can give."""
    return f"smallest_p_2_of_{2**count}"
