"""The words of an appointment, for the person: on their own page and in a reminder.

They stand in files and not in the program, so that a municipality can put its own in
their place and a translator can add a language.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from django.utils import timezone

from trede.contact.letter_texts import Specimen, letter_of
from trede.contact.models import Appointment
from trede.contact.sending import Words
from trede.contact.specimens import nobody, page_of_nobody
from trede.documents.translated import ORIGINAL, Said, long_date, weekday
from trede.documents.typesetting import qr_code
from trede.formats.telephone import telephone_shown
from trede.languages import language_of
from trede.people.details import address_lines
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules

TEXT = Path(__file__).parent / "appointment_texts" / "appointment.toml"


@dataclass(frozen=True, kw_only=True)
class AppointmentWords:
    title: str
    none: str
    when: str
    another_time: str
    cancel: str
    no_reason: str
    choose: str
    confirm: str
    back: str
    no_other: str
    taken: str
    moved: str
    cancelled: str
    come_after_all: str
    stands: str
    by_machine: str
    date: str
    sms: str
    sms_call: str
    sms_link: str
    subject: str
    salutation: str
    paragraphs: list[str]
    call: list[str]
    online: list[str]
    scan: str
    picture: str
    closing: str
    signature: list[str]
    footer: str


def words_in(language: str, rules: Rules) -> Said[AppointmentWords]:
    return letter_of(AppointmentWords, TEXT, language, rules)


def day_and_time(starts_at: datetime, language: str) -> dict[str, str]:
    begin = timezone.localtime(starts_at)
    return {"day": long_date(begin.date(), language), "time": f"{begin:%H.%M}"}


class Dated(Protocol):
    """Words that tell when somebody meets."""

    @property
    def when(self) -> str: ...


D = TypeVar("D", bound=Dated)


def when_told(starts_at: datetime, said: Said[D]) -> str:
    """With the day of the week first: that is what people go by."""
    words = said.filled(**day_and_time(starts_at, said.language))
    day = weekday(timezone.localtime(starts_at).date(), said.language)
    return f"{day} {words.when}"


def place_of(
    appointment: Appointment, rules: Rules, said: Said[AppointmentWords]
) -> str:
    """In the person's language where it has a word for it, with the Dutch beside it:
    that is what stands on the door."""
    known = {one.code: one.label for one in rules.locations}
    label = known.get(appointment.location, appointment.location)
    theirs = said.words.of(label) if said.words else ""
    return theirs or label


def as_sms(appointment: Appointment, language: str, link: str) -> Words:
    def words(address: str) -> str:
        texts = _filled(appointment, words_in(language, _rules(appointment)), address)
        return f"{texts.sms} {texts.sms_link if link else texts.sms_call}"

    return Words("", words(link), words("…"))


def as_email(appointment: Appointment, language: str, link: str) -> Words:
    said = words_in(language, _rules(appointment))

    def words(address: str) -> str:
        texts = _filled(appointment, said, address)
        asked = [*texts.online, address] if link else texts.call
        signed = "\n".join([texts.closing, *texts.signature])
        return "\n\n".join([texts.salutation, *texts.paragraphs, *asked, signed])

    subject = _filled(appointment, said, "").subject
    return Words(subject, words(link), words("…"))


def as_letter(
    appointment: Appointment, language: str, on: date, link: str
) -> dict[str, object]:
    """What `letter.typ` takes."""
    rules = _rules(appointment)
    said = words_in(language, rules)
    content = _letter(appointment, said, rules, on, link)
    if said.dutch_beside:
        dutch = words_in(ORIGINAL, rules)
        content["dutch"] = _letter(appointment, dutch, rules, on, link)
    return content


def specimen(of: Specimen) -> dict[str, object]:
    """The letter as it is printed, for nobody, in a week at ten o'clock."""
    on = timezone.localdate(of.at)
    begin = datetime.combine(on + timedelta(days=7), time(10))
    places = rules_of(of.pilot).locations
    appointment = Appointment(
        person=nobody(of),
        pilot=of.pilot,
        staff=of.by,
        starts_at=timezone.make_aware(begin),
        location=places[0].code if places else "",
    )
    return as_letter(appointment, of.language, on, page_of_nobody())


def _letter(
    appointment: Appointment,
    said: Said[AppointmentWords],
    rules: Rules,
    on: date,
    link: str,
) -> dict[str, object]:
    texts, person = _filled(appointment, said, link), appointment.person
    page = {
        "address": link,
        "qr": qr_code(link),
        "alt": texts.picture,
        "scan": texts.scan,
    }
    return {
        "language": said.language,
        "direction": language_of(said.language).direction,
        "made_on": on.isoformat(),
        "municipality": f"Gemeente {rules.pilot.municipality}",
        "sender": [rules.pilot.name, _telephone(appointment, rules)],
        "address": [person.full_name, *address_lines(person)],
        "facts": [[texts.date, long_date(on, said.language)]],
        "subject": texts.subject,
        "salutation": texts.salutation,
        "paragraphs": [*texts.paragraphs, *(texts.online if link else texts.call)],
        "page": page if link else None,
        "closing": texts.closing,
        "signed": texts.signature,
        "footer": texts.footer,
    }


def _filled(
    appointment: Appointment, said: Said[AppointmentWords], link: str
) -> AppointmentWords:
    rules = _rules(appointment)
    return said.filled(
        **day_and_time(appointment.starts_at, said.language),
        name=appointment.person.full_name,
        coach=appointment.staff.name,
        place=place_of(appointment, rules, said),
        telephone=_telephone(appointment, rules),
        town=rules.pilot.municipality,
        municipality=rules.pilot.municipality,
        link=link,
    )


def _telephone(appointment: Appointment, rules: Rules) -> str:
    number = appointment.staff.telephone or rules.pilot.help_telephone
    return telephone_shown(number)


def _rules(appointment: Appointment) -> Rules:
    return rules_of(appointment.pilot)
