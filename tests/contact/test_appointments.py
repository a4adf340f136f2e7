"""An appointment follows one table of steps, and nothing of it is lost."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import AT, Cast
from tests.contact.making import a_person, a_pilot
from trede.accounts.refusing import Refused
from trede.contact.appointment_day import hold, not_there
from trede.contact.appointments import (
    STEPS,
    cancel,
    move,
    plan,
    reinstate,
)
from trede.contact.models import Appointment, ContactMoment
from trede.contact.recording import undo_contact

SOON = AT + timedelta(days=2)


@pytest.fixture
def given(cast: Cast) -> dict[str, object]:
    return {
        "person": a_person(cast),
        "pilot": a_pilot(cast),
        "staff": cast.sanne,
        "starts_at": SOON,
        "location": "walk",
        "about": "Kennismaken",
        "by": cast.by("sanne"),
        "at": AT,
    }


def test_every_state_has_its_steps():
    assert set(STEPS) == set(Appointment.State)


def test_holding_notes_the_contact_at_the_time_that_was_agreed(cast, given):
    appointment = plan(**given)
    later = SOON + timedelta(hours=3)
    moment = hold(
        appointment=appointment, by=cast.by("sanne"), at=later, submission=uuid4()
    )
    assert (moment.channel, moment.outcome, moment.at) == ("walk", "spoke", SOON)
    appointment.refresh_from_db()
    assert appointment.state == "held"


def test_not_coming_is_noted_and_the_next_appointment_is_simply_planned(cast, given):
    appointment = plan(**given)
    later = SOON + timedelta(hours=1)
    moment = not_there(
        appointment=appointment, by=cast.by("sanne"), at=later, submission=uuid4()
    )
    assert moment.outcome == "not_there"
    again = {**given, "starts_at": later + timedelta(days=7), "at": later}
    assert plan(**again).state == "planned"


def test_taking_the_contact_back_makes_the_appointment_stand_again(cast, given):
    appointment = plan(**given)
    noted = {"by": cast.by("sanne"), "at": SOON}
    moment = hold(appointment=appointment, submission=uuid4(), **noted)
    undo_contact(moment=moment, **noted)
    appointment.refresh_from_db()
    assert appointment.state == "planned"
    states = [step.state for step in appointment.transitions.all()]
    assert states == ["planned", "held", "planned"]
    second = not_there(appointment=appointment, submission=uuid4(), **noted)
    assert second.outcome == "not_there"


def test_a_double_click_holds_once(cast, given):
    appointment = plan(**given)
    for _twice in range(2):
        hold(appointment=appointment, by=cast.by("sanne"), at=SOON, submission=uuid4())
    assert ContactMoment.objects.count() == 1


def test_planning_twice_is_one_appointment(given):
    assert plan(**given) == plan(**given)


def test_two_colleagues_cannot_hold_and_miss_the_same_appointment(cast, given):
    appointment = plan(**given)
    hold(appointment=appointment, by=cast.by("sanne"), at=SOON, submission=uuid4())
    with pytest.raises(Refused, match="already"):
        not_there(
            appointment=appointment, by=cast.by("willem"), at=SOON, submission=uuid4()
        )
    assert ContactMoment.objects.count() == 1


def test_moving_leaves_the_old_one_and_makes_a_new_one(cast, given):
    appointment = plan(**given)
    other = SOON + timedelta(days=1)
    new = move(appointment=appointment, starts_at=other, by=cast.by("sanne"), at=AT)
    appointment.refresh_from_db()
    assert (appointment.state, appointment.moved_to) == ("moved", new)
    assert (new.state, new.starts_at, new.about) == ("planned", other, "Kennismaken")
    again = move(appointment=appointment, starts_at=other, by=cast.by("sanne"), at=AT)
    assert again == new


def test_what_was_cancelled_can_go_on_after_all(cast, given):
    appointment, done = plan(**given), {"by": cast.by("sanne"), "at": AT}
    cancel(appointment=appointment, **done)
    with pytest.raises(Refused, match="cancelled"):
        move(appointment=appointment, starts_at=SOON, **done)
    reinstate(appointment=appointment, **done)
    appointment.refresh_from_db()
    assert appointment.state == "planned"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"starts_at": AT - timedelta(hours=1)}, "is over"),
        ({"starts_at": AT.replace(year=9999)}, "two years ahead"),
        ({"about": "  "}, "what it is about"),
        ({"location": ""}, "where you will meet"),
        ({"minutes": 0}, "5 minutes"),
    ],
)
def test_half_an_appointment_is_refused_in_plain_words(wrong, says, given):
    with pytest.raises(Refused, match=says):
        plan(**{**given, **wrong})


def test_a_place_that_is_closed_in_the_lockdown_is_refused(given):
    closed = {"starts_at": AT.replace(month=4), "location": "city_office"}
    with pytest.raises(Refused, match="closed on that day"):
        plan(**{**given, **closed})


def test_a_coach_of_another_municipality_is_refused(cast, given):
    with pytest.raises(Refused, match="works in this municipality"):
        plan(**{**given, "staff": cast.noor})


def test_an_appointment_of_next_week_cannot_be_held_today(cast, given):
    with pytest.raises(Refused, match="not come yet"):
        hold(appointment=plan(**given), by=cast.by("sanne"), at=AT, submission=uuid4())
