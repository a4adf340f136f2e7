"""Do two appointments fall together, of the same coach or of the same person?

Somebody who plans hears which one is in the way, and when, and may plan all the same:
two people who come together, or a talk that will be short.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.contact.models import Appointment
from trede.people.models import Person

A_DAY = timedelta(hours=8)  # no appointment is longer
TOLD = 3  # of a series not every clash is told


class Span(Protocol):
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


def in_the_way(
    spans: Sequence[Span],
    *,
    person: Person,
    staff: Staff,
    but: Appointment | None = None,
) -> list[Appointment]:
    """Appointments that stand, of either, in the order of time."""
    if not spans:
        return []
    rows = Appointment.objects.filter(
        Q(person=person) | Q(staff=staff),
        state=Appointment.State.PLANNED,
        starts_at__gt=min(one.starts_at for one in spans) - A_DAY,
        starts_at__lt=max(one.ends_at for one in spans),
    )
    others = [one for one in rows.select_related("staff") if one != but]
    return [one for one in others if any(_together(one, span) for span in spans)]


def refuse_overlap(
    spans: Sequence[Span],
    *,
    person: Person,
    staff: Staff,
    but: Appointment | None = None,
) -> None:
    found = in_the_way(spans, person=person, staff=staff, but=but)
    if found:
        raise Refused(" ".join(_told(found, person)), "overlap_ok")


def _told(found: Iterable[Appointment], person: Person) -> Iterator[str]:
    for one in list(found)[:TOLD]:
        begin = timezone.localtime(one.starts_at)
        words = (
            _("This person then meets %(name)s already, on %(day)s, %(begin)s–%(end)s.")
            if one.person_id == person.pk
            else _("%(name)s has an appointment then, on %(day)s, %(begin)s–%(end)s.")
        )
        yield words % {
            "name": one.staff.name,
            "day": f"{begin:%d-%m-%Y}",
            "begin": f"{begin:%H.%M}",
            "end": f"{timezone.localtime(one.ends_at):%H.%M}",
        }
    yield _("Choose another time, or plan it all the same.")


def _together(one: Span, other: Span) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
