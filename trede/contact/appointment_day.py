"""What came of an appointment on its day, noted together with the contact.

Holding it, or finding that somebody did not come or did not answer, notes the contact
in one go; taking that contact back makes the appointment stand as planned again. Not
coming has no consequence here: life comes first, and the next appointment is simply
planned. A message to somebody one is to meet leaves the appointment as it stands.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.refusing import Refused
from trede.contact.appointments import State, locked, step_to
from trede.contact.models import (
    Appointment,
    AppointmentTransition,
    Channel,
    ContactMoment,
    Outcome,
)
from trede.contact.recording import channels_on, record_contact
from trede.pilots.loading import rules_of

# How people meet at a place of the pilot file, when nobody says otherwise.
CHANNEL_AT: Mapping[str, Channel] = {
    "walk": Channel.WALK,
    "home": Channel.VISIT,
    "remote": Channel.TELEPHONE,
}


def hold(
    *,
    appointment: Appointment,
    by: Actor,
    at: datetime,
    submission: UUID,
    channel: str = "",
    note: str = "",
    deviation_reason: str = "",
) -> ContactMoment:
    """It took place: the contact is noted, at the time that was agreed."""
    outcome = (State.HELD, Outcome.SPOKE)
    return _took_place(
        appointment, outcome, by, at, submission, channel, note, deviation_reason
    )


def not_there(
    *,
    appointment: Appointment,
    by: Actor,
    at: datetime,
    submission: UUID,
    channel: str = "",
    note: str = "",
    deviation_reason: str = "",
) -> ContactMoment:
    """The person did not come; noted without any consequence."""
    outcome = (State.NOT_THERE, Outcome.NOT_THERE)
    return _took_place(
        appointment, outcome, by, at, submission, channel, note, deviation_reason
    )


def no_answer(
    *,
    appointment: Appointment,
    by: Actor,
    at: datetime,
    submission: UUID,
    note: str = "",
    deviation_reason: str = "",
) -> ContactMoment:
    """The person was to be called, and did not pick up."""
    outcome = (State.NOT_THERE, Outcome.NO_ANSWER)
    return _took_place(
        appointment, outcome, by, at, submission, "", note, deviation_reason
    )


def leave_message(
    *,
    appointment: Appointment,
    by: Actor,
    at: datetime,
    submission: UUID,
    note: str = "",
    deviation_reason: str = "",
) -> ContactMoment:
    """To somebody one was to call: it did not take place. To somebody one meets: the
    appointment stands, and what comes of it is still to be noted."""
    if is_by_telephone(appointment):
        outcome = (State.NOT_THERE, Outcome.MESSAGE_LEFT)
        return _took_place(
            appointment, outcome, by, at, submission, "", note, deviation_reason
        )
    channel, came_of_it = _message_in_use(appointment, at)
    return record_contact(
        person=appointment.person,
        pilot=appointment.pilot,
        channel=channel,
        outcome=came_of_it,
        occasion=appointment.occasion,
        by=by,
        at=at,
        submission=submission,
        note=note,
        deviation_reason=deviation_reason,
    )


def is_by_telephone(appointment: Appointment) -> bool:
    return CHANNEL_AT.get(appointment.location) == Channel.TELEPHONE


def _message_in_use(appointment: Appointment, at: datetime) -> tuple[Channel, Outcome]:
    """Spoken on the telephone where the pilot does not use written ones (yet)."""
    on = timezone.localdate(at)
    used = dict(channels_on(rules_of(appointment.pilot, on), on))
    if Channel.MESSAGE in used:
        return Channel.MESSAGE, Outcome.SENT
    return Channel.TELEPHONE, Outcome.MESSAGE_LEFT


def stand_again(moment: ContactMoment, by: Actor, at: datetime) -> None:
    """The contact was taken back, so the appointment stands as planned."""
    noted = AppointmentTransition.objects.filter(moment=moment).first()
    if noted:
        now = locked(noted.appointment)
        if now.state == noted.state:
            step_to(now, State.PLANNED, by, at)


def _took_place(
    appointment: Appointment,
    outcome: tuple[State, Outcome],
    by: Actor,
    at: datetime,
    submission: UUID,
    channel: str,
    note: str,
    deviation_reason: str,
) -> ContactMoment:
    state, came_of_it = outcome
    with transaction.atomic():
        now = locked(appointment)
        if now.state == state:
            return _moment_of(now)
        if now.starts_at > at and timezone.localdate(now.starts_at) != (
            timezone.localdate(at)
        ):
            raise Refused(_("This appointment has not come yet. Move it or cancel it."))
        moment = record_contact(
            person=now.person,
            pilot=now.pilot,
            channel=channel or CHANNEL_AT.get(now.location, Channel.TALK),
            outcome=came_of_it,
            occasion=now.occasion,
            by=by,
            at=at,
            submission=submission,
            location=now.location,
            note=note,
            deviation_reason=deviation_reason,
            # Who comes early on the day is met early.
            happened_at=min(now.starts_at, at),
        )
        step_to(now, state, by, at, moment=moment)
    return moment


def _moment_of(appointment: Appointment) -> ContactMoment:
    newest = appointment.transitions.filter(state=appointment.state).latest("at", "pk")
    if newest.moment is None:
        raise Refused(_("This appointment has no contact noted with it."))
    return newest.moment
