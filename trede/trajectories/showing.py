"""What the page of a trajectory shows: clock, plan, ladder, pauses, what was done."""

from collections.abc import Iterator
from datetime import date

from trede.inflow.waiting_by_lot import standing_pair
from trede.people.naming import initials
from trede.people.responsibility import coach_of
from trede.pilots.loading import rules_of
from trede.trajectories.absence import stands_in_for
from trede.trajectories.around_goals import Around, around_goals
from trede.trajectories.clock import clock
from trede.trajectories.models import Goal, Step, Trajectory
from trede.trajectories.planning import STEPS
from trede.trajectories.treads import treads_of

State = Step.State
MARKS = {
    State.PLANNED: "wait",
    State.BUSY: "part",
    State.DONE: "done",
    State.DROPPED: "none",
}


def overview(trajectory: Trajectory, on: date) -> dict[str, object]:
    rules = rules_of(trajectory.pilot, on)
    pauses = list(trajectory.pauses.standing())
    labels = {each.code: each.label for each in rules.reasons.pause}
    closing = trajectory.closings.standing().first()
    ended = {each.code: each.label for each in rules.reasons.closing}
    around = around_goals(trajectory)
    return {
        "trajectory": trajectory,
        "person": trajectory.person,
        "initials": initials(trajectory.person.full_name),
        "coach": coach_of(trajectory.person),
        "stands_in_for": stands_in_for(trajectory.person),
        "clock": clock(trajectory, pauses, on),
        "pauses": [(each, labels.get(each.reason, each.reason)) for each in pauses],
        "extensions": trajectory.extensions.standing().select_related("recorded_by"),
        "goals": list(_plan(trajectory, around)),
        "around": around,
        "treads": treads_of(
            list(trajectory.assessments.standing()), rules.ladder.version
        ),
        "hand_overs": trajectory.hand_overs.select_related("giver", "receiver"),
        "notices": trajectory.notices.all(),
        "closing": closing,
        "taken_back": trajectory.closings.exclude(reversed_at=None),
        "closing_reason": ended.get(closing.reason, closing.reason) if closing else "",
        "pair": standing_pair(trajectory.candidate),
    }


def _plan(trajectory: Trajectory, around: Around) -> Iterator[dict[str, object]]:
    rows = trajectory.goals.kept().prefetch_related("steps")
    replaced = set(
        Step.objects.filter(goal__trajectory=trajectory)
        .exclude(replaces=None)
        .values_list("replaces", flat=True)
    )
    counted = {one.step_id for one in around.small_steps}
    for goal in rows:
        yield {"goal": goal, "steps": [*_steps(goal, replaced, counted)]}


def _steps(
    goal: Goal, replaced: set[int | None], counted: set[int | None]
) -> Iterator[dict[str, object]]:
    for step in goal.steps.all():
        if step.pk not in replaced:
            state = State(step.state)
            yield {
                "step": step,
                "mark": MARKS[state],
                "next": [each for each in State if each in STEPS[state]],
                "may_count": state is State.DONE and step.pk not in counted,
            }
