"""Whether the audit trail is whole.

Walks the chain from the first line to the last and compares the end with the head in
the database and with the head kept outside it. Reports the first fault only: after a
broken link nothing that follows can be vouched for. A head outside that lags behind
is no fault, as long as it stands on the chain: the machine may have stopped between
saving a line and noting it, and the next line brings it up to date.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch

from trede.audit import head
from trede.audit.head import NOTHING, Link
from trede.audit.models import Head, Line, Mention
from trede.audit.trail import digest


@dataclass(frozen=True)
class Verdict:
    """`fault` is None for a whole trail; else what is wrong, at which line."""

    lines: int
    fault: str | None = None
    at_sequence: int | None = None


def verify() -> Verdict:
    try:
        outside = head.read()
    except head.Unreadable:
        return Verdict(0, "the head kept outside the database cannot be read", 0)
    end, seen_outside = NOTHING, outside in (None, NOTHING)
    for line in _lines():
        fault = _fault(line, end)
        if fault:
            return Verdict(line.sequence, fault, line.sequence)
        end = Link(line.sequence, line.mac)
        seen_outside = seen_outside or end == outside
    return _compare_ends(end, outside, seen_outside)


def begun_with_this_key() -> bool:
    """Whether the trail, where there is one, was begun with this machine's secret."""
    first = next(_lines(), None)
    return first is None or _fault(first, NOTHING) is None


def _lines() -> Iterator[Line]:
    mentions = Prefetch("mentions", Mention.objects.order_by("person_id"))
    lines = Line.objects.order_by("sequence").prefetch_related(mentions)
    return lines.iterator(chunk_size=2000)


def _fault(line: Line, before: Link) -> str | None:
    if line.sequence != before.sequence + 1:
        return "a line is missing before this one"
    mentioned = [mention.person_id for mention in line.mentions.all()]
    if line.mac != digest(line, mentioned, before.mac):
        return "this line was changed or moved"
    return None


def _compare_ends(end: Link, outside: Link | None, seen_outside: bool) -> Verdict:
    row = Head.objects.filter(pk=1).first()
    inside = Link(row.sequence, row.mac) if row else NOTHING
    if inside != end:
        fault = "the end differs from the head kept in the database"
    elif outside is None and end != NOTHING:
        fault = "the head kept outside the database is missing"
    elif not seen_outside:
        fault = "lines that the head kept outside vouches for are gone"
    else:
        return Verdict(end.sequence)
    return Verdict(end.sequence, fault, end.sequence)
