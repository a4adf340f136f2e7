"""An appointment on the screen: noted in one tap, moved, and nobody else's to touch."""

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.forms import BaseForm
from django.test import Client
from django.urls import reverse

from tests.cast import AT, Cast
from tests.contact.making import FILE, a_person, a_pilot
from tests.inflow.reaching_out import a_candidate, browser
from trede.contact.appointments import plan
from trede.contact.models import Appointment, ContactMoment
from trede.inflow.resting import let_rest
from trede.people.models import Person
from trede.pilots.models import Pilot

TOMORROW = AT + timedelta(days=1)


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
def appointment(cast: Cast, pilot: Pilot, person: Person) -> Appointment:
    return agreed(cast, pilot, person)


@pytest.fixture
def sanne(cast: Cast) -> Client:
    return browser(cast.sanne)


def agreed(cast: Cast, pilot: Pilot, person: Person) -> Appointment:
    return plan(
        person=person,
        pilot=pilot,
        staff=cast.sanne,
        starts_at=AT + timedelta(hours=1),
        location="walk",
        about="Kennismaken",
        by=cast.by("sanne"),
        at=AT,
    )


def tap(client: Client, appointment: Appointment, step: str, **more: str) -> str:
    given = {"step": step, "submission": str(uuid4()), **more}
    answer = client.post(f"/contact/afspraak/{appointment.pk}/", given, follow=True)
    return str(answer.content.decode())


def state_of(appointment: Appointment) -> str:
    appointment.refresh_from_db()
    return appointment.state


def new_time(appointment: Appointment, **more: str) -> dict[str, str]:
    return {
        "starts_on": f"{TOMORROW:%Y-%m-%d}",
        "starts_time": "14:30",
        "location": "",
        "reason": "",
        **more,
    }


def test_one_tap_says_that_it_took_place_and_offers_to_take_it_back(sanne, appointment):
    page = tap(sanne, appointment, "held")
    moment = ContactMoment.objects.get()
    assert (moment.channel, moment.outcome) == ("walk", "spoke")
    assert f"/contact/moment/{moment.pk}/terugdraaien/" in page
    sanne.post(f"/contact/moment/{moment.pk}/terugdraaien/")
    assert state_of(appointment) == "planned"


def test_not_coming_is_one_tap_without_a_penalty_word(sanne, appointment):
    page = tap(sanne, appointment, "not_there")
    assert state_of(appointment) == "not_there"
    assert "kwam niet" in page.lower()
    assert "maatregel" not in page.lower()


OUTCOMES = re.compile(r'name="step" value="(\w+)"[^>]*>.*?label">([^<]+)<')


@pytest.mark.parametrize(
    ("location", "third"),
    [("walk", ("not_there", "Kwam niet")), ("remote", ("no_answer", "Geen gehoor"))],
)
def test_the_line_of_the_day_and_the_page_ask_what_fits_the_place(
    sanne, person, appointment, location, third
):
    Appointment.objects.update(location=location)
    asked = [("held", "Sprak"), third, ("message", "Bericht")]
    for page in (
        "/",
        f"/deelnemers/{person.pk}/",
        reverse("contact:of_person", args=[person.pk]),
    ):
        told = sanne.get(page).content.decode()
        assert OUTCOMES.findall(told)[:3] == asked, page


@pytest.mark.parametrize(
    ("step", "outcome"), [("no_answer", "no_answer"), ("message", "message_left")]
)
def test_who_does_not_pick_up_is_noted_as_a_call_and_can_be_taken_back(
    sanne, appointment, step, outcome
):
    Appointment.objects.update(location="remote")
    for _twice in range(2):
        tap(sanne, appointment, step, note="Belt zelf terug")
    moment = ContactMoment.objects.get()
    assert (moment.channel, moment.outcome) == ("telephone", outcome)
    assert moment.note == "Belt zelf terug"
    assert state_of(appointment) == "not_there"
    assert f"/contact/moment/{moment.pk}/terugdraaien/" in sanne.get("/").text
    sanne.post(f"/contact/moment/{moment.pk}/terugdraaien/")
    assert state_of(appointment) == "planned"


@pytest.mark.parametrize(
    ("begins", "way", "outcome", "says"),
    [
        ("2020-03-16", "telephone", "message_left", "bericht ingesproken"),
        ("2020-02-10", "message", "sent", "bericht verstuurd"),
    ],
)
def test_a_message_to_whom_one_meets_leaves_the_appointment_as_it_stands(
    cast, sanne, person, begins, way, outcome, says
):
    """Written ones from the day on which the pilot uses them."""
    text = FILE.read_text(encoding="utf-8")
    now = 'label = "WhatsApp of sms", from_on = 2020-03-16'
    assert now in text
    pilot = a_pilot(cast, text.replace(now, now.replace("2020-03-16", begins)))
    cast.sign_in_with_a_password()
    appointment = agreed(cast, pilot, person)
    page = tap(sanne, appointment, "message", note="Ik sta voor de deur")
    assert f"{person.full_name}: {says}. Genoteerd." in page
    moment = ContactMoment.objects.get()
    assert (moment.channel, moment.outcome) == (way, outcome)
    assert moment.note == "Ik sta voor de deur"
    assert state_of(appointment) == "planned"
    tap(sanne, appointment, "not_there")
    assert state_of(appointment) == "not_there"
    assert ContactMoment.objects.count() == 2


def test_what_is_off_can_be_on_again(sanne, appointment):
    tap(sanne, appointment, "cancelled")
    assert state_of(appointment) == "cancelled"
    tap(sanne, appointment, "planned")
    assert state_of(appointment) == "planned"
    assert not ContactMoment.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"step": "flew", "submission": str(uuid4())}, "Kies wat er gebeurde"),
        ({"step": "held", "submission": "x"}, "Open de pagina opnieuw"),
    ],
)
def test_a_tap_that_makes_no_sense_changes_nothing(given, says, sanne, appointment):
    address = f"/contact/afspraak/{appointment.pk}/"
    said = sanne.post(address, given, follow=True).content.decode()
    assert says in said
    assert state_of(appointment) == "planned"


def test_the_page_shows_when_it_is_and_moves_it_with_the_reason(sanne, appointment):
    address = f"/contact/afspraak/{appointment.pk}/verzetten/"
    assert "10-02-2020" in sanne.get(address).content.decode()
    sanne.post(address, new_time(appointment, reason="Kind ziek"))
    assert state_of(appointment) == "moved"
    new = appointment.moved_to
    assert new is not None
    assert f"{new.starts_at:%d %H:%M}" == "11 13:30", "14.30 in Dutch winter time"
    assert (new.location, new.state) == ("walk", "planned")


def test_moving_twice_is_one_new_appointment(sanne, appointment):
    address = f"/contact/afspraak/{appointment.pk}/verzetten/"
    for _twice in range(2):
        sanne.post(address, new_time(appointment))
    assert Appointment.objects.count() == 2


@pytest.mark.parametrize(
    "typed",
    [
        {"starts_on": ""},
        {"starts_time": "25:99"},
        {"starts_on": "2019-01-01"},
        {"location": "nergens"},
    ],
)
def test_a_time_that_cannot_be_keeps_the_form_with_what_was_typed(
    typed, sanne, appointment
):
    address = f"/contact/afspraak/{appointment.pk}/verzetten/"
    page = sanne.post(address, new_time(appointment, reason="Kind ziek", **typed))
    assert 'role="alert"' in page.content.decode()
    assert "Kind ziek" in page.content.decode()
    assert state_of(appointment) == "planned"


@pytest.mark.parametrize(("name", "status"), [("willem", 404), ("noor", 404)])
def test_a_colleague_without_this_person_and_a_stranger_find_no_appointment(
    name, status, cast, appointment
):
    client = browser(getattr(cast, name))
    address = f"/contact/afspraak/{appointment.pk}/"
    given = {"step": "held", "submission": str(uuid4())}
    assert client.post(address, given).status_code == status
    assert client.get(f"{address}verzetten/").status_code == status
    moved = client.post(f"{address}verzetten/", new_time(appointment))
    assert moved.status_code == status
    assert state_of(appointment) == "planned"


@pytest.mark.parametrize("name", ["rik", "ilse", "bas", "fatima", "aad"])
def test_who_does_not_guide_people_has_no_door_here(name, cast, appointment):
    client = browser(getattr(cast, name))
    address = f"/contact/afspraak/{appointment.pk}/"
    given = {"step": "held", "submission": str(uuid4())}
    assert client.post(address, given).status_code == 403
    assert client.get(f"{address}verzetten/").status_code == 403
    assert state_of(appointment) == "planned"


def test_the_coordinator_may_move_it_too(cast, appointment):
    address = f"/contact/afspraak/{appointment.pk}/verzetten/"
    browser(cast.greet).post(address, new_time(appointment))
    assert state_of(appointment) == "moved"


def test_looking_does_not_change_anything(sanne, appointment):
    assert sanne.get(f"/contact/afspraak/{appointment.pk}/").status_code == 405
    assert state_of(appointment) == "planned"


def test_meeting_somebody_who_is_left_in_peace_asks_why(cast, pilot, sanne):
    candidate = a_candidate(cast, pilot, coach="sanne")
    appointment = agreed(cast, pilot, candidate.person)
    until = (AT + timedelta(days=60)).date()
    by = cast.by("sanne")
    let_rest(candidate=candidate, until=until, reason="health", by=by, at=AT)
    page = tap(sanne, appointment, "held")
    assert "met rust gelaten" in page
    assert 'name="deviation_reason"' in page
    assert state_of(appointment) == "planned"
    tap(sanne, appointment, "held", deviation_reason="Kwam zelf langs")
    assert state_of(appointment) == "held"
    assert ContactMoment.objects.get().deviation_reason == "Kwam zelf langs"


def form_of(client: Client, person: Person) -> BaseForm:
    return client.get(f"/contact/persoon/{person.pk}/afspraak/").context["form"]


def test_the_place_is_where_they_met_last_and_else_the_first_of_the_pilot(
    cast, sanne, pilot, person
):
    empty = form_of(sanne, person)
    assert empty["location"].value() == empty.fields["location"].choices[0][0]
    agreed(cast, pilot, person)
    assert form_of(sanne, person)["location"].value() == "walk"


def test_another_place_must_be_named(sanne, pilot, person):
    address = f"/contact/persoon/{person.pk}/afspraak/"
    page = sanne.post(address, {"location": "elsewhere"})
    assert page.context["form"].has_error("elsewhere")
