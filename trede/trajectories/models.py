"""What happens in a trajectory: coach, goals, ladder, pauses, closing, exemption.

The trajectory itself stands in `trajectory_models.py`; how much longer it became, and
what became of the working steps of the pilot, in `course_models.py`; who is away and
who stands in, in `absence_models.py`; what stands around the goals, in
`plan_models.py`; what a coach brings along, in `profile_models.py`.
"""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Staff
from trede.accounts.visibility import VisibleQuerySet
from trede.people.models import Person, PersonsQuerySet
from trede.people.vault import EncryptedTextField
from trede.pilots.models import Pilot
from trede.questionnaires.models import Sitting
from trede.trajectories.absence_models import Absence as Absence
from trede.trajectories.absence_models import AbsenceQuerySet as AbsenceQuerySet
from trede.trajectories.absence_models import Cover as Cover
from trede.trajectories.absence_models import PlannedCover as PlannedCover
from trede.trajectories.course_models import Extension as Extension
from trede.trajectories.course_models import WorkingStepNote as WorkingStepNote
from trede.trajectories.plan_models import BarrierChange as BarrierChange
from trede.trajectories.plan_models import Manner as Manner
from trede.trajectories.plan_models import PlanPart as PlanPart
from trede.trajectories.plan_models import SmallStep as SmallStep
from trede.trajectories.plan_models import Strength as Strength
from trede.trajectories.profile_models import CoachProfile as CoachProfile
from trede.trajectories.trajectory_models import Trajectory as Trajectory
from trede.trajectories.trajectory_models import TrajectoryPart as TrajectoryPart
from trede.trajectories.trajectory_models import (
    TrajectoryQuerySet as TrajectoryQuerySet,
)


class HandOver(models.Model):
    """From one coach to another, with what the successor must know."""

    class Reason(models.TextChoices):
        ABSENT = "absent", pgettext_lazy("hand-over", "coach is ill or absent")
        LEAVES = "leaves", pgettext_lazy("hand-over", "coach leaves")
        HOURS = "hours", pgettext_lazy("hand-over", "coach works fewer hours")
        WISH = "wish", pgettext_lazy("hand-over", "wish of the participant")
        MATCH = "match", pgettext_lazy("hand-over", "the other coach fits better")
        OTHER = "other", pgettext_lazy("hand-over", "another reason")
        # Follows from a return; nobody chooses it.
        BACK = "back", pgettext_lazy("hand-over", "the own coach is back")

    trajectory = models.ForeignKey(
        Trajectory, models.PROTECT, related_name="hand_overs"
    )
    giver = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    on = models.DateField()
    reason = models.CharField(max_length=40, choices=Reason.choices)
    note = EncryptedTextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    objects = TrajectoryPart.as_manager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"hand-over {self.pk}"


class PauseQuerySet(TrajectoryPart["Pause"]):
    def standing(self) -> Self:
        """Without those that were taken back."""
        return self.filter(reversed_at=None)


class Pause(models.Model):
    """The clock stands still, both days included. Taking back leaves the row."""

    trajectory = models.ForeignKey(Trajectory, models.PROTECT, related_name="pauses")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # last day of the pause
    reason = models.CharField(max_length=40)
    circumstance = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT)
    reversed_at = models.DateTimeField(null=True, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
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


class GoalQuerySet(TrajectoryPart["Goal"]):
    def kept(self) -> Self:
        """In the newest words; without those that were set by mistake."""
        return self.filter(replaced_by=None, reversed_at=None)

    def standing(self) -> Self:
        """Those that are not ended."""
        return self.kept().filter(ended_at=None)


class Goal(models.Model):
    """A goal in the person's own words. Taking back leaves the row."""

    trajectory = models.ForeignKey(Trajectory, models.PROTECT, related_name="goals")
    words = EncryptedTextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Staff, models.PROTECT)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    reached = models.BooleanField(null=True)
    reversed_at = models.DateTimeField(null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["set_at", "pk"]

    def __str__(self) -> str:
        return f"goal {self.pk}"


class StepQuerySet(VisibleQuerySet["Step"]):
    municipality_path = "goal__trajectory__pilot__municipality"

    def own_of(self, staff: Staff) -> Self:
        trajectories = TrajectoryQuerySet(Trajectory).own_of(staff)
        return self.filter(goal__trajectory__in=trajectories)

    def standing(self) -> Self:
        """Without those that a newer wording took the place of."""
        return self.filter(replaced_by=None)


class Step(models.Model):
    """Something to do towards a goal. `planning.py` says which state may follow."""

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
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"step {self.pk}"


class StepTransition(models.Model):
    step = models.ForeignKey(Step, models.PROTECT, related_name="transitions")
    state = models.CharField(max_length=8, choices=Step.State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT)

    class Meta:
        verbose_name = _("state of a step")
        verbose_name_plural = _("states of steps")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.state}"


class LadderAssessmentQuerySet(TrajectoryPart["LadderAssessment"]):
    def standing(self) -> Self:
        """Without those that were taken back."""
        return self.filter(reversed_at=None)


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
    reversed_at = models.DateTimeField(null=True, blank=True)

    objects = LadderAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("ladder assessment")
        verbose_name_plural = _("ladder assessments")
        ordering = ["reference_on", "pk"]
        indexes = [
            models.Index(
                fields=["trajectory", "-reference_on", "-id"],
                name="newest_assessment",
                condition=models.Q(reversed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"tread {self.tread}"


class ClosingQuerySet(TrajectoryPart["Closing"]):
    def standing(self) -> Self:
        """Without those that were taken back."""
        return self.filter(reversed_at=None)


class Closing(models.Model):
    """The end of the guidance, with its reason (code of the pilot file).

    One that was a mistake is taken back with a reason: the row stays, the trajectory
    runs on, and another closing may follow.
    """

    trajectory = models.ForeignKey(Trajectory, models.PROTECT, related_name="closings")
    on = models.DateField()
    reason = models.CharField(max_length=40)
    circumstance = models.CharField(max_length=40)
    note = EncryptedTextField()
    sitting = models.ForeignKey(
        Sitting, models.PROTECT, null=True, blank=True, related_name="closings"
    )
    # The open pause that ended with it, to be open again when it is taken back.
    ended_pause = models.ForeignKey(
        Pause, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    # Empty when the person left through their own link.
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True)
    reversed_at = models.DateTimeField(null=True, blank=True)
    reversed_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reversed_reason = EncryptedTextField()

    objects = ClosingQuerySet.as_manager()

    class Meta:
        verbose_name = _("closing")
        verbose_name_plural = _("closings")
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory"],
                condition=models.Q(reversed_at=None),
                name="closed_once",
            ),
            models.UniqueConstraint(
                fields=["sitting"],
                condition=models.Q(reversed_at=None),
                name="evaluation_of_one_closing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["on", "reason", "trajectory"],
                name="closings_in_order",
                condition=models.Q(reversed_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"closing {self.pk}"


class LeavingQuerySet(PersonsQuerySet["Leaving"]):
    def standing(self) -> Self:
        """Without those that were taken back with the closing they led to."""
        return self.filter(reversed_at=None)


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
    reversed_at = models.DateTimeField(null=True, blank=True)

    objects = LeavingQuerySet.as_manager()

    class Meta:
        verbose_name = _("leaving")
        verbose_name_plural = _("leavings")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"


class ExemptionNotice(models.Model):
    """What the client manager gets to know: the date, and nothing else.

    After a closing that was a mistake a notice says from when the exemption goes on;
    the earlier notice was sent and stays.
    """

    class Kind(models.TextChoices):
        BEGINS = "begins", pgettext_lazy("exemption", "begins")
        ENDS = "ends", pgettext_lazy("exemption", "ends")
        CONTINUES = "continues", pgettext_lazy("exemption", "goes on")

    trajectory = models.ForeignKey(Trajectory, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()
    made_at = models.DateTimeField()

    objects = TrajectoryPart.as_manager()

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory"],
                condition=models.Q(kind="begins"),
                name="exemption_begins_once",
            )
        ]

    def __str__(self) -> str:
        return f"exemption {self.kind} {self.on}"
