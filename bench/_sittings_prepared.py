"""Fills an empty database with people who each have a device before them, and tells the
load how to open the questions and what to answer: JSON on the standard output."""

import json
import sys
from pathlib import Path

from django.core.management import call_command
from django.core.signing import get_cookie_signer
from django.utils import timezone

from trede.accounts.acting import Actor, staff_actor
from trede.accounts.models import HeldRole, Municipality, Role, Staff
from trede.people.consenting import decide
from trede.people.details import PersonDetails
from trede.people.models import Purpose
from trede.people.registering import register_person
from trede.pilots.loading import load_pilot
from trede.pilots.models import Pilot
from trede.questionnaires import device_lock, sittings
from trede.questionnaires.definition import Kind, PartKind, Question
from trede.questionnaires.models import Sitting
from trede.questionnaires.person_views import COOKIE
from trede.questionnaires.publishing import written_of

PILOT = Path(__file__).parents[1] / "trede/pilots/approaches/nijmegen.toml"


def answer_to(question: Question) -> dict[str, str]:
    """The first answer there is."""
    if question.kind is Kind.HOURS:
        return {"value": "not"}
    if question.kind in (Kind.TEXT, Kind.LONG_TEXT):
        return {"value": "Weer gaan zingen"}
    if question.kind is Kind.YEAR:
        return {"value": "1975"}
    if question.kind in (Kind.NUMBER, Kind.SCALE_0_10):
        return {"value": str(question.at_least or 0)}
    if question.kind is Kind.DATE:
        return {"value": "1-2-2020"}
    return {"value": str(question.options[0].value)}


def handed_over(pilot: Pilot, by: Actor, number: int) -> Sitting:
    at = timezone.now()
    person = register_person(
        municipality=pilot.municipality,
        details=PersonDetails(surname=f"Bench {number}", given_names="Test"),
        by=by,
        at=at,
    )
    decide(
        person=person,
        pilot=pilot,
        purpose=Purpose.STUDY,
        given=True,
        text_version="nijmegen-2020-1",
        language="nl",
        by=by,
        at=at,
    )
    return sittings.prepare(
        person=person,
        pilot=pilot,
        wave="T0",
        mode=Sitting.Mode.ALONE,
        language="nl",
        location="",
        by=by,
        at=at,
    )


def prepare(people: int) -> dict[str, object]:
    at = timezone.now()
    town = Municipality.objects.create(code="bench", name="Bench")
    coach = Staff.objects.create(municipality=town, email="coach@bench.nl", name="C")
    HeldRole.objects.create(staff=coach, role=Role.COACH, given_at=at)
    by = staff_actor(coach)
    pilot = load_pilot(
        text=PILOT.read_text(encoding="utf-8"),
        municipality=town,
        reason="bench",
        by=by,
        at=at,
    )
    signer, opened = get_cookie_signer(COOKIE + COOKIE), []
    for number in range(people):
        sitting = handed_over(pilot, by, number)
        token = device_lock.hand_over(sitting=sitting, pin="2580", by=by, at=at)
        opened.append({"token": token, "cookie": f"{COOKIE}={signer.sign(token)}"})
    core = written_of(sitting.questionnaire).part(PartKind.CORE)
    assert core is not None
    return {
        "sittings": opened,
        "answers": {q.code: answer_to(q) for q in core.questions},
    }


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    json.dump(prepare(int(sys.argv[1])), sys.stdout)
