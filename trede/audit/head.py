"""The last link of the chain, kept in a file outside the database.

Without it, a trail whose end was cut off would look whole. The file only moves
forward along the chain that it already vouches for: when what it knows is not in the
trail any more, it keeps what it knows, so that the fault stays visible however many
lines are written after it.
"""

import fcntl
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from trede.audit.models import Line


@dataclass(frozen=True)
class Link:
    sequence: int
    mac: str


NOTHING = Link(0, "")


class Unreadable(Exception):
    """The file is there and does not hold a sequence and a digest."""


def keep(*, newest: Link, before: Link) -> None:
    """Note `newest` in the file, if the chain up to `before` holds what it knows."""
    path = Path(settings.AUDIT_HEAD)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            known = read() or NOTHING
        except Unreadable:
            return  # `verify` tells; writing over it would hide the fault
        if known.sequence < newest.sequence and _leads_to(known, before):
            fresh = path.with_suffix(".new")
            fresh.write_text(f"{newest.sequence} {newest.mac}\n", encoding="ascii")
            fresh.replace(path)


def _leads_to(known: Link, before: Link) -> bool:
    if known in (NOTHING, before):
        return True
    # Others were committed in between, or the machine stopped before the file was
    # written: then what the file knows stands further back in the same chain.
    return Line.objects.filter(sequence=known.sequence, mac=known.mac).exists()


def read() -> Link | None:
    path = Path(settings.AUDIT_HEAD)
    if not path.exists():
        return None
    words = path.read_text(encoding="ascii", errors="replace").split()
    if len(words) != 2 or not words[0].isdigit():
        raise Unreadable
    return Link(int(words[0]), words[1])
