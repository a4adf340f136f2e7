"""Who works here, in which roles, and until when.

An administrator employs, gives and ends roles, and hands out one-time passwords. Nobody
changes their own roles, and the last administrator stays: a municipality can neither
let somebody help themselves to files nor lock itself out. Roles are dated, never
overwritten; nobody is removed, because the trail names them.
"""

import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.utils import reset as forget_failures
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trede.accounts.acting import Actor, record
from trede.accounts.models import HeldRole, Municipality, Role, Staff, Team
from trede.accounts.refusing import Refused

ONE_TIME_LASTS = timedelta(days=3)
GUIDES = frozenset({Role.COACH, Role.COORDINATOR})
KNOW_THE_NAMES = GUIDES | {Role.REFERRER}
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class Details:
    name: str
    email: str
    telephone: str = ""
    team: Team | None = None


@dataclass(frozen=True)
class Objection:
    """Why somebody cannot leave yet, and the door behind which that is settled: a
    page about this member of staff."""

    sentence: str | Promise
    door: str


Guard = Callable[[Staff], Objection | None]
_guards: list[Guard] = []


def guard_end(guard: Guard) -> None:
    """Register what keeps somebody from leaving, such as people to hand over first."""
    _guards.append(guard)


def objections_to_end(staff: Staff) -> list[Objection]:
    found = (guard(staff) for guard in _guards)
    return [objection for objection in found if objection]


def refuse_roles_that_clash(roles: Collection[Role]) -> None:
    """Who knows the names does not hold the answers, and who decides on the benefit
    does not read along: two walls would stand in one person."""
    held = set(roles)
    if held & KNOW_THE_NAMES and Role.RESEARCHER in held:
        raise Refused(
            _(
                "Somebody who knows the people by name cannot be their researcher too:"
                " the researcher works with pseudonyms. Choose one of the two."
            ),
            "roles",
        )
    if held & GUIDES and Role.REFERRER in held:
        raise Refused(
            _(
                "A referrer may be a client manager, who never sees what is said in"
                " the guidance. Choose one of the two."
            ),
            "roles",
        )


def employ(
    municipality: Municipality,
    details: Details,
    roles: Sequence[Role],
    *,
    by: Actor,
    at: datetime,
    in_cast: bool = False,
) -> tuple[Staff, str]:
    """A new colleague and a one-time password, which is told once and not kept."""
    email = details.email.lower()
    refuse_roles_that_clash(roles)
    _check_team(municipality, details.team)
    with transaction.atomic():
        if Staff.objects.filter(email=email).exists():
            raise Refused(
                _("Somebody with this e-mail address is already on the list."), "email"
            )
        staff = Staff(
            municipality=municipality,
            team=details.team,
            email=email,
            name=details.name,
            telephone=details.telephone,
            fictitious=municipality.fictitious,
            in_cast=in_cast and municipality.fictitious,
        )
        password = _one_time(staff, at)
        staff.save(force_insert=True)
        HeldRole.objects.bulk_create(
            HeldRole(staff=staff, role=role, given_at=at) for role in set(roles)
        )
        record("employed", by=by, at=at, on=staff, purpose="administration")
    return staff, password


def change_details(staff: Staff, details: Details, *, by: Actor, at: datetime) -> None:
    email = details.email.lower()
    _check_team(staff.municipality, details.team)
    with transaction.atomic():
        locked = Staff.objects.select_for_update().get(pk=staff.pk)
        if Staff.objects.exclude(pk=staff.pk).filter(email=email).exists():
            raise Refused(_("Somebody else uses this e-mail address."), "email")
        wanted = {
            "name": details.name,
            "email": email,
            "telephone": details.telephone,
            "team": details.team,
        }
        fields = [key for key, new in wanted.items() if getattr(locked, key) != new]
        if not fields:
            return
        for key in fields:
            setattr(locked, key, wanted[key])
        locked.save(update_fields=fields)
        record(
            "changed a colleague's details",
            by=by,
            at=at,
            on=staff,
            fields=fields,
            purpose="administration",
        )


def give_role(staff: Staff, role: Role, *, by: Actor, at: datetime) -> HeldRole:
    _not_oneself(staff, by)
    with transaction.atomic():
        locked = Staff.objects.select_for_update().get(pk=staff.pk)
        if not locked.is_active:
            raise Refused(_("This colleague does not work here any more."))
        refuse_roles_that_clash({*locked.roles, role})
        held, new = HeldRole.objects.get_or_create(
            staff=locked, role=role, ended_at=None, defaults={"given_at": at}
        )
        if new:
            record(
                "gave a role",
                by=by,
                at=at,
                on=staff,
                fields=[role.value],
                purpose="administration",
            )
    return held


def end_role(staff: Staff, role: Role, *, by: Actor, at: datetime) -> None:
    _not_oneself(staff, by)
    with transaction.atomic():
        held = staff.held_roles.select_for_update().filter(role=role, ended_at=None)
        if role is Role.COACH and held.exists():
            _refuse_objections(staff)
        if role is Role.ADMINISTRATOR and held.exists():
            _keep_an_administrator(staff)
        if held.update(ended_at=at):
            record(
                "ended a role",
                by=by,
                at=at,
                on=staff,
                fields=[role.value],
                purpose="administration",
            )


def end_employment(staff: Staff, *, by: Actor, at: datetime) -> None:
    """From now on this colleague cannot sign in; open sessions end at once."""
    _not_oneself(staff, by)
    with transaction.atomic():
        locked = Staff.objects.select_for_update().get(pk=staff.pk)
        if not locked.is_active:
            return
        _refuse_objections(locked)
        if locked.has(Role.ADMINISTRATOR):
            _keep_an_administrator(locked)
        locked.held_roles.filter(ended_at=None).update(ended_at=at)
        locked.is_active, locked.ended_at = False, at
        locked.save(update_fields=["is_active", "ended_at"])
        record("ended employment", by=by, at=at, on=staff, purpose="administration")


def reset_password(staff: Staff, *, by: Actor, at: datetime) -> str:
    """A one-time password in place of the old one; it also ends a lock-out."""
    with transaction.atomic():
        locked = Staff.objects.select_for_update().get(pk=staff.pk)
        if not locked.is_active:
            raise Refused(_("This colleague does not work here any more."))
        password = _one_time(locked, at)
        locked.save(update_fields=["password", "one_time_until"])
        forget_failures(username=locked.email)
        record("reset a password", by=by, at=at, on=staff, purpose="administration")
    return password


def add_team(municipality: Municipality, name: str, *, by: Actor, at: datetime) -> Team:
    with transaction.atomic():
        if municipality.teams.filter(name__iexact=name).exists():
            raise Refused(_("There is already a team with this name."), "name")
        team = Team.objects.create(municipality=municipality, name=name)
        record("added a team", by=by, at=at, on=team, purpose="administration")
    return team


def rename_team(team: Team, name: str, *, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        others = Team.objects.filter(municipality=team.municipality_id)
        if others.exclude(pk=team.pk).filter(name__iexact=name).exists():
            raise Refused(_("There is already a team with this name."), "name")
        team.name = name
        team.save(update_fields=["name"])
        record("renamed a team", by=by, at=at, on=team, purpose="administration")


def set_house_rules(
    municipality: Municipality,
    *,
    help_telephone: str,
    second_step_roles: Sequence[Role],
    by: Actor,
    at: datetime,
) -> None:
    """Which number people call, and which roles need a second step at sign-in."""
    with transaction.atomic():
        municipality.help_telephone = help_telephone
        municipality.second_step_roles = sorted(
            role.value for role in second_step_roles
        )
        fields = ["help_telephone", "second_step_roles"]
        municipality.save(update_fields=fields)
        record(
            "changed the house rules",
            by=by,
            at=at,
            on=municipality,
            fields=fields,
            purpose="administration",
        )


def _one_time(staff: Staff, at: datetime) -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _i in range(4)) for _n in range(4))
    password = "-".join(groups)
    staff.set_password(password)
    staff.one_time_until = at + ONE_TIME_LASTS
    return password


def _check_team(municipality: Municipality, team: Team | None) -> None:
    if team is not None and team.municipality_id != municipality.pk:
        raise Refused(_("This team belongs to another municipality."), "team")


def _not_oneself(staff: Staff, by: Actor) -> None:
    if by.staff is not None and by.staff.pk == staff.pk:
        raise Refused(
            _("You cannot change your own roles. Ask another administrator to do it.")
        )


def _refuse_objections(staff: Staff) -> None:
    for objection in objections_to_end(staff):
        raise Refused(objection.sentence)


def _keep_an_administrator(staff: Staff) -> None:
    others = HeldRole.objects.filter(
        role=Role.ADMINISTRATOR,
        ended_at=None,
        staff__municipality=staff.municipality_id,
        staff__is_active=True,
    )
    if not others.exclude(staff=staff).exists():
        raise Refused(
            _("This is the last administrator. Make somebody else administrator first.")
        )
