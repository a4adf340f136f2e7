"""A coach leaves: everybody in their care goes to a successor, looked at beforehand."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.models import Staff
from trede.accounts.staff_views import StaffQuerySet
from trede.accounts.visibility import fetch
from trede.trajectories import handing_over
from trede.trajectories.handing_over_form import (
    SPREAD,
    HandOverAllForm,
    PassingOnForm,
)
from trede.trajectories.views.acting import did, done, today
from trede.trajectories.views.telling import untold_of
from trede.trajectories.weighing import in_people


@dataclass(frozen=True)
class Load:
    """What a successor would have to do, in people who weigh one: now, with whom
    comes, and at most."""

    name: str
    now: Decimal
    coming: Decimal
    most: int

    @property
    def after(self) -> Decimal:
        return self.now + self.coming

    @property
    def over(self) -> bool:
        return self.coming > 0 and self.after > self.most


def hand_over_all(request: StaffRequest, staff_id: int) -> HttpResponse:
    giver = fetch(request, StaffQuerySet(Staff), staff_id)
    care = handing_over.Care(giver)
    form = HandOverAllForm(
        request.POST or None,
        giver=giver,
        care=care,
        on=today(request),
        initial={"everybody": SPREAD, "on": today(request), "reason": "leaves"},
    )
    if _handed_over(request, giver, form):
        return _told(request, giver, len(care.people))
    looked(request, *(person.pk for person in care.people))
    context = {
        "giver": giver,
        "form": form,
        "number": len(care.people),
        "untold": untold_of(request, giver),
        "loads": loads_after(form),
    }
    return render(request, "trajectories/hand_over_all.html", context)


def _handed_over(request: StaffRequest, giver: Staff, form: HandOverAllForm) -> bool:
    """Only what was looked at: when loads changed meanwhile, there is a new look."""
    return (
        request.POST.get("go") == "now"
        and form.is_valid()
        and request.POST.get("seen") == form.outcome()
        and did(
            request,
            form,
            lambda: handing_over.hand_over_all(
                giver=giver,
                passings=form.passings(),
                **form.of_all(),
                by=request.actor,
                at=request.at,
            ),
        )
    )


def _told(request: StaffRequest, giver: Staff, number: int) -> HttpResponse:
    words = ngettext(
        "%(n)d person of %(name)s was handed over.",
        "%(n)d people of %(name)s were handed over.",
        number,
    )
    page = reverse("trajectories:hand_over_all", args=[giver.pk])
    return done(request, words % {"n": number, "name": giver.name}, page)


def loads_after(form: PassingOnForm) -> list[Load]:
    """Only those whose choice was understood count; the form names the others."""
    if not form.is_valid():
        return []
    coming: Counter[Staff] = Counter()
    most: dict[Staff, int] = {}
    for person, receiver in form.goes.items():
        trajectory = form.people[person]
        if trajectory and receiver:
            coming[receiver] += form.weights[person.pk]
            limit = form.limits[trajectory.pilot_id].caseload_to
            most[receiver] = min(limit, most.get(receiver, limit))
    return [
        Load(one.name, form.team.loads[one.pk].weight, in_people(more), most[one])
        for one, more in coming.items()
    ]
