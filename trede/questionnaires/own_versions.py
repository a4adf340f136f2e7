"""How a municipality's own versions are called: the number, and its code behind it.

Trede may ship a next version of the same questionnaire, and another municipality may
make one. No two of them can have one name, so that in a dataset, a codebook or a file
that somebody sends, it is always plain whose words were asked.
"""

from trede.accounts.models import Municipality

# Stands in no number that is typed and in no code of a municipality.
_SIGN = "@"


def own_version(number: str, town: Municipality) -> str:
    return f"{number_of(number)}{_SIGN}{town.code}"


def number_of(version: str) -> str:
    """Without whose it is."""
    return version.partition(_SIGN)[0]


def next_number(version: str, taken: frozenset[str]) -> str:
    """For other words instead of that version: of one's own a number higher, of what
    is there for all a number behind it."""
    head, dot, last = number_of(version).rpartition(".")
    if _SIGN in version and last.isdecimal():
        stem, number = head + dot, int(last) + 1
    else:
        stem, number = f"{number_of(version)}.", 1
    used = {number_of(one) for one in taken}
    while f"{stem}{number}" in used:
        number += 1
    return f"{stem}{number}"
