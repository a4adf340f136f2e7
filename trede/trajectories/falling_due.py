"""What falls due with a coach's people while the coach is away. Later steps of the
journey tell what of theirs does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trede.accounts.models import Staff
from trede.contact.models import Appointment, Letter
from trede.people.models import Person
from trede.trajectories.clock import clock
from trede.trajectories.handing_over import in_care_of
from trede.trajectories.models import Absence, Pause, Trajectory

# As far ahead as one looks while nobody knows when the coach is back.
AHEAD = timedelta(weeks=8)


@dataclass(frozen=True)
class Due:
    on: date
    person: Person
    what: str | Promise


Looked = Callable[[Iterable[Person], date, date], list[Due]]
_also: list[Looked] = []


def also_due(look: Looked) -> None:
    """Register what else falls due for these people between two days."""
    _also.append(look)


def last_day(absence: Absence, on: date) -> date:
    return absence.until_on or max(absence.from_on, on) + AHEAD


def falling_due(absence: Absence, on: date) -> list[Due]:
    """From today, by day. A letter that waits is due at once."""
    first, last = max(absence.from_on, on), last_day(absence, on)
    people = list(in_care_of(absence.staff))
    found = [
        *(due for look in _also for due in look(people, first, last)),
        *_appointments(absence.staff, first, last),
        *_ends(absence.staff, first, last),
        *_letters(absence.staff, first),
    ]
    return sorted(found, key=lambda one: (one.on, one.person.pk))


def _appointments(staff: Staff, first: date, last: date) -> list[Due]:
    rows = Appointment.objects.filter(
        staff=staff,
        state=Appointment.State.PLANNED,
        starts_at__date__gte=first,
        starts_at__date__lte=last,
    )
    return [
        Due(timezone.localdate(one.starts_at), one.person, _("appointment"))
        for one in rows.select_related("person")
    ]


def _ends(staff: Staff, first: date, last: date) -> list[Due]:
    rows = Trajectory.objects.running().filter(person__in=in_care_of(staff))
    pauses: dict[int, list[Pause]] = {}
    for pause in Pause.objects.standing().filter(trajectory__in=rows):
        pauses.setdefault(pause.trajectory_id, []).append(pause)
    ends = (
        (clock(one, pauses.get(one.pk, ()), first).ends_on, one.person)
        for one in rows.select_related("person")
    )
    return [
        Due(on, person, _("the months are over: evaluation and closing"))
        for on, person in ends
        if on and first <= on <= last
    ]


def _letters(staff: Staff, first: date) -> list[Due]:
    """Those that nobody posted yet."""
    rows = Letter.objects.filter(person__in=in_care_of(staff), sent_on=None)
    words = _("a letter waits to be posted")
    return [Due(first, one.person, words) for one in rows.select_related("person")]
