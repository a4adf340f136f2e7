"""The words of a LimeSurvey survey become texts of ours, in every language it has.

A text that lacks a language gets the words of the base language there, so that nobody
sees an empty page; that, and what could not become words, is listed.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from trede.questionnaires.definition import Text
from trede.questionnaires.exchange.limesurvey_survey import Words
from trede.questionnaires.exchange.losses import Losses
from trede.questionnaires.exchange.plain_text import plain


@cache
def _fixed() -> Mapping[str, Mapping[str, str]]:
    """What LimeSurvey says of itself (yes, no, other) in the languages of a pilot."""
    path = Path(__file__).with_name("fixed_words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass
class Wording:
    languages: tuple[str, ...]
    losses: Losses
    _lacking: dict[str, dict[str, None]] = field(default_factory=dict)

    def text(self, words: Words, *, of: str) -> Text | None:
        """The text in every language, or none where the file says nothing at all."""
        said = {lang: self._plain(words.get(lang, ""), of) for lang in self.languages}
        filled = {language: one for language, one in said.items() if one}
        if not filled:
            return None
        instead = filled.get(self.languages[0]) or next(iter(filled.values()))
        for language in self.languages:
            if language not in filled:
                self._lacking.setdefault(of, {})[language] = None
        return Text(tuple((lang, filled.get(lang, instead)) for lang in self.languages))

    def text_or(self, words: Words, instead: str, *, of: str) -> Text:
        """A text that must be there; the code stands in where there are no words."""
        return self.text(words, of=of) or self.same(instead)

    def same(self, words: str) -> Text:
        return Text(tuple((language, words) for language in self.languages))

    def fixed(self, name: str) -> Text:
        """Words that LimeSurvey adds by itself; English where we lack the language."""
        known = _fixed()[name]
        return Text(
            tuple(
                (lang, known.get(lang) or known.get(lang.split("-")[0]) or known["en"])
                for lang in self.languages
            )
        )

    def list_what_lacks(self) -> None:
        for of, languages in self._lacking.items():
            self.losses.add(
                of,
                _("texts in: %(languages)s") % {"languages": ", ".join(languages)},
                _("The file has none; the words of the base language stand there."),
            )

    def _plain(self, marked: str, of: str) -> str:
        read = plain(marked)
        for placeholder in read.placeholders:
            self.losses.add(
                of,
                placeholder,
                _("Nothing is filled in by itself here: “…” stands in its place."),
            )
        for medium in read.media:
            self.losses.add(
                of,
                f"<{medium}>",
                _("Pictures and players stay behind. Add what it showed yourself."),
            )
        return read.words


def joined(*texts: Text | None, by: str = "\n") -> Text | None:
    """Several texts under each other, language by language."""
    there = [text for text in texts if text is not None]
    if len(there) < 2:
        return there[0] if there else None
    return Text(
        tuple(
            (language, by.join(text.read_in(language) for text in there))
            for language in there[0].languages
        )
    )
