"""Makes sittings in the demo that is served, for journeys that want one of their own.

Run in a shell of the platform, beside the server, on the same folder: reads a wish a
line, and answers each with a line. What a journey does with its sitting touches no
other journey, and where one breaks off half-way, the next finds its own as new.
"""

import json
import sys
from datetime import datetime
from functools import cache

from django.core.signing import get_cookie_signer
from django.db import connection
from django.utils import timezone

from tests.browser.making_kinds import made_up
from trede.accounts.acting import SYSTEM, Actor, staff_actor
from trede.people.details import PersonDetails
from trede.people.models import Person
from trede.people.registering import register_person
from trede.people.responsibility import make_responsible
from trede.people.searching import find
from trede.questionnaires import device_lock, sittings
from trede.questionnaires.models import Answer, Sitting
from trede.questionnaires.person_views import COOKIE
from trede.questionnaires.publishing import publish

# Sanne guides this person, who agreed to the study and takes part in no other journey.
NAME = "Arul Kanavunathan"


def grant_wishes() -> None:
    earlier = _earlier()
    for line in sys.stdin:
        wish = json.loads(line)
        granted = _GRANTS[wish.pop("wish")](earlier, **wish)
        connection.close()
        sys.stdout.write(f"{json.dumps(granted)}\n")
        sys.stdout.flush()


def _earlier() -> Sitting:
    (person,) = find(Person.objects.all(), NAME).people
    return Sitting.objects.filter(person=person).select_related("person").earliest("pk")


def _prepare(earlier: Sitting, *, language: str = "nl") -> dict[str, object]:
    """Got ready by the coach: the questionnaire of the intake, once more."""
    return {"page": _page_of(_prepared(earlier, language, timezone.now()))}


def _hand_over(
    earlier: Sitting, *, language: str = "nl", every_kind: bool = False
) -> dict[str, object]:
    """On a device, at the welcome."""
    make = _of_every_kind if every_kind else _prepared
    now = timezone.now()
    sitting = make(earlier, language, now)
    token = device_lock.hand_over(
        sitting=sitting, pin="2580", by=_coach(earlier), at=now
    )
    return {
        "page": _page_of(sitting),
        "start": f"/vragenlijst/{token}/",
        "cookie": {
            "name": COOKIE,
            "value": get_cookie_signer(salt=COOKIE + COOKIE).sign(token),
        },
    }


def _answers(earlier: Sitting, *, page: str) -> list[tuple[str, str]]:
    """Everything that was kept of a sitting, in the order in which it counts."""
    rows = Answer.objects.filter(sitting_id=int(page.strip("/").split("/")[-1]))
    kept = rows.select_related("spoken").order_by("pk")
    return [(row.question, _said(row)) for row in kept]


def _said(row: Answer) -> str:
    sound = f" {len(row.spoken.content)} bytes" if row.spoken else ""
    return (row.missing or row.value or row.words) + sound


_GRANTS = {"prepare": _prepare, "hand over": _hand_over, "answers": _answers}


def _prepared(earlier: Sitting, language: str, at: datetime) -> Sitting:
    return sittings.prepare(
        person=earlier.person,
        pilot=earlier.pilot,
        wave=earlier.wave,
        mode=Sitting.Mode.ALONE,
        language=language,
        location="Stadswinkel",
        by=_coach(earlier),
        at=at,
        renewed=True,
    )


def _of_every_kind(earlier: Sitting, language: str, at: datetime) -> Sitting:
    """Of a questionnaire and a wave that the pilot does not have, so of somebody who
    agreed to no study: a report of this demo must not come upon it."""
    return Sitting.objects.create(
        person=_outsider(earlier),
        pilot=earlier.pilot,
        questionnaire=publish(made_up(), by=SYSTEM, at=at),
        wave=f"X{Sitting.objects.count() % 1000}",
        language=language,
        circumstance=earlier.circumstance,
        prepared_by=earlier.prepared_by,
        prepared_at=at,
    )


@cache
def _outsider(earlier: Sitting) -> Person:
    coach, now = _coach(earlier), timezone.now()
    person = register_person(
        municipality=earlier.person.municipality,
        details=PersonDetails(given_names="Zoë", surname="Buitenstaander"),
        by=coach,
        at=now,
    )
    make_responsible(
        person=person,
        staff=earlier.prepared_by,
        on=timezone.localdate(now),
        reason="",
        by=coach,
        at=now,
    )
    return person


def _coach(earlier: Sitting) -> Actor:
    return staff_actor(earlier.prepared_by)


def _page_of(sitting: Sitting) -> str:
    return f"/vragenlijst/zitting/{sitting.pk}/"
