"""Every text of a questionnaire with where it is read, for who translates it.

A translator needs to know whether words are a question, an answer to one, or a heading,
and what belongs together. Texts that only the coach reads are told apart: a person
never meets them, so they do not hold a language back.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from trede.questionnaires.definition import Questionnaire, texts_of
from trede.questionnaires.library.describing import KINDS, PARTS
from trede.questionnaires.wording import (
    may_be_equal,
    missing_in,
    said_otherwise,
    texts_for_person,
    words_in,
)

GENERAL, SCORES = "algemeen", "scores"

_WHAT = {
    "title": pgettext_lazy("what a text is", "heading"),
    "intro": pgettext_lazy("what a text is", "introduction"),
    "outro": pgettext_lazy("what a text is", "words at the end"),
    "text": pgettext_lazy("what a text is", "question"),
    "hint": pgettext_lazy("what a text is", "hint below the question"),
    "explanation": pgettext_lazy("what a text is", "explanation when asked"),
    "low": pgettext_lazy("what a text is", "at 0 on the scale"),
    "high": pgettext_lazy("what a text is", "at 10 on the scale"),
}
_READERS = {str(part): reader for part, reader in PARTS.items()}
_ANSWER = pgettext_lazy("what a text is", "answer")


@dataclass(frozen=True)
class Placed:
    """One text: where it stands, what it is, and its words in both languages."""

    place: str
    group: str
    original: str
    words: str
    use: str
    for_person: bool
    missing: bool
    may_be_equal: bool


@dataclass(frozen=True)
class Group:
    """What is translated together: a section, or what stands round the sections."""

    code: str
    title: str
    texts: tuple[Placed, ...]

    @property
    def missing(self) -> int:
        return sum(text.missing for text in self.texts)


def placed(questionnaire: Questionnaire, language: str) -> list[Placed]:
    """In reading order, with the words of that language where there are any."""
    original = questionnaire.languages[0]
    owners = dict(_owners(questionnaire))
    for_person = {place for place, _text in texts_for_person(questionnaire)}
    missing = set(missing_in(questionnaire, language))
    names = may_be_equal(questionnaire)
    there = said_otherwise(questionnaire, language)
    if language == original:
        there = words_in(questionnaire, language)
    return [
        Placed(
            place=place,
            group=owners[_owner(place)][0],
            original=text.read_in(original),
            words=there.get(place, ""),
            use=_use(place, owners[_owner(place)]),
            for_person=place in for_person,
            missing=place in missing,
            may_be_equal=place in names,
        )
        for place, text in texts_of(questionnaire)
    ]


def groups(questionnaire: Questionnaire, language: str) -> list[Group]:
    titles = {GENERAL: _("Title, welcome and thanks"), SCORES: _("Scale scores")}
    original = questionnaire.languages[0]
    for part in questionnaire.parts:
        for section in part.sections:
            titles[section.code] = section.title.read_in(original)
    found: dict[str, list[Placed]] = {}
    for text in placed(questionnaire, language):
        found.setdefault(text.group, []).append(text)
    return [Group(code, titles[code], tuple(texts)) for code, texts in found.items()]


def groups_to_reword(questionnaire: Questionnaire) -> list[Group]:
    """All but the names of countries, which nobody rewords."""
    names = may_be_equal(questionnaire)
    found = []
    for group in groups(questionnaire, questionnaire.languages[0]):
        texts = tuple(text for text in group.texts if text.place not in names)
        found.append(replace(group, texts=texts))
    return found


def _owner(place: str) -> tuple[str, bool]:
    """The code before the dot; a question may have the code of a section or score."""
    code, _dot, name = place.partition(".")
    return code, name in ("title", "intro", "outro") or not name


def _owners(
    questionnaire: Questionnaire,
) -> Iterator[tuple[tuple[str, bool], tuple[str, str]]]:
    """For the owner of a text: its group, and the kind of question, if it is one."""
    yield ("title", True), (GENERAL, "")
    for score in questionnaire.scores:
        yield (score.code, True), (SCORES, "")
    for part in questionnaire.parts:
        yield (str(part.kind), True), (GENERAL, "")
        for section in part.sections:
            yield (section.code, True), (section.code, "")
            for question in section.questions:
                kind = str(KINDS[question.kind])
                yield (question.code, False), (section.code, kind)


def _use(place: str, owner: tuple[str, str]) -> str:
    code, _dot, name = place.partition(".")
    kind = owner[1]
    if not kind:
        reader = str(_READERS.get(code, code)) if name else ""
        return f"{_WHAT[name]} ({reader})" if reader else str(_WHAT["title"])
    if name in _WHAT:
        return f"{_WHAT[name]} ({code}, {kind})"
    return f"{_ANSWER} ({code} = {name})"
