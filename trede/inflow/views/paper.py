"""Consent on paper: the form to print, and registering the one that was signed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.refusing import attempt
from trede.accounts.visibility import fetch
from trede.inflow import paper_consent, signing
from trede.inflow.models import Candidate
from trede.inflow.paper_forms import PaperConsent
from trede.languages import language_of
from trede.people.consent_text import ConsentText, Edition
from trede.people.files import PDF
from trede.people.models import StoredFile
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot


def paper_consent_form(request: StaffRequest, candidate_id: int) -> HttpResponse:
    rows = Candidate.objects.select_related("person", "pilot")
    candidate = fetch(request, rows, candidate_id)
    text = signing.text_of(candidate.pilot, request.at)
    form = _form(request, candidate, text)
    if request.method == "POST" and form.is_valid():
        kept = attempt(form, lambda: _registered(request, candidate, form))
        if kept is not None:
            messages.success(request, _("The choices and the form are kept."))
            return redirect(*_onward(candidate))
    looked(request, candidate.person_id)
    context = {
        "candidate": candidate,
        "person": candidate.person,
        "form": form,
        "languages": [(code, language_of(code).own_name) for code in text.languages],
    }
    return render(request, "inflow/paper_consent.html", context)


def _form(
    request: StaffRequest, candidate: Candidate, text: ConsentText
) -> PaperConsent:
    day = timezone.localdate(request.at)
    asked = {one.code for one in rules_of(candidate.pilot, day).consent.purposes}
    edition = _in_language(text, request.user.language)
    return PaperConsent(
        request.POST or None,
        request.FILES or None,
        decisions=[one for one in edition.decision if one.purpose in asked],
        version=text.version,
        language=edition.language,
    )


def _registered(
    request: StaffRequest, candidate: Candidate, form: PaperConsent
) -> StoredFile:
    return paper_consent.register(
        candidate=candidate,
        paper=form.paper(),
        scan=form.cleaned_data["scan"].read(),
        by=request.actor,
        at=request.at,
    )


def _onward(candidate: Candidate) -> tuple[str, int]:
    """Back to the intake where one is open."""
    intake = candidate.intakes.filter(ended_at=None).first()
    if intake:
        return "inflow:intake_consent", intake.pk
    return "people:consents", candidate.person_id


def _in_language(text: ConsentText, wanted: str) -> Edition:
    chosen = wanted if wanted in text.languages else text.languages[0]
    return text.in_language(chosen)


def blank_consent(request: StaffRequest, pilot_id: int) -> HttpResponse:
    """The form to print; it names nobody."""
    pilot = fetch(request, Pilot.objects.select_related("municipality"), pilot_id)
    text = signing.text_of(pilot, request.at)
    edition = _in_language(text, request.GET.get("taal", ""))
    content = paper_consent.blank_form(
        pilot=pilot, text=text, edition=edition, at=request.at
    )
    response = HttpResponse(content, content_type=PDF)
    name = f"toestemming-{text.version}-{edition.language}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
