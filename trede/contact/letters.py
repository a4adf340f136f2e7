"""A letter is made, frozen as a file, and sent.

Decides that a letter is what was typeset, byte for byte: who writes differently makes a
new one. Sending is a contact and is noted as one; taking that contact back makes the
letter unsent.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.contact.models import (
    Channel,
    ContactMoment,
    Letter,
    Message,
    Occasion,
    Outcome,
)
from trede.contact.recording import record_contact
from trede.documents.typesetting import typeset
from trede.people import files
from trede.people.models import Person, StoredFile
from trede.pilots.models import Pilot

# For which part of the journey a kind of letter is a contact; else guidance.
OCCASIONS: Mapping[str, Occasion] = {Letter.Kind.INVITATION: Occasion.INVITATION}
_SENDING = UUID("0f6e2b9c-6a0b-4f0e-9d0c-0c1d8f3b7a11")


def make_letter(
    *,
    person: Person,
    pilot: Pilot,
    kind: str,
    pdf: bytes,
    by: Actor,
    at: datetime,
    content: Mapping[str, object] | None = None,
) -> Letter:
    """Keep a letter. `content` is what was typeset, so that a round of letters can be
    printed together."""
    with transaction.atomic():
        file = files.store(
            municipality=person.municipality,
            person=person,
            kind=StoredFile.Kind.LETTER,
            name=f"{kind}-{timezone.localdate(at):%Y%m%d}.pdf",
            media_type=files.PDF,
            content=pdf,
            at=at,
        )
        letter = Letter.objects.create(
            person=person,
            pilot=pilot,
            kind=kind,
            file=file,
            content=json.dumps(content, ensure_ascii=False) if content else "",
            made_at=at,
            made_by=by.staff,
        )
        record("made a letter", by=by, at=at, on=letter, persons=[person.pk])
    return letter


def mark_sent(
    *, letter: Letter, on: date, by: Actor, at: datetime, deviation_reason: str = ""
) -> Letter:
    """The letter went to the post. Twice is once."""
    with transaction.atomic():
        rows = Letter.objects.select_for_update(of=("self",))
        now = rows.select_related("person", "pilot").get(pk=letter.pk)
        if now.sent_on:
            return now
        _refuse_day(now, on, at)
        now.moment = record_contact(
            person=now.person,
            pilot=now.pilot,
            channel=Channel.LETTER,
            outcome=Outcome.SENT,
            occasion=OCCASIONS.get(now.kind, Occasion.GUIDANCE),
            by=by,
            at=at,
            submission=uuid5(_SENDING, f"{now.pk} {at.isoformat()}"),
            deviation_reason=deviation_reason,
            happened_at=_that_day(on, at),
        )
        now.sent_on = on
        now.save(update_fields=["sent_on", "moment"])
        Message.objects.filter(letter=now).update(
            state=Message.State.SENT, state_since=at
        )
    return now


def says(letter: Letter, content: Mapping[str, object]) -> bool:
    """Whether the letter says just this, apart from a link of its own."""
    if not letter.content:
        return False
    return _without_page(json.loads(letter.content)) == _without_page(content)


def together(letters: list[Letter], on: date) -> bytes:
    """One PDF of several letters, each beginning on a page of its own."""
    contents = [json.loads(letter.content) for letter in letters if letter.content]
    if not contents:
        raise Refused(_("There is no letter to print."))
    shared = ("language", "direction", "municipality", "footer")
    return typeset(
        "letters",
        {
            **{key: contents[0][key] for key in shared},
            "title": _("Letters"),
            "made_on": on.isoformat(),
            "letters": contents,
        },
    )


def unsend(moment: ContactMoment, by: Actor, at: datetime) -> None:
    """The sending was taken back: the letter lies ready again."""
    Message.objects.filter(letter__moment=moment).update(
        state=Message.State.QUEUED, state_since=at
    )
    Letter.objects.filter(moment=moment).update(sent_on=None, moment=None)


def _without_page(content: Mapping[str, object]) -> dict[str, object]:
    said = {key: part for key, part in content.items() if key != "page"}
    dutch = said.get("dutch")
    return said | {"dutch": _without_page(dutch)} if isinstance(dutch, dict) else said


def _refuse_day(letter: Letter, on: date, at: datetime) -> None:
    if not timezone.localdate(letter.made_at) <= on <= timezone.localdate(at):
        raise Refused(
            _(
                "A letter is sent on the day it is made or later."
                " Choose a day that has come."
            ),
            "on",
        )


def _that_day(on: date, at: datetime) -> datetime:
    """Now, or the middle of a day that has passed."""
    if on == timezone.localdate(at):
        return at
    return timezone.make_aware(datetime.combine(on, time(12)))
