"""The page of one question: shown, and saved the moment it is answered.

With JavaScript the answer is sent in the background, and the next question comes in the
same reply (`part`); without it, the reply leads to the page of the next question.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from trede.accounts.doors import DoorRequest
from trede.questionnaires import question_page, showing, sittings, speaking
from trede.questionnaires.adding import Overtaken, add
from trede.questionnaires.answering import Answer, Unclear, read_answer
from trede.questionnaires.arriving import Arrived, Sent, arrive, judge, submission_of
from trede.questionnaires.course import core_of, course_after, course_of
from trede.questionnaires.definition import Question
from trede.questionnaires.forms import SOUND_NOT_SENT, QuestionForm
from trede.questionnaires.models import Handover, Sitting
from trede.questionnaires.moments import note_explanation
from trede.questionnaires.person_views import (
    View,
    address_of,
    forgetting,
    not_open,
    opened_here,
    person_of,
)
from trede.questionnaires.question_page import PART, WHOLE, Asked
from trede.questionnaires.speaking import SOUND, forget_replaced, spoken_with

State = Sitting.State
# Only here somebody may speak an answer.
MICROPHONE = "microphone=(self), camera=(), geolocation=()"
# And hears it before it is sent (`js/speak.js`).
hearing_what_was_recorded = cast(
    "Callable[[View], View]", csp_update({"media-src": ["blob:"]})
)


@login_not_required
@never_cache
@hearing_what_was_recorded
def question(request: DoorRequest, token: str, question: str) -> HttpResponse:
    if request.method == "POST":
        return _post(request, token, question)
    handover = opened_here(request, token)
    if handover is None:
        return not_open(request)
    with translation.override(showing.interface_language(handover.sitting)):
        return _get(request, handover, token, question)


def _get(
    request: DoorRequest, handover: Handover, token: str, code: str
) -> HttpResponse:
    if handover.sitting.state not in sittings.OPEN:
        return redirect("questionnaires:finish", token)
    if handover.sitting.state == State.STOPPED:
        return redirect("questionnaires:start", token)
    course = course_of(handover)
    if not course.is_in_view(code):
        return redirect(address_of(course.place(), token))
    asked = course.part.question_by_code[code]
    checking = "nakijken" in request.GET
    return _page(request, token, Asked(handover, course, asked, checking))


def _post(request: DoorRequest, token: str, code: str) -> HttpResponse:
    """Save first, and go somewhere after: whatever the button was, nothing is lost."""
    try:
        following = _save(request, token, code, holding=False)
    except Overtaken:
        with transaction.atomic():
            following = _save(request, token, code, holding=True)
    if following is None:
        return not_open(request)
    if isinstance(following, str):
        return _go(request, following)
    # Drawn after the others may save again.
    sitting = following.handover.sitting
    with translation.override(showing.interface_language(sitting)):
        return _page(request, token, following)


def _save(
    request: DoorRequest, token: str, code: str, *, holding: bool
) -> Asked | str | None:
    """The question that comes now, or the address to go to; nothing on a device that
    opens nothing any more."""
    handover = opened_here(request, token, locking=holding)
    if handover is None:
        return None
    if handover.sitting.state not in sittings.OPEN:
        return reverse("questionnaires:finish", args=[token])
    asked = core_of(handover.sitting).question_by_code.get(code)
    if asked is None:
        return address_of(course_of(handover).place(), token)
    take = _take_holding if holding else _take
    with translation.override(showing.interface_language(handover.sitting)):
        return take(request, handover, token, asked)


def _take(
    request: DoorRequest, handover: Handover, token: str, asked: Question
) -> Asked | str:
    """An answer and no more, as nearly always: nothing is held until it is added."""
    if asked.may_speak or {"go", "language"} & request.POST.keys():
        raise Overtaken
    sent = _said(request, handover, asked)
    arrived = judge(handover=handover, part=core_of(handover.sitting), sent=[sent])
    following = _following(request, handover, token, asked, arrived)
    if len(arrived.new) > 1:
        raise Overtaken
    for new in arrived.new:
        place = _place(following) or handover.sitting.current
        add(new, place=place, handover=handover)
    if not arrived.new:
        _be_there(following)
    return following


def _take_holding(
    request: DoorRequest, handover: Handover, token: str, asked: Question
) -> Asked | str:
    go = request.POST.get("go")
    if "language" in request.POST:
        return _in_view(_in_other_words(request, handover, asked), token)
    if go == "explain":
        return _in_view(_explained(request, handover, asked), token)
    sent = _sent(request, handover, asked)
    if isinstance(sent, Unclear):
        form = _form(request, handover, asked, refused=sent.message)
        course = course_of(handover)
        again = Asked(handover, course, asked, _checks(request), form)
        return _in_view(again, token)
    arrived = arrive(handover=handover, part=core_of(handover.sitting), sent=[sent])
    forget_replaced(handover.sitting, asked, at=request.at)
    if go == "stop":
        by, sitting = person_of(handover), handover.sitting
        sittings.stop(sitting=sitting, by=by, at=request.at, question=asked.code)
        return reverse("questionnaires:start", args=[token])
    following = _following(request, handover, token, asked, arrived)
    _be_there(following)
    return following


def _following(
    request: DoorRequest,
    handover: Handover,
    token: str,
    asked: Question,
    arrived: Arrived,
) -> Asked | str:
    """The question after this one, or the same once more with what is wrong."""
    course = course_after(handover, core_of(handover.sitting), arrived.known)
    checking = _checks(request)
    if isinstance(arrived.read[0], Unclear):
        form = _form(request, handover, asked)
        return _in_view(Asked(handover, course, asked, checking, form), token)
    following = course.after(asked.code, checking=checking)
    if following is None:
        return address_of(None, token)
    return Asked(handover, course, following, checking)


def _place(following: Asked | str) -> str:
    """Where the person is now; not where what was sent was no answer."""
    if isinstance(following, str) or following.form is not None:
        return ""
    return following.question.code


def _be_there(following: Asked | str) -> None:
    if isinstance(following, Asked) and (place := _place(following)):
        sittings.be_at(sitting=following.handover.sitting, question=place)


def _in_view(again: Asked, token: str) -> Asked | str:
    """The same question once more; elsewhere where it is not shown: the page says
    whether it was answered, and of some questions that tells another answer."""
    if again.course.is_in_view(again.question.code):
        return again
    return address_of(again.course.place(), token)


def _explained(request: DoorRequest, handover: Handover, asked: Question) -> Asked:
    """Without JavaScript: the same question, with what it means. What was chosen on
    the page stands there still, and is not kept yet."""
    on = timezone.localdate(request.at)
    note_explanation(sitting=handover.sitting, question=asked.code, at=request.at)
    course = course_of(handover)
    chosen: Answer | Unclear | None
    chosen = read_answer(asked, dict(request.POST.lists()), on=on)
    if isinstance(chosen, Unclear):
        chosen = course.shown_answer(asked.code)
    language = handover.sitting.language
    form = QuestionForm(question=asked, language=language, on=on, answer=chosen)
    checking = "checking" in request.POST
    return Asked(handover, course, asked, checking, form, explained=True)


def _in_other_words(request: DoorRequest, handover: Handover, asked: Question) -> Asked:
    """The same question in another language. What was chosen or typed stands there
    still and is not kept: who changes the language had perhaps not understood what they
    chose, and did not send it. Sound cannot be put back in a page: that is said."""
    sitting, language = handover.sitting, request.POST["language"]
    if language in sittings.languages_offered(sitting):
        sittings.choose_language(sitting=sitting, language=language)
    course = course_of(handover)
    same = course.part.question_by_code[asked.code]
    spoken = speaking.read(request.FILES.get(SOUND))
    with translation.override(showing.interface_language(sitting)):
        refused = str(SOUND_NOT_SENT) if spoken else ""
        form = _form(request, handover, same, refused=refused, sent=False)
        form.full_clean()  # in the language that was chosen
    return Asked(handover, course, same, _checks(request), form)


def _checks(request: DoorRequest) -> bool:
    return "checking" in request.POST


def _sent(request: DoorRequest, handover: Handover, asked: Question) -> Sent | Unclear:
    said = _said(request, handover, asked)
    spoken = spoken_with(
        handover=handover,
        question=asked,
        sound=speaking.read(request.FILES.get(SOUND)),
        fields=said.fields,
        submission=said.submission,
        at=request.at,
    )
    return spoken if isinstance(spoken, Unclear) else replace(said, spoken=spoken)


def _said(request: DoorRequest, handover: Handover, asked: Question) -> Sent:
    return Sent(
        question=asked.code,
        fields=dict(request.POST.lists()),
        given_at=request.at,
        language=handover.sitting.language,
        submission=submission_of(request.POST.get("submission", "")),
    )


def _form(
    request: DoorRequest,
    handover: Handover,
    asked: Question,
    *,
    refused: str = "",
    sent: bool = True,
) -> QuestionForm:
    return QuestionForm(
        request.POST,
        question=asked,
        language=handover.sitting.language,
        on=timezone.localdate(request.at),
        answer=course_of(handover).shown_answer(asked.code) if not sent else None,
        refused=refused,
        judged=sent,
    )


def _page(request: DoorRequest, token: str, asked: Asked) -> HttpResponse:
    """The question in the reply itself; without JavaScript an answer that was saved
    leads on to a page, so that reloading that page sends nothing again."""
    here = address_of(asked.question, token, checking=asked.checking)
    part = wants_part(request)
    if request.method == "POST" and not part and asked.form is None:
        return redirect(here)
    frame = PART if part else WHOLE
    html = question_page.page(
        asked, token=token, secret=get_token(request), frame=frame
    )
    headers = {"Content-Location": here, "Permissions-Policy": MICROPHONE}
    return HttpResponse(html, headers=headers)


def _go(request: DoorRequest, address: str) -> HttpResponse:
    response = (
        HttpResponse(status=204, headers={"Content-Location": address})
        if wants_part(request)
        else redirect(address)
    )
    stopped = request.POST.get("go") == "stop"
    return forgetting(response) if stopped else response


def wants_part(request: DoorRequest) -> bool:
    return "Trede-Part" in request.headers
