"""What falls due with a coach's people while the coach is away. Later steps of the
journey tell what of theirs does."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trede.accounts.models import Staff
from trede.contact.models import Appointment, Letter
from trede.people.models import Person
from trede.together import Part, ask
from trede.trajectories.clock import clock
from trede.trajectories.models import Absence, Pause, Trajectory

# As far ahead as one looks while nobody knows when the coach is back.
AHEAD = timedelta(weeks=8)


@dataclass(frozen=True)
class Due:
    on: date
    person: Person
    what: str | Promise


# Everybody in the coach's care, with the trajectory of each that runs.
InCare = Mapping[Person, Trajectory | None]
Looked = Callable[[Iterable[Person], date, date], list[Due]]
_also: list[Looked] = []


def also_due(look: Looked) -> None:
    """Register what else falls due for these people between two days."""
    _also.append(look)


def last_day(absence: Absence, on: date) -> date:
    return absence.until_on or max(absence.from_on, on) + AHEAD


def falling_due(
    absence: Absence, people: InCare, on: date, *beside: Part[Any]
) -> list[Due]:
    """From today, by day. A letter that waits is due at once. `beside` is asked in the
    same question."""
    first, last = max(absence.from_on, on), last_day(absence, on)
    running = [one for one in people.values() if one]
    meetings = Part(_appointments(absence.staff, first, last), "person")
    letters = Part(Letter.objects.filter(person__in=people, sent_on=None))
    pauses = Part(Pause.objects.standing().filter(trajectory__in=running))
    ask(meetings, letters, pauses, *beside)
    known = {one.pk: one for one in people}
    waits = _("a letter waits to be posted")
    found = [
        *(due for look in _also for due in look(people, first, last)),
        *(
            Due(timezone.localdate(one.starts_at), one.person, _("appointment"))
            for one in meetings.found
        ),
        *_ends(people, pauses.found, first, last),
        *(Due(first, known[one.person_id], waits) for one in letters.found),
    ]
    return sorted(found, key=lambda one: (one.on, one.person.pk))


def _appointments(staff: Staff, first: date, last: date) -> QuerySet[Appointment]:
    return Appointment.objects.filter(
        staff=staff,
        state=Appointment.State.PLANNED,
        starts_at__date__gte=first,
        starts_at__date__lte=last,
    )


def _ends(
    people: InCare, pauses: Iterable[Pause], first: date, last: date
) -> Iterator[Due]:
    of_each: dict[int, list[Pause]] = {}
    for pause in pauses:
        of_each.setdefault(pause.trajectory_id, []).append(pause)
    words = _("the months are over: evaluation and closing")
    for person, one in people.items():
        if one is None:
            continue
        on = clock(one, of_each.get(one.pk, ()), first).ends_on
        if on and first <= on <= last:
            yield Due(on, person, words)
