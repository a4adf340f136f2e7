"""What the small pages share: a form, one rule, a message, and back to the page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.models import Role
from trede.accounts.refusing import attempt
from trede.accounts.visibility import fetch
from trede.people.models import Person
from trede.trajectories.models import Trajectory

Words = str | Promise
T = TypeVar("T")


def own(request: StaffRequest, trajectory_id: int) -> Trajectory:
    rows = Trajectory.objects.select_related("person", "pilot", "candidate")
    return fetch(request, rows, trajectory_id)


def today(request: StaffRequest) -> date:
    return timezone.localdate(request.at)


def page_of(trajectory: Trajectory) -> str:
    return reverse("trajectories:trajectory", args=[trajectory.pk])


def done(
    request: StaffRequest, words: Words, to: str, undo: str = ""
) -> HttpResponseRedirect:
    messages.success(request, str(words), extra_tags=undo)
    return HttpResponseRedirect(to)


def made(request: StaffRequest, form: BaseForm, rule: Callable[[], T]) -> T | None:
    """What the rule made, when the form was right and the rule said yes."""
    if request.method != "POST" or not form.is_valid():
        return None
    return attempt(form, rule)


def did(request: StaffRequest, form: BaseForm, rule: Callable[[], object]) -> bool:
    return made(request, form, rule) is not None


@dataclass(frozen=True)
class Page:
    """The words of a page for one act."""

    title: Words
    act: Promise
    consequences: tuple[Promise, ...] = ()
    template: str = "trajectories/act.html"


def act_page(
    request: StaffRequest,
    person: Person,
    form: BaseForm,
    page: Page,
    back: str,
    **more: object,
) -> HttpResponse:
    looked(request, person.pk)
    context = {
        "person": person,
        "form": form,
        "title": page.title,
        "lead": person.full_name,
        "act": page.act,
        "back_url": back,
        "consequences": page.consequences,
    }
    return render(request, page.template, context | more)


def may_exceed(request: StaffRequest) -> bool:
    return request.user.has(Role.COORDINATOR)
