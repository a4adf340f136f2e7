"""The plan: goals in the person's own words, and steps towards them.

Decides which state of a step may follow which. Words are never overwritten: other words
stand in the place of the earlier ones, which are kept. Steps go along with their goal.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.trajectories.models import (
    Goal,
    SmallStep,
    Step,
    StepTransition,
    Trajectory,
)
from trede.trajectories.running import running, staff_of

State = Step.State
LONGEST = 500

# A step that was done by mistake, or that is needed after all, can be taken up again.
STEPS: Mapping[State, frozenset[State]] = {
    State.PLANNED: frozenset((State.BUSY, State.DONE, State.DROPPED)),
    State.BUSY: frozenset((State.PLANNED, State.DONE, State.DROPPED)),
    State.DONE: frozenset((State.BUSY,)),
    State.DROPPED: frozenset((State.PLANNED,)),
}


def set_goal(*, trajectory: Trajectory, words: str, by: Actor, at: datetime) -> Goal:
    """The same words as a standing goal are that goal: a double click."""
    with transaction.atomic():
        now = running(trajectory)
        said = tidied(words)
        goals = list(now.goals.standing())
        same = next((goal for goal in goals if goal.words == said), None)
        if same:
            return same
        goal = Goal.objects.create(
            trajectory=now, words=said, set_at=at, set_by=staff_of(by)
        )
        record("set a goal", by=by, at=at, on=goal, persons=[now.person_id])
    return goal


def reword_goal(*, goal: Goal, words: str, by: Actor, at: datetime) -> Goal:
    """Other words for the same goal; the earlier words are kept."""
    with transaction.atomic():
        now = _standing(goal)
        said = tidied(words)
        if now.words == said:
            return now
        newer = Goal.objects.create(
            trajectory=now.trajectory,
            words=said,
            set_at=at,
            set_by=staff_of(by),
            replaces=now,
        )
        now.steps.update(goal=newer)
        persons = [now.trajectory.person_id]
        record("put a goal in other words", by=by, at=at, on=newer, persons=persons)
    return newer


def end_goal(*, goal: Goal, reached: bool | None, by: Actor, at: datetime) -> Goal:
    """Reached, or let go. None when nobody says which."""
    with transaction.atomic():
        running(goal.trajectory)
        ended = Goal.objects.get(pk=goal.pk)
        if ended.ended_at and ended.reached == reached:
            return ended
        now = _standing(goal)
        now.ended_at, now.reached = at, reached
        now.save(update_fields=["ended_at", "reached"])
        persons = [now.trajectory.person_id]
        record("ended a goal", by=by, at=at, on=now, persons=persons)
    return now


def take_back_goal(*, goal: Goal, by: Actor, at: datetime) -> Goal:
    """It was set by mistake: the row stays and does not count. Twice is once."""
    with transaction.atomic():
        running(goal.trajectory)
        now = Goal.objects.select_for_update(of=("self",)).get(pk=goal.pk)
        if now.reversed_at is None:
            _refuse_reworded(now)
            now.reversed_at = at
            now.save(update_fields=["reversed_at"])
            persons = [goal.trajectory.person_id]
            record("took back a goal", by=by, at=at, on=now, persons=persons)
    return now


def reopen_goal(*, goal: Goal, by: Actor, at: datetime) -> Goal:
    """It was ended by mistake: the same words stand again, in the ended one's place."""
    with transaction.atomic():
        running(goal.trajectory)
        ended = Goal.objects.select_for_update(of=("self",)).get(pk=goal.pk)
        again = Goal.objects.filter(replaces=ended).first()
        if again and again.words == ended.words:
            return again
        _refuse_reworded(ended)
        if ended.ended_at is None or ended.reversed_at:
            return ended
        newer = Goal.objects.create(
            trajectory=ended.trajectory,
            words=ended.words,
            set_at=ended.set_at,
            set_by=ended.set_by,
            replaces=ended,
        )
        ended.steps.update(goal=newer)
        persons = [ended.trajectory.person_id]
        record("took up a goal again", by=by, at=at, on=newer, persons=persons)
    return newer


def add_step(
    *,
    goal: Goal,
    words: str,
    together: bool,
    planned_on: date | None,
    by: Actor,
    at: datetime,
) -> Step:
    """Something to do; `together` when the coach goes along."""
    with transaction.atomic():
        now = _standing(goal)
        said = tidied(words)
        same = [step for step in now.steps.standing() if step.words == said]
        if same:
            return same[0]
        step = _made(now, said, together, planned_on, by, at)
        persons = [now.trajectory.person_id]
        record("added a step", by=by, at=at, on=step, persons=persons)
    return step


def reword_step(
    *,
    step: Step,
    words: str,
    together: bool,
    planned_on: date | None,
    by: Actor,
    at: datetime,
) -> Step:
    """Another wording, day or company; the step stands in the place of the earlier."""
    with transaction.atomic():
        goal = _standing(step.goal)
        now = Step.objects.select_for_update().get(pk=step.pk)
        said = tidied(words)
        if (now.words, now.together, now.planned_on) == (said, together, planned_on):
            return now
        if Step.objects.filter(replaces=now).exists():
            raise Refused(_("Somebody changed this step already. Look at it again."))
        newer = _made(goal, said, together, planned_on, by, at, replaces=now)
        # What counts as a small step counts once, in whichever words.
        SmallStep.objects.filter(step=now).update(step=newer)
        persons = [goal.trajectory.person_id]
        record("changed a step", by=by, at=at, on=newer, persons=persons)
    return newer


def move_step(*, step: Step, state: str, by: Actor, at: datetime) -> Step:
    """Take up, finish or drop a step; the same twice is once."""
    with transaction.atomic():
        goal = _standing(step.goal)
        now = Step.objects.select_for_update().get(pk=step.pk)
        if now.state == state:
            return now
        if Step.objects.filter(replaces=now).exists():
            raise Refused(_("Somebody changed this step already. Look at it again."))
        if state not in STEPS[State(now.state)]:
            raise Refused(
                _("A step that is “%(state)s” cannot become this.")
                % {"state": now.get_state_display()}
            )
        _note(now, State(state), by, at)
        persons = [goal.trajectory.person_id]
        record("moved a step", by=by, at=at, on=now, persons=persons, fields=[state])
    return now


def _standing(goal: Goal) -> Goal:
    """The goal, in a running trajectory, in its newest words, not ended."""
    running(goal.trajectory)
    now = Goal.objects.select_for_update(of=("self",)).select_related("trajectory")
    found = now.get(pk=goal.pk)
    _refuse_reworded(found)
    if found.reversed_at:
        raise Refused(_("This goal was taken back. Set a new goal."))
    if found.ended_at:
        raise Refused(_("This goal was ended. Set a new goal."))
    return found


def _refuse_reworded(goal: Goal) -> None:
    if Goal.objects.filter(replaces=goal).exists():
        raise Refused(
            _("Somebody put this goal in other words already. Look at it again.")
        )


def _made(
    goal: Goal,
    words: str,
    together: bool,
    planned_on: date | None,
    by: Actor,
    at: datetime,
    replaces: Step | None = None,
) -> Step:
    step = Step.objects.create(
        goal=goal,
        words=words,
        together=together,
        planned_on=planned_on,
        made_at=at,
        replaces=replaces,
    )
    _note(step, State(replaces.state) if replaces else State.PLANNED, by, at)
    return step


def _note(step: Step, state: State, by: Actor, at: datetime) -> None:
    step.state = state
    step.save(update_fields=["state"])
    StepTransition.objects.create(step=step, state=state, at=at, by=staff_of(by))


def tidied(words: str) -> str:
    said = " ".join(words.split())
    if not said:
        raise Refused(_("Write it in a few words."), "words")
    if len(said) > LONGEST:
        raise Refused(
            _("This is too long. Use at most %(most)d characters.") % {"most": LONGEST},
            "words",
        )
    return said
