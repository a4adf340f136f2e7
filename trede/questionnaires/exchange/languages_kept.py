"""In which languages an instrument travels between programs.

Out goes every language in which a person can read all that they are asked; a few
words that happen to be known in a language are no translation. What comes in is filled
up with the words of the first language, so that nobody meets an empty page.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from trede.questionnaires.definition import Questionnaire, Text
from trede.questionnaires.wording import missing_in

T = TypeVar("T")


def in_whole_languages(whole: Questionnaire, written: Questionnaire) -> Questionnaire:
    """With the languages it was written in, and those with no gap for the person."""
    kept = tuple(
        language
        for language in whole.languages
        if language in written.languages or not missing_in(whole, language)
    )

    def only_kept(text: Text) -> Text:
        return Text(tuple(pair for pair in text.words if pair[0] in kept))

    return replace(_changed(whole, only_kept), languages=kept)


def filled(questionnaire: Questionnaire) -> Questionnaire:
    """Every text in every language, with the first one where a language has a gap."""

    def full(text: Text) -> Text:
        languages = questionnaire.languages
        return Text(tuple((language, text.read_in(language)) for language in languages))

    return _changed(questionnaire, full)


def _changed(piece: T, change: Callable[[Text], Text]) -> T:
    if is_dataclass(piece) and not isinstance(piece, type):
        held = {one.name: getattr(piece, one.name) for one in fields(piece)}
        return replace(piece, **{name: _each(it, change) for name, it in held.items()})
    return piece


def _each(value: object, change: Callable[[Text], Text]) -> object:
    if isinstance(value, Text):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_each(one, change) for one in value)
    return _changed(value, change)
