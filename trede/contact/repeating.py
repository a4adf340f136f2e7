"""A series: the same meeting every week, fortnight, four weeks or month, until a day.

Decides on which days it falls: never on a public holiday, and not more than a year
ahead. Every month is on the same weekday of it, as the third Tuesday; who begins on a
fifth one meets on the last. Every appointment of it is an appointment of its own, to be
moved or called off alone; what still stands of it can be called off in one go.
"""

from calendar import monthcalendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.contact.appointments import (
    Meeting,
    cancel,
    refuse_meeting,
    refuse_people,
    write_down,
)
from trede.contact.models import Appointment
from trede.contact.overlapping import refuse_overlap
from trede.people.models import Person
from trede.pilots.models import Pilot
from trede.pilots.workdays import is_public_holiday

AHEAD = timedelta(days=366)
State = Appointment.State


class Every(StrEnum):
    WEEK = "week"
    FORTNIGHT = "fortnight"
    FOUR_WEEKS = "four_weeks"
    MONTH = "month"


WEEKS = {Every.WEEK: 1, Every.FORTNIGHT: 2, Every.FOUR_WEEKS: 4}


@dataclass(frozen=True)
class Repeat:
    every: Every
    until: date


def plan_series(
    *,
    person: Person,
    pilot: Pilot,
    staff: Staff,
    first: Meeting,
    repeat: Repeat,
    by: Actor,
    at: datetime,
    overlap_ok: bool = False,
) -> list[Appointment]:
    """The same series twice (a double click) is one."""
    if first.starts_at - at > AHEAD:
        raise Refused(_("Plan at most a year ahead."), "starts_on")
    with transaction.atomic():
        now = Person.objects.select_for_update().get(pk=person.pk)
        refuse_people(now, pilot, staff)
        meetings = list(_meetings(first, repeat))
        for meeting in meetings:
            refuse_meeting(pilot, meeting, at)
        known = _known(now, staff, first)
        if known:
            return known
        if not overlap_ok:
            refuse_overlap(meetings, person=now, staff=staff)
        series = uuid4()
        planned = [
            write_down(now, pilot, staff, one, by, at, series=series)
            for one in meetings
        ]
        record(
            "planned a series of appointments",
            by=by,
            at=at,
            on=planned[0],
            persons=[now.pk],
        )
    return planned


def call_off_rest(*, appointment: Appointment, by: Actor, at: datetime) -> int:
    """How many of the series were called off: those that stand and have yet to come."""
    if appointment.series is None:
        raise Refused(_("This appointment is not one of a series."))
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=appointment.person_id)
        rest = Appointment.objects.filter(
            series=appointment.series, state=State.PLANNED, starts_at__gt=at
        )
        standing = list(rest)
        for one in standing:
            cancel(appointment=one, by=by, at=at)
    return len(standing)


def _meetings(first: Meeting, repeat: Repeat) -> Iterator[Meeting]:
    """At the same hour by the clock, in summer and in winter."""
    begin = timezone.localtime(first.starts_at)
    _refuse_until(repeat.until, begin.date())
    for day in _days(begin.date(), repeat.every):
        if day > repeat.until:
            return
        if not is_public_holiday(day):
            starts_at = timezone.make_aware(datetime.combine(day, begin.time()))
            yield replace(first, starts_at=starts_at)


def _days(first: date, every: Every) -> Iterator[date]:
    """Without end; who asks stops."""
    if every == Every.MONTH:
        return (_same_weekday(first, months) for months in count())
    return (first + timedelta(weeks=WEEKS[every] * n) for n in count())


def _same_weekday(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    weeks = monthcalendar(year, month + 1)
    days = [week[first.weekday()] for week in weeks if week[first.weekday()]]
    return date(year, month + 1, days[min((first.day - 1) // 7, len(days) - 1)])


def _refuse_until(until: date, first: date) -> None:
    if until <= first:
        raise Refused(_("Choose a day after the first appointment."), "until")
    if until > first + AHEAD:
        raise Refused(_("Plan at most a year ahead."), "until")
    if is_public_holiday(first):
        raise Refused(
            _("The first day is a public holiday. Choose another."), "starts_on"
        )


def _known(person: Person, staff: Staff, first: Meeting) -> list[Appointment]:
    same = Appointment.objects.filter(
        person=person, staff=staff, starts_at=first.starts_at, state=State.PLANNED
    )
    one = same.exclude(series=None).first()
    return list(Appointment.objects.filter(series=one.series)) if one else []
