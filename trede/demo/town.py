"""The invented town: its staff, of whom the cast is offered on the sign-in page.

The four coaches of the Nijmegen pilot are others than the two of the cast, whose people
live in the present.
"""

from dataclasses import dataclass
from datetime import date

from trede.accounts.acting import SYSTEM
from trede.accounts.employing import Details, employ
from trede.accounts.models import Municipality, Role, Staff, Team
from trede.demo.agenda import moment

CODE = "nijmegen-voorbeeld"
NAME = "Nijmegen (voorbeeld)"
# The first coaches began then.
SINCE = moment(date(2017, 12, 4), 9)


@dataclass(frozen=True)
class Town:
    municipality: Municipality
    coaches: tuple[Staff, ...]  # the two of the cast
    pilot_coaches: tuple[Staff, ...]  # the four of the Nijmegen pilot
    coordinator: Staff
    referrer: Staff
    researcher: Staff
    administrator: Staff


def found_town() -> Town:
    """The town and everybody who works there; the same when it is there already."""
    municipality, _made = Municipality.objects.get_or_create(
        code=CODE, defaults={"name": NAME, "fictitious": True}
    )
    team, _made = Team.objects.get_or_create(
        municipality=municipality, name="Participatie"
    )

    def one(name: str, role: Role, *, in_cast: bool = True) -> Staff:
        return _employed(municipality, team, name, role, in_cast=in_cast)

    town = Town(
        municipality=municipality,
        coordinator=one("Willem Aerts", Role.COORDINATOR),
        coaches=(one("Sanne de Graaf", Role.COACH), one("Youssef Amari", Role.COACH)),
        pilot_coaches=tuple(
            one(name, Role.COACH, in_cast=False)
            for name in ("Anneke Vos", "Bram Lind", "Carla Wit", "Dirk Hagen")
        ),
        referrer=one("Rik Roos", Role.REFERRER),
        researcher=one("Ilse Maas", Role.RESEARCHER),
        administrator=one("Ada Kuipers", Role.ADMINISTRATOR),
    )
    one("Bas Molenaar", Role.POLICY_ADVISER)
    one("Fenna Idrissi", Role.PRIVACY_OFFICER)
    return town


def _employed(
    municipality: Municipality, team: Team, name: str, role: Role, *, in_cast: bool
) -> Staff:
    email = f"{name.lower().replace(' ', '.')}@trede.example"
    known = Staff.objects.filter(email=email).first()
    if known:
        return known
    details = Details(name=name, email=email, telephone="024 000 0000", team=team)
    staff, _password = employ(
        municipality, details, [role], by=SYSTEM, at=SINCE, in_cast=in_cast
    )
    return staff
