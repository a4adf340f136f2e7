"""The plan: goals in the person's own words, and steps."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trede.accounts.doors import StaffRequest
from trede.accounts.refusing import Refused
from trede.accounts.visibility import fetch
from trede.trajectories import forms, planning
from trede.trajectories.models import Goal, Step
from trede.trajectories.views.acting import (
    Page,
    act_page,
    did,
    done,
    made,
    own,
    page_of,
)

SET_GOAL = Page(
    title=_("A new goal"),
    act=_("Keep"),
)
REWORD_GOAL = Page(
    title=_("The goal in other words"),
    act=_("Keep"),
)
ADD_STEP = Page(
    title=_("A new step"),
    act=_("Keep"),
)
REWORD_STEP = Page(
    title=_("Change the step"),
    act=_("Keep"),
)


def set_goal(request: StaffRequest, trajectory_id: int) -> HttpResponse:
    trajectory = own(request, trajectory_id)
    form = forms.GoalForm(request.POST or None)
    goal = made(
        request,
        form,
        lambda: planning.set_goal(
            trajectory=trajectory, **form.cleaned_data, by=request.actor, at=request.at
        ),
    )
    if goal:
        undo = reverse("trajectories:take_back_goal", args=[goal.pk])
        words = gettext("The goal is in the plan.")
        return done(request, words, page_of(trajectory), undo)
    return act_page(request, trajectory.person, form, SET_GOAL, page_of(trajectory))


def reword_goal(request: StaffRequest, goal_id: int) -> HttpResponse:
    goal = _goal(request, goal_id)
    form = forms.GoalForm(request.POST or None, initial={"words": goal.words})
    if did(
        request,
        form,
        lambda: planning.reword_goal(
            goal=goal, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        words = gettext("The goal is in other words now; the earlier words are kept.")
        return done(request, words, page_of(goal.trajectory))
    return act_page(
        request, goal.trajectory.person, form, REWORD_GOAL, page_of(goal.trajectory)
    )


def end_goal(request: StaffRequest, goal_id: int) -> HttpResponse:
    goal = _goal(request, goal_id)
    form = forms.EndGoal(request.POST)
    if not form.is_valid():
        raise Refused(gettext("Say whether the goal was reached."))
    planning.end_goal(goal=goal, **form.cleaned_data, by=request.actor, at=request.at)
    words = (
        gettext("Reached!")
        if form.cleaned_data["reached"]
        else gettext("The goal is let go.")
    )
    undo = reverse("trajectories:reopen_goal", args=[goal.pk])
    return done(request, words, page_of(goal.trajectory), undo)


def take_back_goal(request: StaffRequest, goal_id: int) -> HttpResponse:
    goal = _goal(request, goal_id)
    planning.take_back_goal(goal=goal, by=request.actor, at=request.at)
    words = gettext("The goal is taken back; it does not count.")
    return done(request, words, page_of(goal.trajectory))


def reopen_goal(request: StaffRequest, goal_id: int) -> HttpResponse:
    goal = _goal(request, goal_id)
    planning.reopen_goal(goal=goal, by=request.actor, at=request.at)
    words = gettext("The goal stands again.")
    return done(request, words, page_of(goal.trajectory))


def add_step(request: StaffRequest, goal_id: int) -> HttpResponse:
    goal = _goal(request, goal_id)
    form = forms.StepForm(request.POST or None)
    if did(
        request,
        form,
        lambda: planning.add_step(
            goal=goal, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        return done(
            request, gettext("The step is in the plan."), page_of(goal.trajectory)
        )
    return act_page(
        request,
        goal.trajectory.person,
        form,
        ADD_STEP,
        page_of(goal.trajectory),
        quote=goal.words,
    )


def reword_step(request: StaffRequest, step_id: int) -> HttpResponse:
    step = _step(request, step_id)
    present = {key: getattr(step, key) for key in ("words", "together", "planned_on")}
    form = forms.StepForm(request.POST or None, initial=present)
    if did(
        request,
        form,
        lambda: planning.reword_step(
            step=step, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        return done(
            request, gettext("The step is changed."), page_of(step.goal.trajectory)
        )
    return act_page(
        request,
        step.goal.trajectory.person,
        form,
        REWORD_STEP,
        page_of(step.goal.trajectory),
        quote=step.goal.words,
    )


def move_step(request: StaffRequest, step_id: int) -> HttpResponse:
    step = _step(request, step_id)
    planning.move_step(
        step=step, state=request.POST.get("state", ""), by=request.actor, at=request.at
    )
    return done(request, gettext("The step is kept up."), page_of(step.goal.trajectory))


def _goal(request: StaffRequest, goal_id: int) -> Goal:
    rows = Goal.objects.select_related("trajectory__person", "trajectory__pilot")
    return fetch(request, rows, goal_id)


def _step(request: StaffRequest, step_id: int) -> Step:
    rows = Step.objects.select_related("goal__trajectory__person")
    return fetch(request, rows, step_id)
