"""Who may stand in the records twice: the same BSN, or the same name and birth date.

Nothing is merged by itself: a member of staff compares the two and decides that they
are one person (`merging.py`) or that they are two, and is not asked again.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from trede.accounts.acting import Actor, record
from trede.people import blind_index
from trede.people.details import PersonDetails, tidied
from trede.people.models import JudgedDifferent, Person, SearchKey

Kind = SearchKey.Kind
TELLING = (Kind.BSN, Kind.NAME_AND_BIRTH)


@dataclass(frozen=True)
class Duplicate:
    """Somebody who may be the same person, and what is the same."""

    person: Person
    same: frozenset[Kind]


def duplicates_of(person: Person) -> list[Duplicate]:
    """Others of this municipality, without those judged to be somebody else."""
    keys = person.search_keys.filter(kind__in=TELLING).values("digest")
    others = _sharing(SearchKey.objects.filter(digest__in=keys))
    others.pop(person.pk, None)
    return _shown(others, leaving_out=different_from(person))


def like(*, municipality_id: int, details: PersonDetails) -> list[Duplicate]:
    """Who is known already, before somebody with these details is registered."""
    known = blind_index.keys_of(tidied(details), municipality_id)
    digests = [digest for kind, digest in known if kind in TELLING]
    return _shown(_sharing(SearchKey.objects.filter(digest__in=digests)))


def all_duplicates(people: QuerySet[Person]) -> list[tuple[Person, Person]]:
    """Every pair among `people` that may be one person, for the list to look at."""
    keys = SearchKey.objects.filter(kind__in=TELLING, person__in=people)
    double = keys.values("digest").annotate(n=Count("pk")).filter(n__gt=1)
    together: dict[int, list[int]] = defaultdict(list)
    rows = keys.filter(digest__in=double.values("digest")).order_by("person")
    for digest, person_id in rows.values_list("digest", "person_id"):
        together[digest].append(person_id)
    pairs = {(group[0], one) for group in together.values() for one in group[1:]}
    pairs -= set(JudgedDifferent.objects.values_list("one_id", "other_id"))
    known = people.in_bulk({number for pair in pairs for number in pair})
    return [(known[one], known[other]) for one, other in sorted(pairs)]


def different_from(person: Person) -> set[int]:
    judged = JudgedDifferent.objects.filter(Q(one=person) | Q(other=person))
    return {
        number for pair in judged.values_list("one", "other") for number in pair
    } - {person.pk}


def judge_different(*, person: Person, other: Person, by: Actor, at: datetime) -> None:
    """These are two people; they are no longer shown as a possible duplicate."""
    one, two = sorted((person, other), key=lambda each: each.pk)
    with transaction.atomic():
        judged, new = JudgedDifferent.objects.get_or_create(
            one=one, other=two, defaults={"at": at, "by": by.name}
        )
        if new:
            record(
                "judged to be two people",
                by=by,
                at=at,
                on=judged,
                persons=[one.pk, two.pk],
            )


def _sharing(keys: Iterable[SearchKey]) -> dict[int, set[Kind]]:
    shared: dict[int, set[Kind]] = defaultdict(set)
    for key in keys:
        shared[key.person_id].add(Kind(key.kind))
    return shared


def _shown(
    shared: dict[int, set[Kind]], leaving_out: Iterable[int] = ()
) -> list[Duplicate]:
    people = Person.objects.filter(pk__in=set(shared) - {*leaving_out})
    return [Duplicate(one, frozenset(shared[one.pk])) for one in people.order_by("pk")]
