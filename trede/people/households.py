"""Who lives together. Somebody belongs to one household, or to none.

People at the same address are suggested; nobody is put together without a member of
staff, because one front door may hide two households.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from trede.accounts.acting import Actor, record
from trede.accounts.refusing import Refused
from trede.people import blind_index, searching
from trede.people.models import Household, Person, SearchKey


def household_of(person: Person) -> list[Person]:
    """The others of the household."""
    if person.household_id is None:
        return []
    others = Person.objects.filter(household=person.household_id).current()
    return sorted(others.exclude(pk=person.pk), key=lambda one: one.sort_name)


def housemates(
    people: QuerySet[Person], of: Iterable[Person]
) -> dict[int, list[Person]]:
    """By person, those among `people` who belong to the same household."""
    homes = {one.household_id for one in of if one.household_id}
    if not homes:
        return {}
    together: dict[int | None, list[Person]] = defaultdict(list)
    for one in people.filter(household__in=homes):
        together[one.household_id].append(one)
    found = {
        one.pk: [other for other in together[one.household_id] if other.pk != one.pk]
        for one in of
        if one.household_id
    }
    return {number: others for number, others in found.items() if others}


def suggestions(person: Person, people: QuerySet[Person]) -> list[Person]:
    """Those among `people` at the same address who are in no household yet."""
    where = blind_index.address(person)
    if not where:
        return []
    same = searching.having(people, SearchKey.Kind.ADDRESS, where)
    same = same.filter(municipality=person.municipality_id, household=None)
    return sorted(same.exclude(pk=person.pk), key=lambda one: one.sort_name)


def join(*, person: Person, other: Person, by: Actor, at: datetime) -> Household:
    """Put two people in one household; the one who has none comes to the other."""
    with transaction.atomic():
        rows = Person.objects.select_for_update().order_by("pk")
        both = rows.in_bulk([person.pk, other.pk])
        one, two = both[person.pk], both[other.pk]
        if one.pk == two.pk or one.municipality_id != two.municipality_id:
            raise Refused(_("Choose two people of one municipality."))
        if one.household_id and one.household_id == two.household_id:
            return Household.objects.get(pk=one.household_id)
        if one.household_id and two.household_id:
            raise Refused(
                _("Both already belong to a household. Take one of them out first.")
            )
        number = one.household_id or two.household_id
        household = (
            Household.objects.get(pk=number)
            if number
            else Household.objects.create(municipality=one.municipality)
        )
        rows.filter(pk__in=both).update(household=household)
        record("joined a household", by=by, at=at, on=household, persons=both)
    return household


def leave(*, person: Person, by: Actor, at: datetime) -> None:
    """Take somebody out. A household of one is no household: it ends."""
    with transaction.atomic():
        now = Person.objects.select_for_update().get(pk=person.pk)
        if now.household_id is None:
            return
        household = Household.objects.get(pk=now.household_id)
        Person.objects.filter(pk=now.pk).update(household=None)
        left = list(household.members.values_list("pk", flat=True))
        if len(left) == 1:
            household.members.update(household=None)
        record("left a household", by=by, at=at, on=household, persons=[now.pk, *left])
