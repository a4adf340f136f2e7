"""Restricted means and shares of people who share a coach, in one group and in two.

A curve is no mean, but how far it moves when one person counts a little more is known
of everybody (the infinitesimal jackknife, see `kaplan_meier`). The figure plus that
person's part is a value for each (*pseudo-value*), of which the figure is the weighted
mean. So the difference between two groups is a coefficient of least squares, with the
errors that all comparisons have: CR2 by coach with Satterthwaite's degrees of freedom.
When nobody shares a coach and groups are large they are the plain errors again.

The share of one group has its interval of t on the scale of log(-log), as the curve
has, and stays between 0 and 1. The difference of two shares has it on its own scale,
cut off at -1 and 1, which no difference can pass: a coach may have people in both
groups, so that there are no two independent intervals to join.

Sources: Andersen, Hansen and Klein, Lifetime Data Analysis 10, 2004 (pseudo-values of a
restricted mean); Pustejovsky and Tipton, Journal of Business and Economic Statistics
36, 2018; see `kaplan_meier` for the jackknife.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from math import exp, log

import numpy as np
from scipy.special import stdtrit

from trede.evaluation.comparison.groups import Codes, Groups
from trede.evaluation.comparison.least_squares import least_squares
from trede.evaluation.comparison.telling import errors_of, told
from trede.evaluation.estimate import (
    LEVEL,
    CannotEstimate,
    Estimate,
    Interval,
    Values,
)
from trede.evaluation.event_times.arms import Arms
from trede.evaluation.event_times.followed import Followed
from trede.evaluation.event_times.kaplan_meier import Curve, curve_of, share_by
from trede.evaluation.event_times.restricted_mean import area_beyond, surface
from trede.evaluation.missing_people.weighted_change import robust_mean, told_mean

# Of the people of one curve: the figure, and how far each person moves it.
Moving = Callable[[Curve, Followed], tuple[float, Values]]


def share_by_coach(curve: Curve, people: Followed, day: int, coach: Codes) -> Estimate:
    """The share of one group to whom it has happened by this day.

    Args:
        coach: shape (n,), numbers from 0 without gaps.

    Returns:
        `kaplan_meier_cr2`, notes as `restricted_means_by_coach`.

    Raises:
        CannotEstimate: as `share_by`; `kaplan_meier`, `no_event_yet` or `nobody_left`
            when the share has no interval; `robust_mean`, `few_clusters`.
    """
    figure, moved = _share(curve, people, day)
    if figure in (0, 1):
        why = share_by(curve, day).notes[0]
        raise CannotEstimate("kaplan_meier", why=why, has=figure, needed=None)
    found = _mean_by_coach("kaplan_meier_cr2", curve, figure + people.n * moved, coach)
    if not found.se or not found.df:
        return found
    left = 1 - figure
    half = found.se * float(stdtrit(found.df, (1 + LEVEL) / 2)) / (left * log(left))
    ends = sorted(1 - left ** exp(side * half) for side in (-1, 1))
    return replace(found, interval=Interval(ends[0], ends[1], "log_log_t_cr2"))


def restricted_mean_by_coach(
    curve: Curve, people: Followed, horizon: float, coach: Codes
) -> Estimate:
    """The restricted mean of one group: `restricted_mean_cr2`.

    Raises:
        CannotEstimate: as `surface`; `robust_mean`, `few_clusters`.
    """
    figure, moved = _surface(curve, people, horizon)
    values = figure + people.n * moved
    return _mean_by_coach("restricted_mean_cr2", curve, values, coach)


def mean_days_of_each(people: Followed, horizon: float) -> Values:
    """A value for each person, shape (n,), of which the restricted mean is the mean.

    Raises:
        CannotEstimate: as `surface`.
    """
    figure, moved = _surface(curve_of(people), people, horizon)
    return figure + people.n * moved


def _mean_by_coach(method: str, curve: Curve, values: Values, coach: Codes) -> Estimate:
    mean = robust_mean(values, None, coach)
    found = _untested(told_mean(method, mean, curve.n, curve.n_missing))
    return replace(found, notes=(*found.notes, *curve.notes))


def restricted_means_by_coach(arms: Arms, horizon: float) -> tuple[Estimate, ...]:
    """The difference in restricted mean and both means, with errors by coach.

    Returns:
        `restricted_mean_difference_cr2`, `restricted_mean_1_cr2`, `..._0_cr2`. Note
        `few_clusters` below ten coaches with more than one person; below six no p.

    Raises:
        CannotEstimate: as `surface`; `cr2`, `one_cluster_in_arm`.
    """
    difference, *means = _by_coach(
        arms,
        partial(_surface, horizon=horizon),
        {
            "restricted_mean_difference_cr2": (0, 1),
            "restricted_mean_1_cr2": (1, 1),
            "restricted_mean_0_cr2": (1, 0),
        },
    )
    # That a mean number of days is not 0 needs no test.
    return difference, *(_untested(mean) for mean in means)


def share_difference_by_coach(arms: Arms, day: int) -> Estimate:
    """The difference in the share to whom it has happened by this day.

    Returns:
        `kaplan_meier_difference_cr2`, treated minus others.

    Raises:
        CannotEstimate: as `share_by`; `cr2`, `one_cluster_in_arm`.
    """
    contrasts = {"kaplan_meier_difference_cr2": (0.0, 1.0)}
    (found,) = _by_coach(arms, partial(_share, day=day), contrasts)
    ends = found.interval
    if ends is None:
        return found
    within = replace(ends, low=max(-1.0, ends.low), high=min(1.0, ends.high))
    return replace(found, interval=within)


def _surface(curve: Curve, people: Followed, horizon: float) -> tuple[float, Values]:
    mean, _ = surface(curve, horizon)
    return mean, -pulls(curve, people, area_beyond(curve, horizon))


def _share(curve: Curve, people: Followed, day: int) -> tuple[float, Values]:
    share = share_by(curve, day).value
    until = (curve.days <= day).astype(np.float64)
    return share, (1 - share) * pulls(curve, people, until)


def pulls(curve: Curve, people: Followed, worth: Values) -> Values:
    """How far each person moves a sum of the steps of minus the curve's logarithm.

    Args:
        worth: shape (t,), by how much the step of each day counts.

    Returns:
        Shape (n,), by unit of weight: their squares times those of the weights add up
        to the last of `kaplan_meier.moved`.
    """
    mass, ended = curve.mass, curve.events == curve.at_risk
    left = np.where(ended, np.inf, mass.at_risk - mass.events)
    drawn = np.cumsum(worth * mass.events / (mass.at_risk * left))
    place = np.searchsorted(curve.days, people.days)
    return np.where(people.kind > 0, (worth / left)[place], 0.0) - drawn[place]


def _untested(mean: Estimate) -> Estimate:
    notes = (note for note in mean.notes if not note.startswith("smallest_p"))
    return replace(mean, p=None, notes=tuple(notes))


def _by_coach(
    arms: Arms, moving: Moving, contrasts: dict[str, tuple[float, float]]
) -> tuple[Estimate, ...]:
    people, values = arms.people, np.empty(arms.people.n)
    notes: list[str] = []
    for side, curve in enumerate(arms.curves()):
        who = arms.group == side
        those = people.those(who)
        figure, moved = moving(curve, those)
        total = float(who.sum() if those.weights is None else those.weights.sum())
        values[who] = figure + total * moved
        notes += curve.notes
    groups = Groups(
        arm=arms.group.astype(np.float64),
        before=np.zeros(people.n),
        after=values,
        rows=np.arange(people.n),
        n_missing=people.n_missing,
        cluster=arms.stratum,
        weights=people.weights,
    )
    design = np.column_stack((np.ones(people.n), groups.arm))
    fit = least_squares(design, values, people.weights)
    errors = errors_of(fit, groups)
    return tuple(
        told(
            method,
            float(np.dot(contrast, fit.coefficients)),
            np.array(contrast, np.float64),
            errors,
            groups,
            notes=tuple(dict.fromkeys(notes)),
        )
        for method, contrast in contrasts.items()
    )
