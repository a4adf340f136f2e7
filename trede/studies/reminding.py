"""Who is reminded of a measurement today, and how: by the rules of the pilot's file.

A reminder goes to somebody who is due, in the order of the file, each at its own
distance from the one before. It is made once for a person, wave and number. Nobody is
written to on a day that is no working day, in a halt, or while held up (left in peace,
waiting by lot, in a pause). A letter is made and lies ready; an e-mail or a text is
sent at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor
from trede.accounts.refusing import Refused
from trede.contact import sending
from trede.contact.letters import mark_sent
from trede.contact.models import Message
from trede.contact.recording import channels_on
from trede.documents.translated import Said
from trede.documents.typesetting import typeset
from trede.people.models import Person
from trede.pilots.circumstances import period_on
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules
from trede.pilots.study_rules import CHANNEL_OF, Reminder
from trede.pilots.workdays import first_working_day, is_working_day
from trede.studies import reminder_words
from trede.studies.own_telephone import link_for
from trede.studies.reminder_words import Texts, texts_in
from trede.studies.scheduling import DUE, Turn, schedule, turn_of

REMINDER = "reminder"


@dataclass(frozen=True)
class Next:
    """The reminder that comes next for a person and wave. `by_way_of` is empty where
    nobody knows how to reach the person."""

    turn: Turn
    number: int
    on: date
    by_way_of: str

    @property
    def about(self) -> str:
        return f"{self.turn.wave.code}:{self.number}"


@dataclass(frozen=True)
class Made:
    """What a run did: how many letters lie ready, and what became of the rest."""

    letters: int = 0
    sent: int = 0
    failed: int = 0
    dropped: int = 0
    unreachable: int = 0


def why_not_today(pilot: Pilot, on: date) -> str:
    """Why nobody is written to on this day; empty on a day like any other."""
    if not is_working_day(on):
        return _("Nobody is written to at a weekend or on a public holiday.")
    if period_on(rules_of(pilot, on), on).kind == "halted":
        return _("The work is halted: nobody is written to.")
    return ""


def reminders_due(pilot: Pilot, on: date) -> list[Next]:
    """Whom a run on this day writes to; whoever cannot be reached is in it too."""
    coming = coming_reminders(pilot, schedule(pilot, on), on)
    return [one for one in coming if one.on <= on]


def coming_reminders(pilot: Pilot, turns: Iterable[Turn], on: date) -> list[Next]:
    """The next reminder of everybody who is due and is not held up."""
    rules = rules_of(pilot, on)
    due = [one for one in turns if one.state in DUE and one.held is None]
    made = _made(pilot)
    people = Person.objects.in_bulk({one.person_id for one in due})
    found = (
        _next(turn, made.get((turn.person_id, turn.wave.code), []), on) for turn in due
    )
    return [
        Next(turn, number, day, _way(people[turn.person_id], reminder, rules, on))
        for turn, number, day, reminder in (one for one in found if one)
    ]


def remind(*, pilot: Pilot, by: Actor, at: datetime) -> Made:
    """Make what is due and send what lies ready. Running it again adds nothing."""
    on = timezone.localdate(at)
    if why_not_today(pilot, on):
        return Made()
    dropped = drop_stale_letters(pilot=pilot, by=by, at=at)
    due = reminders_due(pilot, on)
    made = [one for one in (_make(pilot, each, by, at) for each in due) if one]
    sent = [
        sending.send(message=one, by=by, at=at)
        for one in sending.to_send(pilot).filter(kind=REMINDER)
    ]
    states = [one.state for one in sent]
    return Made(
        letters=sum(one.letter_id is not None for one in made),
        sent=states.count(Message.State.SENT),
        failed=states.count(Message.State.FAILED) + states.count(Message.State.SENDING),
        dropped=dropped + states.count(Message.State.DROPPED),
        unreachable=sum(not one.by_way_of for one in due),
    )


def letters_to_post(pilot: Pilot) -> list[Message]:
    rows = Message.objects.filter(
        pilot=pilot,
        kind=REMINDER,
        by_way_of=Message.By.LETTER,
        state=Message.State.QUEUED,
    )
    return list(rows.select_related("person", "letter").order_by("made_at", "pk"))


def drop_stale_letters(*, pilot: Pilot, by: Actor, at: datetime) -> int:
    """Letters that lie ready for people who answered, stopped or left meanwhile."""
    turns = {
        (one.person_id, one.wave.code): one
        for one in schedule(pilot, timezone.localdate(at))
    }
    stale = 0
    for letter in letters_to_post(pilot):
        place = (letter.person_id, letter.about.partition(":")[0])
        why = _objection(turns.get(place))
        if why:
            sending.drop(message=letter, why=why, by=by, at=at)
            stale += 1
    return stale


def post_letters(
    *, messages: Iterable[Message], on: date, by: Actor, at: datetime
) -> None:
    """These went to the post; each is noted as a contact."""
    with transaction.atomic():
        for message in messages:
            if message.letter is not None:
                mark_sent(letter=message.letter, on=on, by=by, at=at)


def send_again(*, message: Message, by: Actor, at: datetime) -> Message:
    """One that did not go, let go by a person on a day on which one may write."""
    today = why_not_today(message.pilot, timezone.localdate(at))
    if today:
        raise Refused(today)
    return sending.try_again(message=message, by=by, at=at)


def _make(pilot: Pilot, due: Next, by: Actor, at: datetime) -> Message | None:
    if not due.by_way_of:
        return None
    person = Person.objects.get(pk=due.turn.person_id)
    return sending.make_message(
        person=person,
        pilot=pilot,
        kind=REMINDER,
        about=due.about,
        by_way_of=due.by_way_of,
        language=_language(person, pilot, due.number, timezone.localdate(at)),
        by=by,
        at=at,
    )


def words_in(language: str, pilot: Pilot, number: int, on: date) -> Said[Texts]:
    """In the language that the person reads, where there are words in it."""
    return texts_in(language, rules_of(pilot, on), number)


def _language(person: Person, pilot: Pilot, number: int, on: date) -> str:
    return words_in(person.language_read, pilot, number, on).language


def number_of(message: Message) -> int:
    return int(message.about.partition(":")[2])


def _made(pilot: Pilot) -> dict[tuple[int, str], list[Message]]:
    """Person and wave to the reminders that were made, in their order."""
    rows = Message.objects.filter(pilot=pilot, kind=REMINDER).select_related("letter")
    found: dict[tuple[int, str], list[Message]] = {}
    for message in rows.defer("words", "address").order_by("made_at", "pk"):
        place = (message.person_id, message.about.partition(":")[0])
        found.setdefault(place, []).append(message)
    return found


def lies_ready(message: Message) -> bool:
    """A letter that nobody posted yet."""
    queued = message.state == Message.State.QUEUED
    return queued and message.by_way_of == Message.By.LETTER


def _went_on(message: Message) -> date:
    """From which day the next one keeps its distance."""
    posted = message.letter.sent_on if message.letter else None
    return posted or timezone.localdate(message.made_at)


def _next(
    turn: Turn, made: list[Message], on: date
) -> tuple[Turn, int, date, Reminder] | None:
    """At its own distance from the one before, also when that one came late; not while
    that one still has to be posted, or when the window has closed by then."""
    reminders, number = turn.wave.reminders, len(made)
    if turn.window is None or number >= len(reminders):
        return None
    if any(lies_ready(one) for one in made):
        return None
    reminder = reminders[number]
    day = turn.window.since_on + timedelta(days=reminder.after_days)
    if made:
        gap = reminder.after_days - reminders[number - 1].after_days
        day = max(day, _went_on(made[-1]) + timedelta(days=gap))
    day = first_working_day(max(day, on))
    if day > turn.window.closes_on:
        return None
    return turn, number + 1, day, reminder


def _way(person: Person, reminder: Reminder, rules: Rules, on: date) -> str:
    used = {code for code, _label in channels_on(rules, on)}
    ways = (way for way in reminder.by if CHANNEL_OF[way] in used)
    return next((way for way in ways if sending.reachable_by(person, way)), "")


# What contact asks of a reminder ------------------------------------------------


def _words(message: Message, by: Actor, at: datetime) -> sending.Words:
    rules = rules_of(message.pilot, timezone.localdate(at))
    link = link_for(message, by=by, at=at)
    by_sms = message.by_way_of == Message.By.SMS
    put = reminder_words.as_sms if by_sms else reminder_words.as_email
    said = texts_in(message.language, rules, number_of(message))
    return put(message.person, rules, said, link)


def _letter(message: Message, by: Actor, at: datetime) -> sending.LetterWords:
    on = timezone.localdate(at)
    content = reminder_words.as_letter(
        message.person,
        rules_of(message.pilot, on),
        message.language,
        number_of(message),
        on,
        link_for(message, by=by, at=at),
    )
    return sending.LetterWords(content, typeset("letter", content))


def not_any_more(message: Message, at: datetime) -> str:
    """Why this reminder should not go (any more), in a sentence."""
    wave = message.about.partition(":")[0]
    on = timezone.localdate(at)
    return _objection(turn_of(message.pilot, message.person_id, wave, on))


def _objection(turn: Turn | None) -> str:
    if turn is None or turn.state not in DUE:
        return _("This person is not due any more.")
    if turn.held is not None:
        return _("This person is left alone for now.")
    return ""


KIND = sending.Kind(words=_words, letter=_letter, not_any_more=not_any_more)
