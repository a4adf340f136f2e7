"""When the evaluation is expected while the trajectory still runs: net of pauses."""

from datetime import date, timedelta

import pytest

from tests.cast import AT, Cast
from tests.studies.making import (
    INTAKE_ON,
    UNTIL,
    make_candidate,
    make_person,
    make_study,
    make_trajectory,
)
from trede.inflow.models import Intake, Stage
from trede.pilots.loading import rules_of
from trede.studies.due import Dates, dates_of, window
from trede.trajectories.models import Pause

pytestmark = pytest.mark.django_db
STARTED_ON = date(2020, 10, 1)


@pytest.fixture
def study(cast: Cast):
    return make_study(cast)


@pytest.fixture
def trajectory(study, cast: Cast):
    candidate = make_candidate(
        study.pilot, make_person(study.pilot), (Stage.STARTED, STARTED_ON, "")
    )
    began_at = AT.replace(year=INTAKE_ON.year, month=INTAKE_ON.month, day=INTAKE_ON.day)
    Intake.objects.create(
        candidate=candidate, coach=cast.sanne, began_at=began_at, circumstance="open"
    )
    return make_trajectory(candidate, cast.sanne, STARTED_ON)


def pause(trajectory, cast: Cast, until_on: date | None, **more) -> None:
    Pause.objects.create(
        trajectory=trajectory,
        from_on=date(2020, 11, 1),
        until_on=until_on,
        reason="family",
        circumstance="open",
        recorded_at=AT,
        recorded_by=cast.sanne,
        **more,
    )


def expected(study, trajectory):
    rules = rules_of(study.pilot, UNTIL)
    wave = next(one for one in rules.waves if one.code == "T1")
    known = dates_of(study.pilot, UNTIL)
    return window(wave, trajectory.person_id, known, rules)


def test_the_evaluation_is_expected_two_weeks_before_the_months_are_over(
    study, trajectory
):
    found = expected(study, trajectory)
    assert (found.planned, found.opens_on) == (True, date(2021, 3, 18))


def test_a_pause_moves_the_evaluation_by_as_many_days(study, trajectory, cast: Cast):
    pause(trajectory, cast, date(2020, 11, 30))
    assert expected(study, trajectory).opens_on == date(2021, 4, 17)


def test_a_pause_that_was_taken_back_moves_nothing(study, trajectory, cast: Cast):
    pause(trajectory, cast, date(2020, 11, 30), reversed_at=AT)
    assert expected(study, trajectory).opens_on == date(2021, 3, 18)


def test_while_a_pause_has_no_end_nobody_says_when(study, trajectory, cast: Cast):
    pause(trajectory, cast, None)
    assert expected(study, trajectory) is None


@pytest.mark.parametrize(
    ("ended", "began"),
    [
        # As planned, and because the first of the pair stopped after two months.
        (date(2021, 3, 31), date(2021, 4, 1)),
        (date(2020, 12, 1), date(2020, 12, 7)),
    ],
)
def test_who_waits_is_asked_in_the_four_weeks_before_the_own_start(
    study, ended: date, began: date
):
    rules = rules_of(study.pilot, UNTIL)
    wave = next(one for one in rules.waves if one.code == "T0b")
    waited = Dates(INTAKE_ON, began, partner_id=2, place="second")
    first = Dates(INTAKE_ON, STARTED_ON, ended, True, partner_id=1, place="first")
    found = window(wave, 1, {1: waited, 2: first}, rules)
    assert found is not None
    assert (found.opens_on, found.closes_on) == (began - timedelta(28), began)
    assert window(wave, 2, {1: waited, 2: first}, rules) is None
