"""Of whom something may be missing, told by the database: nobody else is judged.

Of the thousands who are in a trajectory or closed one, few lack anything. Here stands
what is necessary for it; `missing.py` judges whom this leaves, by the rules themselves.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from trede.desk.last_contact import midnight
from trede.inflow.waiting_by_lot import add_months
from trede.people.models import ConsentDecision, Purpose
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.pilots.study_rules import Due, Wave
from trede.questionnaires.models import Sitting
from trede.studies.due import pairs_of
from trede.studies.journeys import LEFT
from trede.trajectories.models import (
    Closing,
    Pause,
    Trajectory,
    TrajectoryQuerySet,
)
from trede.trajectories.phases import Phase, weeks_quiet

DAY = timedelta(days=1)
# The same day of a shorter month is at most so many days earlier.
SHORTER = timedelta(days=3)
LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


def runs_and_may_lack(
    rows: TrajectoryQuerySet, rules: Rules, on: date
) -> TrajectoryQuerySet:
    """Of rows `with_last`: the ladder may be due, a pause is without an end, or it may
    be quiet too long."""
    endless = Pause.objects.standing().filter(trajectory=OuterRef("pk"), until_on=None)
    judged_on = add_months(on, -rules.ladder.reassess_months) + SHORTER
    rows = rows.alias(last_tread=_or_never("ladder_on", LONG_AGO.date()))
    lacks = Q(last_tread__lte=judged_on) | Q(Exists(endless))
    phases = (Phase.MAIN, Phase.TAIL)
    weeks = [weeks_quiet(phase, rules.limits) for phase in phases]
    if known := [one for one in weeks if one is not None]:
        since = on - min(known) * timedelta(weeks=1)
        rows = rows.alias(spoken=_or_never("contact_at", LONG_AGO))
        silent = Q(spoken__lt=midnight(since + DAY))
        lacks |= silent & Q(meets_at=None, started_on__lte=since)
    return rows.filter(lacks)


def _or_never(told: str, never: date) -> Coalesce:
    """Asked once: "never, or long ago" would look for it twice."""
    return Coalesce(told, Value(never))


def closed_and_may_lack(
    rows: TrajectoryQuerySet, pilot: Pilot, rules: Rules, on: date
) -> TrajectoryQuerySet:
    """Who takes part in the study and did not finish a questionnaire of the closing,
    which was begun or was to come."""
    comes = _did_not_leave(rules)
    lacks = [_not_held(one, pilot, on, comes) for one in rules.waves if at_closing(one)]
    if not lacks:
        return rows.none()
    decisions = ConsentDecision.objects.filter(
        person=OuterRef("person"), pilot=pilot, purpose=Purpose.STUDY
    )
    newest = decisions.order_by("-at", "-pk").values("given")[:1]
    agreed = rows.alias(agreed=Subquery(newest)).filter(agreed=True)
    return agreed.filter(reduce(or_, lacks))


def _did_not_leave(rules: Rules) -> Q:
    """Whoever left the trajectory is asked nothing; it counts how the first closed."""
    reasons = [one.code for one in rules.reasons.closing if one.counts_as in LEFT]
    left = Closing.objects.standing().filter(
        trajectory=OuterRef("pk"), reason__in=reasons
    )
    first = Trajectory.objects.filter(
        person=OuterRef("person"),
        pilot=OuterRef("pilot"),
        started_on__lt=OuterRef("started_on"),
    )
    return ~_there_is(left) | _there_is(first)


def at_closing(wave: Wave) -> bool:
    """Of the person, or of the other of the pair."""
    return any(due.moment in ("closing", "partner_closing") for due in wave.due)


def _not_held(wave: Wave, pilot: Pilot, on: date, comes: Q) -> Q:
    sittings = Sitting.objects.filter(
        person=OuterRef("person"), pilot=pilot, wave=wave.code
    )
    finished = _there_is(sittings.filter(state=Sitting.State.FINISHED))
    begun = sittings.exclude(state=Sitting.State.PREPARED).filter(
        Q(finished_at=None) | Q(finished_at__gte=midnight(on + DAY))
    )
    asked = [*_asked(wave, pilot, on)]
    # An empty condition is one of everybody.
    if not all(asked):
        return ~finished & (_there_is(begun) | comes)
    return (_there_is(begun) | (reduce(or_, asked) & comes)) & ~finished


def _asked(wave: Wave, pilot: Pilot, on: date) -> Iterator[Q]:
    """For each time that it falls due, whom it can come for; empty is everybody."""
    retired_on = wave.retired_on if wave.retired_on and wave.retired_on <= on else None
    for due in wave.due:
        of_some = Q() if due.for_whom == "everyone" else _in_a_pair(pilot)
        yield of_some & (_before(due, pilot, retired_on) if retired_on else Q())


def _before(due: Due, pilot: Pilot, retired_on: date) -> Q:
    """Closed so long before it was retired that the window was over by then."""
    if due.moment != "closing":
        return Q()
    first = retired_on - due.closes_days * DAY
    closed = Trajectory.objects.filter(pilot=pilot, closed_on__lt=first)
    return _there_is(closed.filter(person=OuterRef("person")))


def _in_a_pair(pilot: Pilot) -> Q:
    who = OuterRef("person")
    return _there_is(pairs_of(pilot).filter(Q(one__person=who) | Q(other__person=who)))


def _there_is(rows: QuerySet[Any]) -> Q:
    """Not `Exists`: PostgreSQL would first look who of everybody has such a row."""
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))
