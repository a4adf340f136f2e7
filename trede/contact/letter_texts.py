"""What a pilot's letters say: its own words where it wrote some, else those of Trede.

Decides per sentence. A sentence that the pilot wrote goes before that of the files, and
has a translation only where somebody wrote one: a language that lacks one is not used
(`documents/translated.py`). Who reviewed or validated a language vouches for all its
sentences; one that came later makes it a machine's again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.utils.functional import Promise

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


@dataclass(frozen=True)
class Wording:
    """A letter, or a page of one person, of which a pilot may write the words.
    `specimen` gives what `template` takes; none for what is only a page."""

    name: Promise | str
    kind: type[Any]
    shipped: Path
    specimen: Callable[[Specimen], Mapping[str, object]] | None = None
    template: str = "letter"

    @property
    def code(self) -> str:
        return self.shipped.stem


# In the order of the journey: each app names its own.
WORDINGS: dict[str, Wording] = {}


def register_wording(wording: Wording) -> None:
    WORDINGS[wording.code] = wording


@dataclass(frozen=True)
class OneText:
    """One letter of one pilot, in one language."""

    pilot: Pilot
    letter: Wording
    language: str

    def now(self) -> InLanguages[Any]:
        rules = rules_of(self.pilot)
        return letter_in_languages(self.letter.kind, self.letter.shipped, rules)

    def shipped(self) -> Pieces:
        """As they came with Trede, or stand in the municipality's own folder."""
        letter = self.letter
        dutch, _known = letter_in_files(letter.kind, letter.shipped, self.pilot.code)
        pieces: Pieces = vars(dutch)
        return pieces

    def versions(self) -> QuerySet[LetterText]:
        rows = LetterText.objects.filter(pilot=self.pilot, letter=self.letter.code)
        return rows.filter(language=self.language).order_by("-pk")

    def newest(self) -> LetterText | None:
        return self.versions().first()


def letter_in_languages(kind: type[T], shipped: Path, rules: Rules) -> InLanguages[T]:
    dutch, known = letter_in_files(kind, shipped, rules.pilot.code)
    own = _newest(rules.pilot.code, shipped.stem)
    if ORIGINAL in own:
        dutch = _with_own(dutch, own[ORIGINAL])
    ours = {
        code: _joined(dutch, known.get(code), text)
        for code, text in own.items()
        if code != ORIGINAL and text.words
    }
    return InLanguages(dutch, {**known, **ours}, rules.questions.translation_at_least)


def letter_of(kind: type[T], shipped: Path, language: str, rules: Rules) -> Said[T]:
    return letter_in_languages(kind, shipped, rules).said(language)


def _newest(pilot: str, letter: str) -> dict[str, LetterText]:
    """Language to what the pilot wrote last, which may be nothing any more."""
    rows = LetterText.objects.filter(pilot__code=pilot, letter=letter)
    return {one.language: one for one in rows}


def _with_own(dutch: T, own: LetterText) -> T:
    # A piece that a later version of the file does not know is left out.
    known = {name: said for name, said in own.words.items() if hasattr(dutch, name)}
    there: Any = dutch
    written: T = replace(there, **known)
    return written


def _joined(dutch: object, shipped: Words | None, own: LetterText) -> Words:
    pairs = {**(shipped.pairs if shipped else {}), **own.words}
    if missing(dutch, Words(own.language, own.words)):
        return Words(own.language, pairs)
    status: Status = STATUSES[STATUSES.index(own.status)]
    return Words(own.language, pairs, status, own.vouched_by)
