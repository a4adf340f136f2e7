"""Going on without a line: what a device fetches beforehand, and sends afterwards."""

import json
from collections.abc import Mapping

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from trede.accounts.doors import DoorRequest
from trede.questionnaires.ahead import ahead as rest_of
from trede.questionnaires.course import course_of
from trede.questionnaires.delivering import MOST, Waited, deliver
from trede.questionnaires.models import Handover, Sitting
from trede.questionnaires.person_views import on_this_device
from trede.questionnaires.speaking import MOST as LOUDEST


@gzip_page
@on_this_device
def ahead(request: DoorRequest, handover: Handover, token: str) -> HttpResponse:
    if handover.sitting.state != Sitting.State.HANDED_OVER:
        return JsonResponse({}, status=409)
    rest = rest_of(
        handover=handover,
        course=course_of(handover),
        token=token,
        secret=get_token(request),
    )
    now = round(request.at.timestamp() * 1000)
    return JsonResponse(rest | {"now": now, "loudest": LOUDEST})


# Any page of the device may send, also when it is the coach's again. What is sent
# proves itself: it was sealed by a page that was open (`sealing`). No cookie counts.
@csrf_exempt
@login_not_required
@never_cache
def delivered(request: DoorRequest) -> HttpResponse:
    try:
        content = json.loads(request.body)
        waited = [_waited(one) for one in content["waiting"]]
    except (ValueError, KeyError, TypeError):
        return _never_taken()
    if len(waited) > MOST:
        return _never_taken()
    kept = deliver(waited=waited, at=request.at)
    return JsonResponse({"kept": kept, "refused": len(waited) - kept})


def _never_taken() -> HttpResponse:
    """Said in a way in which nothing else says it: a server that is set up wrong for a
    while answers 400, and then the device keeps what it has and tries again."""
    return HttpResponse("Not what a device sends", status=422)


def _waited(one: Mapping[str, object]) -> Waited:
    return Waited(
        str(one["name"]),
        str(one["handle"]),
        str(one["box"]),
        one.get("cut_off") is True,
    )
