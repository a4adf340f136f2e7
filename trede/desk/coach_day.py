"""The day of a coach: whom to meet, whom to call, and what falls due soon.

Due is what the pilot's file says: so many weeks without contact, so many weeks before
the months are over, so many months since the ladder was decided on. Nobody is called
who is in a pause or has an appointment.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import chain
from operator import attrgetter

from django.db.models import (
    Exists,
    OuterRef,
    QuerySet,
)
from django.utils import timezone

from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.contact.models import (
    Appointment,
    AppointmentTransition,
    ContactMoment,
)
from trede.desk.last_contact import LAST, midnight, with_last
from trede.inflow.models import Candidate
from trede.inflow.waiting_by_lot import add_months
from trede.inflow.waiting_lines import TODAY, Asked, FirstDue, WaitingLines
from trede.partners.models import Placement
from trede.partners.placing import reviews_due
from trede.people.details import telephone_shown
from trede.people.models import Person, PersonsQuerySet
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.pilots.study_rules import Wave
from trede.questionnaires.models import Sitting
from trede.questionnaires.typing_in import asked_of
from trede.studies.opening import may_be_opened
from trede.studies.scheduling import DUE, schedule
from trede.together import Part, ask
from trede.trajectories.caseload import guided_by
from trede.trajectories.clock import Clock, clock
from trede.trajectories.models import (
    Closing,
    HandOver,
    Pause,
    Trajectory,
    TrajectoryQuerySet,
)
from trede.trajectories.phases import Phase, cared_for, phase_of, weeks_quiet

SOON = timedelta(days=30)
# No window of a measurement is open still, of whoever closed before this.
CLOSED_LATELY = timedelta(days=731)
CALLS_SHOWN = 8
HAND_OVER_NEW = timedelta(days=14)
WEEKEND = (5, 6)
State = Appointment.State


@dataclass(frozen=True)
class Meeting:
    """`noted` is the contact that was noted with it, to be taken back."""

    appointment: Appointment
    telephone: str
    noted: ContactMoment | None


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
        if self.ladder_on is None:
            return self.trajectory.started_on
        return add_months(self.ladder_on, self.rules.ladder.reassess_months)

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


@dataclass(frozen=True)
class Due:
    """`kind` is months, ladder, evaluation (of a wave of the study) or trial (of a
    placement, which needs no trajectory any more)."""

    kind: str
    on: date
    days: int
    person: Person
    trajectory: Trajectory | None = None
    wave: Wave | None = None
    placement: Placement | None = None


@dataclass(frozen=True)
class WeekDay:
    on: date
    moments: list[datetime]
    current: bool
    past: bool


@dataclass(frozen=True)
class CoachDay:
    meetings: list[Meeting]
    silent: list[Silence]
    calls: FirstDue
    due: list[Due]
    guided: int
    low: int
    high: int
    week: list[WeekDay]
    week_to_come: bool
    hand_overs: list[HandOver]
    to_type: list[Sitting]

    @property
    def to_call(self) -> int:
        return len(self.silent) + self.calls.count

    @property
    def places(self) -> int:
        return max(0, self.high - self.guided)

    @property
    def persons(self) -> tuple[int, ...]:
        return (
            *(one.appointment.person_id for one in self.meetings),
            *(one.guided.person.pk for one in self.silent),
            *(one.candidate.person_id for one in self.calls.lines),
            *(one.person.pk for one in self.due),
            *(one.trajectory.person_id for one in self.hand_overs),
        )


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


def coach_day(staff: Staff, pilot: Pilot, at: datetime) -> CoachDay:
    return _Making(staff, pilot, at).day()


class _Making:
    def __init__(self, staff: Staff, pilot: Pilot, at: datetime) -> None:
        self.staff, self.pilot, self.at = staff, pilot, at
        self.on = timezone.localdate(at)
        self.rules = rules_of(pilot, self.on)
        # Each apart: "one or the other" would look at every trajectory there is.
        whom = [guided_by(staff, self.on), self._cared_for()]
        joined = ("person", "candidate", "pilot")
        self.guides = [Part(with_last(one, at), *joined, told=LAST) for one in whom]
        standing = Pause.objects.standing().order_by()
        self.pauses = [
            Part(standing.filter(trajectory__in=one.values("pk"))) for one in whom
        ]
        self.met = Part(self._week_of_appointments(), "person", "pilot")
        self.noted = Part(self._steps_of_today(), "moment")
        self.handed = Part(
            self._handed_over(), "trajectory", "trajectory__person", "giver"
        )
        self.closed = Part(self._closed())
        self.typing = Part(asked_of(staff).order_by(), "person")
        ask(
            *self.guides,
            *self.pauses,
            self.met,
            self.noted,
            self.handed,
            self.closed,
            self.typing,
        )

    def day(self) -> CoachDay:
        lines = WaitingLines(Asked(self.pilot, TODAY), self.staff, Reach.OWN, self.on)
        return CoachDay(
            meetings=[*self._meetings()],
            silent=sorted(self._silent(), key=lambda one: -one.days),
            calls=lines.first_due(CALLS_SHOWN),
            due=sorted(self._due(), key=lambda one: (one.on, one.person.pk)),
            guided=len(self.guided),
            low=self.rules.limits.caseload_from,
            high=self.rules.limits.caseload_to,
            week=[*self._week()],
            week_to_come=self.on.weekday() in WEEKEND,
            hand_overs=sorted(
                self.handed.found, key=attrgetter("recorded_at"), reverse=True
            ),
            to_type=sorted(self.typing.found, key=attrgetter("prepared_at", "pk")),
        )

    @cached_property
    def appointments(self) -> list[Appointment]:
        return sorted(self.met.found, key=attrgetter("starts_at", "pk"))

    def _week_of_appointments(self) -> PersonsQuerySet[Appointment]:
        """Those that stand or were noted."""
        rows = Appointment.objects.visible_to(self.staff, Reach.OWN).filter(
            staff=self.staff,
            starts_at__gte=midnight(self.first_day),
            starts_at__lt=midnight(self.first_day + timedelta(days=7)),
            state__in=(State.PLANNED, State.HELD, State.NOT_THERE),
        )
        return rows.order_by()

    def _meetings(self) -> Iterator[Meeting]:
        today = [one for one in self.appointments if self._day(one) == self.on]
        steps = sorted(self.noted.found, key=attrgetter("at", "pk"))
        noted = {one.appointment_id: one.moment for one in steps}
        for one in today:
            number = telephone_shown(one.person.telephone)
            yield Meeting(one, number, noted.get(one.pk))

    def _steps_of_today(self) -> QuerySet[AppointmentTransition]:
        """With the contact that was noted and not taken back."""
        begins = midnight(self.on)
        steps = AppointmentTransition.objects.filter(
            appointment__staff=self.staff,
            appointment__starts_at__gte=begins,
            appointment__starts_at__lt=begins + timedelta(days=1),
            moment__isnull=False,
            moment__reversal=None,
        )
        return steps.exclude(appointment__state=State.PLANNED).order_by()

    @property
    def first_day(self) -> date:
        """This Monday; in a weekend today, so that the coming week is in sight."""
        past = timedelta(days=self.on.weekday())
        return self.on if self.on.weekday() in WEEKEND else self.on - past

    def _week(self) -> Iterator[WeekDay]:
        for n in range(7):
            day = self.first_day + timedelta(days=n)
            mine = [one for one in self.appointments if self._day(one) == day]
            if mine or day.weekday() not in WEEKEND:
                moments = [timezone.localtime(one.starts_at) for one in mine]
                yield WeekDay(day, moments, day == self.on, day < self.on)

    def _day(self, appointment: Appointment) -> date:
        return timezone.localdate(appointment.starts_at)

    @cached_property
    def guided(self) -> list[Guided]:
        return [one for one in self.in_contact if one.runs_on(self.on)]

    @cached_property
    def in_contact(self) -> list[Guided]:
        """Whom the coach guides, and whom after-care is for."""
        pauses: dict[int, list[Pause]] = {}
        every = chain.from_iterable(one.found for one in self.pauses)
        for pause in sorted(every, key=attrgetter("from_on")):
            pauses.setdefault(pause.trajectory_id, []).append(pause)
        found = {one.pk: one for part in self.guides for one in part.found}
        return [self._guided(one, pauses.get(pk, [])) for pk, one in found.items()]

    def _cared_for(self) -> TrajectoryQuerySet:
        """Closed, and after-care lasts; who came back is guided again."""
        months = self.rules.limits.after_care_months or 0
        reached = Closing.objects.standing().filter(
            trajectory=OuterRef("pk"), reason__in=cared_for(self.rules.reasons.closing)
        )
        newer = Trajectory.objects.running().filter(person=OuterRef("person"))
        since = add_months(self.on, -months)
        rows = self._closed().filter(Exists(reached), ~Exists(newer))
        return rows.filter(closed_on__gte=since)

    def _guided(self, trajectory: Trajectory, pauses: list[Pause]) -> Guided:
        same = trajectory.pilot_id == self.pilot.pk
        rules = self.rules if same else rules_of(trajectory.pilot, self.on)
        return guided(trajectory, pauses, rules, self.on)

    def _silent(self) -> Iterator[Silence]:
        found = (one.silence(self.on) for one in self.in_contact)
        return (one for one in found if one)

    def _due(self) -> Iterator[Due]:
        for one in self.guided:
            yield from self._months(one)
            yield from self._ladder(one)
        yield from self._evaluations()
        for placement in reviews_due(self.staff, self.on):
            on, person = placement.review_on or self.on, placement.onward.person
            days = (on - self.on).days
            yield Due("trial", on, days, person, placement=placement)

    def _months(self, one: Guided) -> Iterator[Due]:
        ends_on = one.clock.ends_on
        weeks = timedelta(weeks=one.rules.limits.warn_weeks_before_end)
        if ends_on and ends_on <= self.on + weeks:
            yield self._falls("months", ends_on, one.trajectory)

    def _ladder(self, one: Guided) -> Iterator[Due]:
        due_on = one.ladder_due_on
        if due_on <= self.on + SOON and not one.clock.stands_still:
            yield self._falls("ladder", due_on, one.trajectory)

    def _evaluations(self) -> Iterator[Due]:
        """Of who has closed: what is due by the schedule of the study."""
        # The first of who came back comes last: the study follows that one.
        newest = attrgetter("closed_on", "pk")
        in_order = sorted(self.closed.found, key=newest, reverse=True)
        closed = {one.person_id: one.pk for one in in_order}
        if not closed:
            return
        due = [
            one
            for one in schedule(self.pilot, self.on, closed.keys())
            if one.person_id in closed and one.state in DUE and may_be_opened(one)
        ]
        numbers = [closed[one.person_id] for one in due]
        known = Trajectory.objects.select_related("person").in_bulk(numbers)
        for one in due:
            if one.window and one.held is None:
                trajectory = known[closed[one.person_id]]
                falls = self._falls("evaluation", one.window.closes_on, trajectory)
                yield replace(falls, wave=one.wave)

    def _closed(self) -> TrajectoryQuerySet:
        rows = Trajectory.objects.filter(
            pilot=self.pilot,
            closed_on__gte=self.on - CLOSED_LATELY,
            person__responsibilities__staff=self.staff,
            person__responsibilities__ended_on=None,
        )
        return rows.order_by()

    def _falls(self, kind: str, on: date, trajectory: Trajectory) -> Due:
        return Due(kind, on, (on - self.on).days, trajectory.person, trajectory)

    def _handed_over(self) -> QuerySet[HandOver]:
        rows = HandOver.objects.visible_to(self.staff, Reach.OWN).filter(
            receiver=self.staff, recorded_at__gte=self.at - HAND_OVER_NEW
        )
        return rows.order_by()
