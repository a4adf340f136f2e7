"""Whose turn it is on the waiting list: the next attempt is due, told by the database.

The rule is that of `protocol.py`. There one candidate is judged by everything that was
tried; here ten thousand who wait are, without fetching any of it. Whoever was contacted
today stays in sight, so that it can be taken back.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Greatest, TruncDate
from django.utils import timezone

from trede.contact.models import Appointment, Channel, ContactMoment, Outcome
from trede.inflow.models import CandidateQuerySet, InvitationChoice
from trede.people.models import SearchKey
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules

Moments = QuerySet[ContactMoment]


def with_number(rows: CandidateQuerySet) -> CandidateQuerySet:
    """Whether a telephone number is known, without decrypting it."""
    key = SearchKey.objects.filter(
        person=OuterRef("person"), kind=SearchKey.Kind.TELEPHONE
    )
    return rows.annotate(has_number=Exists(key))


class Turns:
    """Among candidates of a pilot who wait on a day."""

    def __init__(self, pilot: Pilot, rules: Rules, on: date) -> None:
        self.pilot, self.on, self.contact = pilot, on, rules.contact
        reached = [one.code for one in rules.contact.outcomes if one.reached]
        standing = ContactMoment.objects.standing().filter(pilot=pilot).order_by()
        self.moments = standing.filter(person=OuterRef("person"))
        # Only what was tried since they came in, or since a time of rest, counts.
        dated = self.moments.annotate(day=TruncDate("at"))
        tried = dated.filter(day__gte=OuterRef("begin"))
        calls = tried.filter(channel=Channel.TELEPHONE)
        letters = tried.filter(channel=Channel.LETTER)
        self.calls, self.letters = calls, letters.filter(outcome=Outcome.SENT)
        self.reached = Q(Exists(tried.filter(outcome__in=reached)))
        self.posted = Q(Exists(self.letters))
        self.came_back = Q(Exists(letters.filter(outcome=Outcome.WRONG_NUMBER)))
        wrong = calls.filter(outcome=Outcome.WRONG_NUMBER)
        self.cannot_be_called = Q(has_number=False) | Q(Exists(wrong))
        planned = Appointment.objects.filter(
            person=OuterRef("person"),
            pilot=pilot,
            state=Appointment.State.PLANNED,
            starts_at__gte=self._midnight(on),
        )
        self.meets, self.chose = Q(Exists(planned)), self._chose(standing)

    def due(self, rows: CandidateQuerySet) -> CandidateQuerySet:
        """Due, or done today."""
        longest = max(
            self.contact.days_between_calls, self.contact.wait_days_after_letter
        )
        begins = self._midnight(self.on)
        today = Q(Exists(self.moments.filter(at__gte=begins)))
        # Who waits was tried lately, by what stands or was undone: quickly told.
        every = ContactMoment.objects.filter(pilot=self.pilot).order_by()
        tried = every.filter(person=OuterRef("person"), reverses=None)
        lately = tried.filter(at__gte=begins - timedelta(days=longest + 1))
        waits = Q(Exists(lately)) & ~self.chose & ~self.reached & self._too_soon()
        return self._begun(rows).filter(today | ~(self.meets | waits))

    def for_a_letter(self, rows: CandidateQuerySet) -> CandidateQuerySet:
        """A letter is what comes next."""
        called = self.cannot_be_called | self._called(self.contact.letter_after_calls)
        never = ~self.reached & ~self.chose & ~self.meets
        # Not "no letter was sent": PostgreSQL would look for it among all letters.
        return self._begun(rows).filter(called & never & Q(letter_on=None))

    def _too_soon(self) -> Q:
        """After the last call, or the letter, the next attempt has to wait."""
        gap, wait = self.contact.days_between_calls, self.contact.wait_days_after_letter
        called_from = self.on - timedelta(days=gap)
        lately = self.calls.filter(day__gt=called_from)
        called, after = Q(Exists(lately)), lately.filter(day__gt=OuterRef("letter_on"))
        posted = Q(Exists(self.letters.filter(day__gt=self.on - timedelta(days=wait))))
        first = self.cannot_be_called | self._called(self.contact.letter_after_calls)
        every = self.cannot_be_called | self._called(self.contact.calls)
        before = ~self.posted & ~first & called
        between = self.posted & ~every & (called | posted)
        at_the_end = every & ~self.came_back & (posted | Q(Exists(after)))
        return before | between | (self.posted & at_the_end)

    def _called(self, times: int) -> Q:
        """At least so many times."""
        return Q(Exists(self.calls.order_by("pk")[times - 1 : times]))

    def _begun(self, rows: CandidateQuerySet) -> CandidateQuerySet:
        rested = When(rest_until__lte=self.on, then=Greatest("since_on", "rest_until"))
        begin = Case(rested, default=F("since_on"), output_field=DateField())
        newest = self.letters.order_by("-day").values("day")[:1]
        begun = with_number(rows).annotate(begin=begin)
        return begun.annotate(letter_on=Subquery(newest))

    def _chose(self, moments: Moments) -> Q:
        """On the page behind the code, and nobody was in contact since."""
        choices = InvitationChoice.objects.filter(candidate=OuterRef("pk"))
        newer = InvitationChoice.objects.filter(
            candidate=OuterRef("candidate"), chosen_at__gt=OuterRef("chosen_at")
        )
        since = moments.filter(
            person=OuterRef("candidate__person"), at__gt=OuterRef("chosen_at")
        )
        return Q(Exists(choices.filter(~Exists(newer), ~Exists(since), not_now=False)))

    def _midnight(self, day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, time.min))
