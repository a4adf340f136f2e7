"""When a measurement falls due for somebody, by the design that held at their intake.

The pilot's file gives per wave and design a moment (intake, delayed start, closing,
closing of the partner) and the days before and after it. A moment that still has to
come is taken from the plan: the months of the trajectory, net of its pauses. Who waits
is told by the lot. Days on which the work is halted do not count: the window closes so
many days later.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet
from django.utils import timezone

from trede.inflow.long_lists import first_of_each
from trede.inflow.models import Candidate, Intake, Pair
from trede.inflow.pair_models import PairQuerySet
from trede.pilots.circumstances import calendar
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.pilots.study_rules import Due, Wave
from trede.questionnaires.models import Sitting
from trede.studies.among import People, among
from trede.studies.rows import design_on
from trede.together import Part, Parts, ask
from trede.trajectories.clock import clock
from trede.trajectories.models import Closing, Pause, Trajectory, TrajectoryQuerySet

DAY = timedelta(days=1)
IN_A_PAIR = ("first", "one", "other")


@dataclass(frozen=True)
class Window:
    """From and to, both days included; `planned` while the moment is only planned."""

    opens_on: date
    closes_on: date
    planned: bool = False
    # The moment itself, or the opening if that comes later.
    since_on: date = date.min


@dataclass(frozen=True)
class Dates:
    """What is known of one person's journey."""

    intake_on: date | None = None
    started_on: date | None = None
    closing_on: date | None = None
    closed: bool = False
    partner_id: int | None = None
    place: str = ""  # first or second in a pair; empty without a lot


class Courses(Parts):
    """The rows that people's dates are told by, to be asked for in one question; for
    some people those of whoever is in a pair with them as well."""

    def __init__(self, pilot: Pilot, until: date, people: People = None) -> None:
        self.until = until
        intakes = Intake.objects.filter(candidate__pilot=pilot).order_by()
        intakes = intakes.annotate(person_id=F("candidate__person"))
        begun = Trajectory.objects.filter(pilot=pilot, started_on__lte=until).order_by()
        closed = Closing.objects.standing().filter(
            trajectory__pilot=pilot, on__lte=until
        )
        pauses = Pause.objects.standing().filter(trajectory__pilot=pilot).order_by()
        self.intakes = Part(
            among(intakes, people, "candidate__person"),
            without=("talk_note", "topics", "barriers"),
            told={"person_id": IntegerField()},
        )
        self.begun = Part(among(begun, people))
        self.closed = Part(
            among(closed.order_by(), people, "trajectory__person"),
            without=("note", "reversed_reason"),
        )
        self.pauses = Part(among(pauses, people, "trajectory__person"))

    def dates(self, pairs: Iterable[Pair]) -> Mapping[int, Dates]:
        """Person to dates, as they were known by the day."""
        intakes, places = self._intakes(), self._places(pairs)
        closings = {one.trajectory_id: one.on for one in self.closed.found}
        found = {}
        for person_id in intakes.keys() | self.first.keys() | places.keys():
            trajectory = self.first.get(person_id)
            closed_on = closings.get(trajectory.pk) if trajectory else None
            planned = self._planned_end(trajectory) if trajectory else None
            place, partner = places.get(person_id, ("", None))
            found[person_id] = Dates(
                intakes.get(person_id),
                trajectory.started_on if trajectory else None,
                closed_on or planned,
                closed_on is not None,
                partner,
                place,
            )
        return found

    @cached_property
    def first(self) -> dict[int, Trajectory]:
        """By person. Who came back has a second one; the study follows the first."""
        newest = sorted(
            self.begun.found, key=attrgetter("started_on", "pk"), reverse=True
        )
        return {one.person_id: one for one in newest}

    def _planned_end(self, trajectory: Trajectory) -> date | None:
        """None while a pause has no end: nobody can say it then."""
        pauses = self.pauses_of.get(trajectory.pk, [])
        return clock(trajectory, pauses, self.until).ends_on

    @cached_property
    def pauses_of(self) -> dict[int, list[Pause]]:
        """By trajectory."""
        found: dict[int, list[Pause]] = {}
        for pause in self.pauses.found:
            found.setdefault(pause.trajectory_id, []).append(pause)
        return found

    def _intakes(self) -> dict[int, date]:
        """The first intake of each person."""
        days: dict[int, date] = {}
        for one in sorted(self.intakes.found, key=attrgetter("began_at")):
            person_id = getattr(one, "person_id", 0)
            days.setdefault(person_id, timezone.localdate(one.began_at))
        return {one: day for one, day in days.items() if day <= self.until}

    def _places(self, pairs: Iterable[Pair]) -> dict[int, tuple[str, int]]:
        found: dict[int, tuple[str, int]] = {}
        for pair in pairs:
            first, second = pair.first, pair.second
            drawn = timezone.localdate(pair.registered_at) <= self.until
            if first and second and drawn:
                found[first.person_id] = ("first", second.person_id)
                found[second.person_id] = ("second", first.person_id)
        return found


def dates_of(pilot: Pilot, until: date) -> Mapping[int, Dates]:
    """Of everybody of the pilot."""
    courses = Courses(pilot, until)
    ask(*courses.parts)
    return courses.dates(pairs_of(pilot).select_related(*IN_A_PAIR))


def pairs_of(pilot: Pilot, people: People = None) -> PairQuerySet:
    """Those of whom the lot has fallen; with some people only those that one is in."""
    return drawn_pairs(people).filter(pilot=pilot)


def drawn_pairs(people: People = None) -> PairQuerySet:
    """In whichever pilot."""
    pairs = Pair.objects.standing().filter(first__isnull=False)
    if people is not None:
        pairs = pairs.filter(Q(one__person__in=people) | Q(other__person__in=people))
    return pairs.order_by()


def may_be_due(pilot: Pilot, rules: Rules, on: date, most: int) -> set[int] | None:
    """Of whom a window may be open on the day, and who began and did not finish: among
    others nobody is due. None where that is told of more than so many."""
    tomorrow = _midnight(on + DAY)
    begun = Sitting.objects.filter(pilot=pilot).exclude(state=Sitting.State.PREPARED)
    begun = begun.filter(Q(finished_at=None) | Q(finished_at__gte=tomorrow))
    lists = [begun.values_list("person")]
    for due in {due for wave in rules.waves for due in wave.due}:
        first = _earliest(rules, on, due.closes_days)
        lists += _with_moment(pilot, due.moment, first, on - due.opens_days * DAY)
    found = first_of_each(most, *lists)
    people = {person_id for one in found for person_id in one}
    return None if max(map(len, (people, *found))) > most else people


def first_that_counts(rules: Rules, on: date) -> date:
    """No window is open on the day, of a moment before this one."""
    days = [d.closes_days for wave in rules.waves for d in wave.due]
    return _earliest(rules, on, max(days, default=0))


def closed_lately(
    closed: TrajectoryQuerySet, pilot: Pilot, since: date
) -> TrajectoryQuerySet:
    """Those of whom a window may be open: by their own closing (`since` is the first
    that counts) or that of who is in a pair with them, or because they began and did
    not finish."""
    begun = (Sitting.State.HANDED_OVER, Sitting.State.STOPPED)
    under_way = Sitting.objects.filter(pilot=pilot, state__in=begun)
    who = OuterRef("person")
    paired = pairs_of(pilot).filter(Q(one__person=who) | Q(other__person=who))
    return closed.filter(
        Q(closed_on__gte=since) | Exists(paired) | Exists(under_way.filter(person=who))
    )


def _with_moment(
    pilot: Pilot, moment: str, first: date, last: date
) -> Iterator["QuerySet[Any, tuple[int]]"]:
    """Whose moment lies in these days."""
    days = (first, last)
    if moment == "intake":
        began = (_midnight(first), _midnight(last + DAY))
        rows = Intake.objects.filter(candidate__pilot=pilot, began_at__range=began)
        yield rows.values_list("candidate__person")
    elif moment == "delayed_start":
        begun = Trajectory.objects.filter(pilot=pilot, started_on__range=days)
        yield begun.values_list("person")
    else:
        # The same day stands on the trajectory, where it is found by an index.
        closed = Closing.objects.standing().filter(
            trajectory__pilot=pilot, trajectory__closed_on__range=days, on__range=days
        )
        people = closed.values_list("trajectory__person")
        if moment == "closing":
            yield people
        else:
            yield pairs_of(pilot, people).values_list("one__person")
            yield pairs_of(pilot, people).values_list("other__person")


def _earliest(rules: Rules, on: date, days: int) -> date:
    """So many days ago, without the days of a halt."""
    first = on - days * DAY
    for period in reversed(calendar(rules)):
        until = min(period.until_on or on, on)
        if period.kind == "halted" and first <= until >= period.from_on:
            first -= until - period.from_on + DAY
    return first


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def window(
    wave: Wave, person_id: int, known: Mapping[int, Dates], rules: Rules
) -> Window | None:
    """None when this wave is not for this person."""
    dates = known.get(person_id, Dates())
    design = design_on(rules, dates.intake_on) if dates.intake_on else ""
    due = next((d for d in wave.due if d.design == design and _for(d, dates)), None)
    if due is None:
        return None
    moment, planned = _moment(due, dates, known)
    if moment is None:
        return None
    opens_on = moment + timedelta(days=due.opens_days)
    closes_on = moment + timedelta(days=due.closes_days)
    return Window(
        opens_on,
        _net_of_halts(rules, opens_on, closes_on),
        planned,
        max(moment, opens_on),
    )


def is_for(wave: Wave, dates: Dates, rules: Rules) -> bool:
    """Whether the wave belongs to this person's design at all."""
    if dates.intake_on is None:
        return False
    design = design_on(rules, dates.intake_on)
    return any(due.design == design and _for(due, dates) for due in wave.due)


def place_of(candidate: Candidate, pairs: Iterable[Pair]) -> str:
    """First or second by the lot; empty without a lot. `pairs` are those that stand."""
    own = (one for one in pairs if candidate.pk in (one.one_id, one.other_id))
    pair = next(own, None)
    if pair is None or pair.first_id is None:
        return ""
    return "first" if pair.first_id == candidate.pk else "second"


def _net_of_halts(rules: Rules, first: date, last: date) -> date:
    """The last day, moved on by every day of a halt from the first day up to it."""
    for period in calendar(rules):
        if period.kind == "halted" and period.from_on <= last:
            if period.until_on is None:
                return date.max
            if period.until_on >= first:
                halted = period.until_on - max(period.from_on, first)
                last += halted + DAY
    return last


def _for(due: Due, dates: Dates) -> bool:
    return due.for_whom in ("everyone", dates.place)


def _moment(
    due: Due, dates: Dates, known: Mapping[int, Dates]
) -> tuple[date | None, bool]:
    if due.moment == "intake":
        return dates.intake_on, False
    if due.moment == "delayed_start":
        return dates.started_on, False
    if due.moment == "closing":
        return dates.closing_on, not dates.closed
    partner = known.get(dates.partner_id or 0, Dates())
    return partner.closing_on, not partner.closed
