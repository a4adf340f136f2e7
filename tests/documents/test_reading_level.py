"""What people read at home is in plain Dutch (B1), and once more in simple words (A2).

Measured as the words of the questionnaires are: how long a sentence is, and a word.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pytest

import trede

HERE = Path(trede.__file__).parent
LETTERS = sorted(HERE.glob("*/*_texts/*.toml"))
SIMPLE = sorted(HERE.glob("*/*_texts/translations/nl-x-a2.toml"))
CONSENT = "consent_texts"
# Who checks a consent form asks for these very names, and a form sums up what it is on.
NAMES = {
    "discriminatie",
    "gediscrimineerd",
    "geboortedatum",
    "onderzoeksbureau",
    "participatiecoach",
    "participatieladder",
    "persoonsgegevens",
    "vrijwilligerswerk",
}


def texts(found: object) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, list | dict):
        for one in found.values() if isinstance(found, dict) else found:
            yield from texts(one)


def sentences(path: Path) -> list[list[str]]:
    """Their words; what is filled in counts as one."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    found = texts(told.get("words", told))
    filled_in = (re.sub(r"\{\w+\}", "naam", one) for one in found)
    split = (one for text in filled_in for one in re.split(r"[.!?:]+(?:\s|$)", text))
    words = [re.findall(r"[^\W\d_]+", sentence) for sentence in split]
    return [one for one in words if one]


def long_words(said: list[list[str]], longest: int) -> set[str]:
    every = {word.lower() for one in said for word in one if len(word) > longest}
    return every - NAMES


def named(path: Path) -> str:
    return path.relative_to(HERE).as_posix()


def test_every_letter_is_measured_in_both() -> None:
    folders = {path.parent for path in LETTERS}
    assert len(folders) >= 7
    assert {path.parent.parent for path in SIMPLE} == folders


@pytest.mark.parametrize("path", LETTERS, ids=named)
def test_a_letter_is_in_plain_dutch(path: Path) -> None:
    said = sentences(path)
    assert len(said) > 10
    assert [" ".join(one) for one in said if len(one) > 16] == []
    assert mean(map(len, said)) <= 8
    assert long_words(said, 14) == set()


@pytest.mark.parametrize("path", SIMPLE, ids=named)
def test_a_letter_in_simple_words_has_short_sentences_and_words(path: Path) -> None:
    most = 13 if path.parent.parent.name == CONSENT else 10
    said = sentences(path)
    assert len(said) > 10
    assert [" ".join(one) for one in said if len(one) > most] == []
    assert mean(map(len, said)) <= 6
    assert long_words(said, 12) == set()
