"""Which pilot a page is about: the one in the address, else the one that runs now."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest
from trede.accounts.refusing import Refused
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot


def pilots_of(request: StaffRequest) -> list[Pilot]:
    """Those of the municipality, with their files; fetched once for a page."""
    if "pilots" not in vars(request):
        vars(request)["pilots"] = _pilots(request)
    pilots: list[Pilot] = vars(request)["pilots"]
    return pilots


def chosen_pilot(request: StaffRequest) -> Pilot:
    pilots = pilots_of(request)
    code = request.GET.get("pilot", "")
    chosen = next((one for one in pilots if one.code == code), None)
    if chosen or pilots:
        return chosen or pilots[0]
    raise NoPilot


def pilot_chips(request: StaffRequest, chosen: Pilot) -> list[dict[str, Any]]:
    """To go to another pilot; nothing to choose where there is only one."""
    pilots = pilots_of(request)
    return [
        {
            "label": one.name,
            "url": f"?{urlencode({'pilot': one.code})}",
            "current": one == chosen,
        }
        for one in pilots
        if len(pilots) > 1
    ]


class NoPilot(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("There is no pilot yet. The administrator loads its file first.")
        )


def _pilots(request: StaffRequest) -> list[Pilot]:
    rows = Pilot.objects.filter(municipality=request.user.municipality_id)
    rows = rows.select_related("municipality").prefetch_related("files")
    pilots = list(rows.order_by("-pk"))
    today = timezone.localdate(request.at)
    return sorted(pilots, key=lambda one: not _runs(one, today))


def _runs(pilot: Pilot, on: date) -> bool:
    about = rules_of(pilot).pilot
    return about.starts_on <= on <= about.ends_on
