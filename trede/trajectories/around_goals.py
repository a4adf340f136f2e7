"""What stands around the goals, put together: by life domain what goes well, what
stands in the way and which small steps were taken; beside it pace and manner.

Of the whole candidacy, so that nothing is lost of who comes back. What was noted by
mistake is taken back here; the row stays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from trede.accounts.acting import Actor, record
from trede.inflow.models import Intake
from trede.pilots.describing_guidance import DOMAINS
from trede.pilots.loading import rules_of
from trede.pilots.rules import Barrier as Known
from trede.pilots.rules import Rules
from trede.trajectories.barriers import Barrier, barriers
from trede.trajectories.manner import manner_told
from trede.trajectories.models import (
    BarrierChange,
    Manner,
    PlanPart,
    SmallStep,
    Strength,
    Trajectory,
)
from trede.trajectories.running import running

P = TypeVar("P", bound=PlanPart)
NO_DOMAIN = pgettext_lazy("life domain", "in general")


@dataclass(frozen=True)
class Domain:
    label: str | Promise
    strengths: list[Strength] = field(default_factory=list)
    barriers: list[Barrier] = field(default_factory=list)
    small_steps: list[SmallStep] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.strengths or self.barriers or self.small_steps)


@dataclass(frozen=True)
class Liked:
    """How somebody likes it best, said in one line."""

    manner: Manner
    words: str


@dataclass(frozen=True)
class Around:
    """`domains`: those of which there is something. `not_there`: barriers of the pilot
    that can be noted. `liked`: the newest first."""

    domains: Sequence[Domain]
    not_there: Sequence[Known]
    liked: Sequence[Liked]

    @property
    def count(self) -> int:
        """How much is kept of all this."""
        every = (one for each in self.domains for one in each.barriers)
        parts = (self.strengths, self.small_steps, self.liked, list(every))
        return sum(len(part) for part in parts)

    @property
    def strengths(self) -> list[Strength]:
        return [one for each in self.domains for one in each.strengths]

    @property
    def in_the_way(self) -> list[Barrier]:
        every = (one for each in self.domains for one in each.barriers)
        return [one for one in every if one.is_there]

    @property
    def small_steps(self) -> list[SmallStep]:
        """The newest first."""
        every = (one for each in self.domains for one in each.small_steps)
        return sorted(every, key=lambda one: (one.on, one.pk), reverse=True)


def around(
    *,
    intakes: Iterable[Intake],
    changes: Iterable[BarrierChange],
    strengths: Iterable[Strength],
    small_steps: Iterable[SmallStep],
    manners: Iterable[Manner],
    rules: Rules,
) -> Around:
    """Rows in the order of time."""
    general = Domain(NO_DOMAIN)
    by_code = {"": general} | {code: Domain(label) for code, label in DOMAINS.items()}
    seen = barriers(intakes, changes, rules)
    for barrier in seen:
        by_code.get(barrier.domain, general).barriers.append(barrier)
    for strength in strengths:
        by_code.get(strength.domain, general).strengths.append(strength)
    for step in sorted(small_steps, key=lambda one: (one.on, one.pk)):
        by_code.get(step.domain, general).small_steps.append(step)
    there = {one.code for one in seen if one.is_there}
    newest_first = reversed(list(manners))
    return Around(
        domains=[one for one in by_code.values() if not one.is_empty],
        not_there=[one for one in rules.talk.barriers if one.code not in there],
        liked=[Liked(one, manner_told(one, rules)) for one in newest_first],
    )


def around_goals(trajectory: Trajectory) -> Around:
    of_it = {"trajectory__candidate": trajectory.candidate_id}
    changes = BarrierChange.objects.standing().filter(**of_it)
    return around(
        intakes=trajectory.candidate.intakes.select_related("coach"),
        changes=changes.select_related("recorded_by"),
        strengths=Strength.objects.standing().filter(**of_it),
        small_steps=SmallStep.objects.standing().filter(**of_it),
        manners=Manner.objects.standing().filter(**of_it),
        rules=rules_of(trajectory.pilot),
    )


def take_back(*, part: P, by: Actor, at: datetime) -> P:
    """It was a mistake. Twice is once."""
    with transaction.atomic():
        trajectory = running(part.trajectory)
        now = type(part)._base_manager.select_for_update().get(pk=part.pk)
        if now.reversed_at is None:
            now.reversed_at = at
            now.save(update_fields=["reversed_at"])
            who = [trajectory.person_id]
            record("took back a part of the plan", by=by, at=at, on=now, persons=who)
    return now
