"""How much a coach has to do: a person weighs less as there is less contact.

Who is in the middle of a trajectory weighs one; the pilot file says what part of that
somebody weighs in the tail, in a pause and in after-care. One rule for the coach's day,
for the coordinator, and for who asks whether one more fits. In hundredths, so that sums
are exact.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import F, OuterRef, Q, Subquery

from trede.accounts.models import Staff
from trede.inflow.waiting_by_lot import add_months
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Limits, Rules
from trede.trajectories.clock import Clock, clock
from trede.trajectories.models import Closing, Pause, Trajectory
from trede.trajectories.phases import Phase, cared_for, phase_of

WHOLE = 100


@dataclass
class Caseload:
    """`guides`: how many people are in a trajectory; `quarters`: where they live."""

    guides: int = 0
    hundredths: int = 0
    quarters: Counter[str] = field(default_factory=Counter)

    @property
    def weight(self) -> Decimal:
        return in_people(self.hundredths)


@dataclass
class _Row:
    coach: int
    person: int
    quarter: str
    trajectory: int
    pilot: int
    started_on: date
    closed_on: date | None
    months: int
    pauses_stop_the_clock: bool
    reason: str | None


def in_people(hundredths: int) -> Decimal:
    """With one decimal, and none where it is whole."""
    tenths = (Decimal(hundredths) / WHOLE).quantize(Decimal("0.1"))
    return tenths.quantize(Decimal(1)) if tenths == tenths.to_integral() else tenths


def weight(clock: Clock, closed_on: date | None, limits: Limits, on: date) -> int:
    """Of somebody whom after-care is for, when it is closed."""
    ended_on = closed_on if closed_on and closed_on <= on else None
    phase = phase_of(clock, ended_on, limits, on)
    if phase is Phase.OVER:
        return 0
    if phase is Phase.AFTER_CARE:
        return limits.weight_in_after_care_percent
    share = limits.weight_in_tail_percent if phase is Phase.TAIL else WHOLE
    return min(share, limits.weight_in_pause_percent) if clock.stands_still else share


def weights_of(
    trajectories: Collection[Trajectory],
    on: date,
    *,
    known: Iterable[Pause] | None = None,
) -> dict[int, int]:
    """By number of the person: what they add for who takes them over; `known` are their
    pauses, for who has fetched them."""
    pilots = {one.pilot_id: one.pilot for one in trajectories}
    limits = {pk: rules_of(pilot, on).limits for pk, pilot in pilots.items()}
    pauses = _pauses([one.pk for one in trajectories], known)
    return {
        one.person_id: weight(
            clock(one, pauses.get(one.pk, ()), on),
            one.closed_on,
            limits[one.pilot_id],
            on,
        )
        for one in trajectories
    }


def caseloads(
    coaches: Collection[Staff],
    on: date,
    *,
    but: Person | None = None,
    pilots: Collection[Pilot] = (),
) -> dict[int, Caseload]:
    """Of each, by number of the coach; `but`: without this person; `pilots` are those
    of their municipality with their files, for who has fetched them."""
    found = {one.pk: Caseload() for one in coaches}
    towns = {one.municipality_id for one in coaches}
    if not pilots:
        here = Pilot.objects.filter(municipality__in=towns)
        pilots = list(here.prefetch_related("files"))
    # Whoever has no file yet guides nobody.
    rules = {one.pk: rules_of(one, on) for one in pilots if one.files.all()}
    rows = [*_rows(coaches, rules, on)]
    pauses = _pauses([one.trajectory for one in rows])
    counted: set[int] = {but.pk} if but else set()
    for row in rows:
        if row.person in counted or not _counts(row, rules[row.pilot], on):
            continue
        counted.add(row.person)
        face = clock(row, pauses.get(row.trajectory, ()), on)
        load, limits = found[row.coach], rules[row.pilot].limits
        load.hundredths += weight(face, row.closed_on, limits, on)
        if row.closed_on is None or row.closed_on > on:
            load.guides += 1
            load.quarters[row.quarter] += 1
    return found


def _rows(
    coaches: Collection[Staff], rules: dict[int, Rules], on: date
) -> Iterator[_Row]:
    """Who is in a trajectory, and who closed so lately that there may be after-care;
    of who came back the newest comes first."""
    months = max((r.limits.after_care_months or 0 for r in rules.values()), default=0)
    standing = Closing.objects.standing().filter(trajectory=OuterRef("pk"))
    found = Trajectory.objects.filter(
        Q(closed_on=None) | Q(closed_on__gte=add_months(on, -months)),
        Q(person__responsibilities__ended_on=None)
        | Q(person__responsibilities__ended_on__gt=on),
        person__responsibilities__started_on__lte=on,
        person__responsibilities__staff__in=[one.pk for one in coaches],
        person__erased_at=None,
        started_on__lte=on,
    )
    told = found.annotate(
        coach=F("person__responsibilities__staff"),
        reason=Subquery(standing.values("reason")[:1]),
    )
    rows = told.order_by("-started_on", "-pk").values_list(
        "coach",
        "person",
        "person__quarter",
        "pk",
        "pilot",
        "started_on",
        "closed_on",
        "months",
        "pauses_stop_the_clock",
        "reason",
    )
    return (_Row(*row) for row in rows)


def _counts(row: _Row, rules: Rules, on: date) -> bool:
    running = row.closed_on is None or row.closed_on > on
    return running or row.reason in cared_for(rules.reasons.closing)


def _pauses(
    trajectories: Collection[int], known: Iterable[Pause] | None = None
) -> dict[int, list[Pause]]:
    found: dict[int, list[Pause]] = {}
    if known is None:
        known = Pause.objects.standing().filter(trajectory__in=trajectories)
    for pause in known:
        found.setdefault(pause.trajectory_id, []).append(pause)
    return found
