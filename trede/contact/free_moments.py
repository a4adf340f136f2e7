"""At which other moments can this appointment be? What the person may choose from.

Working days from the day after tomorrow, at hours at which neither the coach nor the
person meets anybody, as long as the place is open. A few each day, so that the choice
stays one.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.utils import timezone

from trede.accounts.models import Staff
from trede.contact.appointments import Meeting
from trede.contact.models import Appointment, Occasion
from trede.contact.overlapping import in_the_way
from trede.pilots.circumstances import locations_on
from trede.pilots.loading import rules_of
from trede.pilots.workdays import is_working_day

HOURS = (time(9, 30), time(11), time(13, 30), time(15))
NOT_BEFORE = 2  # days from now: the coach plans the day of tomorrow today
DAYS_AHEAD = 28
ALTOGETHER = 12


DaysAway = Callable[[Staff, date, date], Collection[date]]
_away: list[DaysAway] = []


def leave_out(days_away: DaysAway) -> None:
    """Register on which days, between two, a member of staff meets nobody."""
    _away.append(days_away)


def free_moments(appointment: Appointment, at: datetime) -> list[datetime]:
    today = timezone.localdate(at)
    ahead = (today + timedelta(days=n) for n in range(NOT_BEFORE, DAYS_AHEAD))
    last = today + timedelta(days=DAYS_AHEAD)
    away = {day for look in _away for day in look(appointment.staff, today, last)}
    open_days = [day for day in ahead if day not in away and _is_open(appointment, day)]
    now = _meeting(appointment)
    moments = [
        replace(now, starts_at=timezone.make_aware(datetime.combine(day, hour)))
        for day in open_days
        for hour in HOURS
    ]
    busy = in_the_way(
        moments, person=appointment.person, staff=appointment.staff, but=appointment
    )
    free = [
        one.starts_at
        for one in moments
        if one.starts_at != appointment.starts_at
        and not any(
            one.starts_at < other.ends_at and other.starts_at < one.ends_at
            for other in busy
        )
    ]
    return list(islice(_some_a_day(free), ALTOGETHER))


def _is_open(appointment: Appointment, day: date) -> bool:
    rules = rules_of(appointment.pilot, day)
    closed = {one.code for one in rules.locations} - {
        one.code for one in locations_on(rules, day)
    }
    return is_working_day(day) and appointment.location not in closed


def _meeting(appointment: Appointment) -> Meeting:
    return Meeting(
        appointment.starts_at,
        appointment.location,
        appointment.about,
        appointment.minutes,
        occasion=Occasion(appointment.occasion),
    )


def _some_a_day(free: list[datetime]) -> Iterator[datetime]:
    """The first and the last of each day: a morning and an afternoon where they are."""
    for day in dict.fromkeys(timezone.localdate(one) for one in free):
        of_day = [one for one in free if timezone.localdate(one) == day]
        yield from dict.fromkeys((of_day[0], of_day[-1]))
