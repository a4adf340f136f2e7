"""The coordinator's list of who is due, and the screen of reminders."""

import io
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.cast import Cast, employ
from tests.studies.making import agree, make_pilot, make_sitting, moment
from tests.studies.waves import CLOSED_ON, FIRST_ON, closed, noon, with_intake
from trede.accounts.models import Role, Staff
from trede.audit.models import Line
from trede.contact.models import ContactMoment, Message
from trede.people.responsibility import make_responsible
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting

pytestmark = pytest.mark.django_db
DUE, REMINDERS = "/onderzoek/aan-de-beurt/", "/onderzoek/herinneringen/"


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    made = make_pilot(cast)
    cast.sign_in_with_a_password()
    return made


@pytest.fixture(autouse=True)
def today(monkeypatch, settings, tmp_path: Path) -> None:
    settings.SMS_FOLDER = tmp_path / "sms"
    monkeypatch.setattr(timezone, "now", lambda: noon(FIRST_ON))


def visit(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    return client


def words(answer) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.split())


def test_the_list_tells_who_until_when_and_what_comes_next(pilot: Pilot, cast: Cast):
    candidate = closed(pilot, cast)
    make_responsible(
        person=candidate.person,
        staff=cast.sanne,
        on=CLOSED_ON,
        reason="",
        by=cast.by("greet"),
        at=moment(CLOSED_ON),
    )
    said = words(visit(cast.greet).get(DUE))
    assert "Zwaluw" in said
    assert "22-02-2021" in said
    assert "21-01-2021" in said
    assert "Sanne" in said


def test_every_count_is_the_length_of_its_list(pilot: Pilot, cast: Cast):
    closed(pilot, cast, "Open")
    done = closed(pilot, cast, "Klaar")
    make_sitting(pilot, done.person, cast.sanne, wave="T1", on=CLOSED_ON)
    with_intake(pilot, cast, "Gemist")
    half = closed(pilot, cast, "Half")
    make_sitting(
        pilot,
        half.person,
        cast.sanne,
        wave="T1",
        on=CLOSED_ON,
        state=Sitting.State.STOPPED,
    )
    client = visit(cast.greet)
    answer = client.get(DUE)
    chips = [*answer.context["stands"], *answer.context["waves"]]
    assert {chip["count"] for chip in chips} >= {1, 2}
    for chip in chips:
        shown = client.get(DUE + chip["url"]).context
        assert shown["page"].paginator.count == chip["count"]


def test_the_file_holds_the_lines_of_the_screen_with_its_filter(
    pilot: Pilot, cast: Cast
):
    closed(pilot, cast, "Open")
    done = closed(pilot, cast, "Klaar")
    make_sitting(pilot, done.person, cast.sanne, wave="T1", on=CLOSED_ON)
    client = visit(cast.greet)
    for query, name in {"": "Open", "?stand=klaar&meting=T1": "Klaar"}.items():
        lines = client.get(DUE + query).context["lines"]
        content = client.get(f"{DUE}bestand/{query}").content
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        _head, *rows = book.get_sheet_by_index(0).to_python()
        assert rows == [
            [
                one.person.full_name,
                one.turn.wave.label,
                one.state,
                one.turn.window.opens_on,
                one.turn.window.closes_on,
                one.what_next,
                one.coach,
            ]
            for one in lines
        ]
        assert [name in str(row[0]) for row in rows] == [True]
    line = Line.objects.order_by("-sequence")[0]
    assert line.action.endswith("due_file")
    assert line.mentions.count() == 1


def test_only_a_coordinator_takes_the_list_along(pilot: Pilot, cast: Cast):
    closed(pilot, cast)
    for name in ("sanne", "rik", "ilse", "bas", "fatima", "aad"):
        assert visit(getattr(cast, name)).get(f"{DUE}bestand/").status_code == 403


def test_the_screen_shows_no_answer(pilot: Pilot, cast: Cast):
    candidate = closed(pilot, cast)
    make_sitting(
        pilot,
        candidate.person,
        cast.sanne,
        wave="T1",
        on=CLOSED_ON,
        answers={"satisfied": "3", "debts": "yes"},
    )
    said = words(visit(cast.greet).get(f"{DUE}?stand=klaar"))
    assert "Zwaluw" in said
    assert "schuld" not in said.lower()


def test_who_is_shown_is_noted(pilot: Pilot, cast: Cast):
    candidate = closed(pilot, cast)
    visit(cast.greet).get(DUE)
    line = Line.objects.get(action="looked at studies:due")
    assert line.purpose == "research"
    assert list(line.mentions.values_list("person_id", flat=True)) == [
        candidate.person_id
    ]


@pytest.mark.parametrize("name", ["sanne", "rik", "ilse", "bas", "fatima", "aad"])
def test_only_the_coordinator_comes_in(pilot: Pilot, cast: Cast, name: str):
    client = visit(getattr(cast, name))
    for address in (DUE, REMINDERS):
        assert client.get(address).status_code == 403
    assert client.post(f"{REMINDERS}versturen/").status_code == 403


def test_a_coordinator_of_another_town_sees_and_sends_nothing(pilot: Pilot, cast: Cast):
    closed(pilot, cast)
    stranger = employ(cast.elsewhere, "otto", Role.COORDINATOR)
    make_pilot(cast, cast.elsewhere)
    cast.elsewhere.refresh_from_db()
    cast.elsewhere.second_step_roles = []
    cast.elsewhere.save()
    client = visit(stranger)
    assert "Zwaluw" not in words(client.get(f"{DUE}?pilot={pilot.code}"))
    client.post(f"{REMINDERS}versturen/?pilot={pilot.code}")
    assert not Message.objects.exists()


def test_nothing_goes_before_the_button_is_pressed(pilot: Pilot, cast: Cast):
    closed(pilot, cast)
    client = visit(cast.greet)
    assert "Zwaluw" in words(client.get(REMINDERS))
    assert not Message.objects.exists()
    client.post(f"{REMINDERS}versturen/")
    client.post(f"{REMINDERS}versturen/")
    assert Message.objects.get().state == Message.State.SENT


def test_at_a_weekend_the_button_is_absent_and_pressing_it_is_refused(
    pilot: Pilot, cast: Cast, monkeypatch
):
    closed(pilot, cast)
    saturday = FIRST_ON.replace(day=23)
    monkeypatch.setattr(timezone, "now", lambda: noon(saturday))
    client = visit(cast.greet)
    assert "herinneringen/versturen" not in client.get(REMINDERS).content.decode()
    client.post(f"{REMINDERS}versturen/")
    assert not Message.objects.exists()


def test_letters_are_printed_together_and_noted_as_sent(pilot: Pilot, cast: Cast):
    for name in ("Een", "Twee"):
        person = closed(pilot, cast, name).person
        person.telephone, person.street, person.house_number = "", "Kade", "2"
        person.postcode, person.town = "6511 AB", "Voorbeeldstad"
        person.save()
    client = visit(cast.greet)
    client.post(f"{REMINDERS}versturen/")
    file = client.post(f"{REMINDERS}afdrukken/")
    assert file.content.startswith(b"%PDF")
    first, second = Message.objects.order_by("pk")
    client.post(
        f"{REMINDERS}gepost/", {"message": [first.pk], "on": FIRST_ON.isoformat()}
    )
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (Message.State.SENT, Message.State.QUEUED)
    assert ContactMoment.objects.count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"message": ["999999"], "on": "2021-01-21"},
        {"message": ["x", "-1"], "on": "2021-01-21"},
        {"message": ["1"], "on": "gisteren"},
    ],
)
def test_what_makes_no_sense_notes_nothing(pilot: Pilot, cast: Cast, typed: dict):
    closed(pilot, cast)
    client = visit(cast.greet)
    client.post(f"{REMINDERS}versturen/")
    assert client.post(f"{REMINDERS}gepost/", typed).status_code == 302
    assert not ContactMoment.objects.exists()


def test_nonsense_in_the_address_is_passed_over(pilot: Pilot, cast: Cast):
    closed(pilot, cast)
    query = "?stand=x&meting=%27;--&coach=99999999999999999999&page=-3&pilot=x"
    assert visit(cast.greet).get(DUE + query).status_code == 200


def test_what_did_not_go_is_shown_with_its_reason_and_let_go_again(
    pilot: Pilot, cast: Cast
):
    person = closed(pilot, cast).person
    message = Message.objects.create(
        person=person,
        pilot=pilot,
        kind="reminder",
        about="T1:1",
        by_way_of="sms",
        language="nl",
        made_at=noon(FIRST_ON),
        made_by="test",
        state=Message.State.FAILED,
        state_since=noon(FIRST_ON),
        error="De provider is onbereikbaar.",
    )
    client = visit(cast.greet)
    assert "De provider is onbereikbaar." in words(client.get(REMINDERS))
    client.post(f"{REMINDERS}{message.pk}/opnieuw/")
    message.refresh_from_db()
    assert message.state == Message.State.SENT
    client.post(f"{REMINDERS}{message.pk}/opnieuw/")
    assert message.attempts == 1


def test_whoever_stopped_after_the_page_was_opened_gets_nothing(
    pilot: Pilot, cast: Cast
):
    candidate = closed(pilot, cast)
    client = visit(cast.greet)
    client.get(REMINDERS)
    agree(pilot, candidate.person, given=False, at=noon(FIRST_ON))
    client.post(f"{REMINDERS}versturen/")
    assert not Message.objects.exists()


@pytest.mark.parametrize(("address", "most"), [(DUE, 40), (REMINDERS, 40)])
def test_a_longer_list_costs_no_more_queries(
    pilot: Pilot, cast: Cast, address: str, most: int
):
    def asked() -> int:
        client = visit(cast.greet)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    closed(pilot, cast, "Een")
    few = asked()
    for number in range(8):
        closed(pilot, cast, f"Meer{number}")
    assert asked() == few <= most


def test_a_message_that_went_stands_on_the_persons_timeline(pilot: Pilot, cast: Cast):
    person = closed(pilot, cast).person
    client = visit(cast.greet)
    client.post(f"{REMINDERS}versturen/")
    said = words(client.get(f"/deelnemers/{person.pk}/"))
    assert "Sms verstuurd" in said
