"""One tap on the waiting list: a call was made, and this came of it.

Whoever is called after a time of rest stands on the waiting list again by that.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from trede.accounts.acting import Actor
from trede.contact.models import Channel, ContactMoment, Occasion
from trede.contact.recording import record_contact
from trede.inflow.models import Candidate, Stage
from trede.inflow.resting import wake


def log_call(
    *,
    candidate: Candidate,
    outcome: str,
    by: Actor,
    at: datetime,
    submission: UUID,
    note: str = "",
    seen_until: datetime | None = None,
) -> ContactMoment:
    with transaction.atomic():
        moment = record_contact(
            person=candidate.person,
            pilot=candidate.pilot,
            channel=Channel.TELEPHONE,
            outcome=outcome,
            occasion=_occasion(candidate, at),
            by=by,
            at=at,
            submission=submission,
            note=note,
            seen_until=seen_until,
        )
        if candidate.stage == Stage.RESTING and _rested(candidate, at):
            wake(candidate=candidate, by=by, at=at)
    return moment


def _rested(candidate: Candidate, at: datetime) -> bool:
    return (
        candidate.rest_until is not None
        and candidate.rest_until <= timezone.localdate(at)
    )


def _occasion(candidate: Candidate, at: datetime) -> Occasion:
    resting = candidate.stage == Stage.RESTING and not _rested(candidate, at)
    return Occasion.LIGHT if resting else Occasion.INVITATION
