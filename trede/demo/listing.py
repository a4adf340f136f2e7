"""The target list as the income department would send it: a file, not objects.

The demo imports this file through the same rules as any other list.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace

from trede.demo.identities import Identity, country_name
from trede.demo.people import Person, RegisterDate

TOWN = "Nijmegen"
GONE, MOVED = 6, 9  # so many left the list, so many live elsewhere now
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


def list_of_today(before: Sequence[Person], new: Sequence[Person]) -> list[Person]:
    """A newer list of the same people: some went, moved or came, two rows are wrong."""
    stay = list(before[GONE:])
    homes = [person.identity for person in new]
    moved = [_moved(one, home) for one, home in zip(stay[:MOVED], homes, strict=False)]
    return [*moved, *stay[MOVED:], *new, stay[-1], _mistyped(new[0])]


def _moved(person: Person, home: Identity) -> Person:
    who = replace(
        person.identity,
        street=home.street,
        house_number=home.house_number,
        postcode=home.postcode,
        quarter=home.quarter,
    )
    return replace(person, identity=who)


def _mistyped(person: Person) -> Person:
    """A BSN of which one digit is wrong does not pass its test."""
    bsn = person.identity.bsn
    wrong = bsn[:-2] + str((int(bsn[-2]) + 1) % 10) + bsn[-1]
    return replace(person, identity=replace(person.identity, bsn=wrong))


def as_csv(people: Iterable[Person]) -> bytes:
    """A file with semicolons, as a Dutch spreadsheet program writes it."""
    rows = [as_row(person) for person in people]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
