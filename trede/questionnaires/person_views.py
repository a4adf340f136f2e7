"""The pages on which a person answers: no account, only the token of the device."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache

from trede.accounts.acting import Actor, person_actor
from trede.accounts.doors import DoorRequest
from trede.accounts.refusing import Refused, attempt
from trede.accounts.signing_in import begin_session
from trede.languages import language_of
from trede.questionnaires import device_lock, own_device, showing, sittings
from trede.questionnaires.course import course_of
from trede.questionnaires.definition import PartKind, Question
from trede.questionnaires.models import Handover, OwnDevice, Sitting
from trede.questionnaires.pin_forms import ReturnPin
from trede.questionnaires.publishing import definition_of
from trede.questionnaires.reading_aloud import sounds_round

View = Callable[..., HttpResponse]
COOKIE = "trede-device"
State = Sitting.State


def remember_device(
    response: HttpResponse,
    token: str,
    lasts: timedelta = device_lock.DEVICE_LASTS,
) -> None:
    """The address alone, copied to another device, opens nothing."""
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=COOKIE,
        max_age=lasts,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forgetting(response: HttpResponse) -> HttpResponse:
    """Whoever presses "back" now may not be who answered: the browser keeps no page."""
    response["Clear-Site-Data"] = '"cache"'
    return response


def opened_here(
    request: DoorRequest, token: str, *, locking: bool = False
) -> Handover | None:
    handover = device_lock.with_the_person(token, locking=locking)
    if handover is None or not device_lock.is_kept(handover, at=request.at):
        return None
    # The person's own telephone is the person's as long as the link to it lasts.
    lasts = None if handover.own_device else device_lock.DEVICE_LASTS
    kept = request.get_signed_cookie(COOKIE, "", salt=COOKIE, max_age=lasts)
    return handover if kept == token else None


def remembered(request: DoorRequest, link: OwnDevice) -> str:
    """The token of the telephone on which that link was opened; none on another."""
    token = request.get_signed_cookie(COOKIE, "", salt=COOKIE) or ""
    handover = opened_here(request, token)
    return token if handover and handover.own_device_id == link.pk else ""


def not_open(request: DoorRequest) -> HttpResponse:
    return render(request, "questionnaires/not_open.html", status=404)


def on_this_device(view: View) -> View:
    """Opens for the device that was handed over, in the language of the sitting."""

    @login_not_required
    @never_cache
    @wraps(view)
    def opened(request: DoorRequest, token: str, **more: str) -> HttpResponse:
        handover = opened_here(request, token)
        if handover is None:
            return not_open(request)
        with translation.override(showing.interface_language(handover.sitting)):
            return view(request, handover, token, **more)

    return opened


def person_of(handover: Handover) -> Actor:
    person = handover.sitting.person
    return person_actor(person.pk, person.municipality_id)


def _page(
    request: DoorRequest, name: str, handover: Handover, token: str, **more: object
) -> HttpResponse:
    context = {**showing.frame(handover, token), **more}
    return render(request, f"questionnaires/{name}.html", context)


def address_of(question: Question | None, token: str, *, checking: bool = False) -> str:
    if question is None:
        return reverse("questionnaires:check", args=[token])
    address = reverse("questionnaires:question", args=[token, question.code])
    return f"{address}?nakijken=1" if checking else address


@on_this_device
def start(request: DoorRequest, handover: Handover, token: str) -> HttpResponse:
    sitting = handover.sitting
    if sitting.state == State.FINISHED:
        return redirect("questionnaires:finish", token)
    course = course_of(handover)
    intro = course.part.intro
    return _page(
        request,
        "start",
        handover,
        token,
        stopped=sitting.state == State.STOPPED,
        begun=bool(course.answers),
        intro=intro.read_in(sitting.language) if intro else "",
        sounds=sounds_round(sitting, course.part),
        place=course.place(),
        progress=showing.progress_of(course),
    )


@on_this_device
def resume(request: DoorRequest, handover: Handover, token: str) -> HttpResponse:
    if handover.sitting.state == State.STOPPED:
        device_lock.go_on(handover=handover, by=person_of(handover), at=request.at)
    return redirect(address_of(course_of(handover).place(), token))


@on_this_device
def check(request: DoorRequest, handover: Handover, token: str) -> HttpResponse:
    """The person's own answers, before they are handed in."""
    if handover.sitting.state != State.HANDED_OVER:
        return redirect("questionnaires:start", token)
    course = course_of(handover)
    lines = showing.check_lines(course, handover.sitting.language)
    return _page(
        request,
        "check",
        handover,
        token,
        lines=lines,
        open=course.open(),
        helpers=own_device.HELPERS.items() if handover.own_device else (),
        hidden=any(line.answered and not line.shown for line in lines),
    )


@on_this_device
def finish(request: DoorRequest, handover: Handover, token: str) -> HttpResponse:
    sitting = handover.sitting
    if request.method == "POST" and sitting.state in sittings.OPEN:
        if handover.own_device:
            helper = request.POST.get("helped_by", "")
            own_device.note_helper(sitting=sitting, helper=helper)
        sittings.finish(sitting=sitting, by=person_of(handover), at=request.at)
        return forgetting(redirect("questionnaires:finish", token))
    if sitting.state in sittings.OPEN:
        return redirect("questionnaires:check", token)
    asked = request.GET.get("taal", "")
    if asked in sittings.languages_offered(sitting):
        return _thank(request, handover, token, asked)
    return _thank(request, handover, token, sitting.language)


def _thank(
    request: DoorRequest, handover: Handover, token: str, chosen: str
) -> HttpResponse:
    """In any language: what was answered keeps the one that it was answered in."""
    sitting = handover.sitting
    town = sitting.person.municipality_id
    part = definition_of(sitting.questionnaire, town=town).part(PartKind.CORE)
    outro, own = part.outro if part else None, chosen == sitting.language
    with translation.override(language_of(chosen).buttons):
        return _page(
            request,
            "thanks",
            handover,
            token,
            thanks=outro.read_in(chosen) if outro else "",
            sounds=sounds_round(sitting, part) if part and own else {},
            tongues=showing.tongues(request.path, sitting, chosen),
            page_language=chosen,
            page_direction=language_of(chosen).direction,
        )


@on_this_device
def language(request: DoorRequest, handover: Handover, token: str) -> HttpResponse:
    # Over, or not in that language: the first page tells what there is.
    with suppress(Refused):
        sittings.choose_language(
            sitting=handover.sitting, language=request.POST.get("language", "")
        )
    return redirect("questionnaires:start", token)


@on_this_device
def hand_back(request: DoorRequest, handover: Handover, token: str) -> HttpResponse:
    """The coach's PIN: the person is done, or stops for now. In the coach's language:
    who reads Tigrinya is not who types here."""
    if handover.own_device:
        return redirect("questionnaires:start", token)
    translation.activate(handover.staff.language)
    form = ReturnPin(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pin = form.cleaned_data["pin"]
        staff = attempt(
            form, lambda: device_lock.take_back(token=token, pin=pin, at=request.at)
        )
        if staff is not None:
            begin_session(request, staff=staff, at=request.at)
            back = handover.return_to
            response = redirect(back or "questionnaires:sitting", *_of(handover, back))
            response.delete_cookie(COOKIE)
            return forgetting(response)
    page = {"form": form, "page_language": "", "page_direction": "ltr"}
    return _page(request, "hand_back", handover, token, **page)


def _of(handover: Handover, back: str) -> list[int]:
    return [] if back else [handover.sitting_id]
