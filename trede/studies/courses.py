"""How the trajectory of each person went, as far as the final report needs it.

Days and treads only, and a made-up code for the coach: which coach it was is nobody's
business, that two people had the same one is the statistics'.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.ladder.assessments import assessments
from trede.evaluation.ladder.first_rise import first_rise
from trede.inflow.models import Pair
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.studies.outcomes_asked import COACH_TREAD, EXIT, FIRST_RISE, FIRST_STEP
from trede.trajectories.ladder import ladder_of
from trede.trajectories.models import (
    LadderAssessment,
    Step,
    StepTransition,
    Trajectory,
)

# The tread at the end was noted with the closing: not longer before it than the
# evaluation may be held, which is our choice where the pilot's file says nothing else.
BEFORE_CLOSING = timedelta(days=14)


class Rise(NamedTuple):
    """From the first assessment to the first on a higher tread, or to the last one."""

    days: int
    seen: bool


@dataclass(frozen=True)
class Course:
    """One person's newest trajectory. `until` is the last day that was looked at."""

    started_on: date
    closed_on: date | None
    until: date
    coach: int
    tread_before: int | None = None
    tread_after: int | None = None
    first_step_on: date | None = None
    first_rise: Rise | None = None

    @property
    def last_on(self) -> date:
        return self.closed_on or self.until

    def days_to(self, on: date | None) -> int:
        """From the start to this day, or for as long as somebody was followed."""
        return ((on or self.last_on) - self.started_on).days


def columns_of(
    course: Course, before: str, after: str, way_out: str
) -> dict[str, int | str | None]:
    """As a comparison reads it, with the names of both moments. `way_out`: what kind of
    closing it was, of somebody who has closed."""
    days = course.days_to
    told: dict[str, int | str | None] = {
        f"{COACH_TREAD}_{before}": course.tread_before,
        f"{COACH_TREAD}_{after}": course.tread_after,
        f"{FIRST_STEP}_days": days(course.first_step_on),
        f"{FIRST_STEP}_event": int(course.first_step_on is not None),
        f"{EXIT}_days": days(course.closed_on),
        f"{EXIT}_event": int(course.closed_on is not None),
        f"{EXIT}_kind": way_out if course.closed_on else None,
    }
    if course.first_rise:
        told[f"{FIRST_RISE}_days"] = course.first_rise.days
        told[f"{FIRST_RISE}_event"] = int(course.first_rise.seen)
    return told


@dataclass(frozen=True)
class PairPlace:
    """In which pair, and whether the lot let this person start."""

    pair: int
    first: bool


def courses(pilot: Pilot, people: Collection[int], until: date) -> Mapping[int, Course]:
    first = first_trajectories(pilot, people, until)
    mine = [row.pk for row in first.values()]
    treads = _treads(mine, until)
    ladder = ladder_of(rules_of(pilot, until).ladder.version)
    rises = _first_rises(treads, max(ladder.treads))
    steps = _first_steps(mine, until)
    found = {}
    for person_id, row in first.items():
        closed_on = row.closed_on if row.closed_on and row.closed_on <= until else None
        before, after = _before_and_after(treads.get(row.pk, []), closed_on)
        found[person_id] = Course(
            started_on=row.started_on,
            closed_on=closed_on,
            until=until,
            coach=row.started_by_id,
            tread_before=before,
            tread_after=after,
            first_step_on=steps.get(row.pk),
            first_rise=rises.get(row.pk),
        )
    return found


def first_trajectories(
    pilot: Pilot, people: Collection[int], until: date
) -> Mapping[int, Trajectory]:
    """Who came back has a second one; the study follows the first."""
    rows = Trajectory.objects.filter(
        pilot=pilot, person__in=people, started_on__lte=until
    )
    return {row.person_id: row for row in rows.order_by("-started_on", "-pk")}


def pair_places(pilot: Pilot, until: date) -> Mapping[int, PairPlace]:
    """By person; only pairs for which the lot was drawn."""
    rows = Pair.objects.standing().filter(pilot=pilot).exclude(first=None)
    found: dict[int, PairPlace] = {}
    for pair in rows.select_related("one", "other").order_by("registered_at", "pk"):
        if timezone.localdate(pair.registered_at) > until:
            continue
        for candidate in (pair.one, pair.other):
            first = candidate.pk == pair.first_id
            found[candidate.person_id] = PairPlace(pair.pk, first)
    return found


def _treads(
    trajectories: Iterable[int], until: date
) -> dict[int, list[LadderAssessment]]:
    rows = LadderAssessment.objects.standing().filter(
        trajectory__in=trajectories, reference_on__lte=until
    )
    found: dict[int, list[LadderAssessment]] = {}
    for row in rows.defer("override_reason").order_by("reference_on", "pk"):
        found.setdefault(row.trajectory_id, []).append(row)
    return found


def _before_and_after(
    treads: list[LadderAssessment], closed_on: date | None
) -> tuple[int | None, int | None]:
    """The first tread, and another one that was noted about the closing."""
    if not treads:
        return None, None
    first, last = treads[0], treads[-1]
    ended = closed_on is not None and last.reference_on >= closed_on - BEFORE_CLOSING
    after = last.tread if ended and last.pk != first.pk else None
    return first.tread, after


def _first_rises(
    treads: Mapping[int, list[LadderAssessment]], highest: int
) -> dict[int, Rise]:
    """Of who was assessed on two days and could rise; of nobody where they are few."""
    rows = [
        (number, one.reference_on.toordinal(), one.tread)
        for number, standing in treads.items()
        for one in standing
    ]
    if not rows:
        return {}
    columns = [list(column) for column in zip(*rows, strict=True)]
    try:
        found = first_rise(assessments(*columns, treads=highest))
    except CannotEstimate:
        return {}
    days, seen = found.people.days.tolist(), found.people.kind.tolist()
    return {
        number: Rise(after, bool(rose))
        for number, after, rose in zip(found.who, days, seen, strict=True)
    }


def _first_steps(trajectories: Iterable[int], until: date) -> dict[int, date]:
    """The first day on which a step of the person's own goals was done."""
    rows = StepTransition.objects.filter(
        step__goal__trajectory__in=trajectories,
        step__goal__reversed_at=None,
        step__state=Step.State.DONE,
        state=Step.State.DONE,
    )
    found: dict[int, date] = {}
    told = rows.order_by("at", "pk").values_list("step__goal__trajectory_id", "at")
    for trajectory_id, at in told:
        on = timezone.localdate(at)
        if on <= until:
            found.setdefault(trajectory_id, on)
    return found
