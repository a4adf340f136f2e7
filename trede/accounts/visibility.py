"""The door of every query: rows are fetched through the user's eyes.

Each QuerySet of the platform says once where its municipality stands and which rows
are a member of staff's own; a view begins with `seen(request, queryset)`.
"""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.shortcuts import get_object_or_404

from trede.accounts.doors import StaffRequest
from trede.accounts.models import Staff
from trede.accounts.permissions import Reach

M = TypeVar("M", bound=models.Model, covariant=True)


class VisibleQuerySet(models.QuerySet[M]):
    """`municipality_path` leads from the row to its municipality."""

    municipality_path: ClassVar[str] = "municipality"

    def own_of(self, staff: Staff) -> Self:
        """The rows that are this member of staff's own; none unless a model says."""
        return self.none()

    def visible_to(self, staff: Staff, reach: Reach) -> Self:
        within = self.filter(**{self.municipality_path: staff.municipality_id})
        if reach is Reach.MUNICIPALITY:
            return within
        return within.own_of(staff) if reach is Reach.OWN else self.none()


def seen(request: StaffRequest, rows: VisibleQuerySet[M]) -> VisibleQuerySet[M]:
    return rows.visible_to(request.user, request.reach)


def fetch(request: StaffRequest, rows: VisibleQuerySet[M], pk: int) -> M:
    """The row, or 404 when it does not exist for this user."""
    return get_object_or_404(seen(request, rows), pk=pk)
