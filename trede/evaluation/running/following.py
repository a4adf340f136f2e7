"""Times to an event: to whom has it happened by which day.

A time is followed and not measured at two moments, so that it has a contrast of its
own, `follow_up`, and no change. Each group has its curve; two arms are compared too.
Beside a survey the curves are of weighted people, as the comparison is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.attempts import Attempted
from trede.evaluation.estimate import CannotEstimate, Values
from trede.evaluation.event_times.kaplan_meier import (
    Curve,
    kaplan_meier,
    numbers_at_risk,
)
from trede.evaluation.event_times.outcomes import times_compared, times_in
from trede.evaluation.ladder.first_rise import SEEN_LATER
from trede.evaluation.running.asking import (
    FOLLOW_UP,
    Group,
    arms,
    generator,
    one_kind,
)
from trede.evaluation.running.configuration import Configuration, Outcome
from trede.evaluation.running.laying_out import People

# Days between the numbers under a curve, and how many numbers fit there.
STEPS = (7, 30, 91, 182, 365, 730)
MOST_NUMBERS = 8


@dataclass(frozen=True, slots=True)
class CurveShown:
    """Shapes: all as `days`; the limits are None where there are none."""

    days: tuple[int, ...]
    surviving: tuple[float, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class StillThere:
    """How many were followed up to and including that day."""

    day: int
    n: int


@dataclass(frozen=True, slots=True)
class Followed:
    """One time to an event in one group, as it is drawn."""

    outcome: str
    group: str
    n: int
    n_missing: int
    events: int
    horizon: int
    curve: CurveShown
    censored: tuple[int, ...]
    at_risk: tuple[StillThere, ...]


def times_of(
    people: People,
    configuration: Configuration,
    outcome: Outcome,
    group: Group,
    weights: Values | None = None,
) -> Attempted:
    """Every estimate of a time to an event in a group, or between two arms.

    Args:
        weights: shape (people,), of the people of two arms.

    Raises CannotEstimate when the headline cannot be given.
    """
    found = _times_of(people, configuration, outcome, group, weights)
    if not outcome.rise_on:
        return found
    seen = (replace(e, notes=(*e.notes, SEEN_LATER)) for e in found.estimates)
    return replace(found, estimates=tuple(seen))


def _times_of(
    people: People,
    configuration: Configuration,
    outcome: Outcome,
    group: Group,
    weights: Values | None,
) -> Attempted:
    days, event = followed_of(people, outcome.code, group)
    cluster = people.labels("cluster")[group.who] if people.has("cluster") else None
    if not group.compared:
        return times_in(days, event, cluster=cluster, horizon=configuration.horizon)
    return times_compared(
        days,
        event,
        arms(people)[group.who],
        rng=generator(configuration, outcome.code, group.of(FOLLOW_UP)),
        cluster=cluster,
        weights=None if weights is None else weights[group.who],
        horizon=configuration.horizon,
    )


def curves(
    people: People, configuration: Configuration, weights: Values | None = None
) -> Iterator[Followed]:
    """The curve of every time in every group of which there is one.

    Args:
        weights: shape (people,), of a survey; None when everybody counts once.
    """
    for outcome in people.outcomes:
        if outcome.type != "time":
            continue
        for group in one_kind(people, configuration.design):
            try:
                curve = _curve(people, outcome.code, group, weights)
            except CannotEstimate:
                # The same refusal stands beside the estimates of this group.
                continue
            until = configuration.horizon or int(curve.days[-1])
            yield _shown(curve, outcome.code, group.name, until)


def _curve(people: People, code: str, group: Group, weights: Values | None) -> Curve:
    days, event = followed_of(people, code, group)
    if weights is None:
        return kaplan_meier(days, event)
    counts = weights[group.who]
    # Who has no weight is not in the comparison either.
    return kaplan_meier(np.where(np.isnan(counts), np.nan, days), event, weights=counts)


def followed_of(people: People, code: str, group: Group) -> tuple[Values, Values]:
    """Days and event of the people of a group, each of shape (people of it,)."""
    return (
        people.numbers(f"{code}_days")[group.who],
        people.numbers(f"{code}_event")[group.who],
    )


def _shown(curve: Curve, outcome: str, group: str, horizon: int) -> Followed:
    """Up to and with the horizon: every figure of the report is about that time."""
    last = min(int(curve.days[-1]), horizon)
    step = next((one for one in STEPS if last // one < MOST_NUMBERS), STEPS[-1])
    numbers = numbers_at_risk(curve, range(0, last + 1, step))
    seen = curve.days <= horizon
    return Followed(
        outcome=outcome,
        group=group,
        n=curve.n,
        n_missing=curve.n_missing,
        events=int(curve.events[seen].sum()),
        horizon=horizon,
        curve=_until(curve, seen, last),
        censored=tuple(curve.days[seen & (curve.censored > 0)].tolist()),
        at_risk=tuple(StillThere(one.day, one.at_risk) for one in numbers),
    )


def _until(curve: Curve, seen: NDArray[np.bool_], last: int) -> CurveShown:
    """The days that were seen, and as last one that on which the looking stopped."""
    days, shares = curve.days[seen].tolist(), curve.survival[seen].tolist()
    low, high = (
        [None if np.isnan(one) else float(one) for one in limits[seen]]
        for limits in (curve.low, curve.high)
    )
    if not days:
        return CurveShown((last,), (1.0,), (None,), (None,))
    if days[-1] < last:
        for values in (days, shares, low, high):
            values.append(values[-1])
        days[-1] = last
    return CurveShown(tuple(days), tuple(shares), tuple(low), tuple(high))
