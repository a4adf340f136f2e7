"""The working steps of the pilot: noted from the list on the person's page, or by form
when it was another day or the step does not fit."""

from dataclasses import replace

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trede.accounts.doors import StaffRequest
from trede.accounts.visibility import fetch
from trede.pilots.loading import rules_of
from trede.trajectories import forms, working_steps
from trede.trajectories.models import Trajectory, WorkingStepNote
from trede.trajectories.views.acting import Page, act_page, did, done, own, today

NOTE = Page(title=_("A working step"), act=_("Keep"))


def working_step(
    request: StaffRequest, trajectory_id: int, step_code: str
) -> HttpResponse:
    trajectory = own(request, trajectory_id)
    form = forms.WorkingStepForm(request.POST or None, initial={"on": today(request)})
    if did(
        request,
        form,
        lambda: working_steps.note_step(
            trajectory=trajectory,
            code=step_code,
            **form.cleaned_data,
            by=request.actor,
            at=request.at,
        ),
    ):
        noted = trajectory.working_steps.standing().get(code=step_code)
        undo = reverse("trajectories:take_back_working_step", args=[noted.pk])
        return done(request, gettext("The step is noted."), _back(trajectory), undo)
    label = _labels(trajectory).get(step_code, step_code)
    page = replace(NOTE, title=label)
    return act_page(request, trajectory.person, form, page, _back(trajectory))


def take_back_working_step(request: StaffRequest, step_note_id: int) -> HttpResponse:
    rows = WorkingStepNote.objects.select_related("trajectory")
    note = fetch(request, rows, step_note_id)
    working_steps.take_back(note=note, by=request.actor, at=request.at)
    return done(request, gettext("The step is open again."), _back(note.trajectory))


def _labels(trajectory: Trajectory) -> dict[str, str]:
    return {one.code: one.label for one in rules_of(trajectory.pilot).working_steps}


def _back(trajectory: Trajectory) -> str:
    return reverse("desk:person", args=[trajectory.person_id])
