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
    "people:duplicates": door("guidance", coach=OWN, coordinator=ALL),
    "people:details": door("guidance", coach=OWN, coordinator=ALL, privacy_officer=ALL),
    "people:change": door("guidance", coach=OWN, coordinator=ALL),
    "people:merge": door("guidance", coach=OWN, coordinator=ALL),
    "people:not_the_same": post("guidance", coach=OWN, coordinator=ALL),
    "people:undo_merge": post("guidance", coach=OWN, coordinator=ALL),
    "people:household": door("guidance", coach=OWN, coordinator=ALL),
    "people:leave_household": post("guidance", coach=OWN, coordinator=ALL),
    "people:notes": door("guidance", coach=OWN, coordinator=ALL),
    "people:correct_note": door("guidance", coach=OWN, coordinator=ALL),
    "people:file": door("guidance", coach=OWN, coordinator=ALL),
    "people:consents": door(
        "guidance", coach=OWN, coordinator=ALL, privacy_officer=ALL
    ),
    "people:withdraw": post(
        "guidance", coach=OWN, coordinator=ALL, privacy_officer=ALL
    ),
    "people:access": door("right of access", privacy_officer=ALL),
    "people:hand_out": post("right of access", privacy_officer=ALL),
    "people:erase": door("right to erasure", privacy_officer=ALL),
    # contact
    "contact:of_person": door("guidance", coach=OWN, coordinator=ALL),
    "contact:record": door("guidance", coach=OWN, coordinator=ALL),
    "contact:plan": door("guidance", coach=OWN, coordinator=ALL),
    "contact:undo": post("guidance", coach=OWN, coordinator=ALL),
    "contact:step": post("guidance", coach=OWN, coordinator=ALL),
    "contact:move": door("guidance", coach=OWN, coordinator=ALL),
    "contact:letter": door("guidance", coach=OWN, coordinator=ALL),
    # questionnaires: the coach prepares and hands over, the person answers by token
    "questionnaires:sitting": door("research", coach=OWN, coordinator=ALL),
    "questionnaires:opening": door("research", coach=OWN),
    "questionnaires:hand_over": door("research", coach=OWN),
    "questionnaires:reclaim": post("research", coach=OWN),
    "questionnaires:closing": door("research", coach=OWN),
    "questionnaires:end_early": door("research", coach=OWN),
    "questionnaires:start": link("research"),
    "questionnaires:resume": link("research", "POST"),
    "questionnaires:question": link("research"),
    "questionnaires:check": link("research"),
    "questionnaires:finish": link("research"),
    "questionnaires:language": link("research", "POST"),
    "questionnaires:hand_back": link("signing in"),
    # inflow
    # trajectories
    # studies
    # reports
    # desk
    "desk:home": staff("guidance"),
}
