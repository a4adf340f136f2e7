"""Municipalities, their teams, and the staff who work there in one or more roles."""

from datetime import datetime
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Municipality(models.Model):
    code = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=80)
    help_telephone = models.CharField(_("help telephone"), max_length=20, blank=True)
    # Roles that may only work with a second step (TOTP) at sign-in.
    second_step_roles = models.JSONField(default=list, blank=True)
    fictitious = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="teams")
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("team")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"], name="team_name_once_a_municipality"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    COACH = "coach", pgettext_lazy("role", "coach")
    COORDINATOR = "coordinator", pgettext_lazy("role", "coordinator")
    REFERRER = "referrer", pgettext_lazy("role", "referrer")
    RESEARCHER = "researcher", pgettext_lazy("role", "researcher")
    POLICY_ADVISER = "policy_adviser", pgettext_lazy("role", "policy adviser")
    PRIVACY_OFFICER = "privacy_officer", pgettext_lazy("role", "privacy officer")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "administrator")


class StaffManager(BaseUserManager["Staff"]):
    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(email__iexact=username)


class Staff(AbstractBaseUser):
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="staff")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    telephone = models.CharField(_("telephone"), max_length=20, blank=True)
    language = models.CharField(_("language"), max_length=5, default="nl")
    is_active = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # A password that an administrator made is good for one sign-in before this moment.
    one_time_until = models.DateTimeField(null=True, blank=True)
    fictitious = models.BooleanField(default=False)
    # Offered on the sign-in page of the demo.
    in_cast = models.BooleanField(default=False)

    objects: ClassVar[StaffManager] = StaffManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="email_in_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(is_active=True, ended_at=None)
                | models.Q(is_active=False, ended_at__isnull=False),
                name="staff_active_until_ended",
            ),
            models.CheckConstraint(
                condition=models.Q(in_cast=False) | models.Q(fictitious=True),
                name="only_fictitious_staff_in_the_cast",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> frozenset[Role]:
        """With the municipality, of which every page needs to know what it demands."""
        held = self.held_roles.filter(ended_at=None)
        rows = list(held.select_related("staff__municipality"))
        for row in rows[:1]:
            self.municipality = row.staff.municipality
        return frozenset(Role(row.role) for row in rows)

    def has(self, role: Role) -> bool:
        return role in self.roles

    @property
    def actor(self) -> str:
        """How the audit trail names this member of staff."""
        return f"staff:{self.pk}"


class HeldRole(models.Model):
    """A role that somebody holds or held: dated, never overwritten."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="held_roles")
    role = models.CharField(max_length=20, choices=Role.choices)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("role held")
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "role"],
                condition=models.Q(ended_at=None),
                name="role_held_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.role}"

    def held_on(self, at: datetime) -> bool:
        return self.given_at <= at and (self.ended_at is None or at < self.ended_at)


class SecondStep(models.Model):
    """The second step at sign-in (TOTP). The secret itself is not kept: it is made
    from `salt` and the platform's own secret, so that a copy of the database holds
    nothing to sign in with."""

    staff = models.OneToOneField(Staff, models.CASCADE, related_name="second_step")
    salt = models.CharField(max_length=64)
    set_up_at = models.DateTimeField()
    # The half minute of the last code that was used: a code counts once.
    last_used = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("second step")

    def __str__(self) -> str:
        return f"second step of {self.staff_id}"


class RecoveryCode(models.Model):
    """For when the telephone is lost: each code opens the second step once."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("recovery code")

    def __str__(self) -> str:
        return f"recovery code {self.pk}"
