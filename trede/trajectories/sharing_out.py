"""Who takes whom when many people of one coach go at once.

The colleague who guides the fewest takes the next one. Only people in a trajectory are
load; those who wait are dealt out too, so that not all of them fall to one colleague.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from trede.accounts.models import Staff
from trede.people.models import Person, Responsibility
from trede.trajectories.models import Trajectory, TrajectoryQuerySet


def loads(
    coaches: Iterable[Staff], on: date, among: TrajectoryQuerySet | None = None
) -> Counter[int]:
    """How many people each of them guides on a day, by number of the coach."""
    rows = Trajectory.objects.all() if among is None else among
    runs = rows.filter(
        Q(closed_on=None) | Q(closed_on__gt=on),
        person=OuterRef("person"),
        started_on__lte=on,
    )
    guided = Responsibility.objects.filter(
        Exists(runs),
        Q(ended_on=None) | Q(ended_on__gt=on),
        staff__in=[one.pk for one in coaches],
        started_on__lte=on,
    )
    counted = guided.order_by("staff").values_list("staff")
    return Counter(dict(counted.annotate(Count("person", distinct=True))))


def shared_out(
    people: Mapping[Person, bool],
    *,
    coaches: Sequence[Staff],
    guided: Mapping[int, int],
) -> dict[Person, Staff]:
    """`people`: whether each is in a trajectory; `guided`: what each coach has already.
    Whoever is in a trajectory goes first, and the same question has the same answer."""
    if not coaches:
        return {}
    load, waits = Counter(guided), Counter[int]()
    found = {}
    for person in sorted(people, key=lambda one: (not people[one], one.pk)):
        in_trajectory = people[person]
        taker = min(
            coaches,
            key=lambda one: (
                0 if in_trajectory else waits[one.pk],
                load[one.pk],
                one.name,
                one.pk,
            ),
        )
        (load if in_trajectory else waits)[taker.pk] += 1
        found[person] = taker
    return found
