"""What a person can be searched by, without anything readable in the database.

A blind index is a keyed digest (HMAC, with a key of its own that does not rotate with
the field keys). Kind and municipality are part of what is digested, so that equal
digests never link two municipalities. One can search by BSN, telephone, the start of
any part of a name (three to six letters; longer starts are compared after
decrypting), and duplicates and households are found by name with birth date and by
address.
"""

import hmac
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

import phonenumbers
from django.conf import settings

from trede.people.models import SearchKey

Kind = SearchKey.Kind

SHORTEST, LONGEST = 3, 6
# As many as a database keeps in one number: small, quick, and the chance that two
# texts share one is nil for any municipality.
DIGEST_BYTES = 8
# Letters that do not fall apart into a letter and a mark.
_PLAIN = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
)
_BETWEEN = re.compile(r"[^\w]+|_")
_DUTCH_NUMBER = re.compile(r"(?:0|\+31|0031)([1-9]\d{8})")


class Searchable(Protocol):
    """A person, or the details of one who is not registered yet."""

    @property
    def bsn(self) -> str: ...
    @property
    def given_names(self) -> str: ...
    @property
    def name_prefix(self) -> str: ...
    @property
    def surname(self) -> str: ...
    @property
    def birth_date(self) -> str: ...
    @property
    def postcode(self) -> str: ...
    @property
    def house_number(self) -> str: ...
    @property
    def telephone(self) -> str: ...


def folded(text: str) -> str:
    """Without case and diacritics: Yıldız and YILDIZ are both yildiz."""
    if text.isascii():
        return text.lower()
    apart = text
    for _again in range(2):  # a letter may only show its capital once it fell apart
        apart = unicodedata.normalize("NFKD", apart).casefold()
    apart = unicodedata.normalize("NFKD", apart)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.translate(_PLAIN)


def parts(name: str) -> list[str]:
    """The parts of a name, folded: El-Amrani has two."""
    return [part for part in _BETWEEN.split(folded(name)) if part]


def telephone(text: str) -> str:
    """The number as +31612345678; empty when it cannot be one."""
    digits = re.sub(r"[\s().-]", "", text)
    dutch = _DUTCH_NUMBER.fullmatch(digits)
    if dutch:
        return f"+31{dutch[1]}"
    try:
        number = phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def digest(kind: str, municipality_id: int, text: str) -> int:
    message = f"{municipality_id}|{kind}|{text}".encode()
    whole = hmac.digest(settings.INDEX_KEY, message, "sha256")
    return int.from_bytes(whole[:DIGEST_BYTES], signed=True)


def starts(part: str) -> Iterator[str]:
    """What a part of a name is found by; a part shorter than three letters whole."""
    if len(part) < SHORTEST:
        yield part
    for length in range(SHORTEST, min(len(part), LONGEST) + 1):
        yield part[:length]


# Of names only, which many share: remembering what is anybody's own takes room for
# nothing.
@lru_cache(maxsize=20_000)
def _digests_of_starts(part: str, municipality_id: int) -> tuple[int, ...]:
    return tuple(digest(Kind.NAME, municipality_id, start) for start in starts(part))


def name_and_birth(person: Searchable) -> str:
    """First given name, surname and birth date; empty when one of them is unknown."""
    given, surname = parts(person.given_names)[:1], parts(person.surname)
    if not given or not surname or not person.birth_date:
        return ""
    return f"{given[0]} {''.join(surname)} {person.birth_date}"


def address(person: Searchable) -> str:
    if not person.postcode or not person.house_number:
        return ""
    return "".join(parts(f"{person.postcode}{person.house_number}"))


def keys_of(person: Searchable, municipality_id: int) -> set[tuple[str, int]]:
    """Every kind and digest that this person is found by."""
    keys = {
        (Kind.NAME.value, start)
        for word in parts(f"{person.given_names} {person.surname}")
        for start in _digests_of_starts(word, municipality_id)
    }
    whole = (
        (Kind.BSN, person.bsn),
        (Kind.TELEPHONE, telephone(person.telephone)),
        (Kind.NAME_AND_BIRTH, name_and_birth(person)),
        (Kind.ADDRESS, address(person)),
    )
    for kind, text in whole:
        if text:
            keys.add((kind.value, digest(kind, municipality_id, text)))
    return keys
