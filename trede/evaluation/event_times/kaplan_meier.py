"""The share of people to whom it has not happened yet, day by day (Kaplan-Meier).

On every day on which it happens to somebody, the share is multiplied by the part of
those still followed to whom it did not. The interval is made on the scale of log(-log)
of the share: it stays between 0 and 1 and, unlike the plain one, holds what it says in
small groups.

The spread is that of the infinitesimal jackknife: how far the curve moves when one
person counts a little more, squared and summed over people. When everybody counts once
that is Greenwood's, to the digit; with weights Greenwood's is not, since it takes
somebody who counts for three for three people.

*Supposes* that who is no longer followed would have fared as those who still are. Who
left because of how things went breaks that; with competing exits (somebody found work,
so cannot withdraw any more) use `competing_exits`.

Sources: Kaplan and Meier, Journal of the American Statistical Association 53, 1958;
Greenwood, Reports on Public Health 33, 1926; Efron, "The jackknife, the bootstrap and
other resampling plans", 1982; Kalbfleisch and Prentice, "The statistical
analysis of failure time data", 1980 (log-log); Brookmeyer and Crowley, Biometrics 38,
1982 (interval of the median).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from trede.evaluation.estimate import (
    LEVEL,
    CannotEstimate,
    Estimate,
    Interval,
    Values,
)
from trede.evaluation.event_times.followed import (
    Followed,
    Mass,
    Whole,
    followed,
    mass_of,
    table_of,
)

Z = float(ndtri((1 + LEVEL) / 2))
# Shares that differ less are equal: 1/2 and a product that should give it.
SAME = 1e-8
# A sum of shares that should be 1 may miss it by rounding.
SURE = 1e-12


@dataclass(frozen=True, slots=True)
class Curve:
    """The curve at every day on which anybody was last seen.

    Shapes: all (t,). `at_risk`, `events` and `censored` are people; `mass` is what they
    count for. `survival` is the share without the event after that day, `se` its
    standard error; `low` and `high` are NaN where the share is exactly 1 or 0 and there
    is no interval to be had.
    """

    days: Whole
    at_risk: Whole
    events: Whole
    censored: Whole
    survival: Values
    se: Values
    low: Values
    high: Values
    mass: Mass
    n: int
    n_missing: int
    notes: tuple[str, ...] = ()

    @property
    def followed_until(self) -> float:
        """The last day about which the curve says anything: infinite when it has
        happened to everybody who was left."""
        return inf if self.survival[-1] == 0 else float(self.days[-1])


@dataclass(frozen=True, slots=True)
class AtRisk:
    """How it stands on one day: for the row of numbers under a curve.

    `at_risk` are followed up to and including that day; `events` and `censored` count
    from day 0 to and including that day.
    """

    day: int
    at_risk: int
    events: int
    censored: int


def kaplan_meier(
    days: Values, event: Values, *, weights: Values | None = None
) -> Curve:
    """The curve with pointwise 95% log-log limits.

    Args:
        days: shape (people,), whole days until the event or the last day followed.
        event: shape (people,), 1 it happened, 0 not yet. NaN in either is missing.
        weights: shape (people,), how many people each counts for.

    Raises:
        CannotEstimate: `kaplan_meier`, as `followed`.
    """
    return curve_of(followed(days, event, what="kaplan_meier", weights=weights))


def curve_of(people: Followed) -> Curve:
    """The same of people whose time is known."""
    table = table_of(people)
    events, mass = table.events[0], mass_of(people, table)
    # Sums of weights are not to the last digit what they are sums of.
    ended = events == table.at_risk
    staying = np.where(ended, 0.0, 1 - mass.events / mass.at_risk)
    survival = np.asarray(np.cumprod(staying), np.float64)
    relative = np.sqrt(moved(mass, ended, np.ones(len(events))))
    low, high = log_log(survival, survival * relative)
    return Curve(
        table.days,
        table.at_risk,
        events,
        table.censored,
        survival,
        survival * relative,
        low,
        high,
        mass,
        people.n,
        people.n_missing,
        people.notes,
    )


def moved(mass: Mass, ended: NDArray[np.bool_], worth: Values) -> Values:
    """The squares of how far each person moves a sum of steps, added up, (t,).

    The steps are those of minus the logarithm of the curve. Somebody with the event
    adds worth / staying to the step of that day, and by being at risk makes those of
    every day until then smaller.

    Args:
        ended: (t,), days on which it happened to all who were left: the share is 0
            then, whoever counts for how much.
        worth: (t,), by how much the step of each day counts.
    """
    left = np.where(ended, np.inf, mass.at_risk - mass.events)
    own = worth / left
    drawn = np.cumsum(worth * mass.events / (mass.at_risk * left))
    gone = np.cumsum(
        mass.squares * (own - drawn) ** 2 + mass.squares_without * drawn**2
    )
    all_squares = mass.squares + mass.squares_without
    later = all_squares[::-1].cumsum()[::-1] - all_squares
    return np.asarray(gone + drawn**2 * later, np.float64)


def log_log(share: Values, se: Values) -> tuple[Values, Values]:
    """Limits exp(-exp(log(-log share) ± z se / (share log share))); NaN at 0 and 1.

    Args:
        share, se: shape (t,).
    """
    inner = (share > 0) & (share < 1 - SURE) & (se > 0)
    low, high = np.full(len(share), np.nan), np.full(len(share), np.nan)
    logs = np.log(share[inner])
    wide = Z * se[inner] / (share[inner] * -logs)
    low[inner] = np.exp(logs * np.exp(wide))
    high[inner] = np.exp(logs * np.exp(-wide))
    return low, high


def numbers_at_risk(curve: Curve, on: Iterable[int]) -> tuple[AtRisk, ...]:
    """How many were still followed on these days, and what had happened."""
    found = []
    for day in on:
        before, until = np.searchsorted(curve.days, (day, day + 1))
        there = int(curve.at_risk[before]) if before < len(curve.days) else 0
        happened = int(curve.events[:until].sum())
        found.append(AtRisk(day, there, happened, int(curve.censored[:until].sum())))
    return tuple(found)


def share_by(curve: Curve, day: int) -> Estimate:
    """The share to whom it has happened by the end of this day.

    Returns:
        `kaplan_meier`: value 0 to 1 with its log-log interval. Without interval as
        long as it happened to nobody (note `no_event_yet`) or once it has happened to
        everybody (`nobody_left`).

    Raises:
        CannotEstimate: `kaplan_meier`, `beyond_follow_up` with the last day known;
            `nobody_left` with that day when the curve is at 0 only because the last who
            was followed had it, while of others the rest is not known.
    """
    refuse_beyond(curve, day, "kaplan_meier")
    place = int(np.searchsorted(curve.days, day, side="right")) - 1
    share, se = (
        (float(curve.survival[place]), float(curve.se[place])) if place >= 0 else (1, 0)
    )
    if share == 0 and curve.censored.any():
        last = float(curve.days[-1])
        raise CannotEstimate("kaplan_meier", why="nobody_left", has=last, needed=day)
    plain = {1.0: ("no_event_yet",), 0.0: ("nobody_left",)}.get(share)
    low, high = (0.0, 0.0) if plain else (curve.low[place], curve.high[place])
    return Estimate(
        "kaplan_meier",
        1 - share,
        curve.n,
        curve.n_missing,
        interval=None if plain else Interval(1 - high, 1 - low, "log_log"),
        se=None if plain else se,
        notes=(*(plain or ()), *curve.notes),
    )


def median_days(curve: Curve) -> Estimate:
    """The day by which it has happened to half of the people.

    When the curve lies at exactly one half for a while, the middle of that while. The
    limits are the days on which the limits of the curve reach one half; the upper one
    is infinite when that is not within the time followed. No interval (note
    `no_variation`) when it happened to everybody on one day.

    Raises:
        CannotEstimate: `median_days`, `not_reached`, with the lowest share without
            the event.
    """
    value = _first_day(curve, curve.survival)
    if value == inf:
        lowest = float(curve.survival[-1])
        raise CannotEstimate("median_days", why="not_reached", has=lowest, needed=0.5)
    low, high = _first_day(curve, curve.low), _first_day(curve, curve.high)
    limits = Interval(low, high, "brookmeyer_crowley_log_log")
    return Estimate(
        "median_days",
        value,
        curve.n,
        curve.n_missing,
        interval=None if low == inf else limits,
        notes=(*(("no_variation",) if low == inf else ()), *curve.notes),
    )


def refuse_beyond(curve: Curve, day: float, what: str) -> None:
    """Refuse to say anything of days on which nobody was followed any more."""
    if day > curve.followed_until:
        last = curve.followed_until
        raise CannotEstimate(what, why="beyond_follow_up", has=last, needed=day)


def _first_day(curve: Curve, shares: Values) -> float:
    """The first day with at most half left; infinite when there is none."""
    half = np.flatnonzero(shares <= 0.5 + SAME)
    if not len(half):
        return inf
    first = half[0]
    if shares[first] < 0.5 - SAME:
        return float(curve.days[first])
    under = np.flatnonzero(shares < 0.5 - SAME)
    until = under[0] if len(under) else -1
    return float(curve.days[first] + curve.days[until]) / 2
