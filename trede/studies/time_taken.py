"""How long people were busy with a questionnaire, from what was written down of it.

Time runs from the moment the device is with the person until they stop or finish, by
the steps in between: every answer is one. A step of more than half an hour is no time
that somebody was busy: the device lay aside. A step counts for the question that it
answers. What was typed in from paper tells no time. Pure: events in, seconds out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

LONGEST_STEP = timedelta(minutes=30)
CHECK = ""  # looking through at the end belongs to no question


class What(StrEnum):
    GIVEN = "given"  # the device is with the person
    ANSWER = "answer"
    AWAY = "away"  # stopped or finished


@dataclass(frozen=True)
class Event:
    at: datetime
    what: What
    question: str = CHECK


@dataclass(frozen=True)
class Taken:
    """Seconds in all, and for each question; nothing when no time can be told."""

    seconds: float = 0
    by_question: Mapping[str, float] = field(default_factory=dict)


def time_taken(events: Iterable[Event]) -> Taken:
    order = (What.GIVEN, What.ANSWER, What.AWAY)
    ordered = sorted(events, key=lambda one: (one.at, order.index(one.what)))
    spent: dict[str, float] = defaultdict(float)
    with_person = False
    for before, after in pairwise(ordered):
        with_person = before.what is What.GIVEN or (
            with_person and before.what is not What.AWAY
        )
        step = after.at - before.at
        if with_person and step <= LONGEST_STEP and after.what is not What.GIVEN:
            spent[after.question] += step.total_seconds()
    return Taken(sum(spent.values()), dict(spent))
