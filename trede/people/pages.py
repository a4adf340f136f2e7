"""The tabs over the pages about one person: those that one's roles may open.

They stand in the order of the journey, each with how much is missing behind it.
The plan, and what is missing, are known by later steps only: they register who tells.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import ngettext, pgettext_lazy

from trede.accounts.doors import StaffRequest
from trede.accounts.permissions import DOORS, Reach
from trede.people.models import Person

PLAN = "trajectories:trajectory"
TABS = (
    ("desk:person", pgettext_lazy("tab", "Overview")),
    ("people:details", pgettext_lazy("tab", "Details")),
    ("people:household", pgettext_lazy("tab", "Household")),
    ("contact:of_person", pgettext_lazy("tab", "Contact")),
    ("people:consents", pgettext_lazy("tab", "Consent and files")),
    (PLAN, pgettext_lazy("tab", "Plan")),
    ("partners:of_person", pgettext_lazy("tab", "Partners")),
    ("people:notes", pgettext_lazy("tab", "Notes")),
    ("people:merge", pgettext_lazy("tab", "Double records")),
    ("people:access", pgettext_lazy("tab", "Access")),
    ("people:erase", pgettext_lazy("tab", "Erasure")),
)


@dataclass(frozen=True)
class Guidance:
    """Of which trajectory the plan is, and how much is missing behind which tab."""

    trajectory_id: int | None = None
    missing: Mapping[str, int] = field(default_factory=dict)


Tell = Callable[[StaffRequest, Person], Guidance]
_tells: list[Tell] = []


def guidance_is_told_by(tell: Tell) -> None:
    _tells.append(tell)


def about(
    request: StaffRequest,
    person: Person,
    current: str,
    guidance: Guidance | None = None,
) -> dict[str, object]:
    """What every page about one person needs. `guidance` where it was told already."""
    now = current if ":" in current else f"people:{current}"
    if guidance is None:
        told = (tell(request, person) for tell in _tells)
        guidance = next(told, Guidance())
    numbers = {PLAN: guidance.trajectory_id}
    tabs = [
        {
            "label": label,
            "url": reverse(name, args=[numbers.get(name, person.pk)]),
            "current": name == now,
            "missing": _missing(guidance.missing.get(name, 0)),
        }
        for name, label in TABS
        if may_open(request, name) and numbers.get(name, person.pk)
    ]
    return {"person": person, "tabs": tabs}


def _missing(count: int) -> str:
    words = ngettext("%(n)d missing", "%(n)d missing", count)
    return words % {"n": count} if count else ""


def may_open(request: StaffRequest, name: str) -> bool:
    return DOORS[name].reach_of(request.user.roles) is not Reach.NOBODY
