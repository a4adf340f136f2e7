"""What is due with a coach's people: an end, the ladder, a measurement, a trial period.

When is what the pilot's file says: so many weeks before the months are over, so many
months since the ladder was decided on, and the windows of the study's waves.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.db.models import prefetch_related_objects

from trede.accounts.anybody import ANYBODY, it_is
from trede.accounts.models import Staff
from trede.desk.in_contact import Guided, closed_of
from trede.inflow.models import Pair
from trede.partners.models import Placement
from trede.partners.placing import reviews_due
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.study_rules import Wave
from trede.studies.due import IN_A_PAIR, closed_lately, first_that_counts, pairs_of
from trede.studies.opening import may_be_opened
from trede.studies.scheduling import DUE, schedule
from trede.together import Part
from trede.trajectories.models import Trajectory, TrajectoryQuerySet

SOON = timedelta(days=30)
WHERE = ("onward", "onward__person", "onward__organisation", "onward__place")


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


class ComingDue:
    """`parts` are to be asked before anything else."""

    def __init__(self, staff: Staff, pilot: Pilot, on: date) -> None:
        self.pilot, self.on = pilot, on
        since, who = first_that_counts(rules_of(pilot, on), on), it_is(staff)
        self.closed = _closed(pilot, on, since).about(who)
        self.drawn = _drawn(pilot, on, since).about(who)
        self.reviews = _reviews(on).about(who)
        self.parts: list[Part[Any]] = [self.closed, self.drawn, self.reviews]

    def due(self, guided: Iterable[Guided]) -> list[Due]:
        """`guided`: who is in a trajectory."""
        found = [
            *(due for one in guided for due in _of_guided(one, self.on)),
            *self._evaluations(),
            *self._trials(),
        ]
        return sorted(found, key=lambda one: (one.on, one.person.pk))

    def _evaluations(self) -> Iterator[Due]:
        """Of who has closed: what is due by the schedule of the study."""
        # The first of who came back comes last: the study follows that one.
        newest = attrgetter("closed_on", "pk")
        in_order = sorted(self.closed.found, key=newest, reverse=True)
        closed = {one.person_id: one for one in in_order}
        if not closed:
            return
        due = [
            one
            for one in schedule(self.pilot, self.on, closed.keys(), self.drawn.found)
            if one.person_id in closed and one.state in DUE and may_be_opened(one)
        ]
        prefetch_related_objects([closed[one.person_id] for one in due], "person")
        for one in due:
            if one.window and one.held is None:
                trajectory = closed[one.person_id]
                falls = _falls("evaluation", one.window.closes_on, trajectory, self.on)
                yield replace(falls, wave=one.wave)

    def _trials(self) -> Iterator[Due]:
        for placement in self.reviews.found:
            day, person = placement.review_on or self.on, placement.onward.person
            days = (day - self.on).days
            yield Due("trial", day, days, person, placement=placement)


def _lately(pilot: Pilot, on: date, since: date) -> TrajectoryQuerySet:
    return closed_lately(closed_of(ANYBODY, pilot, on), pilot, since)


@lru_cache
def _closed(pilot: Pilot, on: date, since: date) -> Part[Trajectory]:
    return Part(_lately(pilot, on, since))


@lru_cache
def _drawn(pilot: Pilot, on: date, since: date) -> Part[Pair]:
    people = _lately(pilot, on, since).values("person")
    return Part(pairs_of(pilot, people), *IN_A_PAIR)


@lru_cache
def _reviews(on: date) -> Part[Placement]:
    return Part(reviews_due(ANYBODY, on).order_by(), *WHERE)


def _of_guided(one: Guided, on: date) -> Iterator[Due]:
    ends_on, ladder_on = one.clock.ends_on, one.ladder_due_on
    weeks = timedelta(weeks=one.rules.limits.warn_weeks_before_end)
    if ends_on and ends_on <= on + weeks:
        yield _falls("months", ends_on, one.trajectory, on)
    if ladder_on <= on + SOON and not one.clock.stands_still:
        yield _falls("ladder", ladder_on, one.trajectory, on)


def _falls(kind: str, day: date, trajectory: Trajectory, on: date) -> Due:
    return Due(kind, day, (day - on).days, trajectory.person, trajectory)
