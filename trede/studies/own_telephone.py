"""The link in a reminder, for whoever may answer on their own telephone.

Decides who gets one: where the pilot's file says so of the wave, nothing is begun yet,
nobody was told the code of an earlier link, and a coach is responsible, whom the person
may call. The link opens nothing by itself: the code is told to whoever calls, never
sent with it. It ends when the questions are handed in, when a newer one is made, and
when the window closes.
"""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from trede.accounts.acting import Actor
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.contact.models import Message
from trede.people.models import Person
from trede.people.responsibility import coach_of
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.questionnaires import own_device
from trede.questionnaires.models import Sitting
from trede.questionnaires.sittings import proposed_language
from trede.questionnaires.translating import languages_for
from trede.studies.opening import may_be_opened, open_wave
from trede.studies.reminder_words import Link
from trede.studies.scheduling import State, Turn, turn_of


def link_for(message: Message, *, by: Actor, at: datetime) -> Link | None:
    """Runs in the transaction that makes the letter or claims the message."""
    on = timezone.localdate(at)
    wave = message.about.partition(":")[0]
    turn = turn_of(message.pilot, message.person_id, wave, on)
    if not settings.ADDRESS or turn is None or not _may_have_one(turn, at):
        return None
    coach, window = coach_of(message.person), turn.window
    if coach is None or window is None:
        return None
    try:
        token = _token(message, turn, coach, _midnight_after(window.closes_on), by, at)
    except Refused:
        # The message says to call: who is called back hears why, and the messages of
        # all others still go.
        return None
    path = reverse("questionnaires:enter_code", args=[token])
    return Link(f"{settings.ADDRESS}{path}", window.closes_on)


def _token(
    message: Message,
    turn: Turn,
    coach: Staff,
    expires_at: datetime,
    by: Actor,
    at: datetime,
) -> str:
    with transaction.atomic():
        sitting = open_wave(
            person=message.person,
            pilot=message.pilot,
            wave=turn.wave.code,
            mode=Sitting.Mode.OWN_DEVICE,
            language=_language(message.person, message.pilot, turn, at),
            location="",
            by=by,
            at=at,
            in_care_of=coach,
        )
        return own_device.make_without_code(
            sitting=sitting, in_care_of=coach, expires_at=expires_at, by=by, at=at
        )


def _may_have_one(turn: Turn, at: datetime) -> bool:
    """Not when it is under way, or about to be: a new link would take away the device
    of now, or leave somebody with a code that opens nothing."""
    if not turn.wave.own_telephone or turn.state is not State.OPEN:
        return False
    link = own_device.open_link(turn.sitting, at=at) if turn.sitting else None
    return may_be_opened(turn) and not (link and link.code_hash)


def _language(person: Person, pilot: Pilot, turn: Turn, at: datetime) -> str:
    rules = rules_of(pilot, timezone.localdate(at))
    town = pilot.municipality_id
    there = languages_for(turn.wave.questionnaire, rules, town=town)
    return proposed_language(person, there)


def _midnight_after(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
