"""What a coach brings along: languages, a manner, quarters that are their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Staff


class CoachProfile(models.Model):
    """As the coach or the administrator wrote it down last; lists of codes."""

    class Manner(models.TextChoices):
        CALM = "calm", pgettext_lazy("manner of a coach", "calm, takes time")
        ACTIVE = "active", pgettext_lazy("manner of a coach", "active, gets going")
        OUTDOORS = "outdoors", pgettext_lazy("manner of a coach", "likes to go out")
        GROUP = "group", pgettext_lazy("manner of a coach", "likes to work in groups")

    staff = models.OneToOneField(Staff, models.PROTECT, related_name="coach_profile")
    languages = models.JSONField(default=list, blank=True)
    manners = models.JSONField(default=list, blank=True)
    quarters = models.JSONField(default=list, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("what a coach brings along")
        verbose_name_plural = _("what coaches bring along")

    def __str__(self) -> str:
        return f"profile of {self.staff_id}"
