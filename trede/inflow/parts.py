"""How inflow's part of a person is handed out and goes, and whom it leaves alone."""

from django.utils.translation import gettext_lazy as _

from trede.contact.recording import guard
from trede.inflow.models import Deviation, Intake, Pair
from trede.inflow.waiting_by_lot import left_alone
from trede.people.erasing import blanked, register, told

# The form that was signed is a stored file, and goes with those.
register(
    Intake,
    path="candidate__person",
    erase=blanked("talk_note", "topics", "barriers", "location"),
    export=told("began_at", "location", "talk_note", "outcome", "ended_at"),
)

# Allocation. A pair is reached through its first member; what the lot said stands in
# the steps of both.
register(
    Pair,
    path="one__person",
    export=told("registered_at", "drawn_at", "dissolved_at"),
    exempt=_("Numbers and moments without a name: anybody may recompute a lot."),
)
register(
    Deviation,
    path="candidate__person",
    erase=blanked("reason"),
    export=told("kind", "reason", "at"),
)

guard(left_alone)
