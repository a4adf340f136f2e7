"""Who is due for which measurement on a day: one state for every person and wave.

Decides by the window of `due.py`, what was answered by `baselines.py`, and who left by
`journeys.py`. Somebody who said no to the study, or stopped with it, is asked nothing.
Whoever is left in peace, waits by lot, is in a pause or lives through a halt stays due,
and is held up: nobody writes to them now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, prefetch_related_objects
from django.utils import timezone

from trede.inflow.models import Stage
from trede.inflow.waiting import resting_list
from trede.inflow.waiting_by_lot import waiting_people
from trede.people.models import ConsentDecision, Person, Purpose
from trede.pilots.circumstances import period_on
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.pilots.study_rules import Wave
from trede.questionnaires.models import Sitting
from trede.studies.among import People, among
from trede.studies.baselines import consenting, sittings_that_count
from trede.studies.due import Dates, Window, dates_of, is_for, window, with_partners
from trede.studies.journeys import DROPOUTS, Standing, standings
from trede.trajectories.models import Pause, Trajectory


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


def schedule(pilot: Pilot, on: date, people: People = None) -> list[Turn]:
    """Everybody who had an intake by the day, with every wave of the pilot's file.
    `people` when only some are asked for: who waits by lot for whom is known still."""
    prefetch_related_objects([pilot], "files")
    rules = rules_of(pilot, on)
    look = _Look(pilot, rules, on, people)
    turns = [
        look.turn(person_id, wave) for person_id in look.people for wave in rules.waves
    ]
    return sorted(turns, key=lambda one: (one.sorts_on, one.person_id, one.wave.code))


def turn_of(pilot: Pilot, person_id: int, wave: str, on: date) -> Turn | None:
    """Of one person, for whoever is about to write to them."""
    turns = schedule(pilot, on, [person_id])
    mine = (one for one in turns if one.person_id == person_id)
    return next((one for one in mine if one.wave.code == wave), None)


class _Look:
    """Everything that is needed to judge one person and wave."""

    def __init__(self, pilot: Pilot, rules: Rules, on: date, some: People) -> None:
        self.pilot, self.rules, self.on, self.some = pilot, rules, on, some
        known = some if some is None else with_partners(pilot, some)
        self.dates: Mapping[int, Dates] = dates_of(pilot, on, known)
        self.standing: Mapping[int, Standing] = standings(pilot, rules, on, some)
        self.agreed, self.decided = consenting(pilot, some), _decided(pilot, some)
        self.counted = sittings_that_count(pilot, on, some)
        self.counted_numbers = frozenset(one.pk for one in self.counted.values())
        self.others = _not_counted(pilot, on, self.counted_numbers, some)
        self.held = _held_up(pilot, rules, on, self.agreed, some)
        self.people = self._people()

    def _people(self) -> list[int]:
        asked = [one for one, dates in self.dates.items() if dates.intake_on]
        if self.some is not None:
            asked = [*set(self.some).intersection(asked)]
        there = Person.objects.current().filter(pk__in=asked)
        return sorted(there.values_list("pk", flat=True))

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


def _decided(pilot: Pilot, people: People) -> frozenset[int]:
    """Who was asked whether they take part in the study, whatever they said."""
    rows = ConsentDecision.objects.filter(pilot=pilot, purpose=Purpose.STUDY)
    return frozenset(among(rows, people).values_list("person_id", flat=True))


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


def _not_counted(
    pilot: Pilot, on: date, counted: frozenset[int], people: People
) -> dict[tuple[int, str], Sitting]:
    """The newest sitting of a person and wave that is not over by the day, or was over
    without an answer."""
    rows = among(Sitting.objects.filter(pilot=pilot), people).exclude(pk__in=counted)
    return {
        (sitting.person_id, sitting.wave): sitting
        for sitting in rows.order_by("prepared_at", "pk")
        if timezone.localdate(sitting.prepared_at) <= on
        and not (sitting.state == Sitting.State.FINISHED and _over_by(sitting, on))
    }


def _held_up(
    pilot: Pilot, rules: Rules, on: date, agreed: frozenset[int], people: People
) -> dict[int, Held]:
    """Person to why nobody writes to them now."""
    found: dict[int, Held] = {}
    pauses = Pause.objects.standing().filter(trajectory__pilot=pilot, from_on__lte=on)
    # Of who came back the study follows the first trajectory, and its pauses.
    earlier = Trajectory.objects.filter(
        candidate=OuterRef("trajectory__candidate"), pk__lt=OuterRef("trajectory")
    )
    still = pauses.filter(~Exists(earlier), trajectory__closed_on=None)
    still = still.exclude(until_on__lt=on)
    still = among(still, people, "trajectory__person")
    for person_id in still.values_list("trajectory__person_id", flat=True):
        found[person_id] = Held.PAUSE
    if not rules.contact.light_contact_while_resting:
        resting = resting_list(pilot=pilot, on=on).filter(stage=Stage.RESTING)
        resting = among(resting, people)
        for person_id in resting.values_list("person_id", flat=True):
            found[person_id] = Held.RESTS
    for person_id in waiting_people(pilot, on, agreed):
        found[person_id] = Held.WAITS
    if period_on(rules, on).kind == "halted":
        found = dict.fromkeys(agreed, Held.HALT)
    return found
