"""The trajectory itself: coach, clock, goals, ladder, pauses, closing, after-care."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Staff
from trede.accounts.visibility import M
from trede.contact.models import PersonsQuerySet
from trede.inflow.models import Candidate
from trede.people.models import Person
from trede.people.vault import EncryptedTextField
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting


class TrajectoryQuerySet(PersonsQuerySet["Trajectory"]):
    pass


class Trajectory(models.Model):
    """At most six months net of pauses. Exempt from other duties while it runs."""

    candidate = models.OneToOneField(Candidate, models.PROTECT)
    person = models.ForeignKey(Person, models.PROTECT, related_name="trajectories")
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="trajectories")
    started_on = models.DateField()
    started_by = models.ForeignKey(Staff, models.PROTECT)
    months = models.PositiveSmallIntegerField()
    design = models.CharField(max_length=20)  # study design in force at the start
    circumstance = models.CharField(max_length=20)
    closed_on = models.DateField(null=True, blank=True)

    objects = TrajectoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("trajectory")
        verbose_name_plural = _("trajectories")

    def __str__(self) -> str:
        return f"trajectory {self.pk}"


class TrajectoryPart(PersonsQuerySet[M]):
    """Rows that hang from a trajectory."""

    municipality_path = "trajectory__pilot__municipality"

    def own_of(self, staff: Staff) -> Self:
        trajectories = TrajectoryQuerySet(Trajectory).own_of(staff)
        return self.filter(trajectory__in=trajectories)


class HandOver(models.Model):
    """From one coach to another, with what the successor must know."""

    trajectory = models.ForeignKey(
        Trajectory, models.PROTECT, related_name="hand_overs"
    )
    giver = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.CharField(max_length=40)
    note = EncryptedTextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("hand-over")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"hand-over {self.pk}"


class Pause(models.Model):
    trajectory = models.ForeignKey(Trajectory, models.PROTECT, related_name="pauses")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # last day of the pause
    reason = models.CharField(max_length=40)
    circumstance = models.CharField(max_length=20)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT)
    reversed_at = models.DateTimeField(null=True, blank=True)

    objects = TrajectoryPart.as_manager()

    class Meta:
        verbose_name = _("pause")
        ordering = ["from_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on=None)
                | models.Q(until_on__gte=models.F("from_on")),
                name="pause_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["trajectory"],
                condition=models.Q(until_on=None, reversed_at=None),
                name="one_open_pause",
            ),
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"


class Goal(models.Model):
    """A goal in the person's own words."""

    trajectory = models.ForeignKey(Trajectory, models.PROTECT, related_name="goals")
    words = EncryptedTextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Staff, models.PROTECT)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    reached = models.BooleanField(null=True)

    objects = TrajectoryPart.as_manager()

    class Meta:
        verbose_name = _("goal")
        ordering = ["set_at", "pk"]

    def __str__(self) -> str:
        return f"goal {self.pk}"


class Step(models.Model):
    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("step", "later")
        BUSY = "busy", pgettext_lazy("step", "busy with it")
        DONE = "done", pgettext_lazy("step", "done")
        DROPPED = "dropped", pgettext_lazy("step", "no longer needed")

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="steps")
    words = EncryptedTextField()
    together = models.BooleanField(default=False)  # the coach goes along
    planned_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("step")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"step {self.pk}"


class StepTransition(models.Model):
    step = models.ForeignKey(Step, models.PROTECT, related_name="transitions")
    state = models.CharField(max_length=8, choices=Step.State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.state}"


class LadderAssessment(models.Model):
    """The coach's tread, from decision questions asked in the talk (never from the
    person's questionnaire), with a motivated override."""

    trajectory = models.ForeignKey(
        Trajectory, models.PROTECT, related_name="assessments"
    )
    reference_on = models.DateField()
    answers = models.JSONField()  # decision question: true or false, as asked
    version = models.CharField(max_length=20)  # of the ladder's rules
    tread_by_rule = models.PositiveSmallIntegerField()
    tread = models.PositiveSmallIntegerField()
    override_reason = EncryptedTextField()
    growth_potential = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT)

    objects = TrajectoryPart.as_manager()

    class Meta:
        verbose_name = _("ladder assessment")
        ordering = ["reference_on", "pk"]

    def __str__(self) -> str:
        return f"tread {self.tread}"


class Closing(models.Model):
    """The end of the guidance, with its reason; reopening is another row's business."""

    trajectory = models.OneToOneField(Trajectory, models.PROTECT)
    on = models.DateField()
    reason = models.CharField(max_length=40)
    circumstance = models.CharField(max_length=20)
    note = EncryptedTextField()
    sitting = models.OneToOneField(Sitting, models.PROTECT, null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT)

    class Meta:
        verbose_name = _("closing")

    def __str__(self) -> str:
        return f"closing {self.pk}"


class Leaving(models.Model):
    """Stopping with the study, or leaving the trajectory: two different acts."""

    class Kind(models.TextChoices):
        STUDY = "study", pgettext_lazy("leaving", "stops with the study")
        TRAJECTORY = "trajectory", pgettext_lazy("leaving", "leaves the trajectory")

    person = models.ForeignKey(Person, models.PROTECT, related_name="leavings")
    pilot = models.ForeignKey(Pilot, models.PROTECT)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("leaving")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "pilot", "kind"], name="leaving_once_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"


class ExemptionNotice(models.Model):
    """What the client manager gets to know: the date, and nothing else."""

    trajectory = models.ForeignKey(Trajectory, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10)  # begins, ends
    on = models.DateField()
    made_at = models.DateTimeField()

    objects = TrajectoryPart.as_manager()

    class Meta:
        verbose_name = _("exemption")

    def __str__(self) -> str:
        return f"exemption {self.kind} {self.on}"
