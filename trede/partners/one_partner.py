"""What the page of one partner shows: what one can do there and for how many, whom to
call, who of ours is there, and what one keeps in mind for oneself. Asked in one
question."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from trede.accounts.models import Staff
from trede.accounts.permissions import Reach
from trede.partners.choices import Known
from trede.partners.models import (
    ActivityPlace,
    Capacity,
    ContactPerson,
    OnwardReferral,
    Organisation,
    Remark,
)
from trede.partners.referring_onward import OPEN, State
from trede.together import Part, ask


@dataclass(frozen=True)
class Room:
    """How many people fit, from a day until the next; none when nobody knows."""

    number: int | None
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class PlaceShown:
    place: ActivityPlace
    type_label: str
    there: int  # people of the municipality, today
    rooms: list[Room]  # in the order of time
    on: date

    @property
    def room(self) -> int | None:
        begun = [one for one in self.rooms if one.from_on <= self.on]
        return begun[-1].number if begun else None

    @property
    def earlier(self) -> list[Room]:
        """Newest first."""
        rooms = reversed(self.rooms)
        return [one for one in rooms if one.until_on and one.until_on <= self.on]

    @property
    def later(self) -> list[Room]:
        return [one for one in self.rooms if one.from_on > self.on]

    @property
    def is_full(self) -> bool:
        return self.room is not None and self.there >= self.room


@dataclass(frozen=True)
class PartnerShown:
    places: list[PlaceShown]
    contacts: list[ContactPerson]
    people: list[OnwardReferral]
    remark: str


def partner_shown(
    one: Organisation, staff: Staff, reach: Reach, known: Known, on: date
) -> PartnerShown:
    """`reach`: how far one sees people, which is less far than one sees partners."""
    places = Part(
        one.places.in_use().annotate(there=_there()).order_by(),
        told={"there": IntegerField()},
    )
    rooms = Part(Capacity.objects.filter(place__organisation=one).order_by())
    contacts = Part(one.contacts.in_use().order_by())
    people = Part(_people(one, staff, reach), "person", "place")
    remarks = Part(Remark.objects.of(staff).filter(organisation=one).order_by())
    ask(places, rooms, contacts, people, remarks)
    periods = _periods(rooms.found)
    return PartnerShown(
        [
            PlaceShown(
                place,
                known.type_label(place.activity_type),
                getattr(place, "there", 0),
                periods.get(place.pk, []),
                on,
            )
            for place in sorted(places.found, key=attrgetter("what", "pk"))
        ],
        sorted(contacts.found, key=attrgetter("name", "pk")),
        sorted(people.found, key=attrgetter("pk"), reverse=True),
        remarks.found[0].text if remarks.found else "",
    )


def _there() -> Coalesce:
    started = OnwardReferral.objects.filter(place=OuterRef("pk"), state=State.STARTED)
    counted = started.order_by().values("place").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _people(one: Organisation, staff: Staff, reach: Reach) -> QuerySet[OnwardReferral]:
    """Those of whom this member of staff may see the page."""
    rows = OnwardReferral.objects.visible_to(staff, reach).filter(
        organisation=one, state__in=OPEN, person__erased_at=None
    )
    return rows.order_by()


def _periods(capacities: list[Capacity]) -> dict[int, list[Room]]:
    """Of each place; of two on one day the last that was noted counts."""
    days: dict[int, dict[date, Capacity]] = defaultdict(dict)
    for noted in sorted(capacities, key=attrgetter("from_on", "pk")):
        days[noted.place_id][noted.from_on] = noted
    return {
        place: [
            Room(noted.number, noted.from_on, until)
            for noted, until in zip(of_days.values(), [*of_days, None][1:], strict=True)
        ]
        for place, of_days in days.items()
    }
