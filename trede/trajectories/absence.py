"""A coach is away: colleagues stand in or take over, and at the return it comes back.

Who stands in is the coach as long as it lasts, sees the person and has the
appointments. Whatever was handed over for good meanwhile stays where it is. Before the
first day it is a plan; `absence_days.py` says what the days bring about by themselves.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.contact.passing_on import pass_on_appointments
from trede.people.models import Person
from trede.people.responsibility import coach_of, make_responsible
from trede.trajectories.handing_over import (
    Passing,
    in_care_of,
    pass_on,
    running_of,
)
from trede.trajectories.models import (
    Absence,
    AbsenceQuerySet,
    Cover,
    HandOver,
    PlannedCover,
)
from trede.trajectories.running import refuse_far, staff_of


@dataclass(frozen=True)
class Arrangement:
    """Who takes one person, for as long as the coach is away or for good."""

    passing: Passing
    for_good: bool


def away(on: date) -> AbsenceQuerySet:
    return Absence.objects.open().filter(
        Q(until_on=None) | Q(until_on__gte=on), from_on__lte=on
    )


def standing_absence(staff: Staff) -> Absence | None:
    return Absence.objects.open().filter(staff=staff).first()


def note_absence(
    *,
    staff: Staff,
    from_on: date,
    until_on: date | None,
    by: Actor,
    at: datetime,
) -> Absence:
    """Who is away already gets other days; there is one absence at a time."""
    refuse_far(from_on, at, "from_on")
    refuse_far(until_on, at, "until_on")
    if until_on and until_on < from_on:
        raise Refused(_("The last day comes after the first."), "until_on")
    with transaction.atomic():
        Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
        absence, _new = Absence.objects.open().update_or_create(
            staff=staff,
            returned_on=None,
            defaults={
                "from_on": from_on,
                "until_on": until_on,
                "recorded_at": at,
                "recorded_by": staff_of(by),
            },
        )
        record("noted that a coach is away", by=by, at=at, on=absence)
    return absence


def arrange(
    *,
    absence: Absence,
    arrangements: Sequence[Arrangement],
    by: Actor,
    at: datetime,
    limit_reason: str = "",
) -> int:
    """All of them or nobody, from today or from the first day; whoever is not named
    stays with the coach. A new plan takes the place of the one before."""
    on = timezone.localdate(at)
    with transaction.atomic():
        Staff.objects.select_for_update(no_key=True).get(pk=absence.staff_id)
        refuse_returned(absence)
        if absence.from_on > on:
            _plan(absence, arrangements, limit_reason, by, at)
        else:
            theirs = set(in_care_of(absence.staff))
            for one in arrangements:
                try:
                    pass_in_absence(absence, one, theirs, on, by, at, limit_reason)
                except Refused as refusal:
                    name = one.passing.person.full_name
                    told = f"{name}: {refusal.message}"
                    raise Refused(told, refusal.field) from refusal
        people = [one.passing.person.pk for one in arrangements]
        record("arranged who stands in", by=by, at=at, on=absence, persons=people)
    return len(people)


def pass_in_absence(
    absence: Absence,
    arrangement: Arrangement,
    theirs: Collection[Person],
    on: date,
    by: Actor,
    at: datetime,
    limit_reason: str,
) -> None:
    """`theirs`: whose coach the one who is away still is. A refusal names nobody: it
    may be kept beside the plan."""
    passing = arrangement.passing
    if passing.person not in theirs or passing.receiver is None:
        raise Refused(_("Has another coach by now. Look at the list once more."))
    absent = HandOver.Reason.ABSENT
    pass_on(absence.staff, passing, on, absent, by, at, limit_reason)
    # Who was given back by hand meanwhile may have a stand-in again.
    absence.covers.filter(person=passing.person, ended_on=None).update(ended_on=on)
    if not arrangement.for_good:
        Cover.objects.create(
            absence=absence, person=passing.person, staff=passing.receiver, from_on=on
        )


def _plan(
    absence: Absence,
    arrangements: Sequence[Arrangement],
    limit_reason: str,
    by: Actor,
    at: datetime,
) -> None:
    absence.planned.filter(done_at=None).delete()
    PlannedCover.objects.bulk_create(
        PlannedCover(
            absence=absence,
            person=one.passing.person,
            staff=one.passing.receiver,
            for_good=one.for_good,
            note=one.passing.note,
            limit_reason=limit_reason,
            planned_at=at,
            planned_by=staff_of(by),
        )
        for one in arrangements
        if one.passing.receiver
    )


def come_back(
    *, absence: Absence, by: Actor, at: datetime, on: date | None = None
) -> int:
    """The coach is back, today or on the day that was known before: how many people
    came back with that."""
    on = on or timezone.localdate(at)
    with transaction.atomic():
        Staff.objects.select_for_update(no_key=True).get(pk=absence.staff_id)
        refuse_returned(absence)
        absence.planned.filter(done_at=None).delete()
        back = []
        for cover in absence.covers.filter(ended_on=None).select_related("person"):
            if _brought_back(cover, absence.staff, on, by, at):
                back.append(cover.person_id)
        absence.returned_on = on
        absence.save(update_fields=["returned_on"])
        record("noted that a coach is back", by=by, at=at, on=absence, persons=back)
    return len(back)


def stands_in_for(person: Person) -> Staff | None:
    """For whom the coach of today stands in."""
    covers = Cover.objects.filter(
        person=person, ended_on=None, absence__returned_on=None
    )
    standing = covers.select_related("absence__staff", "staff").last()
    if standing is None or coach_of(person) != standing.staff:
        return None
    return standing.absence.staff


def refuse_returned(absence: Absence) -> None:
    absence.refresh_from_db(fields=["returned_on"])
    if absence.returned_on:
        raise Refused(
            _("%(name)s is back already.") % {"name": absence.staff.name},
        )


def _brought_back(
    cover: Cover, coach: Staff, on: date, by: Actor, at: datetime
) -> bool:
    """A stand-in who went away too has a stand-in: all of them end here."""
    person = cover.person
    chain = Cover.objects.filter(person=person, ended_on=None, pk__gte=cover.pk)
    holders = {one.staff for one in chain.select_related("staff")}
    chain.update(ended_on=on)
    holder = coach_of(person)
    if holder not in holders or person.merged_into_id or person.erased_at:
        return False
    make_responsible(person=person, staff=coach, on=on, reason="", by=by, at=at)
    pass_on_appointments(person, holder, coach, at)
    trajectory = running_of(person)[person]
    if trajectory:
        HandOver.objects.create(
            trajectory=trajectory,
            giver=holder,
            receiver=coach,
            on=on,
            reason=HandOver.Reason.BACK,
            recorded_at=at,
            recorded_by=staff_of(by),
        )
    return True
