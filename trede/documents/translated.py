"""The words of letters and consent forms in other languages than Dutch.

A text is written in Dutch. A file a language holds pairs: the Dutch words and what they
are in it, and who vouches for them. A text that equals the Dutch counts as missing, and
a language with a missing text is not used: then the Dutch is, and staff are told why.
A municipality puts its own files in a folder (`TREDE_TEXTS`); they go before ours.
"""

import re
import tomllib
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Generic, Literal, TypeVar, get_args

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trede.accounts.refusing import Refused
from trede.languages import is_known, language_of, written_as

Status = Literal["machine", "reviewed", "validated"]
# Each promises more than the one before it.
STATUSES: Final = get_args(Status)
ORIGINAL: Final = "nl"
T = TypeVar("T")

# Codes that stand between the words of a text and are none themselves.
_NO_WORDS = frozenset(("about", "purpose", "language", "status", "vouched_by"))
_BLANK = re.compile(r"\{\w+\}")
# The same name, without the Dutch word for municipality before it.
_ALSO = {"{town}": "{municipality}"}
_DECLINED = ("uk", "pl")
# Round words that run in their own direction: first strong isolate, and its end.
_ISOLATE, _POP = "\u2068", "\u2069"


@dataclass(frozen=True)
class Words:
    """The file of one language."""

    language: str
    pairs: Mapping[str, str]
    status: Status = "machine"
    vouched_by: str = ""

    def of(self, dutch: str) -> str:
        """Empty where there is nothing but a copy of the Dutch, or where something else
        is to be filled in: somebody would get a letter without its link. What is
        nothing but a name to fill in needs no other words."""
        if not _BLANK.sub("", dutch).strip():
            return dutch
        said = self.pairs.get(dutch, "").strip()
        is_whole = said != dutch.strip() and _the_same(said) == _the_same(dutch)
        return said if is_whole else ""


def blanks(words: str) -> frozenset[str]:
    """What is filled in when the letter is made: {name}, {telephone}."""
    return frozenset(_BLANK.findall(words))


def _the_same(words: str) -> frozenset[str]:
    return frozenset(_ALSO.get(blank, blank) for blank in blanks(words))


@dataclass(frozen=True)
class Said(Generic[T]):
    """A text in the language that it can be read in. `status` is empty in Dutch, `why`
    tells why it is not in the language that was asked for."""

    language: str
    text: T
    status: Status | None = None
    vouched_by: str = ""
    why: Literal["", "no_words", "incomplete", "not_enough"] = ""
    words: Words | None = None

    @property
    def dutch_beside(self) -> bool:
        """Whether somebody who reads Dutch needs the Dutch beside it."""
        return not self.language.startswith(ORIGINAL)

    def filled(self, **blanks: str) -> T:
        """With the names and numbers of one person. In a text from right to left they
        keep their own direction; an address of a page stays as it is, to be tapped."""
        if language_of(self.language).direction == "rtl":
            blanks = {
                name: word if word.startswith("http") else f"{_ISOLATE}{word}{_POP}"
                for name, word in blanks.items()
            }

        def fill(words: str) -> str:
            for name, word in blanks.items():
                words = words.replace("{" + name + "}", word)
            return words

        made: T = _through(self.text, fill)
        return made


def say(
    text: T,
    language: str,
    known: Mapping[str, Words],
    *,
    at_least: Status = "machine",
) -> Said[T]:
    """The text in that language, or in Dutch with the reason."""
    wanted = written_as(language)
    if wanted in ("", ORIGINAL):
        return Said(ORIGINAL, text)
    words = known.get(wanted)
    if words is None:
        return Said(ORIGINAL, text, why="no_words")
    if missing(text, words):
        return Said(ORIGINAL, text, why="incomplete")
    if not is_enough(words.status, at_least):
        return Said(ORIGINAL, text, why="not_enough")
    return Said(wanted, put(text, words), words.status, words.vouched_by, words=words)


def letter_in_files(
    kind: type[T], shipped: Path, own: str, number: int = 1
) -> tuple[T, Mapping[str, Words]]:
    """The words of a letter in Dutch, and those of other languages: what stands in the
    municipality's own folder before ours. A second or later one says what the one
    before it says, but for what stands under its number."""
    where = folders(shipped.parent, own)
    file = first_file(shipped.name, where)
    return _written(kind, file, number), translations(*where)


def long_date(on: date, language: str) -> str:
    """As it stands in a sentence: some languages decline the month."""
    with translation.override(language_of(language).buttons):
        return date_format(on, "j E Y" if language in _DECLINED else "j F Y")


def weekday(on: date, language: str) -> str:
    with translation.override(language_of(language).buttons):
        return date_format(on, "l")


def is_enough(status: Status | None, at_least: Status) -> bool:
    """Whether words of this status may be used; those of the writer always may."""
    return status is None or STATUSES.index(status) >= STATUSES.index(at_least)


def missing(text: object, words: Words) -> tuple[str, ...]:
    """The Dutch words that have none in that language."""
    lost: list[str] = []

    def look(dutch: str) -> str:
        if dutch and not words.of(dutch):
            lost.append(dutch)
        return dutch

    _through(text, look)
    return tuple(lost)


def put(text: T, words: Words) -> T:
    """The same text in these words; what is missing stays Dutch."""
    said: T = _through(text, lambda dutch: words.of(dutch) or dutch)
    return said


def translations(*folders: Path) -> dict[str, Words]:
    """Language to its words; where two folders have one, those of the first."""
    found: dict[str, Words] = {}
    for folder in reversed(folders):
        found |= _in_folder(folder / "translations")
    return found


def own_folder(name: str) -> Path | None:
    """Where a municipality keeps texts of its own under that name."""
    return Path(settings.TEXTS) / name if settings.TEXTS else None


def folders(shipped: Path, own: str) -> tuple[Path, ...]:
    """Where texts are looked for: the municipality's own first."""
    mine = own_folder(own)
    return (mine, shipped) if mine else (shipped,)


def first_file(name: str, where: Iterable[Path]) -> Path:
    """The first that is there; the last folder is ours and has it."""
    *others, ours = where
    return next((f / name for f in others if (f / name).is_file()), ours / name)


def _through(text: Any, act: Callable[[str], str]) -> Any:
    """The same shape, with every piece of words replaced by what `act` makes of it."""
    if isinstance(text, str):
        return act(text)
    if isinstance(text, list | tuple):
        return type(text)(_through(one, act) for one in text)
    if is_dataclass(text) and not isinstance(text, type):
        said = {
            one.name: _through(getattr(text, one.name), act)
            for one in fields(text)
            if one.name not in _NO_WORDS
        }
        return replace(text, **said)
    return text


def _written(kind: type[T], file: Path, number: int) -> T:
    try:
        content = _in_file(file)
        later = [content.get(str(n), {}) for n in range(2, number + 1)]
        return kind(**ChainMap(*reversed(later), content[ORIGINAL]))
    except (KeyError, TypeError, ValueError) as problem:
        raise _refused(file, str(problem)) from problem


@lru_cache(maxsize=32)
def _in_file(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=32)
def _in_folder(folder: Path) -> dict[str, Words]:
    return {
        words.language: words
        for words in map(read_words, sorted(folder.glob("*.toml")))
    }


def read_words(path: Path) -> Words:
    """The file of a language. Reviewed and validated need the name of who says so."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        words = Words(
            data["language"],
            data["words"],
            data.get("status", "machine"),
            data.get("vouched_by", ""),
        )
    except (KeyError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise _refused(path, str(problem)) from problem
    if not is_known(words.language):
        raise _refused(path, _("this language is not known"))
    if words.status not in STATUSES:
        raise _refused(path, _("a status is machine, reviewed or validated"))
    if words.status != "machine" and not words.vouched_by.strip():
        raise _refused(path, _("write the name of who reviewed the words"))
    return words


def _refused(path: Path, problem: str) -> Refused:
    return Refused(
        _("The texts in %(file)s cannot be used: %(problem)s.")
        % {"file": path.name, "problem": problem}
    )
