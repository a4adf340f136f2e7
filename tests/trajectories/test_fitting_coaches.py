"""Who may become the coach: who fits best stands first, and it says why."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.trajectories.making import AFTER, make_candidate, make_trajectory
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.trajectories.caseload import fitting_coaches
from trede.trajectories.manner import note_manner
from trede.trajectories.profile import note_profile

ON = AFTER.date()


def offered(cast: Cast, pilot: Pilot, person, **limits: int):
    agreed = replace(rules_of(pilot, ON).limits, **limits)
    return fitting_coaches(
        person=person, coaches=[cast.willem, cast.sanne], limits=agreed, on=ON
    )


def fits(cast: Cast, pilot: Pilot, person, most: int = 15):
    found = offered(cast, pilot, person, caseload_to=most)
    return [(one.coach.name, one.load.guides, one.in_quarter) for one in found]


def brings(cast: Cast, who: str, **said) -> None:
    wanted = {"languages": [], "manners": [], "quarters": []} | said
    note_profile(staff=getattr(cast, who), **wanted, by=cast.by(who), at=AFTER)


def likes(cast: Cast, trajectory, **said) -> None:
    wanted = {"often": "", "place": "", "channel": "", "avoid": ""} | said
    note_manner(trajectory=trajectory, **wanted, by=cast.by("sanne"), at=AFTER)


def live_in(quarter: str, *people) -> None:
    for one in people:
        one.quarter = quarter
        one.save(update_fields=["quarter"])


def test_who_guides_the_fewest_comes_first(cast, pilot):
    make_trajectory(cast, pilot, coach=cast.willem)
    person = make_candidate(cast, pilot).person
    assert fits(cast, pilot, person) == [("Sanne", 0, 0), ("Willem", 1, 0)]


def test_who_comes_in_the_quarter_already_goes_before_that(cast, pilot):
    guided = make_trajectory(cast, pilot, coach=cast.willem)
    person = make_candidate(cast, pilot).person
    live_in("dukenburg", guided.person, person)
    assert fits(cast, pilot, person) == [("Willem", 1, 1), ("Sanne", 0, 0)]


def test_who_has_no_room_comes_last_whatever_the_quarter(cast, pilot):
    guided = make_trajectory(cast, pilot, coach=cast.willem)
    person = make_candidate(cast, pilot).person
    live_in("dukenburg", guided.person, person)
    assert fits(cast, pilot, person, most=1)[-1] == ("Willem", 1, 1)


@pytest.mark.parametrize("said", [{"place": "walk"}, {"coach": "outdoors"}])
def test_whose_manner_suits_comes_before_who_guides_fewer(cast, pilot, said):
    make_trajectory(cast, pilot, coach=cast.willem)
    returning = make_trajectory(cast, pilot)
    assert offered(cast, pilot, returning.person)[0].coach == cast.sanne
    brings(cast, "willem", languages=["ar"], manners=["calm", "outdoors"])
    likes(cast, returning, **said)
    returning.person.language = "ar"
    first = offered(cast, pilot, returning.person)[0].words
    assert first == (
        "Willem: speaks Arabic, likes to go out, guides 1 of 15, calm, takes time"
    )


def test_why_a_coach_was_chosen_says_no_more_than_what_speaks_for_it(cast, pilot):
    guided = make_trajectory(cast, pilot, coach=cast.willem)
    returning = make_trajectory(cast, pilot)
    brings(cast, "willem", languages=["ar"], manners=["calm", "outdoors"])
    likes(cast, returning, place="walk")
    live_in("dukenburg", guided.person, returning.person)
    returning.person.language = "ar"
    why = {one.coach.name: one.why for one in offered(cast, pilot, returning.person)}
    assert why == {
        "Willem": "speaks Arabic, likes to go out,"
        " guides 1 person in this quarter already",
        "Sanne": "",
    }


def test_who_has_the_wanted_number_comes_after_who_has_not_whatever_the_manner(
    cast, pilot
):
    guided = make_trajectory(cast, pilot, coach=cast.willem)
    returning = make_trajectory(cast, pilot)
    brings(cast, "willem", manners=["outdoors"])
    likes(cast, returning, place="walk")
    live_in("dukenburg", guided.person, returning.person)
    names = [
        offered(cast, pilot, returning.person, caseload_from=n)[0].coach.name
        for n in (1, 2)
    ]
    assert names == ["Sanne", "Willem"]


def test_what_was_said_last_of_a_coach_that_suits_holds(cast, pilot):
    returning = make_trajectory(cast, pilot)
    brings(cast, "willem", manners=["calm"])
    brings(cast, "sanne", manners=["active"])
    for said, first in (("calm", "Willem"), ("active", "Sanne")):
        likes(cast, returning, coach=said)
        assert offered(cast, pilot, returning.person)[0].coach.name == first


def test_an_unknown_quarter_is_nobodys(cast, pilot):
    make_trajectory(cast, pilot, coach=cast.willem)
    person = make_candidate(cast, pilot).person
    assert [near for _name, _n, near in fits(cast, pilot, person)] == [0, 0]


def test_the_person_is_not_counted_in_the_load_of_the_own_coach(cast, pilot):
    own = make_trajectory(cast, pilot)
    assert fits(cast, pilot, own.person) == [("Sanne", 0, 0), ("Willem", 0, 0)]


def test_the_form_says_why_and_takes_the_choice(cast, pilot):
    trajectory = make_trajectory(cast, pilot)
    client = Client()
    client.force_login(cast.sanne, "django.contrib.auth.backends.ModelBackend")
    address = reverse("trajectories:hand_over", args=[trajectory.pk])
    assert "Willem: begeleidt 0 van 15" in client.get(address).content.decode()
    client.post(
        address,
        {"receiver": cast.willem.pk, "on": ON.isoformat(), "reason": "match"},
    )
    assert trajectory.hand_overs.get().receiver == cast.willem
