"""A coach sees what people changed themselves, and nothing of a colleague's."""

from datetime import timedelta

import pytest
import time_machine

from tests.cast import Cast
from tests.desk.making import make_story
from tests.inflow.reaching_out import browser
from tests.trajectories.making import AFTER, make_pilot
from trede.accounts.acting import Actor, person_actor
from trede.contact.appointments import book_interpreter, cancel, move, reinstate
from trede.contact.models import Appointment
from trede.desk.changed_by_person import own_changes

NOW = AFTER + timedelta(days=3)
MISSED = "tolk nog niet geboekt"
BEFORE = AFTER + timedelta(days=2)


@pytest.fixture
def agreed(cast: Cast) -> Appointment:
    pilot = make_pilot(cast)
    cast.sign_in_with_a_password()
    return make_story(cast, pilot).person.appointments.get()


@pytest.fixture
def by(agreed: Appointment) -> Actor:
    return person_actor(agreed.person_id, agreed.person.municipality_id)


def test_what_was_moved_stands_on_the_day_with_the_new_time(cast, agreed, by):
    later = agreed.starts_at + timedelta(days=1)
    new = move(appointment=agreed, starts_at=later, by=by, at=BEFORE)
    (change,) = own_changes(cast.sanne, NOW)
    assert (change, change.moved_to) == (agreed, new)
    with time_machine.travel(NOW, tick=False):
        page = browser(cast.sanne).get("/").content.decode()
    assert "Zelf veranderd" in page
    assert f"{later:%d-%m-%Y}" in page


def test_an_interpreter_who_is_not_booked_for_the_new_time_is_missed(cast, agreed, by):
    agreed.interpreter = "Tigrinya"
    agreed.interpreter_booked_at = BEFORE
    agreed.save()
    later = agreed.starts_at + timedelta(days=1)
    new = move(appointment=agreed, starts_at=later, by=by, at=BEFORE)
    with time_machine.travel(NOW, tick=False):
        assert MISSED in browser(cast.sanne).get("/").content.decode()
        book_interpreter(appointment=new, booked=True, by=cast.by("sanne"), at=NOW)
        page = browser(cast.sanne).get("/").content.decode()
    assert "Zelf veranderd" in page
    assert MISSED not in page


def test_what_is_off_is_news_until_it_goes_on_after_all(cast, agreed, by):
    cancel(appointment=agreed, by=by, at=BEFORE)
    assert [one.moved_to for one in own_changes(cast.sanne, NOW)] == [None]
    reinstate(appointment=agreed, by=by, at=NOW)
    assert not own_changes(cast.sanne, NOW)


def test_what_the_coach_did_or_is_long_ago_or_a_colleagues_is_no_news(cast, agreed, by):
    cancel(appointment=agreed, by=cast.by("sanne"), at=BEFORE)
    assert not own_changes(cast.sanne, NOW)
    reinstate(appointment=agreed, by=cast.by("sanne"), at=BEFORE)
    cancel(appointment=agreed, by=by, at=BEFORE)
    assert not own_changes(cast.willem, NOW)
    assert not own_changes(cast.sanne, BEFORE + timedelta(days=8))
