"""What is missing, on the screen and as a file."""

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
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
from trede.accounts.permissions import Reach
from trede.desk.missing import JUDGED, KINDS, Line, MissingLines, asked
from trede.inflow.long_lists import MOST
from trede.inflow.pilot_chosen import NoPilot, chosen_pilot, pilot_chips


def missing(request: StaffRequest) -> HttpResponse:
    try:
        shown = _lines(request, JUDGED)
    except NoPilot:
        return render(request, "desk/no_pilot.html")
    page = shown.page(request.GET.get("page"))
    looked(request, *(one.person_id for one in page))
    everybody, here = request.reach is Reach.MUNICIPALITY, request.get_full_path()
    context = {
        "pilot": shown.ask.pilot,
        "pilots": pilot_chips(request, shown.ask.pilot),
        "page": page,
        "from": urlencode({"pilot": shown.ask.pilot.code, "terug": here}),
        "whole": shown.whole,
        "lines": list(shown.lines(page)),
        "kinds": shown.kinds(),
        "coaches": shown.by_coach() if everybody else [],
        "may_export": everybody,
    }
    return render(request, "desk/missing.html", context)


def missing_file(request: StaffRequest) -> HttpResponseBase:
    """The same lines as a file, and of a large municipality more of them; who took it
    along is in the audit trail."""
    shown = _lines(request, MOST)
    rows = shown.rows
    looked(request, *(one.person_id for one in rows))
    columns = {
        _("Name"): WIDE,
        pgettext("missing", "What is missing"): WIDE,
        _("Why"): WIDEST,
        pgettext("missing", "Since"): NARROW,
        _("Coach"): WIDE,
    }
    title = pgettext("missing", "What is missing")
    filters = {title: shown.kinds(), _("Coach"): shown.by_coach()}
    about = [(_("Pilot"), shown.ask.pilot.name), *chosen(filters)]
    cells = map(_cells, shown.lines(rows))
    listed = ListFile("ontbreekt", title, columns, cells, about, shown.whole)
    return as_file(request, listed)


def _lines(request: StaffRequest, most: int) -> MissingLines:
    ask = asked(request.GET, chosen_pilot(request))
    return MissingLines(ask, request.user, request.reach, request.at, most)


def _cells(line: Line) -> list[Cell]:
    lack = line.lack
    kind = str(KINDS[lack.kind])
    return [line.person.full_name, kind, lack.why, lack.since, line.coach]
