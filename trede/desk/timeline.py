"""What happened with a person, as one line of time: newest first, filtered by kind.

Pure: entries in, entries out. What one entry says is decided in `happened.py`.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import chain
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import pgettext_lazy

Words = str | Promise


class Kind(StrEnum):
    """The value stands in the address."""

    CONTACT = "contact"
    APPOINTMENT = "afspraken"
    STEP = "stappen"
    PLAN = "plan"
    LADDER = "ladder"
    PAUSE = "pauzes"
    HAND_OVER = "overdracht"
    MEASUREMENT = "metingen"
    LETTER = "brieven"
    PARTNER = "partners"
    CONSENT = "toestemming"
    NOTE = "notities"


LABELS: dict[Kind, Promise] = {
    Kind.CONTACT: pgettext_lazy("timeline", "Contacts"),
    Kind.APPOINTMENT: pgettext_lazy("timeline", "Appointments"),
    Kind.STEP: pgettext_lazy("timeline", "Steps of the journey"),
    Kind.PLAN: pgettext_lazy("timeline", "Plan"),
    Kind.LADDER: pgettext_lazy("timeline", "Ladder"),
    Kind.PAUSE: pgettext_lazy("timeline", "Pauses"),
    Kind.HAND_OVER: pgettext_lazy("timeline", "Hand-overs"),
    Kind.MEASUREMENT: pgettext_lazy("timeline", "Measurements"),
    Kind.LETTER: pgettext_lazy("timeline", "Letters"),
    Kind.PARTNER: pgettext_lazy("timeline", "Partners"),
    Kind.CONSENT: pgettext_lazy("timeline", "Consent"),
    Kind.NOTE: pgettext_lazy("timeline", "Notes"),
}
# A transition has a square icon, a talk a round one.
SQUARE = frozenset((Kind.STEP, Kind.LADDER, Kind.PAUSE, Kind.HAND_OVER))


@dataclass(frozen=True)
class Entry:
    """`at` orders what happened on one day. `undo_url` is there while it can be taken
    back, `link` where there is more to see."""

    kind: Kind
    on: date
    at: datetime
    icon: str
    title: Words
    words: Words = ""
    by: str = ""
    undo_url: str = ""
    link: str = ""
    link_words: Words = ""

    @property
    def shape(self) -> str:
        return "state" if self.kind in SQUARE else ""


@dataclass(frozen=True)
class Chip:
    label: Words
    count: int
    url: str
    current: bool


def compose(*parts: Iterable[Entry]) -> list[Entry]:
    """All of it, newest first; of one moment, what was noted later comes first."""
    entries = list(chain.from_iterable(parts))
    return sorted(reversed(entries), key=lambda one: (one.on, one.at), reverse=True)


def only(entries: list[Entry], kind: str) -> list[Entry]:
    """Those of one kind; all of them for a kind that does not exist."""
    if kind not in set(Kind):
        return entries
    return [entry for entry in entries if entry.kind == kind]


def chips(entries: list[Entry], chosen: str) -> list[Chip]:
    """A filter for every kind that there is something of, and one for everything."""
    counts = Counter(entry.kind for entry in entries)
    everything = Chip(
        pgettext_lazy("timeline", "Everything"),
        len(entries),
        "?#tijdlijn",
        chosen not in set(Kind),
    )
    kinds = [kind for kind in Kind if counts[kind] or kind == chosen]
    return [everything] + [
        Chip(LABELS[kind], counts[kind], _address(kind), kind == chosen)
        for kind in kinds
    ]


def _address(kind: Kind) -> str:
    return f"?{urlencode({'soort': kind})}#tijdlijn"


def sentence(*parts: str) -> str:
    """What was said, with a full stop where somebody left it out."""
    said = [capfirst(part.strip()) for part in parts if part and part.strip()]
    return " ".join(one if one[-1] in ".!?”" else f"{one}." for one in said)
