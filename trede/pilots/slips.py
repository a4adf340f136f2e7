"""What somebody will have meant by a value of the wrong kind.

A date between quotes, a date the Dutch way, a number between quotes, "ja": the value
is refused all the same, but the message then shows how to write it.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

_SWITCHES = {
    "true": "true",
    "ja": "true",
    "yes": "true",
    "aan": "true",
    "false": "false",
    "nee": "false",
    "no": "false",
    "uit": "false",
}


def meant(raw: object, wanted: object) -> str | None:
    """The value as it should be written, if that can be told for certain."""
    slip = _SLIPS.get(wanted)
    return slip(raw) if slip else None


def _as_date(raw: object) -> str | None:
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    found = re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)", str(raw).strip())
    dutch = re.fullmatch(r"(\d\d?)[-/](\d\d?)[-/](\d{4})", str(raw).strip())
    if not found and not dutch:
        return None
    parts = found.groups() if found else dutch.groups()[::-1] if dutch else ()
    try:
        return date(*map(int, parts)).isoformat()
    except ValueError:
        return None


def _as_number(raw: object) -> str | None:
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, str) and re.fullmatch(r"-?\d{1,9}", raw.strip()):
        return str(int(raw))
    return None


def _as_switch(raw: object) -> str | None:
    return _SWITCHES.get(str(raw).strip().lower())


def _as_text(raw: object) -> str | None:
    if isinstance(raw, bool):
        return None
    return f'"{raw}"' if isinstance(raw, int | float | date) else None


_SLIPS: Mapping[object, Callable[[object], str | None]] = {
    date: _as_date,
    int: _as_number,
    bool: _as_switch,
    str: _as_text,
}
