"""The words of a reminder, per language: as a text message, an e-mail and a letter.

They stand in a file and not in the program, so that a municipality can put its own in
their place and a translator can add a language.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils import translation
from django.utils.formats import date_format

from trede.contact.sending import Words
from trede.people.details import address_lines
from trede.people.models import Person
from trede.pilots.rules import Rules

TEXT = Path(__file__).parent / "reminder_texts" / "reminder.toml"
FALLBACK = "nl"


@dataclass(frozen=True, kw_only=True)
class Texts:
    direction: str
    date: str
    sms: str
    sms_call: str
    sms_link: str
    subject: str
    salutation: str
    paragraphs: list[str]
    call: list[str]
    link: list[str]
    after: list[str]
    closing: str
    signature: list[str]
    footer: str


@dataclass(frozen=True)
class Filler:
    """The texts of a language with the names and numbers of one person."""

    person: Person
    rules: Rules
    language: str
    link: str | None = None

    @property
    def texts(self) -> Texts:
        return texts()[self.language]

    def filled(self, text: str, *, link: str | None = None) -> str:
        about = self.rules.pilot
        words = {
            "name": self.person.full_name,
            "municipality": about.municipality,
            "telephone": about.help_telephone,
            "pilot": about.name,
            "link": link if link is not None else self.link or "",
        }
        for name, word in words.items():
            text = text.replace("{" + name + "}", word)
        return text

    def lines(self) -> list[str]:
        asked = self.texts.link if self.link else self.texts.call
        return [*self.texts.paragraphs, *asked]


def language_of(person: Person) -> str:
    """The person's own where there are words in it."""
    return person.language if person.language in texts() else FALLBACK


def as_sms(filler: Filler) -> Words:
    texts = filler.texts
    second = texts.sms_link if filler.link else texts.sms_call
    text = f"{texts.sms} {second}"
    return Words("", filler.filled(text), filler.filled(text, link="…"))


def as_email(filler: Filler) -> Words:
    texts = filler.texts
    signed = "\n".join(texts.signature)
    text = "\n\n".join(
        [texts.salutation, *filler.lines(), *texts.after, f"{texts.closing}\n{signed}"]
    )
    subject = filler.filled(texts.subject)
    return Words(subject, filler.filled(text), filler.filled(text, link="…"))


def as_letter(filler: Filler, on: date) -> dict[str, object]:
    """What `letter.typ` takes."""
    texts, person = filler.texts, filler.person
    about = filler.rules.pilot
    with translation.override(filler.language):
        day = date_format(on, "j F Y")
    return {
        "language": filler.language,
        "direction": texts.direction,
        "made_on": on.isoformat(),
        "municipality": f"Gemeente {about.municipality}",
        "sender": [about.name, about.help_telephone],
        "address": [person.full_name, *address_lines(person)],
        "facts": [[texts.date, day]],
        "subject": filler.filled(texts.subject),
        "salutation": filler.filled(texts.salutation),
        "paragraphs": [filler.filled(line) for line in filler.lines()],
        "after": [filler.filled(line) for line in texts.after],
        "closing": texts.closing,
        "signed": [filler.filled(line) for line in texts.signature],
        "footer": filler.filled(texts.footer),
    }


@cache
def texts() -> dict[str, Texts]:
    read = tomllib.loads(TEXT.read_text(encoding="utf-8"))
    return {language: Texts(**words) for language, words in read.items()}
