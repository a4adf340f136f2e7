"""Who on a list is known already?

The same BSN is the same person. Without a BSN on one of the two sides, the same name
and a complete birth date are, if that is one person only and nothing speaks against
it. Whatever is less sure is shown to somebody who decides; until then the row waits.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from trede.accounts.models import Municipality
from trede.inflow.listed import Listed
from trede.people import blind_index, searching
from trede.people.details import PersonDetails
from trede.people.models import Person, SearchKey

T = TypeVar("T")
AT_A_TIME = 500
Kind = SearchKey.Kind


@dataclass(frozen=True)
class Match:
    """The person it is (0: nobody known), or those it may be."""

    known: int = 0
    perhaps: tuple[int, ...] = ()


def match(municipality: Municipality, people: Sequence[Listed]) -> list[Match]:
    """For each of the list, in the same order."""
    numbers = searching.by_bsn(
        municipality=municipality,
        numbers=[one.details.bsn for one in people if one.details.bsn],
    )
    names = [one for one in people if one.details.bsn not in numbers]
    alike = _of_the_same_name(municipality, names)
    return [
        Match(known=numbers[one.details.bsn])
        if one.details.bsn in numbers
        else _by_name(one.details, alike.get(id(one), []))
        for one in people
    ]


def in_parts(items: Sequence[T], size: int = AT_A_TIME) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _of_the_same_name(
    municipality: Municipality, people: Iterable[Listed]
) -> dict[int, list[Person]]:
    by_digest: dict[int, list[Listed]] = defaultdict(list)
    for one in people:
        if key := blind_index.name_and_birth(one.details):
            digest = blind_index.digest(Kind.NAME_AND_BIRTH, municipality.pk, key)
            by_digest[digest].append(one)
    found: dict[int, list[Person]] = defaultdict(list)
    for digests in in_parts(list(by_digest)):
        keys = SearchKey.objects.filter(
            digest__in=digests, person__merged_into=None, person__erased_at=None
        )
        for found_key in keys.select_related("person").order_by("person"):
            for one in by_digest[found_key.digest]:
                found[id(one)].append(found_key.person)
    return found


def _by_name(details: PersonDetails, alike: Sequence[Person]) -> Match:
    # Two different BSNs are two people, however alike their names.
    possible = [one for one in alike if not (one.bsn and details.bsn)]
    if len(possible) == 1 and _nothing_against(details, possible[0]):
        return Match(known=possible[0].pk)
    return Match(perhaps=tuple(one.pk for one in possible))


def _nothing_against(details: PersonDetails, person: Person) -> bool:
    unknown = Person.Sex.OTHER.value
    sexes = {details.sex, person.sex} - {unknown}
    return len(sexes) < 2 and not details.birth_date.endswith("-00")
