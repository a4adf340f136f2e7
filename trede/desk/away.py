"""Who is away, as far as a coach has to do with it: themselves, or for whom they stand
in. It is said before it begins, as long as it lasts, and for a while after it ended."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from trede.accounts.models import Staff
from trede.trajectories.models import Absence, AbsenceQuerySet, Cover, PlannedCover

SAID_FOR = timedelta(days=14)
# With which an absence is told: how many people have, or will have, a stand-in.
COUNTS = {"covered": IntegerField(), "planned_for": IntegerField()}


@dataclass(frozen=True)
class Away:
    """`state` is coming, now or back; `people`: of a colleague those one stands in
    for."""

    absence: Absence
    own: bool
    state: str
    people: int


def absences_about(staff: Staff, on: date) -> AbsenceQuerySet:
    this = {"absence": OuterRef("pk")}
    mine = Q(staff=staff) | Q(absence__staff=staff)
    covers = Cover.objects.filter(mine, **this)
    lasts = Q(ended_on=None) | Q(ended_on=F("absence__returned_on"))
    planned = PlannedCover.objects.filter(mine, **this, done_at=None)
    return (
        Absence.objects.filter(
            Q(staff=staff) | Exists(covers) | Exists(planned),
            Q(returned_on=None) | Q(returned_on__gte=on - SAID_FOR),
        )
        .annotate(covered=_number(covers.filter(lasts)), planned_for=_number(planned))
        .order_by()
    )


def _number(rows: QuerySet[Cover] | QuerySet[PlannedCover]) -> Coalesce:
    counted = rows.order_by().values("absence").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def away_lines(found: Iterable[Absence], staff: Staff, on: date) -> Iterator[Away]:
    for one in sorted(found, key=lambda one: (one.from_on, one.pk)):
        people = getattr(one, "covered", 0) + getattr(one, "planned_for", 0)
        own = one.staff_id == staff.pk
        state = "coming" if one.from_on > on else "now"
        if own or people:
            yield Away(one, own, "back" if one.returned_on else state, people)


def come_due(found: Iterable[Absence], on: date) -> list[Absence]:
    """Of these those of which a day came that nothing was done about yet."""
    return [
        one
        for one in found
        if one.returned_on is None
        and (
            (one.from_on <= on and getattr(one, "planned_for", 0) > 0)
            or (one.until_on is not None and one.until_on < on)
        )
    ]
