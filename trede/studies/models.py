"""The study: pseudonyms, design and its amendments, baselines, runs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from trede.accounts.models import Staff
from trede.accounts.visibility import VisibleQuerySet
from trede.people.models import Person
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting


class StudyQuerySet(VisibleQuerySet["Study"]):
    municipality_path = "pilot__municipality"


class Study(models.Model):
    pilot = models.OneToOneField(Pilot, models.PROTECT)
    code = models.SlugField(unique=True)
    title = models.CharField(max_length=160)

    objects = StudyQuerySet.as_manager()

    class Meta:
        verbose_name = _("study")
        verbose_name_plural = _("studies")

    def __str__(self) -> str:
        return self.title


class Pseudonym(models.Model):
    """The key between person and pseudonym; kept apart, with its own end date."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="pseudonyms")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)

    class Meta:
        verbose_name = _("pseudonym")
        constraints = [
            models.UniqueConstraint(
                fields=["study", "person"], name="one_pseudonym_a_study"
            ),
            models.UniqueConstraint(
                fields=["study", "code"], name="pseudonym_unique_in_study"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Amendment(models.Model):
    """A dated change of the study design, with its reason."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="amendments")
    on = models.DateField()
    before = models.CharField(max_length=20)
    after = models.CharField(max_length=20)
    reason = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT)

    class Meta:
        verbose_name = _("amendment")
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on}: {self.after}"


class Baseline(models.Model):
    """Which sitting is the baseline of whom, as stated by an amendment."""

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="baselines")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sitting = models.ForeignKey(Sitting, models.PROTECT)

    class Meta:
        verbose_name = _("baseline")
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "person"], name="one_baseline_an_amendment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.sitting_id}"


class Run(models.Model):
    """One computation on the data up to a date, with what is needed to repeat it."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="runs")
    edition = models.CharField(max_length=10)  # interim, final
    until_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    data_hash = models.CharField(max_length=64)
    version = models.CharField(max_length=20)
    results = models.JSONField()  # unsuppressed: the researcher's view only
    # Set when somebody withdrew since: the same figures cannot be made again.
    not_repeatable_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("run")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"run {self.pk}"


class RunPerson(models.Model):
    """Who was in a run, by pseudonym: to mark it when one of them withdraws."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="members")
    pseudonym = models.ForeignKey(Pseudonym, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "pseudonym"], name="in_a_run_once")
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.pseudonym_id}"
