"""Which appointments did people move or call off themselves, in the last week?

Without a reason: none was asked. What they let go on after all is no news.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.contact.models import Appointment, AppointmentTransition

WEEK = timedelta(days=7)
NEWS = (Appointment.State.MOVED, Appointment.State.CANCELLED)


@dataclass(frozen=True)
class OwnChange:
    """`now` is the appointment that stands in its place, if there is one."""

    appointment: Appointment
    now: Appointment | None


def own_changes(staff: Staff, at: datetime) -> list[OwnChange]:
    steps = AppointmentTransition.objects.filter(
        state__in=NEWS, by__startswith="person:", at__gte=at - WEEK
    )
    rows = Appointment.objects.visible_to(staff, Reach.OWN).filter(
        staff=staff, state__in=NEWS, pk__in=steps.values("appointment")
    )
    known = rows.select_related("person", "moved_to").order_by("-state_since", "-pk")
    return [OwnChange(one, one.moved_to) for one in known]
