"""The demo: everybody may look round as one of the cast, without a password.

That is only safe where nothing is real: over a database in which every municipality
and every member of staff is fictitious, and on this very machine. Both are checked
when the platform starts, and the second again at every request, because a proxy in
front of it could let others in.
"""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trede.accounts.models import Municipality, Role, Staff
from trede.accounts.refusing import Refused

# What each role meets, in one sentence on its card of the sign-in page.
SEES: dict[Role, Promise] = {
    Role.COACH: _("Sees their own people and their own day."),
    Role.COORDINATOR: _("Reads lists in and divides the work."),
    Role.REFERRER: _("Refers people, and sees those referrals only."),
    Role.RESEARCHER: _("Sees pseudonyms, never names."),
    Role.POLICY_ADVISER: _("Sees totals only."),
    Role.PRIVACY_OFFICER: _("Sees who looked at what."),
    Role.ADMINISTRATOR: _("Employs staff and gives roles."),
}
_TRACES_OF_A_PROXY = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")
_others: list[Callable[[], bool]] = []


def holds_others(check: Callable[[], bool]) -> None:
    """Register a check of a later app: does the database hold real people?"""
    _others.append(check)


def cast() -> list[Staff]:
    """Who is offered on the sign-in page, in the order of the roles."""
    order = list(Role)
    people = Staff.objects.filter(
        in_cast=True, fictitious=True, is_active=True, municipality__fictitious=True
    ).prefetch_related("held_roles")
    return sorted(
        (one for one in people if one.roles),
        key=lambda one: (min(map(order.index, one.roles)), one.pk),
    )


def member_of_cast(staff_id: int) -> Staff:
    """Whom the visitor chose to be."""
    if not settings.DEMO:
        raise Refused(_("This is not a demo: sign in with your password."))
    chosen = next((one for one in cast() if one.pk == staff_id), None)
    if chosen is None:
        raise Refused(_("Choose one of the people on this page."))
    return chosen


def check_start(hosts: list[str]) -> None:
    """Refuse to start a demo where it could show or touch anything real."""
    if not settings.DEMO:
        return
    outside = [host for host in hosts if not is_loopback(host)]
    if outside:
        raise ImproperlyConfigured(
            "The demo lets everybody in without a password, so it may only be reached"
            f" on this machine. Take {', '.join(outside)} out of TREDE_HOSTS, or set"
            " TREDE_DEMO=no."
        )
    if holds_real_data():
        raise ImproperlyConfigured(
            "The demo lets everybody in without a password, and this database holds"
            " people who are not fictitious. Set TREDE_DEMO=no, or give the demo a"
            " database of its own with TREDE_DATABASE."
        )


def holds_real_data() -> bool:
    return (
        Municipality.objects.filter(fictitious=False).exists()
        or Staff.objects.filter(fictitious=False).exists()
        or any(check() for check in _others)
    )


def comes_from_this_machine(request: HttpRequest) -> bool:
    if any(name in request.headers for name in _TRACES_OF_A_PROXY):
        return False
    host, _port = split_domain_port(request.get_host())
    return is_loopback(request.META.get("REMOTE_ADDR", "")) and is_loopback(host)


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
