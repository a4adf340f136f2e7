"""The words of the letters that go to candidates.

They stand in files and not in the program, so that a municipality can put its own in
their place and a translator can add a language.
"""

from dataclasses import dataclass
from pathlib import Path

from trede.contact.letter_texts import letter_of
from trede.documents.translated import Said
from trede.pilots.rules import Rules

TEXTS = Path(__file__).parent / "letter_texts"


@dataclass(frozen=True, kw_only=True)
class InvitationWords:
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
    # Without these, as in an older text of a municipality, no code stands in it.
    scan: str = ""
    picture: str = ""


@dataclass(frozen=True, kw_only=True)
class ChoiceWords:
    """The page behind the code in the invitation."""

    title: str
    intro: str
    where: str
    when: str
    morning: str
    afternoon: str
    evening: str
    any_time: str
    language_lead: str
    interpreter: str
    yes: str
    no: str
    send: str
    not_now_lead: str
    not_now: str
    thanks: str
    we_call: str
    in_peace: str
    not_open: str
    call: str
    by_machine: str


@dataclass(frozen=True, kw_only=True)
class ConsentLetterWords:
    date: str
    subject: str
    salutation: str
    before: list[str]
    paragraphs: list[str]
    scan: str
    picture: str
    after: list[str]
    closing: str
    footer: str


INVITATION, CHOICE, CONSENT = (
    TEXTS / f"{name}.toml" for name in ("invitation", "choice", "consent")
)


# A third invitation and later ones are alike.
NUMBERS = 3


def invitation(language: str, rules: Rules, number: int = 1) -> Said[InvitationWords]:
    alike = min(number, NUMBERS)
    return letter_of(InvitationWords, INVITATION, language, rules, alike)


def consent_letter(language: str, rules: Rules) -> Said[ConsentLetterWords]:
    return letter_of(ConsentLetterWords, CONSENT, language, rules)
