"""What the days of an absence bring about: it begins on its first, and ends after its
last.

Nobody has to be there for it. Whoever looks next, the coach, the one who stands in or
the coordinator, finds it done as of the day that was planned. Who cannot go as planned
stays with the coach, and who cannot come back with who stands in; the page of the
absence says why.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Case, Exists, Max, OuterRef, Q, When
from django.utils import timezone

from trede.accounts.acting import record, staff_actor
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.trajectories.absence import Arrangement, come_back, pass_in_absence
from trede.trajectories.handing_over import Passing, in_care_of
from trede.trajectories.models import Absence, AbsenceQuerySet, Cover, PlannedCover

DAY = timedelta(days=1)


def overdue(absences: AbsenceQuerySet, on: date) -> AbsenceQuerySet:
    """Those of which a day came that nothing was done about yet."""
    return absences.filter(_is_overdue(on))


def with_overdue(absences: AbsenceQuerySet, on: date) -> AbsenceQuerySet:
    """Each tells by `overdue` whether it is one of those."""
    told = Case(When(_is_overdue(on), then=True), default=False)
    return absences.annotate(overdue=told)


def _is_overdue(on: date) -> Q:
    planned = PlannedCover.objects.filter(absence=OuterRef("pk"), done_at=None)
    begins = Q(from_on__lte=on) & Q(Exists(planned))
    return Q(returned_on=None) & (begins | Q(until_on__lt=on))


def take_effect(absences: Iterable[Absence], at: datetime) -> int:
    """How many of these began or ended by that."""
    on = timezone.localdate(at)
    return sum([_begin(one, on, at) + _end(one, on, at) for one in absences])


def _begin(absence: Absence, on: date, at: datetime) -> bool:
    with transaction.atomic():
        Staff.objects.select_for_update(no_key=True).get(pk=absence.staff_id)
        planned = absence.planned.filter(done_at=None, absence__from_on__lte=on)
        rows = list(planned.select_related("person", "staff", "planned_by"))
        for row in rows:
            row.why_not, row.done_at = _carried_out(row, absence, at), at
            row.save(update_fields=["why_not", "done_at"])
        if rows:
            went = [one.person_id for one in rows if not one.why_not]
            by = staff_actor(rows[0].planned_by)
            record("began an absence", by=by, at=at, on=absence, persons=went)
    return bool(rows)


def _carried_out(row: PlannedCover, absence: Absence, at: datetime) -> str:
    """What kept it from being done; mostly nothing."""
    passing = Passing(row.person, row.staff, row.note)
    try:
        with transaction.atomic():
            pass_in_absence(
                absence,
                Arrangement(passing, row.for_good),
                in_care_of(absence.staff),
                absence.from_on,
                staff_actor(row.planned_by),
                at,
                row.limit_reason,
            )
    except Refused as refusal:
        return str(refusal.message)
    return ""


def _end(absence: Absence, on: date, at: datetime) -> bool:
    if absence.until_on is None or absence.until_on >= on:
        return False
    people = absence.covers.filter(ended_on=None).values("person")
    latest = Cover.objects.filter(person__in=people, ended_on=None)
    began_on = latest.aggregate(day=Max("from_on"))["day"] or absence.until_on
    back_on = max(absence.until_on + DAY, began_on)
    try:
        by = staff_actor(absence.recorded_by)
        come_back(absence=absence, by=by, at=at, on=back_on)
    except Refused as refusal:
        # Kept beside the absence; or somebody else was there first, a moment ago.
        open_still = Absence.objects.open().filter(pk=absence.pk)
        open_still.update(why_not_back=str(refusal.message))
        return False
    return True


def days_away(staff: Staff, first: date, last: date) -> Collection[date]:
    """Of these days those on which nobody can be met."""
    found = Absence.objects.open().filter(
        Q(until_on=None) | Q(until_on__gte=first), staff=staff, from_on__lte=last
    )
    return {
        first + n * DAY
        for one in found
        for n in range((last - first).days + 1)
        if one.from_on <= first + n * DAY <= (one.until_on or last)
    }
