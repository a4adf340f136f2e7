"""Candidates on a waiting list, for the tests of reaching people."""

from datetime import date, datetime
from uuid import uuid4

from django.test import Client

from tests.cast import AT, Cast
from tests.contact.making import a_person
from trede.accounts.models import Staff
from trede.inflow.models import Candidate, Referral, Stage
from trede.inflow.referring import refer
from trede.inflow.stages import enter
from trede.people.details import PersonDetails
from trede.people.models import Person
from trede.pilots.models import Pilot

SINCE = date(2020, 2, 3)  # a week before the day of the tests
NUMBER = "06 12345678"
HOME = {
    "street": "Voorbeeldstraat",
    "house_number": "1",
    "postcode": "6511 AB",
    "town": "Nijmegen",
}


def a_candidate(
    cast: Cast,
    pilot: Pilot,
    surname: str = "Safi",
    *,
    since: date = SINCE,
    stage: Stage = Stage.WAITING,
    coach: str = "",
    person: Person | None = None,
    **details: str,
) -> Candidate:
    given = {"given_names": "Gulalai", "telephone": NUMBER, **HOME, **details}
    who = person or a_person(cast, surname, coach=coach, **given)
    candidate = Candidate.objects.create(
        person=who, pilot=pilot, since_on=since, stage=stage, stage_since=AT
    )
    enter([candidate], by=cast.by("greet"), at=AT)
    return candidate


def a_referral(
    cast: Cast,
    pilot: Pilot,
    surname: str = "Noori",
    *,
    by: str = "rik",
    at: datetime = AT,
    **more: object,
) -> Referral:
    given = {
        "channel": "client_manager",
        "reason": "Wil graag onder de mensen zijn",
        "submission": uuid4(),
        "details": PersonDetails(
            surname=surname, given_names="Farid", birth_date="1975-05-01"
        ),
        "referrer": getattr(cast, by),
    }
    return refer(pilot=pilot, by=cast.by(by), at=at, **{**given, **more})


def browser(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, "django.contrib.auth.backends.ModelBackend")
    return client


def tap(
    candidate: Candidate, outcome: str = "no_answer", **more: str
) -> dict[str, str]:
    return {"outcome": outcome, "submission": str(uuid4()), **more}
