"""Somebody becomes known to the municipality, or their details change.

A person is registered once per BSN: who is known already is chosen, not typed again.
When two members of staff change the same person, the second is shown what differs and
nothing of either is lost.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trede import many_rows
from trede.accounts.acting import Actor, record
from trede.accounts.models import Municipality
from trede.accounts.refusing import Refused
from trede.people import searching
from trede.people.details import (
    FIELDS,
    PersonDetails,
    birth_year,
    mistakes,
    of,
    tidied,
)
from trede.people.indexing import index, index_anew
from trede.people.models import Person

STALE = gettext_lazy(
    "Somebody else changed these details while you were typing."
    " Compare the two, choose, and save again."
)


class Stale(Exception):
    """Somebody else saved first. `theirs` is what stands there now, by field.

    Not a plain refusal: the page that caught it must show the two side by side.
    """

    def __init__(self, theirs: Mapping[str, str], edition: int) -> None:
        super().__init__(STALE)
        self.theirs = theirs
        self.edition = edition


def register_person(
    *, municipality: Municipality, details: PersonDetails, by: Actor, at: datetime
) -> Person:
    with transaction.atomic():
        person = _registered(municipality, [details], at)[0]
        record("registered a person", by=by, at=at, on=person, persons=[person.pk])
    return person


def register_many(
    *,
    municipality: Municipality,
    details: Sequence[PersonDetails],
    by: Actor,
    at: datetime,
) -> list[Person]:
    """Everybody of (a part of) a list, with one audit line; all or nobody."""
    with transaction.atomic():
        people = _registered(municipality, details, at)
        numbers = [person.pk for person in people]
        record("registered people of a list", by=by, at=at, persons=numbers)
    return people


def change_person(
    *,
    person: Person,
    changes: Mapping[str, str],
    edition: int,
    by: Actor,
    at: datetime,
) -> Person:
    """Change some of the details of the person as they stood at `edition`."""
    with transaction.atomic():
        now = Person.objects.select_for_update().get(pk=person.pk)
        if now.merged_into_id or now.erased_at:
            raise Refused(_("This person's record was closed. Look the person up."))
        before = of(now)
        after = tidied(PersonDetails(**{**asdict(before), **changes}))
        changed = [f for f in FIELDS if getattr(before, f) != getattr(after, f)]
        if not changed:
            return now
        if now.edition != edition:
            theirs = {field: getattr(before, field) for field in changed}
            raise Stale(theirs, now.edition)
        _refuse_mistakes(after, at)
        _fill(now, after)
        if "language" in changed:
            # Who sets right which language it is means the letters as well.
            now.reads_in = ""
        now.edition += 1
        now.save()
        index_anew(now)
        record(
            "changed details", by=by, at=at, on=now, persons=[now.pk], fields=changed
        )
    return now


def _registered(
    municipality: Municipality, details: Sequence[PersonDetails], at: datetime
) -> list[Person]:
    # Two referrals of one BSN at the same moment wait for each other here.
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    tidy = [tidied(one) for one in details]
    for one in tidy:
        _refuse_mistakes(one, at)
    _refuse_known(municipality, [one.bsn for one in tidy if one.bsn])
    people = many_rows.create([_person(municipality, one, at) for one in tidy])
    index(people)
    return people


def _person(municipality: Municipality, details: PersonDetails, at: datetime) -> Person:
    known = {field: getattr(details, field) for field in FIELDS}
    return Person(
        municipality=municipality,
        created_at=at,
        birth_year=birth_year(details),
        **known,
    )


def _fill(person: Person, details: PersonDetails) -> None:
    for field in FIELDS:
        setattr(person, field, getattr(details, field))
    person.birth_year = birth_year(details)


def _refuse_mistakes(details: PersonDetails, at: datetime) -> None:
    for field, message in mistakes(details, timezone.localdate(at)).items():
        raise Refused(message, field)


def _refuse_known(municipality: Municipality, numbers: Sequence[str]) -> None:
    twice = len(numbers) - len(set(numbers))
    if twice or searching.by_bsn(municipality=municipality, numbers=numbers):
        raise Refused(
            _("Somebody with this BSN is known already. Look the person up instead."),
            "bsn",
        )
