"""A caseload weighs less as there is less contact, and everybody counts it alike."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast
from tests.pilots.files import NIJMEGEN
from tests.trajectories.making import AFTER, BACK, make_trajectory, start_again
from trede.accounts.models import Staff
from trede.desk.coach_day import coach_day
from trede.people.models import Person, Responsibility
from trede.pilots.models import Pilot
from trede.pilots.reading import read_rules
from trede.trajectories.clock import clock
from trede.trajectories.closing import close
from trede.trajectories.models import Closing, Trajectory
from trede.trajectories.pausing import pause
from trede.trajectories.phases import after_care_until, first_cared_for
from trede.trajectories.weighing import (
    Caseload,
    caseloads,
    in_people,
    weight,
    weights_of,
)

LIMITS = read_rules(NIJMEGEN).limits
ON = AFTER.date()
DAY = timedelta(days=1)
START, END = date(2021, 6, 14), date(2021, 12, 14)


def weighs(on: date, closed_on: date | None = None, pauses=(), limits=LIMITS) -> int:
    running = SimpleNamespace(
        started_on=START, closed_on=closed_on, months=6, pauses_stop_the_clock=True
    )
    return weight(clock(running, pauses, on), closed_on, limits, on)


def load(cast: Cast, on: date, **more) -> Caseload:
    return caseloads([cast.sanne, cast.willem], on, **more)[cast.sanne.pk]


def end(cast: Cast, trajectory: Trajectory, at, reason: str = "placed") -> None:
    close(
        trajectory=trajectory,
        on=at.date(),
        reason=reason,
        note="",
        by=cast.by("sanne"),
        at=at,
    )


def test_the_phase_says_what_somebody_weighs():
    assert weighs(START) == 100
    assert weighs(END - 42 * DAY) == 50
    assert weighs(END, closed_on=END) == 10
    assert weighs(date(2022, 6, 15), closed_on=END) == 0


def test_a_pause_weighs_little_and_in_the_tail_no_more_than_the_tail():
    still = [SimpleNamespace(from_on=START, until_on=None)]
    heavy = replace(LIMITS, weight_in_pause_percent=90)
    assert weighs(START + DAY, pauses=still) == 20
    late = [SimpleNamespace(from_on=END - 20 * DAY, until_on=None)]
    assert weighs(END - 10 * DAY, pauses=late, limits=heavy) == 50


@given(st.integers(0, 600), st.integers(0, 100), st.integers(0, 100))
def test_nobody_ever_weighs_more_than_one_nor_less_than_nothing(days, tail, paused):
    limits = replace(
        LIMITS, weight_in_tail_percent=tail, weight_in_pause_percent=paused
    )
    still = [SimpleNamespace(from_on=START + 5 * DAY, until_on=START + 50 * DAY)]
    assert 0 <= weighs(START + days * DAY, pauses=still, limits=limits) <= 100


@pytest.mark.parametrize(
    ("hundredths", "said"), [(0, "0"), (100, "1"), (150, "1.5"), (1040, "10.4")]
)
def test_a_weight_is_said_with_one_decimal_or_none(hundredths, said):
    assert str(in_people(hundredths)) == said


def test_who_is_guided_paused_and_closed_is_counted_with_the_coach(cast, pilot):
    _main, still, done, left = (make_trajectory(cast, pilot) for _each in range(4))
    by = cast.by("sanne")
    later = AFTER + 2 * DAY
    pause(
        trajectory=still,
        from_on=ON,
        until_on=None,
        reason="family",
        by=by,
        at=AFTER,
    )
    end(cast, done, later)
    end(cast, left, later, reason="no_contact")
    found = load(cast, later.date())
    assert (found.guides, found.hundredths) == (2, 100 + 20 + 10)
    assert load(cast, later.date(), but=done.person).hundredths == 120
    assert load(cast, ON + DAY).guides == 4


def test_who_came_back_counts_once(cast: Cast, trajectory: Trajectory):
    end(cast, trajectory, BACK - 20 * DAY)
    start_again(cast, trajectory)
    found = load(cast, BACK.date())
    assert (found.guides, found.hundredths) == (1, 100)


def test_the_coach_and_the_coordinator_see_the_same_number(cast, pilot: Pilot):
    make_trajectory(cast, pilot)
    end(cast, make_trajectory(cast, pilot), AFTER + DAY)
    at = AFTER + 150 * DAY
    told, seen = coach_day(cast.sanne, pilot, at).load, load(cast, at.date())
    assert (told.guides, told.hundredths) == (seen.guides, seen.hundredths) == (1, 60)


def test_what_somebody_adds_is_asked_of_all_at_once(
    cast, pilot, django_assert_num_queries
):
    both = [make_trajectory(cast, pilot) for _each in range(2)]
    with django_assert_num_queries(2):
        found = weights_of(both, ON)
    assert found == {one.person_id: 100 for one in both}


def test_the_load_of_all_coaches_takes_five_questions(
    cast, pilot, django_assert_num_queries
):
    for coach in (cast.sanne, cast.willem, cast.willem):
        make_trajectory(cast, pilot, coach=coach)
    with django_assert_num_queries(5):
        found = caseloads([cast.sanne, cast.willem], ON)
    assert {key: one.guides for key, one in found.items()} == {
        cast.sanne.pk: 1,
        cast.willem.pk: 2,
    }


def make_everything(cast: Cast, pilot: Pilot) -> None:
    """Of every manner to be in a trajectory, to leave it and to come back."""
    names = ("runs", "paused", "still", "placed", "left", "again", "twice", "back")
    more = ("undone", "over", "erased")
    made = {name: make_trajectory(cast, pilot) for name in (*names, *more)}
    for name, until in (("paused", ON + 40 * DAY), ("still", None)):
        pause(
            trajectory=made[name],
            from_on=ON + 10 * DAY,
            until_on=until,
            reason="family",
            by=cast.by("sanne"),
            at=AFTER + 10 * DAY,
        )
    for name in ("placed", "again", "twice", "back", "undone", "over", "left"):
        reason = "own_wish" if name == "left" else "placed"
        end(cast, made[name], AFTER + 78 * DAY, reason)
    again = {name: start_again(cast, made[name]) for name in ("again", "twice", "back")}
    end(cast, again["twice"], BACK + 30 * DAY)
    end(cast, again["back"], BACK + 30 * DAY, "own_wish")
    taken_back = Closing.objects.filter(trajectory=made["undone"])
    taken_back.update(reversed_at=AFTER + 79 * DAY)
    Trajectory.objects.filter(pk=made["undone"].pk).update(closed_on=None)
    Person.objects.filter(pk=made["erased"].person_id).update(erased_at=AFTER)
    for name in ("runs", "placed"):
        rows = Responsibility.objects.filter(person=made[name].person)
        rows.update(ended_on=ON + 100 * DAY)
        who = made[name].person
        Responsibility.objects.create(
            person=who, staff=cast.willem, started_on=ON + 100 * DAY
        )


def one_by_one(staff: Staff, on: date) -> tuple[int, int]:
    """What a coach has to do, each person looked at apart."""
    guides, hundredths = 0, 0
    rows = Responsibility.objects.filter(staff=staff, started_on__lte=on)
    for one in rows.filter(person__erased_at=None):
        if one.ended_on and one.ended_on <= on:
            continue
        every = Trajectory.objects.filter(person=one.person_id, started_on__lte=on)
        for each in every.order_by("-started_on", "-pk"):
            runs = each.closed_on is None or each.closed_on > on
            last = each.closings.filter(reversed_at=None).first()
            if runs or (last and last.reason != "own_wish" and lasts(each, on)):
                face = clock(each, each.pauses.filter(reversed_at=None), on)
                hundredths += weight(face, each.closed_on, LIMITS, on)
                guides += runs
                break
    return guides, hundredths


def lasts(one: Trajectory, on: date) -> bool:
    until = one.closed_on and after_care_until(one.closed_on, LIMITS)
    return bool(until and on <= until)


def test_all_at_once_weigh_what_each_weighs_apart(cast: Cast, pilot: Pilot):
    make_everything(cast, pilot)
    # The last day of August and of February, and the days round them, are among these.
    for days in (0, 9, 10, 50, 51, 77, 78, 99, 100, 159, 160, 190, *range(255, 380, 3)):
        on = ON + days * DAY
        found = caseloads([cast.sanne, cast.willem], on)
        for staff in (cast.sanne, cast.willem):
            load = found[staff.pk]
            assert (load.guides, load.hundredths) == one_by_one(staff, on), on


@given(st.dates(date(2020, 1, 1), date(2032, 12, 31)), st.integers(1, 12))
def test_the_first_day_with_after_care_is_exact(on, months):
    limits = replace(LIMITS, after_care_months=months)
    first = first_cared_for(limits, on)
    assert first is not None
    before, after = (after_care_until(day, limits) for day in (first - DAY, first))
    assert before is not None
    assert after is not None
    assert before < on <= after
