"""The words of the page for participants, in the language that they read.

They stand in files, so that a municipality can put its own in their place and a
translator can add a language; each file says who vouches for it.
"""

from dataclasses import dataclass
from pathlib import Path

from trede.contact.letter_texts import letter_in_languages, letter_of
from trede.documents.translated import ORIGINAL, Said, missing
from trede.languages import in_order
from trede.pilots.rules import Rules

FOLDER = Path(__file__).parent.parent / "participant_texts"
TEXT = FOLDER / "page.toml"


@dataclass(frozen=True, kw_only=True)
class Texts:
    title: str
    intro: list[str]
    asked_title: str
    asked: list[str]
    who_title: str
    who: str
    who_hidden: str
    said_title: str
    nothing_said: str
    of_ten: str
    nearly_nobody: str
    nearly_everybody: str
    discriminated_any: str
    self_reliance_problem: str
    unpaid_in_return_not_opposed: str
    finds_volunteering: str
    changed_title: str
    changed_why: str
    tread: str
    went_up: str
    stayed: str
    went_down: str
    no_blame: str
    use_title: str
    use: list[str]
    call_title: str
    call: str
    stop: str
    thanks: str
    picture: str
    footer: str
    concept: str
    invented: str


def texts_in(language: str, rules: Rules) -> Said[Texts]:
    return letter_of(Texts, TEXT, language, rules)


def languages_there(rules: Rules) -> tuple[str, ...]:
    """Dutch, and every language that has all the words and is good enough here."""
    texts = letter_in_languages(Texts, TEXT, rules)
    whole = (code for code in texts.known if texts.said(code).language == code)
    return in_order(frozenset((ORIGINAL, *whole)))


def lost_words(language: str, rules: Rules) -> tuple[str, ...]:
    """What a language still lacks."""
    texts = letter_in_languages(Texts, TEXT, rules)
    known = texts.known.get(language)
    return missing(texts.dutch, known) if known else ()
