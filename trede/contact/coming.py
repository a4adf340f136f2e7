"""A coach's own appointments of the coming weeks, by name, soonest first.

The feed to a telephone leaves without names; this page is behind the door.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.contact.models import Appointment
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot

AHEAD = timedelta(weeks=4)


def coming_of(
    *, staff: Staff, at: datetime
) -> list[tuple[Appointment, Mapping[str, str]]]:
    """Those that stand, each with the words for the places of its pilot."""
    found = (
        Appointment.objects.visible_to(staff, Reach.OWN)
        .filter(
            staff=staff,
            state=Appointment.State.PLANNED,
            starts_at__gte=at,
            starts_at__lt=at + AHEAD,
        )
        .select_related("person", "pilot")
        .order_by("starts_at", "pk")
    )
    pilots = {one.pilot for one in found}
    places = {pilot: _places(pilot) for pilot in pilots}
    return [(one, places[one.pilot]) for one in found]


def _places(pilot: Pilot) -> Mapping[str, str]:
    return {one.code: one.label for one in rules_of(pilot).locations}
