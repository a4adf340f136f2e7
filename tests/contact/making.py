"""People, a pilot and contacts for the tests, made by the rules that screens use."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.cast import AT, Cast
from trede.accounts.models import Municipality
from trede.contact.models import ContactMoment
from trede.contact.recording import record_contact
from trede.people.details import PersonDetails
from trede.people.models import Person
from trede.people.registering import register_person
from trede.people.responsibility import make_responsible
from trede.pilots.loading import load_pilot
from trede.pilots.models import Pilot
from trede.pilots.reading import read_rules

FILE = Path(read_rules.__code__.co_filename).parent / "approaches" / "nijmegen.toml"


def a_pilot(cast: Cast, text: str | None = None, at: Any = AT) -> Pilot:
    return load_pilot(
        text=text or FILE.read_text(encoding="utf-8"),
        municipality=cast.here,
        reason="the start",
        by=cast.by("aad"),
        at=at,
    )


def a_person(
    cast: Cast,
    surname: str = "Safi",
    *,
    coach: str = "",
    municipality: Municipality | None = None,
    **details: str,
) -> Person:
    person = register_person(
        municipality=municipality or cast.here,
        details=PersonDetails(surname=surname, **details),
        by=cast.by("greet"),
        at=AT,
    )
    if coach:
        make_responsible(
            person=person,
            staff=getattr(cast, coach),
            on=AT.date(),
            reason="",
            by=cast.by("greet"),
            at=AT,
        )
    return person


def note_call(
    cast: Cast, person: Person, pilot: Pilot, *, by: str = "sanne", **more: Any
) -> ContactMoment:
    given = {
        "channel": "telephone",
        "outcome": "no_answer",
        "occasion": "invitation",
        "at": AT,
        "submission": uuid4(),
    }
    return record_contact(
        person=person, pilot=pilot, by=cast.by(by), **{**given, **more}
    )
