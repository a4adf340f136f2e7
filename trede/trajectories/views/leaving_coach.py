"""A coach leaves: everybody in their care goes to a successor, looked at beforehand."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.models import Staff
from trede.accounts.staff_views import StaffQuerySet
from trede.accounts.visibility import fetch
from trede.people.models import Person
from trede.pilots.loading import rules_of
from trede.trajectories import handing_over
from trede.trajectories.handing_over_form import (
    SPREAD,
    HandOverAllForm,
    PassingOnForm,
)
from trede.trajectories.models import Trajectory
from trede.trajectories.views.acting import did, done, today
from trede.trajectories.views.telling import untold_of


@dataclass(frozen=True)
class Load:
    """What a successor would guide: now, with whom comes, and how many at most."""

    name: str
    now: int
    coming: int
    most: int

    @property
    def after(self) -> int:
        return self.now + self.coming

    @property
    def over(self) -> bool:
        return self.coming > 0 and self.after > self.most


def hand_over_all(request: StaffRequest, staff_id: int) -> HttpResponse:
    giver = fetch(request, StaffQuerySet(Staff), staff_id)
    running = handing_over.running_of(*people_of(giver))
    form = HandOverAllForm(
        request.POST or None,
        giver=giver,
        people={person: found is not None for person, found in running.items()},
        on=today(request),
        initial={"everybody": SPREAD, "on": today(request), "reason": "leaves"},
    )
    if _handed_over(request, giver, form):
        return _told(request, giver, len(running))
    looked(request, *(person.pk for person in running))
    context = {
        "giver": giver,
        "form": form,
        "number": len(running),
        "untold": untold_of(request, giver),
        "loads": loads_after(form, running, today(request)),
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


def people_of(giver: Staff) -> list[Person]:
    return sorted(handing_over.in_care_of(giver), key=lambda one: one.sort_name)


def _told(request: StaffRequest, giver: Staff, number: int) -> HttpResponse:
    words = ngettext(
        "%(n)d person of %(name)s was handed over.",
        "%(n)d people of %(name)s were handed over.",
        number,
    )
    page = reverse("trajectories:hand_over_all", args=[giver.pk])
    return done(request, words % {"n": number, "name": giver.name}, page)


def loads_after(
    form: PassingOnForm, running: Mapping[Person, Trajectory | None], on: date
) -> list[Load]:
    """Only those whose choice was understood count; the form names the others."""
    if not form.is_valid():
        return []
    limits = {
        one.pilot: rules_of(one.pilot, on).limits.caseload_to
        for one in {one.pilot_id: one for one in running.values() if one}.values()
    }
    coming: Counter[Staff] = Counter()
    most: dict[Staff, int] = {}
    for person, receiver in form.goes.items():
        trajectory = running[person]
        if trajectory and receiver:
            coming[receiver] += 1
            limit = limits[trajectory.pilot]
            most[receiver] = min(limit, most.get(receiver, limit))
    return [
        Load(one.name, form.guided[one.pk], number, most[one])
        for one, number in coming.items()
    ]
