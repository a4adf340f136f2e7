"""The waiting list on the screen: whom to reach today, in one tap a line."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, go_to, looked, page_before
from trede.accounts.list_file import (
    NARROW,
    WIDE,
    WIDEST,
    Cell,
    ListFile,
    as_file,
    chosen,
)
from trede.accounts.models import Role
from trede.accounts.permissions import Reach
from trede.accounts.refusing import Refused
from trede.accounts.visibility import fetch
from trede.contact.views import say_noted
from trede.inflow import calling
from trede.inflow import waiting_forms as shapes
from trede.inflow.attempt_words import what_next
from trede.inflow.long_lists import first_of
from trede.inflow.models import Candidate, SameStep
from trede.inflow.pilot_chosen import chosen_pilot, pilot_chips
from trede.inflow.waiting_asked import asked
from trede.inflow.waiting_by_lot import design_on
from trede.inflow.waiting_lines import Line, WaitingLines
from trede.pilots.loading import rules_of


def waiting(request: StaffRequest) -> HttpResponse:
    pilot, today = chosen_pilot(request), timezone.localdate(request.at)
    shown = _lines(request)
    page = shown.page(request.GET.get("page"))
    lines = shown.lines_of(page)
    looked(request, *(line.candidate.person_id for line in lines))
    context = {
        "pilot": pilot,
        "pilots": pilot_chips(request, pilot),
        "ask": shown.ask,
        "page": page,
        "whole": shown.whole,
        "lines": lines,
        "chips": shown.chips(),
        "quarters": shown.quarters(),
        "languages": shown.languages(),
        "coaches": shown.coaches(),
        "since": shown.since(),
        "seen_until": request.at,
        "same_steps": SameStep.Kind,
        "may_export": request.reach is Reach.MUNICIPALITY,
        "holds_no_intakes": Role.COACH not in request.user.roles,
        "makes_pairs": design_on(rules_of(pilot, today), today).kind == "waiting_list",
    }
    return render(request, "inflow/waiting.html", context)


def waiting_file(request: StaffRequest) -> HttpResponseBase:
    """The same lines as a file; who took it along is in the audit trail."""
    shown = _lines(request)
    found, whole = first_of(shown.rows)
    lines = shown.lines(found)
    looked(request, *(one.candidate.person_id for one in lines))
    rows = [_cells(line) for line in lines]
    title = _("Waiting list")
    about = [(_("Pilot"), shown.ask.pilot.name), *chosen(shown.filters())]
    listed = ListFile("wachtlijst", title, _columns(), rows, about, whole)
    return as_file(request, listed)


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


def _columns() -> dict[str, int]:
    return {
        _("Days waiting"): NARROW,
        _("Name"): WIDE,
        _("Telephone"): NARROW,
        _("Quarter"): WIDE,
        _("Language"): NARROW,
        _("What is next"): WIDEST,
        _("Due"): NARROW,
    }


def _cells(line: Line) -> list[Cell]:
    return [
        line.days,
        line.candidate.person.full_name,
        line.telephone,
        line.quarter,
        line.language,
        str(what_next(line.attempt)),
        line.attempt.due_on,
    ]
