"""Partners and one person: onward referral, placement, schemes, professionals around.

The directory itself stands in `directory_models.py`.
"""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Staff
from trede.accounts.visibility import M
from trede.partners.directory_models import ActivityPlace as ActivityPlace
from trede.partners.directory_models import Capacity as Capacity
from trede.partners.directory_models import ContactPerson as ContactPerson
from trede.partners.directory_models import Organisation as Organisation
from trede.partners.directory_models import Remark as Remark
from trede.partners.directory_models import Sheet as Sheet
from trede.people.models import Person, PersonQuerySet, PersonsQuerySet
from trede.people.vault import EncryptedTextField
from trede.pilots.models import Pilot


class OnwardQuerySet(PersonsQuerySet["OnwardReferral"]):
    def standing(self) -> Self:
        """Without those that were a mistake from the first step on."""
        return self.exclude(state="")


class OnwardReferral(models.Model):
    """A person is referred to a partner. `referring_onward.py` says which state may
    follow which; each step is dated, and the last one can be taken back."""

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("onward referral", "proposed")
        APPLIED = "applied", pgettext_lazy("onward referral", "applied")
        ACCEPTED = "accepted", pgettext_lazy("onward referral", "may come")
        STARTED = "started", pgettext_lazy("onward referral", "started")
        NOT_STARTED = "not_started", pgettext_lazy("onward referral", "did not start")
        ENDED = "ended", pgettext_lazy("onward referral", "ended")

    class WentAlong(models.TextChoices):
        COACH = "coach", pgettext_lazy("went along", "the coach")
        COLLEAGUE = "colleague", pgettext_lazy("went along", "a colleague")
        PARTNER = "partner", pgettext_lazy("went along", "somebody of the partner")
        FAMILIAR = "familiar", pgettext_lazy("went along", "family or a friend")
        NOBODY = "nobody", pgettext_lazy("went along", "nobody")

    person = models.ForeignKey(Person, models.PROTECT, related_name="onward_referrals")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="onward_referrals"
    )
    place = models.ForeignKey(
        ActivityPlace,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="onward_referrals",
    )
    state = models.CharField(max_length=12, choices=State.choices, blank=True)
    went_along = models.CharField(max_length=10, choices=WentAlong.choices, blank=True)

    objects = OnwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("onward referral")
        verbose_name_plural = _("onward referrals")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"onward referral {self.pk}"

    @property
    def where(self) -> str:
        if self.place is None:
            return self.organisation.name
        return f"{self.place.what}, {self.organisation.name}"


class OfOnward(PersonsQuerySet[M]):
    """Rows that hang from an onward referral."""

    municipality_path = "onward__person__municipality"

    def own_of(self, staff: Staff) -> Self:
        people = PersonQuerySet(Person).own_of(staff)
        return self.filter(onward__person__in=people)


class OnwardStepQuerySet(OfOnward["OnwardStep"]):
    def standing(self) -> Self:
        """Without those that were taken back."""
        return self.filter(reversed_at=None)


class OnwardStep(models.Model):
    """One dated step. An empty state: the partner told how it goes."""

    class Reason(models.TextChoices):
        NO_ROOM = "no_room", pgettext_lazy("did not start", "no room")
        NO_ANSWER = "no_answer", pgettext_lazy("did not start", "no answer")
        OWN_WISH = "own_wish", pgettext_lazy("did not start", "own wish")
        DOES_NOT_FIT = "does_not_fit", pgettext_lazy("did not start", "does not fit")
        LANGUAGE = "language", pgettext_lazy("did not start", "language")
        TOO_FAR = "too_far", pgettext_lazy("did not start", "too far, or no transport")
        COSTS = "costs", pgettext_lazy("did not start", "costs")
        HEALTH = "health", pgettext_lazy("did not start", "health")
        HOME = "home", pgettext_lazy("did not start", "care at home")
        OTHER = "other", pgettext_lazy("did not start", "another reason")

    onward = models.ForeignKey(OnwardReferral, models.PROTECT, related_name="steps")
    state = models.CharField(
        max_length=12, choices=OnwardReferral.State.choices, blank=True
    )
    on = models.DateField()
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    words = EncryptedTextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    reversed_at = models.DateTimeField(null=True, blank=True)

    objects = OnwardStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of an onward referral")
        verbose_name_plural = _("steps of onward referrals")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.onward_id}: {self.state}"


class PlacementQuerySet(OfOnward["Placement"]):
    def running(self) -> Self:
        return self.filter(ended_on=None)


class Placement(models.Model):
    """Somebody does voluntary work, or something like it, at a partner. `review_on` is
    the day on which the trial period is to be looked back on; none when nothing is to
    be looked back on any more."""

    class EndReason(models.TextChoices):
        NO_PROSPECT = "no_prospect", pgettext_lazy("end of a placement", "no prospect")
        UNSAFE = "unsafe", pgettext_lazy("end of a placement", "did not feel safe")
        TOO_LONG = "too_long", pgettext_lazy("end of a placement", "took too long")
        CLOSED = "closed", pgettext_lazy("end of a placement", "the place closed")
        OWN_WISH = "own_wish", pgettext_lazy("end of a placement", "own wish")
        PARTNER = "partner", pgettext_lazy("end of a placement", "wish of the partner")
        PAID_WORK = "paid_work", pgettext_lazy("end of a placement", "paid work")
        EDUCATION = "education", pgettext_lazy("end of a placement", "education")
        OTHER_PLACE = "other_place", pgettext_lazy("end of a placement", "other place")
        HEALTH = "health", pgettext_lazy("end of a placement", "health")
        HOME = "home", pgettext_lazy("end of a placement", "care at home")
        FINISHED = "finished", pgettext_lazy("end of a placement", "it was finished")
        OTHER = "other", pgettext_lazy("end of a placement", "another reason")

    onward = models.OneToOneField(
        OnwardReferral, models.PROTECT, related_name="placement"
    )
    started_on = models.DateField()
    trial_until_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    hours = models.DecimalField(max_digits=4, decimal_places=1)  # a week
    wished_hours = models.DecimalField(
        max_digits=4, decimal_places=1, null=True, blank=True
    )
    compensation = models.CharField(max_length=120, blank=True)
    agreement_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=12, choices=EndReason.choices, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="placement_ends_after_it_began",
            )
        ]
        indexes = [
            models.Index(
                fields=["review_on"],
                name="placements_to_review",
                condition=models.Q(review_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"placement {self.pk}"


class OfPlacement(PersonsQuerySet["PlacementMoment"]):
    municipality_path = "placement__onward__person__municipality"

    def own_of(self, staff: Staff) -> Self:
        people = PersonQuerySet(Person).own_of(staff)
        return self.filter(placement__onward__person__in=people)


class PlacementMoment(models.Model):
    """What was noted of a placement on a day."""

    class Kind(models.TextChoices):
        STARTED = "started", pgettext_lazy("placement", "started")
        REVIEW = "review", pgettext_lazy("placement", "placement review")
        HOURS = "hours", pgettext_lazy("placement", "hours")
        AGREEMENT = "agreement", pgettext_lazy("placement", "volunteer agreement")
        INCIDENT = "incident", pgettext_lazy("placement", "incident")
        ENDED = "ended", pgettext_lazy("placement", "ended")

    class Outcome(models.TextChoices):
        STAYS = "stays", pgettext_lazy("placement review", "stays")
        LONGER = "longer", pgettext_lazy("placement review", "a longer trial period")
        STOPS = "stops", pgettext_lazy("placement review", "stops")

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="moments")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    # Of a review: with whom; hours a week as they were from that day on.
    contact = models.ForeignKey(
        ContactPerson, models.PROTECT, null=True, blank=True, related_name="+"
    )
    hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    wished_hours = models.DecimalField(
        max_digits=4, decimal_places=1, null=True, blank=True
    )
    trial_until_on = models.DateField(null=True, blank=True)
    words = EncryptedTextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    objects = OfPlacement.as_manager()

    class Meta:
        verbose_name = _("moment of a placement")
        verbose_name_plural = _("moments of placements")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.placement_id}: {self.kind}"


class SchemeUseQuerySet(PersonsQuerySet["SchemeUse"]):
    """Seen by whoever sees the person."""


class SchemeUse(models.Model):
    """How it stood with one scheme of the pilot on a day; the newest day counts."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="schemes")
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="+")
    scheme = models.CharField(max_length=40)
    knew = models.BooleanField()
    uses = models.BooleanField()
    wants = models.BooleanField()
    applied = models.BooleanField()
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    objects = SchemeUseQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a scheme")
        verbose_name_plural = _("use of schemes")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.scheme}"


class ProfessionalQuerySet(PersonsQuerySet["Professional"]):
    def around(self) -> Self:
        return self.filter(ended_on=None)


class Professional(models.Model):
    """Somebody who is paid to help this person, and may be called about it."""

    class Kind(models.TextChoices):
        GENERAL_PRACTITIONER = "gp", pgettext_lazy("professional", "GP")
        SOCIAL_TEAM = "social_team", pgettext_lazy("professional", "social team")
        AMBULANT = "ambulant", pgettext_lazy("professional", "ambulant guidance")
        DEBTS = "debts", pgettext_lazy("professional", "debt counsellor")
        ADMINISTRATOR = (
            "administrator",
            pgettext_lazy("professional", "administrator of money"),
        )
        PSYCHOLOGIST = "psychologist", pgettext_lazy("professional", "mental health")
        HOME_CARE = "home_care", pgettext_lazy("professional", "home care")
        YOUTH = "youth", pgettext_lazy("professional", "youth help or school")
        PROBATION = "probation", pgettext_lazy("professional", "probation officer")
        HOUSING = "housing", pgettext_lazy("professional", "housing association")
        CLIENT_MANAGER = (
            "client_manager",
            pgettext_lazy("professional", "client manager"),
        )
        OTHER = "other", pgettext_lazy("professional", "somebody else")

    person = models.ForeignKey(Person, models.PROTECT, related_name="professionals")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    name = EncryptedTextField()
    telephone = EncryptedTextField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    objects = ProfessionalQuerySet.as_manager()

    class Meta:
        verbose_name = _("professional")
        verbose_name_plural = _("professionals")
        ordering = ["noted_at", "pk"]

    def __str__(self) -> str:
        return f"professional {self.pk}"
