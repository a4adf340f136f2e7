"""The words of a LimeSurvey survey become texts of ours, in every language it has.

A text that lacks a language gets the words of the base language there, so that nobody
sees an empty page; that, and what could not become words, is listed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from trede.questionnaires.definition import Text
from trede.questionnaires.exchange.fixed_words import fixed_words
from trede.questionnaires.exchange.limesurvey_survey import Words
from trede.questionnaires.exchange.losses import Losses
from trede.questionnaires.exchange.plain_text import plain

# As long as a sitting keeps the name of its language.
_LONGEST_TAG = 12


@dataclass
class Wording:
    languages: tuple[str, ...]
    losses: Losses
    # In a file that was written here: what the languages were called.
    called: tuple[str, ...] = ()
    _lacking: dict[str, dict[str, None]] = field(default_factory=dict)

    @cached_property
    def tags(self) -> Mapping[str, str]:
        """Our own, shorter names of the languages that the file speaks of."""
        called = self.called
        if len(set(called)) != len(self.languages) or len(called) != len(set(called)):
            called = self.languages
        found: dict[str, str] = {}
        for language, name in zip(self.languages, called, strict=True):
            tag = re.sub(r"[^A-Za-z0-9-]", "", name)[:_LONGEST_TAG].strip("-")
            while not tag or tag in found.values():
                tag = f"x-{len(found) + 1}"
            found[language] = tag
        return found

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
        return Text(
            tuple((tag, filled.get(lang, instead)) for lang, tag in self.tags.items())
        )

    def text_or(self, words: Words, instead: str, *, of: str) -> Text:
        """A text that must be there; the code stands in where there are no words."""
        return self.text(words, of=of) or self.same(instead)

    def same(self, words: str) -> Text:
        """A code or a number, which is the same in every language."""
        words = plain(words).words or "–"
        return Text(tuple((tag, words) for tag in self.tags.values()))

    def fixed(self, name: str) -> Text:
        """Words that LimeSurvey adds by itself; English where we lack the language."""
        said = dict(fixed_words(name, self.languages).words)
        return Text(tuple((tag, said[language]) for language, tag in self.tags.items()))

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
