"""Narrowing what is asked of a whole pilot to some of its people.

A coach's own closed trajectories are a few hundred; a pilot may have a hundred
thousand. Few people are asked about so often that it is put into SQL once, with room
for more than there are.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest
from typing import Any, TypeVar

from django.db.models import QuerySet

from trede.together import stand_in

SIZES = (8, 64, 512)
Rows = TypeVar("Rows", bound=QuerySet[Any])
Room = tuple[int, ...]
People = Collection[int] | QuerySet[Any, Any] | None  # everybody, or these


def among(rows: Rows, people: People, path: str = "person") -> Rows:
    return rows if people is None else rows.filter(**{f"{path}__in": people})


def places() -> list[Room]:
    """Stand-ins, for few people and for more."""
    return [tuple(stand_in() for _one in range(size)) for size in SIZES]


def room_for(
    people: Collection[int], rooms: Sequence[Room]
) -> tuple[Room, Mapping[int, int | None]]:
    """The smallest that they fit in, and who has which place; else they themselves."""
    for room in rooms:
        if len(people) <= len(room):
            return room, dict(zip_longest(room, people))
    return tuple(people), {}
