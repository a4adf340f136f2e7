"""Divides a name that stands in one column into its parts, and an address likewise.

A comma says that the surname comes first; without one, a word that can only stand
between the two (van, de, el) or the last word shows where the surname begins.
"""

import functools
import re
from dataclasses import dataclass, replace

from trede.people.naming import joined_name

PREFIX_WORDS = (
    "van von de der den het 't te ten ter tot in op aan bij onder over uit voor "
    "d' da do dos das di du des del della la le les el al ben bin ibn abu af zu zum "
    "vom 's v.d. vd v/d v"
)
PREFIXES = frozenset(PREFIX_WORDS.split())
# These begin a surname of their own, written apart: never taken off its front.
OWN_WORDS = "el al ben bin ibn abu la le les da di du del"
PART_OF_SURNAME = frozenset(OWN_WORDS.split())
INITIALS = re.compile(r"(?:[A-ZÀ-Ž][a-z]{0,2}\.[ ]?)+|[A-Z]{1,4}")
POSTCODE = re.compile(r"\b([1-9]\d{3})\s?([A-Za-z]{2})\b")
# A street may carry a year: Plein 1944.
STREET = re.compile(
    r"(.*?\D(?: 1[89]\d\d(?= +\d))?)[ ,]+(\d{1,5})(?:[ -]*([A-Za-z0-9][\w \-/]{0,9}))?"
)
NUMBER = re.compile(r"(\d{1,5})\s*[-/ ]?\s*([A-Za-z0-9][\w \-/]{0,9})?")


@dataclass(frozen=True, slots=True)
class Name:
    surname: str = ""
    prefix: str = ""
    given_names: str = ""
    initials: str = ""

    def __str__(self) -> str:
        return joined_name(self.given_names or self.initials, self.prefix, self.surname)


@dataclass(frozen=True, slots=True)
class Address:
    street: str = ""
    house_number: str = ""
    house_addition: str = ""
    postcode: str = ""
    town: str = ""


def _is_prefix(word: str) -> bool:
    return word.casefold() in PREFIXES


def split_surname(surname: str) -> tuple[str, str]:
    """The prefix and the rest: "van den Bergh", "Bergh, van den", "Bergh van den"."""
    before, comma, after = surname.partition(",")
    if comma and all(_is_prefix(word) for word in after.split()):
        return after.strip(), before.strip()
    words = surname.split()
    first = 0
    # Only small letters: "Van Damme" and "El Idrissi" are whole surnames.
    while first < len(words) - 1 and words[first] in PREFIXES - PART_OF_SURNAME:
        first += 1
    if first:
        return " ".join(words[:first]), " ".join(words[first:])
    last = len(words)
    while last > 1 and words[last - 1] in PREFIXES - PART_OF_SURNAME:
        last -= 1
    return " ".join(words[last:]), " ".join(words[:last])


@functools.lru_cache(maxsize=1_000)
def split_name(text: str) -> Name:
    """A whole name in its parts."""
    left, comma, right = text.partition(",")
    if comma:
        return _surname_first(left.strip(), right.split())
    words = text.split()
    if len(words) < 2:
        return Name(surname=text)
    return _surname_last(words)


def _surname_first(surname: str, words: list[str]) -> Name:
    last = len(words)
    while last and _is_prefix(words[last - 1]):
        last -= 1
    own_prefix, rest = split_surname(surname)
    prefix = " ".join(words[last:]) or own_prefix
    return replace(_first(words[:last]), surname=rest, prefix=prefix)


def _surname_last(words: list[str]) -> Name:
    start = next(
        (place for place, word in enumerate(words) if place and word in PREFIXES),
        None,
    )
    if start is None and INITIALS.fullmatch(words[0]):
        start = next(
            (i for i, word in enumerate(words) if not INITIALS.fullmatch(word)),
            len(words) - 1,
        )
    start = len(words) - 1 if start is None else start
    prefix, surname = split_surname(" ".join(words[start:]))
    return replace(_first(words[:start]), surname=surname, prefix=prefix)


def _first(words: list[str]) -> Name:
    text = " ".join(words)
    if INITIALS.fullmatch(text) or all(INITIALS.fullmatch(word) for word in words):
        return Name(initials=text)
    return Name(given_names=text)


@functools.lru_cache(maxsize=1_000)
def split_address(text: str) -> Address:
    """Street, number, addition, postcode and town from one cell."""
    postcode = town = ""
    if found := POSTCODE.search(text):
        postcode, town = f"{found[1]} {found[2].upper()}", text[found.end() :]
        text = text[: found.start()]
    text = text.strip(" ,;\n")
    street = STREET.fullmatch(text)
    if street is None:
        return Address(text, postcode=postcode, town=town.strip(" ,;\n"))
    return Address(
        street[1].strip(" ,"),
        street[2],
        (street[3] or "").strip(),
        postcode,
        town.strip(" ,;\n"),
    )


def split_number(text: str) -> tuple[str, str]:
    """House number and addition: 12-A, 12 bis, 12a."""
    found = NUMBER.fullmatch(text.strip().removesuffix(".0"))
    return (found[1], (found[2] or "").strip()) if found else (text.strip(), "")
