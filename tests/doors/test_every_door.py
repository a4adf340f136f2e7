"""Every address x every role x own, a colleague's and another municipality's."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import pytest
from django.core.handlers import exception
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.urls import URLResolver
from django.utils import timezone
from django.views.defaults import permission_denied
from pytest_django import DjangoDbBlocker

from tests.cast import Cast, make_cast
from tests.doors.things import (
    ELSEWHERE,
    NAMES,
    OF_SANNE,
    OF_WILLEM,
    OWNERS,
    Things,
    things,
)
from tests.doors.walking import (
    TOKENS,
    Address,
    addresses,
    knock,
    url_of,
    visitor,
)
from trede.accounts import doors
from trede.accounts.models import Role, Staff
from trede.accounts.permissions import DOORS, Reach
from trede.audit.models import Line
from trede.contact.links import make_link
from trede.contact.models import Appointment

pytestmark = pytest.mark.django_db
ADDRESSES = addresses()
OWN_MEETINGS = {
    "contact:own_appointments",
    "contact:own_move",
    "contact:own_cancel",
}
WAYS_OUT = {
    "trajectories:leave",
    "trajectories:leave_study",
    "trajectories:leave_by_link",
    "trajectories:leave_thanks_study",
    "trajectories:leave_thanks_trajectory",
}
# What somebody can do with a link from a letter, by what the letter was about.
OPENED_BY = {
    "appointment": OWN_MEETINGS,
    "invitation": {"inflow:choose"},
    "leave": WAYS_OUT,
    "plan": {"desk:my_plan", "desk:my_plan_on_paper"} | OWN_MEETINGS | WAYS_OUT,
}
# They know nobody by name.
NAMELESS = frozenset((Role.RESEARCHER, Role.POLICY_ADVISER, Role.ADMINISTRATOR))


@dataclass(frozen=True)
class World:
    cast: Cast
    things: Things


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One set of things for the whole walk; nothing of it stays."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        yield World(cast, things(cast))
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def page_of_a_refusal_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the same behind every shut door, and most doors are shut to most."""
    whole: dict[int, HttpResponse] = {}

    def refused(request: HttpRequest, problem: Exception) -> HttpResponse:
        if 403 in whole:
            return HttpResponseForbidden()
        return whole.setdefault(403, permission_denied(request, problem))

    def gone(
        request: HttpRequest, resolver: URLResolver, status: int, problem: Exception
    ) -> HttpResponse:
        if status in whole:
            return HttpResponse(status=status)
        return whole.setdefault(status, error_page(request, resolver, status, problem))

    error_page = exception.get_exception_response
    monkeypatch.setattr(doors, "permission_denied", refused)
    monkeypatch.setattr(exception, "get_exception_response", gone)


def test_every_address_has_a_name_and_stands_in_the_table() -> None:
    missing = sorted({one.name for one in ADDRESSES} - set(DOORS))
    assert not missing, (
        f"These URLs are not in DOORS (trede/accounts/permissions/): {missing}."
        " Who may open them?"
    )


def test_every_row_of_the_table_is_an_address() -> None:
    stale = sorted(set(DOORS) - {one.name for one in ADDRESSES})
    assert not stale, f"DOORS has rows for URLs that do not exist: {stale}."


def test_every_kwarg_of_an_address_has_things(world: World) -> None:
    lacking = sorted(
        f"{name} of {one.name} (no thing for {owner!r})"
        for one in ADDRESSES
        for name in one.kwargs
        for owner in OWNERS
        if name not in world.things[owner] and name not in TOKENS
    )
    assert not lacking, (
        "The walk does not know whose things stand behind these doors. Add them in"
        f" tests/doors/things_<app>.py: {lacking}"
    )


def known(world: World) -> list[Address]:
    """The doors that the two tests above do not already complain about."""
    given = {*world.things["own"], *TOKENS}
    return [one for one in ADDRESSES if one.name in DOORS and set(one.kwargs) <= given]


def right(status: int | str, expected: str) -> bool:
    if isinstance(status, str):
        return False
    if expected == "opens":
        return status not in (403, 404, 405) and status < 500
    if expected == "gone":
        return status in (404, 410)
    return status == {"shut": 403, "not found": 404}[expected]


def expected(reach: Reach, owner: str, address: Address) -> str:
    if reach is Reach.NOBODY:
        return "shut"
    owned = any(name not in TOKENS for name in address.kwargs)
    if not owned or owner == "own":
        return "opens"
    if owner == "colleague" and reach is Reach.MUNICIPALITY:
        return "opens"
    return "not found"


def hidden_from(role: Role, reach: Reach) -> Collection[str]:
    if role in NAMELESS:
        return NAMES
    return NAMES[1:] if reach is Reach.OWN else (ELSEWHERE,)


def faults_of(world: World, role: Role) -> list[str]:
    staff, faults = world.cast.with_role(role), []
    client = visitor(staff)
    for address in known(world):
        if address.door.link:
            continue
        reach = address.door.reach_of(staff.roles)
        for owner in OWNERS if address.kwargs else ("own",):
            wanted = expected(reach, owner, address)
            # Behind a form a thing is looked up twice: to show it, and to keep it.
            methods = {address.door.method, "POST" if wanted == "not found" else ""}
            url, words = url_of(address, world.things, owner), hidden_from(role, reach)
            for method in filter(None, sorted(methods)):
                status = knock(client, address, url, method=method, hidden=words)
                if not right(status, wanted):
                    faults.append(f"{address.name}, {owner}: {wanted}, but {status}")
    return faults


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_own_doors_and_no_other(role: Role, world: World) -> None:
    faults = faults_of(world, role)
    assert not faults, f"as {role.value}:\n" + "\n".join(faults)


def test_names_by_which_too_much_is_known_are_there_for_who_may_see_them(
    world: World,
) -> None:
    """Else the walk would look for words that stand nowhere."""
    list_of_people = next(one for one in ADDRESSES if one.name == "desk:people_file")
    url = url_of(list_of_people, world.things, "own")
    client = visitor(world.cast.greet)
    for name in (OF_SANNE, OF_WILLEM):
        assert knock(client, list_of_people, url, hidden=[name]) == f"shows {name}"


def test_staff_without_a_role_open_nothing_but_what_all_may(world: World) -> None:
    nobody = Staff.objects.create(
        municipality=world.cast.here, email="nobody@example.test", name="Nobody"
    )
    client = visitor(nobody)
    opened = [
        one.name
        for one in known(world)
        if not one.door.link
        and knock(client, one, url_of(one, world.things, "own")) != 403
    ]
    assert opened == []


def test_a_stranger_is_sent_to_the_sign_in_page(world: World) -> None:
    client = visitor(None)
    for address in known(world):
        if address.door.link:
            continue
        with transaction.atomic():
            url = url_of(address, world.things, "own")
            answer = getattr(client, address.door.method.lower())(url)
            transaction.set_rollback(True)
        assert answer.status_code == 302, address.name
        assert answer.headers["Location"].startswith("/aanmelden/?next="), address.name


def test_a_link_that_is_wrong_leads_nowhere(world: World) -> None:
    client, faults = visitor(None), []
    for address in known(world):
        if address.door.link and address.kwargs:
            status = knock(client, address, url_of(address, world.things, "own"))
            if not right(status, "gone"):
                faults.append(f"{address.name}: {status}")
    assert not faults


@pytest.mark.parametrize("purpose", list(OPENED_BY))
def test_a_link_opens_what_it_is_for_and_of_its_own_person(
    purpose: str, world: World
) -> None:
    with transaction.atomic():
        own = Appointment.objects.get(pk=world.things["own"]["appointment_id"])
        about = {"person": own.person, "pilot": own.pilot, "purpose": purpose}
        by, at = world.cast.by("sanne"), timezone.now()
        token = make_link(**about, days=1, by=by, at=at)
        stranger = visitor(None)
        doors = [one for one in ADDRESSES if one.door.link and "token" in one.kwargs]
        met = {
            (one.name, owner): knock(
                stranger, one, url_of(one, world.things, owner, token=token)
            )
            for one in doors
            for owner in ("own", "colleague")
        }
        transaction.set_rollback(True)
    assert {place for place, status in met.items() if status in (200, 302)} == {
        (one.name, owner)
        for one in doors
        for owner in ("own", "colleague")
        if one.name in OPENED_BY[purpose]
        and (owner == "own" or "appointment_id" not in one.kwargs)
    }


def test_a_door_for_a_button_does_not_open_by_an_address(world: World) -> None:
    """What changes something is not done by following a link."""
    client = visitor(world.cast.sanne)
    for address in known(world):
        if address.door.method == "POST":
            url = url_of(address, world.things, "own")
            assert client.get(url).status_code == 405, address.name


def test_a_refusal_at_the_door_is_in_the_audit_trail(world: World) -> None:
    with transaction.atomic():
        visitor(world.cast.sanne).get("/logboek/")
        line = Line.objects.first()
        transaction.set_rollback(True)
    assert line is not None
    assert (line.actor, line.action, line.kind) == (
        world.cast.sanne.actor,
        "refused accounts:trail",
        "door",
    )
