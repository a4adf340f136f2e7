"""The page behind the code in an invitation: chosen once, without an account."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.cast import AT, Cast
from tests.contact.making import a_pilot, note_call
from tests.inflow.reaching_out import a_candidate, browser
from trede.accounts.permissions import Reach
from trede.contact.models import ContactMoment, Letter, PersonalLink
from trede.inflow.models import Candidate, InvitationChoice, Stage
from trede.inflow.stages import move
from trede.inflow.waiting_asked import TODAY, Asked
from trede.inflow.waiting_lines import WaitingLines
from trede.people.erasing import erase_person
from trede.pilots.models import Pilot

ROUND = "/instroom/uitnodigingen/"
PLACE = {
    "place": "city_office",
    "part_of_day": "evening",
    "language": "ar",
    "interpreter": "yes",
}


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
def candidate(cast: Cast, pilot: Pilot) -> Candidate:
    return a_candidate(cast, pilot, "Noori", telephone="", coach="sanne")


@pytest.fixture
def sanne(cast: Cast) -> Client:
    return browser(cast.sanne)


@pytest.fixture
def url(sanne: Client, candidate: Candidate) -> str:
    """As it stands in the letter."""
    sanne.post(f"{ROUND}maken/")
    page = json.loads(Letter.objects.get().content)["page"]
    return str(page["address"]).removeprefix("http://testserver")


def line(cast: Cast, pilot: Pilot) -> tuple[str, str]:
    lines = WaitingLines(Asked(pilot, TODAY), cast.sanne, Reach.OWN, AT.date())
    (one,) = lines.lines(list(lines.rows))
    return one.attempt.step, one.chose


def test_a_double_tap_makes_one_letter_with_one_code(sanne, url):
    sanne.post(f"{ROUND}maken/")
    assert Letter.objects.count() == PersonalLink.objects.count() == 1


def test_the_page_offers_the_places_of_the_pilot_and_names_nobody(url):
    page = Client().get(url).content.decode()
    assert "Stadswinkel" in page
    assert "Noori" not in page


def test_what_was_chosen_stands_on_the_line_and_is_due_today(
    cast, pilot, url, candidate
):
    Client().post(url, PLACE)
    step, chose = line(cast, pilot)
    assert step == "chose"
    chosen = "Stadswinkel, in de avond, العربية, met een tolk"
    assert chose == f"Koos op {AT:%d-%m-%Y}: {chosen}."
    assert InvitationChoice.objects.get().interpreter
    # Once somebody called, the protocol goes on as ever; what was chosen stays in view.
    later = AT + timedelta(minutes=1)
    with time_machine.travel(later, tick=False):
        note_call(cast, candidate.person, pilot, at=later)
    step, chose = line(cast, pilot)
    assert step != "chose"
    assert "Stadswinkel" in chose


def test_it_counts_once_a_letter_and_the_page_then_says_thanks(url):
    Client().post(url, PLACE)
    again = Client().post(url, PLACE | {"place": "home"})
    assert "Dank u wel" in again.content.decode()
    assert InvitationChoice.objects.get().place == "city_office"


def test_rather_not_now_leaves_in_peace_and_asks_no_reason(url, candidate):
    page = Client().post(url, {"not_now": "1"}, follow=True).content.decode()
    assert "met rust" in page
    candidate.refresh_from_db()
    assert candidate.stage == Stage.RESTING
    step = candidate.transitions.last()
    assert step is not None
    assert step.by == f"person:{candidate.person_id}"


@pytest.mark.parametrize("typed", [{}, PLACE | {"place": "paradise"}, {"place": "x"}])
def test_what_was_not_offered_is_not_chosen(url, typed):
    assert Client().post(url, typed).status_code == 200
    assert not InvitationChoice.objects.exists()


def test_who_is_not_invited_any_more_chooses_nothing(cast, url, candidate):
    move(
        candidate=candidate,
        to=Stage.DECLINED,
        by=cast.by("sanne"),
        at=AT,
        reason="health",
    )
    assert "niets meer te kiezen" in Client().post(url, PLACE).content.decode()
    assert not InvitationChoice.objects.exists()


def test_the_code_is_for_this_only_and_ends(cast, url):
    token = url.strip("/").split("/")[-1]
    assert Client().get(f"/mijn-plan/{token}/").status_code == 410
    with time_machine.travel(AT + timedelta(days=91), tick=False):
        assert Client().get(url).status_code == 410


def test_after_erasure_nothing_of_the_choice_is_left(cast, url, candidate):
    Client().post(url, PLACE)
    erase_person(
        person=candidate.person, reason="own wish", by=cast.by("fatima"), at=AT
    )
    choice = InvitationChoice.objects.get()
    assert (choice.place, choice.language, choice.link) == ("", "", None)


def test_a_round_that_was_noted_as_sent_is_taken_back_in_one_go(cast, pilot, sanne):
    for name in ("Noori", "Warsame"):
        a_candidate(cast, pilot, name, telephone="", coach="sanne")
    sanne.post(f"{ROUND}maken/")
    letters = list(Letter.objects.all())
    typed = {"letter": [one.pk for one in letters], "on": "2020-02-10"}
    sanne.post(f"{ROUND}verstuurd/", typed)
    assert not Letter.objects.filter(sent_on=None).exists()
    back = f"{ROUND}terug/{letters[0].pk}/"
    assert browser(cast.willem).post(back).status_code == 404
    sanne.post(back)
    assert Letter.objects.filter(sent_on=None).count() == 2
    assert not ContactMoment.objects.standing().exists()
    sanne.post(back)
    assert Letter.objects.filter(sent_on=None).count() == 2
