"""The waiting list on the screen: whom to reach today, in one tap a line."""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, go_to, looked, page_before
from trede.accounts.models import Role
from trede.accounts.refusing import Refused
from trede.accounts.visibility import fetch
from trede.contact.views import say_noted
from trede.inflow import calling
from trede.inflow import waiting_forms as shapes
from trede.inflow.attempt_words import what_next
from trede.inflow.models import Candidate
from trede.inflow.pilot_chosen import chosen_pilot, pilot_chips
from trede.inflow.rows_to_check import csv_line
from trede.inflow.waiting_by_lot import design_on
from trede.inflow.waiting_lines import Line, WaitingLines, asked
from trede.pilots.loading import rules_of

A_PAGE = 25


def waiting(request: StaffRequest) -> HttpResponse:
    pilot, today = chosen_pilot(request), timezone.localdate(request.at)
    shown = _lines(request)
    page = Paginator(shown.rows, A_PAGE).get_page(request.GET.get("page"))
    lines = shown.lines(list(page))
    looked(request, *(line.candidate.person_id for line in lines))
    context = {
        "pilot": pilot,
        "pilots": pilot_chips(request, pilot),
        "ask": shown.ask,
        "page": page,
        "lines": lines,
        "chips": shown.chips(),
        "quarters": shown.quarters(),
        "languages": shown.languages(),
        "seen_until": request.at,
        "may_export": request.reach.name == "MUNICIPALITY",
        "holds_no_intakes": Role.COACH not in request.user.roles,
        "makes_pairs": design_on(rules_of(pilot, today), today).kind == "waiting_list",
    }
    return render(request, "inflow/waiting.html", context)


def waiting_as_csv(request: StaffRequest) -> StreamingHttpResponse:
    """The same lines as a file; who took it along is in the audit trail."""
    shown = _lines(request)
    candidates = list(shown.rows)
    looked(request, *(one.person_id for one in candidates))
    today = timezone.localdate(request.at)
    name = f"wachtlijst-{today:%Y%m%d}.csv"
    return StreamingHttpResponse(
        _as_csv(shown.lines(candidates)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def log_call(request: StaffRequest, candidate_id: int) -> HttpResponse:
    candidate = fetch(
        request, Candidate.objects.select_related("person", "pilot"), candidate_id
    )
    tap = shapes.CallTap(request.POST)
    if not tap.is_valid():
        raise Refused(_("Choose what came of the call."))
    try:
        moment = calling.log_call(
            candidate=candidate, by=request.actor, at=request.at, **tap.cleaned_data
        )
    except Refused as refusal:
        if refusal.field != "deviation_reason":
            raise
        messages.warning(request, str(refusal.message))
        return _ask_reason(request, candidate, tap.cleaned_data["outcome"])
    say_noted(request, candidate.person, moment)
    return go_to(request, page_before(request) or reverse("inflow:waiting"))


def _ask_reason(
    request: StaffRequest, candidate: Candidate, outcome: str
) -> HttpResponse:
    """Somebody who should be left alone: the long form asks why."""
    address = reverse("contact:record", args=[candidate.person_id])
    query = f"?pilot={candidate.pilot.code}&occasion=invitation&outcome={outcome}"
    return go_to(request, address + query)


def _lines(request: StaffRequest) -> WaitingLines:
    ask = asked(request.GET, chosen_pilot(request))
    today = timezone.localdate(request.at)
    return WaitingLines(ask, request.user, request.reach, today)


def _as_csv(lines: Iterable[Line]) -> Iterator[str]:
    heads = [
        _("Days waiting"),
        _("Name"),
        _("Telephone"),
        _("Quarter"),
        _("Language"),
        _("What is next"),
        _("Due"),
    ]
    # A spreadsheet in Dutch expects semicolons, and the mark that says UTF-8.
    yield "\ufeff" + csv_line(heads)
    for line in lines:
        person = line.candidate.person
        yield csv_line(
            [
                str(line.days),
                person.full_name,
                line.telephone,
                line.quarter,
                line.language,
                what_next(line.attempt),
                f"{line.attempt.due_on:%d-%m-%Y}",
            ]
        )
