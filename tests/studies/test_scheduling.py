"""Who is due for which measurement on a day."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import AT, Cast
from tests.studies.making import (
    INTAKE_ON,
    agree,
    make_closing,
    make_pilot,
    make_pilot62,
    make_sitting,
    make_trajectory,
    moment,
)
from tests.studies.waves import (
    CLOSED_ON,
    CLOSES_ON,
    OPENS_ON,
    STARTED_ON,
    closed,
    fresh,
    state,
    turn,
    with_intake,
)
from trede.inflow.models import Stage
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting
from trede.studies.due import may_be_due
from trede.studies.scheduling import DUE, Held, State, due_on, schedule
from trede.trajectories.models import Leaving, Pause

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def pilot62(cast: Cast) -> Pilot:
    return make_pilot62(cast).pilot


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast)


def test_an_evaluation_is_expected_open_and_then_missed(pilot: Pilot, cast: Cast):
    candidate = closed(pilot, cast)
    before = state(candidate, "T1", CLOSED_ON - DAY)
    assert before is State.LATER  # a closing that has to come is only planned
    assert state(candidate, "T1", CLOSED_ON) is State.OPEN
    assert state(candidate, "T1", CLOSES_ON) is State.OPEN
    assert state(candidate, "T1", CLOSES_ON + DAY) is State.MISSED


def test_what_was_answered_is_done_and_tells_whether_it_was_in_time(
    pilot: Pilot, cast: Cast
):
    days = {
        OPENS_ON - DAY: "early",
        OPENS_ON: "in_time",
        CLOSES_ON: "in_time",
        CLOSES_ON + DAY: "late",
    }
    for number, (on, timing) in enumerate(days.items()):
        candidate = closed(pilot, cast, f"Vink{number}")
        make_sitting(pilot, candidate.person, cast.sanne, wave="T1", on=on)
        done = turn(candidate, "T1", CLOSES_ON + 9 * DAY)
        assert (done.state, done.timing) == (State.DONE, timing)


def test_before_the_day_on_which_it_was_finished_it_was_under_way(
    pilot: Pilot, cast: Cast
):
    candidate = closed(pilot, cast)
    sitting = make_sitting(pilot, candidate.person, cast.sanne, wave="T1", on=CLOSED_ON)
    sitting.finished_at = moment(CLOSED_ON + 3 * DAY)
    sitting.save()
    assert state(candidate, "T1", CLOSED_ON + DAY) is State.UNDER_WAY
    assert state(candidate, "T1", CLOSED_ON + 3 * DAY) is State.DONE


@pytest.mark.parametrize(
    ("sitting_state", "answered", "expected"),
    [
        (Sitting.State.PREPARED, False, State.OPEN),
        (Sitting.State.HANDED_OVER, True, State.UNDER_WAY),
        (Sitting.State.STOPPED, True, State.UNDER_WAY),
        (Sitting.State.ENDED, True, State.BROKEN_OFF),
        (Sitting.State.ENDED, False, State.REFUSED),
    ],
)
def test_a_sitting_that_is_not_finished_says_where_it_stands(
    pilot: Pilot, cast: Cast, sitting_state: str, answered: bool, expected: State
):
    candidate = closed(pilot, cast)
    sitting = make_sitting(
        pilot,
        candidate.person,
        cast.sanne,
        wave="T1",
        on=CLOSED_ON,
        state=sitting_state,
    )
    if not answered:
        sitting.answers.all().delete()
    assert state(candidate, "T1", CLOSED_ON + DAY) is expected


def test_whoever_breaks_off_and_begins_again_is_under_way(pilot: Pilot, cast: Cast):
    candidate = closed(pilot, cast)
    for number, each in enumerate((Sitting.State.ENDED, Sitting.State.HANDED_OVER)):
        on = CLOSED_ON + number * DAY
        make_sitting(pilot, candidate.person, cast.sanne, wave="T1", on=on, state=each)
    assert state(candidate, "T1", CLOSED_ON + 2 * DAY) is State.UNDER_WAY


def test_nobody_who_stopped_with_the_study_is_asked(pilot: Pilot, cast: Cast):
    candidate = closed(pilot, cast)
    agree(pilot, candidate.person, given=False, at=moment(CLOSED_ON))
    assert state(candidate, "T1", CLOSED_ON + DAY) is State.STOPPED
    assert state(candidate, "T0", CLOSED_ON + DAY) is State.STOPPED


def test_whoever_was_not_asked_to_agree_yet_is_not_due_and_did_not_refuse(
    pilot: Pilot, cast: Cast
):
    candidate = with_intake(pilot, cast)
    candidate.person.consents.all().delete()
    assert state(candidate, "T0", INTAKE_ON) is State.LATER


def test_whoever_dropped_out_is_not_asked_for_an_evaluation(pilot: Pilot, cast: Cast):
    candidate = closed(pilot, cast, reason="no_contact")
    assert state(candidate, "T1", CLOSED_ON + DAY) is State.LEFT
    assert state(candidate, "T0", CLOSED_ON + DAY) is State.DONE


def test_a_wave_of_another_design_is_not_for_this_person(pilot: Pilot, cast: Cast):
    candidate = with_intake(pilot, cast)  # no lot: neither first nor second
    assert state(candidate, "T0b", INTAKE_ON) is State.NOT_FOR


def test_a_retired_wave_is_asked_of_nobody(pilot: Pilot, cast: Cast):
    candidate = closed(pilot, cast)
    candidate.intakes.update(began_at=moment(date(2020, 12, 7)))
    assert state(candidate, "T2", date(2021, 6, 1)) is State.RETIRED


def test_a_pause_holds_up_and_leaves_what_is_due(pilot: Pilot, cast: Cast):
    candidate = with_intake(pilot, cast)
    trajectory = make_trajectory(candidate, cast.sanne, STARTED_ON)
    Pause.objects.create(
        trajectory=trajectory,
        from_on=STARTED_ON,
        until_on=STARTED_ON + 3 * DAY,
        reason="family",
        circumstance="open",
        recorded_at=AT,
        recorded_by=cast.sanne,
    )
    assert turn(candidate, "T0", STARTED_ON + 3 * DAY).held is Held.PAUSE
    after = turn(candidate, "T0", STARTED_ON + 4 * DAY)
    assert (after.state, after.held) == (State.OPEN, None)


def test_a_pause_after_coming_back_does_not_hold_up_the_first(pilot, cast):
    candidate = closed(pilot, cast)
    Pause.objects.create(
        trajectory=make_trajectory(candidate, cast.sanne, CLOSED_ON + DAY),
        from_on=CLOSED_ON + DAY,
        reason="family",
        circumstance="open",
        recorded_at=AT,
        recorded_by=cast.sanne,
    )
    due = turn(candidate, "T1", CLOSED_ON + 9 * DAY)
    assert (due.state, due.held) == (State.OPEN, None)


def test_who_is_left_in_peace_is_held_up(pilot: Pilot, cast: Cast):
    candidate = with_intake(pilot, cast)
    candidate.stage, candidate.rest_until = Stage.RESTING, INTAKE_ON + 9 * DAY
    candidate.save()
    assert turn(candidate, "T0", INTAKE_ON + 2 * DAY).held is Held.RESTS
    assert turn(candidate, "T0", INTAKE_ON + 9 * DAY).held is None


def test_a_halt_holds_everybody_up_and_its_days_do_not_count(pilot: Pilot, cast: Cast):
    candidate = with_intake(pilot, cast)
    # Two weeks before the first lockdown, which lasted 77 days.
    candidate.intakes.update(began_at=moment(date(2020, 3, 2)))
    halted = turn(candidate, "T0", date(2020, 4, 1))
    assert (halted.state, halted.held) == (State.OPEN, Held.HALT)
    assert halted.window is not None
    assert halted.window.closes_on == date(2020, 3, 30) + 77 * DAY
    assert turn(candidate, "T0", date(2020, 6, 1)).held is None


def test_a_record_that_was_put_aside_is_nobody(pilot: Pilot, cast: Cast):
    candidate, kept = with_intake(pilot, cast), with_intake(pilot, cast, "Mees")
    candidate.person.merged_into = kept.person
    candidate.person.save()
    people = {one.person_id for one in schedule(fresh(pilot), INTAKE_ON)}
    assert people == {kept.person_id}


def test_stopping_once_and_agreeing_again_begins_anew(pilot: Pilot, cast: Cast):
    candidate = closed(pilot, cast)
    make_sitting(pilot, candidate.person, cast.sanne, wave="T1", on=CLOSED_ON)
    stopped_at = moment(CLOSED_ON + DAY)
    Leaving.objects.create(
        person=candidate.person,
        pilot=pilot,
        kind=Leaving.Kind.STUDY,
        at=stopped_at,
        by="test",
    )
    assert state(candidate, "T1", CLOSED_ON + 2 * DAY) is State.OPEN


def test_the_list_is_in_the_order_of_the_days_that_matter(pilot: Pilot, cast: Cast):
    late = closed(pilot, cast, "Laat", on=CLOSED_ON + 7 * DAY)
    soon = closed(pilot, cast, "Vroeg")
    turns = schedule(fresh(pilot), CLOSED_ON + 8 * DAY)
    due = [one.person_id for one in turns if one.state is State.OPEN]
    assert due == [soon.person_id, late.person_id]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dates(date(2020, 1, 1), date(2022, 1, 1)))
def test_on_every_day_everybody_is_in_exactly_one_state_a_wave(
    pilot62: Pilot, on: date
):
    turns = schedule(fresh(pilot62), on)
    places = Counter((one.person_id, one.wave.code) for one in turns)
    people = {person_id for person_id, _wave in places}
    assert set(places.values()) <= {1}
    assert len(places) == 4 * len(people)
    for one in turns:
        assert (one.held is None) or one.state in (State.OPEN, State.UNDER_WAY)
        if one.state is State.OPEN:
            assert one.window is not None
            assert one.window.opens_on <= on <= one.window.closes_on


def test_more_people_cost_no_more_queries(pilot: Pilot, cast: Cast):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            schedule(fresh(pilot), CLOSED_ON + DAY)
        return len(queries)

    closed(pilot, cast, "Een")
    few = asked()
    for number in range(6):
        closed(pilot, cast, f"Meer{number}")
    assert asked() == few <= 4


def test_closing_a_second_time_moves_what_is_due(pilot: Pilot, cast: Cast):
    candidate = with_intake(pilot, cast)
    trajectory = make_trajectory(candidate, cast.sanne, STARTED_ON)
    first = make_closing(trajectory, CLOSED_ON, "placed")
    first.reversed_at = moment(CLOSED_ON + DAY)
    first.save()
    make_closing(trajectory, CLOSED_ON + 30 * DAY, "placed")
    due = turn(candidate, "T1", CLOSED_ON + 31 * DAY).window
    assert due is not None
    assert due.since_on == CLOSED_ON + 30 * DAY


def test_of_some_people_the_schedule_says_the_same(pilot: Pilot, cast: Cast):
    numbers = {closed(pilot, cast, name).person_id for name in ("Zwaluw", "Merel")}
    closed(pilot, cast, "Vink")
    with_intake(pilot, cast, "Mees")
    every = schedule(pilot, CLOSED_ON)
    assert schedule(pilot, CLOSED_ON, numbers) == [
        one for one in every if one.person_id in numbers
    ]
    assert {one.person_id for one in every} > numbers
    assert schedule(pilot, CLOSED_ON, []) == []


def test_of_some_of_the_report_it_says_the_same(pilot62: Pilot):
    on = date(2020, 10, 1)
    every = schedule(pilot62, on)
    some = sorted({one.person_id for one in every})[:7]
    told = [one for one in every if one.person_id in some]
    assert schedule(pilot62, on, some) == told != []


@pytest.mark.parametrize("on", [date(2020, 6, 9), date(2020, 10, 1), date(2020, 12, 1)])
def test_nobody_is_due_but_those_of_whom_a_window_may_be_open(pilot62: Pilot, on: date):
    pilot = fresh(pilot62)
    due = [one for one in schedule(pilot, on) if one.state in DUE]
    may_be = may_be_due(pilot, rules_of(pilot, on), on, 1000)
    assert may_be is not None
    assert {one.person_id for one in due} <= may_be
    assert due_on(pilot, on, 1000) == len(due)
    assert due_on(pilot, on, len(may_be) - 1) is None


def test_long_after_everybody_closed_no_window_may_be_open(pilot62: Pilot):
    pilot, on = fresh(pilot62), date(2024, 1, 1)
    assert may_be_due(pilot, rules_of(pilot, on), on, 1000) == set()
    assert due_on(pilot, on, 1000) == 0
