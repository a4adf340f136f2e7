"""Steps too small for the ladder, in the life domain in which they were taken.

Decides what counts as one: a few words, a day that has come, a domain of the thirteen.
A step of a goal that was done may count as one; its words are taken over, and it counts
once. What people are good at stands beside it, in a domain or in none.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.pilots.describing_guidance import DOMAINS
from trede.trajectories.models import SmallStep, Step, Strength, Trajectory
from trede.trajectories.planning import tidied
from trede.trajectories.running import (
    refuse_before_start,
    refuse_future,
    running,
    staff_of,
)


def add_small_step(
    *,
    trajectory: Trajectory,
    words: str,
    domain: str,
    on: date,
    together: bool,
    by: Actor,
    at: datetime,
    step: Step | None = None,
) -> SmallStep:
    """The same words of the same day are that step: a double click."""
    with transaction.atomic():
        now = running(trajectory)
        said = tidied(words)
        _refuse_domain(domain)
        refuse_before_start(now, on)
        refuse_future(on, at)
        of_day = SmallStep.objects.standing().filter(
            trajectory=now, on=on, domain=domain, step=step
        )
        same = next((one for one in of_day if one.words == said), None)
        if same:
            return same
        made = SmallStep.objects.create(
            trajectory=now,
            words=said,
            domain=domain,
            on=on,
            together=together,
            step=step,
            recorded_at=at,
            recorded_by=staff_of(by),
        )
        record("noted a small step", by=by, at=at, on=made, persons=[now.person_id])
    return made


def count_step(*, step: Step, domain: str, by: Actor, at: datetime) -> SmallStep:
    """A step of a goal that was done counts as a small step, on the day it was done."""
    with transaction.atomic():
        now = Step.objects.select_for_update(of=("self",)).get(pk=step.pk)
        trajectory = running(step.goal.trajectory)
        if now.state != Step.State.DONE:
            raise Refused(_("Only a step that was done counts as a small step."))
        counted = SmallStep.objects.standing().filter(step=now).first()
        if counted and counted.domain == domain:
            return counted
        if counted:
            raise Refused(_("This step counts in another life domain already."))
        done = _as_it_was_done(now).transitions.filter(state=Step.State.DONE)
        done_at = done.latest("at").at
        return add_small_step(
            trajectory=trajectory,
            words=now.words,
            domain=domain,
            on=max(timezone.localdate(done_at), trajectory.started_on),
            together=now.together,
            step=now,
            by=by,
            at=at,
        )


def _as_it_was_done(step: Step) -> Step:
    """A step that was reworded after it was done was not done on that day."""
    before = step.replaces
    while before and before.state == Step.State.DONE:
        step, before = before, before.replaces
    return step


def add_strength(
    *, trajectory: Trajectory, words: str, domain: str, by: Actor, at: datetime
) -> Strength:
    """The same words as one that stands are that one: a double click."""
    with transaction.atomic():
        now = running(trajectory)
        said = tidied(words)
        if domain:
            _refuse_domain(domain)
        standing = Strength.objects.standing().filter(
            trajectory__candidate=now.candidate, domain=domain
        )
        same = next((one for one in standing if one.words == said), None)
        if same:
            return same
        made = Strength.objects.create(
            trajectory=now,
            words=said,
            domain=domain,
            recorded_at=at,
            recorded_by=staff_of(by),
        )
        record("noted a strength", by=by, at=at, on=made, persons=[now.person_id])
    return made


def _refuse_domain(domain: str) -> None:
    if domain not in DOMAINS:
        raise Refused(_("Choose a life domain from the list."), "domain")
