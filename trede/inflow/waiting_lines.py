"""The waiting list as one looks at it: a part of it, in lines, with what is next.

Which part is asked for stands in the address, so that it can be kept and sent on; the
number on each filter is the number of lines it gives. Names are decrypted for the lines
of one page only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import zip_longest
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from trede.accounts.anybody import ANYBODY, it_is
from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.formats.telephone import telephone_shown
from trede.inflow.choosing import in_words
from trede.inflow.long_lists import MOST, counted, shown
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
from trede.inflow.whose_turn import Turns, with_number
from trede.languages import LANGUAGES
from trede.people.languages import language_name
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Contact
from trede.together import Part, Said, ask, stand_in

A_PAGE = 25
ON_A_PAGE = [stand_in() for _place in range(A_PAGE)]
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
    """`count` is of all that are due when the `whole` list was counted."""

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
        self.turns = Turns(ask.pilot, self.rules, on)

    @cached_property
    def waiting(self) -> CandidateQuerySet:
        rows = waiting_list(pilot=self.ask.pilot, on=self.on)
        return rows.visible_to(self.staff, self.reach)

    @cached_property
    def resting(self) -> CandidateQuerySet:
        rows = resting_list(pilot=self.ask.pilot, on=self.on)
        return rows.visible_to(self.staff, self.reach)

    @cached_property
    def rows(self) -> CandidateQuerySet:
        """The lines that are asked for, without names."""
        rows = self.ask.narrowed(self._who(self.ask.who))
        return with_number(rows).select_related("person", "pilot")

    def page(self, number: str | None) -> "Page[int]":
        """The numbers of candidates."""
        return Paginator(self._in_order[:MOST], A_PAGE).get_page(number)

    def first_due(self, most: int) -> "FirstDue":
        """Whoever waits longest comes first. `most` are shown."""
        n, lines = len(self._in_order), self.lines_of(self._in_order[:most])
        return FirstDue(lines, min(n, MOST), whole=n <= MOST)

    @cached_property
    def _in_order(self) -> list[int]:
        """Whose turn it is, asked once: to count, and to fetch the few one sees."""
        said = _in_turn(self.ask, self.reach, self.on, self.rules.contact)
        return said.numbers(it_is(self.staff))

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
                "count": shown(self._counts[self.ask.but("who", who)]),
                "url": self.ask.address("who", who),
                "current": who == self.ask.who,
            }
            for who, label in WHO.items()
        ]

    def quarters(self) -> list[dict[str, Any]]:
        return self._choices("quarter", self._labels)

    def languages(self) -> list[dict[str, Any]]:
        return self._choices("language", {one.code: "" for one in LANGUAGES})

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
            return self.turns.due(self.waiting)
        if who == LETTER:
            return self.turns.for_a_letter(self.waiting)
        return self.waiting

    @cached_property
    def _counts(self) -> dict[Asked, int]:
        """Of every choice of whom, and of quarter and language without the choice."""
        asks = [self.ask.but("who", who) for who in WHO]
        asks += [self.ask.but(name, "") for name in ("quarter", "language")]
        lists = {one: one.narrowed(self._who(one.who)) for one in asks}
        return dict(zip(lists, counted(*lists.values()), strict=True))

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

    def _choices(self, name: str, labels: Mapping[str, str]) -> list[dict[str, Any]]:
        """How many lines each quarter or language gives, beside the other filters. Of
        a list that is not read to its end nothing is counted apart."""
        chosen = getattr(self.ask, name)
        numbers: dict[str, int | None] = dict.fromkeys(labels)
        if self._counts[self.ask.but(name, "")] <= MOST:
            numbers = self._apart(name)
        return [
            {
                "label": labels.get(code) or language_name(code) or code,
                "count": n,
                "url": self.ask.address(name, "" if code == chosen else code),
                "current": code == chosen,
            }
            for code, n in numbers.items()
        ]

    def _apart(self, name: str) -> dict[str, int | None]:
        field, without = f"person__{name}", self.ask.but(name, "")
        rows = without.narrowed(self._who(self.ask.who)).exclude(**{field: ""})
        counts = rows.order_by(field).values(field).annotate(n=Count("pk"))
        return dict(counts.values_list(field, "n"))


@lru_cache
def _in_turn(ask: Asked, reach: Reach, on: date, _rules: Contact) -> Said:
    """The numbers of candidates, for anybody."""
    rows = WaitingLines(ask, ANYBODY, reach, on).rows
    return Said(rows.values_list("pk", flat=True)[: MOST + 1])


@lru_cache
def _on_a_page(pilot: Pilot, on: date) -> tuple[Part[Candidate], ContactParts]:
    rows = Candidate.objects.filter(pk__in=ON_A_PAGE)
    told = {"has_number": BooleanField()}
    who = Part(with_number(rows).order_by(), "person", "pilot", told=told)
    return who, contact_parts(rows, pilot, on)
