"""The analysis as it stands in a run: its entries, and by which name each goes.

Every piece that can be withheld has a name that stays the same in every edition:
`estimate|satisfied|difference_1|paired_t`. Whoever judges and whoever blanks find the
pieces through this one list.
"""

from collections.abc import Iterator
from typing import cast

Json = dict[str, object]

# Of one outcome in one group: which fields are one piece, and go together.
LEVEL_PIECES: dict[str, tuple[str, ...]] = {
    "sizes": ("n", "n_missing"),
    "distribution": ("values", "before", "after"),
    "cells": ("cells",),
    "moments": ("mean_before", "mean_after", "sd_before", "sd_after"),
    "shares": ("share_before", "share_after"),
    "direction": ("up", "same", "down"),
}


def entries(holder: Json | None, key: str) -> list[Json]:
    """The entries of a list in the analysis; none when it is not there."""
    found = (holder or {}).get(key) or []
    return cast(list[Json], found)


def part(holder: Json, key: str) -> Json | None:
    """A part of the analysis that may be missing."""
    return cast(Json | None, holder.get(key))


def text(entry: Json, key: str) -> str:
    """A field as text, "" where there is none."""
    value = entry.get(key)
    return "" if value is None else str(value)


def count(entry: Json, key: str) -> int:
    """A field as a number of people, 0 where there is none."""
    value = entry.get(key)
    return int(value) if isinstance(value, int | float) else 0


def lines(analysis: Json) -> Iterator[Json]:
    """Every estimate of an outcome, those of the ladder among them."""
    yield from entries(analysis, "estimates")
    yield from entries(part(analysis, "ladder"), "estimates")


def line_key(line: Json) -> str:
    """Of an estimate."""
    names = (text(line, "outcome"), text(line, "contrast"), text(line, "method"))
    return "|".join(("estimate", *names))


def test_key(line: Json) -> str | None:
    """Of the test of an estimate whose value tells less than its test: a mean change in
    treads has the interval of a mean, and the p-value of a test on ranks."""
    ranks = text(line, "method").startswith("signed_rank")
    return (
        f"{line_key(line)}|test" if ranks and text(line, "type") == "ladder" else None
    )


def block_name(level: Json) -> str:
    """The contrast of an entry that names its group apart: `difference_1/treated`."""
    group = text(level, "group")
    contrast = text(level, "contrast")
    return f"{contrast}/{group}" if group else contrast


def level_key(level: Json, piece: str) -> str:
    """Of where people stood before and after: one of LEVEL_PIECES."""
    return "|".join(("outcome", text(level, "outcome"), block_name(level), piece))


def sensitivity_key(entry: Json) -> str:
    """Of another way to look at a primary outcome."""
    names = (text(entry, "outcome"), text(entry, "contrast"), text(entry, "way"))
    return "|".join(("sensitivity", *names))


def instrument_key(entry: Json) -> str:
    """Of a figure about the questions."""
    about = (text(entry, "scale"), text(entry, "outcome"), text(entry, "kind"))
    rest = (text(entry, "moment"), text(entry, "level"), text(entry, "method"))
    return "|".join(("instrument", *about, *rest))


def subgroup_key(entry: Json) -> str:
    """Of one way to divide the people, for one outcome."""
    names = (text(entry, "subgroup"), text(entry, "outcome"), text(entry, "contrast"))
    return "|".join(("subgroup", *names))


def precision_key(entry: Json) -> str:
    """Of the smallest change that could have been seen."""
    return "|".join(("precision", text(entry, "outcome"), block_name(entry)))


def time_key(entry: Json) -> str:
    """Of a curve."""
    return "|".join(("time", text(entry, "outcome"), text(entry, "group")))


def exits_key(entry: Json) -> str:
    """Of the ways in which people left."""
    return "|".join(("exits", text(entry, "outcome"), text(entry, "group")))


def attrition_key(row: Json) -> str:
    """Of one variable of who left beside who stayed."""
    return "|".join(("attrition", text(row, "name"), text(row, "moment")))


def reached_key(row: Json) -> str:
    """Of one thing that the list holds of who was reached."""
    return f"reached|{text(row, 'name')}"


def asked_in_key(entry: Json) -> str:
    """Of how many were asked at a moment in some circumstances."""
    return "|".join(("asked_in", text(entry, "moment"), text(entry, "level")))


def by_circumstance_key(entry: Json) -> str:
    """Of an outcome by the circumstances of both moments."""
    names = (text(entry, "outcome"), text(entry, "contrast"))
    return "|".join(("by_circumstance", *names))


def refused_key(entry: Json) -> str:
    """Of what could not be said."""
    names = (text(entry, "outcome"), text(entry, "contrast"), text(entry, "what"))
    return "|".join(("refused", *names))
