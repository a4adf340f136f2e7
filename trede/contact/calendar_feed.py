"""A coach's appointments in the calendar of their telephone, without any name.

Decides what leaves: that there is an appointment, when, and at which place of the pilot
file. A place in words may hold somebody's address and stays here. The address of the
feed is a secret of one coach, of which a digest is kept; a new one ends the old.
The file is that of RFC 5545: times in UTC, lines of at most 75 octets. What was called
off stands in it as cancelled, so that a calendar takes it away; what was moved keeps
its name, with a higher number for every change, so that a calendar moves it.
"""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Staff
from trede.contact.links import count_wrong, digest
from trede.contact.models import Appointment, CalendarLink
from trede.pilots.loading import rules_of

BACK, AHEAD = timedelta(days=60), timedelta(days=400)
STANDS = (Appointment.State.PLANNED, Appointment.State.HELD)
OCTETS = 75
# The characters that mean something in a text of the file.
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def make_address(*, staff: Staff, by: Actor, at: datetime) -> str:
    """A new token; whoever has the old one sees nothing any more."""
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        Staff.objects.select_for_update().get(pk=staff.pk)
        _standing(staff).update(ended_at=at)
        link = CalendarLink.objects.create(
            staff=staff, digest=digest(token), made_at=at
        )
        record("made a calendar address", by=by, at=at, on=link)
    return token


def end_address(*, staff: Staff, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        for link in _standing(staff).select_for_update():
            link.ended_at = at
            link.save(update_fields=["ended_at"])
            record("ended a calendar address", by=by, at=at, on=link)


def address_of(staff: Staff) -> CalendarLink | None:
    return _standing(staff).first()


def whose(*, token: str, origin: str, at: datetime) -> Staff | None:
    """The coach, as long as they work here; else a wrong token is counted."""
    rows = CalendarLink.objects.select_related("staff")
    link = rows.filter(digest=digest(token), ended_at=None).first()
    if link is None:
        count_wrong(origin, at)
        return None
    return link.staff if link.staff.is_active else None


@dataclass(frozen=True)
class Event:
    """An appointment as a calendar knows it: by the first of those it was moved from,
    and how often it changed since."""

    appointment: Appointment
    first: int
    changes: int


def events_of(staff: Staff, at: datetime) -> list[Event]:
    own = Appointment.objects.annotate(steps=Count("transitions"))
    moved = own.filter(moved_to__staff=staff).values_list("pk", "moved_to", "steps")
    before = {to: (pk, steps) for pk, to, steps in moved}
    rows = own.filter(staff=staff, starts_at__gt=at - BACK, starts_at__lt=at + AHEAD)
    found = list(rows.select_related("pilot").order_by("starts_at", "pk"))
    here = {one.pk for one in found}
    return [
        Event(one, *_since_first(one.pk, one.steps - 1, before))
        for one in found
        if one.moved_to_id not in here
    ]


def feed(events: list[Event]) -> bytes:
    """The same appointments always give the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Trede//Trede//NL",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Trede",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *(line for one in events for line in _event(one)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _since_first(
    number: int, changes: int, before: Mapping[int | None, tuple[int, int]]
) -> tuple[int, int]:
    while number in before:
        number, steps = before[number]
        changes += steps
    return number, changes


def _event(event: Event) -> Iterator[str]:
    one = event.appointment
    places = {place.code: place.label for place in rules_of(one.pilot).locations}
    place = places.get(one.location, _("Another place: see Trede"))
    stands = one.state in STANDS
    host = settings.ADDRESS.split("//")[-1] or "trede"
    yield "BEGIN:VEVENT"
    yield f"UID:appointment-{event.first}@{host}"
    yield f"DTSTAMP:{_utc(one.state_since)}"
    yield f"LAST-MODIFIED:{_utc(one.state_since)}"
    yield f"SEQUENCE:{event.changes}"
    yield f"DTSTART:{_utc(one.starts_at)}"
    yield f"DTEND:{_utc(one.ends_at)}"
    yield f"SUMMARY:{_escaped(_('Appointment'))}"
    yield f"LOCATION:{_escaped(place)}"
    yield f"STATUS:{'CONFIRMED' if stands else 'CANCELLED'}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    return text.translate(ESCAPED)


def _folded(line: str) -> str:
    """At most 75 octets a line, never in the middle of a sign; the rest goes on after
    a space."""
    parts: list[str] = []
    now = ""
    for sign in line:
        # The space that a continued line begins with counts as well.
        room = OCTETS - (1 if parts else 0)
        if len((now + sign).encode()) > room:
            parts.append(now)
            now = ""
        now += sign
    return "\r\n ".join([*parts, now])


def _standing(staff: Staff) -> QuerySet[CalendarLink]:
    return CalendarLink.objects.filter(staff=staff, ended_at=None)
