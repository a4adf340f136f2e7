"""A coach is away: colleagues stand in or take over, and at the return it comes back.

Who stands in is the coach as long as it lasts, sees the person and has the
appointments. Whatever was handed over for good meanwhile stays where it is.
"""

from collections.abc import Sequence
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
from trede.trajectories.models import Absence, AbsenceQuerySet, Cover, HandOver
from trede.trajectories.running import staff_of


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
    reason: str,
    by: Actor,
    at: datetime,
) -> Absence:
    """Who is away already gets other days; there is one absence at a time."""
    if until_on and until_on < from_on:
        raise Refused(_("The last day comes after the first."), "until_on")
    if reason and reason not in Absence.Reason.values:
        raise Refused(_("Choose a reason from the list, or none."), "reason")
    with transaction.atomic():
        Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)
        absence, _new = Absence.objects.open().update_or_create(
            staff=staff,
            returned_on=None,
            defaults={
                "from_on": from_on,
                "until_on": until_on,
                "reason": reason,
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
    """All of them or nobody, from today; whoever is not named stays with the coach."""
    on, coach = timezone.localdate(at), absence.staff
    with transaction.atomic():
        Staff.objects.select_for_update(no_key=True).get(pk=coach.pk)
        _refuse_returned(absence)
        theirs = set(in_care_of(coach))
        for one in arrangements:
            person, receiver = one.passing.person, one.passing.receiver
            if person not in theirs or receiver is None:
                raise Refused(
                    _("%(name)s has another coach by now. Look at the list once more.")
                    % {"name": person.full_name}
                )
            pass_on(
                coach, one.passing, on, HandOver.Reason.ABSENT, by, at, limit_reason
            )
            if not one.for_good:
                Cover.objects.create(
                    absence=absence, person=person, staff=receiver, from_on=on
                )
        people = [one.passing.person.pk for one in arrangements]
        record("arranged who stands in", by=by, at=at, on=absence, persons=people)
    return len(people)


def come_back(*, absence: Absence, by: Actor, at: datetime) -> int:
    """The coach is back: how many people came back with that."""
    on = timezone.localdate(at)
    with transaction.atomic():
        Staff.objects.select_for_update(no_key=True).get(pk=absence.staff_id)
        _refuse_returned(absence)
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


def _refuse_returned(absence: Absence) -> None:
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
