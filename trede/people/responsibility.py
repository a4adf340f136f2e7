"""Which coach is responsible for a person, dated: from a day until another takes over.

There is one at a time. A person without a coach is everybody's business: every coach
of the municipality sees them.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Role, Staff
from trede.accounts.refusing import Refused
from trede.people.models import Person, Responsibility


def make_responsible(
    *,
    person: Person,
    staff: Staff,
    on: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> Responsibility:
    """From `on` this coach; whoever was responsible no longer is from that day."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        _refuse_who_cannot_guide(person, staff)
        standing = _standing(person)
        if standing and standing.staff_id == staff.pk:
            return standing
        if standing:
            _end(standing, on)
        new = Responsibility.objects.create(
            person=person, staff=staff, started_on=on, reason=reason
        )
        record("made responsible", by=by, at=at, on=new, persons=[person.pk])
    return new


def end_responsibility(*, person: Person, on: date, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        standing = _standing(person)
        if standing:
            _end(standing, on)
            record(
                "ended responsibility", by=by, at=at, on=standing, persons=[person.pk]
            )


def coach_of(person: Person) -> Staff | None:
    standing = _standing(person)
    return standing.staff if standing else None


def caseload(staff: Staff, on: date) -> int:
    """For how many people somebody is responsible on a day."""
    rows = Responsibility.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on),
        staff=staff,
        started_on__lte=on,
        person__merged_into=None,
        person__erased_at=None,
    )
    return rows.count()


def _standing(person: Person) -> Responsibility | None:
    rows = Responsibility.objects.filter(person=person, ended_on=None)
    return rows.select_related("staff").first()


def _end(standing: Responsibility, on: date) -> None:
    if on < standing.started_on:
        raise Refused(
            _("%(name)s is responsible from %(day)s: choose that day or a later one.")
            % {
                "name": standing.staff.name,
                "day": standing.started_on.strftime("%d-%m-%Y"),
            },
            "on",
        )
    standing.ended_on = on
    standing.save(update_fields=["ended_on"])


def _refuse_who_cannot_guide(person: Person, staff: Staff) -> None:
    if staff.municipality_id != person.municipality_id or not staff.is_active:
        raise Refused(_("Choose a coach who works in this municipality."), "staff")
    if not staff.has(Role.COACH):
        raise Refused(
            _("%(name)s is not a coach. Choose a coach.") % {"name": staff.name},
            "staff",
        )
