"""The words of a questionnaire in one more language, and what is still missing.

A text that equals the one in the language of writing counts as missing: copied words
look translated and are not. Names of countries are the exception, for many of them are
the same everywhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from trede.questionnaires.definition import (
    Kind,
    Part,
    Question,
    Questionnaire,
    Section,
    Text,
    texts_of,
)

# Where a text stands, as `texts_of` names it, and its words.
Words = Mapping[str, str]
T = TypeVar("T", Question, Section, Part)


def with_words(
    questionnaire: Questionnaire, language: str, words: Words
) -> Questionnaire:
    """The questionnaire with these words beside, or instead of, what it had."""
    languages = tuple(dict.fromkeys((*questionnaire.languages, language)))
    return replace(_put(questionnaire, _Putting(language, words)), languages=languages)


def in_original_only(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire as it was written, without any other language."""
    original = questionnaire.languages[0]
    return replace(_put(questionnaire, _Keeping(original, {})), languages=(original,))


def _put(questionnaire: Questionnaire, put: "_Putting") -> Questionnaire:
    return replace(
        questionnaire,
        title=put.text("title", questionnaire.title),
        parts=tuple(put.part(part) for part in questionnaire.parts),
        scores=tuple(
            replace(score, title=put.text(f"{score.code}.title", score.title))
            for score in questionnaire.scores
        ),
    )


def words_in(questionnaire: Questionnaire, language: str) -> dict[str, str]:
    """What there is in that language, by place."""
    said = ((place, dict(text.words)) for place, text in texts_of(questionnaire))
    return {place: words[language] for place, words in said if language in words}


def said_otherwise(questionnaire: Questionnaire, language: str) -> dict[str, str]:
    """The same without copies of the original, but for names."""
    original, names = questionnaire.languages[0], may_be_equal(questionnaire)
    return {
        place: dict(text.words)[language]
        for place, text in texts_of(questionnaire)
        if _is_there(text, language, original, may_be_equal=place in names)
    }


def without_copies(questionnaire: Questionnaire, words: Words) -> dict[str, str]:
    """Those words that say something of their own."""
    original = words_in(questionnaire, questionnaire.languages[0])
    names = may_be_equal(questionnaire)
    return {
        place: said.strip()
        for place, said in words.items()
        if said.strip() and (place in names or not is_copy(said, original[place]))
    }


def missing_in(questionnaire: Questionnaire, language: str) -> tuple[str, ...]:
    """Places of the person's own texts that have no words of this language yet."""
    original = questionnaire.languages[0]
    if language == original:
        return ()
    names = may_be_equal(questionnaire)
    return tuple(
        place
        for place, text in texts_for_person(questionnaire)
        if not _is_there(text, language, original, may_be_equal=place in names)
    )


def texts_for_person(questionnaire: Questionnaire) -> Iterator[tuple[str, Text]]:
    """What the person reads: the core, not what the coach fills in round it."""
    own = tuple(part for part in questionnaire.parts if part.by_person)
    yield from texts_of(replace(questionnaire, parts=own, scores=()))


def _is_there(text: Text, language: str, original: str, *, may_be_equal: bool) -> bool:
    said = dict(text.words)
    words = said.get(language, "").strip()
    return bool(words) and (may_be_equal or not is_copy(words, said[original]))


def is_copy(words: str, original: str) -> bool:
    """The same but for capitals and white space: nobody translated that."""
    return _tidied(words) == _tidied(original)


def _tidied(words: str) -> str:
    return " ".join(words.split()).casefold()


def may_be_equal(questionnaire: Questionnaire) -> frozenset[str]:
    """Places whose words may be the same in both languages: names of countries."""
    return frozenset(
        f"{question.code}.{option.value}"
        for question in questionnaire.questions
        if question.kind is Kind.COUNTRY
        for option in question.options
    )


class _Putting:
    """Puts words into every text of a questionnaire, by the place where it stands."""

    def __init__(self, language: str, words: Words) -> None:
        self.language, self.words = language, words

    def text(self, place: str, text: Text) -> Text:
        words = self.words.get(place, "").strip()
        if not words:
            return text
        return Text(tuple({**dict(text.words), self.language: words}.items()))

    def part(self, part: Part) -> Part:
        said = self._said(part.kind, part)
        return replace(said, sections=tuple(map(self.section, part.sections)))

    def section(self, section: Section) -> Section:
        said = self._said(section.code, section)
        return replace(said, questions=tuple(map(self.question, section.questions)))

    def question(self, question: Question) -> Question:
        options = tuple(
            replace(one, text=self.text(f"{question.code}.{one.value}", one.text))
            for one in question.options
        )
        return replace(self._said(question.code, question), options=options)

    def _said(self, where: str, piece: T) -> T:
        """The piece with its own texts replaced; each is named after its field."""
        said: dict[str, Any] = {
            one.name: self.text(f"{where}.{one.name}", value)
            for one in fields(piece)
            if isinstance(value := getattr(piece, one.name), Text)
        }
        return replace(piece, **said)


class _Keeping(_Putting):
    """Keeps one language of every text."""

    def text(self, place: str, text: Text) -> Text:
        return Text(((self.language, text.read_in(self.language)),))
