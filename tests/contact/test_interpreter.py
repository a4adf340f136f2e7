"""An interpreter who is needed is asked for, booked, and missed where one looks."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.cast import AT, Cast
from tests.contact.making import a_person, a_pilot
from tests.inflow.reaching_out import browser
from trede.contact.appointments import cancel, plan
from trede.contact.models import Appointment
from trede.people.models import Person
from trede.pilots.models import Pilot

NEEDED, MISSING = "tolk: Tigrinya", "tolk nog niet geboekt"
HERE = "http://testserver"
MY_DAY, MY_CALENDAR = "/", "/contact/agenda/"


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    pilot = a_pilot(cast)
    cast.sign_in_with_a_password()
    return pilot


@pytest.fixture
def person(cast: Cast) -> Person:
    return a_person(cast, coach="sanne")


@pytest.fixture
def sanne(cast: Cast) -> Client:
    return browser(cast.sanne)


@pytest.fixture
def appointment(cast: Cast, pilot: Pilot, person: Person) -> Appointment:
    return plan(
        person=person,
        pilot=pilot,
        staff=cast.sanne,
        starts_at=AT + timedelta(hours=1),
        location="walk",
        about="Kennismaken",
        interpreter="Tigrinya",
        by=cast.by("sanne"),
        at=AT,
    )


def pages(person: Person) -> list[str]:
    return [MY_DAY, f"/deelnemers/{person.pk}/", MY_CALENDAR]


def read(client: Client, url: str) -> str:
    return str(client.get(url).content.decode())


def say(client: Client, appointment: Appointment, booked: str) -> Appointment:
    client.post(f"/contact/afspraak/{appointment.pk}/tolk/", {"booked": booked})
    appointment.refresh_from_db()
    return appointment


@pytest.mark.parametrize(("ticked", "booked_at"), [({}, None), ({"booked": "on"}, AT)])
def test_the_form_keeps_who_is_needed_and_whether_they_are_booked(
    cast, sanne, pilot, person, ticked, booked_at
):
    given = {
        "starts_on": "2020-02-11",
        "starts_time": "14:30",
        "minutes": "60",
        "location": "walk",
        "about": "Kennismaken",
        "occasion": "guidance",
        "staff": str(cast.sanne.pk),
        "interpreter": "Tigrinya",
    }
    sanne.post(f"/contact/persoon/{person.pk}/afspraak/", {**given, **ticked})
    kept = Appointment.objects.get()
    assert (kept.interpreter, kept.interpreter_booked_at) == ("Tigrinya", booked_at)


def test_booked_without_a_language_is_asked_back(sanne, pilot, person):
    url = f"/contact/persoon/{person.pk}/afspraak/"
    assert sanne.post(url, {"booked": "on"}).context["form"].has_error("interpreter")


def test_a_button_says_that_it_is_booked_and_takes_that_back(sanne, appointment):
    assert say(sanne, appointment, "1").interpreter_booked_at == AT
    assert say(sanne, appointment, "0").interpreter_booked_at is None


def test_a_colleague_books_nobody_for_somebody_elses_people(cast, appointment):
    assert say(browser(cast.willem), appointment, "1").interpreter_booked_at is None


@pytest.mark.parametrize("page", [0, 1, 2])
def test_what_is_not_booked_yet_is_told_wherever_the_appointment_stands(
    sanne, person, appointment, page
):
    url = pages(person)[page]
    told = read(sanne, url)
    assert NEEDED in told
    assert MISSING in told
    say(sanne, appointment, "1")
    told = read(sanne, url)
    assert NEEDED in told
    assert MISSING not in told


@pytest.mark.parametrize("page", [0, 1, 2, 3])
def test_it_is_said_to_be_booked_and_taken_back_from_the_line_itself(
    sanne, person, appointment, page
):
    url = [*pages(person), f"/contact/persoon/{person.pk}/"][page]
    for said, is_booked in (("1", True), ("0", False)):
        form, button = the_only_button(sanne, url)
        assert button == said
        answer = sanne.post(form, {"booked": button}, headers={"referer": HERE + url})
        assert answer["Location"] == url
        appointment.refresh_from_db()
        assert (appointment.interpreter_booked_at is not None) is is_booked


def the_only_button(client: Client, url: str) -> tuple[str, str]:
    """Where the form about the interpreter goes, and what its button says."""
    form, button = re.findall(
        r'action="([^"]*/tolk/)".*?name="booked" value="(.)"', read(client, url), re.S
    )[0]
    return form, button


def test_what_does_not_take_place_needs_no_booking(cast, sanne, appointment):
    cancel(appointment=appointment, by=cast.by("sanne"), at=AT)
    assert MISSING not in read(sanne, MY_DAY)
