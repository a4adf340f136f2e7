"""A trajectory starts once, with a coach who has room, and not before its time."""

from datetime import date

import pytest

from tests.cast import AT, Cast, employ
from tests.trajectories.making import (
    AFTER,
    DAY,
    TEXT,
    make_candidate,
    make_trajectory,
)
from trede.accounts.models import Role
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.inflow.models import Deviation, Stage
from trede.people.responsibility import coach_of
from trede.pilots.loading import load_pilot
from trede.pilots.models import Pilot
from trede.trajectories.caseload import guided_by
from trede.trajectories.models import Trajectory
from trede.trajectories.starting import start

MARCH = AT.replace(month=4, day=6)


def begin(cast: Cast, candidate, by="sanne", coach=None, at=AFTER, on=None, **more):
    return start(
        candidate=candidate,
        coach=coach or cast.sanne,
        on=on or at.date(),
        by=cast.by(by),
        at=at,
        **more,
    )


def test_starting_makes_coach_stage_and_exemption(cast: Cast, pilot: Pilot):
    candidate = make_candidate(cast, pilot)
    trajectory = begin(cast, candidate)
    candidate.refresh_from_db()
    assert candidate.stage == Stage.STARTED
    assert coach_of(candidate.person) == cast.sanne
    assert (trajectory.months, trajectory.design) == (6, "pre_post")
    assert [(n.kind, n.on) for n in trajectory.notices.all()] == [
        ("begins", AFTER.date())
    ]


def test_nobody_is_in_trajectories_of_two_pilots_at_once(cast: Cast, pilot: Pilot):
    running = make_trajectory(cast, pilot)
    text = TEXT.replace('code = "nijmegen"', 'code = "second"', 1)
    second = load_pilot(
        text=text,
        municipality=cast.here,
        reason="the start",
        by=cast.by("aad"),
        at=AT,
        in_force_from=date(2020, 1, 1),
    )
    other = make_candidate(cast, second)
    other.person = running.person
    other.save()
    with pytest.raises(Refused, match="trajectory of another pilot"):
        begin(cast, other)
    assert not other.trajectories.exists()


def test_starting_writes_its_line_with_the_person(cast: Cast, pilot: Pilot):
    candidate = make_candidate(cast, pilot)
    begin(cast, candidate)
    line = Line.objects.filter(action="started a trajectory").get()
    assert [m.person_id for m in line.mentions.all()] == [candidate.person_id]


def test_a_second_click_does_not_start_twice(cast: Cast, pilot: Pilot):
    candidate = make_candidate(cast, pilot)
    begin(cast, candidate)
    with pytest.raises(Refused, match="started already"):
        begin(cast, candidate)
    assert Trajectory.objects.count() == 1


@pytest.mark.parametrize(
    "stage", [Stage.LISTED, Stage.WAITING, Stage.INTAKE, Stage.DECLINED, Stage.CLOSED]
)
def test_nobody_starts_whose_intake_did_not_say_so(cast: Cast, pilot: Pilot, stage):
    candidate = make_candidate(cast, pilot, stage=stage)
    with pytest.raises(Refused, match="cannot start yet"):
        begin(cast, candidate)


def test_nobody_starts_in_the_future_or_before_the_intake(cast: Cast, pilot: Pilot):
    candidate = make_candidate(cast, pilot)
    with pytest.raises(Refused, match="not come yet"):
        begin(cast, candidate, on=AFTER.date() + DAY)
    with pytest.raises(Refused, match="before the intake"):
        begin(cast, candidate, on=AFTER.date() - DAY)


def test_nobody_starts_while_trajectories_are_halted(cast: Cast, pilot: Pilot):
    candidate = make_candidate(cast, pilot, at=MARCH, study=False)
    with pytest.raises(Refused, match="halted"):
        begin(cast, candidate, at=MARCH)


def test_a_coach_with_fifteen_takes_no_sixteenth(cast: Cast, pilot: Pilot):
    for _each in range(15):
        make_trajectory(cast, pilot)
    assert guided_by(cast.sanne, AFTER.date()).count() == 15
    one_more = make_candidate(cast, pilot)
    with pytest.raises(Refused, match="guides 15 of 15"):
        begin(cast, one_more)
    with pytest.raises(Refused, match="guides 15 of 15"):
        begin(cast, one_more, limit_reason="I say so")
    with pytest.raises(Refused, match="one more is right"):
        begin(cast, one_more, by="greet")
    begin(cast, one_more, by="greet", limit_reason="Partner of a participant.")
    reason = one_more.person.responsibilities.get().reason
    assert reason == "Partner of a participant."


def test_only_a_coach_of_this_town_can_be_chosen(cast: Cast, pilot: Pilot):
    candidate = make_candidate(cast, pilot)
    for nobody in (cast.greet, cast.noor):
        with pytest.raises(Refused, match="coach"):
            begin(cast, candidate, coach=nobody)
    assert not Trajectory.objects.exists()


def test_in_a_design_with_pairs_nobody_starts_without_a_lot(cast: Cast, pilot: Pilot):
    candidate = make_candidate(cast, pilot, at=AT)
    with pytest.raises(Refused, match="lot has not fallen"):
        begin(cast, candidate, at=AT)
    begin(cast, candidate, at=AT, deviation_reason="Nobody to pair with.")
    deviation = Deviation.objects.get()
    assert (deviation.kind, deviation.reason) == ("without_lot", "Nobody to pair with.")


def test_who_did_not_agree_to_the_study_needs_no_lot(cast: Cast, pilot: Pilot):
    candidate = make_candidate(cast, pilot, at=AT, study=False)
    assert begin(cast, candidate, at=AT).design == "paired"
    assert not Deviation.objects.exists()


def test_a_refused_start_leaves_nothing_behind(cast: Cast, pilot: Pilot):
    candidate = make_candidate(cast, pilot)
    before = Line.objects.count()
    with pytest.raises(Refused):
        begin(cast, candidate, coach=cast.greet)
    candidate.refresh_from_db()
    assert candidate.stage == Stage.TO_START
    assert not candidate.person.responsibilities.exists()
    assert Line.objects.count() == before


def test_whoever_comes_back_has_a_second_trajectory(cast: Cast, pilot: Pilot):
    candidate = make_candidate(cast, pilot)
    first = begin(cast, candidate)
    Trajectory.objects.filter(pk=first.pk).update(closed_on=date(2021, 7, 1))
    candidate.stage = Stage.TO_START
    candidate.save()
    later = AFTER.replace(month=9)
    with pytest.raises(Refused, match="earlier trajectory"):
        begin(cast, candidate, at=later, on=date(2021, 6, 20))
    assert begin(cast, candidate, at=later).pk != first.pk


def test_the_coach_is_counted_for_running_trajectories_only(cast: Cast, pilot: Pilot):
    mila = employ(cast.here, "mila", Role.COACH)
    ended = make_trajectory(cast, pilot, coach=mila)
    make_trajectory(cast, pilot, coach=mila)
    Trajectory.objects.filter(pk=ended.pk).update(closed_on=AFTER.date())
    assert guided_by(mila, AFTER.date() + DAY).count() == 1
    assert guided_by(mila, AFTER.date() - DAY).count() == 0
