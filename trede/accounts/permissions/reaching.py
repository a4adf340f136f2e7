"""What a door is, and how far a role sees behind it.

Reach:
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
