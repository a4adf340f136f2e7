"""Who went to another coach, on the screen and as a file."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.list_file import NARROW, WIDE, Cell, ListFile, as_file, chosen
from trede.inflow.long_lists import first_of
from trede.inflow.pilot_chosen import chosen_pilot, pilot_chips
from trede.trajectories.hand_over_list import HandOverLines, asked
from trede.trajectories.models import HandOver


def hand_overs(request: StaffRequest) -> HttpResponse:
    shown = _lines(request)
    page = shown.page(request.GET.get("page"))
    looked(request, *(one.trajectory.person_id for one in page))
    context = {
        "pilot": shown.ask.pilot,
        "pilots": pilot_chips(request, shown.ask.pilot),
        "page": page,
        "reasons": shown.reasons(),
        "since": shown.since(),
    }
    return render(request, "trajectories/hand_overs.html", context)


def hand_overs_file(request: StaffRequest) -> HttpResponseBase:
    """The same lines as a file; who took it along is in the audit trail."""
    shown = _lines(request)
    found, whole = first_of(shown.rows)
    looked(request, *(one.trajectory.person_id for one in found))
    columns = {
        _("On"): NARROW,
        _("Name"): WIDE,
        pgettext("handed over", "From"): WIDE,
        pgettext("handed over", "To"): WIDE,
        _("Reason"): WIDE,
    }
    title = pgettext("handed over", "Hand-overs")
    about = [(_("Pilot"), shown.ask.pilot.name), *chosen(shown.filters())]
    rows = map(_cells, found)
    listed = ListFile("overdrachten", title, columns, rows, about, whole)
    return as_file(request, listed)


def _lines(request: StaffRequest) -> HandOverLines:
    ask = asked(request.GET, chosen_pilot(request))
    today = timezone.localdate(request.at)
    return HandOverLines(ask, request.user, request.reach, today)


def _cells(one: HandOver) -> list[Cell]:
    name = one.trajectory.person.full_name
    reason = one.get_reason_display()
    return [one.on, name, one.giver.name, one.receiver.name, reason]
