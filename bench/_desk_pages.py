"""Which pages `desk.py` asks for, by whom, and how many queries each needs: JSON."""

import json
import random
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.db.models import Count
from django.test import Client

from trede.accounts.models import Role, Staff
from trede.people.models import Person
from trede.trajectories.models import Trajectory

COACHES = 20
WAITING = "/instroom/wachtlijst/"
BACKEND = "django.contrib.auth.backends.ModelBackend"
Asked = dict[str, str]


def session_of(staff: Staff) -> str:
    engine: Any = import_module(settings.SESSION_ENGINE)
    session = engine.SessionStore()
    session[SESSION_KEY] = str(staff.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = staff.get_session_auth_hash()
    session.create()
    return str(session.session_key)


class Measured:
    """The queries of one page, and how long the slowest took."""

    def __init__(self) -> None:
        self.count, self.slowest, self.sql = 0, 0.0, ""

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, ctx: Any
    ) -> Any:
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, ctx)
        finally:
            took = time.perf_counter() - begun
            self.count += 1
            if took > self.slowest:
                self.slowest, self.sql = took, sql


def page(name: str, asked: list[tuple[Staff, str, str]]) -> dict[str, Any]:
    staff, path, said = asked[-1]
    client = Client(headers={"Host": "127.0.0.1"})
    client.force_login(staff, BACKEND)
    for _again in range(2):
        measured = Measured()
        with connection.execute_wrapper(measured):
            reply = client.post(path, {"q": said}) if said else client.get(path)
        assert reply.status_code == 200, (path, reply.status_code)
    sessions = {one.pk: session_of(one) for one, _path, _said in asked}
    return {
        "name": name,
        "queries": measured.count,
        "slowest": measured.slowest * 1000,
        "sql": measured.sql,
        "asked": [
            {"session": sessions[one.pk], "path": path, "said": said}
            for one, path, said in asked
        ],
    }


def plan() -> dict[str, Any]:
    draw = random.Random(2)
    coaches = list(Staff.objects.filter(held_roles__role=Role.COACH))
    lead = Staff.objects.get(held_roles__role=Role.COORDINATOR)
    some = draw.sample(coaches, min(COACHES, len(coaches)))
    guided = {one: _one_of(one) for one in some}
    heavy = _heaviest()
    every = Person.objects.order_by("pk")
    known = [every[draw.randrange(1000)] for _n in range(COACHES)]
    search = [
        ("a start of three letters", ["moh", "ama", "fat", "yil"]),
        ("a whole name", [f"{one.given_names} {one.surname}" for one in known]),
        ("a BSN", [one.bsn for one in known]),
        ("a telephone number", [one.telephone for one in known if one.telephone]),
    ]
    return {
        "people": every.count(),
        "coaches": len(coaches),
        "pages": [
            page("Mijn dag of a coach", [(one, "/", "") for one in some]),
            page("first page of a coordinator", [(lead, "/", "")]),
            page("how many are where, after it", [(lead, "/hoeveel/", "")]),
            page(
                "a person's page", [(one, _to(who), "") for one, who in guided.items()]
            ),
            page("the heaviest file", [(lead, _to(heavy), "")]),
            page("its page 5", [(lead, _to(heavy) + "?page=5", "")]),
            page("its notes", [(lead, _to(heavy) + "?soort=notities", "")]),
            page("people of a coach", [(one, "/deelnemers/", "") for one in some]),
            page("everybody, a coordinator", [(lead, "/deelnemers/?coach=", "")]),
            page("waiting list of a coach", [(one, WAITING, "") for one in some]),
            page("waiting list, a coordinator", [(lead, WAITING, "")]),
            page("for whom a letter is due", [(lead, f"{WAITING}?wie=brief", "")]),
            page("letters of a round", [(lead, "/instroom/uitnodigingen/", "")]),
            page(
                "what is missing, a coach", [(one, "/ontbreekt/", "") for one in some]
            ),
            page("what is missing, a coordinator", [(lead, "/ontbreekt/", "")]),
            page("who did not come", [(lead, "/niet-gekomen/", "")]),
            *(
                page(
                    f"search: {what}, {who.name}",
                    [(who, "/zoeken/", text) for text in texts],
                )
                for what, texts in search
                for who in (lead, some[0])
            ),
        ],
    }


def _to(person_id: int) -> str:
    return f"/deelnemers/{person_id}/"


def _one_of(coach: Staff) -> int:
    theirs = {"person__responsibilities__staff": coach}
    found = Trajectory.objects.filter(closed_on=None, **theirs).values_list("person")
    return int(found[0][0])


def _heaviest() -> int:
    rows = Person.objects.filter(trajectories__closed_on=None)
    found = rows.annotate(n=Count("contact_moments")).order_by("-n", "pk")
    return int(found[0].pk)


if __name__ == "__main__":
    print(json.dumps(plan()))
