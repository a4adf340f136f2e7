"""The words that come with Trede in other languages, and Dutch in simple words."""

import re

import pytest

from trede.questionnaires.definition import texts_of
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.questionnaires.translations import (
    ShippedWords,
    in_every_language,
    shipped_words,
)
from trede.questionnaires.wording import missing_in

SIMPLE = "nl-x-a2"
# Names that stand on letters of the municipality; simpler words would hide them.
ALLOWED = {"geregistreerd", "discriminatie"}


def simple_words() -> dict[str, str]:
    (simple,) = [each for each in shipped_words() if each.language == SIMPLE]
    return dict(simple.words)


@pytest.mark.parametrize("code", shipped_codes())
def test_every_text_is_there_in_simple_words(code: str) -> None:
    assert missing_in(in_every_language(shipped(code)), SIMPLE) == ()


def test_simple_words_are_other_words() -> None:
    same = [dutch for dutch, simple in simple_words().items() if dutch == simple]
    assert same == []


def test_simple_sentences_are_short_and_have_short_words() -> None:
    for dutch, simple in simple_words().items():
        for sentence in re.split(r"[.!?:]+", simple):
            words = re.findall(r"[^\W\d_]+", sentence)
            assert len(words) <= 10, (dutch, sentence)
            long_words = {word.lower() for word in words if len(word) > 12}
            assert long_words <= ALLOWED, dutch


@pytest.mark.parametrize("words", shipped_words(), ids=lambda words: words.language)
def test_a_language_translates_no_words_that_are_gone(words: ShippedWords) -> None:
    """A Dutch text that changed takes its translations along, or loses them."""
    known = {
        text.read_in("nl")
        for code in shipped_codes()
        for _, text in texts_of(shipped(code))
    }
    assert words.words.keys() <= known


def test_the_answer_that_a_text_names_is_one_that_can_be_chosen() -> None:
    """“Choose Never” is of no use where the answer is called otherwise."""
    for words in shipped_words():
        never = words.words.get("Nooit", "")
        for dutch, said in words.words.items():
            if "“Nooit”" in dutch:
                assert never in said, words.language
