"""An appointment is planned, moved or cancelled, and stands again.

Decides which state may follow which. What came of it on its day: `appointment_day.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.contact.models import (
    Appointment,
    AppointmentTransition,
    ContactMoment,
    Occasion,
)
from trede.contact.overlapping import refuse_overlap
from trede.people.models import Person
from trede.pilots.circumstances import locations_on, period_on
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot

State = Appointment.State
SHORTEST, LONGEST = 5, 480
FURTHEST = timedelta(days=732)  # where the last of a series may be

STEPS: Mapping[State, frozenset[State]] = {
    State.PLANNED: frozenset(
        {State.HELD, State.NOT_THERE, State.MOVED, State.CANCELLED}
    ),
    # Back to planned: the contact was noted by mistake, or it goes on after all.
    State.HELD: frozenset({State.PLANNED}),
    State.NOT_THERE: frozenset({State.PLANNED}),
    State.CANCELLED: frozenset({State.PLANNED}),
    # A newer appointment stands in its place; that one can be moved again.
    State.MOVED: frozenset(),
}


@dataclass(frozen=True)
class Meeting:
    """When and where, and about what."""

    starts_at: datetime
    location: str
    about: str
    minutes: int = 60
    interpreter: str = ""
    occasion: Occasion = Occasion.GUIDANCE
    booked: bool = False

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


def plan(
    *,
    person: Person,
    pilot: Pilot,
    staff: Staff,
    starts_at: datetime,
    location: str,
    about: str,
    by: Actor,
    at: datetime,
    minutes: int = 60,
    interpreter: str = "",
    occasion: str = Occasion.GUIDANCE,
    booked: bool = False,
    overlap_ok: bool = False,
) -> Appointment:
    """Agree to meet. The same meeting twice (a double click) is one appointment.
    `booked`: the interpreter too."""
    meeting = Meeting(
        starts_at,
        location,
        about.strip(),
        minutes,
        interpreter,
        Occasion(occasion),
        booked,
    )
    with transaction.atomic():
        now = Person.objects.select_for_update().get(pk=person.pk)
        refuse_people(now, pilot, staff)
        refuse_meeting(pilot, meeting, at)
        same = Appointment.objects.filter(
            person=now, staff=staff, starts_at=starts_at, state=State.PLANNED
        ).first()
        if same:
            return same
        if not overlap_ok:
            refuse_overlap([meeting], person=now, staff=staff)
        appointment = write_down(now, pilot, staff, meeting, by, at)
        record("planned an appointment", by=by, at=at, on=appointment, persons=[now.pk])
    return appointment


def move(
    *,
    appointment: Appointment,
    starts_at: datetime,
    by: Actor,
    at: datetime,
    location: str = "",
    reason: str = "",
    overlap_ok: bool = False,
) -> Appointment:
    """Another time, perhaps another place; the new appointment is returned. Whoever
    interprets was booked for the old time, so must be booked again."""
    with transaction.atomic():
        now = locked(appointment)
        if now.moved_to_id and now.moved_to and now.moved_to.starts_at == starts_at:
            return now.moved_to
        meeting = Meeting(
            starts_at,
            location or now.location,
            now.about,
            now.minutes,
            now.interpreter,
            Occasion(now.occasion),
        )
        refuse_people(now.person, now.pilot, now.staff)
        refuse_meeting(now.pilot, meeting, at)
        if not overlap_ok:
            refuse_overlap([meeting], person=now.person, staff=now.staff, but=now)
        step_to(now, State.MOVED, by, at, reason=reason)
        new = write_down(
            now.person, now.pilot, now.staff, meeting, by, at, series=now.series
        )
        now.moved_to = new
        now.save(update_fields=["moved_to"])
        record("moved an appointment", by=by, at=at, on=now, persons=[now.person_id])
    return new


def cancel(
    *, appointment: Appointment, by: Actor, at: datetime, reason: str = ""
) -> None:
    with transaction.atomic():
        now = locked(appointment)
        if now.state == State.CANCELLED:
            return
        step_to(now, State.CANCELLED, by, at, reason=reason)
        record(
            "cancelled an appointment", by=by, at=at, on=now, persons=[now.person_id]
        )


def book_interpreter(
    *, appointment: Appointment, booked: bool, by: Actor, at: datetime
) -> None:
    """Somebody is found who interprets, or not any more. Twice is once."""
    with transaction.atomic():
        now = locked(appointment)
        if not now.interpreter:
            raise Refused(_("No interpreter is needed at this appointment."))
        if booked == (now.interpreter_booked_at is not None):
            return
        now.interpreter_booked_at = at if booked else None
        now.save(update_fields=["interpreter_booked_at"])
        record(
            "booked an interpreter" if booked else "took back booking an interpreter",
            by=by,
            at=at,
            on=now,
            persons=[now.person_id],
        )


def reinstate(*, appointment: Appointment, by: Actor, at: datetime) -> None:
    """It was cancelled by mistake, or goes on after all. The person takes back what
    they called off themselves, as long as nobody else has that moment."""
    with transaction.atomic():
        now = locked(appointment)
        if now.state == State.PLANNED:
            return
        if now.state != State.CANCELLED:
            raise Refused(_("Take back the contact that was noted instead."))
        if by.staff is None:
            if now.transitions.latest("at", "pk").by != by.name:
                raise Refused(_("This appointment does not stand any more."))
            refuse_overlap([now], person=now.person, staff=now.staff)
        step_to(now, State.PLANNED, by, at)
        record(
            "let an appointment go on after all",
            by=by,
            at=at,
            on=now,
            persons=[now.person_id],
        )


def write_down(
    person: Person,
    pilot: Pilot,
    staff: Staff,
    meeting: Meeting,
    by: Actor,
    at: datetime,
    *,
    series: UUID | None = None,
) -> Appointment:
    appointment = Appointment.objects.create(
        person=person,
        pilot=pilot,
        staff=staff,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        location=meeting.location,
        about=meeting.about,
        occasion=meeting.occasion,
        interpreter=meeting.interpreter,
        interpreter_booked_at=at if meeting.interpreter and meeting.booked else None,
        series=series,
        planned_at=at,
        state=State.PLANNED,
        state_since=at,
    )
    AppointmentTransition.objects.create(
        appointment=appointment, state=State.PLANNED, at=at, by=by.name
    )
    return appointment


def locked(appointment: Appointment) -> Appointment:
    rows = Appointment.objects.select_for_update(of=("self",))
    return rows.select_related("person", "pilot", "staff").get(pk=appointment.pk)


def step_to(
    appointment: Appointment,
    to: State,
    by: Actor,
    at: datetime,
    *,
    reason: str = "",
    moment: ContactMoment | None = None,
) -> None:
    before = State(appointment.state)
    if to not in STEPS[before]:
        raise Refused(
            _("This appointment is “%(state)s” already. Look at the page again.")
            % {"state": before.label}
        )
    AppointmentTransition.objects.create(
        appointment=appointment,
        state=to,
        before=before,
        at=at,
        by=by.name,
        reason=reason.strip(),
        moment=moment,
    )
    appointment.state, appointment.state_since = to, at
    appointment.save(update_fields=["state", "state_since"])


def refuse_people(person: Person, pilot: Pilot, staff: Staff) -> None:
    if person.merged_into_id or person.erased_at:
        raise Refused(_("This person's record was closed. Look the person up."))
    towns = {person.municipality_id, pilot.municipality_id, staff.municipality_id}
    if len(towns) > 1 or not staff.is_active:
        raise Refused(_("Choose a colleague who works in this municipality."), "staff")


def refuse_meeting(pilot: Pilot, meeting: Meeting, at: datetime) -> None:
    if meeting.starts_at <= at:
        raise Refused(
            _("This moment is over. Note the conversation as a contact instead."),
            "starts_on",
        )
    if meeting.starts_at - at > FURTHEST:
        raise Refused(
            _("This is more than two years ahead. Choose an earlier day."), "starts_on"
        )
    if not meeting.about:
        raise Refused(_("Say in a few words what it is about."), "about")
    if not SHORTEST <= meeting.minutes <= LONGEST:
        raise Refused(_("Choose between 5 minutes and 8 hours."), "minutes")
    if not meeting.location.strip():
        raise Refused(_("Say where you will meet."), "location")
    rules = rules_of(pilot, timezone.localdate(meeting.starts_at))
    known = {each.code for each in rules.locations}
    day = timezone.localdate(meeting.starts_at)
    if meeting.location in known - {each.code for each in locations_on(rules, day)}:
        raise Refused(
            _("This place is closed on that day (%(period)s). Choose another place.")
            % {"period": period_on(rules, day).label},
            "location",
        )
