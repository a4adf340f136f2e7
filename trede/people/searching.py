"""Finding a person by BSN, telephone number or (the start of) the parts of a name.

The database only sees digests; what is longer than these say is compared after
decrypting, so that nobody is shown who does not match. A birth date may be added to
narrow a name. Three letters fit thousands of a large municipality: no more people are
fetched than are shown, and the others are counted as far as that is of use.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Exists, OuterRef, Q, QuerySet

from trede.accounts.models import Municipality
from trede.people import blind_index
from trede.people.models import Person, SearchKey

Kind = SearchKey.Kind
AT_A_TIME = 500  # below the number of parameters that every database takes
MOST = 50  # people on one page: whoever finds more types more
COUNTED, LOOKED_AT = 1_000, 3_000  # others; and names that are compared
PARTICLE = 3  # "van", "den" and the like stand apart, and are not searched by
# A few first: of a name that many have, the page is full by then.
LOOKS = (0, 300, *range(1_000, LOOKED_AT + 1, 500))
NAMES = ("given_names", "name_prefix", "surname")
_BIRTH_DATE = re.compile(r"\b(\d{1,2})[-/](\d{1,2})[-/](\d{4})\b")
_ISO_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


@dataclass(frozen=True)
class Found:
    """A page of people, sorted by surname. `more` are the others; at least so many
    when they were not `counted` to the end."""

    people: list[Person]
    more: int = 0
    counted: bool = True


def find(people: QuerySet[Person], text: str, most: int = MOST) -> Found:
    """Those among `people` whom the text names.

    Nobody for an empty text, or for a start of less than three letters.
    """
    digits = re.sub(r"[\s.()+-]", "", text)
    if digits.isdigit() and len(digits) >= 8 and not _date_in(text):
        return Found(_sorted(_by_number(people, text, digits)))
    return _by_name(people, text, most)


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


def _by_name(people: QuerySet[Person], text: str, most: int) -> Found:
    born = _date_in(text)
    words = blind_index.parts(_ISO_DATE.sub(" ", _BIRTH_DATE.sub(" ", text)))
    if not words:
        return Found([])
    if born:
        year = Q(birth_year=int(born[:4])) | Q(birth_year=None)
        people = people.filter(year)
    longest = max(words, key=len)
    others = [one for one in words if one != longest and len(one) > PARTICLE]
    if not born and len(words) == 1 and len(longest) <= blind_index.LONGEST:
        return _first(_starting(people, [longest]), most)
    found = _compared(_starting(people, [longest, *others]), words, born, most)
    if others and not found.people:
        # A word that stands before the surname may be a long one.
        return _compared(_starting(people, [longest]), words, born, most)
    return found


def _starting(people: QuerySet[Person], words: list[str]) -> QuerySet[Person]:
    """Who has a part of the name that starts with the first word, and one for each
    other, in the order of the index: only so many are looked up as are taken."""
    towns = list(Municipality.objects.values_list("pk", flat=True))
    for number, word in enumerate(words):
        start = word[: blind_index.LONGEST]
        digests = [blind_index.digest(Kind.NAME, town, start) for town in towns]
        keys = SearchKey.objects.filter(digest__in=digests)
        if number:
            people = people.filter(Exists(keys.filter(person=OuterRef("pk"))))
        else:
            people = people.filter(search_keys__digest__in=digests)
    return people.order_by("search_keys__person")


def _first(rows: QuerySet[Person], most: int) -> Found:
    shown = list(rows[: most + 1])
    if len(shown) <= most:
        return Found(_sorted(shown))
    more = rows.values("pk")[most : most + COUNTED].count()
    return Found(_sorted(shown[:most]), more, counted=more < COUNTED)


def _compared(rows: QuerySet[Person], words: list[str], born: str, most: int) -> Found:
    """Names are decrypted and compared, a part at a time, until the page is full."""
    fitting: list[int] = []
    rows = rows.only(*NAMES, *(["birth_date"] if born else []))
    for start, end in pairwise(LOOKS):
        some = list(rows[start:end])
        fitting += [one.pk for one in some if _named(one, words, born)]
        ended = len(some) < end - start
        if ended or len(fitting) > most:
            break
    shown = Person.objects.filter(pk__in=fitting[:most])
    return Found(_sorted(shown), max(0, len(fitting) - most), counted=ended)


def _sorted(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (person.sort_name, person.pk))


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
