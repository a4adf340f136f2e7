"""A coach leaves: everybody goes to a successor at once, and nobody is left behind."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.cast import AT, Cast, employ
from tests.people.making import make_person
from tests.trajectories.making import AFTER, DAY, TEXT, make_trajectory
from trede.accounts import employing
from trede.accounts.acting import staff_actor
from trede.accounts.models import Role, Staff
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.contact.appointments import plan
from trede.people.models import Person
from trede.people.responsibility import coach_of
from trede.pilots.loading import load_pilot
from trede.trajectories.handing_over import Passing, hand_over_all
from trede.trajectories.models import HandOver, Trajectory

BACKEND = "django.contrib.auth.backends.ModelBackend"
LATER = AFTER + DAY


@pytest.fixture
def joost(cast: Cast) -> Staff:
    return employ(cast.here, "joost", Role.COACH)


def hand_on(cast: Cast, *passings: Passing, by="greet", limit_reason="") -> int:
    return hand_over_all(
        giver=cast.sanne,
        passings=passings,
        on=LATER.date(),
        reason="leaves",
        by=cast.by(by),
        at=LATER,
        limit_reason=limit_reason,
    )


def waiting(cast: Cast) -> Person:
    return make_person(cast, f"Amina Wacht-{uuid4().hex[:4]}", cast.sanne)


def test_everybody_goes_to_the_coach_that_was_chosen(cast, pilot, joost):
    one, two, three = (make_trajectory(cast, pilot) for _each in range(3))
    waits = waiting(cast)
    number = hand_on(
        cast,
        Passing(one.person, cast.willem, "Belt liever niet."),
        Passing(two.person, joost),
        Passing(three.person, joost),
        Passing(waits, None),
    )
    assert number == 4
    found = [coach_of(each.person) for each in (one, two, three)]
    assert found == [cast.willem, joost, joost]
    assert coach_of(waits) is None
    assert HandOver.objects.get(trajectory=one).note == "Belt liever niet."


def test_appointments_go_along_for_who_only_waits_too(cast, pilot):
    waits = waiting(cast)
    appointment = plan(
        person=waits,
        pilot=pilot,
        staff=cast.sanne,
        starts_at=LATER + DAY,
        location="Wijkcentrum",
        about="Kennismaken",
        by=cast.by("sanne"),
        at=AT,
    )
    hand_on(cast, Passing(waits, cast.willem))
    appointment.refresh_from_db()
    assert appointment.staff == cast.willem


def test_one_that_cannot_go_keeps_all_where_they_are_and_is_named(cast, pilot):
    one = make_trajectory(cast, pilot)
    two = make_trajectory(cast, pilot, name="Blijft")
    with pytest.raises(Refused, match="Blijft: Somebody in a trajectory"):
        hand_on(cast, Passing(one.person, cast.willem), Passing(two.person, None))
    assert coach_of(one.person) == coach_of(two.person) == cast.sanne
    assert not HandOver.objects.exists()


def test_somebody_who_came_meanwhile_is_not_forgotten(cast, pilot):
    one = make_trajectory(cast, pilot)
    make_trajectory(cast, pilot)
    with pytest.raises(Refused, match="somebody came to Sanne or went"):
        hand_on(cast, Passing(one.person, cast.willem))


def test_more_than_agreed_needs_the_reason_of_a_coordinator(cast):
    text = TEXT.replace("caseload_from = 10", "caseload_from = 1")
    pilot = load_pilot(
        text=text.replace("caseload_to = 15", "caseload_to = 1"),
        municipality=cast.here,
        reason="small",
        by=cast.by("aad"),
        at=AT,
    )
    mine = make_trajectory(cast, pilot)
    make_trajectory(cast, pilot, coach=cast.willem)
    with pytest.raises(Refused, match="Write why one more is right"):
        hand_on(cast, Passing(mine.person, cast.willem))
    hand_on(cast, Passing(mine.person, cast.willem), limit_reason="Tot augustus.")
    assert coach_of(mine.person) == cast.willem


def test_whoever_still_has_people_cannot_leave_nor_stop_being_a_coach(cast, pilot):
    one = make_trajectory(cast, pilot)
    for act in (
        lambda: employing.end_employment(cast.sanne, by=cast.by("aad"), at=LATER),
        lambda: employing.end_role(cast.sanne, Role.COACH, by=cast.by("aad"), at=LATER),
    ):
        with pytest.raises(Refused, match="still the coach of 1 person"):
            act()
    hand_on(cast, Passing(one.person, cast.willem))
    employing.end_employment(cast.sanne, by=cast.by("aad"), at=LATER)
    assert not Staff.objects.get(pk=cast.sanne.pk).is_active


def as_(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, BACKEND)
    return client


@pytest.fixture
def mine(cast, pilot) -> Trajectory:
    at = timezone.now() - timedelta(days=40)
    return make_trajectory(cast, pilot, at=at, name="Geheim")


def address(staff: Staff) -> str:
    return reverse("trajectories:hand_over_all", args=[staff.pk])


def form(person: Person, receiver: Staff | None, go: str) -> dict[str, str]:
    return {
        "on": timezone.localdate().isoformat(),
        "reason": "leaves",
        "limit_reason": "",
        "everybody": "each",
        f"receiver_{person.pk}": str(receiver.pk) if receiver else "",
        "seen": f"{person.pk}:{receiver.pk}" if receiver else "",
        "go": go,
    }


def test_the_coordinator_looks_first_and_then_hands_over(cast, mine):
    greet = as_(cast.greet)
    assert "Geheim" in greet.get(address(cast.sanne)).text
    look = greet.post(address(cast.sanne), form(mine.person, cast.willem, "look"))
    assert "Nu overdragen" in look.text
    assert coach_of(mine.person) == cast.sanne
    for _twice in range(2):
        greet.post(address(cast.sanne), form(mine.person, cast.willem, "now"))
    assert coach_of(mine.person) == cast.willem
    assert HandOver.objects.count() == 1


def seen_in(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def for_all(everybody: str, **more: str) -> dict[str, str]:
    on = timezone.localdate().isoformat()
    return {"everybody": everybody, "on": on, "reason": "leaves", **more}


@pytest.fixture
def three(cast, pilot) -> list[Person]:
    at = timezone.now() - timedelta(days=40)
    return [make_trajectory(cast, pilot, at=at).person for _each in range(3)]


def test_one_choice_hands_over_a_caseload_of_any_size(cast, three):
    waits, greet, page = waiting(cast), as_(cast.greet), address(cast.sanne)
    look = greet.post(page, for_all(str(cast.willem.pk), go="look"))
    seen = seen_in(look.text)
    greet.post(page, for_all(str(cast.willem.pk), go="now", seen=seen))
    assert [coach_of(one) for one in (*three, waits)] == [cast.willem] * 4


def test_everybody_is_spread_over_who_guides_the_fewest(cast, pilot, joost, three):
    make_trajectory(cast, pilot, coach=cast.willem)
    greet, page = as_(cast.greet), address(cast.sanne)
    look = greet.post(page, for_all("spread", go="look"))
    greet.post(page, for_all("spread", go="now", seen=seen_in(look.text)))
    taken = [coach_of(one).name for one in three]
    assert sorted(taken) == ["Joost", "Joost", "Willem"]


def test_what_is_chosen_for_one_person_goes_before_the_spread(cast, joost, three):
    own = {f"receiver_{three[0].pk}": str(joost.pk), f"note_{three[0].pk}": "Belt."}
    greet, page = as_(cast.greet), address(cast.sanne)
    look = greet.post(page, for_all("spread", go="look", **own))
    seen = seen_in(look.text)
    greet.post(page, for_all("spread", go="now", seen=seen, **own))
    assert coach_of(three[0]) == joost
    assert [one.note for one in HandOver.objects.all()].count("Belt.") == 1
    assert coach_of(three[1]) == cast.willem  # Joost has one already


def test_a_spread_that_changed_since_it_was_looked_at_is_shown_again(
    cast, pilot, joost, three
):
    greet, page = as_(cast.greet), address(cast.sanne)
    look = greet.post(page, for_all("spread", go="look"))
    for _each in range(3):
        make_trajectory(cast, pilot, coach=joost)
    again = greet.post(page, for_all("spread", go="now", seen=seen_in(look.text)))
    assert not HandOver.objects.exists()
    assert seen_in(again.text) != seen_in(look.text)


def test_the_page_asks_no_more_of_the_database_for_more_people(cast, pilot, three):
    greet, page = as_(cast.greet), address(cast.sanne)
    asked = []
    for _twice in range(2):
        with CaptureQueriesContext(connection) as queries:
            greet.post(page, for_all("spread", go="look"))
        asked.append(len(queries))
        make_trajectory(cast, pilot, at=timezone.now() - 40 * DAY)
    assert asked[1] <= asked[0]


def test_a_look_at_the_list_is_noted_with_everybody_on_it(cast, mine):
    as_(cast.greet).get(address(cast.sanne))
    line = Line.objects.get(action="looked at trajectories:hand_over_all")
    assert [one.person_id for one in line.mentions.all()] == [mine.person_id]


def test_without_a_choice_nothing_happens_and_the_field_says_so(cast, mine):
    answer = as_(cast.greet).post(address(cast.sanne), form(mine.person, None, "now"))
    assert "field--wrong" in answer.text
    assert f"Nieuwe coach van {mine.person.full_name} – " in answer.text
    assert coach_of(mine.person) == cast.sanne


@pytest.mark.parametrize("receiver", ["sanne", "greet", "noor"])
def test_only_another_coach_of_ours_can_be_chosen(cast, mine, receiver):
    data = form(mine.person, getattr(cast, receiver), "now")
    as_(cast.greet).post(address(cast.sanne), data)
    assert coach_of(mine.person) == cast.sanne


@pytest.mark.parametrize("who", ["sanne", "willem", "ilse", "aad"])
def test_nobody_but_the_coordinator_hands_all_over(cast, mine, who):
    data = form(mine.person, cast.willem, "now")
    answer = as_(getattr(cast, who)).post(address(cast.sanne), data)
    assert answer.status_code == 403
    assert coach_of(mine.person) == cast.sanne


def test_a_coordinator_elsewhere_does_not_find_our_coach(cast, mine):
    far = employ(cast.elsewhere, "ver", Role.COORDINATOR)
    assert as_(far).get(address(cast.sanne)).status_code == 404


def test_the_administrator_reads_why_somebody_cannot_leave_yet(cast, mine):
    page = reverse("accounts:end_employment", args=[cast.sanne.pk])
    aad = as_(cast.aad)
    assert "Sanne is nog de coach van 1 persoon" in aad.get(page).text
    assert address(cast.sanne) not in aad.get(page).text
    assert '<form method="post" class="form' not in aad.get(page).text
    answer = aad.post(page, follow=True)
    assert "Sanne is nog de coach van 1 persoon" in answer.text
    both = employ(cast.here, "beide", Role.COORDINATOR, Role.ADMINISTRATOR)
    assert address(cast.sanne) in as_(both).get(page).text


def test_nobody_to_hand_over_is_said(cast, pilot):
    page = as_(cast.greet).get(address(cast.willem))
    assert "Niemand om over te dragen" in page.text
    assert staff_actor(cast.willem).name not in page.text
