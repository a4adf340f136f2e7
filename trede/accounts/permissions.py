"""Who may open which door: the one table of permissions.

Every URL of the platform stands here by name. A name that is missing is shut for
everybody (`doors.py`), and a test walks all URL patterns, all roles and all owners.
`docs/permissions.md` is made from this table.

Reach says how far a role sees behind a door:
    OWN           what is theirs: a coach's own people and candidates without a coach,
                  a referrer's own referrals
    MUNICIPALITY  everything of their own municipality
"""

from dataclasses import dataclass
from enum import IntEnum

from trede.accounts.models import Role


class Reach(IntEnum):
    NOBODY = 0
    OWN = 1
    MUNICIPALITY = 2


OWN, ALL = Reach.OWN, Reach.MUNICIPALITY


@dataclass(frozen=True)
class Door:
    """`purpose` goes into the audit trail; `link` doors open with a token only."""

    purpose: str
    reach: dict[Role, Reach]
    method: str = "GET"
    link: bool = False

    def reach_of(self, roles: frozenset[Role]) -> Reach:
        return max(
            (self.reach.get(role, Reach.NOBODY) for role in roles),
            default=Reach.NOBODY,
        )


def door(purpose: str, method: str = "GET", **reach: Reach) -> Door:
    return Door(purpose, {Role(role): far for role, far in reach.items()}, method)


def post(purpose: str, **reach: Reach) -> Door:
    return door(purpose, "POST", **reach)


def staff(purpose: str, method: str = "GET") -> Door:
    """A door for everybody who has signed in."""
    return Door(purpose, dict.fromkeys(Role, ALL), method)


def link(purpose: str, method: str = "GET") -> Door:
    """A door for who holds the token in the address, signed in or not."""
    return Door(purpose, {}, method, link=True)


DOORS: dict[str, Door] = {
    # accounts
    "account_login": link("signing in"),
    "account_logout": staff("signing in", "POST"),
    "accounts:second_step": link("signing in"),
    "accounts:demo_sign_in": link("signing in", "POST"),
    "accounts:language": link("signing in", "POST"),
    "accounts:account": staff("signing in"),
    "accounts:password": staff("signing in"),
    "accounts:set_up_second_step": staff("signing in"),
    "accounts:renew_recovery_codes": staff("signing in", "POST"),
    "accounts:take_second_step_away": staff("signing in"),
    "accounts:staff": door("administration", administrator=ALL),
    "accounts:employ": door("administration", administrator=ALL),
    "accounts:colleague": door("administration", administrator=ALL),
    "accounts:give_role": post("administration", administrator=ALL),
    "accounts:end_role": post("administration", administrator=ALL),
    "accounts:end_employment": door("administration", administrator=ALL),
    "accounts:reset_password": post("administration", administrator=ALL),
    "accounts:reset_second_step": post("administration", administrator=ALL),
    "accounts:teams": door("administration", administrator=ALL),
    "accounts:team": door("administration", administrator=ALL),
    "accounts:house_rules": door("administration", administrator=ALL),
    "accounts:trail": door("accountability", privacy_officer=ALL),
    "accounts:trail_as_csv": door("accountability", privacy_officer=ALL),
    # pilots
    "pilots:pilots": staff("management"),
    "pilots:rules": staff("management"),
    "pilots:file": staff("management"),
    # people
    # contact
    # questionnaires
    # inflow
    # trajectories
    # studies
    # reports
    # desk
    "desk:home": staff("guidance"),
}
