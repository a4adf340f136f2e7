"""Candidates, and where they stand: what the rest of inflow hangs from."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.people.models import Person, PersonsQuerySet
from trede.pilots.models import Pilot


class Stage(models.TextChoices):
    """Where a candidate stands; `stages.py` says which step may follow which."""

    LISTED = "listed", pgettext_lazy("stage", "on the list")
    WAITING = "waiting", pgettext_lazy("stage", "on the waiting list")
    RESTING = "resting", pgettext_lazy("stage", "left in peace for a while")
    INTAKE = "intake", pgettext_lazy("stage", "in intake")
    TO_START = "to_start", pgettext_lazy("stage", "may start")
    PAIR_WAITING = "pair_waiting", pgettext_lazy("stage", "waits by lot")
    STARTED = "started", pgettext_lazy("stage", "in a trajectory")
    CLOSED = "closed", pgettext_lazy("stage", "trajectory closed")
    REFERRED_ON = "referred_on", pgettext_lazy("stage", "referred on")
    DECLINED = "declined", pgettext_lazy("stage", "does not want to")
    INELIGIBLE = "ineligible", pgettext_lazy("stage", "does not fit the criteria")
    GONE = "gone", pgettext_lazy("stage", "no longer on the list")


class CandidateQuerySet(PersonsQuerySet["Candidate"]):
    def current(self) -> Self:
        """Without whose record was merged into another or erased."""
        return self.exclude(person__in=Person.objects.put_aside())

    def longest_waiting_first(self) -> Self:
        return self.order_by("since_on", "pk")


class Candidate(models.Model):
    """Somebody in one pilot who is not yet, or was, a participant."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="candidacies")
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="candidates")
    since_on = models.DateField()  # on the list or referred: waiting counts from here
    stage = models.CharField(
        max_length=12, choices=Stage.choices, default=Stage.LISTED, db_index=True
    )
    stage_since = models.DateTimeField()
    # What the list told that is not identity; needed by the criteria and by reach.
    # A country may be one that no longer exists, so it is kept as it was written.
    born_in = models.CharField(max_length=200, blank=True)
    benefit_since_on = models.CharField(max_length=10, blank=True)  # may be incomplete
    settled_on = models.CharField(max_length=10, blank=True)
    last_seen_on = models.CharField(max_length=10, blank=True)
    other_track = models.CharField(max_length=200, blank=True)
    other_track_known = models.BooleanField(default=False)  # known, if only "none"
    status_approach = models.BooleanField(null=True)
    rest_until = models.DateField(null=True, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "pilot"], name="candidate_once_a_pilot"
            )
        ]
        indexes = [
            models.Index(fields=["pilot", "stage", "since_on"], name="waiting_order"),
            models.Index(
                fields=["pilot", "since_on", "id"],
                name="longest_waiting",
                condition=models.Q(stage__in=(Stage.WAITING, Stage.RESTING)),
            ),
            models.Index(fields=["pilot", "-stage_since", "-id"], name="changed_last"),
        ]

    def __str__(self) -> str:
        return f"candidate {self.pk}"
