"""Writing a line of the audit trail.

Every rule writes one line in its own transaction, so that an act and its trace stand
or fall together. Each line carries a keyed digest of itself and of the line before,
so that an edited, removed or reordered line is found; the last digest is also kept in
a file outside the database, so that a trail that was cut off at the end is found too.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction

from trede import many_rows
from trede.audit.head import Link, keep
from trede.audit.models import Head, Line, Mention

SYSTEM = "system"


def record(
    *,
    actor: str,
    action: str,
    kind: Line.Kind = Line.Kind.WRITE,
    purpose: str,
    at: datetime,
    municipality_id: int | None = None,
    object_type: str = "",
    object_id: object = "",
    persons: Iterable[int] = (),
    fields: Iterable[str] = (),
) -> Line:
    """Append one line about `persons` (their numbers) and return it.

    `actor` is `staff:12`, `person:34` or `system`; `fields` are names of fields,
    never their contents.
    """
    # No savepoint: when the line fails, the act round it must fail too.
    with transaction.atomic(savepoint=False):
        head = Head.objects.select_for_update().get_or_create(pk=1)[0]
        before = Link(head.sequence, head.mac)
        mentioned = sorted(set(persons))
        line = Line(
            sequence=head.sequence + 1,
            at=at,
            actor=actor,
            municipality_id=municipality_id,
            kind=kind,
            action=action,
            purpose=purpose,
            object_type=object_type,
            object_id=str(object_id),
            fields=sorted(fields),
        )
        line.mac = digest(line, mentioned, head.mac)
        line.save(force_insert=True)
        many_rows.add(
            Mention,
            ("person_id",),
            ((person,) for person in mentioned),
            shared=Mention(line=line),
        )
        head.sequence, head.mac = line.sequence, line.mac
        head.save()
        newest = Link(line.sequence, line.mac)
        transaction.on_commit(lambda: keep(newest=newest, before=before))
    return line


def digest(line: Line, mentioned: list[int], previous: str) -> str:
    content = [
        previous,
        line.sequence,
        line.at.astimezone(UTC).isoformat(timespec="microseconds"),
        line.actor,
        line.municipality_id,
        line.kind,
        line.action,
        line.purpose,
        line.object_type,
        line.object_id,
        line.fields,
        mentioned,
    ]
    message = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(settings.AUDIT_KEY, message.encode(), hashlib.sha256).hexdigest()
