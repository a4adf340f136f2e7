"""Several at once on the screen: from a list and its filter, through a look."""

from collections.abc import Iterator

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.test import Client

from tests.cast import AT, Cast, employ
from tests.contact.making import a_person, a_pilot
from tests.desk.making import sign_in
from tests.inflow.reaching_out import a_candidate
from trede.accounts.models import Role
from trede.audit.models import Line
from trede.inflow.models import Candidate, SameStep, Stage
from trede.pilots.models import Pilot

pytestmark = pytest.mark.django_db
URL = "/samen/"
REST = f"{URL}?wat=rust&lijst=wachtlijst&wie="
ASKED = {"until": "2020-05-01", "reason": "health"}


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    made = a_pilot(cast)
    cast.sign_in_with_a_password()
    return made


@pytest.fixture
def greet(cast: Cast, pilot: Pilot) -> Client:
    return sign_in(cast.greet)


def look(client: Client, *ticked: Candidate, url: str = REST, **more: str):
    numbers = [one.pk for one in ticked]
    return client.post(url, {**ASKED, "kies": numbers, "go": "look", **more})


def do(client: Client, shown, *ticked: Candidate, url: str = REST):
    posted = dict(shown.context["posted"])
    key, numbers = shown.context["key"], [one.pk for one in ticked]
    given = {**posted, "key": key, "kies": numbers, "go": "now"}
    return client.post(url, given)


def said(answer) -> list[str]:
    return [str(one) for one in get_messages(answer.wsgi_request)]


def stages() -> list[str]:
    return list(Candidate.objects.order_by("pk").values_list("stage", flat=True))


def test_everybody_of_the_filter_can_be_chosen_and_is_ticked(cast, pilot, greet):
    a_candidate(cast, pilot, "Oost", quarter="oost")
    a_candidate(cast, pilot, "Zuid", quarter="zuid")
    shown = greet.get(f"{REST}&wijk=oost")
    [(one, ticked)] = shown.context["lines"]
    assert (one.person.surname, ticked) == ("Oost", True)
    listed = greet.get("/instroom/wachtlijst/?wie=&wijk=oost").context["lines"]
    assert len(listed) == 1


def test_the_list_of_people_leads_to_the_same_with_its_filter(cast, pilot, greet):
    a_candidate(cast, pilot, "Wacht")
    a_candidate(cast, pilot, "Lijst", stage=Stage.LISTED)
    shown = greet.get(f"{URL}?wat=coach&lijst=mensen&stand=listed")
    assert [one.person.surname for one, _t in shown.context["lines"]] == ["Lijst"]


def test_looking_changes_nothing_and_says_per_person_what_happens(cast, pilot, greet):
    waits = a_candidate(cast, pilot, "Wacht")
    started = a_candidate(cast, pilot, "Loopt", stage=Stage.STARTED)
    shown = look(greet, waits, started)
    assert [one for one, _coach in shown.context["goes"]] == [waits]
    [(left, why)] = shown.context["left_out"]
    assert left == started
    assert why in shown.content.decode()
    assert "01-05-2020" in shown.context["then"]
    assert stages() == ["waiting", "started"]
    assert not SameStep.objects.exists()


def test_after_the_look_it_is_done_once_and_can_be_undone(cast, pilot, greet):
    two = [a_candidate(cast, pilot, f"N{n}") for n in range(2)]
    shown = look(greet, *two)
    answer = do(greet, shown, *two)
    assert answer.url.startswith("/instroom/wachtlijst/?wie=")
    again = do(greet, shown, *two)
    assert said(answer) == said(again)[:1]
    assert stages() == ["resting", "resting"]
    assert SameStep.objects.count() == 2
    [undo_url] = {one.extra_tags for one in get_messages(answer.wsgi_request)}
    greet.post(undo_url)
    assert stages() == ["waiting", "waiting"]


def test_a_key_that_was_not_looked_at_only_shows_the_look(cast, pilot, greet):
    one = a_candidate(cast, pilot)
    shown = look(greet, one, go="now")
    assert shown.status_code == 200
    assert stages() == ["waiting"]


@pytest.mark.parametrize(
    "more",
    [{"until": ""}, {"until": "2019-01-01"}, {"until": "2029-01-01"}, {"reason": "x"}],
)
def test_what_is_wrong_is_said_and_the_ticks_stay(cast, pilot, greet, more):
    one, other = (a_candidate(cast, pilot, name) for name in ("Een", "Twee"))
    shown = look(greet, one, **more)
    assert shown.context["form"].errors
    assert dict(shown.context["lines"]) == {one: True, other: False}


def test_nobody_ticked_is_said(cast, pilot, greet):
    a_candidate(cast, pilot)
    shown = look(greet)
    assert said(shown)
    assert stages() == ["waiting"]


@pytest.mark.parametrize("wat", ["", "onzin", "started"])
def test_an_unknown_step_is_refused(cast, pilot, greet, wat):
    assert greet.get(f"{URL}?wat={wat}").status_code == 302


def test_somebody_of_another_municipality_cannot_be_slipped_in(cast, pilot, greet):
    own = a_candidate(cast, pilot)
    stranger = a_person(cast, "Elders", municipality=cast.elsewhere)
    theirs = a_candidate(cast, pilot, person=stranger)
    shown = look(greet, own, theirs)
    assert [one for one, _coach in shown.context["goes"]] == [own]
    assert shown.context["left_out"] == []


@pytest.mark.parametrize("name", ["sanne", "rik", "ilse", "bas", "fatima", "aad"])
def test_only_the_coordinator_moves_many(cast, pilot, name):
    client = sign_in(getattr(cast, name))
    assert client.get(REST).status_code == 403
    assert "samen/" not in client.get("/instroom/wachtlijst/").content.decode()


def test_what_was_done_lately_is_offered_to_be_undone(cast, pilot, greet):
    one = a_candidate(cast, pilot)
    do(greet, look(greet, one), one)
    [go] = greet.get(f"{URL}?wat=rust").context["lately"]
    assert (go["n"], go["by__name"]) == (1, "Greet")
    greet.post(f"{URL}{go['first']}/terugdraaien/")
    assert greet.get(f"{URL}?wat=rust").context["lately"] == []


def test_the_look_names_in_the_trail_who_was_shown(cast, pilot, greet):
    two = [a_candidate(cast, pilot, f"N{n}") for n in range(2)]
    look(greet, two[0])
    line = Line.objects.order_by("-sequence")[0]
    assert line.action == "looked at desk:same_step"
    assert [one.person_id for one in line.mentions.all()] == [two[0].person_id]


def test_a_coach_is_chosen_with_how_many_they_guide(cast, pilot, greet):
    one = a_candidate(cast, pilot)
    url = f"{URL}?wat=coach&lijst=mensen"
    assert "Willem: " in greet.get(url).content.decode()
    shown = look(greet, one, url=url, coach=str(cast.willem.pk))
    do(greet, shown, one, url=url)
    assert one.person.responsibilities.get().staff == cast.willem


def test_giving_a_coach_asks_no_more_for_more_people_and_coaches(
    cast, pilot, greet, django_assert_max_num_queries
):
    url = f"{URL}?wat=coach&lijst=wachtlijst&wie="
    for most in (3, 9):
        made = [a_candidate(cast, pilot, f"N{most}{n}") for n in range(most)]
        employ(cast.here, f"coach-{most}", Role.COACH)
        with django_assert_max_num_queries(15):
            shown = greet.get(url)
        assert f"Coach-{most}: begeleidt 0" in shown.text
        with django_assert_max_num_queries(15):
            shown = look(greet, *made, url=url, coach=cast.sanne.pk)
        assert len(shown.context["goes"]) == most
