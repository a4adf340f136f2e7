"""The countries where people were born: by code, and by every name that is known.

The table joins the names of Unicode's CLDR with the codes of the Dutch register's
table 34.
"""

import csv
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("countries.csv")


@cache
def country_rows() -> tuple[dict[str, str], ...]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return tuple(csv.DictReader(table, delimiter=";"))


@cache
def _dutch_names() -> dict[str, str]:
    return {row["codes"]: row["names"].split("|")[0] for row in country_rows()}


def country_name(code: str) -> str:
    """The Dutch name; the code itself where there is no such country."""
    return _dutch_names().get(code, code)


@cache
def country_names() -> tuple[str, ...]:
    """The Dutch names of the countries of today, to choose from."""
    return tuple(
        sorted(name for code, name in _dutch_names().items() if len(code) == 2)
    )


def country_called(text: str) -> str | None:
    """The code of a country of today, by any of its names or its code; else None."""
    return _codes().get(text.strip().casefold())


@cache
def _codes() -> dict[str, str]:
    today = [row for row in country_rows() if len(row["codes"]) == 2]
    codes: dict[str, set[str]] = {}
    for row in today:
        for name in (row["codes"], *row["names"].split("|")):
            codes.setdefault(name.casefold(), set()).add(row["codes"])
    # A name of two countries is neither, unless it is what one of them is called.
    sure = {name: next(iter(those)) for name, those in codes.items() if len(those) == 1}
    return sure | {row["names"].split("|")[0].casefold(): row["codes"] for row in today}
