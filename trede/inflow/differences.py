"""What a list says that differs from what Trede knows, per person.

What staff corrected stays: a value that the previous list told as well is no news. The
list may say less than is known, never make it less. A telephone number that somebody
gave to a member of staff is only replaced when a list had it from the beginning.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from django.conf import settings

from trede.inflow.listed import Listed, ListFacts, facts_of
from trede.inflow.models import Candidate
from trede.people.details import FIELDS, PersonDetails
from trede.people.models import Person

FACTS = tuple(ListFacts.__dataclass_fields__)
DIGEST = 4
UNTOLD = bytes(DIGEST)
NO_TRACK = "-"  # told that there is none; empty is: not told
# What people tell about themselves; the rest is the register's.
OWN = frozenset(("telephone", "email", "language", "quarter"))


@dataclass(frozen=True)
class Change:
    """One field: what stood there and what the list makes of it."""

    field: str
    was: str
    becomes: str


def told(one: Listed, municipality_id: int) -> bytes:
    """Four bytes per field, by a key, of what the list says; zeros where nothing."""
    keyed = blake2b(key=settings.INDEX_KEY, digest_size=DIGEST)
    return b"".join(
        _digest(keyed, f"{place}|{municipality_id}|{value}") if value else UNTOLD
        for place, value in enumerate(getattr(one.details, name) for name in FIELDS)
    )


def _digest(keyed: blake2b, text: str) -> bytes:
    own = keyed.copy()
    own.update(text.encode())
    return own.digest()


def changes_of_person(
    one: Listed, person: PersonDetails | Person, before: bytes, now: bytes
) -> list[Change]:
    """`before` and `now` are what the previous list and this one told."""
    changes = []
    for place, name in enumerate(FIELDS):
        was, becomes = str(getattr(person, name)), str(getattr(one.details, name))
        if not _is_told(name, becomes) or was == becomes:
            continue
        if before and _at(before, place) == _at(now, place):
            continue
        if _keeps(name, was, becomes, bool(before)):
            continue
        changes.append(Change(name, was, becomes))
    return changes


def changes_of_candidate(one: Listed, candidate: Candidate) -> list[Change]:
    known = facts_of(candidate)
    return [
        Change(name, _plain(name, getattr(known, name)), _plain(name, value))
        for name, value in one.facts.told().items()
        if name in FACTS and getattr(known, name) != value
    ]


def before_of(changes: Mapping[str, list[Change]]) -> dict[str, dict[str, list[str]]]:
    """For undoing: the fields of person and candidate as they were and became."""
    return {
        whose: {one.field: [one.was, one.becomes] for one in some}
        for whose, some in changes.items()
        if some
    }


def _keeps(name: str, was: str, becomes: str, told_before: bool) -> bool:
    if name in OWN and was and not told_before:
        return True
    return name == "birth_date" and bool(was) and _says_less(becomes, was)


def _says_less(birth_date: str, known: str) -> bool:
    """1975-00-00 beside 1975-03-12: the list knows less, but nothing else."""
    parts = zip(birth_date.split("-"), known.split("-"), strict=False)
    return all(part == other or not int(part) for part, other in parts)


def _is_told(name: str, value: str) -> bool:
    return value not in ("", Person.Sex.OTHER.value) if name == "sex" else bool(value)


def _at(digests: bytes, place: int) -> bytes:
    return digests[place * DIGEST : (place + 1) * DIGEST]


def _plain(name: str, value: object) -> str:
    """As text, for showing and keeping; yes and no are 1 and 0."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if name == "other_track" and value == "":
        return NO_TRACK
    return "" if value is None else str(value)
