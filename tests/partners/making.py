"""Partners for tests: a kitchen and a cycling club, and somebody who goes there."""

from datetime import date
from decimal import Decimal

from tests.cast import AT, Cast
from trede.accounts.acting import staff_actor
from trede.accounts.models import Staff
from trede.partners.directory import add, keep_contact, keep_place
from trede.partners.models import (
    ActivityPlace,
    ContactPerson,
    OnwardReferral,
    Organisation,
    Placement,
)
from trede.partners.placing import place
from trede.partners.referring_onward import move, propose
from trede.people.models import Person


def make_partner(
    staff: Staff, name: str = "De Keuken", **facts: object
) -> Organisation:
    told = {"kind": "community", "quarter": "oost", **facts}
    return add(
        municipality=staff.municipality,
        facts={"name": name, **told},
        by=staff_actor(staff),
        at=AT,
    )


def make_place(
    staff: Staff, one: Organisation, what: str = "Kookgroep", **facts: object
) -> ActivityPlace:
    capacity = facts.pop("capacity", None)
    return keep_place(
        organisation=one,
        place=None,
        facts={"what": what, **facts},
        capacity=capacity,
        by=staff_actor(staff),
        at=AT,
    )


def make_contact(staff: Staff, one: Organisation) -> ContactPerson:
    return keep_contact(
        organisation=one,
        contact=None,
        facts={"name": "Bea Baars", "role": "coördinator"},
        by=staff_actor(staff),
        at=AT,
    )


def make_onward(
    staff: Staff, person: Person, spot: ActivityPlace, state: str = "", at=AT
) -> OnwardReferral:
    by = staff_actor(staff)
    made = propose(
        person=person, organisation=spot.organisation, place=spot, by=by, at=at
    )
    if state:
        made = move(onward=made, state=state, on=at.date(), by=by, at=at)
    return made


def make_placement(
    staff: Staff, onward: OnwardReferral, until: date | None = None, at=AT
) -> Placement:
    return place(
        onward=onward,
        started_on=at.date(),
        hours=Decimal(4),
        wished_hours=Decimal(8),
        trial_until_on=until,
        compensation="reiskosten",
        by=staff_actor(staff),
        at=at,
    )


def everything_of(cast: Cast, staff: Staff, person: Person) -> dict[str, object]:
    """One of each, for the doors."""
    one = make_partner(staff, f"Partner van {staff.name}")
    spot = make_place(staff, one)
    onward = make_onward(staff, person, spot, "accepted")
    return {
        "organisation_id": one.pk,
        "place_id": spot.pk,
        "contact_id": make_contact(staff, one).pk,
        "onward_id": onward.pk,
        "placement_id": make_placement(staff, onward).pk,
    }
