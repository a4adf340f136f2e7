"""Pairs and lots: making a pair, drawing the lot, and showing how to check it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.models import Role
from trede.accounts.permissions import Reach
from trede.accounts.refusing import attempt
from trede.accounts.visibility import fetch
from trede.inflow import allocation, lot
from trede.inflow.models import Candidate, Pair
from trede.inflow.pair_forms import DissolveForm, PairForm
from trede.inflow.waiting_by_lot import design_on, deviations
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot


def pairs(request: StaffRequest, pilot_id: int) -> HttpResponse:
    pilot = _pilot(request, pilot_id)
    candidates = _ready(request, pilot)
    form = PairForm(request.POST or None, candidates=candidates)
    if form.is_valid():
        made = attempt(
            form,
            lambda: allocation.register_pair(
                pilot=pilot, **form.both(), by=request.actor, at=request.at
            ),
        )
        if made:
            # Apart: what was registered stands, also if drawing should fail.
            allocation.draw(pair=made, by=request.actor, at=timezone.now())
            messages.success(request, _("The lot has fallen."))
            return redirect("inflow:pair", made.pk)
    context = _lists(request, pilot) | {"form": form, "candidates": candidates}
    looked(request, *(one.person_id for one in candidates), *context["seen"])
    return render(request, "inflow/pairs.html", context)


def seal(request: StaffRequest, pilot_id: int) -> HttpResponse:
    pilot = fetch(request, Pilot.objects.all(), pilot_id)
    ready = allocation.seal_lots(pilot=pilot, by=request.actor, at=request.at)
    messages.success(
        request, _("%(number)d sealed lots lie ready.") % {"number": ready}
    )
    return redirect("inflow:pairs", pilot.pk)


def pair(request: StaffRequest, pair_id: int) -> HttpResponse:
    shown = _pair(request, pair_id)
    visible = _visible(request, [shown])
    looked(request, *visible)
    context = _shown(shown, visible) | {
        "coordinates": _reach(request) is Reach.MUNICIPALITY,
        "faults": allocation.faults_of(shown),
        "recipe": _recipe(shown) if shown.drawn_at else "",
        "moment": lot.moment_in_words(shown.registered_at),
    }
    return render(request, "inflow/pair.html", context)


def draw(request: StaffRequest, pair_id: int) -> HttpResponse:
    drawn = allocation.draw(
        pair=_pair(request, pair_id), by=request.actor, at=request.at
    )
    messages.success(request, _("The lot has fallen."))
    return redirect("inflow:pair", drawn.pk)


def dissolve(request: StaffRequest, pair_id: int) -> HttpResponse:
    shown = _pair(request, pair_id)
    form = DissolveForm(request.POST or None)
    if form.is_valid():
        gone = attempt(
            form,
            lambda: allocation.dissolve(
                pair=shown, **form.cleaned_data, by=request.actor, at=request.at
            ),
        )
        if gone:
            messages.success(request, _("The pair is dissolved."))
            return redirect("inflow:pair", shown.pk)
    context = {
        "title": _("Dissolve the pair"),
        "consequences": [
            _("The lot that fell stays on view, and is not drawn again."),
            _("Whoever waited waits no longer."),
            _("A next pair with one of the two is reported."),
        ],
        "form": form,
        "act": _("Dissolve"),
        "back_url": reverse("inflow:pair", args=[shown.pk]),
    }
    return render(request, "confirm.html", context)


def _pilot(request: StaffRequest, pilot_id: int) -> Pilot:
    return fetch(request, Pilot.objects.all(), pilot_id)


def _ready(request: StaffRequest, pilot: Pilot) -> list[Candidate]:
    ready = allocation.ready_to_pair(pilot)
    people = Person.objects.visible_to(request.user, _reach(request))
    theirs = people.filter(pk__in=[one.person_id for one in ready])
    visible = set(theirs.values_list("pk", flat=True))
    return [one for one in ready if one.person_id in visible]


def _reach(request: StaffRequest) -> Reach:
    """Everybody here knows the pilots, but a coach sees own people only in them."""
    return Reach.MUNICIPALITY if request.user.has(Role.COORDINATOR) else Reach.OWN


def _visible(request: StaffRequest, pairs: Iterable[Pair]) -> set[int]:
    """Whose names this member of staff may see."""
    members = {one.person_id for each in pairs for one in (each.one, each.other)}
    people = Person.objects.filter(pk__in=members)
    rows = people.visible_to(request.user, _reach(request))
    return set(rows.values_list("pk", flat=True))


def _pair(request: StaffRequest, pair_id: int) -> Pair:
    rows = Pair.objects.select_related(
        "pilot", "lot", "one__person", "other__person", "first__person"
    )
    return fetch(request, rows, pair_id)


def _lists(request: StaffRequest, pilot: Pilot) -> dict[str, Any]:
    today = timezone.localdate(request.at)
    reach = _reach(request)
    rows = Pair.objects.filter(pilot=pilot).visible_to(request.user, reach)
    pairs = list(rows.select_related("one__person", "other__person", "first", "lot"))
    visible = _visible(request, pairs)
    reported = deviations(pilot) if reach is Reach.MUNICIPALITY else []
    return {
        "pilot": pilot,
        "design": design_on(rules_of(pilot, today), today),
        "lots": pilot.lots.filter(pair=None),
        "coordinates": reach is Reach.MUNICIPALITY,
        "deviations": reported,
        "pairs": [_shown(each, visible) for each in pairs],
        "seen": visible | {each.candidate.person_id for each in reported},
    }


def _shown(pair: Pair, visible: set[int]) -> dict[str, object]:
    members = [
        {
            "candidate": each,
            "name": each.person.full_name if each.person_id in visible else "",
            "first": pair.first_id == each.pk,
        }
        for each in (pair.one, pair.other)
    ]
    return {"pair": pair, "members": members}


def _recipe(pair: Pair) -> str:
    return lot.recipe(
        secret=pair.secret,
        pilot=pair.pilot.code,
        moment=pair.registered_at,
        one=pair.one_id,
        other=pair.other_id,
    )
