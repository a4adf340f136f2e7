"""`trede remind`: remind people of questionnaires that are due, and of appointments.
To be run every day.

Of every pilot by the rules of its own file; letters lie ready for the coordinator to
post, the rest is sent at once. Running it twice sends nothing twice. `--preview` only
tells who would get what, without names.
"""

import argparse
from collections import Counter
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.utils import timezone

from trede.accounts.acting import SYSTEM
from trede.commands.entry import CannotDo
from trede.contact import appointment_reminding
from trede.pilots.models import Pilot
from trede.studies import reminding

WAYS = {
    "letter": "letters",
    "email": "e-mails",
    "sms": "text messages",
    "": "without an address or number that fits",
}


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pilot", help="the code of one pilot, instead of all")
    parser.add_argument(
        "--preview", action="store_true", help="tell what would go, and send nothing"
    )
    parser.add_argument("--json", action="store_true")


def carry_out(options: argparse.Namespace) -> Any:
    at = timezone.now()
    act = preview if options.preview else remind
    told = {pilot.code: act(pilot, at) for pilot in _pilots(options.pilot)}
    if options.json:
        return {"at": at.isoformat(), "sent": not options.preview, "pilots": told}
    return "\n".join(_line(code, one) for code, one in told.items())


def preview(pilot: Pilot, at: datetime) -> dict[str, object]:
    on = timezone.localdate(at)
    why_not = reminding.why_not_today(pilot, on)
    due = [] if why_not else reminding.reminders_due(pilot, on)
    meetings = [] if why_not else appointment_reminding.due(pilot, at)
    ways = [one.by_way_of for one in due] + [way for _meeting, way in meetings]
    counted = Counter(WAYS[way] for way in ways)
    return {"why_not": why_not, **dict(counted)}


def remind(pilot: Pilot, at: datetime) -> dict[str, object]:
    why_not = reminding.why_not_today(pilot, timezone.localdate(at))
    meetings = appointment_reminding.remind(pilot=pilot, by=SYSTEM, at=at)
    made = reminding.remind(pilot=pilot, by=SYSTEM, at=at)
    return {"why_not": why_not, **asdict(made), "appointments": len(meetings)}


def _pilots(code: str | None) -> list[Pilot]:
    pilots = Pilot.objects.select_related("municipality").order_by("code")
    if code is None:
        return list(pilots)
    chosen = list(pilots.filter(code=code))
    if not chosen:
        raise CannotDo(f"There is no pilot “{code}”.")
    return chosen


def _line(code: str, told: dict[str, object]) -> str:
    if told["why_not"]:
        return f"{code}: {told['why_not']}"
    counts = (f"{n} {name}" for name, n in told.items() if name != "why_not" and n)
    return f"{code}: {', '.join(counts) or 'nobody'}."
