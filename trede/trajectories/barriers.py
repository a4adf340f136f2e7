"""What stands in somebody's way, from when until when.

A barrier that was named in an intake is there from that day on; later ones are noted
from the plan. It is there until somebody notes that it is gone, and may come again. An
intake that does not name it says nothing about it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from operator import attrgetter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.inflow.models import Intake
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules
from trede.trajectories.models import BarrierChange, Trajectory
from trede.trajectories.running import running, staff_of


@dataclass(frozen=True)
class Barrier:
    """`gone_on` is empty as long as it is there. `change` is the note that it rests on;
    there is none when an intake named it."""

    code: str
    label: str
    domain: str
    seen_on: date
    seen_by: str
    gone_on: date | None = None
    gone_by: str = ""
    change: BarrierChange | None = None

    @property
    def is_there(self) -> bool:
        return self.gone_on is None


@dataclass(frozen=True)
class _Told:
    code: str
    is_there: bool
    on: date
    at: datetime
    by: str
    change: BarrierChange | None = None


def barriers(
    intakes: Iterable[Intake], changes: Iterable[BarrierChange], rules: Rules
) -> list[Barrier]:
    """In the order of the pilot's list, those of before that list last. A code that the
    file no longer has is shown as it is."""
    known = {one.code: one for one in rules.talk.barriers}
    found: dict[str, Barrier] = {}
    told = (*_named(intakes), *_noted(changes))
    for one in sorted(told, key=attrgetter("on", "at")):
        now = found.get(one.code)
        if one.is_there and (now is None or not now.is_there):
            card = known.get(one.code)
            found[one.code] = Barrier(
                one.code,
                card.label if card else one.code,
                card.domain if card else "",
                one.on,
                one.by,
                change=one.change,
            )
        elif not one.is_there and now and now.is_there:
            found[one.code] = _gone(now, one)
    order = {code: place for place, code in enumerate(known)}
    return sorted(found.values(), key=lambda one: order.get(one.code, len(order)))


def barriers_of(trajectory: Trajectory) -> list[Barrier]:
    """Of the whole candidacy: who came back has those of the first time too."""
    candidate = trajectory.candidate
    changes = BarrierChange.objects.standing().filter(trajectory__candidate=candidate)
    return barriers(
        candidate.intakes.select_related("coach"),
        changes.select_related("recorded_by"),
        rules_of(trajectory.pilot),
    )


def note_barrier(
    *, trajectory: Trajectory, code: str, is_there: bool, by: Actor, at: datetime
) -> BarrierChange | None:
    """It is there from today, or gone. Nothing is noted when that is known already."""
    with transaction.atomic():
        now = running(trajectory)
        if code not in {one.code for one in rules_of(now.pilot).talk.barriers}:
            raise Refused(
                _("The pilot does not know this barrier. Choose from the list.")
            )
        standing = {one.code for one in barriers_of(now) if one.is_there}
        if (code in standing) == is_there:
            return None
        made = BarrierChange.objects.create(
            trajectory=now,
            code=code,
            is_there=is_there,
            on=timezone.localdate(at),
            recorded_at=at,
            recorded_by=staff_of(by),
        )
        record(
            "noted a barrier" if is_there else "noted that a barrier is gone",
            by=by,
            at=at,
            on=made,
            persons=[now.person_id],
        )
    return made


def _named(intakes: Iterable[Intake]) -> Iterator[_Told]:
    for intake in intakes:
        at = intake.talked_at or intake.began_at
        for code in intake.barriers:
            yield _Told(code, True, timezone.localdate(at), at, intake.coach.name)


def _noted(changes: Iterable[BarrierChange]) -> Iterator[_Told]:
    for one in changes:
        by = one.recorded_by.name
        yield _Told(one.code, one.is_there, one.on, one.recorded_at, by, one)


def _gone(barrier: Barrier, told: _Told) -> Barrier:
    return replace(barrier, gone_on=told.on, gone_by=told.by, change=told.change)
