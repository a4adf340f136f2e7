"""The living demo pilot has every state of the journey in it, on any day."""

import re
from itertools import pairwise

import pytest

from tests.demo.conftest import DAYS, Living
from tests.demo.walk import Walk
from trede.accounts.demo_mode import holds_real_data
from trede.accounts.models import Municipality, Staff
from trede.contact.models import Appointment, ContactMoment
from trede.demo.diary import KEPT
from trede.demo.filling import fill, instruct, missing
from trede.demo.living_rules import CODE, living_rules
from trede.demo.town import found_town
from trede.inflow.models import Candidate, Intake, ListUpload, Referral, Stage
from trede.inflow.referring import Status, status_of
from trede.inflow.waiting import waiting_list
from trede.people.consent_text import consent_text
from trede.people.duplicates import all_duplicates
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.questionnaires import instruction
from trede.questionnaires.models import Sitting
from trede.studies.holding_back import measured_twice
from trede.trajectories.caseload import fitting_coaches
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


def test_every_state_of_the_journey_is_there(living: Living):
    stages = set(Candidate.objects.values_list("stage", flat=True))
    assert stages == set(Stage)
    assert Pause.objects.filter(until_on=None).count() == 1
    assert HandOver.objects.exists()
    assert Closing.objects.exists()
    assert Leaving.objects.filter(kind="study").exists()
    assert Sitting.objects.filter(state="stopped").exists()
    assert Intake.objects.filter(ended_at=None).count() == 4
    assert ListUpload.objects.filter(pilot=living.pilot, state="uploaded").exists()
    assert all_duplicates(Person.objects.all())
    assert not Trajectory.objects.filter(started_on__gt=living.today).exists()


def test_it_is_filled_once_and_holds_nobody_real(living: Living):
    again = fill(CODE, seed=7, today=living.today)
    assert again == living.pilot
    assert Pilot.objects.count() == 1
    assert missing((CODE,)) == []
    assert not holds_real_data()


def test_every_coach_but_one_was_instructed_before_the_pilot_began(living: Living):
    town = found_town()
    for _again in range(2):
        instruct(town, today=living.today)
    coaches = instruction.of_municipality(town.municipality)
    days = {one.staff.name: one.read_on for one in coaches}
    assert [name for name, day in days.items() if day is None] == ["Youssef Amari"]
    began = living_rules(living.today).pilot.starts_on
    assert all(day < began for day in days.values() if day)
    assert 0 < sum(one.practised_on is None for one in coaches) < len(coaches)


def test_no_coach_is_in_two_talks_at_once(living: Living):
    kept = Appointment.objects.filter(state__in=KEPT)
    of_coach: dict[int, list[Appointment]] = {}
    for one in kept.order_by("starts_at", "pk"):
        of_coach.setdefault(one.staff_id, []).append(one)
    assert len(of_coach) > 1
    for talks in of_coach.values():
        for one, next_one in pairwise(talks):
            assert one.ends_at <= next_one.starts_at


def test_somebody_can_be_given_a_coach_whose_manner_suits(living: Living):
    today = living.today
    coaches = found_town().coaches
    limits = rules_of(living.pilot, today).limits
    guided = Trajectory.objects.running().filter(pilot=living.pilot)
    told = [
        one.suiting
        for trajectory in guided.select_related("person")
        for one in fitting_coaches(
            person=trajectory.person, coaches=coaches, limits=limits, on=today
        )
    ]
    assert any(told)
    assert not all(told)


def test_people_meet_where_nothing_is_closed(living: Living):
    guided = ContactMoment.objects.filter(occasion="guidance", outcome="spoke")
    assert set(guided.values_list("channel", flat=True)) == {"talk"}


def test_nobody_is_asked_to_agree_to_a_period_that_is_over():
    text = consent_text(living_rules(DAYS[0]).consent.text_version)
    for edition in text.edition:
        told = [line for part in edition.section for line in part.paragraphs]
        assert not re.search(r"\b20\d\d\b", " ".join(told))


def test_who_was_called_back_held_an_evaluation_that_says_it_is_simulated(
    living: Living,
):
    evaluation = Sitting.objects.get(wave="T1")
    assert (evaluation.state, evaluation.simulated) == ("finished", True)
    assert evaluation.answers.exclude(value="").count() > 10
    called = ContactMoment.objects.filter(occasion="after_care")
    assert called.get().person_id == evaluation.person_id
    assert measured_twice(
        living.pilot.study, rules_of(living.pilot), living.today
    ).simulated


def test_the_goals_of_who_closed_are_reached_and_no_step_is_left_open(living: Living):
    goals = Goal.objects.exclude(trajectory__closed_on=None)
    assert set(goals.values_list("reached", flat=True)) == {True}
    steps = Step.objects.filter(goal__in=goals)
    assert set(steps.values_list("state", flat=True)) == {"done", "dropped"}


def test_people_wait_since_different_days_and_some_were_referred(living: Living):
    waiting = waiting_list(pilot=living.pilot, on=living.today)
    waits = [(living.today - one.since_on).days for one in waiting]
    assert waits == sorted(waits, reverse=True)
    assert len(set(waits)) >= 5
    told = {
        status_of(referral, contacted=False)
        for referral in Referral.objects.select_related("candidate")
    }
    assert told == {Status.RECEIVED, Status.STARTED, Status.CLOSED}


@pytest.mark.parametrize("living", DAYS[:1], indirect=True, ids=str)
def test_no_page_of_the_cast_offers_a_shut_door(living: Living):
    """Nobody is shown a link or a button that leads to a shut door."""
    Municipality.objects.update(second_step_roles=[])
    Staff.objects.update(one_time_until=None)
    opened: dict[str, int] = {}
    wrong: list[str] = []
    for staff in Staff.objects.filter(in_cast=True):
        walk = Walk(staff)
        walk.go()
        opened[staff.name] = len(walk.seen)
        wrong += [f"{staff.name}: {line}" for line in walk.wrong]
    assert not wrong, "\n".join(wrong)
    assert min(opened.values()) >= 5, opened
    assert opened["Willem Aerts"] >= 60, opened
