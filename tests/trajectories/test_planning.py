"""Goals in the person's own words, and steps: other words never erase the earlier."""

from datetime import date

import pytest

from tests.cast import Cast
from tests.trajectories.making import AFTER
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.trajectories.models import Goal, Step, Trajectory
from trede.trajectories.planning import (
    STEPS,
    add_step,
    end_goal,
    move_step,
    reword_goal,
    reword_step,
    set_goal,
)

State = Step.State


def goal_of(cast: Cast, trajectory: Trajectory, words="Nederlands praten") -> Goal:
    return set_goal(trajectory=trajectory, words=words, by=cast.by("sanne"), at=AFTER)


def step_of(cast: Cast, goal: Goal, words="Het wijkcentrum bellen") -> Step:
    return add_step(
        goal=goal,
        words=words,
        together=True,
        planned_on=None,
        by=cast.by("sanne"),
        at=AFTER,
    )


def move(cast: Cast, step: Step, state: str) -> Step:
    return move_step(step=step, state=state, by=cast.by("sanne"), at=AFTER)


def reword(cast: Cast, step: Step, words: str, on: date | None = None) -> Step:
    return reword_step(
        step=step,
        words=words,
        together=True,
        planned_on=on,
        by=cast.by("willem"),
        at=AFTER,
    )


def test_a_second_click_sets_one_goal_and_one_step(cast, trajectory):
    goal = goal_of(cast, trajectory)
    assert goal_of(cast, trajectory, " Nederlands  praten ") == goal
    assert step_of(cast, goal) == step_of(cast, goal)
    assert Line.objects.filter(action__in=["set a goal", "added a step"]).count() == 2


def test_other_words_keep_the_earlier_ones_and_take_the_steps_along(cast, trajectory):
    first = goal_of(cast, trajectory)
    step = step_of(cast, first)
    by = cast.by("sanne")
    newer = reword_goal(goal=first, words="Praten met mensen", by=by, at=AFTER)
    step.refresh_from_db()
    assert step.goal == newer
    assert [goal.words for goal in trajectory.goals.standing()] == ["Praten met mensen"]
    assert Goal.objects.get(pk=first.pk).words == "Nederlands praten"


def test_two_coaches_at_once_do_not_lose_each_others_words(cast, trajectory):
    goal = goal_of(cast, trajectory)
    reword_goal(goal=goal, words="Van Sanne", by=cast.by("sanne"), at=AFTER)
    with pytest.raises(Refused, match="other words already"):
        reword_goal(goal=goal, words="Van Willem", by=cast.by("willem"), at=AFTER)
    with pytest.raises(Refused, match="other words already"):
        step_of(cast, goal)


def test_an_ended_goal_takes_no_steps(cast, trajectory):
    goal = goal_of(cast, trajectory)
    by = cast.by("sanne")
    for _twice in range(2):
        end_goal(goal=goal, reached=True, by=by, at=AFTER)
    with pytest.raises(Refused, match="ended"):
        step_of(cast, goal)
    with pytest.raises(Refused, match="ended"):
        end_goal(goal=goal, reached=False, by=by, at=AFTER)
    assert Line.objects.filter(action="ended a goal").count() == 1


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("after", list(State))
def test_which_state_of_a_step_may_follow(cast, trajectory, before, after):
    step = step_of(cast, goal_of(cast, trajectory))
    Step.objects.filter(pk=step.pk).update(state=before)
    if after == before or after in STEPS[before]:
        assert move(cast, step, after).state == after
    else:
        with pytest.raises(Refused, match="cannot become"):
            move(cast, step, after)


def test_a_state_that_does_not_exist_is_refused(cast, trajectory):
    with pytest.raises(Refused, match="cannot become"):
        move(cast, step_of(cast, goal_of(cast, trajectory)), "forgotten")


def test_each_state_of_a_step_is_kept(cast, trajectory):
    step = step_of(cast, goal_of(cast, trajectory))
    for state in ("busy", "done", "busy", "busy"):
        move(cast, step, state)
    states = [each.state for each in step.transitions.all()]
    assert states == ["planned", "busy", "done", "busy"]


def test_a_changed_step_stands_in_the_place_of_the_earlier(cast, trajectory):
    goal = goal_of(cast, trajectory)
    step = move(cast, step_of(cast, goal), "busy")
    newer = reword(cast, step, "Bellen", date(2021, 7, 1))
    assert (newer.state, newer.planned_on) == ("busy", date(2021, 7, 1))
    assert list(goal.steps.standing()) == [newer]
    assert reword(cast, newer, "Bellen", date(2021, 7, 1)) == newer
    with pytest.raises(Refused, match="changed this step"):
        reword(cast, step, "Van Willem")
    with pytest.raises(Refused, match="changed this step"):
        move(cast, step, "done")


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 501])
def test_words_are_a_few_words(cast, trajectory, words):
    with pytest.raises(Refused) as refusal:
        goal_of(cast, trajectory, words)
    assert refusal.value.field == "words"


def test_the_plan_of_a_closed_trajectory_stands_still(cast, trajectory):
    goal = goal_of(cast, trajectory)
    Trajectory.objects.update(closed_on=AFTER.date())
    with pytest.raises(Refused, match="closed on"):
        step_of(cast, goal)
    with pytest.raises(Refused, match="closed on"):
        goal_of(cast, trajectory, "Iets anders")
