"""Finding a partner by what somebody wants: “fietsen” finds the cycling lesson.

Words are looked for in what the organisation is and in what one can do there; a verb by
its stem as well. Where nothing has every word, what has most of them is shown. What is
asked for stands in the address; the number on each filter is that of its lines.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy

from trede.accounts.visibility import VisibleQuerySet
from trede.inflow.reading.values import fold
from trede.partners.choices import Known
from trede.partners.directory import to_check_before
from trede.partners.models import ActivityPlace, Organisation
from trede.people.forms import languages
from trede.people.models import Person

LONGEST = 80
VOWELS = "aeou"
SHARP = {"z": "s", "v": "f"}  # lezen, lees
TO_CHECK, OUT = "nakijken", "uit"
STATES = {
    "": pgettext_lazy("partners", "In use"),
    TO_CHECK: pgettext_lazy("partners", "To check"),
    OUT: pgettext_lazy("partners", "Out of use"),
}


@dataclass(frozen=True)
class Asked:
    wish: str = ""
    kind: str = ""
    quarter: str = ""
    language: str = ""
    state: str = ""

    def address(self, **other: str) -> str:
        now = replace(self, **other)
        query = {
            "q": now.wish,
            "soort": now.kind,
            "wijk": now.quarter,
            "taal": now.language,
            "stand": now.state,
        }
        return f"?{urlencode({key: said for key, said in query.items() if said})}"

    @property
    def hidden(self) -> dict[str, str]:
        """What a search by another word keeps."""
        now = {"soort": self.kind, "wijk": self.quarter, "taal": self.language}
        return {key: said for key, said in now.items() if said}


@dataclass(frozen=True)
class Found:
    """`places`: those that are in use; `fits` those in which most of the wish was
    found, `words` how many of its words that are."""

    organisation: Organisation
    places: list[ActivityPlace]
    fits: list[ActivityPlace]
    words: int
    stale: bool

    @property
    def spoken(self) -> list[str]:
        return languages_of(self)

    @property
    def offered(self) -> list[ActivityPlace]:
        """What somebody can be referred to: what fits the wish, else everything."""
        return self.fits or self.places


def asked(query: QueryDict) -> Asked:
    kind, state = query.get("soort", ""), query.get("stand", "")
    return Asked(
        query.get("q", "").strip()[:LONGEST],
        kind if kind in Organisation.Kind.values else "",
        query.get("wijk", "")[:60],
        query.get("taal", "")[:8],
        state if state in STATES else "",
    )


class Directory:
    """The directory as it is looked through: fetched once, narrowed in memory. A town
    has some hundreds of partners, and folding accents is no work for a database."""

    def __init__(
        self, rows: VisibleQuerySet[Organisation], ask: Asked, on: date, known: Known
    ) -> None:
        self.ask, self.known, self.stale_before = ask, known, to_check_before(on)
        self.wish, self.spoken = words(ask.wish), dict(languages())
        places = Prefetch("places", ActivityPlace.objects.in_use())
        self.all = [self._found(one) for one in rows.prefetch_related(places)]
        there = (one.words for one in self.all if _in_state(one, ask.state))
        self.most = max(there, default=0) or len(self.wish)

    @property
    def in_part(self) -> bool:
        """No partner has every word that was asked for."""
        return self.most < len(self.wish)

    def lines(self) -> list[Found]:
        """In the order of names; what comes up for checking, the oldest first."""
        lines = self._narrowed(self.ask)
        if self.ask.state == TO_CHECK:
            lines.sort(key=lambda one: one.organisation.confirmed_on)
        return lines

    def lines_for(self, person: Person) -> list[Found]:
        """First who speaks the language of this person, and is near."""

        def suits(one: Found) -> int:
            near = bool(person.quarter) and one.organisation.quarter == person.quarter
            return near + 2 * (person.language in languages_of(one))

        return sorted(self.lines(), key=suits, reverse=True)

    def states(self) -> list[dict[str, Any]]:
        return [
            self._chip(label, state, "state", self._count(state=state))
            for state, label in STATES.items()
        ]

    def kinds(self) -> list[dict[str, Any]]:
        labels = dict(Organisation.Kind.choices)
        return self._chips("kind", lambda one: [one.organisation.kind], labels)

    def quarters(self) -> list[dict[str, Any]]:
        labels = self.known.quarters
        return self._chips("quarter", lambda one: [one.organisation.quarter], labels)

    def languages(self) -> list[dict[str, Any]]:
        return self._chips("language", languages_of, self.spoken)

    def _found(self, one: Organisation) -> Found:
        places = list(one.places.all())
        told = f"{one.name} {one.about} {one.get_kind_display()}"
        found = [(self._words(f"{told} {self._said(each)}"), each) for each in places]
        most = max([self._words(told), *(n for n, _place in found)])
        fits = [place for n, place in found if most and n == most]
        stale = one.confirmed_on < self.stale_before and one.out_of_use_on is None
        return Found(one, places, fits, most, stale)

    def _said(self, place: ActivityPlace) -> str:
        kind = self.known.type_label(place.activity_type)
        language = self.spoken.get(place.language, "") if place.language else ""
        return f"{place.what} {place.for_whom} {place.days} {kind} {language}"

    def _words(self, text: str) -> int:
        said = fold(text)
        return sum(any(form in said for form in forms) for forms in self.wish)

    def _chips(self, field: str, codes: Any, labels: Any) -> list[dict[str, Any]]:
        """For every value that gives a line, the chosen one first; choosing it once
        more lets it go."""
        lines = self._narrowed(replace(self.ask, **{field: ""}))
        counts = Counter(code for one in lines for code in set(codes(one)) if code)
        chosen = getattr(self.ask, field)
        known = sorted(
            ((capfirst(labels.get(code, code)), code) for code in counts),
            key=lambda one: (one[1] != chosen, one[0].casefold()),
        )
        return [
            self._chip(label, "" if code == chosen else code, field, counts[code])
            | {"current": code == chosen}
            for label, code in known
        ]

    def _chip(
        self, label: str | Promise, value: str, field: str, count: int
    ) -> dict[str, Any]:
        return {
            "label": label,
            "count": count,
            "url": self.ask.address(**{field: value}),
            "current": getattr(self.ask, field) == value,
        }

    def _count(self, **other: str) -> int:
        return len(self._narrowed(replace(self.ask, **other)))

    def _narrowed(self, ask: Asked) -> list[Found]:
        return [
            one
            for one in self.all
            if _in_state(one, ask.state)
            and ask.kind in ("", one.organisation.kind)
            and ask.quarter in ("", one.organisation.quarter)
            and (not ask.language or ask.language in languages_of(one))
            and (not self.wish or one.words == self.most)
        ]


def languages_of(one: Found) -> list[str]:
    """What is spoken there, and in what one can do there."""
    of_places = [place.language for place in one.places if place.language]
    return [*one.organisation.languages, *of_places]


def words(wish: str) -> list[set[str]]:
    """Each word with the forms under which it may stand somewhere."""
    return [_forms(word) for word in fold(wish).split()]


def _forms(word: str) -> set[str]:
    """`zwemmen` finds `zwemles`, `koken` `kookgroep`, `lezen` `leesclub`."""
    if len(word) < 5 or not word.endswith("en"):
        return {word}
    stem = word[:-2]
    if stem[-1] == stem[-2]:
        return {word, stem[:-1]}
    stem = stem[:-1] + SHARP.get(stem[-1], stem[-1])
    if stem[-2] in VOWELS and stem[-3] not in VOWELS and len(stem) < 6:
        return {word, stem, f"{stem[:-2]}{stem[-2]}{stem[-2:]}"}
    return {word, stem}


def _in_state(one: Found, state: str) -> bool:
    out = one.organisation.out_of_use_on is not None
    if state == OUT:
        return out
    return not out and (state != TO_CHECK or one.stale)
