"""The waiting list as one looks at it: a part of it, in lines, with what is next.

Which part is asked for stands in the address, so that it can be kept and sent on; the
number on each filter is the number of lines it gives. Names are decrypted for the lines
of one page only.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import zip_longest
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.accounts.anybody import ANYBODY, it_is
from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.formats.telephone import telephone_shown
from trede.inflow.choosing import in_words
from trede.inflow.long_lists import MOST, Numbers, shown, up_to
from trede.inflow.models import Candidate, CandidateQuerySet
from trede.inflow.protocol import Attempt
from trede.inflow.waiting import (
    ContactParts,
    Contacts,
    Tried,
    attempt_for,
    contact_parts,
    contacts_in,
    contacts_of,
    resting_list,
    waiting_list,
)
from trede.inflow.waiting_asked import (
    LETTER,
    RESTING,
    SINCE,
    TODAY,
    WHO,
    WORK,
    Asked,
)
from trede.inflow.whose_people import NOBODY, coaches_of
from trede.inflow.whose_turn import Turns, with_number
from trede.languages import LANGUAGES
from trede.people.languages import language_name
from trede.people.models import Responsibility
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Contact
from trede.together import Part, Said, ask, stand_in

A_PAGE = 25
# Whom to call and whom to write to is work, of which nobody does more in a day: it is
# counted no further, chosen or not, since finding each of them takes long.
A_DAYS_WORK = 100
# Nor is more of it read than a team does in a week.
A_WEEKS_WORK = 500
ON_A_PAGE = [stand_in() for _place in range(A_PAGE)]


@dataclass(frozen=True)
class Traits:
    """What the filters look at, of one line."""

    pk: int
    quarter: str
    language: str
    coach: str
    days: int

    def fit(self, ask: Asked) -> bool:
        alike = all(
            getattr(ask, name) in ("", getattr(self, name))
            for name in ("quarter", "language", "coach")
        )
        return alike and (not ask.since or self.days >= int(ask.since))


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
    """`count` is of all that are due when the `whole` list was counted."""

    lines: list[Line]
    count: int
    whole: bool


class WaitingLines:
    """The list as one member of staff sees it on a day."""

    def __init__(self, ask: Asked, staff: Staff, reach: Reach, on: date) -> None:
        self.ask, self.staff, self.reach, self.on = ask, staff, reach, on
        self.rules = rules_of(ask.pilot, on)
        self.turns = Turns(ask.pilot, self.rules, on)

    @cached_property
    def waiting(self) -> CandidateQuerySet:
        rows = waiting_list(pilot=self.ask.pilot, on=self.on)
        return rows.visible_to(self.staff, self.reach)

    @cached_property
    def resting(self) -> CandidateQuerySet:
        rows = resting_list(pilot=self.ask.pilot, on=self.on)
        return rows.visible_to(self.staff, self.reach)

    @property
    def of_whom(self) -> CandidateQuerySet:
        """Those whom one looks at, but for the filters."""
        return self._who(self.ask.who)

    @cached_property
    def rows(self) -> CandidateQuerySet:
        """The lines that are asked for, without names."""
        rows = self.ask.narrowed(self.of_whom, self.on)
        return with_number(rows).select_related("person", "pilot")

    def page(self, number: str | None) -> "Page[int]":
        """The numbers of candidates."""
        return Paginator(self.numbers, A_PAGE).get_page(number)

    def first_due(self, most: int) -> "FirstDue":
        """Whoever waits longest comes first. `most` are shown."""
        found = self._in_turn(A_DAYS_WORK)
        n, lines = len(found), self.lines_of(found[:most])
        return FirstDue(lines, min(n, A_DAYS_WORK), whole=n <= A_DAYS_WORK)

    @property
    def numbers(self) -> list[int]:
        """Of the candidates on the list, as far as it is read."""
        return self._fitting[: self._most]

    @property
    def whole(self) -> bool:
        return len(self._fitting) <= self._most

    @property
    def _most(self) -> int:
        return min(MOST, A_WEEKS_WORK) if self.ask.who in WORK else MOST

    @cached_property
    def _fitting(self) -> list[int]:
        if self._ended or self.ask == self.ask.unfiltered:
            return [one.pk for one in self._traits if one.fit(self.ask)]
        return self._in_turn(self._most)

    def _in_turn(self, most: int) -> list[int]:
        """Whose turn it is, to count and to fetch the few one sees; or one more."""
        said = _in_turn(self.ask, self.reach, self.on, self.rules.contact, most)
        return said.numbers(it_is(self.staff))

    @cached_property
    def _traits(self) -> list[Traits]:
        """Of everybody but for the filters: asked once, to count and to show."""
        everybody, contact = self.ask.unfiltered, self.rules.contact
        said = _told(everybody, self.reach, self.on, contact, self._most)
        return [
            Traits(
                pk,
                quarter,
                language,
                str(coach or NOBODY),
                (self.on - date.fromisoformat(since)).days,
            )
            for pk, quarter, language, coach, since in said.rows(it_is(self.staff))
        ]

    @property
    def _ended(self) -> bool:
        return len(self._traits) <= self._most

    def lines_of(self, numbers: Iterable[int]) -> list[Line]:
        """Of those on one page, or fewer."""
        wanted = list(numbers)
        told = dict(zip_longest(ON_A_PAGE, wanted))
        who, (tried, meets, chose) = _on_a_page(self.ask.pilot, self.on)
        who, tried = who.about(told), tried.about(told)
        meets, chose = meets.about(told), chose.about(told)
        ask(who, tried, meets, chose)
        contacts = contacts_in(tried, meets, chose)
        found = {one.pk: self._line(one, contacts) for one in who.found}
        return [found[one] for one in wanted if one in found]

    def lines(self, candidates: Iterable[Candidate]) -> list[Line]:
        chosen = list(candidates)
        numbers = Candidate.objects.filter(pk__in=[one.pk for one in chosen])
        contacts = contacts_of(numbers, self.ask.pilot, self.on)
        return [self._line(one, contacts) for one in chosen]

    def chips(self) -> list[dict[str, Any]]:
        return [
            {
                "label": label,
                "count": shown(self._counts[who], _most(who, MOST)),
                "url": self.ask.address("who", who),
                "current": who == self.ask.who,
            }
            for who, label in WHO.items()
        ]

    def quarters(self) -> list[dict[str, Any]]:
        return self._choices("quarter", self._labels)

    def languages(self) -> list[dict[str, Any]]:
        return self._choices("language", {one.code: "" for one in LANGUAGES})

    def coaches(self) -> list[dict[str, Any]]:
        """For who sees the people of every coach."""
        if self.reach is not Reach.MUNICIPALITY:
            return []
        named = {str(pk): name for pk, name in coaches_of(self.ask.pilot).items()}
        nobody = pgettext("list of people", "Without a coach")
        return self._choices("coach", {NOBODY: nobody, **named})

    def since(self) -> list[dict[str, Any]]:
        return self._choices("since", SINCE)

    def filters(self) -> dict[str, list[dict[str, Any]]]:
        return {
            _("Who"): self.chips(),
            _("Quarter"): self.quarters(),
            _("Language"): self.languages(),
            _("Coach"): self.coaches(),
            pgettext("waits", "Waits"): self.since(),
        }

    def _who(self, who: str) -> CandidateQuerySet:
        if who == RESTING:
            return self.resting
        if who == TODAY:
            return self.turns.due(self.waiting)
        if who == LETTER:
            return self.turns.for_a_letter(self.waiting)
        return self.waiting

    @cached_property
    def _counts(self) -> dict[str, int]:
        """Of every choice of whom; of the present one its lines are known."""
        others = _others(self.ask, self.reach, self.on, self.rules.contact, MOST)
        found = others.found(it_is(self.staff))
        known = {self.ask.who: len(self._fitting)}
        return known | dict(zip(self._others, found, strict=True))

    @property
    def _others(self) -> list[str]:
        return [who for who in WHO if who != self.ask.who]

    def of_others(self, most: int) -> Iterator[QuerySet[Candidate, dict[str, Any]]]:
        """What is counted of each."""
        for who in self._others:
            rows = self.ask.narrowed(self._who(who), self.on)
            yield up_to(_most(who, most), rows)

    def _line(self, candidate: Candidate, contacts: Contacts) -> Line:
        done, person = self._done_today(candidate, contacts), candidate.person
        number = bool(getattr(candidate, "has_number", True))
        attempt = attempt_for(
            candidate, contacts, self.rules, self.on, has_number=number
        )
        choice = contacts.choices.get(candidate.person_id)
        return Line(
            candidate=candidate,
            days=(self.on - candidate.since_on).days,
            attempt=attempt,
            done=done,
            done_by=done.by if done else "",
            language=language_name(person.language),
            quarter=self._labels.get(person.quarter, person.quarter),
            telephone=telephone_shown(person.telephone),
            chose=in_words(choice, self.rules) if choice else "",
        )

    def _done_today(self, candidate: Candidate, contacts: Contacts) -> Tried | None:
        moments = contacts.moments.get(candidate.person_id, [])
        last = moments[-1] if moments else None
        return last if last and timezone.localdate(last.at) == self.on else None

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {one.code: one.label for one in self.rules.quarters}

    def _choices(
        self, name: str, labels: Mapping[str, str | Promise]
    ) -> list[dict[str, Any]]:
        """How many lines each choice gives, beside the other filters. Of a list that is
        not read to its end nothing is counted apart."""
        chosen = getattr(self.ask, name)
        numbers = self._apart(name) if self._ended else dict.fromkeys(labels)
        in_order = [one for one in labels if one in numbers]
        in_order += sorted(numbers.keys() - labels.keys() - {""})
        return [
            {
                "label": labels.get(code) or language_name(code) or code,
                "count": numbers[code],
                "url": self.ask.address(name, "" if code == chosen else code),
                "current": code == chosen,
            }
            for code in in_order
        ]

    def _apart(self, name: str) -> Mapping[str, int | None]:
        others = self.ask.but(name, "")
        found = [one for one in self._traits if one.fit(others)]
        if name == "since":
            return {days: sum(one.days >= int(days) for one in found) for days in SINCE}
        return Counter(getattr(one, name) for one in found)


def _most(who: str, most: int) -> int:
    return A_DAYS_WORK if who in WORK else most


@lru_cache
def _told(ask: Asked, reach: Reach, on: date, _rules: Contact, most: int) -> Said:
    """Of each what `Traits` keep, for anybody."""
    now = Responsibility.objects.filter(person=OuterRef("person"), ended_on=None)
    told = WaitingLines(ask, ANYBODY, reach, on).of_whom.values_list(
        "pk",
        "person__quarter",
        "person__language",
        Subquery(now.values("staff")[:1]),
        Cast("since_on", TextField()),
    )
    return Said(told[: most + 1])


@lru_cache
def _in_turn(ask: Asked, reach: Reach, on: date, _rules: Contact, most: int) -> Said:
    """The numbers of candidates, for anybody."""
    rows = WaitingLines(ask, ANYBODY, reach, on).rows
    return Said(rows.values_list("pk", flat=True)[: most + 1])


@lru_cache
def _others(ask: Asked, reach: Reach, on: date, _rules: Contact, most: int) -> Numbers:
    """Of what one does not look at, for anybody."""
    return Numbers(*WaitingLines(ask, ANYBODY, reach, on).of_others(most))


@lru_cache
def _on_a_page(pilot: Pilot, on: date) -> tuple[Part[Candidate], ContactParts]:
    rows = Candidate.objects.filter(pk__in=ON_A_PAGE)
    told = {"has_number": BooleanField()}
    who = Part(with_number(rows).order_by(), "person", "pilot", told=told)
    return who, contact_parts(rows, pilot, on)
