"""Editions of a report: what disclosure control released, and who approved it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Staff
from trede.accounts.visibility import VisibleQuerySet
from trede.studies.models import Run


class EditionQuerySet(VisibleQuerySet["Edition"]):
    municipality_path = "run__study__pilot__municipality"


class Edition(models.Model):
    """Remembers every released cell: a later edition is checked against it."""

    class State(models.TextChoices):
        CONCEPT = "concept", pgettext_lazy("edition", "concept")
        APPROVED = "approved", pgettext_lazy("edition", "approved")

    run = models.ForeignKey(Run, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    released = models.JSONField()
    decisions = models.JSONField()
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.CONCEPT
    )
    made_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of a report")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"edition {self.number}"
