"""Two clicks, or two coaches, in one moment: a contact and an appointment."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from tests.at_once import at_once, refusals, several
from tests.cast import AT, Cast
from tests.contact.making import a_person, a_pilot, note_call
from trede.contact import appointment_day, appointments
from trede.contact.models import Appointment, ContactMoment
from trede.contact.recording import undo_contact
from trede.pilots.models import Pilot

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return a_pilot(cast)


def planned(cast: Cast, pilot: Pilot) -> Appointment:
    return appointments.plan(
        person=a_person(cast, coach="sanne"),
        pilot=pilot,
        staff=cast.sanne,
        starts_at=AT + HOUR,
        location="Wijkcentrum",
        about="Kennismaken",
        by=cast.by("sanne"),
        at=AT,
    )


def test_one_click_that_arrives_several_times_is_one_contact(cast: Cast, pilot: Pilot):
    person, submission = a_person(cast, coach="sanne"), uuid4()
    gave = several(lambda: note_call(cast, person, pilot, submission=submission))
    assert ContactMoment.objects.get() in gave
    assert len({one.pk for one in gave if isinstance(one, ContactMoment)}) == 1
    assert not refusals(gave)


def test_two_colleagues_who_note_the_same_call_are_told_of_each_other(
    cast: Cast, pilot: Pilot
):
    person = a_person(cast, coach="sanne")
    results = at_once(
        *(
            partial(
                note_call,
                cast,
                person,
                pilot,
                by=name,
                at=AT + timedelta(minutes=1),
                seen_until=AT,
            )
            for name in ("sanne", "willem")
        )
    )
    assert len(refusals(results)) == 1
    assert ContactMoment.objects.count() == 1


def test_a_contact_is_taken_back_once(cast: Cast, pilot: Pilot):
    moment = note_call(cast, a_person(cast, coach="sanne"), pilot)
    results = several(
        lambda: undo_contact(moment=moment, by=cast.by("sanne"), at=AT + HOUR)
    )
    assert not refusals(results)
    assert ContactMoment.objects.filter(reverses=moment).count() == 1


def test_an_appointment_cannot_have_been_held_and_missed(cast: Cast, pilot: Pilot):
    appointment = planned(cast, pilot)
    given = {"appointment": appointment, "by": cast.by("sanne"), "at": AT + 2 * HOUR}
    results = at_once(
        lambda: appointment_day.hold(submission=uuid4(), **given),
        lambda: appointment_day.not_there(submission=uuid4(), **given),
    )
    assert len(refusals(results)) == 1
    assert ContactMoment.objects.count() == 1
    appointment.refresh_from_db()
    assert appointment.transitions.latest("pk").state == appointment.state


def test_an_appointment_that_two_coaches_move_goes_to_one_moment(
    cast: Cast, pilot: Pilot
):
    appointment = planned(cast, pilot)
    results = at_once(
        *(
            partial(
                appointments.move,
                appointment=appointment,
                starts_at=AT + timedelta(days=days),
                by=cast.by(name),
                at=AT,
            )
            for days, name in ((1, "sanne"), (2, "willem"))
        )
    )
    assert len(refusals(results)) == 1
    standing = Appointment.objects.get(state=Appointment.State.PLANNED)
    appointment.refresh_from_db()
    assert appointment.moved_to == standing


def test_an_appointment_that_is_moved_and_cancelled_at_once_is_one_of_the_two(
    cast: Cast, pilot: Pilot
):
    appointment = planned(cast, pilot)
    given = {"appointment": appointment, "by": cast.by("sanne"), "at": AT}
    at_once(
        lambda: appointments.move(starts_at=AT + timedelta(days=1), **given),
        lambda: appointments.cancel(**given),
    )
    appointment.refresh_from_db()
    left = Appointment.objects.filter(state=Appointment.State.PLANNED).count()
    moved = appointment.state == Appointment.State.MOVED
    assert left == (1 if moved else 0)
