"""A coach is away for a while, and who stands in for whom."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from trede.accounts.models import Staff
from trede.accounts.visibility import VisibleQuerySet
from trede.people.models import Person, PersonsQuerySet
from trede.people.vault import EncryptedTextField


class AbsenceQuerySet(VisibleQuerySet["Absence"]):
    municipality_path = "staff__municipality"

    def own_of(self, staff: Staff) -> Self:
        return self.filter(staff=staff)

    def open(self) -> Self:
        """Whoever is away, or will be, and did not come back yet."""
        return self.filter(returned_on=None)


class Absence(models.Model):
    """From a day until a last day, as far as known; why is nobody's business here.
    `why_not_back`: what kept it from ending after its last day."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="absences")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # last day away
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    returned_on = models.DateField(null=True, blank=True)
    why_not_back = models.TextField(blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["from_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=models.Q(returned_on=None),
                name="one_absence_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(until_on=None)
                | models.Q(until_on__gte=models.F("from_on")),
                name="absence_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"absence {self.pk}"


class Cover(models.Model):
    """A colleague is the coach of somebody as long as the own coach is away."""

    absence = models.ForeignKey(Absence, models.PROTECT, related_name="covers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="covers")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    from_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = PersonsQuerySet.as_manager()

    class Meta:
        verbose_name = _("cover")
        verbose_name_plural = _("covers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["absence", "person"],
                condition=models.Q(ended_on=None),
                name="one_cover_in_an_absence",
            )
        ]

    def __str__(self) -> str:
        return f"cover {self.pk}"


class PlannedCover(models.Model):
    """Who will stand in, or take over for good, from the first day of an absence that
    has not begun. `why_not`: what kept it from being done on that day."""

    absence = models.ForeignKey(Absence, models.PROTECT, related_name="planned")
    person = models.ForeignKey(Person, models.PROTECT, related_name="planned_covers")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    for_good = models.BooleanField(default=False)
    note = EncryptedTextField()
    limit_reason = models.CharField(max_length=200, blank=True)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    why_not = models.TextField(blank=True)

    objects = PersonsQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned cover")
        verbose_name_plural = _("planned covers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["absence", "person"],
                condition=models.Q(done_at=None),
                name="planned_once_in_an_absence",
            )
        ]

    def __str__(self) -> str:
        return f"planned cover {self.pk}"
