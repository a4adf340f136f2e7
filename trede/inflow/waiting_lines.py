"""The waiting list as one looks at it: a part of it, in lines, with what is next.

Which part is asked for stands in the address, so that it can be kept and sent on; the
number on each filter is the number of lines it gives. Names are decrypted for the lines
of one page only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Q,
    prefetch_related_objects,
)
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.inflow.choosing import in_words
from trede.inflow.models import Candidate, CandidateQuerySet
from trede.inflow.protocol import Attempt, Step
from trede.inflow.waiting import (
    Contacts,
    Tried,
    attempt_for,
    contacts_of,
    resting_list,
    waiting_list,
)
from trede.people.details import telephone_shown
from trede.people.languages import language_name
from trede.people.models import SearchKey
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot

A_LOOK, LOOKED_AT = 200, 2_000
EVERYBODY, TODAY, LETTER, RESTING = "", "vandaag", "brief", "rust"
WHO: Mapping[str, str | Promise] = {
    TODAY: gettext_lazy("Due today"),
    EVERYBODY: pgettext_lazy("waiting list", "Everybody who waits"),
    LETTER: gettext_lazy("Letter is due"),
    RESTING: gettext_lazy("Left in peace"),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    pilot: Pilot
    who: str = TODAY
    quarter: str = ""
    language: str = ""

    def address(self, name: str, value: str) -> str:
        """The address of another choice; `wie` without a value is everybody."""
        now = self.but(name, value)
        query = {
            "pilot": now.pilot.code,
            "wie": now.who,
            "wijk": now.quarter,
            "taal": now.language,
        }
        kept = {key: said for key, said in query.items() if said or key == "wie"}
        return f"?{urlencode(kept)}"

    def but(self, name: str, value: str) -> "Asked":
        choices = {"who": self.who, "quarter": self.quarter, "language": self.language}
        return Asked(self.pilot, **{**choices, name: value})

    def narrowed(self, rows: CandidateQuerySet) -> CandidateQuerySet:
        if self.quarter:
            rows = rows.filter(person__quarter=self.quarter)
        if self.language:
            rows = rows.filter(person__language=self.language)
        return rows


@dataclass(frozen=True)
class Line:
    """One candidate. `done` is what was noted today, to be seen and taken back."""

    candidate: Candidate
    days: int
    attempt: Attempt
    done: Tried | None
    done_by: str
    language: str
    quarter: str
    telephone: str
    chose: str


@dataclass(frozen=True)
class FirstDue:
    """`count` is of all that are due when the `whole` list was looked through, and of
    some of them otherwise."""

    lines: list[Line]
    count: int
    whole: bool


def asked(query: QueryDict, pilot: Pilot) -> Asked:
    who = query.get("wie", TODAY)
    return Asked(
        pilot,
        who if who in WHO else TODAY,
        query.get("wijk", "")[:60],
        query.get("taal", "")[:8],
    )


class WaitingLines:
    """The list as one member of staff sees it on a day."""

    def __init__(self, ask: Asked, staff: Staff, reach: Reach, on: date) -> None:
        self.ask, self.staff, self.reach, self.on = ask, staff, reach, on
        self.rules = rules_of(ask.pilot, on)

    @cached_property
    def waiting(self) -> CandidateQuerySet:
        rows = waiting_list(pilot=self.ask.pilot, on=self.on)
        return rows.visible_to(self.staff, self.reach)

    @cached_property
    def resting(self) -> CandidateQuerySet:
        rows = resting_list(pilot=self.ask.pilot, on=self.on)
        return rows.visible_to(self.staff, self.reach)

    @cached_property
    def contacts(self) -> Contacts:
        everybody = self.waiting | self.resting
        return contacts_of(everybody, self.ask.pilot, self.on)

    @cached_property
    def rows(self) -> CandidateQuerySet:
        """The lines that are asked for, without names."""
        rows = self.ask.narrowed(self._who(self.ask.who))
        return _with_number(rows).select_related("person", "pilot")

    def first_due(self, most: int) -> "FirstDue":
        """Whoever waits longest is looked at first, and nobody after these: with ten
        thousand who wait, one coach's day is full before the list is at its end."""
        due: list[Candidate] = []
        self.contacts = Contacts({}, {}, {})
        for start in range(0, LOOKED_AT, A_LOOK):
            ahead = _with_number(self.waiting).select_related("pilot")
            some = list(ahead[start : start + A_LOOK])
            numbers = Candidate.objects.filter(pk__in=[one.pk for one in some])
            self.contacts |= contacts_of(numbers, self.ask.pilot, self.on)
            due += [one for one in some if self._is_of_today(one)]
            if len(some) < A_LOOK or len(due) >= most:
                break
        shown = due[:most]
        prefetch_related_objects(shown, "person")
        return FirstDue(self.lines(shown), len(due), whole=len(some) < A_LOOK)

    def lines(self, candidates: list[Candidate]) -> list[Line]:
        return [self._line(one) for one in candidates]

    def chips(self) -> list[dict[str, Any]]:
        return [
            {
                "label": label,
                "count": self.ask.narrowed(self._who(who)).count(),
                "url": self.ask.address("who", who),
                "current": who == self.ask.who,
            }
            for who, label in WHO.items()
        ]

    def quarters(self) -> list[dict[str, Any]]:
        return self._choices("quarter", self._labels)

    def languages(self) -> list[dict[str, Any]]:
        return self._choices("language", {})

    def filters(self) -> dict[str, list[dict[str, Any]]]:
        return {
            _("Who"): self.chips(),
            _("Quarter"): self.quarters(),
            _("Language"): self.languages(),
        }

    def _who(self, who: str) -> CandidateQuerySet:
        if who == RESTING:
            return self.resting
        if who == TODAY:
            return self.waiting.exclude(pk__in=self._not_due)
        if who == LETTER:
            never_tried = ~Q(pk__in=self._tried) & ~Q(has_number=True)
            due = Q(pk__in=self._letter_due) | never_tried
            return _with_number(self.waiting).filter(due)
        return self.waiting

    @cached_property
    def _attempts(self) -> dict[int, tuple[Candidate, Attempt]]:
        """Of those with whom something was tried or agreed: what is next. Of all
        others a first attempt is due."""
        known = self.contacts
        people = {*known.moments, *known.meetings, *known.choices}
        rows = _with_number(self.waiting.filter(person__in=people))
        return {one.pk: (one, self._attempt(one)) for one in rows}

    @cached_property
    def _tried(self) -> list[int]:
        return list(self._attempts)

    @cached_property
    def _not_due(self) -> list[int]:
        return [
            pk
            for pk, (one, attempt) in self._attempts.items()
            if not attempt.is_due(self.on) and not self._done_today(one)
        ]

    @cached_property
    def _letter_due(self) -> list[int]:
        return [
            pk
            for pk, (_one, attempt) in self._attempts.items()
            if attempt.step == Step.LETTER and attempt.is_due(self.on)
        ]

    def _is_of_today(self, candidate: Candidate) -> bool:
        """Due, or done today: so that it is seen, and can be taken back."""
        due = self._attempt(candidate).is_due(self.on)
        return due or self._done_today(candidate) is not None

    def _attempt(self, candidate: Candidate) -> Attempt:
        return attempt_for(
            candidate,
            self.contacts,
            self.rules,
            self.on,
            has_number=bool(getattr(candidate, "has_number", True)),
        )

    def _done_today(self, candidate: Candidate) -> Tried | None:
        moments = self.contacts.moments.get(candidate.person_id, [])
        last = moments[-1] if moments else None
        return last if last and timezone.localdate(last.at) == self.on else None

    def _line(self, candidate: Candidate) -> Line:
        done, person = self._done_today(candidate), candidate.person
        return Line(
            candidate=candidate,
            days=(self.on - candidate.since_on).days,
            attempt=self._attempt(candidate),
            done=done,
            done_by=done.by if done else "",
            language=language_name(person.language),
            quarter=self._labels.get(person.quarter, person.quarter),
            telephone=telephone_shown(person.telephone),
            chose=self._chose(candidate),
        )

    def _chose(self, candidate: Candidate) -> str:
        choice = self.contacts.choices.get(candidate.person_id)
        return in_words(choice, self.rules) if choice else ""

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {one.code: one.label for one in self.rules.quarters}

    def _choices(self, name: str, labels: Mapping[str, str]) -> list[dict[str, Any]]:
        """How many lines each quarter or language gives, beside the other filters."""
        field, without = f"person__{name}", self.ask.but(name, "")
        rows = without.narrowed(self._who(self.ask.who)).exclude(**{field: ""})
        counted = rows.order_by(field).values_list(field).annotate(Count("pk"))
        chosen = getattr(self.ask, name)
        return [
            {
                "label": labels.get(code) or language_name(code) or code,
                "count": n,
                "url": self.ask.address(name, "" if code == chosen else code),
                "current": code == chosen,
            }
            for code, n in counted
        ]


def _with_number(rows: CandidateQuerySet) -> CandidateQuerySet:
    """Whether a telephone number is known, without decrypting it."""
    key = SearchKey.objects.filter(
        person=OuterRef("person"), kind=SearchKey.Kind.TELEPHONE
    )
    return rows.annotate(has_number=Exists(key))
