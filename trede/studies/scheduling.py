"""Who is due for which measurement on a day: one state for every person and wave.

Decides by the window of `due.py`, what was answered by `baselines.py`, and who left by
`journeys.py`. Somebody who said no to the study, or stopped with it, is asked nothing.
Whoever is left in peace, waits by lot, is in a pause or lives through a halt stays due,
and is held up: nobody writes to them now.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter

from django.db.models import prefetch_related_objects
from django.utils import timezone

from trede.inflow.models import Candidate, Pair
from trede.inflow.protocol import is_resting
from trede.inflow.waiting_by_lot import waiting_people
from trede.pilots.circumstances import period_on
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.pilots.study_rules import Wave
from trede.questionnaires.models import Sitting
from trede.studies.among import People, Room, places, room_for
from trede.studies.baselines import Answered
from trede.studies.due import (
    IN_A_PAIR,
    Courses,
    Dates,
    Window,
    is_for,
    may_be_due,
    pairs_of,
    window,
)
from trede.studies.journeys import DROPOUTS, Journeys, Standing
from trede.together import ask


class State(StrEnum):
    """Exactly one of these for a person and a wave."""

    NOT_FOR = "not_for"  # the design does not ask it of this person
    RETIRED = "retired"  # no longer held when it would have come
    STOPPED = "stopped"  # said no to the study, or stopped with it
    LEFT = "left"  # left the trajectory before it came
    LATER = "later"  # opens later, nobody can say when, or they were not asked yet
    OPEN = "open"  # the window is open and nothing is begun
    UNDER_WAY = "under_way"  # begun, not finished
    DONE = "done"
    BROKEN_OFF = "broken_off"  # ended early, with answers
    REFUSED = "refused"  # ended early, before a single answer
    MISSED = "missed"  # the window has closed and nothing was begun


class Held(StrEnum):
    """Why nobody writes to somebody who is due."""

    HALT = "halt"
    PAUSE = "pause"
    RESTS = "rests"
    WAITS = "waits"


SOME, WITH_PARTNERS = places(), places()
DUE = frozenset((State.OPEN, State.UNDER_WAY))
# The wave came, or would have come, for these people.
CAME = frozenset(
    (
        State.OPEN,
        State.UNDER_WAY,
        State.DONE,
        State.BROKEN_OFF,
        State.REFUSED,
        State.MISSED,
    )
)


@dataclass(frozen=True)
class Turn:
    """One person and wave. `timing` is early, in_time or late, of what was answered."""

    person_id: int
    wave: Wave
    state: State
    window: Window | None = None
    sitting: Sitting | None = None
    held: Held | None = None
    timing: str = ""

    @property
    def sorts_on(self) -> date:
        """The day that matters next: the closing of what is open, else the opening."""
        if self.window is None:
            return date.max
        if self.state is State.LATER:
            return self.window.opens_on
        return self.window.closes_on


def schedule(
    pilot: Pilot,
    on: date,
    people: People = None,
    pairs: Collection[Pair] | None = None,
) -> list[Turn]:
    """Everybody who had an intake by the day, with every wave of the pilot's file.
    `people` when only some are asked for; `pairs` by lot that they are in, for whoever
    has fetched those."""
    prefetch_related_objects([pilot], "files")
    rules = rules_of(pilot, on)
    if pairs is None:
        pairs = list(pairs_of(pilot, people).select_related(*IN_A_PAIR))
    look = _Look(pilot, rules, on, people, pairs)
    turns = [
        look.turn(person_id, wave) for person_id in look.people for wave in rules.waves
    ]
    return sorted(turns, key=lambda one: (one.sorts_on, one.person_id, one.wave.code))


def due_on(pilot: Pilot, on: date, most: int) -> int | None:
    """How many turns are due; nothing where more than `most` people may be."""
    prefetch_related_objects([pilot], "files")
    people = may_be_due(pilot, rules_of(pilot, on), on, most)
    if people is None:
        return None
    return sum(one.state in DUE for one in schedule(pilot, on, people))


def turn_of(pilot: Pilot, person_id: int, wave: str, on: date) -> Turn | None:
    """Of one person, for whoever is about to write to them."""
    turns = schedule(pilot, on, [person_id])
    mine = (one for one in turns if one.person_id == person_id)
    return next((one for one in mine if one.wave.code == wave), None)


class _Look:
    """Everything that is needed to judge one person and wave."""

    def __init__(
        self,
        pilot: Pilot,
        rules: Rules,
        on: date,
        some: People,
        pairs: Collection[Pair],
    ) -> None:
        self.rules, self.on = rules, on
        courses, journeys, answered = _rows(pilot, on, some, pairs)
        ask(*courses.parts, *journeys.parts, *answered.parts)
        self.dates: Mapping[int, Dates] = courses.dates(pairs)
        self.standing: Mapping[int, Standing] = journeys.standings(rules)
        self.agreed, self.decided = answered.agreed, answered.decided
        self.counted = answered.that_count()
        self.counted_numbers = frozenset(one.pk for one in self.counted.values())
        self.others = self._not_counted(answered.sittings.found)
        there = [one for one in journeys.candidates.found if not _erased(one)]
        self.held = {
            **dict.fromkeys(_in_a_pause(courses, on), Held.PAUSE),
            **dict.fromkeys(_resting(there, rules, on), Held.RESTS),
            **dict.fromkeys(waiting_people(pairs, pilot, on, self.agreed), Held.WAITS),
        }
        if period_on(rules, on).kind == "halted":
            self.held = dict.fromkeys(self.agreed, Held.HALT)
        self.people = sorted(
            one.person_id
            for one in there
            if self.dates.get(one.person_id, Dates()).intake_on
        )

    def _not_counted(
        self, sittings: Iterable[Sitting]
    ) -> dict[tuple[int, str], Sitting]:
        """The newest sitting of a person and wave that is not over by the day, or was
        over without an answer."""
        return {
            (one.person_id, one.wave): one
            for one in sorted(sittings, key=attrgetter("prepared_at", "pk"))
            if one.pk not in self.counted_numbers
            and timezone.localdate(one.prepared_at) <= self.on
            and not (one.state == Sitting.State.FINISHED and _over_by(one, self.on))
        }

    def turn(self, person_id: int, wave: Wave) -> Turn:
        due = window(wave, person_id, self.dates, self.rules)
        state, sitting = self._state(person_id, wave, due)
        timing, held = "", None
        if state is State.DONE and sitting and due:
            timing = _timing(sitting, due)
        if state in DUE:
            held = self.held.get(person_id)
        return Turn(person_id, wave, state, due, sitting, held, timing)

    def _state(
        self, person_id: int, wave: Wave, due: Window | None
    ) -> tuple[State, Sitting | None]:
        sitting = self._sitting(person_id, wave.code)
        if sitting is not None and person_id not in self.agreed:
            return State.STOPPED, None
        if sitting is not None and sitting.state != Sitting.State.PREPARED:
            counts = sitting.pk in self.counted_numbers
            return _of_sitting(sitting, self.on, counts=counts), sitting
        if not is_for(wave, self.dates[person_id], self.rules):
            return State.NOT_FOR, None
        if _retired_before(wave, due, self.on):
            return State.RETIRED, None
        if person_id not in self.decided:
            return State.LATER, sitting
        if person_id not in self.agreed:
            return State.STOPPED, None
        return self._by_window(person_id, due), sitting

    def _sitting(self, person_id: int, wave: str) -> Sitting | None:
        """The one that was finished; else the newest."""
        counted = self.counted.get((person_id, wave))
        if counted and counted.state == Sitting.State.FINISHED:
            return counted
        return self.others.get((person_id, wave)) or counted

    def _by_window(self, person_id: int, due: Window | None) -> State:
        standing = self.standing.get(person_id)
        if standing and standing.group == DROPOUTS:
            return State.LEFT
        if due is None or due.planned or self.on < due.opens_on:
            return State.LATER
        return State.OPEN if self.on <= due.closes_on else State.MISSED


Rows = tuple[Courses, Journeys, Answered]


def _rows(pilot: Pilot, on: date, people: People, pairs: Iterable[Pair]) -> Rows:
    """To be asked. Of whoever is in a pair with somebody the course as well."""
    if people is None:
        return Courses(pilot, on), Journeys(pilot, on), Answered(pilot, on)
    people = list(people)
    both = {one.person_id for pair in pairs for one in (pair.one, pair.other)}
    some, who = room_for(people, SOME)
    more, with_partners = room_for({*people, *both}, WITH_PARTNERS)
    made = _made(pilot, on, some, more)
    known = {**who, **with_partners}
    return made[0].about(known), made[1].about(known), made[2].about(known)


@lru_cache(maxsize=16)
def _made(pilot: Pilot, on: date, some: Room, with_partners: Room) -> Rows:
    return (
        Courses(pilot, on, with_partners),
        Journeys(pilot, on, some),
        Answered(pilot, on, some),
    )


def _of_sitting(sitting: Sitting, on: date, *, counts: bool) -> State:
    if not _over_by(sitting, on):
        return State.UNDER_WAY
    if sitting.state == Sitting.State.FINISHED:
        return State.DONE
    return State.BROKEN_OFF if counts else State.REFUSED


def _over_by(sitting: Sitting, on: date) -> bool:
    ended = sitting.finished_at
    return ended is not None and timezone.localdate(ended) <= on


def _retired_before(wave: Wave, due: Window | None, on: date) -> bool:
    """Who could still have been asked before it was retired was simply not reached."""
    if wave.retired_on is None or on < wave.retired_on:
        return False
    return due is None or due.planned or due.closes_on >= wave.retired_on


def _timing(sitting: Sitting, due: Window) -> str:
    if sitting.measured_on is None:
        return ""
    if sitting.measured_on < due.opens_on:
        return "early"
    return "late" if sitting.measured_on > due.closes_on else "in_time"


def _erased(candidate: Candidate) -> bool:
    return getattr(candidate, "erased_at", None) is not None


def _in_a_pause(courses: Courses, on: date) -> Iterator[int]:
    """By the trajectory that the study follows, while it runs."""
    for person_id, one in courses.first.items():
        for pause in courses.pauses_of.get(one.pk, ()) if one.closed_on is None else ():
            if pause.from_on <= on and (pause.until_on is None or pause.until_on >= on):
                yield person_id


def _resting(candidates: Iterable[Candidate], rules: Rules, on: date) -> Iterator[int]:
    if not rules.contact.light_contact_while_resting:
        yield from (one.person_id for one in candidates if is_resting(one, on))
