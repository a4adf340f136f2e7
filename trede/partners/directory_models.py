"""The partner directory of a municipality: organisations, whom to call there, what one
can do there, and the lists from which they were read in."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Municipality, Staff
from trede.accounts.visibility import M, VisibleQuerySet
from trede.people.vault import EncryptedTextField


class SheetQuerySet(VisibleQuerySet["Sheet"]):
    """Lists are of the municipality."""


class Sheet(models.Model):
    """A list of partners that was uploaded: nothing of it is read in before somebody
    confirms it, and what was read in can be taken back."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", pgettext_lazy("list", "uploaded")
        CONFIRMED = "confirmed", pgettext_lazy("list", "read in")
        UNDONE = "undone", pgettext_lazy("list", "undone")
        DROPPED = "dropped", pgettext_lazy("list", "not read in")

    municipality = models.ForeignKey(Municipality, models.PROTECT)
    name = models.CharField(max_length=200)
    header = models.JSONField()  # the names of the columns
    rows = models.JSONField()  # number in the file, and the cells
    columns = models.JSONField()  # for each column its field, or nothing
    state = models.CharField(
        max_length=10, choices=State.choices, default=State.UPLOADED
    )
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of partners")
        verbose_name_plural = _("lists of partners")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return f"list of partners {self.pk}"


class OrganisationQuerySet(VisibleQuerySet["Organisation"]):
    def own_of(self, staff: Staff) -> Self:
        """The directory is the whole team's."""
        return self

    def in_use(self) -> Self:
        return self.filter(out_of_use_on=None)


class Organisation(models.Model):
    """A partner. It is taken out of use, never removed: people went there."""

    class Kind(models.TextChoices):
        WORK = "work", pgettext_lazy("partner", "work company (Werkbedrijf)")
        HELP_DESK = "help_desk", pgettext_lazy("partner", "help desk (STIP)")
        WELFARE = "welfare", pgettext_lazy("partner", "welfare organisation")
        COMMUNITY = "community", pgettext_lazy("partner", "community centre")
        VOLUNTEERS = "volunteers", pgettext_lazy("partner", "volunteer centre")
        FINANCIAL = "financial", pgettext_lazy("partner", "financial expert")
        LEGAL = "legal", pgettext_lazy("partner", "legal advice")
        LANGUAGE = "language", pgettext_lazy("partner", "language coach or school")
        LIBRARY = "library", pgettext_lazy("partner", "library or language café")
        AMBULANT = "ambulant", pgettext_lazy("partner", "ambulant guidance")
        SOCIAL_TEAM = "social_team", pgettext_lazy("partner", "social team")
        NON_PROFIT = "non_profit", pgettext_lazy("partner", "association or foundation")
        SHOP = "shop", pgettext_lazy("partner", "second-hand shop")
        CULTURE = "culture", pgettext_lazy("partner", "cultural institution")
        SPORTS = "sports", pgettext_lazy("partner", "sports")
        CARE = "care", pgettext_lazy("partner", "care institution")
        SCHOOL = "school", pgettext_lazy("partner", "school")
        OTHER = "other", pgettext_lazy("partner", "another partner")

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="partners"
    )
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    about = models.CharField(max_length=300, blank=True)
    quarter = models.CharField(max_length=60, blank=True)  # code of the pilot file
    address = models.CharField(max_length=160, blank=True)
    access = models.CharField(max_length=200, blank=True)  # bus, lift, step-free
    languages = models.JSONField(default=list)  # codes of what is spoken there
    telephone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    made_at = models.DateTimeField()
    confirmed_on = models.DateField()
    confirmed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    out_of_use_on = models.DateField(null=True, blank=True)
    read_in_from = models.ForeignKey(
        Sheet, models.PROTECT, null=True, blank=True, related_name="organisations"
    )
    # Counts every change, so that two people changing it at once are both heard.
    edition = models.PositiveIntegerField(default=1)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class OfOrganisation(VisibleQuerySet[M]):
    municipality_path = "organisation__municipality"

    def in_use(self) -> Self:
        return self.filter(out_of_use_on=None)


class ContactPerson(models.Model):
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contacts"
    )
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    out_of_use_on = models.DateField(null=True, blank=True)
    read_in_from = models.ForeignKey(
        Sheet, models.PROTECT, null=True, blank=True, related_name="contacts"
    )

    objects = OfOrganisation.as_manager()

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class ActivityPlace(models.Model):
    """What somebody can do there: a lesson, a group, a place for a volunteer. Its type
    is a code of the pilot file, which says from when until when that type exists."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="places"
    )
    what = models.CharField(max_length=120)
    activity_type = models.CharField(max_length=40, blank=True)
    for_whom = models.CharField(max_length=200, blank=True)
    days = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)
    out_of_use_on = models.DateField(null=True, blank=True)
    read_in_from = models.ForeignKey(
        Sheet, models.PROTECT, null=True, blank=True, related_name="places"
    )

    objects = OfOrganisation.as_manager()

    class Meta:
        verbose_name = _("activity place")
        verbose_name_plural = _("activity places")
        ordering = ["what", "pk"]

    def __str__(self) -> str:
        return self.what


class Capacity(models.Model):
    """How many people a place has room for, from a day; none when nobody knows."""

    place = models.ForeignKey(ActivityPlace, models.PROTECT, related_name="capacities")
    from_on = models.DateField()
    number = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("capacity")
        verbose_name_plural = _("capacities")
        ordering = ["from_on", "pk"]

    def __str__(self) -> str:
        return f"{self.number} from {self.from_on}"


class RemarkQuerySet(OfOrganisation["Remark"]):
    def of(self, staff: Staff) -> Self:
        """Nobody else reads them, whatever their role."""
        return self.filter(by=staff)


class Remark(models.Model):
    """What one member of staff keeps in mind about a partner, for their own eyes."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="remarks"
    )
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = EncryptedTextField()

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("own remark")
        verbose_name_plural = _("own remarks")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "by"], name="one_remark_each"
            )
        ]

    def __str__(self) -> str:
        return f"remark {self.pk}"
