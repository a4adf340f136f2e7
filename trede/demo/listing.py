"""The target list as the income department would send it: a file, not objects.

The demo imports this file through the same rules as any other list.
"""

import csv
import io
from collections.abc import Iterable

from trede.demo.identities import country_name
from trede.demo.people import Person, RegisterDate

TOWN = "Nijmegen"
SEX = {"man": "M", "woman": "V"}


def _date(known: RegisterDate | None) -> str:
    return "" if known is None else str(known)


def as_row(person: Person) -> dict[str, str]:
    """One row under Dutch headings, as in such lists."""
    who = person.identity
    return {
        "BSN": who.bsn,
        "Voornamen": who.given_names,
        "Voorvoegsel": who.prefix,
        "Geslachtsnaam": who.surname,
        "Geboortedatum": _date(person.birth),
        "Geboorteland": country_name(person.birth_country),
        "Geslacht": SEX[person.sex],
        "Straat": who.street,
        "Huisnummer": who.house_number,
        "Postcode": who.postcode,
        "Woonplaats": TOWN,
        "Datum vestiging NL": _date(person.settled),
        "Uitkering sinds": _date(person.benefit_since),
        "Laatste contact": _date(person.last_contact),
        "Lopend traject": person.running_track,
        "Telefoon": who.telephone,
        "E-mail": who.email,
        "Wijk": who.quarter,
        "Statushouder": person.status_approach,
        "Taal": who.language_name,
    }


def as_csv(people: Iterable[Person]) -> bytes:
    """A file with semicolons, as a Dutch spreadsheet program writes it."""
    rows = [as_row(person) for person in people]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
