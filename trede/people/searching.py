"""Finding a person by BSN, telephone number or (the start of) the parts of a name.

The database only sees digests; what it returns is compared again after decrypting, so
that nobody is shown who does not match. A birth date may be added to narrow a name.
"""

import re
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from trede.accounts.models import Municipality
from trede.people import blind_index
from trede.people.models import Person, SearchKey

Kind = SearchKey.Kind
AT_A_TIME = 500  # below the number of parameters that every database takes
_BIRTH_DATE = re.compile(r"\b(\d{1,2})[-/](\d{1,2})[-/](\d{4})\b")
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def find(people: QuerySet[Person], text: str) -> list[Person]:
    """Those among `people` whom the text names, sorted by surname.

    Nobody for an empty text, or for a start of less than three letters.
    """
    digits = re.sub(r"[\s.()+-]", "", text)
    if digits.isdigit() and len(digits) >= 8 and not _date_in(text):
        found = _by_number(people, text, digits)
    else:
        found = _by_name(people, text)
    return sorted(found, key=lambda person: (person.sort_name, person.pk))


def by_bsn(*, municipality: Municipality, numbers: Iterable[str]) -> dict[str, int]:
    """The person's number for each BSN that is known, for whole lists at a time."""
    digests = {
        blind_index.digest(Kind.BSN, municipality.pk, number): number
        for number in numbers
    }
    known: dict[str, int] = {}
    for some in _in_parts(list(digests)):
        # No join with the person: who was merged away or erased has no keys.
        rows = SearchKey.objects.filter(digest__in=some)
        for person_id, digest in sorted(rows.values_list("person_id", "digest")):
            known.setdefault(digests[digest], person_id)
    return known


def having(
    people: QuerySet[Person], kind: SearchKey.Kind, text: str
) -> QuerySet[Person]:
    """Those among `people` with exactly this BSN, telephone number or address."""
    # Digests differ per municipality; `people` says whose one may see.
    digests = [
        blind_index.digest(kind, municipality_id, text)
        for municipality_id in Municipality.objects.values_list("pk", flat=True)
    ]
    keys = SearchKey.objects.filter(digest__in=digests)
    return people.filter(pk__in=keys.values("person"))


def _by_number(people: QuerySet[Person], text: str, digits: str) -> list[Person]:
    values = {Kind.BSN: digits.zfill(9), Kind.TELEPHONE: blind_index.telephone(text)}
    found = {
        person.pk: person
        for kind, value in values.items()
        if value
        for person in having(people, kind, value)
    }
    return list(found.values())


def _by_name(people: QuerySet[Person], text: str) -> list[Person]:
    born = _date_in(text)
    words = blind_index.parts(_ISO_DATE.sub(" ", _BIRTH_DATE.sub(" ", text)))
    if not words:
        return []
    # The longest word says most; the others are compared after decrypting.
    start = max(words, key=len)[: blind_index.LONGEST]
    rows = having(people, Kind.NAME, start)
    return [person for person in rows if _named(person, words, born)]


def _named(person: Person, words: list[str], born: str) -> bool:
    parts = blind_index.parts(
        f"{person.given_names} {person.name_prefix} {person.surname}"
    )
    named = all(any(part.startswith(word) for part in parts) for word in words)
    return named and (not born or person.birth_date == born)


def _date_in(text: str) -> str:
    iso, dutch = _ISO_DATE.search(text), _BIRTH_DATE.search(text)
    if iso:
        return iso[0]
    if dutch:
        day, month, year = dutch.groups()
        return f"{year}-{month:0>2}-{day:0>2}"
    return ""


def _in_parts(digests: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(digests), AT_A_TIME):
        yield digests[start : start + AT_A_TIME]
