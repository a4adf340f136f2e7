"""Pairs of candidates, the lots that were drawn for them, and deviations."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Staff
from trede.accounts.visibility import VisibleQuerySet
from trede.inflow.candidate_models import Candidate
from trede.people.models import Person, PersonQuerySet
from trede.people.vault import EncryptedTextField
from trede.pilots.models import Pilot


class Lot(models.Model):
    """A sealed lot: the digest of a secret, written down before a pair uses it."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="lots")
    number = models.PositiveIntegerField()
    commitment = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["pilot", "number"], name="lot_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"lot {self.number}"


class PairQuerySet(VisibleQuerySet["Pair"]):
    municipality_path = "pilot__municipality"

    def own_of(self, staff: Staff) -> Self:
        """A coach sees the pairs of which one is theirs."""
        people = PersonQuerySet(Person).own_of(staff)
        return self.filter(
            models.Q(one__person__in=people) | models.Q(other__person__in=people)
        )

    def standing(self) -> Self:
        return self.filter(dissolved_at=None)

    def of(self, candidate: Candidate) -> Self:
        return self.filter(models.Q(one=candidate) | models.Q(other=candidate))


class Pair(models.Model):
    """Two candidates of whom the lot says who starts and who waits.

    The lot was sealed before; at registration the members and the moment are fixed;
    then the secret is shown, and the draw is a digest of all of it, which anybody can
    recompute (`lot.py`).
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="pairs")
    # The lower number first, whoever was entered first.
    one = models.ForeignKey(Candidate, models.PROTECT, related_name="+")
    other = models.ForeignKey(Candidate, models.PROTECT, related_name="+")
    lot = models.OneToOneField(Lot, models.PROTECT, related_name="pair")
    commitment = models.CharField(max_length=64, unique=True)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Staff, models.PROTECT)
    secret = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    first = models.ForeignKey(
        Candidate, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When the trajectory of the first should be over; empty while that is unknown.
    planned_end_on = models.DateField(null=True, blank=True)
    dissolved_at = models.DateTimeField(null=True, blank=True)
    dissolved_reason = EncryptedTextField()

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair")
        verbose_name_plural = _("pairs")
        ordering = ["-registered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="paired_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="pair_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"pair {self.pk}"

    @property
    def second(self) -> Candidate | None:
        """Who waits; nobody before the lot has fallen."""
        if self.first_id is None:
            return None
        return self.other if self.first_id == self.one_id else self.one


class Deviation(models.Model):
    """Where the study design was not followed, and why. Contacts with somebody who
    waits carry their reason themselves (`ContactMoment.deviation_reason`)."""

    class Kind(models.TextChoices):
        EARLY_START = "early_start", pgettext_lazy("deviation", "started before time")
        WITHOUT_LOT = "without_lot", pgettext_lazy("deviation", "started without a lot")
        PAIRED_AGAIN = "paired_again", pgettext_lazy("deviation", "in a second pair")

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="deviations")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    reason = EncryptedTextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT)

    class Meta:
        verbose_name = _("deviation")
        verbose_name_plural = _("deviations")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"deviation {self.pk}"
