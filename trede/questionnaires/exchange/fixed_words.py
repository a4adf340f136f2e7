"""What other software says of itself (yes, no, other), in the languages of a pilot."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from trede.questionnaires.definition import Text


def fixed_words(name: str, languages: Iterable[str]) -> Text:
    """The words in each language; English where we lack one."""
    known = _words()[name]
    return Text(
        tuple(
            (lang, known.get(lang) or known.get(lang.split("-")[0]) or known["en"])
            for lang in languages
        )
    )


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    path = Path(__file__).with_name("fixed_words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
