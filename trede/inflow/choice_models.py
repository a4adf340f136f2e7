"""What somebody who was invited chose on the page behind the code in the letter."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from trede.contact.models import PersonalLink
from trede.inflow.candidate_models import Candidate
from trede.people.models import PersonsQuerySet


class InvitationChoice(models.Model):
    """One a letter; the newest counts. Codes of the pilot file, or empty."""

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="choices")
    # Once a link; the link itself goes when it is over.
    link = models.OneToOneField(PersonalLink, models.SET_NULL, null=True, blank=True)
    chosen_at = models.DateTimeField()
    not_now = models.BooleanField(default=False)
    place = models.CharField(max_length=60, blank=True)
    part_of_day = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=8, blank=True)
    interpreter = models.BooleanField(default=False)

    class InvitationChoiceQuerySet(PersonsQuerySet["InvitationChoice"]):
        municipality_path = "candidate__pilot__municipality"

    objects = InvitationChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice after an invitation")
        verbose_name_plural = _("choices after an invitation")
        ordering = ["chosen_at", "pk"]

    def __str__(self) -> str:
        return f"choice {self.pk}"
