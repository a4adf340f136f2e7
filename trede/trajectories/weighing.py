"""How much a coach has to do: a person weighs less as there is less contact.

Who is in the middle of a trajectory weighs one; the pilot file says what part of that
somebody weighs in the tail, in a pause and in after-care. One rule for the coach's day,
for the coordinator, and for who asks whether one more fits. In hundredths, so that sums
are exact.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)

from trede.accounts.models import Staff
from trede.people.models import Person, Responsibility
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Limits, Rules
from trede.trajectories.clock import Clock, clock
from trede.trajectories.models import (
    Closing,
    Pause,
    Trajectory,
    TrajectoryQuerySet,
)
from trede.trajectories.phases import Phase, cared_for, first_cared_for, phase_of

WHOLE = 100


@dataclass
class Caseload:
    """`guides`: how many people are in a trajectory; `quarters`: where they live, for
    who asked that."""

    guides: int = 0
    hundredths: int = 0
    quarters: Counter[str] = field(default_factory=Counter)

    @property
    def weight(self) -> Decimal:
        return in_people(self.hundredths)


@dataclass
class _Row:
    """A trajectory that runs."""

    coach: int | None
    person: int
    quarter: str
    trajectory: int
    pilot: int
    started_on: date
    closed_on: date | None
    months: int
    pauses_stop_the_clock: bool


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
    pauses: Iterable[Pause] | None = None,
    quarters: bool = False,
) -> dict[int, Caseload]:
    """Of each, by number of the coach; `but`: without this person; `pilots` are those
    of their municipality with their files and `pauses` the `pauses_of_who_runs`, for
    who has fetched them; `quarters` looks up where everybody lives."""
    found = {one.pk: Caseload() for one in coaches}
    pilots = pilots or pilots_here(coaches)
    rules = _rules(pilots, on)
    runs = _active(rules, on).filter(_runs(on))
    paused = _by_trajectory(
        pauses_of_who_runs(pilots, on) if pauses is None else pauses
    )
    weights: dict[tuple[object, ...], int] = {}
    counted: set[int] = {but.pk} if but else set()
    for row in _rows(runs, on, quarters):
        if row.person in counted or row.coach not in found:
            continue
        counted.add(row.person)
        load, limits = found[row.coach], rules[row.pilot].limits
        load.hundredths += _weight_now(row, paused, limits, on, weights)
        load.guides += 1
        load.quarters[row.quarter] += quarters
    for coach, pilot, n in _cared_for(rules, but, on):
        if coach in found:
            share = rules[pilot].limits.weight_in_after_care_percent
            found[coach].hundredths += n * share
    return found


def _weight_now(
    row: _Row,
    pauses: Mapping[int, list[Pause]],
    limits: Limits,
    on: date,
    known: dict[tuple[object, ...], int],
) -> int:
    """Of many who never paused the start tells it: each is reckoned once."""
    if row.trajectory in pauses:
        face = clock(row, pauses[row.trajectory], on)
        return weight(face, row.closed_on, limits, on)
    same = (row.pilot, row.started_on, row.closed_on, row.months)
    if same not in known:
        known[same] = weight(clock(row, (), on), row.closed_on, limits, on)
    return known[same]


def pilots_here(coaches: Collection[Staff]) -> list[Pilot]:
    """Of their municipality, with their files."""
    towns = {one.municipality_id for one in coaches}
    here = Pilot.objects.filter(municipality__in=towns)
    return list(here.prefetch_related("files"))


def pauses_of_who_runs(pilots: Collection[Pilot], on: date) -> QuerySet[Pause]:
    runs = _active(_rules(pilots, on), on).filter(_runs(on))
    rows = Pause.objects.standing().filter(trajectory__in=runs.order_by().values("pk"))
    return rows.order_by()


def _rules(pilots: Collection[Pilot], on: date) -> dict[int, Rules]:
    """Whoever has no file yet guides nobody."""
    return {one.pk: rules_of(one, on) for one in pilots if one.files.all()}


def _runs(on: date) -> Q:
    return Q(closed_on=None) | Q(closed_on__gt=on)


def _active(rules: Mapping[int, Rules], on: date) -> TrajectoryQuerySet:
    """Of who came back the newest comes first."""
    erased = Person.objects.put_aside().exclude(erased_at=None)
    found = Trajectory.objects.filter(pilot__in=rules.keys(), started_on__lte=on)
    return found.exclude(person__in=erased).order_by("-started_on", "-pk")


def _coach(on: date) -> Subquery:
    """For each person apart: PostgreSQL would first read of everybody who ever guided
    them."""
    now = Responsibility.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on),
        person=OuterRef("person"),
        started_on__lte=on,
    )
    return Subquery(now.order_by("-pk").values("staff")[:1])


def _rows(runs: TrajectoryQuerySet, on: date, quarters: bool) -> Iterator[_Row]:
    quarter = F("person__quarter") if quarters else Value("")
    told = runs.annotate(coach=_coach(on), quarter=quarter).values_list(
        "coach",
        "person",
        "quarter",
        "pk",
        "pilot",
        "started_on",
        "closed_on",
        "months",
        "pauses_stop_the_clock",
    )
    return (_Row(*row) for row in told)


def _cared_for(
    rules: Mapping[int, Rules], but: Person | None, on: date
) -> Iterable[tuple[int, int, int]]:
    """Coach, pilot, and how many have after-care and did not come back."""
    after_care = _after_care(rules, on)
    if not after_care:
        return ()
    newer = Trajectory.objects.filter(
        Q(started_on__gt=OuterRef("started_on"))
        | Q(started_on=OuterRef("started_on"), pk__gt=OuterRef("pk")),
        _runs(on) | after_care,
        person=OuterRef("person"),
        started_on__lte=on,
    )
    rows = _active(rules, on).filter(after_care, ~Exists(newer))
    rows = rows.exclude(person=but) if but else rows
    told = rows.annotate(coach=_coach(on)).order_by().values_list("coach", "pilot")
    return told.annotate(Count("pk"))


def _after_care(rules: Mapping[int, Rules], on: date) -> Q:
    """Closed as after-care wants it, and it lasts on the day."""
    found = Q()
    for pilot, one in rules.items():
        if first := first_cared_for(one.limits, on):
            reasons = sorted(cared_for(one.reasons.closing))
            # The days twice: else PostgreSQL first reads every closing there ever was.
            closed = Closing.objects.standing().filter(
                trajectory=OuterRef("pk"), reason__in=reasons, on__range=(first, on)
            )
            days = Q(closed_on__range=(first, on))
            found |= Q(Exists(closed.order_by()), days, pilot=pilot)
    return found


def _pauses(
    trajectories: Collection[int], known: Iterable[Pause] | None = None
) -> dict[int, list[Pause]]:
    if known is None:
        known = Pause.objects.standing().filter(trajectory__in=trajectories)
    return _by_trajectory(known)


def _by_trajectory(pauses: Iterable[Pause]) -> dict[int, list[Pause]]:
    found: dict[int, list[Pause]] = {}
    for pause in pauses:
        found.setdefault(pause.trajectory_id, []).append(pause)
    return found
