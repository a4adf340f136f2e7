"""With whom a coach is in contact, and of whom it has been quiet for too long.

Those whom the coach guides, and those who have closed and whom after-care is for. How
long it may be quiet depends on the phase. Nobody is called who is in a pause or has an
appointment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from trede.accounts.anybody import ANYBODY, it_is
from trede.accounts.models import Staff
from trede.desk.last_contact import LAST, midnight, with_last
from trede.formats.telephone import telephone_shown
from trede.inflow.models import Candidate
from trede.inflow.waiting_by_lot import add_months
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.together import Part
from trede.trajectories.caseload import guided_by
from trede.trajectories.clock import Clock, clock
from trede.trajectories.models import (
    Closing,
    Pause,
    Trajectory,
    TrajectoryQuerySet,
)
from trede.trajectories.phases import Phase, cared_for, phase_of, weeks_quiet
from trede.trajectories.treads import ladder_due
from trede.trajectories.weighing import Caseload, weight

# No window of a measurement is open still, of whoever closed before this.
CLOSED_LATELY = timedelta(days=731)


@dataclass(frozen=True)
class Guided:
    """A trajectory that the coach guides, with what the day is decided by."""

    trajectory: Trajectory
    clock: Clock
    rules: Rules
    contact_on: date | None
    ladder_on: date | None
    meets: bool

    @property
    def person(self) -> Person:
        return self.trajectory.person

    @property
    def candidate(self) -> Candidate:
        return self.trajectory.candidate

    @property
    def telephone(self) -> str:
        return telephone_shown(self.person.telephone)

    def runs_on(self, on: date) -> bool:
        closed_on = self.trajectory.closed_on
        return closed_on is None or closed_on > on

    def phase(self, on: date) -> Phase:
        return phase_of(self.clock, self.trajectory.closed_on, self.rules.limits, on)

    @property
    def ladder_due_on(self) -> date:
        months = self.rules.ladder.reassess_months
        return ladder_due(self.trajectory.started_on, self.ladder_on, months)

    def silence(self, on: date) -> "Silence | None":
        """Of whom no appointment is planned, and who is in no pause."""
        phase = self.phase(on)
        weeks = weeks_quiet(phase, self.rules.limits)
        began = self.trajectory.closed_on or self.trajectory.started_on
        since = max(self.contact_on or date.min, began)
        days = (on - since).days
        too_long = weeks is not None and days >= 7 * weeks
        if not too_long or self.meets or self.clock.stands_still:
            return None
        return Silence(self, since, days, phase)


@dataclass(frozen=True)
class Silence:
    """No contact for too long, as long as the phase allows."""

    guided: Guided
    since: date
    days: int
    phase: Phase


def guided(
    trajectory: Trajectory, pauses: list[Pause], rules: Rules, on: date
) -> Guided:
    """Of a trajectory that was fetched `with_last`."""
    contact_at = getattr(trajectory, "contact_at", None)
    return Guided(
        trajectory,
        clock(trajectory, pauses, on),
        rules,
        timezone.localdate(contact_at) if contact_at else None,
        getattr(trajectory, "ladder_on", None),
        bool(getattr(trajectory, "meets_at", None)),
    )


class InContact:
    """`parts` are to be asked before anything else."""

    def __init__(
        self, staff: Staff, pilot: Pilot, pilots: Iterable[Pilot], at: datetime
    ) -> None:
        self.on = timezone.localdate(at)
        self.known = {one.pk: one for one in (*pilots, pilot)}
        self.rules = rules_of(pilot, self.on)
        months = self.rules.limits.after_care_months or 0
        reasons = frozenset(cared_for(self.rules.reasons.closing))
        since = add_months(self.on, -months)
        who, cared = it_is(staff), (pilot, self.on, since, reasons)
        # Each apart: "one or the other" would look at every trajectory there is.
        self.guides = [_guided(self.on).about(who), _cared_for(*cared).about(who)]
        self.pauses = [
            _pauses_of_guided(self.on).about(who),
            _pauses_of_cared_for(*cared).about(who),
        ]
        self.parts: list[Part[Any]] = [*self.guides, *self.pauses]

    @cached_property
    def everybody(self) -> list[Guided]:
        pauses: dict[int, list[Pause]] = {}
        every = chain.from_iterable(one.found for one in self.pauses)
        for pause in sorted(every, key=attrgetter("from_on")):
            pauses.setdefault(pause.trajectory_id, []).append(pause)
        found = {one.pk: one for part in self.guides for one in part.found}
        return [self._of(one, pauses.get(pk, [])) for pk, one in found.items()]

    @cached_property
    def guided(self) -> list[Guided]:
        return [one for one in self.everybody if one.runs_on(self.on)]

    def load(self) -> Caseload:
        weights = (
            weight(one.clock, one.trajectory.closed_on, one.rules.limits, self.on)
            for one in self.everybody
        )
        return Caseload(len(self.guided), sum(weights))

    def silent(self) -> list[Silence]:
        """The longest first."""
        found = (one.silence(self.on) for one in self.everybody)
        return sorted((one for one in found if one), key=lambda one: -one.days)

    def _of(self, trajectory: Trajectory, pauses: list[Pause]) -> Guided:
        pilot = self.known.get(trajectory.pilot_id, trajectory.pilot)
        return guided(trajectory, pauses, rules_of(pilot, self.on), self.on)


def closed_of(staff: Staff, pilot: Pilot, on: date) -> TrajectoryQuerySet:
    """Of the pilot, and of whom a window may be open."""
    rows = Trajectory.objects.filter(
        pilot=pilot,
        closed_on__gte=on - CLOSED_LATELY,
        person__erased_at=None,
        person__responsibilities__staff=staff,
        person__responsibilities__ended_on=None,
    )
    return rows.order_by()


def _closed_and_cared_for(
    pilot: Pilot, on: date, since: date, reasons: frozenset[str]
) -> TrajectoryQuerySet:
    """Closed, and after-care lasts; who came back is guided again."""
    reached = Closing.objects.standing().filter(
        trajectory=OuterRef("pk"), reason__in=sorted(reasons)
    )
    newer = Trajectory.objects.running().filter(person=OuterRef("person"))
    rows = closed_of(ANYBODY, pilot, on).filter(Exists(reached), ~Exists(newer))
    return rows.filter(closed_on__gte=since)


@lru_cache
def _guided(on: date) -> Part[Trajectory]:
    return _in_contact(guided_by(ANYBODY, on), on)


@lru_cache
def _pauses_of_guided(on: date) -> Part[Pause]:
    return _pauses(guided_by(ANYBODY, on))


@lru_cache
def _cared_for(
    pilot: Pilot, on: date, since: date, reasons: frozenset[str]
) -> Part[Trajectory]:
    return _in_contact(_closed_and_cared_for(pilot, on, since, reasons), on)


@lru_cache
def _pauses_of_cared_for(
    pilot: Pilot, on: date, since: date, reasons: frozenset[str]
) -> Part[Pause]:
    return _pauses(_closed_and_cared_for(pilot, on, since, reasons))


def _in_contact(rows: TrajectoryQuerySet, on: date) -> Part[Trajectory]:
    joined = ("person", "candidate", "pilot")
    return Part(with_last(rows, midnight(on)), *joined, told=LAST)


def _pauses(rows: TrajectoryQuerySet) -> Part[Pause]:
    within = Pause.objects.standing().filter(trajectory__in=rows.values("pk"))
    return Part(within.order_by())
