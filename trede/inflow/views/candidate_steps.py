"""Steps of one candidate before the intake: rest, decline, and the coach's choice."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, go_to, looked, page_before, way_back
from trede.accounts.refusing import Refused, attempt
from trede.accounts.visibility import fetch
from trede.inflow import declining, resting, selecting
from trede.inflow import waiting_forms as shapes
from trede.inflow.models import Candidate, SelectionReason, StageTransition
from trede.pilots.loading import rules_of

KNOWN = Candidate.objects.select_related("person", "pilot")


def rest(request: StaffRequest, candidate_id: int) -> HttpResponse:
    candidate = fetch(request, KNOWN.all(), candidate_id)
    rules, today = rules_of(candidate.pilot), timezone.localdate(request.at)
    form = shapes.Rest(
        request.POST or None,
        reasons=resting.reasons(rules),
        initial={"until": resting.rest_until_default(rules, today)},
    )
    step = _step(request, candidate, form, resting.let_rest)
    if step:
        return _done(request, step, _("%s is left in peace until then."))
    light = rules.contact.light_contact_while_resting
    consequences = [
        _("Nobody calls until then, except for light contact.")
        if light
        else _("Nobody calls until then."),
        _("From that day on the person stands on the waiting list by itself."),
        _("Who calls earlier is welcome earlier."),
    ]
    title = _("Leave in peace for a while")
    return _ask(request, candidate, form, title, consequences)


def wake(request: StaffRequest, candidate_id: int) -> HttpResponse:
    candidate = fetch(request, KNOWN.all(), candidate_id)
    step = resting.wake(candidate=candidate, by=request.actor, at=request.at)
    return _done(request, step, _("%s is on the waiting list again."))


def decline(request: StaffRequest, candidate_id: int) -> HttpResponse:
    candidate = fetch(request, KNOWN.all(), candidate_id)
    reasons = declining.reasons_to_decline(rules_of(candidate.pilot))
    form = shapes.WhyWithRemark(request.POST or None, reasons=reasons)
    step = _step(request, candidate, form, declining.decline)
    if step:
        return _done(request, step, _("Noted that %s would rather not."))
    consequences = [
        _("The person leaves the waiting list and is not called any more."),
        _("Nothing changes in the benefit, and who comes back later is welcome."),
    ]
    return _ask(request, candidate, form, _("Would rather not"), consequences)


def drop_out(request: StaffRequest, candidate_id: int) -> HttpResponse:
    candidate = fetch(request, KNOWN.all(), candidate_id)
    reasons = declining.reasons_to_drop_out(rules_of(candidate.pilot))
    form = shapes.WhyWithRemark(request.POST or None, reasons=reasons)
    step = _step(request, candidate, form, declining.drop_out)
    if step:
        return _done(request, step, _("Noted that %s is no longer taking part."))
    consequences = [
        _("The person is not called any more, and need not explain anything."),
        _("Nothing changes in the benefit, and who comes back later is welcome."),
    ]
    title = _("Stopped, or not heard of any more")
    return _ask(request, candidate, form, title, consequences)


def found_ineligible(request: StaffRequest, candidate_id: int) -> HttpResponse:
    candidate = fetch(request, KNOWN.all(), candidate_id)
    reasons = declining.reasons_not_to_fit(rules_of(candidate.pilot))
    form = shapes.WhyWithRemark(request.POST or None, reasons=reasons)
    step = _step(request, candidate, form, declining.found_ineligible)
    if step:
        return _done(request, step, _("%s is no longer a candidate."))
    consequences = [_("The person leaves the waiting list; the reason is kept.")]
    title = _("Does not fit, or not any more")
    return _ask(request, candidate, form, title, consequences)


def select(request: StaffRequest, candidate_id: int) -> HttpResponse:
    candidate = fetch(request, KNOWN.all(), candidate_id)
    last = candidate.selections.order_by("pk").last()
    first = {"reason": last.reason, "motivation": last.motivation} if last else None
    form = shapes.Selection(request.POST or None, initial=first)
    chosen = _step(request, candidate, form, selecting.note_selection)
    if chosen:
        messages.success(request, _("Your reason is kept."))
        return go_to(request, _way_back(request))
    consequences = [
        _("Researchers see the reason without a name. The person may read it."),
    ]
    return _ask(request, candidate, form, _("Why this person?"), consequences)


def undo_step(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """Take back the step that the address names, if it is still the last one."""
    candidate = fetch(request, KNOWN.all(), candidate_id)
    number = request.GET.get("stap", "")
    step = (
        candidate.transitions.filter(pk=number).first() if number.isdecimal() else None
    )
    if step is None:
        raise Refused(_("There is nothing to take back here."))
    resting.undo_step(transition=step, by=request.actor, at=request.at)
    messages.success(request, _("Taken back. It counts no longer."))
    return go_to(request, page_before(request) or _way_back(request))


Rule = Callable[..., StageTransition] | Callable[..., SelectionReason]


def _step(
    request: StaffRequest, candidate: Candidate, form: Form, rule: Rule
) -> Any | None:
    if not form.is_valid():
        return None
    given = {"candidate": candidate, "by": request.actor, "at": request.at}
    return attempt(form, lambda: rule(**given, **form.cleaned_data))


def _done(request: StaffRequest, step: StageTransition, said: str) -> HttpResponse:
    undo_url = reverse("inflow:undo_step", args=[step.candidate_id])
    said %= step.candidate.person.full_name
    messages.success(request, said, extra_tags=f"{undo_url}?stap={step.pk}")
    return go_to(request, _way_back(request))


def _ask(
    request: StaffRequest,
    candidate: Candidate,
    form: Form,
    title: str,
    consequences: list[str],
) -> HttpResponse:
    looked(request, candidate.person_id)
    context = {
        "title": title,
        "lead": candidate.person.full_name,
        "consequences": consequences,
        "form": form,
        "act": _("Keep this"),
        "back_url": _way_back(request),
    }
    return render(request, "confirm.html", context)


def _way_back(request: StaffRequest) -> str:
    """The page that one came from, with its filters; else the waiting list."""
    return way_back(request, reverse("inflow:waiting"))
