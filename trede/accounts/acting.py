"""Who acts: a member of staff, a person through a personal link, or the system.

Rules take `by`, an Actor, so that the same rule serves a screen, the command line,
the demo and a link in a letter, and the audit trail always names somebody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from trede.accounts.models import Municipality, Staff
from trede.audit import trail
from trede.audit.models import Line


@dataclass(frozen=True)
class Actor:
    """`staff` is None for a person acting for themselves and for the system."""

    name: str
    municipality_id: int | None
    staff: Staff | None = None


def staff_actor(staff: Staff) -> Actor:
    return Actor(staff.actor, staff.municipality_id, staff)


def person_actor(person_id: int, municipality_id: int) -> Actor:
    return Actor(f"person:{person_id}", municipality_id)


SYSTEM = Actor(trail.SYSTEM, None)
STRANGER = Actor("stranger", None)


def record(
    action: str,
    *,
    by: Actor,
    at: datetime,
    on: models.Model | None = None,
    persons: Iterable[int] = (),
    fields: Iterable[str] = (),
    purpose: str = "guidance",
    kind: Line.Kind = Line.Kind.WRITE,
) -> None:
    """The one audit line of a rule, or of a look (`kind=READ`).

    A line of the system is filed under the municipality of what it acted on, so that
    the privacy officer there finds it.
    """
    trail.record(
        actor=by.name,
        action=action,
        kind=kind,
        purpose=purpose,
        at=at,
        municipality_id=by.municipality_id or _municipality_of(on),
        object_type=on._meta.label_lower if on else "",
        object_id=on.pk if on else "",
        persons=persons,
        fields=fields,
    )


# Where a row's municipality stands, when it is not on the row itself.
_ON_THE_WAY = ("pilot", "person", "candidate", "trajectory", "study")


def _municipality_of(on: models.Model | None) -> int | None:
    if on is None:
        return None
    if isinstance(on, Municipality):
        return on.pk
    found: int | None = getattr(on, "municipality_id", None)
    if found is not None:
        return found
    owners = (getattr(on, name, None) for name in _ON_THE_WAY)
    owner = next((one for one in owners if isinstance(one, models.Model)), None)
    return _municipality_of(owner)
