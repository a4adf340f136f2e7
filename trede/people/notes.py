"""A note about a person: free text, encrypted. It is never changed; a newer note may
correct it, and then both are kept and the newer is shown."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.people.models import Note, Person

LONGEST = 10_000


def write_note(
    *,
    person: Person,
    text: str,
    by: Actor,
    at: datetime,
    submission: UUID | None = None,
) -> Note:
    """Keep a note. The same `submission` twice (a double click) is one note."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        before = Note.objects.filter(person=person, submission=submission).first()
        if submission and before:
            return before
        note = _kept(person, text, by, at, submission=submission)
        record("wrote a note", by=by, at=at, on=note, persons=[person.pk])
    return note


def correct_note(*, note: Note, text: str, by: Actor, at: datetime) -> Note:
    """A newer note in place of one's own; the older one is kept."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=note.person_id)
        writer = _writer(by)
        if note.by_id != writer.pk:
            raise Refused(
                _("Only who wrote a note can correct it. Write a note of your own.")
            )
        if Note.objects.filter(replaces=note).exists():
            raise Refused(_("This note was corrected already. Correct the newer one."))
        if note.text == text.strip():
            return note
        newer = _kept(note.person, text, by, at, replaces=note)
        record("corrected a note", by=by, at=at, on=newer, persons=[note.person_id])
    return newer


def _kept(
    person: Person,
    text: str,
    by: Actor,
    at: datetime,
    *,
    submission: UUID | None = None,
    replaces: Note | None = None,
) -> Note:
    text = text.strip()
    if not text:
        raise Refused(_("Type the note first."), "text")
    if len(text) > LONGEST:
        raise Refused(
            _("This note is too long. Use at most %(most)d characters.")
            % {"most": LONGEST},
            "text",
        )
    return Note.objects.create(
        person=person,
        by=_writer(by),
        at=at,
        text=text,
        submission=submission,
        replaces=replaces,
    )


def _writer(by: Actor) -> Staff:
    if by.staff is None:
        raise Refused(_("Only a member of staff can write a note."))
    return by.staff
