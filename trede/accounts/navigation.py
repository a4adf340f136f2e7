"""The frame round every staff page: the menu of one's roles, the name of the town."""

import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trede.accounts.models import Role, Staff
from trede.accounts.permissions import DOORS, Reach

COACH, COORDINATOR, REFERRER = Role.COACH, Role.COORDINATOR, Role.REFERRER
# The pages of one person, which stand behind the list of people wherever they are kept.
OF_A_PERSON = re.compile(r"/(personen|contact/persoon|traject|partners/van)/\d")
# In the order of the menu: label, URL name, icon, and in whose menu it stands. Other
# pages that a role may open are found from these.
ENTRIES: tuple[tuple[Promise, str, str, frozenset[Role]], ...] = (
    (_("My day"), "desk:home", "calendar", frozenset(Role)),
    (
        pgettext_lazy("menu", "Lists"),
        "inflow:lists",
        "file-spreadsheet",
        frozenset((COORDINATOR,)),
    ),
    (
        pgettext_lazy("menu", "People"),
        "desk:people",
        "users",
        frozenset((COACH, COORDINATOR)),
    ),
    (_("Waiting list"), "inflow:waiting", "list", frozenset((COACH, COORDINATOR))),
    (
        pgettext_lazy("menu", "Partners"),
        "partners:partners",
        "heart-handshake",
        frozenset((COACH, COORDINATOR)),
    ),
    (_("My referrals"), "inflow:referrals", "list-check", frozenset((REFERRER,))),
    (_("New referral"), "inflow:refer", "user-plus", frozenset((REFERRER,))),
    (
        _("Questionnaires"),
        "questionnaires:library",
        "list-check",
        frozenset((Role.RESEARCHER,)),
    ),
    (_("Study"), "studies:studies", "flag", frozenset((Role.RESEARCHER,))),
    (
        _("Reports"),
        "reports:reports",
        "file-text",
        frozenset((COORDINATOR, Role.RESEARCHER, Role.POLICY_ADVISER)),
    ),
    (
        _("Pilots"),
        "pilots:pilots",
        "settings",
        frozenset((Role.POLICY_ADVISER, Role.ADMINISTRATOR)),
    ),
    (
        _("Staff"),
        "accounts:staff",
        "users-group",
        frozenset((Role.ADMINISTRATOR,)),
    ),
    (
        _("Audit trail"),
        "accounts:trail",
        "shield-lock",
        frozenset((Role.PRIVACY_OFFICER,)),
    ),
    (
        _("Search"),
        "desk:search",
        "search",
        frozenset((COACH, COORDINATOR, Role.PRIVACY_OFFICER)),
    ),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    # A request that was refused before anybody was recognised has no user.
    user = getattr(request, "user", None)
    context: dict[str, Any] = {
        "help_telephone": settings.HELP_TELEPHONE,
        "demo": settings.DEMO,
    }
    if isinstance(user, Staff):
        context["nav"] = menu(user, request.path)
        context["municipality"] = user.municipality
        context["session_seconds"] = request.session.get_expiry_age()
        context["help_telephone"] = (
            user.municipality.help_telephone or settings.HELP_TELEPHONE
        )
    return context


def menu(staff: Staff, path: str) -> list[dict[str, Any]]:
    """The doors that open for this member of staff; the one behind which they are."""
    return [
        {
            "label": label,
            "url": reverse(name),
            "icon": icon,
            "current": _is_behind(path, name),
        }
        for label, name, icon, roles in ENTRIES
        if roles & staff.roles and DOORS[name].reach_of(staff.roles) is not Reach.NOBODY
    ]


def _is_behind(path: str, name: str) -> bool:
    if OF_A_PERSON.search(path):
        return name == "desk:people"
    url = reverse(name)
    return path == url or (url != "/" and path.startswith(url))
