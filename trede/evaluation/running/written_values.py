"""Values out of a configuration, and a sentence for each that is not what it should
be: reading goes on, so that all mistakes are told at once.
"""

from collections.abc import Mapping
from difflib import get_close_matches


def refuse_unknown(
    data: Mapping[str, object], known: set[str], where: str, problems: list[str]
) -> None:
    for key in (one for one in data if one not in known):
        near = get_close_matches(key, known, n=1)
        meant = f' Did you mean "{near[0]}"?' if near else ""
        here = ", ".join(sorted(known))
        problems.append(f'"{where}{key}" is not known.{meant} Known here: {here}.')


def whole(
    data: Mapping[str, object],
    key: str,
    otherwise: int,
    least: int,
    problems: list[str],
) -> int:
    if key not in data:
        return otherwise
    value = data[key]
    if isinstance(value, int) and not isinstance(value, bool) and value >= least:
        return value
    problems.append(f'"{key}" must be a whole number of {least} or more.')
    return otherwise


def number(
    data: Mapping[str, object], key: str, where: str, problems: list[str]
) -> float | None:
    value = data.get(key)
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    problems.append(f"{where}{key} must be a number.")
    return None


def ends(
    data: Mapping[str, object], key: str, where: str, problems: list[str]
) -> tuple[float, float] | None:
    match data.get(key):
        case None:
            return None
        case [int() | float() as low, int() | float() as high] if low < high:
            return float(low), float(high)
    problems.append(f"{where}{key} must be [lowest, highest].")
    return None


def names(data: Mapping[str, object], key: str, problems: list[str]) -> tuple[str, ...]:
    value = data.get(key, [])
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    problems.append(f'"{key}" must be a list of column names.')
    return ()


def tables(
    data: Mapping[str, object], key: str, known: set[str], problems: list[str]
) -> list[dict[str, object]]:
    """The entries of `[[key]]`; one without all it needs is left out and named."""
    entries = data.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        problems.append(f'"{key}" must be written as [[{key}]].')
        return []
    for entry in entries:
        refuse_unknown(entry, known, f"{key}.", problems)
    return entries


def words(data: Mapping[str, object], key: str, problems: list[str]) -> dict[str, str]:
    """A table of names in words."""
    given = data.get(key, {})
    if isinstance(given, dict) and all(isinstance(one, str) for one in given.values()):
        return given
    problems.append(f'"{key}" must be a table of names in words: [{key}].')
    return {}
