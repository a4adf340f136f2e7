"""What the timeline says of appointments. That one was held, or not, is told by the
contact. What was done to a series in one go is one line."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter

from django.utils import timezone
from django.utils.translation import gettext as _

from trede.contact.models import Appointment, AppointmentTransition
from trede.desk.casework import Casework
from trede.desk.timeline import Entry, Kind, sentence

State = Appointment.State


def appointments(work: Casework) -> Iterator[Entry]:
    for rows in _in_one_go(work.appointment_steps):
        title = _one(rows[0]) if len(rows) == 1 else _series(rows)
        if title:
            last = rows[-1]
            yield Entry(
                Kind.APPOINTMENT,
                timezone.localdate(last.at),
                last.at,
                "calendar-event",
                title,
                sentence(last.appointment.about, last.reason),
                by=last.appointment.staff.name,
            )


def _in_one_go(
    steps: Sequence[AppointmentTransition],
) -> Iterator[list[AppointmentTransition]]:
    """Each by itself, but for what was planned or called off with its whole series."""
    found = defaultdict(list)
    for row in steps:
        series = row.appointment.series
        found[series or row.pk, series and row.at, row.state, row.before].append(row)
    for rows in found.values():
        yield sorted(rows, key=attrgetter("appointment.starts_at"))


def _one(row: AppointmentTransition) -> str:
    when = {"when": _moment(row)}
    if row.state == State.PLANNED and not row.before:
        return _("Appointment made for %(when)s") % when
    if row.state == State.MOVED:
        return _("Appointment of %(when)s moved") % when
    if row.state == State.CANCELLED:
        return _("Appointment of %(when)s cancelled") % when
    return ""


def _series(rows: Sequence[AppointmentTransition]) -> str:
    told = {"n": len(rows), "first": _moment(rows[0]), "last": _moment(rows[-1])}
    if rows[0].state == State.PLANNED and not rows[0].before:
        return _("%(n)d appointments made, %(first)s to %(last)s") % told
    if rows[0].state == State.CANCELLED:
        return _("%(n)d appointments cancelled, %(first)s to %(last)s") % told
    return ""


def _moment(row: AppointmentTransition) -> str:
    return f"{timezone.localtime(row.appointment.starts_at):%d-%m-%Y, %H.%M}"
