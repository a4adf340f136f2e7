"""A trajectory: of whom, from when, for how many months, and whether it is closed."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from trede.accounts.models import Staff
from trede.accounts.visibility import M
from trede.inflow.models import Candidate
from trede.people.models import Person, PersonsQuerySet
from trede.pilots.models import Pilot


class TrajectoryQuerySet(PersonsQuerySet["Trajectory"]):
    def running(self) -> Self:
        return self.filter(closed_on=None)


class Trajectory(models.Model):
    """At most six months net of pauses. Exempt from other duties while it runs.

    Somebody who comes back after closing has a second one; never two at a time.
    """

    candidate = models.ForeignKey(
        Candidate, models.PROTECT, related_name="trajectories"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="trajectories")
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="trajectories")
    started_on = models.DateField()
    started_by = models.ForeignKey(Staff, models.PROTECT)
    # By the rules at the start (a later pilot file does not shorten it), and what
    # it was extended by since.
    months = models.PositiveSmallIntegerField()
    pauses_stop_the_clock = models.BooleanField(default=True)
    design = models.CharField(max_length=40)  # study design in force at the start
    circumstance = models.CharField(max_length=40)
    closed_on = models.DateField(null=True, blank=True)

    objects = TrajectoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("trajectory")
        verbose_name_plural = _("trajectories")
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"],
                condition=models.Q(closed_on=None),
                name="one_running_trajectory",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on=None)
                | models.Q(closed_on__gte=models.F("started_on")),
                name="trajectory_ends_after_it_began",
            ),
        ]
        indexes = [
            models.Index(fields=["pilot", "closed_on", "id"], name="closed_in_order"),
            models.Index(fields=["pilot", "started_on"], name="started_in_order"),
        ]

    def __str__(self) -> str:
        return f"trajectory {self.pk}"


class TrajectoryPart(PersonsQuerySet[M]):
    """Rows that hang from a trajectory."""

    municipality_path = "trajectory__pilot__municipality"

    def own_of(self, staff: Staff) -> Self:
        trajectories = TrajectoryQuerySet(Trajectory).own_of(staff)
        return self.filter(trajectory__in=trajectories)
