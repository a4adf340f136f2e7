"""A placement: its beginning, the review of the trial period, and its end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trede.accounts.doors import StaffRequest
from trede.accounts.visibility import fetch
from trede.partners import person_forms, placing
from trede.partners.models import Placement
from trede.partners.views.onward import fetch_onward, lead_of, page_of
from trede.trajectories.views.acting import Page, act_page, did, done, today

START = Page(title=_("A placement"), act=_("Keep"))


def start_placement(request: StaffRequest, onward_id: int) -> HttpResponse:
    onward = fetch_onward(request, onward_id)
    form = person_forms.PlacementForm(
        request.POST or None, initial={"started_on": today(request)}
    )
    if did(
        request,
        form,
        lambda: placing.place(
            onward=onward, **form.cleaned_data, by=request.actor, at=request.at
        ),
    ):
        words = gettext("The placement has begun.")
        return done(request, words, page_of(onward.person))
    back = page_of(onward.person)
    return act_page(request, onward.person, form, START, back, lead=lead_of(onward))


@dataclass(frozen=True)
class Act:
    """An act on a running placement: its page, its rule, what is said after it."""

    page: Page
    rule: Callable[..., Placement]
    said: Promise


REVIEW = Act(
    Page(title=_("Placement review"), act=_("Keep the review")),
    placing.review,
    _("The placement review was noted."),
)
HOURS = Act(
    Page(title=_("Other hours"), act=_("Keep")),
    placing.change_hours,
    _("The hours were noted."),
)
AGREE = Act(
    Page(title=_("Volunteer agreement"), act=_("Keep")),
    placing.agree,
    _("The volunteer agreement was noted."),
)
INCIDENT = Act(
    Page(title=_("Incident"), act=_("Keep")),
    placing.note_incident,
    _("The incident was noted."),
)
END = Act(
    Page(
        title=_("End the placement"),
        act=_("End the placement"),
        consequences=(_("The onward referral ends with it."),),
    ),
    placing.end,
    _("The placement has ended."),
)


def review(request: StaffRequest, placement_id: int) -> HttpResponse:
    placement = _placement(request, placement_id)
    form = person_forms.ReviewForm(
        request.POST or None,
        organisation=placement.onward.organisation,
        initial={"on": today(request)},
    )
    return _act(request, placement, form, REVIEW)


def change_hours(request: StaffRequest, placement_id: int) -> HttpResponse:
    placement = _placement(request, placement_id)
    now = {"hours": placement.hours, "wished_hours": placement.wished_hours}
    form = person_forms.HoursForm(
        request.POST or None, initial=_from_today(request, now)
    )
    return _act(request, placement, form, HOURS)


def agree(request: StaffRequest, placement_id: int) -> HttpResponse:
    placement = _placement(request, placement_id)
    now = {"compensation": placement.compensation}
    form = person_forms.AgreementForm(
        request.POST or None, initial=_from_today(request, now)
    )
    return _act(request, placement, form, AGREE)


def note_incident(request: StaffRequest, placement_id: int) -> HttpResponse:
    placement = _placement(request, placement_id)
    form = person_forms.IncidentForm(
        request.POST or None, initial=_from_today(request, {})
    )
    return _act(request, placement, form, INCIDENT)


def end(request: StaffRequest, placement_id: int) -> HttpResponse:
    placement = _placement(request, placement_id)
    form = person_forms.EndForm(request.POST or None, initial=_from_today(request, {}))
    return _act(request, placement, form, END)


def _act(
    request: StaffRequest, placement: Placement, form: Form, act: Act
) -> HttpResponse:
    onward = placement.onward
    back = page_of(onward.person)
    if did(
        request,
        form,
        lambda: act.rule(
            placement=placement,
            **form.cleaned_data,
            by=request.actor,
            at=request.at,
        ),
    ):
        return done(request, act.said, back)
    return act_page(request, onward.person, form, act.page, back, lead=lead_of(onward))


def _from_today(request: StaffRequest, now: Mapping[str, Any]) -> dict[str, Any]:
    return {"on": today(request), **now}


def _placement(request: StaffRequest, placement_id: int) -> Placement:
    rows = Placement.objects.select_related(
        "onward__person", "onward__organisation", "onward__place"
    )
    return fetch(request, rows, placement_id)
