"""What the coach does round a sitting: the own questions, handing over, taking back.

No page here shows, counts or hints at what a person answered (wall 2).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from trede.accounts.doors import StaffRequest, looked
from trede.accounts.models import Role
from trede.accounts.refusing import Refused, attempt
from trede.accounts.signing_in import end_session
from trede.accounts.visibility import fetch
from trede.languages import language_of
from trede.pilots.loading import rules_of
from trede.questionnaires import (
    coach_part,
    definition,
    device_lock,
    instruction,
    moments,
    own_device,
    sittings,
)
from trede.questionnaires.answers import known
from trede.questionnaires.definition import Part, PartKind
from trede.questionnaires.explaining_forms import ExplainedForm
from trede.questionnaires.forms import PartForm
from trede.questionnaires.models import Sitting, SittingMoment
from trede.questionnaires.person_views import remember_device
from trede.questionnaires.pin_forms import NewPin
from trede.questionnaires.publishing import definition_of


def fetch_sitting(request: StaffRequest, sitting_id: int) -> Sitting:
    rows = Sitting.objects.select_related(
        "questionnaire", "person", "pilot", "prepared_by", "translation"
    )
    light = rows.defer("questionnaire__text", "translation__texts")
    return fetch(request, light, sitting_id)


def sitting(request: StaffRequest, sitting_id: int) -> HttpResponse:
    """How far it is; never what was answered."""
    now = fetch_sitting(request, sitting_id)
    looked(request, now.person_id)
    context = {
        "sitting": now,
        "steps": coach_part.steps(now),
        "language_name": language_of(now.language).own_name,
        "language_read": language_of(sittings.language_read(now)),
        "own_link": own_device.open_link(now, at=request.at),
        "transitions": now.transitions.all(),
        "return_to": _safe(request, request.GET.get("terug", "")),
        "places": {one.code: one.label for one in rules_of(now.pilot).locations},
        "is_open": now.state in sittings.OPEN,
        # Who only sees how far it is, is not offered what a coach does.
        "guides": request.user.has(Role.COACH),
        "is_over": now.state in sittings.OVER,
        "came_later": now.moments.filter(kind=SittingMoment.Kind.OFFLINE).count(),
        "not_kept": now.moments.filter(kind=SittingMoment.Kind.NOT_KEPT).count(),
    }
    return render(request, "questionnaires/sitting.html", context)


def hand_over(request: StaffRequest, sitting_id: int) -> HttpResponse:
    now = fetch_sitting(request, sitting_id)
    form = NewPin(
        request.POST or None,
        initial={"return_to": _safe(request, request.GET.get("terug", ""))},
    )
    if request.method == "POST" and form.is_valid():
        token = attempt(
            form,
            lambda: device_lock.hand_over(
                sitting=now,
                pin=form.cleaned_data["pin"],
                by=request.actor,
                at=request.at,
                return_to=_safe(request, form.cleaned_data["return_to"]),
            ),
        )
        if token is not None:
            return _given_away(request, token)
    looked(request, now.person_id)
    instructed = instruction.has_read(request.user)
    context = {"sitting": now, "form": form, "instructed": instructed}
    return render(request, "questionnaires/hand_over.html", context)


def _given_away(request: StaffRequest, token: str) -> HttpResponse:
    """The coach's session ends here, and what the browser kept of it goes."""
    end_session(request, by=request.actor, at=request.at)
    response = redirect("questionnaires:start", token)
    remember_device(response, token)
    response["Clear-Site-Data"] = '"cache"'
    return response


def reclaim(request: StaffRequest, sitting_id: int) -> HttpResponse:
    now = fetch_sitting(request, sitting_id)
    device_lock.reclaim(sitting=now, by=request.actor, at=request.at)
    messages.success(request, _("The questions no longer open on the device."))
    return redirect("questionnaires:sitting", now.pk)


def end_early(request: StaffRequest, sitting_id: int) -> HttpResponse:
    now = fetch_sitting(request, sitting_id)
    if request.method == "POST":
        if now.state == Sitting.State.PREPARED:
            # Ended before it began it would count as answered, by one wrong press.
            raise Refused(_("Nobody has begun with this questionnaire. Let it wait."))
        sittings.end_early(sitting=now, by=request.actor, at=request.at)
        messages.success(request, _("The questionnaire has been ended."))
        return redirect("questionnaires:sitting", now.pk)
    looked(request, now.person_id)
    context = {
        "title": _("End this questionnaire"),
        "lead": _("Only when the person does not want to, or cannot, go on with it."),
        "consequences": [
            _("What was answered stays and counts."),
            _("Nobody can go on with it afterwards."),
        ],
        "act": _("End it"),
        "back_url": reverse("questionnaires:sitting", args=[now.pk]),
    }
    return render(request, "confirm.html", context)


def opening(request: StaffRequest, sitting_id: int) -> HttpResponse:
    return _coach_part(request, sitting_id, PartKind.OPENING)


def closing(request: StaffRequest, sitting_id: int) -> HttpResponse:
    return _coach_part(request, sitting_id, PartKind.CLOSING)


def _coach_part(request: StaffRequest, sitting_id: int, kind: PartKind) -> HttpResponse:
    now = fetch_sitting(request, sitting_id)
    part = _definition(now).part(kind)
    if part is None:
        return redirect("questionnaires:sitting", now.pk)
    form = _part_form(request, now, part)
    told = _told_form(request, now) if kind is PartKind.CLOSING else None
    if request.method == "POST" and _answered(request, now, form, told):
        return redirect(_back_to(request, now))
    looked(request, now.person_id)
    context = {"sitting": now, "form": form, "told": told}
    context |= _words(part, request.user.language)
    return render(request, "questionnaires/coach_part.html", context)


def _answered(
    request: StaffRequest, now: Sitting, form: PartForm, told: ExplainedForm | None
) -> bool:
    if not form.is_valid() or (told is not None and not told.is_valid()):
        return False
    saved = attempt(
        form,
        lambda: coach_part.answer(
            sitting=now,
            answers=form.answers,
            explained=told.chosen() if told else None,
            by=request.actor,
            at=request.at,
        ),
    )
    return saved is not None


def _definition(now: Sitting) -> definition.Questionnaire:
    return definition_of(now.questionnaire, town=now.pilot.municipality_id)


def _told_form(request: StaffRequest, now: Sitting) -> ExplainedForm | None:
    core = _definition(now).part(PartKind.CORE)
    if core is None:
        return None
    return ExplainedForm(
        request.POST or None,
        sections=core.sections,
        language=request.user.language,
        before=moments.explained_sections(now),
    )


def _back_to(request: StaffRequest, now: Sitting) -> str:
    """The sitting, which still knows the way back to the intake."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return reverse("questionnaires:sitting", args=[now.pk]) + query


def _part_form(request: StaffRequest, now: Sitting, part: Part) -> PartForm:
    there = known(now, part.kind).answers
    return PartForm(
        request.POST or None,
        part=part,
        language=request.user.language,
        on=timezone.localdate(request.at),
        answers=coach_part.suggested(now, part.kind) | dict(there),
    )


def _words(part: Part, language: str) -> dict[str, str]:
    return {
        "heading": part.sections[0].title.read_in(language),
        "intro": part.intro.read_in(language) if part.intro else "",
    }


def _safe(request: StaffRequest, address: str) -> str:
    """Only an address of ours to come back to."""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()})
    return address if address.startswith("/") and ours else ""
