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
