"""Recognises a country of birth, as the register, a person or a passport writes it.

A place that no longer exists, or whose name can mean two countries, keeps the codes
of all countries it may be today (ISO 3166-1); a rule then sees whether that matters.
"""

import functools
from dataclasses import dataclass

from trede.countries import country_rows
from trede.inflow.reading.values import fold

NOWHERE = frozenset(
    ("", "0000", "0", "onbekend", "unknown", "9999", "internationaal gebied", "nvt")
)


@dataclass(frozen=True, slots=True)
class Place:
    """A country as it was given, and which countries of today it can be."""

    given: str
    codes: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The one country it is for sure, or nothing."""
        return self.codes[0] if len(self.codes) == 1 else ""


@functools.cache
def known_names() -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    for row in country_rows():
        codes = tuple(row["codes"].split())
        own = codes if len(codes) == 1 else ()
        for name in (*own, *row["alpha3"].split(), *row["gba"].split()):
            known[fold(name)] = codes
        for name in row["names"].split("|"):
            known[fold(name)] = codes
    return known


@functools.lru_cache(maxsize=5_000)
def read_country(text: str) -> Place | None:
    """The place, with no codes when it is not recognised; nothing when unknown."""
    name = fold(text)
    if name in NOWHERE:
        return None
    if name.isdigit():
        name = name.zfill(4)
    return Place(text.strip(), known_names().get(name, ()))
