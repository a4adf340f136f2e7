"""Narrowing what is asked of a whole pilot to some of its people.

A coach's own closed trajectories are a few hundred; a pilot may have a hundred
thousand.
"""

from collections.abc import Collection
from typing import Any, TypeVar

from django.db.models import QuerySet

Rows = TypeVar("Rows", bound=QuerySet[Any])
People = Collection[int] | QuerySet[Any, Any] | None  # everybody, or these


def among(rows: Rows, people: People, path: str = "person") -> Rows:
    return rows if people is None else rows.filter(**{f"{path}__in": people})
