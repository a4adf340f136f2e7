"""What was done for many candidates at once, to be taken back as a whole."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Staff
from trede.inflow.candidate_models import Candidate
from trede.people.models import PersonsQuerySet


class SameStep(models.Model):
    """The step of one candidate; those of one go share a key. The step itself, and who
    is the coach, stand where they stand for everybody."""

    class Kind(models.TextChoices):
        REST = "rust", pgettext_lazy("same step", "Leave in peace")
        WAKE = "bellen", pgettext_lazy("same step", "Call again")
        DECLINE = "liever-niet", pgettext_lazy("same step", "Would rather not")
        COACH = "coach", pgettext_lazy("same step", "Give a coach")
        LETTER = "brief", pgettext_lazy("same step", "Make the invitation")

    key = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="same_steps")
    transition = models.OneToOneField(
        "inflow.StageTransition", models.PROTECT, null=True, blank=True
    )
    coach_before = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )
    coach_after = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class SameStepQuerySet(PersonsQuerySet["SameStep"]):
        municipality_path = "candidate__pilot__municipality"

    objects = SameStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of many at once")
        verbose_name_plural = _("steps of many at once")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "candidate"], name="same_step_once_a_go"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
