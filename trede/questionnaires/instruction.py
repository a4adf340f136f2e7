"""Whether a coach knows how to sit beside somebody who answers.

Reading the page of instruction counts for that edition of it: when the page changes,
everybody is asked to read it again. Practising is walking through a questionnaire as a
person does. Nobody is kept from handing over a device for want of it; the day on which
each was instructed is known to the analysis.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Municipality, Role, Staff
from trede.accounts.refusing import Refused
from trede.questionnaires.models import Instruction

# Of the words in `templates/questionnaires/instruction.html`.
EDITION = "2026-1"
Kind = Instruction.Kind


@dataclass(frozen=True)
class Instructed:
    """One coach: when the page of now was read, and when was practised last."""

    staff: Staff
    read_on: date | None
    practised_on: date | None


def note_read(*, by: Actor, at: datetime) -> Instruction:
    """This edition; a second time is the same as once."""
    return _note(Kind.READ, "read the instruction for questionnaires", by, at)


def note_practised(*, by: Actor, at: datetime) -> Instruction:
    return _note(Kind.PRACTISED, "practised a questionnaire", by, at)


def has_read(staff: Staff) -> bool:
    """The words of now, not those of an earlier edition."""
    rows = Instruction.objects.filter(staff=staff, kind=Kind.READ, edition=EDITION)
    return rows.exists()


def instructed_on(staff: Staff, day: date) -> date | None:
    """Since when somebody was instructed, as it was on that day."""
    rows = Instruction.objects.filter(staff=staff, kind=Kind.READ).order_by("at")
    first = rows.first()
    read_on = timezone.localdate(first.at) if first else None
    return read_on if read_on and read_on <= day else None


def of_municipality(town: Municipality) -> list[Instructed]:
    """Everybody who hands devices over, by name; who has not read it yet included."""
    staff = town.staff.filter(is_active=True).order_by("name")
    coaches = [one for one in staff if one.has(Role.COACH)]
    rows = Instruction.objects.filter(staff__in=coaches).order_by("at")
    days: dict[tuple[int, str], date] = {}
    for row in rows:
        if row.kind == Kind.PRACTISED or row.edition == EDITION:
            days[row.staff_id, row.kind] = timezone.localdate(row.at)
    return [
        Instructed(one, days.get((one.pk, "read")), days.get((one.pk, "practised")))
        for one in coaches
    ]


def of_staff(staff: Staff) -> Instructed:
    found = of_municipality(staff.municipality)
    none = Instructed(staff, None, None)
    return next((one for one in found if one.staff == staff), none)


def _note(kind: Instruction.Kind, verb: str, by: Actor, at: datetime) -> Instruction:
    if by.staff is None:
        raise Refused(_("Only a member of staff is instructed."))
    with transaction.atomic():
        Staff.objects.select_for_update().get(pk=by.staff.pk)
        made, is_new = Instruction.objects.get_or_create(
            staff=by.staff, kind=kind, edition=EDITION, defaults={"at": at}
        )
        if is_new:
            record(verb, by=by, at=at, on=made, purpose="research")
    return made
