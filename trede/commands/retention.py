"""`trede retention`: destroy what is kept no longer. To be run every day.

Uploaded lists whose undo period is over, links that ran out, sessions that ended a week
ago and failed attempts to sign in. `--dry-run` only tells what would go.
"""

import argparse
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from trede.accounts import passing
from trede.accounts.acting import SYSTEM, record
from trede.contact import links
from trede.inflow import importing
from trede.questionnaires import own_device

WORDS = {
    "uploaded_lists": "uploaded lists",
    "personallink": "personal links",
    "wronglink": "wrong links",
    "owndevice": "links for one's own telephone",
    "session": "sessions",
    "accessattempt": "failed attempts to sign in",
}


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--dry-run", action="store_true", help="tell what would go, and keep it"
    )
    parser.add_argument("--json", action="store_true")


def carry_out(options: argparse.Namespace) -> Any:
    at = timezone.now()
    gone = counted(at) if options.dry_run else destroyed(at)
    if options.json:
        return {"at": at.isoformat(), "destroyed": not options.dry_run, "rows": gone}
    told = ", ".join(f"{number} {WORDS[name]}" for name, number in gone.items())
    return f"{'Would go' if options.dry_run else 'Destroyed'}: {told}."


def counted(at: datetime) -> dict[str, int]:
    rows = {one.model._meta.model_name or "": one.count() for one in _over(at)}
    return {"uploaded_lists": len(importing.old_uploads(at)), **rows}


def destroyed(at: datetime) -> dict[str, int]:
    lists = importing.destroy_old_uploads(by=SYSTEM, at=at)
    with transaction.atomic():
        rows = {one.model._meta.model_name or "": one.delete()[0] for one in _over(at)}
        if any(rows.values()):
            fields = [name for name, number in rows.items() if number]
            record(
                "removed what is kept no longer",
                by=SYSTEM,
                at=at,
                fields=fields,
                purpose="management",
            )
    return {"uploaded_lists": lists, **rows}


def _over(at: datetime) -> list[Any]:
    return [*links.over(at), *own_device.over(at), *passing.over(at)]
