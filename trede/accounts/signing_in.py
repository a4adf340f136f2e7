"""Signing in: the password, the second step, and what the audit trail keeps of it.

Nobody signs up; an administrator employs. After five failures, of the password and the
code together, one waits half an hour (django-axes). The trail never keeps what was
typed: people mistake the field and type their password as their name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from trede.accounts import second_step
from trede.accounts.acting import STRANGER, Actor, record, staff_actor
from trede.accounts.demo_mode import is_loopback
from trede.accounts.models import Staff
from trede.accounts.refusing import Refused
from trede.audit.models import Line

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_HALF_WAY = "signing_in"
_LOCKED_OUT = "axes_locked_out"  # what django-axes reads from the request
HALF_WAY_LASTS = timedelta(minutes=5)


@dataclass(frozen=True)
class HalfWay:
    """The password was right; the code of the second step is still to come."""

    staff: Staff
    next: str


def nobody_in_particular(*parts: object) -> str:
    """How django-axes names somebody in the log: not at all."""
    return "somebody"


def address_of(request: HttpRequest) -> str:
    """From where somebody signs in: failures are counted for each address.

    The web server in front of us, on this machine, tells the visitor's own address as
    the last one; anybody else who tells an address is not believed.
    """
    direct = str(request.META.get("REMOTE_ADDR", ""))
    told = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    if not (settings.HTTPS and is_loopback(direct)):
        return direct
    try:
        return str(ip_address(told))
    except ValueError:
        return direct


def check_password(
    request: HttpRequest, *, email: str, password: str, at: datetime
) -> Staff:
    staff = authenticate(request, username=email.lower(), password=password)
    if not isinstance(staff, Staff):
        _note_failure(email, at)
        raise Refused(
            _(
                "This e-mail address and password do not belong together. Check both"
                " and try again. After five mistakes you have to wait half an hour."
            )
        )
    if staff.one_time_until is not None and staff.one_time_until < at:
        record(
            "came with an expired password",
            by=staff_actor(staff),
            at=at,
            purpose="signing in",
            kind=Line.Kind.DOOR,
        )
        raise Refused(
            _("This one-time password has expired. Ask the administrator for another.")
        )
    return staff


def _note_failure(email: str, at: datetime) -> None:
    known = Staff.objects.filter(email=email.lower()).first()
    record(
        "failed to sign in",
        by=staff_actor(known) if known else STRANGER,
        at=at,
        purpose="signing in",
        kind=Line.Kind.DOOR,
    )


def wait_for_code(
    request: HttpRequest, *, staff: Staff, next_page: str, at: datetime
) -> None:
    request.session[_HALF_WAY] = {
        "staff": staff.pk,
        "password": staff.get_session_auth_hash(),
        "until": (at + HALF_WAY_LASTS).timestamp(),
        "next": next_page,
    }


def half_way(request: HttpRequest, *, at: datetime) -> HalfWay | None:
    """Who gave the password within the last five minutes; None when there is nobody."""
    kept = request.session.get(_HALF_WAY)
    if not kept or kept["until"] < at.timestamp():
        return None
    staff = Staff.objects.filter(pk=kept["staff"], is_active=True).first()
    if staff is None or staff.get_session_auth_hash() != kept["password"]:
        return None
    return HalfWay(staff, kept["next"])


def check_code(request: HttpRequest, *, staff: Staff, code: str, at: datetime) -> None:
    credentials = {"username": staff.email}
    allowed = AxesProxyHandler.is_allowed(request, credentials)
    if allowed and second_step.passes(staff=staff, code=code, at=at):
        return
    # django-axes counts it with the failures of the password, and shuts the door;
    # what comes after that does not lengthen the half hour.
    setattr(request, _LOCKED_OUT, not allowed)
    user_login_failed.send(__name__, credentials=credentials, request=request)
    _note_failure(staff.email, at)
    raise Refused(
        _(
            "This code is not right, or was used before. Wait for the next code in the"
            " app, or use one of your recovery codes."
        ),
        "code",
    )


def begin_session(request: HttpRequest, *, staff: Staff, at: datetime) -> None:
    request.session.pop(_HALF_WAY, None)
    login(request, staff, backend=_BACKEND)
    record(
        "signed in",
        by=staff_actor(staff),
        at=at,
        purpose="signing in",
        kind=Line.Kind.DOOR,
    )


def end_session(request: HttpRequest, *, by: Actor, at: datetime) -> None:
    record("signed out", by=by, at=at, purpose="signing in", kind=Line.Kind.DOOR)
    logout(request)


def choose_password(
    *, staff: Staff, old: str, new: str, by: Actor, at: datetime
) -> None:
    """The member of staff's own choice; it ends every other session."""
    if not staff.check_password(old):
        raise Refused(_("This is not your present password."), "old")
    if old == new:
        raise Refused(_("Choose another password than your present one."), "new")
    try:
        validate_password(new, staff)
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages), "new") from problem
    with transaction.atomic():
        staff.set_password(new)
        staff.one_time_until = None
        staff.save(update_fields=["password", "one_time_until"])
        record("chose a new password", by=by, at=at, on=staff, purpose="signing in")


def choose_language(*, staff: Staff, language: str, by: Actor, at: datetime) -> None:
    with transaction.atomic():
        staff.language = language
        staff.save(update_fields=["language"])
        record("chose a language", by=by, at=at, on=staff, purpose="signing in")
