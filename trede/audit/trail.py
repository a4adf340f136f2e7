"""Writing a line of the audit trail.

Every rule writes one line in its own transaction, so that an act and its trace stand
or fall together. Each line carries a keyed digest of itself and of the line before,
so that an edited, removed or reordered line is found; the last digest is also kept in
a file outside the database, so that a trail that was cut off at the end is found too.
"""

import fcntl
import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

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
    with transaction.atomic():
        head = Head.objects.select_for_update().get_or_create(pk=1)[0]
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
        Mention.objects.bulk_create(
            Mention(line=line, person_id=person) for person in mentioned
        )
        head.sequence, head.mac = line.sequence, line.mac
        head.save()
        transaction.on_commit(lambda: keep_head_outside(line.sequence, line.mac))
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


def keep_head_outside(sequence: int, mac: str) -> None:
    """Note the newest link in a file; an older one never overwrites a newer."""
    path = Path(settings.AUDIT_HEAD)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        known = file.read().split()
        if not known or int(known[0]) < sequence:
            file.seek(0)
            file.truncate()
            file.write(f"{sequence} {mac}\n")


def head_outside() -> tuple[int, str] | None:
    path = Path(settings.AUDIT_HEAD)
    if not path.exists():
        return None
    sequence, mac = path.read_text(encoding="ascii").split()
    return int(sequence), mac
