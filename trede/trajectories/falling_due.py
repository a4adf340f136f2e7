"""What falls due with a coach's people while the coach is away. Later steps of the
journey tell what of theirs does."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trede.accounts.models import Staff
from trede.contact.models import Appointment, Letter
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.together import Part, ask
from trede.trajectories.clock import clock
from trede.trajectories.models import Absence, LadderAssessment, Pause, Trajectory
from trede.trajectories.treads import ladder_due

# As far ahead as one looks while nobody knows when the coach is back.
AHEAD = timedelta(weeks=8)


@dataclass(frozen=True)
class Due:
    on: date
    person: Person
    what: str | Promise


@dataclass(frozen=True)
class Looked:
    """What falls due by a later step of the journey. `parts` are asked in the same
    question as the rest, and `due` after it."""

    due: Callable[[], Iterable[Due]]
    parts: tuple[Part[Any], ...] = ()


# Everybody in the coach's care, with the trajectory of each that runs.
InCare = Mapping[Person, Trajectory | None]
Look = Callable[[Iterable[Person], date, date], Looked]
_also: list[Look] = []


def also_due(look: Look) -> None:
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
    treads = Part(_newest_treads(running))
    looked = [look(people, first, last) for look in _also]
    later = (part for one in looked for part in one.parts)
    ask(meetings, letters, pauses, treads, *later, *beside)
    known = {one.pk: one for one in people}
    waits = _("a letter waits to be posted")
    found = [
        *(due for one in looked for due in one.due()),
        *(
            Due(timezone.localdate(one.starts_at), one.person, _("appointment"))
            for one in meetings.found
        ),
        *_ends_and_ladders(people, pauses.found, treads.found, first, last),
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


def _newest_treads(running: Iterable[Trajectory]) -> QuerySet[LadderAssessment]:
    same = LadderAssessment.objects.standing().filter(trajectory=OuterRef("trajectory"))
    newest = same.order_by("-reference_on", "-pk").values("pk")[:1]
    return LadderAssessment.objects.filter(trajectory__in=running, pk=newest)


def _ends_and_ladders(
    people: InCare,
    pauses: Iterable[Pause],
    treads: Iterable[LadderAssessment],
    first: date,
    last: date,
) -> Iterator[Due]:
    """What is late already is due on the first day. No ladder while the clock stands
    still."""
    of_each: dict[int, list[Pause]] = {}
    for pause in pauses:
        of_each.setdefault(pause.trajectory_id, []).append(pause)
    ladder_on = {one.trajectory_id: one.reference_on for one in treads}
    ends, ladder = _("the months are over: evaluation and closing"), _("the ladder")
    for person, one in people.items():
        if one is None:
            continue
        told = clock(one, of_each.get(one.pk, ()), first)
        if told.ends_on and first <= told.ends_on <= last:
            yield Due(told.ends_on, person, ends)
        months = rules_of(one.pilot).ladder.reassess_months
        on = ladder_due(one.started_on, ladder_on.get(one.pk), months)
        if on <= last and not told.stands_still:
            yield Due(max(first, on), person, ladder)
