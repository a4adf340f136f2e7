"""Who somebody is and where they live, as it is typed or stands on a list.

Decides which details can be right: a BSN passes its check, a birth date exists (its
day or month may be unknown), a telephone number could be dialled. Everything is
tidied here once, so that the same person looks the same whatever way they came in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date

from django.conf.locale import LANG_INFO
from django.utils.functional import Promise
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from stdnum.nl import bsn as citizen_number

from trede.countries import country_name
from trede.formats.telephone import telephone_shown
from trede.people import blind_index
from trede.people.languages import language_name
from trede.people.models import Person

LONGEST_TEXT = 200
_BIRTH_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_TYPED_DATE = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_POSTCODE = re.compile(r"([1-9]\d{3})\s*([A-Za-z]{2})")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
EARLIEST_YEAR = 1900
SEXES = frozenset(Person.Sex.values)


@dataclass(frozen=True)
class PersonDetails:
    """All text; `birth_date` is ISO with zeros for what is unknown (1975-00-00)."""

    surname: str = ""
    given_names: str = ""
    name_prefix: str = ""
    bsn: str = ""
    birth_date: str = ""
    sex: str = Person.Sex.OTHER.value
    birth_country: str = ""
    language: str = ""
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    town: str = ""
    quarter: str = ""
    telephone: str = ""
    email: str = ""


LABELS: dict[str, Promise] = {
    "surname": _("Surname"),
    "given_names": _("Given names"),
    "name_prefix": _("Prefix of the surname"),
    "bsn": _("BSN"),
    "birth_date": _("Birth date"),
    "sex": pgettext_lazy("person", "Sex"),
    "birth_country": _("Country of birth"),
    "language": _("Language that the person speaks best"),
    "street": _("Street"),
    "house_number": _("House number"),
    "postcode": _("Postcode"),
    "town": _("Town"),
    "quarter": _("Quarter"),
    "telephone": _("Telephone"),
    "email": _("E-mail address"),
}
FIELDS = tuple(field.name for field in fields(PersonDetails))


def of(person: Person) -> PersonDetails:
    return PersonDetails(**{name: getattr(person, name) for name in FIELDS})


def tidied(details: PersonDetails) -> PersonDetails:
    """Spaces, the writing of BSN, postcode and telephone, all in one way."""
    tidy = {name: _in_one_line(getattr(details, name)) for name in FIELDS}
    digits = re.sub(r"[\s.-]", "", tidy["bsn"])
    # A spreadsheet drops a leading zero; fewer than eight digits is a mistake.
    tidy["bsn"] = digits.zfill(9) if len(digits) == 8 else digits
    found = _POSTCODE.fullmatch(tidy["postcode"])
    if found:
        tidy["postcode"] = f"{found[1]} {found[2].upper()}"
    tidy["telephone"] = blind_index.telephone(tidy["telephone"]) or tidy["telephone"]
    tidy["birth_country"] = tidy["birth_country"].upper()
    return replace(details, **tidy)


def _in_one_line(text: str) -> str:
    printable = text if text.isprintable() else _CONTROL.sub(" ", text)
    return " ".join(printable.split())


def shown(name: str, value: str) -> str:
    """A detail in the words of the screen."""
    if name == "birth_date":
        return in_dutch_order(value)
    if name == "sex":
        return str(Person.Sex(value).label)
    if name == "telephone":
        return telephone_shown(value)
    if name == "birth_country":
        return country_name(value)
    if name == "language" and value in LANG_INFO:
        return str(get_language_info(value)["name_translated"])
    if name == "language":
        return language_name(value)
    return value


def unknown(name: str, value: str) -> bool:
    return value in ("", Person.Sex.OTHER) if name == "sex" else value == ""


def address_lines(person: Person | PersonDetails) -> list[str]:
    """As on an envelope: street and number, postcode and town."""
    first = f"{person.street} {person.house_number}".strip()
    second = f"{person.postcode}  {person.town}".strip()
    return [line for line in (first, second) if line]


def birth_year(details: PersonDetails) -> int | None:
    year = details.birth_date[:4]
    return int(year) if year.isdigit() and int(year) else None


def in_dutch_order(birth_date: str) -> str:
    """1975-00-00 as people write it: 00-00-1975."""
    return "-".join(reversed(birth_date.split("-")))


def from_dutch_order(text: str) -> str:
    """What was typed (31-12-1975, 31/12/1975) as ISO; as it is if it is no date."""
    found = _TYPED_DATE.fullmatch(text.strip())
    if not found:
        return text.strip()
    day, month, year = found.groups()
    return f"{year}-{month:0>2}-{day:0>2}"


def mistakes(details: PersonDetails, on: date) -> Mapping[str, str | Promise]:
    """What cannot be right, by field, each with what to do; empty when all is well."""
    wrong: dict[str, str | Promise] = {}
    if not (details.surname or details.bsn):
        wrong["surname"] = _("Fill in a surname.")
    if details.bsn and not _could_be_bsn(details.bsn):
        wrong["bsn"] = _("This is not a BSN. Check the nine digits.")
    if details.birth_date and not _could_be_born(details.birth_date, on):
        wrong["birth_date"] = _(
            "This birth date does not exist. Write it as 31-12-1975;"
            " leave the day and month 00 if they are unknown."
        )
    if details.telephone and not blind_index.telephone(details.telephone):
        wrong["telephone"] = _("This is not a telephone number. Check the digits.")
    if details.email and not _EMAIL.fullmatch(details.email):
        wrong["email"] = _("This is not an e-mail address. It looks like a@b.nl.")
    wrong.update(_wrong_codes(details))
    return wrong


def _wrong_codes(details: PersonDetails) -> dict[str, str | Promise]:
    wrong: dict[str, str | Promise] = {}
    if details.sex not in SEXES:
        wrong["sex"] = _("Choose one of the given answers.")
    if details.birth_country and not re.fullmatch("[A-Z]{2}", details.birth_country):
        wrong["birth_country"] = _("Write the country as two letters, as in MA.")
    if len(details.language) > 8:
        wrong["language"] = _("Write the language as its code, as in nl or ti.")
    for name in FIELDS:
        longest = 60 if name == "quarter" else LONGEST_TEXT
        if len(getattr(details, name)) > longest:
            wrong[name] = _("This is too long. Use at most %(most)d characters.") % {
                "most": longest
            }
    return wrong


def _could_be_bsn(text: str) -> bool:
    nine = len(text) == 9 and text.isdecimal()
    return nine and bool(citizen_number.is_valid(text))


def _could_be_born(text: str, on: date) -> bool:
    found = _BIRTH_DATE.fullmatch(text)
    if not found:
        return False
    year, month, day = (int(part) for part in found.groups())
    if not EARLIEST_YEAR <= year <= on.year:
        return False
    if month == 0:
        return day == 0
    try:
        return date(year, month, day or 1) <= on
    except ValueError:
        return False
