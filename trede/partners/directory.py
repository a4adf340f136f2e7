"""The directory is kept true: added, changed, confirmed, taken out of use.

Whoever changes an organisation vouches for it that day. What nobody confirmed for half
a year comes up for checking. Nothing is removed: people went there, and it says where.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import Municipality
from trede.accounts.refusing import Refused
from trede.partners.models import (
    ActivityPlace,
    Capacity,
    ContactPerson,
    Organisation,
    Remark,
)
from trede.trajectories.running import refuse_future, staff_of

TO_CHECK_AFTER = timedelta(days=182)
LONGEST_REMARK = 5_000
Row = TypeVar("Row", ContactPerson, ActivityPlace)


def add(
    *,
    municipality: Municipality,
    facts: Mapping[str, object],
    by: Actor,
    at: datetime,
) -> Organisation:
    """Two partners with one name in one quarter are one: the second is refused."""
    with transaction.atomic():
        Municipality.objects.select_for_update().get(pk=municipality.pk)
        new = Organisation(
            municipality=municipality,
            made_at=at,
            confirmed_on=timezone.localdate(at),
            confirmed_by=staff_of(by),
            **facts,
        )
        _refuse_twice(new)
        new.save()
        record("added a partner", by=by, at=at, on=new)
    return new


def change(
    *,
    organisation: Organisation,
    facts: Mapping[str, object],
    edition: int,
    by: Actor,
    at: datetime,
) -> Organisation:
    """`edition`: the one that was looked at; who comes second looks again."""
    with transaction.atomic():
        now = _held(organisation)
        changed = [name for name, value in facts.items() if getattr(now, name) != value]
        if changed and now.edition != edition:
            raise Refused(
                _("A colleague changed this meanwhile. Open the page again and look.")
            )
        for name in changed:
            setattr(now, name, facts[name])
        _refuse_twice(now)
        now.edition += bool(changed)
        _vouch(now, by, at)
        record("changed a partner", by=by, at=at, on=now, fields=changed)
    return now


def confirm(*, organisation: Organisation, by: Actor, at: datetime) -> Organisation:
    """Everything was checked and is still so."""
    with transaction.atomic():
        now = _held(organisation)
        _vouch(now, by, at)
        record("confirmed a partner", by=by, at=at, on=now)
    return now


def take_out(
    *, organisation: Organisation, on: date, by: Actor, at: datetime
) -> Organisation:
    """Nobody is referred to it any more; who is there, stays there."""
    refuse_future(on, at)
    with transaction.atomic():
        now = _held(organisation)
        now.out_of_use_on = on
        now.save(update_fields=["out_of_use_on"])
        record("took a partner out of use", by=by, at=at, on=now)
    return now


def bring_back(*, organisation: Organisation, by: Actor, at: datetime) -> Organisation:
    with transaction.atomic():
        now = _held(organisation)
        now.out_of_use_on = None
        _vouch(now, by, at)
        record("took a partner into use again", by=by, at=at, on=now)
    return now


def keep_contact(
    *,
    organisation: Organisation,
    contact: ContactPerson | None,
    facts: Mapping[str, object],
    by: Actor,
    at: datetime,
) -> ContactPerson:
    """A new contact person, or other facts about a known one."""
    row = contact or ContactPerson(organisation=organisation)
    return _kept(row, facts, "kept a contact person", by, at)


def keep_place(
    *,
    organisation: Organisation,
    place: ActivityPlace | None,
    facts: Mapping[str, object],
    capacity: int | None,
    by: Actor,
    at: datetime,
) -> ActivityPlace:
    """What one can do there. Another capacity counts from today on."""
    with transaction.atomic():
        row = place or ActivityPlace(organisation=organisation)
        on = timezone.localdate(at)
        other_room = capacity != (room_on(place, on) if place else None)
        if other_room:
            row.read_in_from = None
        kept = _kept(row, facts, "kept an activity place", by, at)
        if other_room:
            Capacity.objects.create(
                place=kept,
                from_on=on,
                number=capacity,
                at=at,
                by=staff_of(by),
            )
    return kept


def room_on(place: ActivityPlace, on: date) -> int | None:
    begun = place.capacities.filter(from_on__lte=on).last()
    return begun.number if begun else None


def rooms_on(municipality: Municipality, on: date) -> dict[int, int | None]:
    """By number of the place: for how many people there is room."""
    rows = Capacity.objects.filter(
        place__organisation__municipality=municipality, from_on__lte=on
    )
    return dict(rows.order_by("from_on", "pk").values_list("place", "number"))


def note_remark(
    *, organisation: Organisation, text: str, by: Actor, at: datetime
) -> None:
    """For one's own eyes. An empty text does away with it."""
    text = text.strip()
    if len(text) > LONGEST_REMARK:
        raise Refused(
            _("This is too long. Use at most %(most)d characters.")
            % {"most": LONGEST_REMARK},
            "text",
        )
    with transaction.atomic():
        about: dict[str, Any] = {"organisation": organisation, "by": staff_of(by)}
        if text:
            Remark.objects.update_or_create(**about, defaults={"text": text, "at": at})
        else:
            Remark.objects.filter(**about).delete()
        record("noted an own remark on a partner", by=by, at=at, on=organisation)


def to_check_before(on: date) -> date:
    """What was confirmed before this day comes up for checking."""
    return on - TO_CHECK_AFTER


def _kept(
    row: Row, facts: Mapping[str, object], action: str, by: Actor, at: datetime
) -> Row:
    """Once somebody changed it, it stays when the list it came from is taken back."""
    with transaction.atomic():
        staff_of(by)
        for name, value in facts.items():
            if getattr(row, name) != value:
                row.read_in_from = None
            setattr(row, name, value)
        row.save()
        record(action, by=by, at=at, on=row)
    return row


def _held(organisation: Organisation) -> Organisation:
    rows = Organisation.objects.select_for_update(of=("self",))
    return rows.get(pk=organisation.pk)


def _vouch(now: Organisation, by: Actor, at: datetime) -> None:
    now.confirmed_on, now.confirmed_by = timezone.localdate(at), staff_of(by)
    now.save()


def _refuse_twice(one: Organisation) -> None:
    same = Organisation.objects.in_use().filter(
        municipality=one.municipality_id,
        name__iexact=one.name,
        quarter=one.quarter,
    )
    if same.exclude(pk=one.pk).exists():
        raise Refused(
            _(
                "There is a partner with this name in this quarter already. Change that"
                " one, or choose another quarter."
            ),
            "name",
        )
