"""The sound of a text that somebody has before them, and that it was listened to."""

import logging
import re

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse

from trede.accounts.doors import DoorRequest
from trede.questionnaires import reading_aloud
from trede.questionnaires.models import Handover, SittingMoment
from trede.questionnaires.moments import note
from trede.questionnaires.person_views import on_this_device
from trede.questionnaires.publishing import written_of
from trede.questionnaires.speaking import heard_again
from trede.questionnaires.speech import SpeechFailed

logger = logging.getLogger(__name__)
# The address changes when the sound does.
KEPT = "public, max-age=31536000, immutable"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@login_not_required
def sound(request: DoorRequest, token: str) -> HttpResponse:
    found = reading_aloud.asked_for(token)
    try:
        made = found and reading_aloud.sound(*found, plain="wav" in request.GET)
    except SpeechFailed:
        logger.warning("A text could not be spoken.")
        return HttpResponse(status=503)
    if not made:
        raise Http404
    response = _played(request, made.content, made.media_type)
    response["Cache-Control"] = KEPT
    return response


@on_this_device
def spoken(
    request: DoorRequest, handover: Handover, token: str, question: str
) -> HttpResponse:
    """The person's own answer, on the device on which it was spoken."""
    file = heard_again(handover, question)
    if file is None:
        raise Http404
    return _played(request, file.content, file.media_type)


def _played(request: DoorRequest, content: bytes, media_type: str) -> HttpResponse:
    response = _piece_of(content, request.headers.get("Range", ""))
    response["Content-Type"] = media_type
    response["Accept-Ranges"] = "bytes"
    return response


def _piece_of(content: bytes, asked: str) -> HttpResponse:
    """Some browsers play nothing from a server that cannot give a piece of it."""
    found = _RANGE.fullmatch(asked)
    if found is None or not any(found.groups()):
        return HttpResponse(content)
    size = len(content)
    if found[1]:
        first, last = int(found[1]), min(int(found[2] or size), size - 1)
    else:
        first, last = max(size - int(found[2]), 0), size - 1
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    where = f"bytes {first}-{last}/{size}"
    piece = content[first : last + 1]
    return HttpResponse(piece, status=206, headers={"Content-Range": where})


@on_this_device
def heard(
    request: DoorRequest, handover: Handover, token: str, question: str
) -> HttpResponse:
    """Said by the page itself when somebody presses the button: the analysis tells who
    had a question read aloud."""
    if not written_of(handover.sitting.questionnaire).asks(question):
        raise Http404
    note(
        sitting=handover.sitting,
        kind=SittingMoment.Kind.READ_ALOUD,
        question=question,
        at=request.at,
    )
    return HttpResponse(status=204)
