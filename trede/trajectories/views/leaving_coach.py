"""A coach leaves: everybody in their care goes to a successor, looked at beforehand."""

from collections import Counter
from dataclasses import dataclass

from django.forms.boundfield import BoundField
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
from trede.trajectories.caseload import guided_by
from trede.trajectories.forms import HandOverAllForm
from trede.trajectories.models import Trajectory
from trede.trajectories.views.acting import did, done, today


@dataclass(frozen=True)
class Line:
    person: Person
    trajectory: Trajectory | None
    receiver: BoundField
    note: BoundField | None


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
    running = {one: handing_over.running_of(one) for one in _people(giver)}
    form = HandOverAllForm(
        request.POST or None,
        giver=giver,
        people={person: found is not None for person, found in running.items()},
        initial={"on": today(request), "reason": "leaves"},
    )
    if _handed_over(request, giver, form):
        return _told(request, giver, len(running))
    looked(request, *(person.pk for person in running))
    context = {
        "giver": giver,
        "form": form,
        "lines": [_line(form, *one) for one in running.items()],
        "loads": _loads(form, running, request) if form.is_bound else (),
    }
    return render(request, "trajectories/hand_over_all.html", context)


def _handed_over(request: StaffRequest, giver: Staff, form: HandOverAllForm) -> bool:
    return request.POST.get("go") == "now" and did(
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


def _people(giver: Staff) -> list[Person]:
    return sorted(handing_over.in_care_of(giver), key=lambda one: one.sort_name)


def _told(request: StaffRequest, giver: Staff, number: int) -> HttpResponse:
    words = ngettext(
        "%(n)d person of %(name)s was handed over.",
        "%(n)d people of %(name)s were handed over.",
        number,
    )
    return done(
        request, words % {"n": number, "name": giver.name}, reverse("desk:home")
    )


def _line(form: HandOverAllForm, person: Person, trajectory: Trajectory | None) -> Line:
    note = form[f"note_{person.pk}"] if trajectory else None
    return Line(person, trajectory, form[f"receiver_{person.pk}"], note)


def _loads(
    form: HandOverAllForm,
    running: dict[Person, Trajectory | None],
    request: StaffRequest,
) -> list[Load]:
    """Only those whose choice was understood count; the form names the others."""
    if not form.is_valid():
        return []
    coming: Counter[Staff] = Counter()
    most: dict[Staff, int] = {}
    for passing in form.passings():
        trajectory = running[passing.person]
        if trajectory and passing.receiver:
            coming[passing.receiver] += 1
            limit = rules_of(trajectory.pilot, today(request)).limits.caseload_to
            most[passing.receiver] = min(limit, most.get(passing.receiver, limit))
    return [
        Load(one.name, guided_by(one, today(request)).count(), number, most[one])
        for one, number in coming.items()
    ]
