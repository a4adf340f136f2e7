"""A message that a rule makes goes out once: by letter, e-mail or text message.

Decides what follows what. A message is made once, whoever runs the rule and how often
(`about` names it). Before an e-mail or a text leaves, one process claims it; only then
it is handed over, and then what came of it is noted. So it leaves at most once by
itself. Who was cut off between leaving and noting cannot know: such a message stays
`sending`, and a person says whether it left. One that certainly did not leave may be
tried again. Letters lie ready until somebody posts them.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import phonenumbers
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.contact import gateways
from trede.contact.letters import make_letter
from trede.contact.models import Letter, Message
from trede.people.models import Person
from trede.pilots.models import Pilot

log = logging.getLogger(__name__)
State, By = Message.State, Message.By
# After so long no process is still busy with it.
CUT_OFF = timedelta(minutes=15)
ATTEMPTS = 3  # by itself; a person may try more often
MOBILE = frozenset(
    (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )
)


@dataclass(frozen=True)
class Words:
    """What goes out. `kept` is the same without a link that opens something."""

    subject: str
    text: str
    kept: str


@dataclass(frozen=True)
class LetterWords:
    """A letter as it is typeset, and as a file."""

    content: dict[str, object]
    pdf: bytes


@dataclass(frozen=True)
class Kind:
    """What a step of the journey says of its messages. `not_any_more` gives a sentence
    when the message should not go (any more), else nothing."""

    words: Callable[[Message, Actor, datetime], Words]
    letter: Callable[[Message, Actor, datetime], LetterWords]
    not_any_more: Callable[[Message, datetime], str]
    letter_kind: str = Letter.Kind.REMINDER


_kinds: dict[str, Kind] = {}


def register_kind(code: str, kind: Kind) -> None:
    _kinds[code] = kind


def reachable_by(person: Person, way: str) -> bool:
    """Whether a message can reach this person that way, as far as is known."""
    if way == By.SMS:
        return _is_mobile(person.telephone)
    if way == By.EMAIL:
        return bool(person.email)
    return bool(person.street and person.postcode and person.town)


def make_message(
    *,
    person: Person,
    pilot: Pilot,
    kind: str,
    about: str,
    by_way_of: str,
    language: str,
    by: Actor,
    at: datetime,
) -> Message | None:
    """Lay a message ready; a letter is typeset. None when it was made before, or when
    it should not go."""
    with transaction.atomic():
        now = Person.objects.select_for_update().get(pk=person.pk)
        known = Message.objects.filter(person=now, pilot=pilot, kind=kind, about=about)
        if known.exists():
            return None
        message = Message(
            person=now,
            pilot=pilot,
            kind=kind,
            about=about,
            by_way_of=by_way_of,
            language=language,
            made_at=at,
            made_by=by.name,
            state_since=at,
        )
        if _kinds[kind].not_any_more(message, at):
            return None
        if by_way_of == By.LETTER:
            message.letter = _letter(message, by, at)
        message.save()
        record("made a message", by=by, at=at, on=message, persons=[now.pk])
    return message


def to_send(pilot: Pilot) -> QuerySet[Message]:
    """What a run sends: what lies ready, and what may be tried again."""
    again = Q(state=State.FAILED, again=True, attempts__lt=ATTEMPTS)
    electronic = Message.objects.filter(pilot=pilot).exclude(by_way_of=By.LETTER)
    return electronic.filter(Q(state=State.QUEUED) | again).order_by("made_at", "pk")


def send(*, message: Message, by: Actor, at: datetime) -> Message:
    """Send an e-mail or a text that lies ready. Who comes second does nothing."""
    claimed = _claim(message, by, at)
    if claimed is None:
        return Message.objects.get(pk=message.pk)
    now, words = claimed
    try:
        _hand_over(now, words)
    except gateways.NotSent as problem:
        return _note(now, State.FAILED, "could not send a message", by, at, problem)
    except Exception as problem:
        # Whatever a gateway raises besides: the others must not wait for this one. The
        # words of the exception may hold a number, so only its name goes into the log.
        log.error("message %s: %s", now.pk, type(problem).__name__)
        return _left_open(now, by, at)
    return _note(now, State.SENT, "sent a message", by, at)


def try_again(*, message: Message, by: Actor, at: datetime) -> Message:
    """A person lets a message go once more: one that did not leave, or of which they
    looked up that it did not."""
    with transaction.atomic():
        now = _locked(message)
        if now.state != State.FAILED and not is_uncertain(now, at):
            raise Refused(_("This message went out already, or is being sent."))
        _move(now, State.QUEUED, at)
        record("let a message go again", by=by, at=at, on=now, persons=[now.person_id])
    return send(message=now, by=by, at=at)


def it_left(*, message: Message, by: Actor, at: datetime) -> Message:
    """Somebody looked up that a message of which it was not known did leave."""
    with transaction.atomic():
        now = _locked(message)
        if now.state == State.SENT:
            return now
        if not is_uncertain(now, at):
            raise Refused(_("Of this message it is known what came of it."))
        _move(now, State.SENT, at)
        record(
            "noted that a message left", by=by, at=at, on=now, persons=[now.person_id]
        )
    return now


def is_uncertain(message: Message, at: datetime) -> bool:
    """Cut off while it was being sent: it may have left or not."""
    quiet = message.state_since <= at - CUT_OFF
    return message.state == State.SENDING and (quiet or bool(message.error))


def drop(*, message: Message, why: str, by: Actor, at: datetime) -> Message:
    """It lies ready and should not go any more."""
    with transaction.atomic():
        now = _locked(message)
        if now.state not in (State.QUEUED, State.FAILED):
            return now
        now.error = why
        _move(now, State.DROPPED, at)
        record("dropped a message", by=by, at=at, on=now, persons=[now.person_id])
    return now


def _claim(message: Message, by: Actor, at: datetime) -> tuple[Message, Words] | None:
    """From here on it is ours. None when it is somebody else's, or should not go."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=message.person_id)
        now = _locked(message)
        if now.by_way_of == By.LETTER or not _may_go(now):
            return None
        now.person = person
        why = _kinds[now.kind].not_any_more(now, at)
        if not why and not reachable_by(person, now.by_way_of):
            why = _("The number or address is not known any more.")
        if why:
            drop(message=now, why=why, by=by, at=at)
            return None
        words = _kinds[now.kind].words(now, by, at)
        now.address = person.email if now.by_way_of == By.EMAIL else person.telephone
        now.words, now.error, now.again = words.kept, "", False
        now.attempts += 1
        _move(now, State.SENDING, at)
    return now, words


def _may_go(message: Message) -> bool:
    return message.state == State.QUEUED or (
        message.state == State.FAILED and message.again and message.attempts < ATTEMPTS
    )


def _hand_over(message: Message, words: Words) -> None:
    reference = f"{message.kind}-{message.pk}"
    invented = message.pilot.fictitious
    if message.by_way_of == By.SMS:
        gateways.send_sms(
            number=message.address,
            text=words.text,
            reference=reference,
            invented=invented,
        )
    else:
        gateways.send_email(
            address=message.address,
            subject=words.subject,
            text=words.text,
            reference=reference,
            invented=invented,
        )


def _note(
    message: Message,
    state: Message.State,
    verb: str,
    by: Actor,
    at: datetime,
    problem: gateways.NotSent | None = None,
) -> Message:
    with transaction.atomic():
        now = _locked(message)
        if problem is not None:
            now.error, now.again = problem.message[:300], problem.again
        _move(now, state, at)
        record(verb, by=by, at=at, on=now, persons=[now.person_id])
    return now


def _left_open(message: Message, by: Actor, at: datetime) -> Message:
    """Nobody knows whether it left; it stays `sending`."""
    with transaction.atomic():
        now = _locked(message)
        now.error = _("The gateway broke off. The message may have left or not.")
        now.save(update_fields=["error"])
        record(
            "could not send a message", by=by, at=at, on=now, persons=[now.person_id]
        )
    return now


def _letter(message: Message, by: Actor, at: datetime) -> Letter:
    made = _kinds[message.kind].letter(message, by, at)
    return make_letter(
        person=message.person,
        pilot=message.pilot,
        kind=_kinds[message.kind].letter_kind,
        pdf=made.pdf,
        content=made.content,
        by=by,
        at=at,
    )


def _move(message: Message, state: Message.State, at: datetime) -> None:
    message.state, message.state_since = state, at
    message.save()


def _locked(message: Message) -> Message:
    rows = Message.objects.select_for_update(of=("self",))
    return rows.select_related("person", "pilot").get(pk=message.pk)


def _is_mobile(number: str) -> bool:
    try:
        parsed = phonenumbers.parse(number, "NL")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.number_type(parsed) in MOBILE
