"""The cast of the tests: one municipality, its staff by role, and a stranger next door.

Sanne is the coach whose people we look at; Willem is her colleague; Noor works in
another municipality and may never see anything of ours.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from trede.accounts.acting import Actor, staff_actor
from trede.accounts.models import HeldRole, Municipality, Role, Staff, Team

AT = datetime(2020, 2, 10, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Cast:
    here: Municipality
    elsewhere: Municipality
    sanne: Staff  # coach
    willem: Staff  # coach, colleague
    greet: Staff  # coordinator
    rik: Staff  # referrer
    ilse: Staff  # researcher
    bas: Staff  # policy adviser
    fatima: Staff  # privacy officer
    aad: Staff  # administrator
    noor: Staff  # coach in the other municipality

    def by(self, name: str) -> Actor:
        return staff_actor(getattr(self, name))

    def sign_in_with_a_password(self) -> None:
        """The pilot's file asks a second step of some roles: it would stand between a
        test and its page."""
        self.here.refresh_from_db()
        self.here.second_step_roles = []
        self.here.save()

    def with_role(self, role: Role) -> Staff:
        return next(
            staff
            for staff in (
                self.sanne,
                self.greet,
                self.rik,
                self.ilse,
                self.bas,
                self.fatima,
                self.aad,
            )
            if staff.has(role)
        )


ROLES = {
    "sanne": Role.COACH,
    "willem": Role.COACH,
    "greet": Role.COORDINATOR,
    "rik": Role.REFERRER,
    "ilse": Role.RESEARCHER,
    "bas": Role.POLICY_ADVISER,
    "fatima": Role.PRIVACY_OFFICER,
    "aad": Role.ADMINISTRATOR,
}


def make_cast() -> Cast:
    """Most tests begin here: made in five statements."""
    here, elsewhere = Municipality.objects.bulk_create(
        [
            Municipality(code="voorbeeldstad", name="Voorbeeldstad"),
            Municipality(code="elders", name="Elders"),
        ]
    )
    team = Team.objects.create(municipality=here, name="Team Oost")
    staff = {name: colleague(here, name, team) for name in ROLES}
    staff["noor"] = colleague(elsewhere, "noor")
    Staff.objects.bulk_create(staff.values())
    HeldRole.objects.bulk_create(
        HeldRole(staff=one, role=ROLES.get(name, Role.COACH), given_at=AT)
        for name, one in staff.items()
    )
    return Cast(here=here, elsewhere=elsewhere, **staff)


def colleague(municipality: Municipality, name: str, team: Team | None = None) -> Staff:
    return Staff(
        municipality=municipality,
        team=team,
        email=f"{name}@{municipality.code}.example",
        name=name.title(),
    )


def employ(
    municipality: Municipality, name: str, *roles: Role, team: Team | None = None
) -> Staff:
    staff = colleague(municipality, name, team)
    staff.save()
    for role in roles:
        HeldRole.objects.create(staff=staff, role=role, given_at=AT)
    return staff
