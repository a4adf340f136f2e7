"""How much longer a trajectory became, and what became of the pilot's working steps."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Staff
from trede.people.vault import EncryptedTextField
from trede.trajectories.trajectory_models import Trajectory, TrajectoryPart


class ExtensionQuerySet(TrajectoryPart["Extension"]):
    def standing(self) -> Self:
        """Without those that were taken back."""
        return self.filter(reversed_at=None)


class Extension(models.Model):
    """So many months longer, and why. Taking back leaves the row."""

    trajectory = models.ForeignKey(
        Trajectory, models.PROTECT, related_name="extensions"
    )
    months = models.PositiveSmallIntegerField()
    reason = EncryptedTextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT)
    reversed_at = models.DateTimeField(null=True, blank=True)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(months__gte=1), name="extension_is_longer"
            )
        ]

    def __str__(self) -> str:
        return f"extension {self.pk}"


class WorkingStepNoteQuerySet(TrajectoryPart["WorkingStepNote"]):
    def standing(self) -> Self:
        """Without those that were taken back."""
        return self.filter(reversed_at=None)


class WorkingStepNote(models.Model):
    """What became of a working step of the pilot (its code in the pilot file): done, or
    not fitting, with a word why. Taking back leaves the row."""

    class Kind(models.TextChoices):
        DONE = "done", pgettext_lazy("working step", "done")
        NOT_FITTING = "not_fitting", pgettext_lazy("working step", "does not fit")

    trajectory = models.ForeignKey(
        Trajectory, models.PROTECT, related_name="working_steps"
    )
    code = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField()
    why = EncryptedTextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT)
    reversed_at = models.DateTimeField(null=True, blank=True)

    objects = WorkingStepNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("working step")
        verbose_name_plural = _("working steps")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory", "code"],
                condition=models.Q(reversed_at=None),
                name="working_step_noted_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.kind}"
