"""Which appointments did people move or call off themselves, in the last week?

Without a reason: none was asked. What they let go on after all is no news.
"""

from datetime import datetime, timedelta

from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.contact.models import Appointment, AppointmentTransition
from trede.people.models import PersonsQuerySet

WEEK = timedelta(days=7)
NEWS = (Appointment.State.MOVED, Appointment.State.CANCELLED)


def own_changes(staff: Staff, at: datetime) -> PersonsQuerySet[Appointment]:
    """The newest first; what stands in its place is where it was moved to."""
    steps = AppointmentTransition.objects.filter(
        state__in=NEWS, by__startswith="person:", at__gte=at - WEEK
    )
    rows = Appointment.objects.visible_to(staff, Reach.OWN).filter(
        staff=staff, state__in=NEWS, pk__in=steps.values("appointment")
    )
    return rows.order_by("-state_since", "-pk")
