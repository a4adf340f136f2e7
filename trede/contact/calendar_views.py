"""The feed of a coach's calendar, and the page on which they make its address."""

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from trede.accounts.doors import DoorRequest, StaffRequest, looked
from trede.accounts.signing_in import address_of as origin_of
from trede.contact import calendar_feed
from trede.contact.coming import coming_of
from trede.contact.links import TooManyWrong


def own(request: StaffRequest) -> HttpResponse:
    return _page(request)


def renew(request: StaffRequest) -> HttpResponse:
    """The address is shown now and never again: only a digest of it is kept."""
    token = calendar_feed.make_address(
        staff=request.user, by=request.actor, at=request.at
    )
    path = reverse("contact:calendar", args=[token])
    return _page(request, request.build_absolute_uri(path))


def end(request: StaffRequest) -> HttpResponse:
    calendar_feed.end_address(staff=request.user, by=request.actor, at=request.at)
    messages.success(request, _("Your calendar has no address any more."))
    return redirect("contact:own_calendar")


@login_not_required
def feed(request: DoorRequest, token: str) -> HttpResponseBase:
    try:
        staff = calendar_feed.whose(
            token=token, origin=origin_of(request), at=request.at
        )
    except TooManyWrong as refusal:
        return HttpResponse(str(refusal.message), status=429, content_type="text/plain")
    if staff is None:
        return HttpResponse(status=404)
    found = calendar_feed.events_of(staff, request.at)
    with translation.override(staff.language):
        content = calendar_feed.feed(found)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    changed = max((one.appointment.state_since for one in found), default=None)
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if changed:
        response["Last-Modified"] = changed.strftime("%a, %d %b %Y %H:%M:%S GMT")
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return answer or response


def _page(request: StaffRequest, address: str = "") -> HttpResponse:
    link = calendar_feed.address_of(request.user)
    coming = coming_of(staff=request.user, at=request.at)
    if coming:
        looked(request, *{one.person_id for one, _places in coming})
    context = {"link": link, "address": address, "coming": coming}
    return render(request, "contact/own_calendar.html", context)
