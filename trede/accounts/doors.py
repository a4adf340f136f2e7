"""The door in front of every view: looks the URL up in the permission table.

A URL that is not in the table is shut. A member of staff without a role for the door
is told so plainly; a thing of somebody else behind an open door is simply not found
(`visibility.py`), so that nothing can be learnt from the difference. Until a one-time
password is changed and a demanded second step is set up, only the pages that do so
open.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy
from django.views.defaults import permission_denied
from django_htmx.middleware import HtmxDetails

from trede.accounts import demo_mode, second_step, unsent_form
from trede.accounts.acting import Actor, record, staff_actor
from trede.accounts.models import Staff
from trede.accounts.permissions import DOORS, Door, Reach
from trede.accounts.refusing import Refused
from trede.accounts.sending import is_too_large, most_megabytes
from trede.audit.models import Line

KEPT_UNSENT = gettext_lazy(
    "You were signed out, because it was quiet for a long time. Trede kept what you"
    " filled in: sign in again and send it with one press."
)
# No page needs these; where an answer may be spoken, the page itself says so.
NOT_ALLOWED = "microphone=(), camera=(), geolocation=()"
LOST_UNSENT = gettext_lazy(
    "You were signed out, because it was quiet for a long time. Sign in again and send"
    " the form once more: nothing has been saved yet."
)


class DoorRequest(HttpRequest):
    """A request that came through a door, by a member of staff or with a link."""

    door: Door
    at: datetime


class StaffRequest(DoorRequest):
    """A request that passed a staff door."""

    user: Staff
    reach: Reach
    actor: Actor
    htmx: HtmxDetails


class SignedInMiddleware(LoginRequiredMiddleware):
    """Default deny. Who was signed out over an open form comes back to that form."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseRedirect:
        back = request.get_full_path()
        if request.method != "GET":
            back = page_before(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
            owner = unsent_form.owner_of_ended_session(request)
            if unsent_form.keep(request, owner=owner, page_before=back):
                back = resolve_url("accounts:unsent_form")
                messages.warning(request, KEPT_UNSENT)
            else:
                messages.warning(request, LOST_UNSENT)
        field = self.get_redirect_field_name(view_func)
        sign_in = resolve_url(settings.LOGIN_URL)
        return go_to(request, f"{sign_in}?{field}={quote(back)}")


class DoorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        # Made once when the platform starts, whichever server starts it.
        demo_mode.check_start(settings.ALLOWED_HOSTS)
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.DEMO and not demo_mode.comes_from_this_machine(request):
            return render(request, "accounts/demo_stays_here.html", status=403)
        if is_too_large(request):
            context = {"most": most_megabytes(request)}
            return render(request, "accounts/too_large.html", context, status=413)
        if "%00" in request.META.get("QUERY_STRING", ""):
            # PostgreSQL cannot keep this sign, and nobody types it.
            raise BadRequest("An address with a NUL in it")
        response = self.get_response(request)
        # No browser keeps a page of ours: "back" shows nothing after signing out, or
        # after the device was handed to somebody else.
        response.headers.setdefault("Permissions-Policy", NOT_ALLOWED)
        if "immutable" not in response.headers.get("Cache-Control", ""):
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: Any, view: object, args: object, kwargs: object
    ) -> HttpResponseBase | None:
        name = request.resolver_match.view_name
        door = DOORS.get(name)
        if door is None:
            raise Http404
        request.door, request.at = door, timezone.now()
        speak(request)
        if door.method == "POST" and request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if door.link:
            return None
        if not request.user.is_authenticated:
            # SignedInMiddleware has already turned strangers away.
            return refuse(request)
        return _let_in(request, name)

    def process_exception(
        self, request: HttpRequest, problem: Exception
    ) -> HttpResponseBase | None:
        """A rule said no to a single button: say so on the page one came from."""
        if not isinstance(problem, Refused):
            return None
        messages.error(request, str(problem.message))
        back = page_before(request) if request.method == "POST" else None
        return go_to(request, back or resolve_url("desk:home"))


def speak(request: HttpRequest) -> None:
    """Dutch, unless the member of staff (or a stranger on this device) chose else."""
    user = request.user
    chosen = (
        user.language
        if isinstance(user, Staff)
        else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    )
    known = dict(settings.LANGUAGES)
    translation.activate(
        chosen if chosen and chosen in known else settings.LANGUAGE_CODE
    )


def page_before(request: HttpRequest) -> str | None:
    """The page of ours on which the form or button stood."""
    before = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(before, {request.get_host()}):
        return None
    parts = urlsplit(before)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page of ours that the address says one came from, with its filters."""
    back = request.GET.get("terug", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return back if back.startswith("/") and ours else otherwise


def go_to(request: Any, address: str) -> HttpResponseRedirect:
    """A redirect that htmx follows with the whole page, not with a part of it."""
    response = HttpResponseRedirect(address)
    if request.htmx:
        response.status_code = 200
        response["HX-Redirect"] = address
    return response


def refuse(request: HttpRequest) -> HttpResponseBase:
    """Said plainly, and one line in the log: it is no fault of the program."""
    return permission_denied(request, PermissionDenied())


def _let_in(request: StaffRequest, name: str) -> HttpResponseBase | None:
    request.actor = staff_actor(request.user)
    request.reach = request.door.reach_of(request.user.roles)
    if request.reach is Reach.NOBODY:
        record(
            f"refused {name}",
            by=request.actor,
            at=request.at,
            purpose=request.door.purpose,
            kind=Line.Kind.DOOR,
        )
        return refuse(request)
    first = _to_do_first(request.user)
    if first and request.door.purpose != "signing in":
        return redirect(first)
    return None


def _to_do_first(staff: Staff) -> str | None:
    if settings.DEMO and staff.fictitious:
        return None
    if staff.one_time_until is not None:
        return "accounts:password"
    if second_step.is_missing(staff):
        return "accounts:set_up_second_step"
    return None


def looked(request: StaffRequest, *persons: int, action: str = "") -> None:
    """Note in the audit trail that these persons' data were shown."""
    match = request.resolver_match
    record(
        action or f"looked at {match.view_name if match else request.path}",
        by=request.actor,
        at=request.at,
        persons=persons,
        purpose=request.door.purpose,
        kind=Line.Kind.READ,
    )
