"""Who took the initiative: asked, kept, told on both timelines, and counted."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from tests.cast import AT, Cast
from tests.contact.making import a_person, a_pilot
from tests.inflow.reaching_out import browser
from trede.contact.models import ContactMoment
from trede.people.models import Person
from trede.pilots.models import Pilot
from trede.studies.carried_out import carried_out

TOLD = "De persoon nam zelf contact op", "de persoon nam zelf contact op"


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
def person(cast: Cast, pilot: Pilot) -> Person:
    return a_person(cast, coach="sanne")


@pytest.fixture
def sanne(cast: Cast) -> Client:
    return browser(cast.sanne)


def note(client: Client, person: Person, initiative: str) -> ContactMoment:
    page = f"/contact/persoon/{person.pk}/noteren/"
    asked = client.get(page).context["form"]
    sent = {
        "channel": "telephone",
        "outcome": "spoke",
        "occasion": "guidance",
        "initiative": initiative,
        "submission": str(uuid4()),
    }
    assert {code for code, _label in asked["initiative"].field.choices} >= {initiative}
    client.post(page, sent)
    return ContactMoment.objects.get()


def told(client: Client, person: Person) -> list[bool]:
    pages = f"/deelnemers/{person.pk}/", f"/contact/persoon/{person.pk}/"
    said = [client.get(page).content.decode() for page in pages]
    return [any(words in page for words in TOLD) for page in said]


def counted(pilot: Pilot) -> int:
    on = (AT + timedelta(days=1)).date()
    found = [one for one in carried_out(pilot, on) if one["code"] == "asked_by_person"]
    (act,) = found
    return int(str(act["n"]))


def test_that_the_person_called_is_kept_told_and_counted(sanne, pilot, person):
    assert note(sanne, person, "person").initiative == "person"
    assert told(sanne, person) == [True, True]
    assert counted(pilot) == 1


def test_that_we_called_goes_without_saying_and_does_not_count(sanne, pilot, person):
    assert note(sanne, person, "staff").initiative == "staff"
    assert told(sanne, person) == [False, False]
    assert counted(pilot) == 0


def test_we_is_what_the_form_begins_with(sanne, person):
    form = sanne.get(f"/contact/persoon/{person.pk}/noteren/").context["form"]
    assert form["initiative"].value() == "staff"
