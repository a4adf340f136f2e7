"""What stands in the library: every questionnaire, its versions and its languages.

What comes with Trede stands there before anybody used it; everything else is a stored
version. The newest version is the one that a new sitting gets.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from trede.languages import LANGUAGES, Language, language_of
from trede.questionnaires import definition
from trede.questionnaires.models import Questionnaire
from trede.questionnaires.publishing import (
    definition_of,
    in_order_of_use,
    is_stored,
    written_of,
)
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.questionnaires.translating import State, states, states_of_shipped
from trede.questionnaires.translations import in_every_language
from trede.questionnaires.wording import texts_for_person


@dataclass(frozen=True)
class Entry:
    """One version, as one municipality sees it. Not stored: it comes with Trede, and
    nobody used it yet."""

    code: str
    version: str
    stored: Questionnaire | None
    town: int | None

    @cached_property
    def written(self) -> definition.Questionnaire:
        return written_of(self.stored) if self.stored else shipped(self.code)

    @cached_property
    def whole(self) -> definition.Questionnaire:
        """With the words of every language."""
        if self.stored:
            return definition_of(self.stored, town=self.town)
        return in_every_language(self.written)

    @cached_property
    def states(self) -> tuple[State, ...]:
        if self.stored:
            return states(self.stored, town=self.town)
        return states_of_shipped(self.written)

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


def newest_entries(town: int | None) -> list[Entry]:
    """The version of each questionnaire that a new sitting gets, by title."""
    newest: dict[str, Entry] = {}
    for entry in _oldest_first(town):
        newest[entry.code] = entry
    return sorted(newest.values(), key=lambda entry: entry.title.casefold())


def versions(code: str, town: int | None) -> list[Entry]:
    """The one that a new sitting gets first."""
    return [entry for entry in _oldest_first(town) if entry.code == code][::-1]


def find(code: str, version: str, town: int | None) -> Entry | None:
    found = (entry for entry in versions(code, town) if entry.version == version)
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


def _oldest_first(town: int | None) -> Iterator[Entry]:
    """Those that may be seen there, in the order of `publishing.newest`."""
    rows = list(in_order_of_use(Questionnaire.objects.of_town(town)).defer("text"))
    for row in rows:
        if row.municipality_id is None:
            yield Entry(row.code, row.version, row, town)
    # A shipped version that is not stored yet is stored by the next sitting.
    for code in shipped_codes():
        written = shipped(code)
        if not is_stored(written):
            yield Entry(code, written.version, None, town)
    for row in rows:
        if row.municipality_id is not None:
            yield Entry(row.code, row.version, row, town)
