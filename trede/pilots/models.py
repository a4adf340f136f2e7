"""A pilot and the dated versions of its file."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from trede.accounts.models import Municipality, Staff
from trede.accounts.visibility import VisibleQuerySet


class PilotQuerySet(VisibleQuerySet["Pilot"]):
    pass


class Pilot(models.Model):
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="pilots"
    )
    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    # A demo pilot's answers are invented; every page that shows them says so.
    fictitious = models.BooleanField(default=False)

    objects = PilotQuerySet.as_manager()

    class Meta:
        verbose_name = _("pilot")

    def __str__(self) -> str:
        return self.name


class PilotFile(models.Model):
    """One version of the pilot's file. History is appended: the newest that has come
    into force counts, and an older one is never changed."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="files")
    number = models.PositiveIntegerField()
    text = models.TextField()
    in_force_from = models.DateField()
    reason = models.CharField(_("reason"), max_length=300)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(Staff, models.PROTECT, null=True)

    class Meta:
        verbose_name = _("pilot file")
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "number"], name="pilot_file_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pilot_id} v{self.number}"

    def in_force_on(self, day: date) -> bool:
        return self.in_force_from <= day
