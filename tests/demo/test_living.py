"""The living demo pilot has every state of the journey in it, on any day."""

import re
from datetime import date

import pytest

from trede.accounts.demo_mode import holds_real_data
from trede.contact.models import ContactMoment
from trede.demo.filling import fill, missing
from trede.demo.living_rules import CODE, living_rules
from trede.inflow.models import Candidate, Intake, ListUpload, Referral, Stage
from trede.inflow.referring import Status, status_of
from trede.inflow.waiting import waiting_list
from trede.people.consent_text import consent_text
from trede.people.duplicates import all_duplicates
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting
from trede.studies.holding_back import measured_twice
from trede.trajectories.models import (
    Closing,
    Goal,
    HandOver,
    Leaving,
    Pause,
    Step,
    Trajectory,
)

pytestmark = pytest.mark.django_db
# A Monday, a Sunday after the change of the clock, and a leap day.
DAYS = (date(2026, 11, 23), date(2027, 3, 28), date(2028, 2, 29))


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_state_of_the_journey_is_there(today: date):
    pilot = fill(CODE, seed=7, today=today)
    stages = set(Candidate.objects.values_list("stage", flat=True))
    assert stages == set(Stage)
    assert Pause.objects.filter(until_on=None).count() == 1
    assert HandOver.objects.exists()
    assert Closing.objects.exists()
    assert Leaving.objects.filter(kind="study").exists()
    assert Sitting.objects.filter(state="stopped").exists()
    assert Intake.objects.filter(ended_at=None).count() == 4
    assert ListUpload.objects.filter(pilot=pilot, state="uploaded").exists()
    assert all_duplicates(Person.objects.all())
    assert not Trajectory.objects.filter(started_on__gt=today).exists()


def test_it_is_filled_once_and_holds_nobody_real():
    today = DAYS[0]
    first = fill(CODE, seed=7, today=today)
    again = fill(CODE, seed=7, today=today)
    assert first == again
    assert Pilot.objects.count() == 1
    assert missing((CODE,)) == []
    assert not holds_real_data()


def test_people_meet_where_nothing_is_closed():
    fill(CODE, seed=7, today=DAYS[0])
    guided = ContactMoment.objects.filter(occasion="guidance", outcome="spoke")
    assert set(guided.values_list("channel", flat=True)) == {"talk"}


def test_nobody_is_asked_to_agree_to_a_period_that_is_over():
    today = DAYS[0]
    text = consent_text(living_rules(today).consent.text_version)
    for edition in text.edition:
        told = [line for part in edition.section for line in part.paragraphs]
        assert not re.search(r"\b20\d\d\b", " ".join(told))


def test_who_was_called_back_held_an_evaluation_that_says_it_is_simulated():
    today = DAYS[0]
    pilot = fill(CODE, seed=7, today=today)
    evaluation = Sitting.objects.get(wave="T1")
    assert (evaluation.state, evaluation.simulated) == ("finished", True)
    assert evaluation.answers.exclude(value="").count() > 10
    called = ContactMoment.objects.filter(occasion="after_care")
    assert called.get().person_id == evaluation.person_id
    assert measured_twice(pilot.study, rules_of(pilot), today).simulated


def test_the_goals_of_who_closed_are_reached_and_no_step_is_left_open():
    fill(CODE, seed=7, today=DAYS[0])
    goals = Goal.objects.exclude(trajectory__closed_on=None)
    assert set(goals.values_list("reached", flat=True)) == {True}
    steps = Step.objects.filter(goal__in=goals)
    assert set(steps.values_list("state", flat=True)) == {"done", "dropped"}


def test_people_wait_since_different_days_and_some_were_referred():
    today = DAYS[0]
    pilot = fill(CODE, seed=7, today=today)
    waiting = waiting_list(pilot=pilot, on=today)
    waits = [(today - one.since_on).days for one in waiting]
    assert waits == sorted(waits, reverse=True)
    assert len(set(waits)) >= 5
    told = {
        status_of(referral, contacted=False)
        for referral in Referral.objects.select_related("candidate")
    }
    assert told == {Status.RECEIVED, Status.STARTED, Status.CLOSED}
