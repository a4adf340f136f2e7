from datetime import timedelta

import pytest

from tests.cast import AT, Cast
from tests.people.making import make_person
from trede.accounts.acting import person_actor
from trede.audit.models import Line
from trede.people import consenting
from trede.people.consenting import (
    decide,
    has_consent,
    standing_decisions,
    withdraw,
)
from trede.people.models import ConsentDecision, Person, Purpose
from trede.pilots.models import Pilot

STUDY, RECORDING = Purpose.STUDY, Purpose.RECORDING


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return Pilot.objects.create(municipality=cast.here, code="proef", name="Proef")


@pytest.fixture
def told(monkeypatch) -> list[tuple[int, str]]:
    """Whom the later apps were told about."""
    heard: list[tuple[int, str]] = []

    def handler(*, person, pilot, purpose, at) -> None:
        heard.append((person.pk, purpose))

    monkeypatch.setattr(consenting, "_handlers", [handler])
    return heard


def decided(
    cast: Cast, person: Person, pilot: Pilot, purpose: Purpose, given: bool, later=0
) -> ConsentDecision:
    return decide(
        person=person,
        pilot=pilot,
        purpose=purpose,
        given=given,
        text_version="proef-1",
        language="nl",
        by=cast.by("sanne"),
        at=AT + timedelta(days=later),
    )


def test_without_a_decision_there_is_no_consent(cast: Cast, pilot: Pilot) -> None:
    assert not has_consent(make_person(cast), pilot, STUDY)


def test_each_purpose_stands_by_itself(cast: Cast, pilot: Pilot) -> None:
    person = make_person(cast)
    decided(cast, person, pilot, STUDY, True)
    decided(cast, person, pilot, RECORDING, False)
    assert has_consent(person, pilot, STUDY)
    assert not has_consent(person, pilot, RECORDING)
    assert not has_consent(person, pilot, Purpose.REGISTER)


def test_consent_to_one_pilot_is_not_consent_to_another(
    cast: Cast, pilot: Pilot
) -> None:
    person = make_person(cast)
    other = Pilot.objects.create(municipality=cast.here, code="ander", name="Ander")
    decided(cast, person, pilot, STUDY, True)
    assert not has_consent(person, other, STUDY)


def test_withdrawing_keeps_the_history_and_tells_the_later_apps(
    cast: Cast, pilot: Pilot, told
) -> None:
    person = make_person(cast)
    decided(cast, person, pilot, STUDY, True)
    for _ in range(2):
        withdraw(person=person, pilot=pilot, purpose=STUDY, by=cast.by("sanne"), at=AT)
    assert not has_consent(person, pilot, STUDY)
    assert person.consents.count() == 2
    assert told == [(person.pk, "study")]
    assert Line.objects.filter(action="withdrew consent").count() == 1


def test_a_person_withdraws_without_staff(cast: Cast, pilot: Pilot, told) -> None:
    person = make_person(cast)
    decided(cast, person, pilot, STUDY, True)
    actor = person_actor(person.pk, cast.here.pk)
    withdraw(person=person, pilot=pilot, purpose=STUDY, by=actor, at=AT)
    assert person.consents.first().recorded_by == f"person:{person.pk}"


def test_a_no_after_a_yes_is_a_withdrawal(cast: Cast, pilot: Pilot, told) -> None:
    person = make_person(cast)
    decided(cast, person, pilot, STUDY, True)
    decided(cast, person, pilot, STUDY, False, later=1)
    assert told == [(person.pk, "study")]


def test_a_first_no_withdraws_nothing(cast: Cast, pilot: Pilot, told) -> None:
    person = make_person(cast)
    decided(cast, person, pilot, STUDY, False)
    withdraw(person=person, pilot=pilot, purpose=STUDY, by=cast.by("sanne"), at=AT)
    assert told == []
    assert person.consents.count() == 1


def test_what_a_later_app_refuses_undoes_the_withdrawal(
    cast: Cast, pilot: Pilot, monkeypatch
) -> None:
    def broken(**told) -> None:
        raise RuntimeError

    monkeypatch.setattr(consenting, "_handlers", [broken])
    person = make_person(cast)
    decided(cast, person, pilot, STUDY, True)
    with pytest.raises(RuntimeError):
        withdraw(person=person, pilot=pilot, purpose=STUDY, by=cast.by("sanne"), at=AT)
    assert has_consent(person, pilot, STUDY)


def test_a_double_click_decides_once(cast: Cast, pilot: Pilot) -> None:
    person = make_person(cast)
    assert decided(cast, person, pilot, STUDY, True) == decided(
        cast, person, pilot, STUDY, True
    )
    assert person.consents.count() == 1


def test_somebody_may_agree_again_after_withdrawing(
    cast: Cast, pilot: Pilot, told
) -> None:
    person = make_person(cast)
    for later, given in enumerate((True, False, True)):
        decided(cast, person, pilot, STUDY, given, later)
    assert has_consent(person, pilot, STUDY)
    (newest,) = standing_decisions(person)
    assert newest.at == AT + timedelta(days=2)
