"""A list of partners comes in: uploaded, looked through, read in, and taken back.

Nothing reaches the directory before somebody confirms. Taking back removes what came
from the list and nobody has used or changed since; the rest stays, and it is said how
much that is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Municipality
from trede.accounts.refusing import Refused
from trede.inflow.reading.values import fold
from trede.partners.choices import Known
from trede.partners.models import (
    ActivityPlace,
    Capacity,
    ContactPerson,
    Organisation,
    Sheet,
)
from trede.partners.sheet_reading import FIELDS, Row, opened, read, recognised
from trede.trajectories.running import staff_of

State = Sheet.State
Key = tuple[str, str]


@dataclass
class Counts:
    organisations: int = 0
    contacts: int = 0
    places: int = 0


@dataclass
class _ReadingIn:
    sheet: Sheet
    known: dict[Key, Organisation]
    by: Actor
    at: datetime
    counts: Counts


def upload(
    *,
    municipality: Municipality,
    name: str,
    content: bytes,
    by: Actor,
    at: datetime,
) -> Sheet:
    header, rows = opened(content)
    with transaction.atomic():
        sheet = Sheet.objects.create(
            municipality=municipality,
            name=name[:200],
            header=header,
            rows=rows,
            columns=recognised(header),
            uploaded_at=at,
            uploaded_by=staff_of(by),
        )
        record("uploaded a list of partners", by=by, at=at, on=sheet)
    return sheet


def choose_columns(
    *, sheet: Sheet, columns: Sequence[str], by: Actor, at: datetime
) -> Sheet:
    with transaction.atomic():
        now = _unread(sheet)
        if "name" not in columns:
            raise Refused(_("Say which column holds the name of the partner."))
        if len(columns) != len(now.header) or not set(columns) <= {"", *FIELDS}:
            raise Refused(_("Choose of each column what it is."))
        now.columns = list(columns)
        now.save(update_fields=["columns"])
        record("chose columns of a list of partners", by=by, at=at, on=now)
    return now


def confirm(*, sheet: Sheet, known: Known, by: Actor, at: datetime) -> Counts:
    """Every row without a problem. Twice is once."""
    with transaction.atomic():
        Municipality.objects.select_for_update().get(pk=sheet.municipality_id)
        if _held(sheet).state == State.CONFIRMED:
            return counted(sheet)
        now = _unread(sheet)
        reading = _ReadingIn(now, organisations(now), by, at, Counts())
        for row in read(now.rows, now.columns, known):
            if not row.problems:
                _read_in(row, reading)
        _decide(now, State.CONFIRMED, at)
        record("read in a list of partners", by=by, at=at, on=now)
    return reading.counts


def drop(*, sheet: Sheet, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        now = _unread(sheet)
        _decide(now, State.DROPPED, at)
        record("dropped a list of partners", by=by, at=at, on=now)


def undo(*, sheet: Sheet, by: Actor, at: datetime) -> Counts:
    """What came from the list goes; gives back how much of it stayed."""
    with transaction.atomic():
        now = _held(sheet)
        if now.state != State.CONFIRMED:
            raise Refused(_("This list was not read in: there is nothing to undo."))
        for place in now.places.filter(onward_referrals=None):
            place.capacities.all().delete()
            place.delete()
        for row in [*now.contacts.all(), *now.organisations.filter(edition=1)]:
            _remove(row)
        _decide(now, State.UNDONE, at)
        record("undid a list of partners", by=by, at=at, on=now)
    return counted(now)


def counted(sheet: Sheet) -> Counts:
    """What is in the directory from this list."""
    return Counts(
        sheet.organisations.count(), sheet.contacts.count(), sheet.places.count()
    )


def organisations(sheet: Sheet) -> dict[Key, Organisation]:
    """Those that are known, by name and quarter."""
    rows = Organisation.objects.in_use().filter(municipality=sheet.municipality_id)
    return {(fold(one.name), one.quarter): one for one in rows}


def _read_in(row: Row, reading: _ReadingIn) -> None:
    organisation = reading.known.get(row.key)
    if organisation is None:
        organisation = Organisation.objects.create(
            municipality=reading.sheet.municipality,
            made_at=reading.at,
            confirmed_on=timezone.localdate(reading.at),
            confirmed_by=staff_of(reading.by),
            read_in_from=reading.sheet,
            **row.organisation,
        )
        reading.known[row.key] = organisation
        reading.counts.organisations += 1
    about = {"organisation": organisation, "read_in_from": reading.sheet}
    if adds_contact(row, organisation):
        ContactPerson.objects.create(**about, **row.contact)
        reading.counts.contacts += 1
    if adds_place(row, organisation):
        place = ActivityPlace.objects.create(**about, **row.place)
        _note_room(place, row.capacity, reading)
        reading.counts.places += 1


def adds_contact(row: Row, organisation: Organisation) -> bool:
    names = {fold(one.name) for one in organisation.contacts.all()}
    return bool(row.contact) and fold(row.contact["name"]) not in names


def adds_place(row: Row, organisation: Organisation) -> bool:
    names = {fold(one.what) for one in organisation.places.all()}
    return bool(row.place) and fold(row.place["what"]) not in names


def _note_room(place: ActivityPlace, number: int | None, reading: _ReadingIn) -> None:
    if number is None:
        return
    Capacity.objects.create(
        place=place,
        from_on=timezone.localdate(reading.at),
        number=number,
        at=reading.at,
        by=staff_of(reading.by),
    )


def _remove(row: ContactPerson | Organisation) -> None:
    """Unless something points to it: then it was used."""
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return


def _held(sheet: Sheet) -> Sheet:
    return Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)


def _unread(sheet: Sheet) -> Sheet:
    now = _held(sheet)
    if now.state != State.UPLOADED:
        raise Refused(
            _("This list is “%(state)s”: nothing can be changed in it any more.")
            % {"state": now.get_state_display()}
        )
    return now


def _decide(sheet: Sheet, state: Sheet.State, at: datetime) -> None:
    """What was in the file is not needed any more: it may name people."""
    sheet.state, sheet.decided_at, sheet.rows = state, at, []
    sheet.save(update_fields=["state", "decided_at", "rows"])
