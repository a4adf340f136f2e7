"""The words of the letters that go to candidates, per language.

They stand in a file and not in the program, so that a municipality can put its own in
their place and a translator can add a language.
"""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "letter_texts"
FALLBACK = "nl"


@dataclass(frozen=True, kw_only=True)
class InvitationWords:
    direction: str
    date: str
    subject: str
    salutation: str
    paragraphs: list[str]
    lead: str
    remote_lead: str
    other: str
    after: list[str]
    closing: str
    signature: list[str]
    footer: str

    def filled(self, **words: str) -> "InvitationWords":
        """With the names and numbers of one person in the place of the braces."""
        return InvitationWords(
            **{
                field.name: _filled(getattr(self, field.name), words)
                for field in fields(self)
            }
        )


def invitation(language: str) -> tuple[str, InvitationWords]:
    """The language that the words are in, and the words."""
    texts = _texts("invitation")
    known = language if language in texts else FALLBACK
    return known, texts[known]


@cache
def _texts(name: str) -> dict[str, InvitationWords]:
    read = tomllib.loads((TEXTS / f"{name}.toml").read_text(encoding="utf-8"))
    return {language: InvitationWords(**words) for language, words in read.items()}


def _filled(text: Any, words: dict[str, str]) -> Any:
    if isinstance(text, list):
        return [_filled(each, words) for each in text]
    for name, word in words.items():
        text = text.replace("{" + name + "}", word)
    return text
