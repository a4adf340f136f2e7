"""Does somebody fit: the ledger of one candidate, screening, exceptions, new rules."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.refusing import attempt
from trede.accounts.visibility import fetch
from trede.inflow import eligibility_forms as shapes
from trede.inflow import eligibility_pages, rule_changes, screening
from trede.inflow.models import Candidate
from trede.inflow.waiting import put_on_waiting_list
from trede.pilots.loading import file_of, rules_of
from trede.pilots.mistakes import RulesRefused
from trede.pilots.models import Pilot


def eligibility(request: StaffRequest, candidate_id: int) -> HttpResponse:
    candidate = fetch(request, Candidate.objects.all(), candidate_id)
    looked(request, candidate.person_id)
    context = eligibility_pages.ledger_of(candidate)
    return render(request, "inflow/eligibility.html", context)


def screen(request: StaffRequest, candidate_id: int) -> HttpResponse:
    candidate = fetch(request, Candidate.objects.all(), candidate_id)
    verdict = screening.verdict(candidate)
    form = shapes.Screening(request.POST or None, verdict=verdict)
    if form.is_valid():
        rule = partial(
            screening.screen,
            candidate=candidate,
            outcomes=form.outcomes(),
            reason=form.cleaned_data["remark"],
            by=request.actor,
            at=request.at,
        )
        if attempt(form, rule):
            messages.success(request, _("The screening is saved."))
            return redirect("inflow:eligibility", candidate.pk)
    looked(request, candidate.person_id)
    context = {"candidate": candidate, "form": form}
    return render(request, "inflow/eligibility_screen.html", context)


def put_on_list(request: StaffRequest, candidate_id: int) -> HttpResponse:
    candidate = fetch(request, Candidate.objects.all(), candidate_id)
    step = put_on_waiting_list(candidate=candidate, by=request.actor, at=request.at)
    said = _("%s is on the waiting list.") % candidate.person.full_name
    undo_url = reverse("inflow:undo_step", args=[candidate.pk])
    messages.success(request, said, extra_tags=f"{undo_url}?stap={step.pk}")
    return redirect("inflow:eligibility", candidate.pk)


def override(request: StaffRequest, candidate_id: int) -> HttpResponse:
    candidate = fetch(request, Candidate.objects.all(), candidate_id)
    form = shapes.AnException(request.POST or None, rules=rules_of(candidate.pilot))
    if form.is_valid():
        rule = partial(
            screening.override,
            candidate=candidate,
            criterion=form.cleaned_data["criterion"],
            outcome=form.cleaned_data["outcome"],
            reason=form.reason(),
            by=request.actor,
            at=request.at,
        )
        if attempt(form, rule):
            messages.success(request, _("The exception is noted, with its reason."))
            return redirect("inflow:eligibility", candidate.pk)
    looked(request, candidate.person_id)
    context = {"candidate": candidate, "form": form}
    return render(request, "inflow/eligibility_exception.html", context)


def change_rules(request: StaffRequest, pilot_id: int) -> HttpResponse:
    """First shows who would flip; the second button, with a reason, applies it."""
    pilot = fetch(request, Pilot.objects.all(), pilot_id)
    form = shapes.NewRules(request.POST or None, text=file_of(pilot).text)
    context: dict[str, object] = {"pilot": pilot, "form": form}
    if form.is_valid():
        if "apply" in request.POST and _applied(request, pilot, form):
            messages.success(request, _("The rules are changed and applied."))
            return redirect("pilots:rules", pilot.pk)
        context |= _consequences(request, pilot, form)
    return render(request, "inflow/eligibility_rules.html", context)


def _applied(request: StaffRequest, pilot: Pilot, form: shapes.NewRules) -> bool:
    rule = partial(
        rule_changes.apply,
        pilot=pilot,
        text=form.cleaned_data["text"],
        reason=form.cleaned_data["reason"],
        by=request.actor,
        at=request.at,
    )
    try:
        return attempt(form, rule) is not None
    except RulesRefused:
        # Looking at the consequences names the mistakes in the file.
        return False


def _consequences(
    request: StaffRequest, pilot: Pilot, form: shapes.NewRules
) -> dict[str, object]:
    look = partial(
        rule_changes.who_would_flip,
        pilot=pilot,
        text=form.cleaned_data["text"],
        on=timezone.localdate(request.at),
    )
    try:
        found = attempt(form, look)
    except RulesRefused as refused:
        return {"mistakes": refused.mistakes}
    if found is None:
        return {}
    context = eligibility_pages.consequences(found, rules_of(pilot))
    looked(request, *eligibility_pages.people_in(found))
    return context
