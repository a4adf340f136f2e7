"""The placements of the team's people, on the screen and as a file."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.list_file import (
    NARROW,
    WIDE,
    Cell,
    ListFile,
    as_file,
    chosen,
)
from trede.accounts.permissions import Reach
from trede.inflow.long_lists import first_of
from trede.partners.models import Placement
from trede.partners.placement_list import PlacementLines, asked


def placements(request: StaffRequest) -> HttpResponse:
    shown = _lines(request)
    page = shown.page(request.GET.get("page"))
    looked(request, *(one.onward.person_id for one in page))
    everybody = request.reach is Reach.MUNICIPALITY
    context = {
        "page": page,
        "today": shown.on,
        "states": shown.states(),
        "coaches": shown.coaches() if everybody else [],
        "may_export": everybody,
    }
    return render(request, "partners/placements.html", context)


def placements_file(request: StaffRequest) -> HttpResponseBase:
    """The same lines as a file; who took it along is in the audit trail."""
    shown = _lines(request)
    found, whole = first_of(shown.rows)
    looked(request, *(one.onward.person_id for one in found))
    columns = {
        _("Name"): WIDE,
        _("Where"): WIDE,
        _("Since"): NARROW,
        _("Hours a week"): NARROW,
        _("Trial period until"): NARROW,
        _("To look back on"): NARROW,
        _("Ended on"): NARROW,
        _("Why it ended"): WIDE,
        _("Coach"): WIDE,
    }
    title, rows = pgettext("placements", "Placements"), map(_cells, found)
    about = chosen(shown.filters())
    return as_file(request, ListFile("plaatsingen", title, columns, rows, about, whole))


def _lines(request: StaffRequest) -> PlacementLines:
    today = timezone.localdate(request.at)
    return PlacementLines(asked(request.GET), request.user, request.reach, today)


def _cells(one: Placement) -> list[Cell]:
    return [
        one.onward.person.full_name,
        one.onward.where,
        one.started_on,
        one.hours,
        one.trial_until_on,
        one.review_on,
        one.ended_on,
        one.get_end_reason_display(),
        getattr(one, "coach_name", None),
    ]
