"""A pilot's rules in plain words, for everybody who works with them."""

from django.http import HttpResponse
from django.shortcuts import render

from trede.accounts.doors import StaffRequest
from trede.accounts.models import Role
from trede.accounts.visibility import fetch, seen
from trede.pilots.describing import describe
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot


def pilots(request: StaffRequest) -> HttpResponse:
    visible = seen(request, Pilot.objects.all()).order_by("name")
    return render(request, "pilots/pilots.html", {"pilots": visible})


def rules(request: StaffRequest, pilot_id: int) -> HttpResponse:
    pilot = fetch(request, Pilot.objects.all(), pilot_id)
    context = {
        "pilot": pilot,
        "chapters": describe(rules_of(pilot)),
        "may_change": request.user.has(Role.COORDINATOR),
        "versions": pilot.files.select_related("loaded_by").order_by("-number"),
    }
    return render(request, "pilots/rules.html", context)


def file(request: StaffRequest, pilot_id: int) -> HttpResponse:
    """The file itself, to copy and start another pilot with."""
    pilot = fetch(request, Pilot.objects.all(), pilot_id)
    newest = pilot.files.latest("number")
    response = HttpResponse(newest.text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{pilot.code}.toml"'
    return response
