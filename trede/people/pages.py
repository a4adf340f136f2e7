"""The tabs over the pages about one person: those that one's roles may open."""

from django.urls import reverse
from django.utils.translation import pgettext_lazy

from trede.accounts.doors import StaffRequest
from trede.accounts.permissions import DOORS, Reach
from trede.people.models import Person

TABS = (
    ("desk:person", pgettext_lazy("tab", "Overview")),
    ("people:details", pgettext_lazy("tab", "Details")),
    ("people:household", pgettext_lazy("tab", "Household")),
    ("partners:of_person", pgettext_lazy("tab", "Partners")),
    ("people:notes", pgettext_lazy("tab", "Notes")),
    ("people:consents", pgettext_lazy("tab", "Consent and files")),
    ("people:merge", pgettext_lazy("tab", "Double records")),
    ("people:access", pgettext_lazy("tab", "Access")),
    ("people:erase", pgettext_lazy("tab", "Erasure")),
)


def about(request: StaffRequest, person: Person, current: str) -> dict[str, object]:
    """What every page about one person needs."""
    tabs = [
        {"label": label, "url": reverse(name, args=[person.pk]), "current": name == now}
        for name, label in TABS
        for now in [current if ":" in current else f"people:{current}"]
        if may_open(request, name)
    ]
    return {"person": person, "tabs": tabs}


def may_open(request: StaffRequest, name: str) -> bool:
    return DOORS[name].reach_of(request.user.roles) is not Reach.NOBODY
