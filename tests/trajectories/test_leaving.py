"""Two acts of leaving that have nothing to do with each other."""

import pytest

from tests.cast import Cast
from tests.trajectories.making import AFTER, DAY, make_candidate, make_trajectory
from trede.accounts.acting import person_actor
from trede.audit.models import Line
from trede.inflow.models import Candidate, Stage
from trede.people.consenting import decide, has_consent
from trede.people.models import Purpose
from trede.pilots.models import Pilot
from trede.trajectories.closing import close
from trede.trajectories.leaving import leave_trajectory, stop_with_study
from trede.trajectories.models import Closing, Leaving, Trajectory
from trede.trajectories.pausing import pause

LATER = AFTER + 30 * DAY


def themselves(trajectory: Trajectory):
    return person_actor(trajectory.person_id, trajectory.person.municipality_id)


def agree(cast: Cast, trajectory: Trajectory, purpose: Purpose, at=AFTER):
    decide(
        person=trajectory.person,
        pilot=trajectory.pilot,
        purpose=purpose,
        given=True,
        text_version="nijmegen-2020-1",
        language="nl",
        by=cast.by("sanne"),
        at=at,
    )


def stop(trajectory: Trajectory, by=None, at=LATER):
    return stop_with_study(
        person=trajectory.person,
        pilot=trajectory.pilot,
        by=by or themselves(trajectory),
        at=at,
    )


def leave(trajectory: Trajectory, by=None, at=LATER):
    return leave_trajectory(
        person=trajectory.person,
        pilot=trajectory.pilot,
        by=by or themselves(trajectory),
        at=at,
    )


def state(trajectory: Trajectory) -> tuple[object, ...]:
    now = Trajectory.objects.get(pk=trajectory.pk)
    return (now.closed_on, now.candidate.stage, now.notices.count())


def test_stopping_with_the_study_leaves_the_trajectory_untouched(cast, trajectory):
    before = state(trajectory)
    stop(trajectory)
    assert state(trajectory) == before


def test_stopping_withdraws_every_purpose_of_the_study(cast, trajectory):
    agree(cast, trajectory, Purpose.RECORDING)
    agree(cast, trajectory, Purpose.REGISTER)
    stop(trajectory)
    for purpose in Purpose:
        assert not has_consent(trajectory.person, trajectory.pilot, purpose)


def test_leaving_the_trajectory_leaves_the_study_untouched(cast, trajectory):
    leave(trajectory)
    assert has_consent(trajectory.person, trajectory.pilot, Purpose.STUDY)
    assert state(trajectory) == (LATER.date(), Stage.CLOSED, 2)


def test_who_leaves_needs_no_reason_and_counts_as_a_dropout(cast, trajectory):
    leave(trajectory)
    closing = Closing.objects.get()
    assert (closing.reason, closing.note, closing.recorded_by) == ("own_wish", "", None)


def test_staff_do_it_at_the_persons_word(cast, trajectory):
    leave(trajectory, by=cast.by("sanne"))
    assert Closing.objects.get().recorded_by == cast.sanne
    assert Leaving.objects.get().by == cast.sanne.actor


@pytest.mark.parametrize("act", [stop, leave])
def test_leaving_twice_is_once(cast, trajectory, act):
    first = act(trajectory)
    assert act(trajectory, by=cast.by("sanne"), at=LATER + DAY) == first
    assert Leaving.objects.count() == 1
    assert Closing.objects.count() == (1 if act is leave else 0)


def test_the_trail_names_the_person(cast, trajectory):
    stop(trajectory)
    line = Line.objects.get(action="stopped with the study")
    assert line.actor == f"person:{trajectory.person_id}"


def test_who_agrees_again_may_stop_again(cast, trajectory):
    stop(trajectory)
    agree(cast, trajectory, Purpose.STUDY, at=LATER + DAY)
    stop(trajectory, at=LATER + 2 * DAY)
    assert not has_consent(trajectory.person, trajectory.pilot, Purpose.STUDY)
    assert Leaving.objects.count() == 2


@pytest.mark.parametrize("days", [-2, 40])
def test_a_pause_does_not_stand_in_the_way(cast, trajectory, days: int):
    pause(
        trajectory=trajectory,
        from_on=LATER.date() + days * DAY,
        until_on=None,
        reason="family",
        by=cast.by("sanne"),
        at=AFTER,
    )
    leave(trajectory)
    assert state(trajectory)[0] == LATER.date()


@pytest.mark.parametrize("stage", [Stage.TO_START, Stage.PAIR_WAITING, Stage.INTAKE])
def test_before_the_start_one_may_leave_too(cast: Cast, pilot: Pilot, stage: Stage):
    candidate = make_candidate(cast, pilot, stage=stage)
    by = person_actor(candidate.person_id, pilot.municipality_id)
    leave_trajectory(person=candidate.person, pilot=pilot, by=by, at=LATER)
    assert Candidate.objects.get(pk=candidate.pk).stage == Stage.DECLINED


def test_after_closing_there_is_nothing_to_leave(cast, trajectory):
    close(
        trajectory=trajectory,
        on=LATER.date(),
        reason="placed",
        note="",
        by=cast.by("sanne"),
        at=LATER,
    )
    assert leave(trajectory) is None
    assert Closing.objects.get().reason == "placed"


def test_leaving_one_pilot_leaves_another_alone(cast, pilot):
    here, there = make_trajectory(cast, pilot), make_trajectory(cast, pilot)
    leave(here)
    assert state(there)[0] is None
