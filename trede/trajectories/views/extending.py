"""More time for a trajectory, and taking that back."""

from collections.abc import Iterator
from dataclasses import replace

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trede.accounts.doors import StaffRequest
from trede.accounts.visibility import fetch
from trede.trajectories import extending, forms
from trede.trajectories.clock import clock
from trede.trajectories.models import Extension, Trajectory
from trede.trajectories.views.acting import (
    Page,
    act_page,
    did,
    done,
    may_exceed,
    own,
    page_of,
    today,
)

EXTEND = Page(title=_("Extend the trajectory"), act=_("Extend"))


def extend(request: StaffRequest, trajectory_id: int) -> HttpResponse:
    trajectory = own(request, trajectory_id)
    form = forms.ExtendForm(request.POST or None)
    if did(
        request,
        form,
        lambda: extending.extend(
            trajectory=trajectory, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        made = trajectory.extensions.standing().latest("pk")
        undo = reverse("trajectories:take_back_extension", args=[made.pk])
        return done(request, _new_end(request, trajectory), page_of(trajectory), undo)
    page = replace(EXTEND, consequences=tuple(_consequences(request, trajectory)))
    return act_page(request, trajectory.person, form, page, page_of(trajectory))


def take_back_extension(request: StaffRequest, extension_id: int) -> HttpResponse:
    rows = Extension.objects.select_related("trajectory")
    extension = fetch(request, rows, extension_id)
    extending.take_back(extension=extension, by=request.actor, at=request.at)
    words = gettext("The extension is taken back; it does not count.")
    return done(request, words, page_of(extension.trajectory))


def _consequences(request: StaffRequest, trajectory: Trajectory) -> Iterator[Promise]:
    if not extending.months_alone(trajectory) and not may_exceed(request):
        yield _("The coordinator does this: the months of this pilot are used.")
    yield _("The last day moves on by so many months, pauses not counted.")
    yield _("The exemption from other duties goes on; the client manager gets no date.")
    yield _("The evaluation questionnaire stays with the closing, so it comes later.")
    if extending.makes_wait(trajectory):
        yield _("Somebody waits by lot for the end of this one, and so waits longer.")


def _new_end(request: StaffRequest, trajectory: Trajectory) -> str:
    ends_on = clock(trajectory, trajectory.pauses.standing(), today(request)).ends_on
    if ends_on is None:
        return gettext("Extended. The end is known when the pause is over.")
    day = ends_on.strftime("%d-%m-%Y")
    return gettext("Extended. The trajectory runs until %(day)s.") % {"day": day}
