"""Editions of a report: what disclosure control released, and who approved it. The
hidden figures that two people decided to show. And the chapters that researchers
write."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Role, Staff
from trede.accounts.permissions import Reach
from trede.accounts.visibility import VisibleQuerySet
from trede.studies.models import Run, Study


class EditionQuerySet(VisibleQuerySet["Edition"]):
    municipality_path = "run__study__pilot__municipality"

    def visible_to(self, staff: Staff, reach: Reach) -> Self:
        """A concept is for the researcher only."""
        visible = super().visible_to(staff, reach)
        return visible if staff.has(Role.RESEARCHER) else visible.approved()

    def approved(self) -> Self:
        return self.filter(state=Edition.State.APPROVED)


class Edition(models.Model):
    """The public form of a run. `told` is what a reader of it knows: every later
    edition is checked against it, so it is kept as long as the report exists."""

    class State(models.TextChoices):
        CONCEPT = "concept", pgettext_lazy("edition", "concept")
        APPROVED = "approved", pgettext_lazy("edition", "approved")

    study = models.ForeignKey(Study, models.PROTECT, related_name="editions")
    run = models.ForeignKey(Run, models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    released = models.JSONField()
    told = models.JSONField()
    decisions = models.JSONField()
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.CONCEPT
    )
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition of a report")
        verbose_name_plural = _("editions of reports")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "number"], name="edition_numbered_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="concept", approved_at=None)
                | models.Q(state="approved", approved_at__isnull=False),
                name="edition_approved_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"edition {self.number}"


class ShowingQuerySet(VisibleQuerySet["Showing"]):
    municipality_path = "run__study__pilot__municipality"

    def agreed(self) -> Self:
        return self.exclude(agreed_at=None).order_by("agreed_at", "pk")


class Showing(models.Model):
    """A figure that disclosure control hides, to be shown by decision: one person asks
    and says why, another one agrees. It is never changed or taken back."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="showings")
    figure = models.TextField()  # its name, the same in every edition
    place = models.JSONField()  # where it stands, and why it was hidden
    why = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ShowingQuerySet.as_manager()

    class Meta:
        verbose_name = _("hidden figure to be shown")
        verbose_name_plural = _("hidden figures to be shown")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "figure"], name="figure_asked_for_once"
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_at=None, agreed_by=None)
                | models.Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="showing_agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_by=None)
                | ~models.Q(agreed_by=models.F("asked_by")),
                name="showing_agreed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.figure


class ChapterTextQuerySet(VisibleQuerySet["ChapterText"]):
    municipality_path = "study__pilot__municipality"


class ChapterText(models.Model):
    """One version of what a researcher wrote in a chapter; versions are only added."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="chapter_texts")
    chapter = models.CharField(max_length=30)
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    objects = ChapterTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a chapter")
        verbose_name_plural = _("texts of chapters")
        ordering = ["study", "chapter", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "chapter", "number"],
                name="chapter_version_numbered_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.chapter}, version {self.number}"
