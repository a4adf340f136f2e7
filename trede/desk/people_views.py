"""The list of people, on the screen and as a file."""

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
from trede.desk import listing
from trede.inflow.long_lists import first_of
from trede.inflow.models import Candidate, SameStep
from trede.inflow.pilot_chosen import NoPilot, chosen_pilot, pilot_chips
from trede.inflow.whose_people import coaches_of


def people(request: StaffRequest) -> HttpResponse:
    try:
        lines = _lines(request)
    except NoPilot:
        return render(request, "desk/no_pilot.html")
    ask, pilot = lines.ask, lines.ask.pilot
    page = lines.page(request.GET.get("page"))
    looked(request, *(one.person_id for one in page))
    coordinates = request.reach is Reach.MUNICIPALITY
    context = {
        "pilot": pilot,
        "pilots": pilot_chips(request, pilot),
        "page": page,
        "whole": lines.whole(page.paginator.count),
        "labels": lines.labels,
        "whose": lines.whose(coaches_of(pilot) if coordinates else {}),
        "stages": lines.stages(),
        "quarters": lines.quarters(),
        "since": lines.since(),
        "filtered": bool(ask.stage or ask.quarter or ask.since),
        "coordinates": coordinates,
        "same_steps": SameStep.Kind,
    }
    return render(request, "desk/people.html", context)


def people_file(request: StaffRequest) -> HttpResponseBase:
    """The same lines as a file; who took it along is in the audit trail."""
    lines = _lines(request)
    pilot, (candidates, whole) = lines.ask.pilot, first_of(lines.rows)
    looked(request, *(one.person_id for one in candidates))
    coaches = listing.coach_names(one.person_id for one in candidates)
    columns = {
        _("Name"): WIDE,
        _("Stage"): WIDE,
        pgettext("missing", "Since"): NARROW,
        _("Coach"): WIDE,
        _("Quarter"): WIDE,
    }
    rows = [
        _cells(one, coaches.get(one.person_id, ""), lines.labels) for one in candidates
    ]
    filters = lines.filters(coaches_of(pilot))
    about = [(_("Pilot"), pilot.name), *chosen(filters)]
    title = pgettext("menu", "People")
    return as_file(request, ListFile("mensen", title, columns, rows, about, whole))


def _lines(request: StaffRequest) -> listing.PeopleLines:
    ask = listing.asked(request.GET, chosen_pilot(request), request.user)
    return listing.PeopleLines(ask, request.user, request.reach, request.at)


def _cells(candidate: Candidate, coach: str, quarters: dict[str, str]) -> list[Cell]:
    person = candidate.person
    return [
        person.full_name,
        candidate.get_stage_display(),
        timezone.localdate(candidate.stage_since),
        coach,
        quarters.get(person.quarter, person.quarter),
    ]
