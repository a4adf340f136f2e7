"""The desk: one's day, the list of people, the page of one person, and searching."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, go_to, looked, page_before
from trede.accounts.refusing import Refused
from trede.accounts.visibility import fetch
from trede.contact.views import say_noted
from trede.desk import home_sections, tapping
from trede.desk.dossier import dossier_of
from trede.desk.figures import figures
from trede.desk.found_partners import partners_named
from trede.desk.guidance import guides
from trede.desk.privacy import privacy_view
from trede.formats.telephone import telephone_shown
from trede.inflow.models import Candidate
from trede.inflow.pilot_chosen import chosen_pilot
from trede.people.households import housemates
from trede.people.models import Person
from trede.people.searching import find


def home(request: StaffRequest) -> HttpResponse:
    sections = home_sections.sections_of(request)
    persons = {number for one in sections for number in one.persons}
    if persons:
        looked(request, *persons)
    context = {
        "sections": sections,
        "first_name": request.user.name.split(" ")[0],
        "today": timezone.localdate(request.at),
        "hour": timezone.localtime(request.at).hour,
        "seen_until": request.at,
    }
    return render(request, "desk/home.html", context)


def how_many(request: StaffRequest) -> HttpResponse:
    """The figures of the first page, where they are asked for after it; or alone."""
    section = figures(chosen_pilot(request), timezone.localdate(request.at))
    part = "desk/home/figures.html" if request.htmx else "desk/figures.html"
    return render(request, part, {"section": section})


def person(request: StaffRequest, person_id: int) -> HttpResponse:
    found = fetch(request, Person.objects.all(), person_id)
    looked(request, found.pk)
    if guides(request, found):
        return render(request, "desk/person.html", dossier_of(request, found))
    return render(request, "desk/person_privacy.html", privacy_view(request, found))


def tap(request: StaffRequest, candidate_id: int) -> HttpResponse:
    rows = Candidate.objects.select_related("person", "pilot")
    candidate = fetch(request, rows, candidate_id)
    form = tapping.CallTap(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose what came of the call."))
    try:
        moment = tapping.note_call(
            candidate=candidate, by=request.actor, at=request.at, **form.cleaned_data
        )
    except Refused as refusal:
        if refusal.field != "deviation_reason":
            raise
        messages.warning(request, str(refusal.message))
        return _ask_reason(request, candidate, form.cleaned_data["outcome"])
    say_noted(request, candidate.person, moment)
    return go_to(request, page_before(request) or reverse("desk:home"))


def _ask_reason(
    request: StaffRequest, candidate: Candidate, outcome: str
) -> HttpResponse:
    """Somebody who should be left alone: the long form asks why."""
    address = reverse("contact:record", args=[candidate.person_id])
    occasion = tapping.occasion_of(candidate)
    query = f"?pilot={candidate.pilot.code}&occasion={occasion}&outcome={outcome}"
    return go_to(request, address + query)


def search(request: StaffRequest) -> HttpResponse:
    """Posted, so that no name or BSN stands in an address."""
    text = request.POST.get("q", "").strip()[:120]
    everybody = Person.objects.current().visible_to(request.user, request.reach)
    found = find(everybody, text)
    homes = housemates(everybody, found.people)
    if text:
        others = (one for home in homes.values() for one in home)
        looked(request, *(one.pk for one in (*found.people, *others)))
    lines = [
        (one, telephone_shown(one.telephone), homes.get(one.pk, []))
        for one in found.people
    ]
    context = {
        "text": text,
        "found": lines,
        "more": found.more,
        "counted": found.counted,
        "partners": partners_named(request, text),
        "too_short": 0 < len(text) < 3,
    }
    return render(request, "desk/search.html", context)
