"""The words of an XLSForm in their languages.

A form names its languages as it likes (`Nederlands (nl)`, `English`, or not at all).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from trede.languages import LANGUAGES
from trede.questionnaires.definition import Text
from trede.questionnaires.exchange.plain_text import plain
from trede.questionnaires.exchange.xlsform_table import Row, Table

# What a form that names no language is taken to be written in.
ASSUMED = "nl"
_IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)\s*\)\s*$")
_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_OTHER_NAMES = {
    "français": "fr",
    "french": "fr",
    "deutsch": "de",
    "german": "de",
    "español": "es",
    "spanish": "es",
    "português": "pt",
    "portuguese": "pt",
    "russian": "ru",
    "farsi": "fa",
    "dari": "fa",
    "kurdish": "ku",
    "pashto": "ps",
    "amharic": "am",
    "swahili": "sw",
}
# Forms may stress words with marks that only another program understands.
_STRESS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_BRACES = re.compile(r"\{(\w+(?:\.\w+)?)\}")
# What no font shows and no file can hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def _without_braces(words: str) -> str:
    """In a questionnaire a word in braces is a place to fill in."""
    return _BRACES.sub(r"(\1)", words)


def language_code(written: str) -> str:
    """The code of a language as a form calls it; empty when it calls it nothing."""
    name = written.strip()
    if found := _IN_BRACKETS.search(name):
        return _small(found[1])
    known = {one.own_name.casefold(): one.code for one in LANGUAGES}
    known |= {one.english_name.casefold(): one.code for one in LANGUAGES}
    known |= _OTHER_NAMES
    if name.casefold() in known:
        return known[name.casefold()]
    if name.casefold() == "default":
        return ""
    return _small(name) if _CODE.fullmatch(name) else _slug(name)


def _small(code: str) -> str:
    first, *rest = code.split("-")
    return "-".join([first.lower(), *rest])


def _slug(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", name.lower()).strip("-")[:12].strip("-")


@dataclass
class Words:
    """Gives the texts of rows, base language first; remembers what was left out."""

    base: str
    languages: tuple[str, ...]
    # Our own files are taken to the letter.
    exact: bool
    # (row, what) of everything in the words that has no counterpart.
    left: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, tables: Iterable[Table], default: str, *, exact: bool) -> "Words":
        written = dict.fromkeys(
            one for table in tables for one in table.languages_of(("label", "hint"))
        )
        named = tuple(dict.fromkeys(filter(None, map(language_code, written))))
        base = language_code(default)
        left: list[tuple[str, str]] = []
        if not named and not base:
            why = _("the form does not say which it is; it is taken to be “%(code)s”")
            left.append((_("language"), why % {"code": ASSUMED}))
        if "" in written or not named:
            base = base or ASSUMED
        elif base not in named:
            base = named[0]
        return cls(base, tuple(dict.fromkeys((base, *named))), exact, left)

    def text(self, row: Row, column: str) -> Text | None:
        """The words of a column in every language that has them."""
        found: dict[str, str] = {}
        for written, words in row.words.get(column, {}).items():
            said = self.clean(words, f"{column}: {words[:80]}")
            code = language_code(written) or self.base
            if said and (written or code not in found):
                found[code] = said
        return self._in_order(found)

    def plain(self, words: str) -> Text:
        """The same words whatever the language: a name, a number."""
        said = _without_braces(words)
        return Text(tuple((language, said) for language in self.languages))

    def clean(self, words: str, what: str) -> str:
        """Without what only a web page could show, and without answers put in."""
        if self.exact:
            return _without_braces(_CONTROL.sub("", words)).strip()
        marked = words.replace("${", "{")
        if "<" in marked:
            marked = marked.replace("\n", "<br>")
        lines = [plain(line) for line in marked.split("\n")]
        if any(line.placeholders for line in lines):
            why = _("an earlier answer cannot be put into a text; “…” stands there")
            self.left.append((what, why))
        if any(line.media for line in lines):
            why = _("pictures and sound in a text stay behind")
            self.left.append((what, why))
        return _STRESS.sub(r"\2", "\n".join(filter(None, (one.words for one in lines))))

    def _in_order(self, found: Mapping[str, str]) -> Text | None:
        if not found:
            return None
        if self.base not in found:
            found = {self.base: next(iter(found.values())), **found}
        return Text(tuple((one, found[one]) for one in self.languages if one in found))
