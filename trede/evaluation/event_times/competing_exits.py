"""Several ways out, of which a person can take only one (Aalen-Johansen).

Somebody who found work can no longer withdraw. What share has left by each exit by day
t is then *not* one minus a Kaplan-Meier curve that calls the other exits censored: that
answers what would happen if nobody ever found work, and is always too high. The
cumulative incidence adds up, day by day, the share still there times the part of them
that takes this exit; all exits together and those still there make 1.

The standard error is that of the infinitesimal jackknife: how much the share moves when
one person counts a little more, squared and summed over people. Because what happens
on different days is uncorrelated, it can be summed over days instead. The interval is
made on the log(-log) scale of the share.

Sources: Aalen and Johansen, Scandinavian Journal of Statistics 5, 1978; Putter, Fiocco
and Geskus, Statistics in Medicine 26, 2007; Choudhury, Statistics in Medicine 21, 2002
(interval); Efron, "The jackknife, the bootstrap and other resampling plans", 1982.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from trede.evaluation.estimate import CannotEstimate, Estimate, Interval, Values
from trede.evaluation.event_times.followed import (
    Followed,
    Table,
    Whole,
    followed,
    table_of,
)
from trede.evaluation.event_times.kaplan_meier import log_log

# A variance that is so small a part of what it is the difference of is none.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Incidence:
    """The share that has left by each exit, at every day anybody was last seen.

    Shapes: `days`, `at_risk` and `still_there` (t,); `share`, `se`, `low` and `high`
    (exits, t). Limits are NaN where a share is exactly 0 or 1.
    """

    days: Whole
    at_risk: Whole
    still_there: Values
    share: Values
    se: Values
    low: Values
    high: Values
    n: int
    n_missing: int
    notes: tuple[str, ...] = ()


def cumulative_incidence(days: Values, exit: Values, *, exits: int) -> Incidence:
    """The share that has left by each exit, day by day.

    Args:
        days: shape (people,), whole days until the exit or the last day followed.
        exit: shape (people,), 0 still there, 1 to `exits`. NaN in either is missing.
        exits: how many kinds of exits there are, also those that nobody took.

    Raises:
        CannotEstimate: `cumulative_incidence`, as `followed`.
    """
    people = followed(days, exit, what="cumulative_incidence", kinds=exits)
    return incidence_of(people, exits)


def incidence_of(people: Followed, exits: int) -> Incidence:
    """The same of people whose time is known."""
    table = table_of(people, exits)
    leaving = table.events.sum(axis=0) / table.at_risk
    still_there = np.cumprod(1 - leaving)
    before = np.concatenate(([1.0], still_there[:-1]))
    share = np.cumsum(before * table.events / table.at_risk, axis=1)
    se = np.array([_errors(table, before, share[exit], exit) for exit in range(exits)])
    limits = [log_log(one, error) for one, error in zip(share, se, strict=True)]
    return Incidence(
        table.days,
        table.at_risk,
        still_there,
        share,
        se,
        np.array([low for low, _ in limits]),
        np.array([high for _, high in limits]),
        people.n,
        people.n_missing,
        people.notes,
    )


def _errors(table: Table, before: Values, share: Values, exit: int) -> Values:
    """The standard error of one exit's share on every day.

    What an exit l on day s moves the share of exit k on day t is
    S(s-) [l = k] - (F(t) - F(s)) / (1 - leaving part of s), divided by those at risk.
    As F(t) is the only thing in it that depends on t, three running sums are enough.
    """
    at_risk = table.at_risk.astype(np.float64)
    gone = table.events.sum(axis=0)
    left = at_risk - gone
    # After the day on which all who are left leave, nothing changes any more.
    steep = np.divide(at_risk, left, out=np.zeros(len(left)), where=left > 0)
    own = np.zeros(table.events.shape)
    own[exit] = before
    fixed = own + steep * share
    squares = (fixed**2 * table.events).sum(axis=0)
    sums = (fixed * table.events).sum(axis=0)
    weight = at_risk**-2
    constant = np.cumsum(weight * (squares - sums**2 / at_risk))
    linear = np.cumsum(weight * steep * sums * (1 - gone / at_risk))
    square = np.cumsum(weight * steep**2 * gone * (1 - gone / at_risk))
    variance = constant - 2 * share * linear + share**2 * square
    variance[variance < ROUNDING * constant] = 0
    return np.asarray(np.sqrt(variance), np.float64)


def share_gone(incidence: Incidence, exit: int, day: int) -> Estimate:
    """The share that has left by this exit (1 is the first) by the end of this day.

    Returns:
        `aalen_johansen`: value 0 to 1 with its log-log interval; none (note
        `no_event_yet`) as long as nobody took this exit.

    Raises:
        CannotEstimate: `cumulative_incidence`, `beyond_follow_up` or `unknown_kind`.
    """
    what, last = "cumulative_incidence", float(incidence.days[-1])
    if not 1 <= exit <= len(incidence.share):
        raise CannotEstimate(what, why="unknown_kind", has=exit, needed=None)
    if day > last and incidence.still_there[-1] > 0:
        raise CannotEstimate(what, why="beyond_follow_up", has=last, needed=day)
    place = int(np.searchsorted(incidence.days, day, side="right")) - 1
    none = place < 0 or incidence.share[exit - 1, place] == 0
    plain = Estimate(
        "aalen_johansen",
        0.0,
        incidence.n,
        incidence.n_missing,
        notes=("no_event_yet", *incidence.notes),
    )
    return plain if none else _told(incidence, exit - 1, place)


def _told(incidence: Incidence, row: int, place: int) -> Estimate:
    low, high = incidence.low[row, place], incidence.high[row, place]
    limits = None if np.isnan(low) else Interval(float(low), float(high), "log_log")
    return Estimate(
        "aalen_johansen",
        float(incidence.share[row, place]),
        incidence.n,
        incidence.n_missing,
        interval=limits,
        se=float(incidence.se[row, place]),
        notes=incidence.notes if limits else ("nobody_left", *incidence.notes),
    )


def shares_gone(
    days: Values, exit: Values, names: Sequence[str], day: int
) -> tuple[Estimate, ...]:
    """One estimate per exit, in order: `share_found_work`, `share_withdrew`, ...

    Args:
        days, exit: as `cumulative_incidence`.
        names: codes of the exits, 1 first.
        day: by the end of which day.

    Raises:
        CannotEstimate: as `cumulative_incidence` and `share_gone`.
    """
    incidence = cumulative_incidence(days, exit, exits=len(names))
    return tuple(
        replace(share_gone(incidence, place, day), method=f"share_{name}")
        for place, name in enumerate(names, start=1)
    )
