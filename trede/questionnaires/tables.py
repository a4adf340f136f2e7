"""One table of a questionnaire file, read with suspicion.

Every value that is not what it should be becomes a mistake with its line and what to
write instead; reading goes on, so that an author hears of all mistakes at once.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from trede.pilots.positions import Path, Positions
from trede.questionnaires.definition import Text, Value

_CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
# After so many in one table it is a file of something else.
_MOST_UNKNOWN = 20
_SYNTAX_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class Mistake:
    file: str
    line: int
    what: str
    fix: str

    def __str__(self) -> str:
        place = _("%(file)s, line %(line)d") % {"file": self.file, "line": self.line}
        return f"{place}: {self.what} {self.fix}"


class QuestionnaireRefused(Exception):
    """A questionnaire file with mistakes in it, all of them named."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(str(mistake) for mistake in self.mistakes))


@dataclass
class Document:
    """One file: its name, what stands in it and where, and its mistakes so far."""

    name: str
    data: dict[str, object]
    positions: Positions
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def root(self) -> "Table":
        return Table(self.data, (), self)


def parse(content: bytes, name: str) -> Document:
    try:
        # tomllib wants \n only; a file from Windows, or an old Mac, has other ends.
        lines = content.decode("utf-8-sig").replace("\r\n", "\n")
        text = lines.replace("\r", "\n")
        return Document(name, tomllib.loads(text), Positions(text))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = _("This is not a text in UTF-8.")
        fix = _("Save the file as UTF-8 and try again.")
    except tomllib.TOMLDecodeError as error:
        found = _SYNTAX_LINE.search(str(error))
        line = int(found.group(1)) if found else content.count(b"\n") + 1
        what = _("This is not valid TOML: %(error)s.") % {"error": error}
        fix = _("Look for a missing quote, bracket or equals sign.")
    except RecursionError:
        line = 1
        what = _("Tables or lists stand too deep inside each other.")
        fix = _("Write the file as a questionnaire: parts, sections, questions.")
    raise QuestionnaireRefused([Mistake(name, line, what, fix)])


@dataclass(frozen=True)
class Table:
    data: Mapping[str, object]
    path: Path
    document: Document

    def blame(self, key: str | int | None, what: str, fix: str) -> None:
        path = self.path if key is None else (*self.path, key)
        line = self.document.positions.line_of(path)
        self.document.mistakes.append(Mistake(self.document.name, line, what, fix))

    def only(self, known: Iterable[str]) -> None:
        """Every key must be a known one: a misspelt key must not go unnoticed."""
        known = sorted(known)
        unknown = (key for key in self.data if key not in known)
        for key in islice(unknown, _MOST_UNKNOWN):
            self.blame(
                key,
                _("“%(key)s” is not a known key here.") % {"key": key},
                nearest(key, known),
            )

    def __contains__(self, key: str) -> bool:
        return key in self.data

    def words(self, key: str) -> str:
        value = self.data.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self._wrong(key, _("Write a text between quotes."))
        return ""

    def code(self, key: str) -> str:
        """A code that names something, in a dataset too."""
        value = self.words(key)
        if value:
            self.check_code(key, value)
        return value

    def check_code(self, key: str | int | None, value: str) -> None:
        if not _CODE.fullmatch(value):
            self.blame(
                key,
                _("“%(code)s” cannot be a code.") % {"code": value},
                _("Use small letters, digits and _, beginning with a letter."),
            )

    def flag(self, key: str) -> bool:
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            self._wrong(key, _("Write true or false, without quotes."))
        return value is True

    def number(self, key: str, default: int) -> int:
        value = self.data.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self._wrong(key, _("Write a whole number, without quotes."))
        return default

    def list_of_words(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key)
        if isinstance(value, list) and value and all(map(_is_words, value)):
            return tuple(value)
        self._wrong(key, _('Write a list of texts, such as ["one", "two"].'))
        return ()

    def values(self, key: str) -> tuple[Value, ...]:
        value = self.data.get(key)
        if isinstance(value, list) and value and all(map(_is_value, value)):
            return tuple(value)
        self._wrong(key, _('Write a list of answers, such as ["yes"] or [4, 5].'))
        return ()

    def table(self, key: str) -> "Table":
        value = self.data.get(key, {})
        if isinstance(value, dict):
            return Table(value, (*self.path, key), self.document)
        self._wrong(key, _("Write a table: lines of key = value."))
        return Table({}, self.path, self.document)

    def tables(self, key: str) -> tuple["Table", ...]:
        value = self.data.get(key, [])
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            return tuple(
                Table(one, (*self.path, key, place), self.document)
                for place, one in enumerate(value)
            )
        self._wrong(key, _("Write a list of tables, such as [{ ... }, { ... }]."))
        return ()

    def text(self, languages: tuple[str, ...]) -> Text:
        """This table as words in every language that the questionnaire has."""
        self.only(languages)
        for language in languages:
            if language not in self.data:
                self.blame(
                    None,
                    _("The text in “%(language)s” is missing.")
                    % {"language": language},
                    _("Add a line %(language)s = “…”.") % {"language": language},
                )
        present = [language for language in languages if language in self.data]
        words = tuple((language, self.words(language)) for language in present)
        return Text(words or ((languages[0], ""),))

    def _wrong(self, key: str, fix: str) -> None:
        if key in self.data:
            what = _("The value of “%(key)s” cannot be used.")
        else:
            what = _("“%(key)s” is missing.")
        self.blame(key, what % {"key": key}, fix)


def nearest(given: str, known: Iterable[str]) -> str:
    """What somebody probably meant, or else everything there is."""
    known = list(known)
    if close := difflib.get_close_matches(given, known, n=1):
        return _("Did you mean “%(name)s”?") % {"name": close[0]}
    return _("Choose from: %(names)s.") % {"names": ", ".join(known) or "–"}


def _is_words(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_value(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)
