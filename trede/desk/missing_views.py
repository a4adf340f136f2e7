"""What is missing, on the screen and as a file."""

from collections.abc import Iterable, Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.permissions import Reach
from trede.desk.missing import KINDS, Line, MissingLines, asked
from trede.inflow.pilot_chosen import NoPilot, chosen_pilot, pilot_chips
from trede.inflow.rows_to_check import csv_line


def missing(request: StaffRequest) -> HttpResponse:
    try:
        shown = _lines(request)
    except NoPilot:
        return render(request, "desk/no_pilot.html")
    page = shown.page(request.GET.get("page"))
    looked(request, *(one.person_id for one in page))
    everybody = request.reach is Reach.MUNICIPALITY
    context = {
        "pilot": shown.ask.pilot,
        "pilots": pilot_chips(request, shown.ask.pilot),
        "page": page,
        "lines": list(shown.lines(page)),
        "kinds": shown.kinds(),
        "coaches": shown.by_coach() if everybody else [],
        "may_export": everybody,
    }
    return render(request, "desk/missing.html", context)


def missing_as_csv(request: StaffRequest) -> StreamingHttpResponse:
    """The same lines as a file; who took it along is in the audit trail."""
    shown = _lines(request)
    rows = shown.rows
    looked(request, *(one.person_id for one in rows))
    name = f"ontbreekt-{timezone.localdate(request.at):%Y%m%d}.csv"
    return StreamingHttpResponse(
        _as_csv(shown.lines(rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _lines(request: StaffRequest) -> MissingLines:
    ask = asked(request.GET, chosen_pilot(request))
    return MissingLines(ask, request.user, request.reach, request.at)


def _as_csv(lines: Iterable[Line]) -> Iterator[str]:
    heads = [_("Name"), pgettext("missing", "What is missing"), _("Why"), _("Coach")]
    # The mark that says UTF-8, for a spreadsheet.
    yield "\ufeff" + csv_line(heads)
    for one in lines:
        kind = str(KINDS[one.lack.kind])
        yield csv_line([one.person.full_name, kind, one.lack.why, one.coach])
