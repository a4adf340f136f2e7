"""What stands in the library: every questionnaire, its versions and its languages.

What comes with Trede stands there before anybody used it; everything else is a stored
version. The newest version is the one that a new sitting gets.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from trede.accounts.visibility import VisibleQuerySet
from trede.languages import LANGUAGES, Language, language_of
from trede.questionnaires import definition
from trede.questionnaires.models import Questionnaire
from trede.questionnaires.publishing import definition_of, is_stored, written_of
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.questionnaires.translating import State, states, states_of_shipped
from trede.questionnaires.translations import in_every_language
from trede.questionnaires.wording import texts_for_person

Rows = VisibleQuerySet[Questionnaire]


@dataclass(frozen=True)
class Entry:
    """One version. Not stored: it comes with Trede, and nobody used it yet."""

    code: str
    version: str
    stored: Questionnaire | None

    @cached_property
    def written(self) -> definition.Questionnaire:
        return written_of(self.stored) if self.stored else shipped(self.code)

    @cached_property
    def whole(self) -> definition.Questionnaire:
        """With the words of every language."""
        if self.stored:
            return definition_of(self.stored)
        return in_every_language(self.written)

    @cached_property
    def states(self) -> tuple[State, ...]:
        return states(self.stored) if self.stored else states_of_shipped(self.written)

    @property
    def original(self) -> str:
        return self.written.languages[0]

    @property
    def title(self) -> str:
        return self.written.title.read_in(self.original)


@dataclass(frozen=True)
class Tongue:
    """How far one language is, in a word and a shape."""

    language: Language
    stand: str  # original, validated, reviewed, machine, incomplete or nothing
    vouched_by: str
    missing: int
    of: int

    @property
    def mark(self) -> str:
        return MARKS[self.stand]

    @property
    def words(self) -> Promise:
        return STANDS[self.stand]


STANDS: dict[str, Promise] = {
    "original": pgettext_lazy("translation", "as it was written"),
    "validated": pgettext_lazy("translation", "tried with speakers"),
    "reviewed": pgettext_lazy("translation", "reviewed by a speaker"),
    "machine": pgettext_lazy("translation", "made by a machine"),
    "incomplete": pgettext_lazy("translation", "not complete"),
    "nothing": pgettext_lazy("translation", "nothing yet"),
}
MARKS = {
    "original": "done",
    "validated": "done",
    "reviewed": "part",
    "machine": "wait",
    "incomplete": "note",
    "nothing": "none",
}


def newest_entries(rows: Rows | None = None) -> list[Entry]:
    """The version of each questionnaire that a new sitting gets, by title."""
    newest: dict[str, Entry] = {}
    for entry in _oldest_first(rows):
        newest[entry.code] = entry
    return sorted(newest.values(), key=lambda entry: entry.title.casefold())


def versions(code: str, rows: Rows | None = None) -> list[Entry]:
    """Newest first; `rows` are those that may be seen, by itself all."""
    return [entry for entry in _oldest_first(rows) if entry.code == code][::-1]


def find(code: str, version: str, rows: Rows | None = None) -> Entry | None:
    found = (entry for entry in versions(code, rows) if entry.version == version)
    return next(found, None)


def tongues(entry: Entry) -> list[Tongue]:
    """Every language that is asked for somewhere, those without words last."""
    of = sum(1 for _ in texts_for_person(entry.whole))
    by_language = {state.language: state for state in entry.states}
    known = [language.code for language in LANGUAGES]
    codes = dict.fromkeys((*by_language, *known))
    found = [_tongue(language_of(code), by_language.get(code), of) for code in codes]
    return sorted(found, key=lambda one: list(MARKS).index(one.stand))


def tongue_of(entry: Entry, language: str) -> Tongue:
    """One of them, also of a language that there is nothing in."""
    of = sum(1 for _ in texts_for_person(entry.whole))
    states = (state for state in entry.states if state.language == language)
    return _tongue(language_of(language), next(states, None), of)


def _tongue(language: Language, state: State | None, of: int) -> Tongue:
    if state is None:
        return Tongue(language, "nothing", "", of, of)
    if state.status is None:
        stand = "original"
    elif not state.is_complete:
        stand = "incomplete"
    else:
        stand = str(state.status)
    return Tongue(language, stand, state.vouched_by, len(state.missing), of)


def _oldest_first(rows: Rows | None) -> Iterator[Entry]:
    seen = Questionnaire.objects.all() if rows is None else rows
    for row in seen.defer("text").order_by("loaded_at", "pk"):
        yield Entry(row.code, row.version, row)
    # A shipped version that is not stored yet is stored by the next sitting.
    for code in shipped_codes():
        written = shipped(code)
        if not is_stored(written):
            yield Entry(code, written.version, None)
