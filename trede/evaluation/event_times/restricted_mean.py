"""The mean number of days without the event, within the first so many days (RMST).

How long it takes on average cannot be known as long as it has not happened to
everybody. How many of the first 180 days passed before it happened can: it is the
surface under the curve up to day 180, a number of days that anybody understands, and
it asks nothing of the shape of the curve. The difference between two groups is in days
as well, and stays true when curves cross, where a hazard ratio says nothing.

The horizon must be chosen before the data are seen, and lie within what was followed in
both groups. The spread is that of the curve (`kaplan_meier.moved`); when everybody
counts once Var = Σ (surface from event day j to the horizon)² dj / (nj (nj - dj)).

Sources: Irwin, Journal of Hygiene 47, 1949; Royston and Parmar, BMC Medical Research
Methodology 13, 2013; Uno and others, Journal of Clinical Oncology 32, 2014.
"""

from math import hypot, sqrt

import numpy as np
from scipy.special import ndtr

from trede.evaluation.estimate import (
    CannotEstimate,
    Estimate,
    Interval,
    Values,
)
from trede.evaluation.event_times.followed import followed
from trede.evaluation.event_times.kaplan_meier import (
    Curve,
    Z,
    curve_of,
    moved,
    refuse_beyond,
)


def restricted_mean(days: Values, event: Values, horizon: int) -> Estimate:
    """The mean number of days without the event up to the horizon.

    Args:
        days, event: shape (people,), as `kaplan_meier`.
        horizon: in days, more than 0, within the time followed.

    Raises:
        CannotEstimate: `restricted_mean`, as `followed`; `beyond_follow_up`;
            `no_horizon`.
    """
    people = followed(days, event, what="restricted_mean")
    return restricted_mean_of(curve_of(people), horizon)


def restricted_mean_of(curve: Curve, horizon: float) -> Estimate:
    """The same of a curve.

    Returns:
        `restricted_mean`: days, with a normal interval. Without interval (note
        `no_event_yet`) when nothing happened before the horizon.
    """
    value, se = surface(curve, horizon)
    half = Z * se
    return Estimate(
        "restricted_mean",
        value,
        curve.n,
        curve.n_missing,
        interval=Interval(value - half, value + half, "normal") if se else None,
        se=se or None,
        notes=(*(() if se else ("no_event_yet",)), *curve.notes),
    )


def restricted_mean_difference(
    treated: Curve, others: Curve, horizon: float
) -> Estimate:
    """How many more of the first days passed without the event in the first group.

    Returns:
        `restricted_mean_difference`: days, treated minus others (negative: sooner),
        normal interval and p.

    Raises:
        CannotEstimate: `restricted_mean`, `beyond_follow_up` (of the group that was
            followed shortest), `no_horizon`; `restricted_mean_difference`,
            `no_variation` when nothing happened in either group.
    """
    shortest = min((treated, others), key=lambda curve: curve.followed_until)
    refuse_beyond(shortest, horizon, "restricted_mean")
    (one, se_one), (other, se_other) = (
        surface(curve, horizon) for curve in (treated, others)
    )
    value, se = one - other, hypot(se_one, se_other)
    if se == 0:
        what = "restricted_mean_difference"
        raise CannotEstimate(what, why="no_variation", has=0, needed=None)
    return Estimate(
        "restricted_mean_difference",
        value,
        treated.n + others.n,
        treated.n_missing,
        interval=Interval(value - Z * se, value + Z * se, "normal"),
        p=float(2 * ndtr(-abs(value) / se)),
        se=se,
        notes=tuple(dict.fromkeys((*treated.notes, *others.notes))),
    )


def surface(curve: Curve, horizon: float) -> tuple[float, float]:
    """The surface under the curve up to the horizon, and its standard error, in days.

    Raises:
        CannotEstimate: `restricted_mean`, `no_horizon` or `beyond_follow_up`.
    """
    if horizon <= 0:
        raise CannotEstimate("restricted_mean", why="no_horizon", has=horizon, needed=1)
    refuse_beyond(curve, horizon, "restricted_mean")
    strips, worth = _strips(curve, horizon), area_beyond(curve, horizon)
    variance = moved(curve.mass, curve.events == curve.at_risk, worth)
    return float(strips.sum()), sqrt(float(variance[-1]))


def area_beyond(curve: Curve, horizon: float) -> Values:
    """From each day on which it happened to the horizon, shape (t,)."""
    found = np.zeros(len(curve.days))
    strips = _strips(curve, horizon)
    found[: len(strips) - 1] = strips[::-1].cumsum()[::-1][1:]
    return found


def _strips(curve: Curve, horizon: float) -> Values:
    """The surface under the curve between one day and the next."""
    used = curve.days < horizon
    edges = np.concatenate(([0.0], curve.days[used], [horizon]))
    heights = np.concatenate(([1.0], curve.survival[used]))
    return np.asarray(heights * np.diff(edges), np.float64)
