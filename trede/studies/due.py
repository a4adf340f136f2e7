"""When a measurement falls due for somebody, by the design that held at their intake.

The pilot's file gives per wave and design a moment (intake, delayed start, closing,
closing of the partner) and the days before and after it. A moment that still has to
come is taken from the plan: the months of the trajectory, net of its pauses. Who waits
is told by the lot. Days on which the work is halted do not count: the window closes so
many days later.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from django.db.models import Q
from django.utils import timezone

from trede.inflow.models import Candidate, Intake, Pair
from trede.inflow.waiting_by_lot import standing_pair
from trede.pilots.circumstances import calendar
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.pilots.study_rules import Due, Wave
from trede.studies.among import People, among
from trede.studies.rows import design_on
from trede.trajectories.clock import clock
from trede.trajectories.models import Closing, Trajectory

DAY = timedelta(days=1)


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


def dates_of(pilot: Pilot, until: date, people: People = None) -> Mapping[int, Dates]:
    """Person to dates, as they were known by the day."""
    intakes = _intakes(pilot, until, people)
    places = _places(pilot, until)
    closed = Closing.objects.standing().filter(trajectory__pilot=pilot, on__lte=until)
    closed = among(closed, people, "trajectory__person")
    closings = dict(closed.values_list("trajectory_id", "on"))
    begun = Trajectory.objects.filter(pilot=pilot, started_on__lte=until)
    # Who came back has a second one; the study follows the first: the last here.
    begun = among(begun, people).order_by("-started_on", "-pk")
    trajectories = {one.person_id: one for one in begun.prefetch_related("pauses")}
    found = {}
    for person_id in intakes.keys() | trajectories.keys() | places.keys():
        trajectory = trajectories.get(person_id)
        closed_on = closings.get(trajectory.pk) if trajectory else None
        planned = _planned_end(trajectory, until) if trajectory else None
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


def _planned_end(trajectory: Trajectory, on: date) -> date | None:
    """None while a pause has no end: nobody can say it then."""
    pauses = [one for one in trajectory.pauses.all() if one.reversed_at is None]
    return clock(trajectory, pauses, on).ends_on


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


def place_of(candidate: Candidate) -> str:
    """First or second by the lot; empty without a lot."""
    pair = standing_pair(candidate)
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


def _intakes(pilot: Pilot, until: date, people: People) -> dict[int, date]:
    """The first intake of each person."""
    rows = Intake.objects.filter(candidate__pilot=pilot).order_by("-began_at")
    rows = among(rows, people, "candidate__person")
    days = {
        person_id: timezone.localdate(at)
        for person_id, at in rows.values_list("candidate__person_id", "began_at")
    }
    return {person_id: day for person_id, day in days.items() if day <= until}


def with_partners(pilot: Pilot, people: Collection[int]) -> Collection[int]:
    """These people, and with whom they are in a pair."""
    own = Q(one__person__in=people) | Q(other__person__in=people)
    pairs = Pair.objects.standing().filter(own, pilot=pilot)
    both = pairs.values_list("one__person", "other__person")
    return {*people, *chain.from_iterable(both)}


def _places(pilot: Pilot, until: date) -> dict[int, tuple[str, int]]:
    pairs = Pair.objects.standing().filter(pilot=pilot, first__isnull=False)
    found: dict[int, tuple[str, int]] = {}
    for pair in pairs.select_related("first", "one", "other"):
        second = pair.second
        if pair.first and second and timezone.localdate(pair.registered_at) <= until:
            found[pair.first.person_id] = ("first", second.person_id)
            found[second.person_id] = ("second", pair.first.person_id)
    return found
