"""What is due with a coach's people: an end, the ladder, a measurement, a trial period.

When is what the pilot's file says: so many weeks before the months are over, so many
months since the ladder was decided on, and the windows of the study's waves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from operator import attrgetter

from trede.accounts.models import Staff
from trede.desk.in_contact import Guided
from trede.partners.models import Placement
from trede.partners.placing import reviews_due
from trede.people.models import Person
from trede.pilots.models import Pilot
from trede.pilots.study_rules import Wave
from trede.studies.opening import may_be_opened
from trede.studies.scheduling import DUE, schedule
from trede.trajectories.models import Trajectory

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Due:
    """`kind` is months, ladder, evaluation (of a wave of the study) or trial (of a
    placement, which needs no trajectory any more)."""

    kind: str
    on: date
    days: int
    person: Person
    trajectory: Trajectory | None = None
    wave: Wave | None = None
    placement: Placement | None = None


def falls_due(
    staff: Staff,
    pilot: Pilot,
    on: date,
    *,
    guided: Sequence[Guided],
    closed: Sequence[Trajectory],
) -> list[Due]:
    """`guided`: who is in a trajectory; `closed`: of whom a window may be open."""
    found = [
        *(due for one in guided for due in _of_guided(one, on)),
        *_evaluations(pilot, closed, on),
        *_trials(staff, on),
    ]
    return sorted(found, key=lambda one: (one.on, one.person.pk))


def _of_guided(one: Guided, on: date) -> Iterator[Due]:
    ends_on, ladder_on = one.clock.ends_on, one.ladder_due_on
    weeks = timedelta(weeks=one.rules.limits.warn_weeks_before_end)
    if ends_on and ends_on <= on + weeks:
        yield _falls("months", ends_on, one.trajectory, on)
    if ladder_on <= on + SOON and not one.clock.stands_still:
        yield _falls("ladder", ladder_on, one.trajectory, on)


def _evaluations(pilot: Pilot, found: Sequence[Trajectory], on: date) -> Iterator[Due]:
    """Of who has closed: what is due by the schedule of the study."""
    # The first of who came back comes last: the study follows that one.
    in_order = sorted(found, key=attrgetter("closed_on", "pk"), reverse=True)
    closed = {one.person_id: one.pk for one in in_order}
    if not closed:
        return
    due = [
        one
        for one in schedule(pilot, on, closed.keys())
        if one.person_id in closed and one.state in DUE and may_be_opened(one)
    ]
    numbers = [closed[one.person_id] for one in due]
    known = Trajectory.objects.select_related("person").in_bulk(numbers)
    for one in due:
        if one.window and one.held is None:
            trajectory = known[closed[one.person_id]]
            falls = _falls("evaluation", one.window.closes_on, trajectory, on)
            yield replace(falls, wave=one.wave)


def _trials(staff: Staff, on: date) -> Iterator[Due]:
    for placement in reviews_due(staff, on):
        day, person = placement.review_on or on, placement.onward.person
        yield Due("trial", day, (day - on).days, person, placement=placement)


def _falls(kind: str, day: date, trajectory: Trajectory, on: date) -> Due:
    return Due(kind, day, (day - on).days, trajectory.person, trajectory)
