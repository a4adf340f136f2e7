"""One tap on a line of the desk: somebody was called, and this came of it."""

from datetime import datetime
from uuid import UUID

from django import forms

from trede.accounts.acting import Actor
from trede.contact.models import Channel, ContactMoment, Occasion, Outcome
from trede.contact.recording import LONGEST_NOTE, record_contact
from trede.inflow.models import Candidate, Stage

OUTCOMES = (Outcome.SPOKE, Outcome.NO_ANSWER, Outcome.MESSAGE_LEFT)
OCCASIONS = {Stage.STARTED: Occasion.GUIDANCE, Stage.CLOSED: Occasion.AFTER_CARE}


class CallTap(forms.Form):
    outcome = forms.ChoiceField(choices=[(one.value, one.label) for one in OUTCOMES])
    submission = forms.UUIDField()
    note = forms.CharField(max_length=LONGEST_NOTE, required=False)
    seen_until = forms.DateTimeField(required=False)


def occasion_of(candidate: Candidate) -> Occasion:
    return OCCASIONS.get(Stage(candidate.stage), Occasion.INTAKE)


def note_call(
    *,
    candidate: Candidate,
    outcome: str,
    submission: UUID,
    note: str,
    seen_until: datetime | None,
    by: Actor,
    at: datetime,
) -> ContactMoment:
    return record_contact(
        person=candidate.person,
        pilot=candidate.pilot,
        channel=Channel.TELEPHONE,
        outcome=outcome,
        occasion=occasion_of(candidate),
        by=by,
        at=at,
        submission=submission,
        note=note,
        seen_until=seen_until,
    )
