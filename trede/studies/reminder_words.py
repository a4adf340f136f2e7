"""The words of a reminder: as a text message, an e-mail and a letter.

They stand in files and not in the program, so that a municipality can put its own in
their place and a translator can add a language.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from trede.contact.letter_texts import Specimen, letter_of
from trede.contact.sending import Words
from trede.contact.specimens import nobody, page_of_nobody
from trede.documents.translated import ORIGINAL, Said, long_date
from trede.documents.typesetting import qr_code
from trede.formats.telephone import telephone_shown
from trede.languages import language_of
from trede.people.details import address_lines
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules

# A second reminder of one wave and later ones are alike.
NUMBERS = 2
TEXT = Path(__file__).parent / "reminder_texts" / "reminder.toml"


@dataclass(frozen=True, kw_only=True)
class Texts:
    date: str
    sms: str
    sms_call: str
    sms_link: str
    subject: str
    salutation: str
    paragraphs: list[str]
    call: list[str]
    link: list[str]
    scan: str
    picture: str
    code: list[str]
    after: list[str]
    closing: str
    signature: list[str]
    footer: str


@dataclass(frozen=True)
class Link:
    """Where the questions open, and the last day on which they do. The code that is
    needed as well goes another way: it is told when the person calls."""

    address: str
    until: date


def texts_in(language: str, rules: Rules, number: int = 1) -> Said[Texts]:
    return letter_of(Texts, TEXT, language, rules, min(number, NUMBERS))


def as_sms(person: Person, rules: Rules, said: Said[Texts], link: Link | None) -> Words:
    def words(address: str) -> str:
        texts = _texts(person, rules, said, link, address)
        return f"{texts.sms} {texts.sms_link if link else texts.sms_call}"

    return Words("", words(link.address if link else ""), words("…"))


def as_email(
    person: Person, rules: Rules, said: Said[Texts], link: Link | None
) -> Words:
    def words(address: str) -> str:
        texts = _texts(person, rules, said, link, address)
        asked = [*texts.link, address, *texts.code] if link else texts.call
        signed = "\n".join(texts.signature)
        return "\n\n".join(
            [
                texts.salutation,
                *texts.paragraphs,
                *asked,
                *texts.after,
                f"{texts.closing}\n{signed}",
            ]
        )

    subject = _texts(person, rules, said, None, "").subject
    return Words(subject, words(link.address if link else ""), words("…"))


def as_letter(
    person: Person,
    rules: Rules,
    language: str,
    number: int,
    on: date,
    link: Link | None,
) -> dict[str, object]:
    """What `letter.typ` takes."""
    said = texts_in(language, rules, number)
    content = _letter(person, rules, said, on, link)
    if said.dutch_beside:
        dutch = texts_in(ORIGINAL, rules, number)
        content["dutch"] = _letter(person, rules, dutch, on, link)
    return content


def specimen(of: Specimen) -> dict[str, object]:
    """The letter as it is printed, for nobody, with a link that works four weeks."""
    on = timezone.localdate(of.at)
    link = Link(page_of_nobody(), on + timedelta(weeks=4))
    rules = rules_of(of.pilot, on)
    return as_letter(nobody(of), rules, of.language, of.number, on, link)


def _letter(
    person: Person, rules: Rules, said: Said[Texts], on: date, link: Link | None
) -> dict[str, object]:
    texts = _texts(person, rules, said, link, link.address if link else "")
    about = rules.pilot
    asked, after = (texts.link, texts.code) if link else (texts.call, [])
    return {
        "language": said.language,
        "direction": language_of(said.language).direction,
        "made_on": on.isoformat(),
        "municipality": f"Gemeente {about.municipality}",
        "sender": [about.name, telephone_shown(about.help_telephone)],
        "address": [person.full_name, *address_lines(person)],
        "facts": [[texts.date, long_date(on, said.language)]],
        "subject": texts.subject,
        "salutation": texts.salutation,
        "paragraphs": [*texts.paragraphs, *asked],
        "page": _page(texts, link) if link else None,
        "after": [*after, *texts.after],
        "closing": texts.closing,
        "signed": texts.signature,
        "footer": texts.footer,
    }


def _page(texts: Texts, link: Link) -> dict[str, str]:
    return {
        "address": link.address,
        "qr": qr_code(link.address),
        "alt": texts.picture,
        "scan": texts.scan,
    }


def _texts(
    person: Person, rules: Rules, said: Said[Texts], link: Link | None, address: str
) -> Texts:
    """With the names and numbers of one person."""
    about = rules.pilot
    return said.filled(
        name=person.full_name,
        municipality=about.municipality,
        town=about.municipality,
        telephone=telephone_shown(about.help_telephone),
        pilot=about.name,
        link=address,
        until=long_date(link.until, said.language) if link else "",
    )
