"""What is missing can be done from its line, and leads back to the list."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.cast import Cast
from tests.desk.making import DAY, OUTDOORS, call, sign_in
from tests.trajectories.making import AFTER, make_pilot, make_trajectory
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting
from trede.trajectories.closing import close
from trede.trajectories.ladder import assess
from trede.trajectories.models import Trajectory
from trede.trajectories.pausing import pause

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
LATER = AFTER + 5 * WEEK
URL = "/ontbreekt/?soort={}&coach="


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast)


@pytest.fixture
def guided(cast: Cast, pilot: Pilot) -> Trajectory:
    """Nothing is missing yet."""
    made = make_trajectory(cast, pilot, name="Amrani")
    by, on = cast.by("sanne"), timezone.localdate(AFTER + DAY)
    assess(trajectory=made, answers=OUTDOORS, reference_on=on, by=by, at=AFTER + DAY)
    return made


def act_of(client: Client, kind: str, word: str) -> str:
    """Where the button of the first line leads."""
    page = client.get(URL.format(kind)).content.decode()
    link = (
        rf'href="([^"]+)"[^>]*>(?:<span[^>]*>)?{word}<span class="unseen"> [^<]*Amrani'
    )
    found = re.search(link, page)
    assert found, page
    return unescape(found[1])


def done_from_the_line(
    cast: Cast, kind: str, word: str, sent: dict[str, object]
) -> None:
    for name in ("sanne", "greet"):
        client = sign_in(getattr(cast, name))
        address = act_of(client, kind, word)
        page = client.get(address).content.decode()
        assert URL.format(kind) in unescape(page)  # leaving it undone leads back too
    answer = client.post(address, sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, URL.format(kind))
    assert "Amrani" not in lines(client, kind)


def lines(client: Client, kind: str) -> list[str]:
    shown = client.get(URL.format(kind)).context["lines"]
    return [one.person.surname for one in shown]


def test_the_ladder_is_judged(cast, pilot):
    make_trajectory(cast, pilot, name="Amrani")
    today = timezone.localdate(LATER).isoformat()
    answers = {code: "yes" if said else "no" for code, said in OUTDOORS.items()}
    sent = {**answers, "reference_on": today}
    done_from_the_line(cast, "trede", "Trede bepalen", sent)


def test_the_pause_gets_an_end(cast, pilot, guided):
    on = timezone.localdate(AFTER + DAY)
    given = {"reason": "family", "by": cast.by("sanne"), "at": AFTER + DAY}
    pause(trajectory=guided, from_on=on, until_on=None, **given)
    ends: date = on + WEEK
    done_from_the_line(cast, "einde", "Pauze beëindigen", {"on": ends.isoformat()})


def test_a_contact_is_noted(cast, pilot, guided):
    sent = {
        "channel": "telephone",
        "outcome": "spoke",
        "occasion": "guidance",
        "initiative": "staff",
        "submission": str(uuid4()),
    }
    done_from_the_line(cast, "contact", "Contact noteren", sent)


def test_an_appointment_is_planned(cast, pilot, guided):
    day = timezone.localdate(LATER + WEEK)
    sent = {
        "starts_on": day.isoformat(),
        "starts_time": "10:00",
        "minutes": "60",
        "location": "walk",
        "about": "Wandelen",
        "occasion": "guidance",
        "staff": str(cast.sanne.pk),
    }
    done_from_the_line(cast, "contact", "Afspraak plannen", sent)


def test_the_questionnaire_of_the_closing_is_got_ready(cast, pilot, guided):
    on, by = timezone.localdate(LATER - WEEK), cast.by("sanne")
    given = {"reason": "goals_reached", "note": "", "by": by, "at": LATER - WEEK}
    call(cast, guided.person, pilot, LATER - WEEK)
    close(trajectory=guided, on=on, **given)
    client = sign_in(cast.sanne)
    address = act_of(client, "meting", "Klaarzetten")
    assert URL.format("meting") in unescape(client.get(address).content.decode())
    client.post(address, {"mode": "alone", "language": "nl"})
    sitting = Sitting.objects.get(person=guided.person, wave="T1")
    again = act_of(client, "meting", "Vragenlijst")
    assert client.get(again).status_code == 200
    assert str(sitting.pk) in again


def test_nobody_is_led_to_another_site(cast, pilot, guided):
    client = sign_in(cast.sanne)
    for elsewhere in ("https://voorbeeld.nl/", "//voorbeeld.nl/", "ontbreekt"):
        for form in (
            f"/traject/{guided.pk}/ladder/",
            f"/contact/persoon/{guided.person_id}/noteren/",
            f"/contact/persoon/{guided.person_id}/afspraak/",
        ):
            page = client.get(f"{form}?terug={elsewhere}").content.decode()
            assert f'href="{elsewhere}"' not in page
