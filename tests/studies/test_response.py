"""How many of those who were asked answered: counts that add up, and who sees them."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast, employ
from tests.studies.making import agree, make_pilot, make_pilot62, make_sitting, moment
from tests.studies.waves import CLOSED_ON, CLOSES_ON, closed, fresh, noon, with_intake
from trede.accounts.models import Role, Staff
from trede.contact.models import Message
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting
from trede.studies.response import Response, responses
from trede.studies.scheduling import State

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
RESPONSE = "/onderzoek/respons/"


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    made = make_pilot(cast)
    cast.sign_in_with_a_password()
    return made


@pytest.fixture
def pilot62(cast: Cast) -> Pilot:
    return make_pilot62(cast).pilot


def evaluation(pilot: Pilot, on: date) -> Response:
    return next(one for one in responses(fresh(pilot), on) if one.wave.code == "T1")


def everything(pilot: Pilot, cast: Cast) -> None:
    """One of each: done, broken off, begun, open, said no, stopped, left."""
    done = closed(pilot, cast, "Af")
    make_sitting(pilot, done.person, cast.sanne, wave="T1", on=CLOSED_ON)
    for name, state in (
        ("Half", Sitting.State.ENDED),
        ("Bezig", Sitting.State.STOPPED),
        ("Nee", Sitting.State.ENDED),
    ):
        one = closed(pilot, cast, name)
        sitting = make_sitting(
            pilot, one.person, cast.sanne, wave="T1", on=CLOSED_ON, state=state
        )
        if name == "Nee":
            sitting.answers.all().delete()
    closed(pilot, cast, "Open")
    stopped = closed(pilot, cast, "Stop")
    agree(pilot, stopped.person, given=False, at=moment(CLOSED_ON))
    closed(pilot, cast, "Weg", reason="no_contact")
    with_intake(pilot, cast, "Later")


def test_everybody_stands_in_one_row(pilot: Pilot, cast: Cast):
    everything(pilot, cast)
    found = evaluation(pilot, CLOSED_ON + DAY)
    told = {state: n for state, n in found.counts.items() if n}
    assert told == {
        State.DONE: 1,
        State.BROKEN_OFF: 1,
        State.UNDER_WAY: 1,
        State.REFUSED: 1,
        State.OPEN: 1,
        State.STOPPED: 1,
        State.LEFT: 1,
        State.LATER: 1,
    }
    assert (found.people, found.asked, found.answered) == (8, 6, 2)


def test_whoever_said_no_counts_among_those_who_were_asked(pilot: Pilot, cast: Cast):
    everything(pilot, cast)
    found = evaluation(pilot, CLOSED_ON + DAY)
    assert found.finished is not None and found.of_the_willing is not None
    assert (found.finished.n, found.finished.of) == (1, 6)
    assert found.of_the_willing.of == 5


def test_after_the_window_who_never_began_was_not_reached(pilot: Pilot, cast: Cast):
    everything(pilot, cast)
    counts = evaluation(pilot, CLOSES_ON + DAY).counts
    assert (counts[State.OPEN], counts[State.MISSED]) == (0, 1)


def test_only_a_reminder_that_went_reminded_somebody(pilot: Pilot, cast: Cast):
    for name, state in (("Een", Message.State.SENT), ("Twee", Message.State.FAILED)):
        Message.objects.create(
            person=closed(pilot, cast, name).person,
            pilot=pilot,
            kind="reminder",
            about="T1:1",
            by_way_of="sms",
            language="nl",
            made_at=noon(CLOSED_ON),
            made_by="test",
            state=state,
            state_since=noon(CLOSED_ON),
        )
    assert evaluation(pilot, CLOSED_ON + DAY).reminded == 1


def test_a_way_of_answering_of_a_few_people_is_not_told(pilot: Pilot, cast: Cast):
    for number in range(12):
        one = closed(pilot, cast, f"Vink{number}")
        sitting = make_sitting(pilot, one.person, cast.sanne, wave="T1", on=CLOSED_ON)
        sitting.mode = "paper" if number < 2 else "alone"
        sitting.save()
    assert evaluation(pilot, CLOSED_ON).by_mode == {"alone": None, "paper": None}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dates(date(2020, 8, 1), date(2022, 1, 1)))
def test_the_counts_add_up_on_every_day(pilot62: Pilot, on: date):
    for one in responses(fresh(pilot62), on):
        counts = one.counts
        rest = counts[State.LATER] + counts[State.LEFT] + one.not_for
        assert one.asked + rest == one.people
        assert one.answered <= one.asked
        assert one.early + one.late <= counts[State.DONE]
        assert one.simulated <= one.answered
        if one.finished:
            assert one.finished.low <= one.finished.value <= one.finished.high


def visit(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    return client


def words(answer) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.split())


def test_the_screen_says_that_it_may_not_be_published_and_what_is_simulated(
    pilot62: Pilot, cast: Cast, monkeypatch
):
    cast.sign_in_with_a_password()
    monkeypatch.setattr(timezone, "now", lambda: noon(date(2021, 2, 1)))
    said = words(visit(cast.ilse).get(RESPONSE))
    assert "niet publiceren" in said
    assert "gesimuleerd" in said
    assert "Zwaluw" not in said


@pytest.mark.parametrize("name", ["sanne", "rik", "bas", "fatima", "aad"])
def test_others_are_turned_away(pilot: Pilot, cast: Cast, name: str):
    assert visit(getattr(cast, name)).get(RESPONSE).status_code == 403


def test_a_coordinator_of_another_town_sees_their_own_pilot(pilot: Pilot, cast: Cast):
    everything(pilot, cast)
    make_pilot(cast, cast.elsewhere)
    cast.elsewhere.refresh_from_db()
    cast.elsewhere.second_step_roles = []
    cast.elsewhere.save()
    stranger = employ(cast.elsewhere, "otto", Role.COORDINATOR)
    answer = visit(stranger).get(f"{RESPONSE}?pilot={pilot.code}")
    assert answer.context["waves"] == []


def test_more_people_cost_no_more_queries(pilot: Pilot, cast: Cast):
    def asked() -> int:
        client = visit(cast.greet)
        client.get(RESPONSE)
        with CaptureQueriesContext(connection) as queries:
            client.get(RESPONSE)
        return len(queries)

    closed(pilot, cast, "Een")
    few = asked()
    for number in range(6):
        closed(pilot, cast, f"Meer{number}")
    assert asked() == few <= 35
