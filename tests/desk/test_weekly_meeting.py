"""The agenda of the weekly meeting: what is on it, for whom, and of whom by name."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.desk.making import sign_in
from tests.partners.making import (
    make_onward,
    make_partner,
    make_place,
    make_placement,
)
from tests.trajectories.making import (
    AFTER,
    DAY,
    make_candidate,
    make_pilot,
    make_trajectory,
)
from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.audit.models import Line as TrailLine
from trede.desk.weekly_meeting import WeeklyMeeting
from trede.inflow.models import Candidate, Stage
from trede.people.models import Person
from trede.people.responsibility import make_responsible
from trede.pilots.models import Pilot
from trede.trajectories.absence import note_absence
from trede.trajectories.handing_over import hand_over
from trede.trajectories.models import Trajectory
from trede.trajectories.working_steps import note_step

pytestmark = pytest.mark.django_db
ALL, OWN = Reach.MUNICIPALITY, Reach.OWN


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast)


@pytest.fixture
def guided(cast: Cast, pilot: Pilot) -> Trajectory:
    return make_trajectory(cast, pilot, name="Amrani")


def topics(pilot, staff: Staff, at, reach=ALL, coach: str = "") -> list[str]:
    agenda = WeeklyMeeting(pilot, coach, staff, reach, at)
    return [
        f"{one.title}: {line.person.surname}"
        for one in agenda.topics
        for line, _coach in one.lines
    ]


def test_a_start_stands_on_it_for_a_week(cast, pilot, guided):
    assert topics(pilot, cast.greet, AFTER) == ["Started this week: Amrani"]
    assert topics(pilot, cast.greet, AFTER + 7 * DAY) != []
    assert topics(pilot, cast.greet, AFTER + 8 * DAY) == []


def test_silence_and_the_end_come_in_their_time(cast, pilot, guided):
    silent = "No contact for long: Amrani"
    assert topics(pilot, cast.greet, AFTER + 27 * DAY) == []
    assert topics(pilot, cast.greet, AFTER + 28 * DAY) == [silent]
    ends = AFTER + timedelta(days=183)
    assert topics(pilot, cast.greet, ends - 29 * DAY) == [silent]
    before = topics(pilot, cast.greet, ends - 28 * DAY)
    assert "Ends within four weeks: Amrani" in before


def test_who_came_to_wait_is_new_and_who_may_start_stays_until_they_do(cast, pilot):
    make_candidate(cast, pilot, stage=Stage.WAITING, name="Wacht")
    make_candidate(cast, pilot, name="Klaar")
    assert topics(pilot, cast.greet, AFTER) == [
        "New this week: Wacht",
        "May start: Klaar",
    ]
    assert topics(pilot, cast.greet, AFTER + 30 * DAY) == ["May start: Klaar"]


def test_a_trial_period_and_an_ended_placement(cast, pilot, guided):
    spot = make_place(cast.sanne, make_partner(cast.sanne, "De Wijkhoek"))
    onward = make_onward(cast.sanne, guided.person, spot, "accepted", AFTER)
    later = AFTER + 10 * DAY
    made = make_placement(cast.sanne, onward, (later + 20 * DAY).date(), later)
    assert topics(pilot, cast.greet, later) == ["Trial period to evaluate: Amrani"]
    made.ended_on, made.end_reason = (later + DAY).date(), "own_wish"
    made.save()
    agenda = WeeklyMeeting(pilot, "", cast.greet, ALL, later + DAY)
    ((line, coach),) = agenda.topics[0].lines
    assert (line.topic, coach) == ("plek", "Sanne")
    assert "De Wijkhoek: own wish" in line.words


def test_a_step_that_did_not_fit_and_a_hand_over(cast, pilot, guided):
    later = AFTER + 10 * DAY
    note_step(
        trajectory=guided,
        code="goals",
        kind="not_fitting",
        on=later.date(),
        why="Eerst rust.",
        by=cast.by("sanne"),
        at=later,
    )
    hand_over(
        trajectory=guided,
        receiver=cast.willem,
        on=later.date(),
        reason="match",
        note="Niet voor het overleg.",
        by=cast.by("sanne"),
        at=later,
    )
    agenda = WeeklyMeeting(pilot, "", cast.greet, ALL, later)
    words = [line.words for one in agenda.topics for line, _coach in one.lines]
    assert words[0] == "Sanne to Willem"
    assert words[1].endswith(": Eerst rust.")
    assert "Niet voor het overleg." not in str(words)
    Person.objects.filter(pk=guided.person_id).update(erased_at=later)
    assert topics(pilot, cast.greet, later) == []  # nobody is left to talk about
    assert topics(pilot, cast.greet, later + 28 * DAY) == []


def test_a_coach_sees_their_own_people_and_the_address_chooses_one_coach(
    cast, pilot, guided
):
    make_trajectory(cast, pilot, coach=cast.willem, name="Bakker")
    own = ["Started this week: Amrani"]
    assert topics(pilot, cast.sanne, AFTER, OWN) == own
    assert len(topics(pilot, cast.greet, AFTER)) == 2
    assert topics(pilot, cast.greet, AFTER, coach=str(cast.sanne.pk)) == own
    assert topics(pilot, cast.greet, AFTER, coach="nobody") == []


def test_who_is_away_is_told_to_the_whole_team_from_four_weeks_before(cast, pilot):
    gone_on = AFTER + 29 * DAY
    note_absence(
        staff=cast.willem,
        from_on=gone_on.date(),
        until_on=gone_on.date(),
        by=cast.by("willem"),
        at=AFTER,
    )
    told = [
        [a.staff for a in WeeklyMeeting(pilot, "", cast.sanne, OWN, at).absences]
        for at in (AFTER, AFTER + DAY, gone_on, gone_on + DAY)
    ]
    assert told == [[], [cast.willem], [cast.willem], []]


def test_more_people_ask_no_more_and_every_look_at_a_name_is_noted(cast, pilot):
    now = timezone.now()
    person = make_trajectory(cast, pilot, at=now - DAY, name="Amrani").person
    client = sign_in(cast.greet)
    page = reverse("desk:weekly_meeting")
    asked = []
    for _twice in range(2):
        with CaptureQueriesContext(connection) as queries:
            shown = client.get(page)
        asked.append(len(queries))
        make_trajectory(cast, pilot, at=now - DAY)
    assert "Amrani" in shown.text and "Sanne" in shown.text
    assert asked[1] <= asked[0] <= 15
    seen = TrailLine.objects.filter(action="looked at desk:weekly_meeting")
    assert seen.filter(mentions__person_id=person.pk).count() == 2


def test_a_referrer_does_not_see_it(cast, pilot, guided):
    answer = sign_in(cast.rik).get(reverse("desk:weekly_meeting"))
    assert answer.status_code == 403
    assert "Amrani" not in answer.text


def test_nobody_waits_on_it_who_was_taken_off_the_list(cast, pilot):
    gone = make_candidate(cast, pilot, stage=Stage.WAITING, name="Weg")
    make_responsible(
        person=gone.person,
        staff=cast.sanne,
        on=AFTER.date(),
        reason="",
        by=cast.by("sanne"),
        at=AFTER,
    )
    Candidate.objects.filter(pk=gone.pk).update(stage=Stage.GONE)
    assert topics(pilot, cast.greet, AFTER) == []
