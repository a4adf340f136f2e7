"""The diary of a coach of the demo: nobody is in two talks at once."""

from datetime import datetime, timedelta

from django.utils import timezone

from trede.accounts.models import Staff
from trede.contact.models import Appointment

KEPT = (Appointment.State.PLANNED, Appointment.State.HELD, Appointment.State.NOT_THERE)


def first_free(coach: Staff, at: datetime, minutes: int) -> datetime:
    """From then on, on that day."""
    length = timedelta(minutes=minutes)
    taken = Appointment.objects.filter(
        staff=coach, state__in=KEPT, starts_at__date=timezone.localdate(at)
    )
    for one in taken.order_by("starts_at"):
        if one.starts_at < at + length and at < one.ends_at:
            at = one.ends_at
    return at
