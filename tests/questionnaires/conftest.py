"""A person of Sanne's who agreed to the study, and a questionnaire ready for them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cast import Cast
from trede.accounts.acting import Actor, person_actor
from trede.people.consenting import decide
from trede.people.models import Person, Purpose
from trede.people.registering import PersonDetails, register_person
from trede.people.responsibility import make_responsible
from trede.pilots.loading import load_pilot
from trede.pilots.models import Pilot
from trede.pilots.reading import read_rules
from trede.questionnaires.models import Sitting
from trede.questionnaires.sittings import prepare

FILE = Path(read_rules.__code__.co_filename).parent / "approaches" / "nijmegen.toml"
AT = datetime(2020, 2, 10, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Desk:
    """What lies on Sanne's desk: her pilot and a person she guides."""

    cast: Cast
    pilot: Pilot
    person: Person

    @property
    def by_person(self) -> Actor:
        return person_actor(self.person.pk, self.person.municipality_id)

    def consent(self, given: bool = True, at: datetime = AT) -> None:
        decide(
            person=self.person,
            pilot=self.pilot,
            purpose=Purpose.STUDY,
            given=given,
            text_version="nijmegen-2020-1",
            language="nl",
            by=self.cast.by("sanne"),
            at=at,
        )

    def sitting(self, at: datetime = AT, **more: object) -> Sitting:
        given = {"wave": "T0", "mode": Sitting.Mode.ALONE, "language": "nl"} | more
        return prepare(
            person=self.person,
            pilot=self.pilot,
            location="Wijkcentrum",
            by=self.cast.by("sanne"),
            at=at,
            **given,
        )


@pytest.fixture
def desk(cast: Cast) -> Desk:
    pilot = load_pilot(
        text=FILE.read_text(encoding="utf-8"),
        municipality=cast.here,
        reason="the start",
        by=cast.by("aad"),
        at=AT,
    )
    cast.sign_in_with_a_password()
    person = register_person(
        municipality=cast.here,
        details=PersonDetails(surname="Yilmaz", given_names="Emine", sex="woman"),
        by=cast.by("sanne"),
        at=AT,
    )
    make_responsible(
        person=person,
        staff=cast.sanne,
        on=AT.date(),
        reason="",
        by=cast.by("sanne"),
        at=AT,
    )
    return Desk(cast, pilot, person)


@pytest.fixture
def sitting(desk: Desk) -> Sitting:
    desk.consent()
    return desk.sitting()
