"""Whom a coach meets today, and when in the week.

The week is that of today; in a weekend it is the coming one, so that it is in sight.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any

from django.utils import timezone

from trede.accounts.anybody import ANYBODY, it_is
from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.contact.models import (
    Appointment,
    AppointmentTransition,
    ContactMoment,
)
from trede.desk.last_contact import midnight
from trede.formats.telephone import telephone_shown
from trede.together import Part

WEEKEND = (5, 6)
State = Appointment.State


@dataclass(frozen=True)
class Meeting:
    """`noted` is the contact that was noted with it, to be taken back."""

    appointment: Appointment
    telephone: str
    noted: ContactMoment | None


@dataclass(frozen=True)
class WeekDay:
    on: date
    moments: list[datetime]
    current: bool
    past: bool


class Meetings:
    """`parts` are to be asked before anything else."""

    def __init__(self, staff: Staff, on: date) -> None:
        self.on = on
        self.to_come = on.weekday() in WEEKEND
        self.met = _week_of_appointments(self.first_day).about(it_is(staff))
        self.noted = _steps_of(on).about(it_is(staff))
        self.parts: list[Part[Any]] = [self.met, self.noted]

    def today(self) -> Iterator[Meeting]:
        today = [one for one in self.appointments if self._day(one) == self.on]
        steps = sorted(self.noted.found, key=attrgetter("at", "pk"))
        noted = {one.appointment_id: one.moment for one in steps}
        for one in today:
            number = telephone_shown(one.person.telephone)
            yield Meeting(one, number, noted.get(one.pk))

    def week(self) -> Iterator[WeekDay]:
        for n in range(7):
            day = self.first_day + timedelta(days=n)
            mine = [one for one in self.appointments if self._day(one) == day]
            if mine or day.weekday() not in WEEKEND:
                moments = [timezone.localtime(one.starts_at) for one in mine]
                yield WeekDay(day, moments, day == self.on, day < self.on)

    @property
    def first_day(self) -> date:
        past = timedelta(days=self.on.weekday())
        return self.on if self.to_come else self.on - past

    @cached_property
    def appointments(self) -> list[Appointment]:
        return sorted(self.met.found, key=attrgetter("starts_at", "pk"))

    def _day(self, appointment: Appointment) -> date:
        return timezone.localdate(appointment.starts_at)


@lru_cache
def _week_of_appointments(first_day: date) -> Part[Appointment]:
    """Those that stand or were noted."""
    rows = Appointment.objects.visible_to(ANYBODY, Reach.OWN).filter(
        staff=ANYBODY,
        starts_at__gte=midnight(first_day),
        starts_at__lt=midnight(first_day + timedelta(days=7)),
        state__in=(State.PLANNED, State.HELD, State.NOT_THERE),
    )
    return Part(rows.order_by(), "person", "pilot")


@lru_cache
def _steps_of(on: date) -> Part[AppointmentTransition]:
    """With the contact that was noted and not taken back."""
    begins = midnight(on)
    steps = AppointmentTransition.objects.filter(
        appointment__staff=ANYBODY,
        appointment__starts_at__gte=begins,
        appointment__starts_at__lt=begins + timedelta(days=1),
        moment__isnull=False,
        moment__reversal=None,
    )
    return Part(steps.exclude(appointment__state=State.PLANNED).order_by(), "moment")
