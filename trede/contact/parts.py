"""How contact's part of a person is handed out and goes, and what taking back restores.

A contact stays countable after erasure; what was said, where and why goes.
"""

from datetime import datetime
from typing import cast

from django.db.models import Model, QuerySet

from trede.accounts.acting import SYSTEM
from trede.contact import appointment_reminding, appointment_words
from trede.contact.appointment_day import stand_again
from trede.contact.appointments import State, cancel
from trede.contact.letter_texts import Wording, register_wording
from trede.contact.letters import unsend
from trede.contact.models import (
    Appointment,
    AppointmentTransition,
    ContactMoment,
    Letter,
    Message,
    PersonalLink,
)
from trede.contact.recording import on_undo
from trede.contact.sending import register_kind
from trede.people.erasing import blanked, deleted, register, told


def called_off(rows: QuerySet[Model], at: datetime) -> None:
    """Nobody is met any more of whom nothing is left."""
    meetings = cast("QuerySet[Appointment]", rows)
    for one in meetings.filter(state=State.PLANNED, starts_at__gt=at):
        cancel(appointment=one, by=SYSTEM, at=at)
    blanked("about", "interpreter", "location")(rows, at)


register(
    ContactMoment,
    erase=blanked("note", "deviation_reason", "location"),
    export=told(
        "at",
        "channel",
        "outcome",
        "occasion",
        "initiative",
        "location",
        "note",
        "deviation_reason",
    ),
)
register(
    Appointment,
    erase=called_off,
    export=told("starts_at", "location", "about", "interpreter", "state"),
)
register(
    AppointmentTransition,
    path="appointment__person",
    erase=blanked("reason"),
    export=told("at", "state", "reason"),
)
register(Letter, erase=blanked("content"), export=told("kind", "made_at", "sent_on"))
register(
    Message,
    erase=blanked("address", "words", "error"),
    export=told("by_way_of", "state", "state_since", "address", "words"),
)
register(PersonalLink, erase=deleted, export=told("purpose", "made_at", "expires_at"))

register_wording(
    Wording(
        Letter.Kind.APPOINTMENT.label,
        appointment_words.AppointmentWords,
        appointment_words.TEXT,
        appointment_words.specimen,
    )
)
register_kind(appointment_reminding.CODE, appointment_reminding.KIND)
on_undo(stand_again)
on_undo(unsend)
