"""Around the goals: barriers, strengths, small steps, pace and manner."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trede.accounts.doors import StaffRequest
from trede.accounts.refusing import Refused
from trede.accounts.visibility import fetch
from trede.pilots.loading import rules_of
from trede.trajectories import barriers, manner, plan_forms, small_steps
from trede.trajectories.around_goals import take_back
from trede.trajectories.models import (
    BarrierChange,
    Manner,
    PlanPart,
    SmallStep,
    Step,
    Strength,
)
from trede.trajectories.views.acting import (
    Page,
    act_page,
    done,
    made,
    own,
    page_of,
    today,
)

ADD_STRENGTH = Page(title=_("What goes well"), act=_("Keep"))
ADD_SMALL_STEP = Page(title=_("A small step"), act=_("Keep"))
COUNT_STEP = Page(title=_("In which life domain was this a small step?"), act=_("Keep"))
MANNER = Page(title=_("Pace and manner"), act=_("Keep"))


def note_barrier(request: StaffRequest, trajectory_id: int) -> HttpResponse:
    trajectory = own(request, trajectory_id)
    form = plan_forms.BarrierForm(request.POST)
    if not form.is_valid():
        raise Refused(gettext("Choose what stands in the way."))
    noted = barriers.note_barrier(
        trajectory=trajectory, **form.cleaned_data, by=request.actor, at=request.at
    )
    words = (
        gettext("It is noted what stands in the way.")
        if form.cleaned_data["is_there"]
        else gettext("It is noted that this is gone.")
    )
    undo = reverse("trajectories:take_back_barrier", args=[noted.pk]) if noted else ""
    return done(request, words, page_of(trajectory), undo)


def add_strength(request: StaffRequest, trajectory_id: int) -> HttpResponse:
    trajectory = own(request, trajectory_id)
    form = plan_forms.StrengthForm(request.POST or None)
    kept = made(
        request,
        form,
        lambda: small_steps.add_strength(
            trajectory=trajectory, **form.cleaned_data, by=request.actor, at=request.at
        ),
    )
    if kept:
        undo = reverse("trajectories:take_back_strength", args=[kept.pk])
        words = gettext("What goes well is in the plan.")
        return done(request, words, page_of(trajectory), undo)
    return act_page(request, trajectory.person, form, ADD_STRENGTH, page_of(trajectory))


def add_small_step(request: StaffRequest, trajectory_id: int) -> HttpResponse:
    trajectory, day = own(request, trajectory_id), today(request)
    form = plan_forms.SmallStepForm(request.POST or None, initial={"on": day})
    kept = made(
        request,
        form,
        lambda: small_steps.add_small_step(
            trajectory=trajectory, **form.cleaned_data, by=request.actor, at=request.at
        ),
    )
    back = page_of(trajectory)
    if kept:
        undo = reverse("trajectories:take_back_small_step", args=[kept.pk])
        return done(request, gettext("The small step is in the plan."), back, undo)
    return act_page(request, trajectory.person, form, ADD_SMALL_STEP, back)


def count_step(request: StaffRequest, step_id: int) -> HttpResponse:
    rows = Step.objects.select_related("goal__trajectory__person")
    step = fetch(request, rows, step_id)
    form = plan_forms.CountStepForm(request.POST or None)
    kept = made(
        request,
        form,
        lambda: small_steps.count_step(
            step=step, **form.cleaned_data, by=request.actor, at=request.at
        ),
    )
    person, back = step.goal.trajectory.person, page_of(step.goal.trajectory)
    if kept:
        undo = reverse("trajectories:take_back_small_step", args=[kept.pk])
        return done(request, gettext("The small step is in the plan."), back, undo)
    return act_page(request, person, form, COUNT_STEP, back, quote=step.words)


def note_manner(request: StaffRequest, trajectory_id: int) -> HttpResponse:
    trajectory = own(request, trajectory_id)
    rules = rules_of(trajectory.pilot)
    before = plan_forms.as_initial(manner.holds(trajectory))
    form = plan_forms.MannerForm(request.POST or None, initial=before, rules=rules)
    kept = made(
        request,
        form,
        lambda: manner.note_manner(
            trajectory=trajectory, **form.cleaned_data, by=request.actor, at=request.at
        ),
    )
    back = reverse("desk:person", args=[trajectory.person_id])
    if kept:
        undo = reverse("trajectories:take_back_manner", args=[kept.pk])
        return done(request, gettext("It is noted."), back, undo)
    return act_page(request, trajectory.person, form, MANNER, back)


def take_back_barrier(request: StaffRequest, barrier_id: int) -> HttpResponse:
    rows = BarrierChange.objects.select_related("trajectory")
    return _taken_back(request, fetch(request, rows, barrier_id))


def take_back_strength(request: StaffRequest, strength_id: int) -> HttpResponse:
    rows = Strength.objects.select_related("trajectory")
    return _taken_back(request, fetch(request, rows, strength_id))


def take_back_small_step(request: StaffRequest, small_step_id: int) -> HttpResponse:
    rows = SmallStep.objects.select_related("trajectory")
    return _taken_back(request, fetch(request, rows, small_step_id))


def take_back_manner(request: StaffRequest, manner_id: int) -> HttpResponse:
    rows = Manner.objects.select_related("trajectory")
    return _taken_back(request, fetch(request, rows, manner_id))


def _taken_back(request: StaffRequest, part: PlanPart) -> HttpResponse:
    take_back(part=part, by=request.actor, at=request.at)
    words = gettext("It is taken back; it does not count.")
    return done(request, words, page_of(part.trajectory))
