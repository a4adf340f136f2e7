"""What stands around the goals: barriers, strengths, small steps, pace and manner.

Each row is dated and says who noted it. One that was a mistake is taken back: it stays,
and does not count.
"""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Staff
from trede.accounts.visibility import M
from trede.people.vault import EncryptedTextField
from trede.trajectories.profile_models import CoachProfile
from trede.trajectories.trajectory_models import Trajectory, TrajectoryPart


class PlanPartQuerySet(TrajectoryPart[M]):
    def standing(self) -> Self:
        """Without those that were taken back."""
        return self.filter(reversed_at=None)


class PlanPart(models.Model):
    trajectory = models.ForeignKey(Trajectory, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    reversed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class BarrierChange(PlanPart):
    """A barrier (its code in the pilot file) was seen, or was found to be gone. What
    was named in an intake stands there and is not noted again."""

    code = models.CharField(max_length=40)
    is_there = models.BooleanField()
    on = models.DateField()

    objects = PlanPartQuerySet.as_manager()

    class Meta(PlanPart.Meta):
        verbose_name = _("barrier")
        verbose_name_plural = _("barriers")


class Strength(PlanPart):
    """What somebody is good at, in their own words."""

    words = EncryptedTextField()
    domain = models.CharField(max_length=30, blank=True)

    objects = PlanPartQuerySet.as_manager()

    class Meta(PlanPart.Meta):
        verbose_name = pgettext_lazy("plan", "strength")
        verbose_name_plural = pgettext_lazy("plan", "strengths")


class SmallStep(PlanPart):
    """A step too small for the ladder. `step` is the step of a goal that it was."""

    words = EncryptedTextField()
    domain = models.CharField(max_length=30)
    on = models.DateField()
    together = models.BooleanField(default=False)  # the coach went along
    step = models.ForeignKey(
        "trajectories.Step", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PlanPartQuerySet.as_manager()

    class Meta(PlanPart.Meta):
        verbose_name = _("small step")
        verbose_name_plural = _("small steps")
        constraints = [
            models.UniqueConstraint(
                fields=["step"],
                condition=models.Q(reversed_at=None),
                name="step_counted_once",
            )
        ]


class Manner(PlanPart):
    """How somebody likes it best; the newest holds. Place and channel are codes of the
    pilot file."""

    class Often(models.TextChoices):
        WEEKLY = "weekly", pgettext_lazy("manner", "every week")
        FORTNIGHTLY = "fortnightly", pgettext_lazy("manner", "every two weeks")
        MONTHLY = "monthly", pgettext_lazy("manner", "every month")
        SELDOM = "seldom", pgettext_lazy("manner", "less often")

    often = models.CharField(max_length=12, choices=Often.choices, blank=True)
    place = models.CharField(max_length=40, blank=True)
    channel = models.CharField(max_length=12, blank=True)
    # What manner of a coach suits.
    coach = models.CharField(
        max_length=10, choices=CoachProfile.Manner.choices, blank=True
    )
    avoid = EncryptedTextField()

    objects = PlanPartQuerySet.as_manager()

    class Meta(PlanPart.Meta):
        verbose_name = _("pace and manner")
        verbose_name_plural = _("pace and manner")
