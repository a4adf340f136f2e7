"""How long until somebody is first seen on a higher tread than they started on.

Day 0 is a person's first assessment; the event is the first later assessment with a
higher tread; who never has one is followed until their last assessment. Out of it come
the curve, the median and the share that has risen by a day, with `event_times`.

A rise is seen at an assessment and happened some time before it: with assessments twice
a year the curve runs up to half a year late (note `seen_at_assessments`), and later for
a group that is assessed less often. Who starts on the highest tread cannot rise: left
out and counted, not followed for nothing.

Source: see `event_times.kaplan_meier`; on times that are known between two visits only,
Turnbull, Journal of the Royal Statistical Society B 38, 1976.
"""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from trede.evaluation.attempts import Attempted
from trede.evaluation.estimate import CannotEstimate, Values
from trede.evaluation.event_times.followed import FEWEST, Followed
from trede.evaluation.event_times.outcomes import times_in
from trede.evaluation.ladder.assessments import (
    Assessments,
    Days,
    Standing,
    earliest,
    last_days,
    those,
    tread_on,
)

SEEN_LATER = "seen_at_assessments"


@dataclass(frozen=True, slots=True)
class FirstRise:
    """Who was followed until a first rise, and who could not be.

    `people` has kind 1 for a rise, and in `n_missing` those who were assessed on one
    day only; `at_ceiling` started on the highest tread. `who` (people,) are the persons
    as the register names them: to lay an arm or a coach beside.
    """

    people: Followed
    at_ceiling: int
    who: pl.Series

    @property
    def days(self) -> Values:
        """Shape (people,), for `event_times`."""
        return self.people.days.astype(np.float64)

    @property
    def event(self) -> Values:
        """Shape (people,), 1 for a rise."""
        return self.people.kind.astype(np.float64)


def first_rise(rows: Assessments) -> FirstRise:
    """Follow everybody from their first assessment to their first rise.

    Raises:
        CannotEstimate: `first_rise`, `few_people` when fewer than four people can be
            followed.
    """
    first, last = earliest(rows), last_days(rows)
    top = first.there & (first.tread == rows.treads)
    could = (last > first.day) & ~top
    rose = _rises(rows, first)
    none = np.iinfo(rose.dtype).max
    event = rose[could] < none
    until = np.where(event, rose[could], last[could])
    days = until.astype(np.int64) - first.day[could]
    if len(days) < FEWEST:
        what, has = "first_rise", len(days)
        raise CannotEstimate(what, why="few_people", has=has, needed=FEWEST)
    once = int((first.there & ~top).sum()) - len(days)
    people = Followed(days, event.astype(np.int64), once)
    return FirstRise(people, int(top.sum()), rows.names(np.flatnonzero(could)))


def _rises(rows: Assessments, first: Standing) -> Days:
    """The day of everybody's first rise, shape (places,); the highest number for none.

    A higher tread that was corrected on the same day was no rise: then the next counts.
    """
    none = np.iinfo(rows.day.dtype).max
    rose = np.full(rows.places, none, rows.day.dtype)
    undecided = first.there
    while True:
        higher = rows.tread > first.tread[rows.person]
        np.minimum.at(rose, rows.person, np.where(higher, rows.day, none))
        mistaken = (rose < none) & (tread_on(rows, rose) <= first.tread)
        undecided = undecided & mistaken
        if not undecided.any():
            return rose
        later = undecided[rows.person] & (rows.day > rose[rows.person])
        rose[undecided] = none
        rows = those(rows, later)


def time_to_first_rise(rows: Assessments, *, horizon: int | None = None) -> Attempted:
    """The share that has risen by the horizon first, then the median and the mean.

    Args:
        horizon: in days, as `event_times.outcomes.times_in`.

    Returns:
        The same shape as a change; every estimate has the note `seen_at_assessments`.

    Raises:
        CannotEstimate: as `first_rise` and `times_in`.
    """
    rise = first_rise(rows)
    found = times_in(rise.days, rise.event, horizon=horizon)
    told = tuple(
        replace(
            one,
            n_missing=rise.people.n_missing,
            notes=(*one.notes, SEEN_LATER),
        )
        for one in found.estimates
    )
    return replace(found, estimates=told)
