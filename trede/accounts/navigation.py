"""The frame round every staff page: the menu of one's roles, the name of the town."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from trede.accounts.models import Staff
from trede.accounts.permissions import DOORS, Reach

# In the order of the menu: label, URL name, icon.
ENTRIES = (
    (_("My day"), "desk:home", "calendar"),
    (_("Waiting list"), "inflow:waiting", "users"),
    (_("Referrals"), "inflow:referrals", "user-plus"),
    (_("Study"), "studies:studies", "flag"),
    (_("Reports"), "reports:reports", "file-text"),
    (_("Staff"), "accounts:staff", "users-group"),
    (_("Audit trail"), "accounts:trail", "shield-lock"),
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
            "current": _is_behind(path, reverse(name)),
        }
        for label, name, icon in ENTRIES
        if DOORS[name].reach_of(staff.roles) is not Reach.NOBODY
    ]


def _is_behind(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
