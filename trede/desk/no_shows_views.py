"""Who did not come, on the screen and as a file."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.list_file import (
    NARROW,
    WIDE,
    WIDEST,
    Cell,
    ListFile,
    as_file,
    chosen,
)
from trede.desk.no_shows import Line, NoShows, asked
from trede.inflow.pilot_chosen import NoPilot, chosen_pilot, pilot_chips


def no_shows(request: StaffRequest) -> HttpResponse:
    try:
        shown = _shown(request)
    except NoPilot:
        return render(request, "desk/no_pilot.html")
    page, pilot = shown.page(request.GET.get("page")), shown.ask.pilot
    looked(request, *(one.person_id for one in page))
    context = {
        "pilot": pilot,
        "pilots": pilot_chips(request, pilot),
        "page": page,
        "from": urlencode({"pilot": pilot.code, "terug": request.get_full_path()}),
        "lines": list(shown.lines(page)),
        "whole": shown.whole,
        "then": shown.then(),
        "coaches": shown.coaches(),
    }
    return render(request, "desk/no_shows.html", context)


def no_shows_file(request: StaffRequest) -> HttpResponseBase:
    """The same lines as a file; who took it along is in the audit trail."""
    shown = _shown(request)
    looked(request, *(one.person_id for one in shown.rows))
    columns = {
        _("Name"): WIDE,
        pgettext("did not come", "Did not come on"): NARROW,
        pgettext("did not come", "Times in a row"): NARROW,
        _("Coach"): WIDE,
        _("What is next"): WIDEST,
    }
    title = pgettext("did not come", "Did not come")
    filters = {_("What is next"): shown.then(), _("Coach"): shown.coaches()}
    about = [(_("Pilot"), shown.ask.pilot.name), *chosen(filters)]
    cells = map(_cells, shown.lines(shown.rows))
    listed = ListFile("niet-gekomen", title, columns, cells, about, shown.whole)
    return as_file(request, listed)


def _shown(request: StaffRequest) -> NoShows:
    ask = asked(request.GET, chosen_pilot(request))
    return NoShows(ask, request.user, request.reach, request.at)


def _cells(line: Line) -> list[Cell]:
    one = line.no_show
    day = timezone.localdate(one.at)
    return [line.person.full_name, day, one.times, one.coach_name, one.what_next]
