"""Somebody on a target list, as Trede keeps them: who it is, and what else was told.

Decides how a row of the list becomes the details of a person and the facts that the
criteria need, and how both are put away until the list is read in.
"""

import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from functools import lru_cache

from trede.inflow.models import Candidate
from trede.inflow.reading.dates import PartialDate
from trede.inflow.reading.places import Place, read_country
from trede.inflow.reading.record import ListRecord
from trede.inflow.reading.values import fold
from trede.people.details import FIELDS, PersonDetails, tidied
from trede.people.models import Person

# As lists write the language somebody speaks; another one is kept as unknown.
LANGUAGES = {
    "nederlands": "nl",
    "engels": "en",
    "arabisch": "ar",
    "turks": "tr",
    "tigrinya": "ti",
    "somalisch": "so",
    "dari": "prs",
    "farsi": "fa",
    "perzisch": "fa",
    "pasjtoe": "ps",
    "berbers": "ber",
    "tamazight": "ber",
    "koerdisch": "ku",
    "sorani": "ckb",
    "amhaars": "am",
    "oekraiens": "uk",
    "pools": "pl",
    "russisch": "ru",
    "frans": "fr",
    "spaans": "es",
    "portugees": "pt",
    "duits": "de",
    "papiaments": "pap",
    "chinees": "zh",
    "mandarijn": "zh",
    "vietnamees": "vi",
    "urdu": "ur",
    "armeens": "hy",
    "servokroatisch": "sh",
    "bosnisch": "bs",
}
CODES = frozenset(LANGUAGES.values())
LONGEST_QUARTER = 60


@dataclass(frozen=True, slots=True)
class ListFacts:
    """What a list tells beside who somebody is. None and empty: not told.

    Dates are ISO text with zeros for what is unknown, as in `PersonDetails`.
    """

    born_in: str = ""
    benefit_since_on: str = ""
    settled_on: str = ""
    last_seen_on: str = ""
    other_track: str | None = None
    status_approach: bool | None = None

    def told(self) -> dict[str, object]:
        """What the list knows, as the fields of a candidate."""
        known: dict[str, object] = {
            name: value
            for name, value in asdict(self).items()
            if value is not None and (value != "" or name == "other_track")
        }
        if self.other_track is not None:
            known["other_track_known"] = True
        return known


@dataclass(slots=True)
class Listed:
    """One row that can be read in. `known` is the number of the person it is, or 0;
    `outcome` is what will become of the row."""

    row: int
    details: PersonDetails
    facts: ListFacts
    known: int = 0
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """The facts in the shape that the criteria ask for."""

    born_on: PartialDate | None
    birth_country: Place | None
    benefit_since_on: PartialDate | None
    settled_on: PartialDate | None
    last_contact_on: PartialDate | None
    status_approach: bool | None
    other_track: str | None


def listed(record: ListRecord) -> Listed:
    details = PersonDetails(
        surname=record.surname,
        given_names=record.given_names or record.initials,
        name_prefix=record.prefix,
        bsn=record.bsn,
        birth_date=date_text(record.born_on),
        sex=record.sex or Person.Sex.OTHER.value,
        birth_country=record.birth_country.code if record.birth_country else "",
        language=language_of(record.language),
        street=record.street,
        house_number=f"{record.house_number}{_addition(record.house_addition)}",
        postcode=record.postcode,
        town=record.town,
        quarter=record.quarter[:LONGEST_QUARTER],
        telephone=record.telephone or record.telephone_other,
        email=record.email,
    )
    return Listed(record.row, tidied(details), _facts(record))


def judged(facts: ListFacts, birth_date: str, birth_country: str) -> KnownFacts:
    """`birth_country` is used where the list did not say where somebody was born."""
    return KnownFacts(
        born_on=partial(birth_date),
        birth_country=read_country(facts.born_in or birth_country),
        benefit_since_on=partial(facts.benefit_since_on),
        settled_on=partial(facts.settled_on),
        last_contact_on=partial(facts.last_seen_on),
        status_approach=facts.status_approach,
        other_track=facts.other_track,
    )


def facts_of(candidate: Candidate) -> ListFacts:
    return ListFacts(
        born_in=candidate.born_in,
        benefit_since_on=candidate.benefit_since_on,
        settled_on=candidate.settled_on,
        last_seen_on=candidate.last_seen_on,
        other_track=candidate.other_track if candidate.other_track_known else None,
        status_approach=candidate.status_approach,
    )


def together(earlier: ListFacts, later: ListFacts) -> ListFacts:
    """What the later list does not tell is still known from before."""
    track, approach = later.other_track, later.status_approach
    return ListFacts(
        born_in=later.born_in or earlier.born_in,
        benefit_since_on=later.benefit_since_on or earlier.benefit_since_on,
        settled_on=later.settled_on or earlier.settled_on,
        last_seen_on=later.last_seen_on or earlier.last_seen_on,
        other_track=earlier.other_track if track is None else track,
        status_approach=earlier.status_approach if approach is None else approach,
    )


@lru_cache(maxsize=50_000)  # many share a day, and then the text of it too
def date_text(known: PartialDate | None) -> str:
    if known is None:
        return ""
    return f"{known.year:04d}-{known.month or 0:02d}-{known.day or 0:02d}"


@lru_cache(maxsize=50_000)
def partial(text: str) -> PartialDate | None:
    if not text:
        return None
    year, month, day = (int(number) for number in text.split("-"))
    return PartialDate(year, month or None, day or None) if year else None


def language_of(text: str) -> str:
    word = fold(text)
    return word if word in CODES else LANGUAGES.get(word.replace(" ", ""), "")


def put_away(people: Iterable[Listed]) -> bytes:
    return packed(
        [
            (
                one.row,
                [getattr(one.details, name) for name in FIELDS],
                [getattr(one.facts, name) for name in _FACTS],
                one.known,
                one.outcome,
            )
            for one in people
        ]
    )


def taken_out(content: bytes) -> list[Listed]:
    rows: list[_Row] = json.loads(zlib.decompress(content))
    return [
        Listed(row, PersonDetails(*details), ListFacts(*facts), known, outcome)
        for row, details, facts, known, outcome in rows
    ]


def packed(content: object) -> bytes:
    return zlib.compress(json.dumps(content, ensure_ascii=False).encode(), level=3)


_FactsTold = tuple[str, str, str, str, str | None, bool | None]
_Row = tuple[int, list[str], _FactsTold, int, str]
_FACTS = tuple(field.name for field in fields(ListFacts))


def _facts(record: ListRecord) -> ListFacts:
    return ListFacts(
        born_in=record.birth_country.given if record.birth_country else "",
        benefit_since_on=date_text(record.benefit_since_on),
        settled_on=date_text(record.settled_on),
        last_seen_on=date_text(record.last_contact_on),
        other_track=record.other_track,
        status_approach=record.status_approach,
    )


def _addition(text: str) -> str:
    return f" {text}" if text else ""
