"""Starting, handing over, closing and changing a plan, by two at the same moment."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.at_once import at_once, refusals, several
from tests.cast import Cast
from tests.trajectories.making import (
    AFTER,
    DAY,
    make_candidate,
    make_pilot,
    make_trajectory,
)
from trede.inflow.models import Stage
from trede.people.models import Person, Responsibility
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting
from trede.trajectories import planning
from trede.trajectories.closing import close, open_evaluation, take_back
from trede.trajectories.handing_over import Passing, hand_over, hand_over_all
from trede.trajectories.leaving import leave_trajectory
from trede.trajectories.models import ExemptionNotice, Goal, Leaving, Step, Trajectory
from trede.trajectories.pausing import pause
from trede.trajectories.starting import start

pytestmark = pytest.mark.django_db(transaction=True)
LATER = AFTER + 30 * DAY
ON = LATER.date()


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast)


@pytest.fixture
def trajectory(cast: Cast, pilot: Pilot) -> Trajectory:
    return make_trajectory(cast, pilot)


def standing(person: Person) -> Responsibility:
    return Responsibility.objects.get(person=person, ended_on=None)


def closing(cast: Cast, trajectory: Trajectory) -> object:
    reason = "goals_reached"
    return close(
        trajectory=trajectory,
        on=ON,
        reason=reason,
        note="",
        by=cast.by("sanne"),
        at=LATER,
    )


def handing_over(cast: Cast, trajectory: Trajectory) -> object:
    return hand_over(
        trajectory=trajectory,
        receiver=cast.willem,
        on=ON,
        reason="leaves",
        note="",
        by=cast.by("greet"),
        at=LATER,
    )


def test_somebody_who_is_started_by_two_coaches_has_one_trajectory(
    cast: Cast, pilot: Pilot
):
    candidate = make_candidate(cast, pilot)
    results = at_once(
        *(
            partial(
                start,
                candidate=candidate,
                coach=coach,
                on=AFTER.date(),
                by=cast.by("greet"),
                at=AFTER,
            )
            for coach in (cast.sanne, cast.willem)
        )
    )
    assert len(refusals(results)) == 1
    trajectory = Trajectory.objects.get()
    assert standing(trajectory.person)
    assert ExemptionNotice.objects.filter(trajectory=trajectory).count() == 1


def test_two_starts_at_once_do_not_go_over_what_a_coach_can_carry(
    cast: Cast, pilot: Pilot
):
    for _each in range(14):
        make_trajectory(cast, pilot)
    two = [make_candidate(cast, pilot) for _each in range(2)]
    results = at_once(
        *(
            partial(
                start,
                candidate=one,
                coach=cast.sanne,
                on=AFTER.date(),
                by=cast.by("sanne"),
                at=AFTER,
            )
            for one in two
        )
    )
    assert len(refusals(results)) == 1
    assert Responsibility.objects.filter(staff=cast.sanne, ended_on=None).count() == 15


def test_a_trajectory_is_closed_once(cast: Cast, trajectory: Trajectory):
    results = several(lambda: closing(cast, trajectory))
    assert len(refusals(results)) == len(results) - 1
    assert trajectory.closings.count() == 1
    trajectory.candidate.refresh_from_db()
    assert trajectory.candidate.stage == Stage.CLOSED


def test_what_is_handed_over_while_it_is_closed_is_closed_or_closed_by_the_receiver(
    cast: Cast, trajectory: Trajectory
):
    results = at_once(
        lambda: handing_over(cast, trajectory), lambda: closing(cast, trajectory)
    )
    trajectory.refresh_from_db()
    assert trajectory.closed_on == ON
    coach = standing(trajectory.person).staff
    assert coach == (cast.sanne if refusals(results) else cast.willem)
    assert trajectory.hand_overs.count() == (0 if refusals(results) else 1)


def test_a_coach_who_leaves_and_a_colleague_who_takes_over_do_not_cross(
    cast: Cast, trajectory: Trajectory
):
    passing = Passing(trajectory.person, cast.willem)
    results = at_once(
        lambda: handing_over(cast, trajectory),
        lambda: hand_over_all(
            giver=cast.sanne,
            passings=[passing],
            on=ON,
            reason="leaves",
            by=cast.by("greet"),
            at=LATER,
        ),
    )
    assert len(refusals(results)) == 1
    assert standing(trajectory.person).staff == cast.willem
    assert trajectory.hand_overs.count() == 1


def test_a_closing_is_taken_back_once(cast: Cast, trajectory: Trajectory):
    closing(cast, trajectory)
    several(
        lambda: take_back(
            trajectory=trajectory, reason="Vergissing", by=cast.by("sanne"), at=LATER
        )
    )
    trajectory.refresh_from_db()
    assert trajectory.closed_on is None
    back = trajectory.candidate.transitions.exclude(reverses=None)
    assert back.count() == 1


def test_a_pause_and_a_closing_at_once_leave_no_pause_in_a_closed_trajectory(
    cast: Cast, trajectory: Trajectory
):
    at_once(
        lambda: closing(cast, trajectory),
        lambda: pause(
            trajectory=trajectory,
            from_on=ON,
            until_on=None,
            reason="illness_participant",
            by=cast.by("sanne"),
            at=LATER,
        ),
    )
    open_pauses = trajectory.pauses.standing().filter(until_on=None)
    assert not open_pauses.exists()


def test_leaving_by_the_person_and_closing_by_the_coach_are_one_end(
    cast: Cast, trajectory: Trajectory
):
    at_once(
        lambda: closing(cast, trajectory),
        lambda: leave_trajectory(
            person=trajectory.person,
            pilot=trajectory.pilot,
            by=cast.by("sanne"),
            at=LATER,
        ),
    )
    assert trajectory.closings.standing().count() == 1
    ends = ExemptionNotice.objects.filter(kind=ExemptionNotice.Kind.ENDS)
    assert ends.count() == 1
    assert Leaving.objects.standing().count() <= 1


def test_leaving_and_a_hand_over_at_once_both_end(cast: Cast, pilot: Pilot):
    """Neither waits for what the other holds: both would be told that it failed."""
    people = [make_trajectory(cast, pilot) for _each in range(4)]
    acts = [
        act
        for one in people
        for act in (
            partial(handing_over, cast, one),
            partial(leaving, cast, one),
        )
    ]
    at_once(*acts)
    for one in people:
        one.refresh_from_db()
        assert one.closed_on == ON
        handed = one.hand_overs.count()
        coach = standing(one.person).staff
        assert coach == (cast.willem if handed else cast.sanne)


def leaving(cast: Cast, trajectory: Trajectory) -> object:
    return leave_trajectory(
        person=trajectory.person,
        pilot=trajectory.pilot,
        by=cast.by("sanne"),
        at=LATER,
    )


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite holds everything at once"
)
def test_leaving_a_hand_over_and_a_closing_hold_in_one_order(cast: Cast, pilot: Pilot):
    """Which rows two acts hold in another order, each may wait for the other."""
    held = [
        rows_held(partial(act, cast, make_trajectory(cast, pilot)))
        for act in (handing_over, leaving, closing)
    ]
    tables = ("trajectories_trajectory", "inflow_candidate", "people_person")
    for found in held:
        first = [found.index(one) for one in tables if one in found]
        assert first == sorted(first), held
    assert {"trajectories_trajectory", "people_person"} <= {*held[0]} & {*held[1]}


def rows_held(act: Callable[[], object]) -> list[str]:
    """The tables of which an act holds a row, in order."""
    with CaptureQueriesContext(connection) as seen:
        act()
    return [
        sql.partition(' FROM "')[2].partition('"')[0]
        for one in seen.captured_queries
        if "FOR " in (sql := one["sql"]) and " UPDATE" in sql
    ]


def test_the_evaluation_that_is_opened_by_two_is_one(
    cast: Cast, trajectory: Trajectory
):
    several(
        lambda: open_evaluation(
            trajectory=trajectory,
            mode=Sitting.Mode.ALONE,
            language="nl",
            location="",
            by=cast.by("sanne"),
            at=LATER,
        )
    )
    sittings = Sitting.objects.filter(person=trajectory.person, wave="T1")
    assert sittings.count() == 1


def learning_to_cycle(cast: Cast, trajectory: Trajectory) -> Step:
    now = {"by": cast.by("sanne"), "at": AFTER}
    goal = planning.set_goal(trajectory=trajectory, words="Leren fietsen", **now)
    return planning.add_step(
        goal=goal, words="Fiets lenen", together=True, planned_on=None, **now
    )


def test_of_two_wordings_of_a_goal_one_stands_and_the_other_is_told(
    cast: Cast, trajectory: Trajectory
):
    step = learning_to_cycle(cast, trajectory)
    goal = step.goal
    results = at_once(
        *(
            partial(
                planning.reword_goal, goal=goal, words=words, by=cast.by(name), at=LATER
            )
            for words, name in (("Fietsen", "sanne"), ("Naar buiten", "willem"))
        )
    )
    assert len(refusals(results)) == 1
    (newer,) = Goal.objects.standing()
    assert newer in results
    assert Step.objects.get(pk=step.pk).goal == newer


def test_a_goal_that_is_set_twice_in_one_moment_stands_once(
    cast: Cast, trajectory: Trajectory
):
    several(
        lambda: planning.set_goal(
            trajectory=trajectory, words="Leren fietsen", by=cast.by("sanne"), at=LATER
        )
    )
    assert Goal.objects.count() == 1


def test_a_step_is_taken_once_and_its_course_has_no_double(
    cast: Cast, trajectory: Trajectory
):
    step = learning_to_cycle(cast, trajectory)
    several(
        lambda: planning.move_step(
            step=step, state="done", by=cast.by("sanne"), at=LATER
        )
    )
    assert [one.state for one in step.transitions.order_by("pk")] == ["planned", "done"]
