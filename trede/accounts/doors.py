"""The door in front of every view: looks the URL up in the permission table.

A URL that is not in the table is shut. A member of staff without a role for the door
is told so plainly; a thing of somebody else behind an open door is simply not found
(`visibility.py`), so that nothing can be learnt from the difference.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from trede.accounts.acting import Actor, record, staff_actor
from trede.accounts.models import Staff
from trede.accounts.permissions import DOORS, Door, Reach
from trede.accounts.refusing import Refused
from trede.audit.models import Line


class StaffRequest(HttpRequest):
    """A request that passed a staff door."""

    user: Staff
    door: Door
    reach: Reach
    actor: Actor
    at: datetime


class DoorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: Any, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name
        door = DOORS.get(name)
        if door is None:
            raise Http404
        request.door, request.at = door, timezone.now()
        if door.link:
            return None
        if not request.user.is_authenticated:
            # LoginRequiredMiddleware has already turned strangers away.
            raise PermissionDenied
        return _let_in(request, name)

    def process_exception(
        self, request: HttpRequest, problem: Exception
    ) -> HttpResponse | None:
        """A rule said no to a single button: say so on the page one came from."""
        if not isinstance(problem, Refused):
            return None
        messages.error(request, str(problem.message))
        back = request.headers.get("Referer", "")
        here = url_has_allowed_host_and_scheme(back, {request.get_host()})
        return redirect(back if here and request.method == "POST" else "desk:home")


def _let_in(request: StaffRequest, name: str) -> HttpResponse | None:
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
        raise PermissionDenied
    if second_step_missing(request.user) and request.door.purpose != "signing in":
        return redirect("mfa_activate_totp")
    return None


def second_step_missing(staff: Staff) -> bool:
    """Whether one of the roles demands a second step that was not set up yet."""
    demanded = staff.roles & set(staff.municipality.second_step_roles)
    if not demanded:
        return False
    return not Authenticator.objects.filter(
        user=staff, type=Authenticator.Type.TOTP
    ).exists()


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
