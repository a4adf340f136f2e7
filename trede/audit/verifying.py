"""Whether the audit trail is whole.

Walks the chain from the first line to the last and compares the end with the head in
the database and with the head kept outside it. Reports the first fault only: after a
broken link nothing that follows can be vouched for.
"""

from dataclasses import dataclass

from django.db.models import Prefetch

from trede.audit.models import Head, Line, Mention
from trede.audit.trail import digest, head_outside


@dataclass(frozen=True)
class Verdict:
    """`fault` is None for a whole trail; else what is wrong, at which line."""

    lines: int
    fault: str | None = None
    at_sequence: int | None = None


def verify() -> Verdict:
    previous, count = "", 0
    mentions = Prefetch("mentions", Mention.objects.order_by("person_id"))
    lines = Line.objects.order_by("sequence").prefetch_related(mentions)
    for line in lines.iterator(chunk_size=2000):
        count += 1
        if line.sequence != count:
            return Verdict(count, "a line is missing before this one", line.sequence)
        mentioned = [mention.person_id for mention in line.mentions.all()]
        if line.mac != digest(line, mentioned, previous):
            return Verdict(count, "this line was changed or moved", line.sequence)
        previous = line.mac
    return _compare_ends(count, previous)


def _compare_ends(count: int, mac: str) -> Verdict:
    inside = Head.objects.filter(pk=1).values_list("sequence", "mac").first()
    for name, head in (("in the database", inside), ("outside it", head_outside())):
        if head is None and count == 0:
            continue
        if head is None:
            return Verdict(count, f"the head kept {name} is missing", count)
        if head != (count, mac):
            return Verdict(count, f"the end differs from the head kept {name}", count)
    return Verdict(count)
