"""The study: pseudonyms, design and its amendments, baselines, runs."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Staff
from trede.accounts.visibility import VisibleQuerySet
from trede.people.models import Person
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting


class StudyQuerySet(VisibleQuerySet["Study"]):
    municipality_path = "pilot__municipality"


class Study(models.Model):
    pilot = models.OneToOneField(Pilot, models.PROTECT)
    # Part of what a pseudonym is made of: the same person has another one elsewhere.
    code = models.SlugField(unique=True)
    title = models.CharField(max_length=160)
    founded_at = models.DateTimeField()

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
        verbose_name_plural = _("pseudonyms")
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
    before = models.CharField(max_length=40)
    after = models.CharField(max_length=40)
    reason = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT)

    class Meta:
        verbose_name = _("amendment")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["study", "on"], name="one_amendment_a_study_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.after}"


class Baseline(models.Model):
    """Which sitting is the baseline of whom, as stated under an amendment.

    Appended: whoever waited has a renewed intake later, and the newest statement
    counts.
    """

    class Because(models.TextChoices):
        STARTED = "started", pgettext_lazy("baseline", "had started")
        WAITING = "waiting", pgettext_lazy("baseline", "was waiting")
        NEW = "new", pgettext_lazy("baseline", "came afterwards")

    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="baselines")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sitting = models.ForeignKey(Sitting, models.PROTECT)
    because = models.CharField(max_length=10, choices=Because.choices)
    stated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("baseline")
        verbose_name_plural = _("baselines")
        ordering = ["stated_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "person", "sitting"],
                name="baseline_stated_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.sitting_id}"


class RunQuerySet(VisibleQuerySet["Run"]):
    municipality_path = "study__pilot__municipality"


class Run(models.Model):
    """One computation on the data up to a date, with what is needed to repeat it."""

    class Edition(models.TextChoices):
        INTERIM = "interim", pgettext_lazy("report", "interim report")
        FINAL = "final", pgettext_lazy("report", "final report")

    study = models.ForeignKey(Study, models.PROTECT, related_name="runs")
    edition = models.CharField(max_length=10, choices=Edition.choices)
    until_on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=60)
    data_hash = models.CharField(max_length=64)
    version = models.CharField(max_length=20)
    rules_number = models.PositiveIntegerField()  # version of the pilot file
    results = models.JSONField()  # unsuppressed: the researcher's view only
    # Set when somebody withdrew since: the same figures cannot be made again.
    not_repeatable_since = models.DateTimeField(null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"run {self.pk}"


class Member(models.Model):
    """Who was in a run, by pseudonym, with which sitting and in which group.

    Points at no person: it is compared with a later run, to know how many people came
    and went between two editions of a report, also when one of them was erased.
    """

    run = models.ForeignKey(Run, models.CASCADE, related_name="members")
    code = models.CharField(max_length=12)
    wave = models.CharField(max_length=4)
    group = models.CharField(max_length=20)
    sitting_number = models.PositiveBigIntegerField()

    class Meta:
        verbose_name = _("member of a run")
        constraints = [
            models.UniqueConstraint(
                fields=["run", "code", "wave"], name="in_a_run_once_a_wave"
            )
        ]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.code} {self.wave}"
