"""A reminder that opens the questions on one's own telephone: link and code apart."""

import logging
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.questionnaires.devices import BACKEND, Device
from tests.questionnaires.printed import words_of
from tests.studies.making import AT, FILE
from tests.studies.test_reminding import at_home
from tests.studies.waves import CLOSES_ON, FIRST_ON, closed, fresh, noon
from trede.accounts.acting import SYSTEM
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.contact.models import Letter, Message
from trede.inflow.models import Candidate
from trede.people.models import StoredFile
from trede.people.responsibility import make_responsible
from trede.pilots.loading import load_pilot
from trede.pilots.models import Pilot
from trede.questionnaires import own_device
from trede.questionnaires.models import OwnDevice, Sitting
from trede.studies import own_telephone, reminding

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ADDRESS = "https://trede.voorbeeld.example"
DOOR = f"{ADDRESS}/vragenlijst/telefoon/"
WAYS = {"sms": "telephone", "email": "email", "letter": ""}


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    """Where an evaluation may be answered on one's own telephone."""
    at_closing = 'questionnaire = "nijmegen_evaluation"\n'
    text = FILE.read_text(encoding="utf-8")
    text = text.replace(at_closing, f"{at_closing}own_telephone = true\n")
    made = load_pilot(
        text=text, municipality=cast.here, reason="start", by=cast.by("aad"), at=AT
    )
    cast.sign_in_with_a_password()
    return made


@pytest.fixture(autouse=True)
def outside(tmp_path: Path, settings) -> Path:
    settings.ADDRESS = ADDRESS
    settings.SMS_FOLDER = tmp_path / "sms"
    return settings.SMS_FOLDER


def guided(pilot: Pilot, cast: Cast, way: str = "sms", **more: str) -> Candidate:
    """Somebody who can be reached that one way, in the care of Sanne."""
    reach = {"telephone": "", "email": ""}
    if way == "sms":
        reach["telephone"] = "+31612345678"
    if way == "email":
        reach["email"] = "zwaluw@voorbeeld.example"
    candidate = at_home(closed(pilot, cast), **reach, **more)
    make_responsible(
        person=candidate.person,
        staff=cast.sanne,
        on=AT.date(),
        reason="",
        by=cast.by("greet"),
        at=AT,
    )
    return candidate


def run(pilot: Pilot, on: date = FIRST_ON) -> reminding.Made:
    return reminding.remind(pilot=fresh(pilot), by=SYSTEM, at=noon(on))


def what_went_out(way: str, outside: Path) -> str:
    if way == "sms":
        (file,) = outside.iterdir()
        return file.read_text(encoding="utf-8")
    if way == "email":
        return str(mail.outbox[-1].body)
    return "".join(words_of(Letter.objects.get().file.content).split("\n"))


def token_in(text: str) -> str:
    rest = text.partition(DOOR)[2]
    return rest.partition("/")[0].replace(" ", "")


@pytest.mark.parametrize("way", WAYS)
def test_link_and_code_go_apart_and_the_link_dies(
    way: str, pilot: Pilot, cast: Cast, outside: Path, caplog
):
    caplog.set_level(logging.DEBUG)
    candidate = guided(pilot, cast, way)
    with time_machine.travel(noon(FIRST_ON), tick=False):
        run(pilot)
        said = what_went_out(way, outside)
        token = token_in(said)
        sitting = Sitting.objects.get(wave="T1")
        assert (sitting.mode, sitting.prepared_by) == ("own_device", cast.sanne)
        # It tells whom to call for the code, and there is none that opens it yet.
        assert "024 000 00 00" in said and "code" in said
        telephone, door = Client(), f"/vragenlijst/telefoon/{token}/"
        assert "Bel ons" in telephone.get(door).content.decode()
        refused = telephone.post(door, {"code": "123456"})
        assert "Er is nog geen code" in refused.content.decode()
        # Whoever calls hears it, and it works once.
        coach = Client()
        coach.force_login(cast.sanne, BACKEND)
        page = f"/vragenlijst/zitting/{sitting.pk}/eigen-telefoon/"
        assert "Geef een code" in coach.get(page).content.decode()
        code = coach.post(page, {"new_code": "1"}).context["code"]
        device = Device(telephone, sitting)
        device.base = telephone.post(door, {"code": code}).headers["Location"]
        other = Client().post(door, {"code": code}).content.decode()
        assert "andere telefoon" in other
        device.begin()
        # Being busy with it, nobody loses the telephone to a next reminder.
        assert OwnDevice.objects.count() == 1
        device.post("klaar/")
        assert Sitting.objects.get(pk=sitting.pk).state == Sitting.State.FINISHED
        assert "Deze vragen zijn klaar" in Client().get(door).content.decode()
    _assert_nowhere(token, code, caplog.text)
    assert candidate.person.full_name not in door


def _assert_nowhere(token: str, code: str, log: str) -> None:
    """Not in the trail, the log, what is kept open, or the name of a file."""
    kept = [
        *(str(vars(line)) for line in Line.objects.all()),
        *(str(vars(one)) for one in OwnDevice.objects.all()),
        *(message.words for message in Message.objects.all()),
        *(file.name for file in StoredFile.objects.all()),
        log,
    ]
    for what in kept:
        assert token not in what
        assert f" {code} " not in f" {what} "


def test_the_link_ends_with_the_window_and_a_next_reminder_brings_a_new_one(
    pilot: Pilot, cast: Cast
):
    guided(pilot, cast, "letter")
    run(pilot)
    first = OwnDevice.objects.get()
    assert timezone.localtime(first.expires_at).date() == CLOSES_ON + DAY
    reminding.post_letters(
        messages=reminding.letters_to_post(pilot),
        on=FIRST_ON,
        by=cast.by("greet"),
        at=noon(FIRST_ON),
    )
    run(pilot, FIRST_ON + 14 * DAY)
    first.refresh_from_db()
    assert first.ended_at is not None
    assert OwnDevice.objects.count() == 2
    token = token_in(words_of(Letter.objects.first().file.content).replace("\n", ""))
    for moment, stands in ((CLOSES_ON, True), (CLOSES_ON + DAY, False)):
        with time_machine.travel(noon(moment), tick=False):
            page = Client().get(f"/vragenlijst/telefoon/{token}/").content.decode()
            assert ('name="code"' in page) is stands


def test_a_link_of_which_the_code_was_told_stays_when_the_next_reminder_goes(
    pilot: Pilot, cast: Cast, outside: Path
):
    """Who was told a code and has not typed it yet would stand before a shut door."""
    guided(pilot, cast)
    with time_machine.travel(noon(FIRST_ON), tick=False):
        run(pilot)
    token = token_in(what_went_out("sms", outside))
    sitting = Sitting.objects.get(wave="T1")
    by = cast.by("sanne")
    code = own_device.give_code(sitting=sitting, by=by, at=noon(FIRST_ON))
    later = noon(FIRST_ON + 14 * DAY)
    assert run(pilot, later.date()).letters == 1
    letter = words_of(Letter.objects.get().file.content)
    assert "vragenlijst/telefoon" not in letter and "afspraak" in letter
    link = own_device.find(token=token, at=later)
    assert link is not None
    assert own_device.open_with_code(own=link, code=code, at=later)


def test_one_for_whom_nothing_can_be_got_ready_does_not_hold_up_the_others(
    pilot: Pilot, cast: Cast, outside: Path, monkeypatch
):
    def refused(**_who: object) -> None:
        raise Refused("not for this person")

    guided(pilot, cast)
    monkeypatch.setattr(own_telephone, "open_wave", refused)
    assert run(pilot).sent == 1
    assert "afspraak" in what_went_out("sms", outside)


def test_without_a_coach_or_when_it_was_begun_the_message_says_to_call(
    pilot: Pilot, cast: Cast, outside: Path, settings
):
    at_home(closed(pilot, cast), telephone="+31612345678")
    run(pilot)
    assert "http" not in what_went_out("sms", outside)
    assert "afspraak" in what_went_out("sms", outside)
    assert not OwnDevice.objects.exists()


def test_the_letter_is_in_the_language_of_the_person_with_the_dutch_behind_it(
    pilot: Pilot, cast: Cast
):
    candidate = guided(pilot, cast, "letter", language="ar")
    run(pilot)
    letter = Letter.objects.get()
    words = words_of(letter.file.content)
    assert "Er staat een vragenlijst voor u klaar" in words
    assert Message.objects.get().language == "ar"
    assert Sitting.objects.get(wave="T1").language == "ar"
    coordinator = Client()
    coordinator.force_login(cast.greet, BACKEND)
    with time_machine.travel(noon(FIRST_ON), tick=False):
        page = coordinator.get("/onderzoek/herinneringen/").content.decode()
    assert candidate.person.full_name in page
    assert "door een machine vertaald" in page
