"""The person moves or cancels an appointment by their own link, unasked why."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.cast import AT, Cast
from tests.contact.making import a_person, a_pilot
from trede.contact.appointments import cancel, plan
from trede.contact.free_moments import free_moments
from trede.contact.links import make_link
from trede.contact.models import Appointment, AppointmentTransition
from trede.people.models import Person
from trede.pilots.models import Pilot


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return a_pilot(cast)


@pytest.fixture
def person(cast: Cast) -> Person:
    return a_person(cast, coach="sanne")


@pytest.fixture
def agreed(cast: Cast, pilot: Pilot, person: Person) -> Appointment:
    return meet(cast, pilot, person)


def meet(cast: Cast, pilot: Pilot, person: Person, days: int = 3, **more: object):
    return plan(
        person=person,
        pilot=pilot,
        staff=cast.sanne,
        starts_at=AT + timedelta(days=days),
        location="De Haven",
        about="Over schulden",
        by=cast.by("sanne"),
        at=AT,
        **more,
    )


def link(cast: Cast, pilot: Pilot, person: Person, purpose: str = "appointment") -> str:
    token = make_link(
        person=person,
        pilot=pilot,
        purpose=purpose,
        days=30,
        by=cast.by("sanne"),
        at=AT,
    )
    return f"/contact/mijn-afspraak/{token}/"


@pytest.fixture
def url(cast: Cast, pilot: Pilot, person: Person) -> str:
    return link(cast, pilot, person)


def test_the_page_tells_when_and_where_and_not_about_what(url, agreed):
    page = Client().get(url).content.decode()
    assert "donderdag 13 februari 2020 om 10.00 uur" in page
    assert "De Haven" in page
    assert "schulden" not in page
    assert "Safi" not in page


def test_a_moment_that_is_chosen_becomes_the_appointment(url, agreed, person):
    move = f"{url}{agreed.pk}/andere-tijd/"
    free = free_moments(agreed, AT)
    page = Client().get(move).content.decode()
    assert page.count('type="radio"') == len(free) > 3
    answer = Client().post(move, {"starts_at": free[1].isoformat()}, follow=True)
    assert "Uw afspraak is verzet" in answer.content.decode()
    new = person.appointments.get(state="planned")
    assert new.starts_at == free[1]
    step = AppointmentTransition.objects.get(appointment=agreed, state="moved")
    assert (step.by, step.reason) == (f"person:{person.pk}", "")


def test_only_what_was_offered_can_be_chosen(url, agreed):
    move = f"{url}{agreed.pk}/andere-tijd/"
    midnight = (AT + timedelta(days=4, hours=14)).isoformat()
    for typed in ({}, {"starts_at": "x"}, {"starts_at": midnight}):
        assert "verzet" not in Client().post(move, typed, follow=True).content.decode()
    assert Appointment.objects.get().state == "planned"


def test_a_moment_that_was_taken_meanwhile_is_not_given_away(
    cast, pilot, url, agreed, person
):
    moment = free_moments(agreed, AT)[0]
    meet(cast, pilot, a_person(cast, "Demir", coach="sanne"), days=1)
    plan(
        person=a_person(cast, "Noori", coach="sanne"),
        pilot=pilot,
        staff=cast.sanne,
        starts_at=moment,
        location="De Haven",
        about="x",
        by=cast.by("sanne"),
        at=AT,
    )
    answer = Client().post(
        f"{url}{agreed.pk}/andere-tijd/", {"starts_at": moment.isoformat()}
    )
    assert "net bezet" in answer.content.decode()
    assert person.appointments.get().state == "planned"


def test_cancelling_asks_nothing_and_can_be_taken_back(url, agreed):
    off = f"{url}{agreed.pk}/afzeggen/"
    page = Client().post(off, follow=True).content.decode()
    assert "gaat niet door" in page
    assert "Ik kom toch" in page
    agreed.refresh_from_db()
    assert agreed.state == "cancelled"
    Client().post(off, {"toch": "1"})
    agreed.refresh_from_db()
    assert agreed.state == "planned"


def test_nobody_elses_appointment_opens_with_it(cast, pilot, url):
    other = meet(cast, pilot, a_person(cast, "Demir", coach="sanne"))
    assert Client().post(f"{url}{other.pk}/afzeggen/").status_code == 404
    assert Client().get(f"{url}{other.pk}/andere-tijd/").status_code == 404
    other.refresh_from_db()
    assert other.state == "planned"


def test_the_link_of_the_plan_opens_it_and_that_of_an_invitation_does_not(
    cast, pilot, person
):
    assert Client().get(link(cast, pilot, person, "plan")).status_code == 200
    assert Client().get(link(cast, pilot, person, "invitation")).status_code == 410


def test_free_moments_are_working_hours_of_nobodys_other_meeting(cast, agreed):
    free = free_moments(agreed, AT)
    days = {timezone.localdate(one) for one in free}
    assert all(day.weekday() < 5 for day in days)
    assert min(days) >= (AT + timedelta(days=2)).date()
    assert agreed.starts_at not in free
    assert free == sorted(set(free))


def test_what_the_coach_called_off_does_not_come_back_by_the_link(cast, url, agreed):
    cancel(appointment=agreed, by=cast.by("sanne"), at=AT)
    Client().post(f"{url}{agreed.pk}/afzeggen/", {"toch": "1"})
    agreed.refresh_from_db()
    assert agreed.state == "cancelled"


def test_coming_after_all_takes_no_moment_that_somebody_else_has_by_now(
    cast, pilot, url, agreed
):
    off = f"{url}{agreed.pk}/afzeggen/"
    Client().post(off)
    meet(cast, pilot, a_person(cast, "Demir", coach="sanne"))
    page = Client().post(off, {"toch": "1"}, follow=True).content.decode()
    assert "net bezet" in page
    agreed.refresh_from_db()
    assert agreed.state == "cancelled"


def test_what_is_over_is_not_called_off_moved_or_let_go_on(url, agreed):
    free = free_moments(agreed, AT)[-1].isoformat()
    off = f"{url}{agreed.pk}/afzeggen/"
    with time_machine.travel(AT + timedelta(days=3, hours=1), tick=False):
        Client().post(off)
        Client().post(f"{url}{agreed.pk}/andere-tijd/", {"starts_at": free})
    agreed.refresh_from_db()
    assert agreed.state == "planned"
    Client().post(off)
    with time_machine.travel(AT + timedelta(days=3, hours=1), tick=False):
        Client().post(off, {"toch": "1"})
    agreed.refresh_from_db()
    assert agreed.state == "cancelled"
