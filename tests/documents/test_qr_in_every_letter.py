"""The picture in a letter is read back as a camera does: it says the address printed
beside it, and that address opens the page the letter promises to this person."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
import typst
from django.test import Client

from tests.cast import AT, Cast
from tests.contact import making as contact_making
from tests.desk.making import make_story
from tests.documents.qr_reading import read
from tests.inflow.intakes import IntakeDesk, make_desk
from tests.inflow.reaching_out import a_candidate, browser
from tests.studies.test_reminder_links import guided, pilot
from tests.studies.waves import FIRST_ON, fresh, noon
from tests.trajectories import making as trajectory_making
from trede.accounts.acting import SYSTEM
from trede.contact import appointment_reminding
from trede.contact.appointments import plan
from trede.contact.links import digest
from trede.contact.models import PersonalLink
from trede.documents.typesetting import qr_code
from trede.people.models import Person
from trede.questionnaires.models import OwnDevice
from trede.studies import reminding

OURS = "https://trede.example"
TOWN = {"street": "Straat", "house_number": "1", "postcode": "6511 AB", "town": "Stad"}
pilot_with_own_telephones = pilot
LANGUAGES = pytest.mark.parametrize("language", ["nl", "ar"])


class Printer:
    """Keeps what was laid out: of each letter its sides, in one language or two."""

    def __init__(self) -> None:
        self.sides: list[dict[str, Any]] = []

    def keep(self, data: dict[str, Any]) -> None:
        self.sides += [data, *([data["dutch"]] if "dutch" in data else [])]

    def read_address(self, *, sides: int) -> str:
        """The one address that every picture says, and that stands beside it."""
        assert len(self.sides) == sides
        said = {read(side["page"]["qr"]) for side in self.sides}
        assert said == {side["page"]["address"] for side in self.sides}
        (address,) = said
        return address


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> Printer:
    printer, compile_ = Printer(), typst.compile

    def kept(*about: Any, sys_inputs: dict[str, str], **more: Any) -> bytes:
        printer.keep(json.loads(sys_inputs["data"]))
        pdf: bytes = compile_(*about, sys_inputs=sys_inputs, **more)
        return pdf

    monkeypatch.setattr(typst, "compile", kept)
    return printer


@contextmanager
def on(day: datetime) -> Iterator[None]:
    with time_machine.travel(day, tick=False):
        yield


def opens(address: str, *, at: str, view: str) -> str:
    """The page behind it, of a telephone that nobody signed in on: what it was for."""
    there = urlsplit(address)
    assert f"{there.scheme}://{there.netloc}" == at
    page = Client().get(there.path)
    assert (page.status_code, page.resolver_match.view_name) == (200, view)
    return str(page.resolver_match.kwargs["token"])


def whose(token: str, purpose: str) -> Person:
    return PersonalLink.objects.get(digest=digest(token), purpose=purpose).person


@LANGUAGES
def test_an_invitation_leads_to_the_page_to_choose_on(cast, printer, language):
    with on(AT):
        nijmegen = contact_making.a_pilot(cast)
        cast.sign_in_with_a_password()
        candidate = a_candidate(cast, nijmegen, telephone="", language=language)
        browser(cast.sanne).post("/instroom/uitnodigingen/maken/")
        address = printer.read_address(sides=1 if language == "nl" else 2)
        token = opens(address, at="http://testserver", view="inflow:choose")
        assert whose(token, "invitation") == candidate.person


@LANGUAGES
def test_a_consent_letter_leads_to_the_way_out(cast, printer, language):
    desk: IntakeDesk = make_desk(cast)
    now = desk.informed()
    desk.sign(now, language=language)
    now.refresh_from_db()
    desk.end(now, "start")
    printer.sides.clear()  # the form that was signed
    with on(AT + timedelta(hours=1)):
        browser(cast.sanne).post(f"/instroom/intake/{now.pk}/toestemming/brief/")
        address = printer.read_address(sides=1 if language == "nl" else 2)
        token = opens(address, at="http://testserver", view="trajectories:leave")
        assert whose(token, "leave") == desk.person


@LANGUAGES
def test_a_letter_about_an_appointment_leads_to_ones_own(
    cast, printer, settings, language
):
    settings.ADDRESS = OURS
    nijmegen = contact_making.a_pilot(cast)
    person = contact_making.a_person(cast, coach="sanne", language=language, **TOWN)
    plan(
        person=person,
        pilot=nijmegen,
        staff=cast.sanne,
        starts_at=AT + timedelta(days=6),
        location="home",
        about="Over geldzaken",
        by=cast.by("sanne"),
        at=AT,
    )
    with on(AT):
        appointment_reminding.remind(pilot=nijmegen, by=cast.by("greet"), at=AT)
        address = printer.read_address(sides=1 if language == "nl" else 2)
        token = opens(address, at=OURS, view="contact:own_appointments")
        assert whose(token, "appointment") == person


@LANGUAGES
def test_a_reminder_of_the_questions_leads_to_where_the_code_is_typed(
    cast, printer, settings, pilot_with_own_telephones, language
):
    settings.ADDRESS = OURS
    candidate = guided(pilot_with_own_telephones, cast, "letter", language=language)
    with on(noon(FIRST_ON)):
        now = fresh(pilot_with_own_telephones)
        reminding.remind(pilot=now, by=SYSTEM, at=noon(FIRST_ON))
        address = printer.read_address(sides=1 if language == "nl" else 2)
        opens(address, at=OURS, view="questionnaires:enter_code")
        assert OwnDevice.objects.get().sitting.person == candidate.person


@pytest.fixture
def with_a_plan(cast: Cast) -> Person:
    return make_story(cast, trajectory_making.make_pilot(cast)).person


@LANGUAGES
def test_mijn_plan_on_paper_leads_to_mijn_plan(cast, printer, with_a_plan, language):
    """The sheet of the coach, and the one the person prints from that page."""
    person = with_a_plan
    person.reads_in = language
    person.save()
    with on(trajectory_making.AFTER + timedelta(days=3)):
        browser(cast.sanne).post(f"/deelnemers/{person.pk}/mijn-plan/")
        address = printer.read_address(sides=1)
        token = opens(address, at="http://testserver", view="desk:my_plan")
        assert whose(token, "plan") == person
        printer.sides.clear()
        Client().get(f"{urlsplit(address).path}papier/")
        assert printer.read_address(sides=1) == address


@pytest.mark.parametrize(
    "address",
    [
        "https://trede.example/a",
        "https://trede.example/deelnemers/" + "a-B_9" * 20,
        "https://trede.example/" + "0123456789" * 9 + "ABCDEFGHIJ" * 3,
    ],
)
def test_a_picture_says_its_address_however_long(address: str):
    assert read(qr_code(address)) == address
