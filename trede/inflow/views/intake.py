"""The intake on the screen: five steps, each saved by itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.refusing import attempt
from trede.accounts.visibility import fetch
from trede.documents.translated import ORIGINAL
from trede.inflow import consent_letter, intake, intake_forms, intake_steps, signing
from trede.inflow.models import Candidate, Intake
from trede.inflow.stages import came_back
from trede.languages import language_of
from trede.people.consent_text import Edition, why_not_in
from trede.people.files import PDF
from trede.people.models import ConsentDecision, Person, StoredFile
from trede.people.words_told import told
from trede.pilots.loading import rules_of
from trede.pilots.rules import Rules
from trede.questionnaires.models import Sitting
from trede.questionnaires.sittings import proposed_language
from trede.questionnaires.translating import choices, languages_for


def _fetch(request: StaffRequest, intake_id: int) -> Intake:
    rows = Intake.objects.select_related(
        "candidate__person__municipality", "candidate__pilot", "coach", "sitting"
    )
    return fetch(request, rows, intake_id)


def _rules(now: Intake) -> Rules:
    return rules_of(now.candidate.pilot, timezone.localdate(now.began_at))


def _page(
    request: StaffRequest, step: str, now: Intake, **more: object
) -> HttpResponse:
    person = now.candidate.person
    looked(request, person.pk)
    earlier = intake_steps.before(step)
    context = {
        "intake": now,
        "person": person,
        "steps": intake_steps.steps(now, step),
        "heading": intake_steps.LABELS[step],
        "back_url": intake_steps.address(now, earlier) if earlier else "",
        "next_url": intake_steps.address(now, intake_steps.after(step)),
        "is_over": now.ended_at is not None,
        **more,
    }
    return render(request, f"inflow/intake_{step}.html", context)


def _on(now: Intake, step: str) -> HttpResponse:
    return redirect(intake_steps.address(now, intake_steps.after(step)))


def begin_intake(request: StaffRequest, candidate_id: int) -> HttpResponse:
    rows = Candidate.objects.select_related("person", "pilot")
    candidate = fetch(request, rows, candidate_id)
    day = timezone.localdate(request.at)
    form = intake_forms.Begin(
        request.POST or None, rules=rules_of(candidate.pilot, day), on=day
    )
    if request.method == "POST" and form.is_valid():
        begun = attempt(form, lambda: _begin(request, candidate, form))
        if begun is not None:
            return redirect("inflow:intake", begun.pk)
    looked(request, candidate.person_id)
    context = {"candidate": candidate, "person": candidate.person, "form": form}
    return render(request, "inflow/intake_begin.html", context)


def _begin(
    request: StaffRequest, candidate: Candidate, form: intake_forms.Begin
) -> Intake:
    return intake.begin(
        candidate=candidate,
        coach=request.user,
        location=form.location(),
        by=request.actor,
        at=request.at,
        repeated=candidate.intakes.exclude(ended_at=None).exists(),
    )


def the_intake(request: StaffRequest, intake_id: int) -> HttpResponse:
    """To the step that is still to do."""
    now = _fetch(request, intake_id)
    return redirect(intake_steps.address(now, intake_steps.place(now)))


def inform(request: StaffRequest, intake_id: int) -> HttpResponse:
    now = _fetch(request, intake_id)
    if request.method == "POST":
        intake.inform(intake=now, by=request.actor, at=request.at)
        return _on(now, "inform")
    text = signing.text_of(now.candidate.pilot, request.at)
    return _page(
        request,
        "inform",
        now,
        **_in_language(request, now, _edition(request, now)),
        researcher=text.researcher,
        rules=_rules(now),
    )


def _edition(request: StaffRequest, now: Intake) -> Edition:
    """In the language that was chosen, else as the person's record proposes."""
    text = signing.text_of(now.candidate.pilot, request.at)
    chosen = request.GET.get("taal", "")
    if chosen not in text.languages:
        chosen = proposed_language(now.candidate.person, text.languages)
    return text.in_language(chosen)


def _in_language(
    request: StaffRequest, now: Intake, edition: Edition
) -> dict[str, object]:
    """The text, which others there are, and for the coach the Dutch and how good the
    words are."""
    text = signing.text_of(now.candidate.pilot, request.at)
    anew = {"opnieuw": "1"} if "opnieuw" in request.GET else {}
    return {
        "edition": edition,
        "direction": language_of(edition.language).direction,
        "dutch": text.dutch if signing.reads_no_dutch(edition) else None,
        "languages": [
            {
                "label": language_of(code).own_name,
                "url": f"?{urlencode({'taal': code} | anew)}",
                "current": code == edition.language,
            }
            for code in text.languages
        ],
        "told": _told(request, now.candidate.person, text.version, edition),
    }


def _told(request: StaffRequest, person: Person, version: str, shown: Edition) -> str:
    wanted = person.language_read
    not_chosen = not request.GET.get("taal") and shown.language == ORIGINAL
    return told(
        wanted,
        used=shown.language,
        status=shown.status,
        vouched_by=shown.vouched_by,
        why=why_not_in(version, wanted) if not_chosen else "",
    )


def consent(request: StaffRequest, intake_id: int) -> HttpResponse:
    now = _fetch(request, intake_id)
    edition = _edition(request, now)
    form = intake_forms.Consent(request.POST or None, edition=edition)
    if request.method == "POST" and form.is_valid():
        signed = attempt(form, lambda: _sign(request, now, form))
        if signed is not None:
            messages.success(request, _("The choices and the form are kept."))
            return redirect("inflow:intake_consent", now.pk)
    decided = ConsentDecision.objects.filter(form=now.form_id).exclude(form=None)
    return _page(
        request,
        "consent",
        now,
        form=form,
        **_in_language(request, now, edition),
        decided=decided.order_by("pk"),
        anew=request.GET.get("opnieuw") or form.is_bound,
    )


def _sign(request: StaffRequest, now: Intake, form: intake_forms.Consent) -> StoredFile:
    return signing.sign(
        intake=now,
        decisions=form.decisions(),
        signature_png=form.signature_png(),
        typed_name=form.cleaned_data["typed_name"],
        # What it was signed in, also where that is not offered any more.
        language=request.GET.get("taal", form.edition.language),
        by=request.actor,
        at=request.at,
    )


def consent_form(request: StaffRequest, intake_id: int) -> HttpResponse:
    """The frozen form, to print or to give."""
    now = _fetch(request, intake_id)
    if now.form is None or now.form.destroyed_at:
        return redirect("inflow:intake_consent", now.pk)
    looked(request, now.candidate.person_id)
    response = HttpResponse(now.form.content, content_type=now.form.media_type)
    response["Content-Disposition"] = f'inline; filename="{now.form.name}"'
    return response


def consent_letter_pdf(request: StaffRequest, intake_id: int) -> HttpResponse:
    now = _fetch(request, intake_id)
    letter = consent_letter.make_consent_letter(
        intake=now,
        address=lambda token: request.build_absolute_uri(
            reverse("trajectories:leave", args=[token])
        ),
        by=request.actor,
        at=request.at,
    )
    response = HttpResponse(letter.file.content, content_type=PDF)
    response["Content-Disposition"] = f'attachment; filename="{letter.file.name}"'
    return response


def questionnaire(request: StaffRequest, intake_id: int) -> HttpResponse:
    now = _fetch(request, intake_id)
    wave = intake.wave_of(now, request.at)
    town = request.user.municipality_id
    there = languages_for(wave.questionnaire, _rules(now), town=town)
    form = intake_forms.Questionnaire(
        request.POST or None,
        languages=choices(there),
        language=proposed_language(now.candidate.person, there),
    )
    if request.method == "POST" and form.is_valid():
        opened = attempt(form, lambda: _open(request, now, form))
        if opened is not None:
            return redirect(_sitting(opened, now))
    return _page(
        request,
        "questionnaire",
        now,
        form=form,
        asked=intake.was_asked(now),
        in_study=intake_steps.in_study(now),
        came_back=came_back(now.candidate),
        sitting_url=_sitting(now.sitting, now) if now.sitting else "",
    )


def _open(
    request: StaffRequest, now: Intake, form: intake_forms.Questionnaire
) -> Sitting:
    return intake.open_questionnaire(
        intake=now,
        mode=Sitting.Mode(form.cleaned_data["mode"]),
        language=form.cleaned_data["language"],
        by=request.actor,
        at=request.at,
    )


def _sitting(sitting: Sitting, now: Intake) -> str:
    """The sitting, and the way back to here."""
    back = urlencode({"terug": intake_steps.address(now, "questionnaire")})
    return f"{reverse('questionnaires:sitting', args=[sitting.pk])}?{back}"


def talk(request: StaffRequest, intake_id: int) -> HttpResponse:
    now = _fetch(request, intake_id)
    rules = _rules(now)
    form = intake_forms.Talk(request.POST or None, intake=now, rules=rules)
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form,
            lambda: intake.talk(
                intake=now,
                topics=form.cleaned_data["topics"],
                barriers=form.cleaned_data["barriers"],
                note=form.cleaned_data["note"],
                edition=form.cleaned_data["edition"],
                by=request.actor,
                at=request.at,
            ),
        )
        if saved is not None:
            return _on(now, "talk")
    return _page(request, "talk", now, form=form, **intake_steps.card(now, rules))


def outcome(request: StaffRequest, intake_id: int) -> HttpResponse:
    now = _fetch(request, intake_id)
    form = intake_forms.End(request.POST or None, rules=_rules(now))
    if request.method == "POST" and form.is_valid():
        ended = attempt(form, lambda: _end(request, now, form))
        if ended is not None:
            messages.success(request, _("The intake is done."))
            return redirect("inflow:intake_outcome", now.pk)
    return _page(request, "outcome", now, form=form, to_do=intake_steps.place(now))


def _end(request: StaffRequest, now: Intake, form: intake_forms.End) -> Intake:
    found = form.cleaned_data
    return intake.end(
        intake=now,
        outcome=Intake.Outcome(found["outcome"]),
        by=request.actor,
        at=request.at,
        reason=found["reason"],
        remark=found["remark"],
        until=found["until"],
    )
