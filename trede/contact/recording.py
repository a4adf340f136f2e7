"""A contact with a person, or an attempt at one, is noted; a mistake is taken back.

Decides what can be noted: only with a channel and an outcome that the pilot knows and
that go together, never in the future nor longer ago than two years, and once, however
often the button is pressed.
A later step of the journey may guard a person who should be left alone (`guard`): then
a contact is noted with the reason why it took place all the same. Taking back adds a
moment that reverses the first; nothing is removed.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.contact.models import Channel, ContactMoment, Initiative, Occasion, Outcome
from trede.people.models import Person
from trede.pilots.circumstances import period_on
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules

LONGEST_NOTE = 10_000
LONGEST_REASON = 300
# A clock that runs a little ahead is no reason to refuse.
SLACK = timedelta(minutes=2)
# Whoever was guided before Trede was there comes in with contacts of before that day;
# but a contact of longer ago than this is a slip in the year.
LONG_AGO = timedelta(days=731)

_MEETING = frozenset({Outcome.SPOKE, Outcome.NOT_THERE, Outcome.NO_ANSWER})
_WRITING = frozenset({Outcome.SENT, Outcome.SPOKE, Outcome.WRONG_NUMBER})
# What can come of each channel.
OUTCOMES: Mapping[Channel, frozenset[Outcome]] = {
    Channel.TELEPHONE: frozenset(
        {
            Outcome.SPOKE,
            Outcome.NO_ANSWER,
            Outcome.MESSAGE_LEFT,
            Outcome.WRONG_NUMBER,
            Outcome.NOT_THERE,
        }
    ),
    Channel.LETTER: _WRITING,
    Channel.EMAIL: _WRITING,
    Channel.MESSAGE: _WRITING,
    Channel.VIDEO: _MEETING,
    Channel.TALK: _MEETING,
    Channel.WALK: _MEETING,
    Channel.VISIT: _MEETING,
}

# Gives a sentence when this person should not be contacted now, else None.
Guard = Callable[[Person, Pilot, datetime], str | None]
# Puts back what hung on a moment that is taken back.
Restorer = Callable[[ContactMoment, Actor, datetime], None]
_guards: list[Guard] = []
_restorers: list[Restorer] = []


def guard(handler: Guard) -> None:
    """From `apps.py` of a later step: `handler(person, pilot, at)`."""
    if handler not in _guards:
        _guards.append(handler)


def on_undo(restorer: Restorer) -> None:
    """`restorer(moment, by, at)` runs in the transaction that takes a moment back."""
    if restorer not in _restorers:
        _restorers.append(restorer)


def why_not(*, person: Person, pilot: Pilot, at: datetime) -> str | None:
    """Why this person should be left alone now, in a sentence; None when they may be
    contacted."""
    said = (handler(person, pilot, at) for handler in _guards)
    return next((sentence for sentence in said if sentence), None)


def channels_on(rules: Rules, day: date) -> list[tuple[str, str]]:
    """Code and label of the channels that the pilot uses on a day."""
    return [
        (each.code, each.label)
        for each in rules.contact.channels
        if each.from_on is None or each.from_on <= day
    ]


def record_contact(
    *,
    person: Person,
    pilot: Pilot,
    channel: str,
    outcome: str,
    occasion: str,
    by: Actor,
    at: datetime,
    submission: UUID,
    initiative: str = Initiative.STAFF,
    location: str = "",
    note: str = "",
    deviation_reason: str = "",
    happened_at: datetime | None = None,
    seen_until: datetime | None = None,
) -> ContactMoment:
    """Note a contact that takes place `at`, or took place `happened_at`.

    `seen_until` is when the page was made on which the button stood: a colleague who
    noted a contact after that is named, so that one call is not noted by two.
    """
    with transaction.atomic():
        now = Person.objects.select_for_update().get(pk=person.pk)
        known = ContactMoment.objects.filter(submission=submission).first()
        if known:
            return _same_click(known, now)
        took_place = happened_at or at
        staff = _who_notes(now, pilot, by)
        _refuse_day(took_place, at)
        rules = rules_of(pilot, timezone.localdate(took_place))
        _refuse_unknown(rules, channel, outcome, timezone.localdate(took_place))
        _refuse_what_a_colleague_noted(now, staff, seen_until)
        moment = ContactMoment(
            person=now,
            pilot=pilot,
            by=staff,
            at=took_place,
            channel=channel,
            outcome=outcome,
            occasion=Occasion(occasion),
            initiative=Initiative(initiative),
            location=location,
            circumstance=period_on(rules, timezone.localdate(took_place)).code,
            note=_short_enough(note, LONGEST_NOTE, "note"),
            deviation_reason=_deviation(now, pilot, took_place, deviation_reason),
            submission=submission,
            recorded_at=at,
        )
        moment.save()
        record("noted a contact", by=by, at=at, on=moment, persons=[now.pk])
    return moment


def undo_contact(*, moment: ContactMoment, by: Actor, at: datetime) -> ContactMoment:
    """Take a moment back by adding one that reverses it. Twice is once."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=moment.person_id)
        now = ContactMoment.objects.select_related("pilot").get(pk=moment.pk)
        if now.reverses_id:
            raise Refused(
                _("This was taken back already. If it did take place, note it again.")
            )
        done = ContactMoment.objects.filter(reverses=now).first()
        if done:
            return done
        reversal = ContactMoment.objects.create(
            person_id=now.person_id,
            pilot=now.pilot,
            by=_staff(by),
            at=now.at,
            channel=now.channel,
            outcome=now.outcome,
            occasion=now.occasion,
            initiative=now.initiative,
            location=now.location,
            circumstance=now.circumstance,
            reverses=now,
            submission=uuid5(now.submission, "undo"),
            recorded_at=at,
        )
        for restorer in _restorers:
            restorer(now, by, at)
        record(
            "took back a contact", by=by, at=at, on=reversal, persons=[now.person_id]
        )
    return reversal


def _same_click(known: ContactMoment, person: Person) -> ContactMoment:
    if known.person_id != person.pk:
        raise Refused(_("This form was used before. Open the page again."))
    return known


def _staff(by: Actor) -> Staff:
    if by.staff is None:
        raise Refused(_("Only a member of staff can note a contact."))
    return by.staff


def _who_notes(person: Person, pilot: Pilot, by: Actor) -> Staff:
    staff = _staff(by)
    if person.merged_into_id or person.erased_at:
        raise Refused(_("This person's record was closed. Look the person up."))
    if pilot.municipality_id != person.municipality_id:
        raise Refused(_("This pilot is of another municipality."))
    return staff


def _refuse_day(took_place: datetime, at: datetime) -> None:
    if took_place > at + SLACK:
        raise Refused(
            _("This moment has not come yet. Plan an appointment instead."),
            "happened_on",
        )
    if took_place < at - LONG_AGO:
        raise Refused(
            _("This is longer than two years ago. Look at the year that you wrote."),
            "happened_on",
        )


def _refuse_unknown(rules: Rules, channel: str, outcome: str, day: date) -> None:
    if channel not in {code for code, _label in channels_on(rules, day)}:
        raise Refused(
            _("This pilot does not use this channel on that day. Choose another one."),
            "channel",
        )
    if outcome not in {each.code for each in rules.contact.outcomes}:
        raise Refused(_("This pilot does not use this outcome."), "outcome")
    if Outcome(outcome) not in OUTCOMES[Channel(channel)]:
        raise Refused(
            _("“%(outcome)s” does not go with “%(channel)s”. Choose another outcome.")
            % {
                "outcome": Outcome(outcome).label,
                "channel": Channel(channel).label,
            },
            "outcome",
        )


def _refuse_what_a_colleague_noted(
    person: Person, staff: Staff, seen_until: datetime | None
) -> None:
    if seen_until is None:
        return
    newer = ContactMoment.objects.standing().filter(
        person=person, recorded_at__gt=seen_until
    )
    first = newer.exclude(by=staff).select_related("by").order_by("recorded_at").first()
    if first:
        raise Refused(
            _(
                "%(name)s noted a contact with this person meanwhile: %(outcome)s."
                " Look at the page again before you note yours."
            )
            % {"name": first.by.name, "outcome": first.get_outcome_display()}
        )


def _short_enough(text: str, most: int, field: str) -> str:
    text = text.strip()
    if len(text) > most:
        raise Refused(
            _("This is too long. Use at most %(most)d characters.") % {"most": most},
            field,
        )
    return text


def _deviation(person: Person, pilot: Pilot, at: datetime, reason: str) -> str:
    """The reason is kept only where one was needed."""
    sentence = why_not(person=person, pilot=pilot, at=at)
    if sentence is None:
        return ""
    if not reason.strip():
        raise Refused(sentence, "deviation_reason")
    return _short_enough(reason, LONGEST_REASON, "deviation_reason")
