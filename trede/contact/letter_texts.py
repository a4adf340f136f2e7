"""What a pilot's letters say: its own words where it wrote some, else those of Trede.

Decides per sentence. A sentence that the pilot wrote goes before that of the files; a
second or later one says what the one before it says, where it has no words of its own.
A sentence of the pilot has a translation only where somebody wrote one: a language that
lacks one is not used (`documents/translated.py`). Who reviewed or validated a language
vouches for all its sentences; one that came later makes it a machine's again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from trede.accounts.models import Staff
from trede.contact.models import LetterText
from trede.documents.translated import (
    ORIGINAL,
    STATUSES,
    Said,
    Status,
    Words,
    letter_in_files,
    missing,
    say,
)
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.rules import Rules

T = TypeVar("T")
# By their name in the file; a piece is a sentence, or a row of paragraphs.
Pieces = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class InLanguages(Generic[T]):
    """A letter in Dutch, and the words that are known of other languages."""

    dutch: T
    known: Mapping[str, Words]
    at_least: Status

    def said(self, language: str) -> Said[T]:
        return say(self.dutch, language, self.known, at_least=self.at_least)


@dataclass(frozen=True)
class Specimen:
    """For whom a letter is shown before it is sent: nobody. `by` signs it."""

    pilot: Pilot
    language: str
    by: Staff
    at: datetime
    number: int = 1


@dataclass(frozen=True)
class Wording:
    """A letter, or a page of one person, of which a pilot may write the words.
    `specimen` gives what `template` takes; none for what is only a page. `number`: the
    how manyth time it goes to somebody; all from `numbers` on are alike."""

    name: Promise | str
    kind: type[Any]
    shipped: Path
    specimen: Callable[[Specimen], Mapping[str, object]] | None = None
    template: str = "letter"
    number: int = 1
    numbers: int = 1

    @property
    def code(self) -> str:
        return _code(self.shipped, self.number)

    @property
    def title(self) -> str:
        name = capfirst(str(self.name))
        told = {"letter": name, "n": self.number}
        if self.number == 1:
            return name
        if self.number < self.numbers:
            return _("%(letter)s, number %(n)d") % told
        return _("%(letter)s, number %(n)d and later") % told


# In the order of the journey: each app names its own.
WORDINGS: dict[str, Wording] = {}


def register_wording(wording: Wording) -> None:
    for number in range(1, wording.numbers + 1):
        one = replace(wording, number=number)
        WORDINGS[one.code] = one


@dataclass(frozen=True)
class OneText:
    """One letter of one pilot, in one language."""

    pilot: Pilot
    letter: Wording
    language: str

    def now(self) -> InLanguages[Any]:
        rules, letter = rules_of(self.pilot), self.letter
        return letter_in_languages(letter.kind, letter.shipped, rules, letter.number)

    def shipped(self) -> Pieces:
        """As they came with Trede, or stand in the municipality's own folder; of a
        second or later one as the pilot wrote for the one before it."""
        letter, pilot = self.letter, self.pilot.code
        dutch, _known = letter_in_files(
            letter.kind, letter.shipped, pilot, letter.number
        )
        if letter.number > 1:
            for own in _own(pilot, letter.shipped, letter.number - 1):
                dutch = _with_own(dutch, own)
        pieces: Pieces = vars(dutch)
        return pieces

    def versions(self) -> QuerySet[LetterText]:
        rows = LetterText.objects.filter(pilot=self.pilot, letter=self.letter.code)
        return rows.filter(language=self.language).order_by("-pk")

    def newest(self) -> LetterText | None:
        return self.versions().first()


def letter_in_languages(
    kind: type[T], shipped: Path, rules: Rules, number: int = 1
) -> InLanguages[T]:
    dutch, files = letter_in_files(kind, shipped, rules.pilot.code, number)
    layers = _own(rules.pilot.code, shipped, number)
    for own in layers:
        dutch = _with_own(dutch, own)
    known = dict(files)
    for own in layers:
        for code, text in own.items():
            if code != ORIGINAL and text.words:
                known[code] = _joined(dutch, known.get(code), text)
    return InLanguages(dutch, known, rules.questions.translation_at_least)


def letter_of(
    kind: type[T], shipped: Path, language: str, rules: Rules, number: int = 1
) -> Said[T]:
    return letter_in_languages(kind, shipped, rules, number).said(language)


def _code(shipped: Path, number: int) -> str:
    return shipped.stem if number == 1 else f"{shipped.stem}-{number}"


def _own(pilot: str, shipped: Path, number: int) -> list[dict[str, LetterText]]:
    """Of the first up to this number: language to what the pilot wrote last, which may
    be nothing any more."""
    codes = [_code(shipped, n) for n in range(1, number + 1)]
    found: dict[str, dict[str, LetterText]] = {code: {} for code in codes}
    for one in LetterText.objects.filter(pilot__code=pilot, letter__in=codes):
        found[one.letter][one.language] = one
    return [found[code] for code in codes]


def _with_own(dutch: T, own: Mapping[str, LetterText]) -> T:
    if ORIGINAL not in own:
        return dutch
    # A piece that a later version of the file does not know is left out.
    words = own[ORIGINAL].words
    known = {name: said for name, said in words.items() if hasattr(dutch, name)}
    there: Any = dutch
    written: T = replace(there, **known)
    return written


def _joined(dutch: object, shipped: Words | None, own: LetterText) -> Words:
    pairs = {**(shipped.pairs if shipped else {}), **own.words}
    if missing(dutch, Words(own.language, own.words)):
        return Words(own.language, pairs)
    status: Status = STATUSES[STATUSES.index(own.status)]
    return Words(own.language, pairs, status, own.vouched_by)
