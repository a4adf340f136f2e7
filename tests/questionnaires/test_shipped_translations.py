"""The words that come with Trede: whole, in their own script, each answer another."""

import unicodedata

import pytest

from trede.languages import LANGUAGES
from trede.questionnaires.definition import Kind, Questionnaire
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.questionnaires.translations import in_every_language, shipped_words
from trede.questionnaires.wording import missing_in, texts_for_person

CODES = shipped_codes()
OTHERS = [language.code for language in LANGUAGES if language.code != "nl"]
# The name with which Unicode begins the names of the letters.
SCRIPTS = {"ar": "ARABIC", "fa": "ARABIC", "ti": "ETHIOPIC", "uk": "CYRILLIC"}


def whole(code: str) -> Questionnaire:
    return in_every_language(shipped(code))


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("code", CODES)
def test_every_text_for_a_person_is_there(code: str, language: str):
    assert missing_in(whole(code), language) == ()


@pytest.mark.parametrize("language", OTHERS)
def test_no_two_answers_to_a_question_read_the_same(language: str):
    for code in CODES:
        for question in whole(code).questions:
            if question.kind is Kind.COUNTRY or language not in question.text.languages:
                continue
            answers = [option.text.read_in(language) for option in question.options]
            assert len(set(answers)) == len(answers), (question.code, answers)


@pytest.mark.parametrize("language", SCRIPTS)
def test_each_text_is_in_the_script_of_its_language(language: str):
    for code in CODES:
        for place, text in texts_for_person(whole(code)):
            words = text.read_in(language)
            letters = [sign for sign in words if sign.isalpha()]
            own = [
                s for s in letters if unicodedata.name(s).startswith(SCRIPTS[language])
            ]
            # Names of Dutch schools and schemes stay in our letters.
            assert len(own) > len(letters) / 3, (place, words)


@pytest.mark.parametrize("language", ["tr", "pl", "so"])
def test_sentences_of_another_language_hold_no_dutch(language: str):
    dutch = {"het", "een", "niet", "uw", "wat", "voor", "met", "bent"}
    for code in CODES:
        for place, text in texts_for_person(whole(code)):
            words = set(text.read_in(language).lower().split())
            assert not words & dutch, (place, words & dutch)


@pytest.mark.parametrize("language", sorted(set(OTHERS) - {"nl-x-a2"}))
def test_numbers_in_a_text_are_the_same_numbers(language: str):
    """A scale that runs to ten in Dutch does not run to nine in Arabic."""
    for code in CODES:
        for place, text in texts_for_person(whole(code)):
            dutch, other = text.read_in("nl"), text.read_in(language)
            if _numbers(dutch):
                assert _numbers(other) <= _numbers(dutch), (place, other)


def _numbers(words: str) -> set[str]:
    return {word for word in "".join(c if c.isdigit() else " " for c in words).split()}


def test_no_file_has_words_that_nothing_asks_for():
    asked = {
        text.read_in("nl")
        for code in CODES
        for _place, text in texts_for_person(shipped(code))
    }
    for file in shipped_words():
        assert file.words.keys() <= asked, file.language


def test_a_machine_made_all_of_them_and_nobody_is_said_to_have_read_them():
    assert {file.language for file in shipped_words()} == set(OTHERS) - {"en"}
