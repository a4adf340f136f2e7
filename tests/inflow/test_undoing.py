"""Undoing a list adds and restores; it deletes nothing and forgets nobody."""

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.inflow.listmaking import (
    AMINA,
    AT,
    FATMA,
    HASSAN,
    LATER,
    candidate,
    confirmed,
    make_pilot,
    named,
    uploaded,
)
from trede.accounts.refusing import Refused
from trede.inflow import importing, screening, stages, undoing
from trede.inflow.models import (
    Candidate,
    CriterionOutcome,
    ListUpload,
    Stage,
    StageTransition,
)
from trede.people.models import Person
from trede.people.registering import change_person
from trede.pilots.models import Pilot

pytestmark = pytest.mark.django_db
State = ListUpload.State
DAY = timedelta(days=1)


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return make_pilot(cast.here)


def undo(cast: Cast, upload: ListUpload) -> ListUpload:
    return undoing.undo(upload=upload, by=cast.by("greet"), at=LATER + DAY)


def test_who_came_in_goes_off_and_nothing_is_deleted(cast: Cast, pilot: Pilot) -> None:
    upload = confirmed(cast, pilot, AMINA, HASSAN)
    lines = CriterionOutcome.objects.count()
    undone = undo(cast, upload)
    assert undone.state == State.UNDONE
    assert set(Candidate.objects.values_list("stage", flat=True)) == {Stage.GONE}
    assert Person.objects.count() == 2
    assert CriterionOutcome.objects.count() == lines
    assert StageTransition.objects.filter(reason=undoing.LIST_UNDONE).count() == 2
    assert undoing.stayed(undone) == []


def test_changed_fields_and_who_was_gone_come_back(cast: Cast, pilot: Pilot) -> None:
    confirmed(cast, pilot, AMINA, HASSAN)
    moved = AMINA.replace(";Oost;", ";Noord;").replace("01-01-2016;;", "01-01-2016;X;")
    second = confirmed(cast, pilot, moved, FATMA, at=LATER)
    assert screening.verdict(candidate("Idrissi")).by_list == "ineligible"
    undo(cast, second)
    amina = candidate("Idrissi")
    assert named("Idrissi").quarter == "Oost"
    assert (amina.other_track, amina.other_track_known) == ("", True)
    assert screening.verdict(amina).by_list == "eligible"
    assert candidate("Alaoui").stage == Stage.LISTED
    assert candidate("Yılmaz").stage == Stage.GONE
    assert importing.newest_confirmed(pilot) == ListUpload.objects.earliest("pk")


def test_who_moved_on_is_named_and_stays(cast: Cast, pilot: Pilot) -> None:
    upload = confirmed(cast, pilot, AMINA, HASSAN, FATMA)
    by = cast.by("sanne")
    stages.move(candidate=candidate("Idrissi"), to=Stage.WAITING, by=by, at=LATER)
    screening.screen(
        candidate=candidate("Alaoui"),
        outcomes={"health": CriterionOutcome.Outcome.MET},
        by=by,
        at=LATER,
    )
    undone = undo(cast, upload)
    stayed = {one.person.surname for one in undoing.stayed(undone)}
    assert stayed == {"Idrissi", "Alaoui"}
    assert candidate("Idrissi").stage == Stage.WAITING
    assert candidate("Alaoui").stage == Stage.LISTED
    assert candidate("Yılmaz").stage == Stage.GONE


def test_what_staff_changed_after_the_list_is_not_put_back(
    cast: Cast, pilot: Pilot
) -> None:
    confirmed(cast, pilot, AMINA)
    second = confirmed(cast, pilot, AMINA.replace(";Oost;", ";Noord;"), at=LATER)
    amina = named("Idrissi")
    change_person(
        person=amina,
        changes={"quarter": "Zuid"},
        edition=amina.edition,
        by=cast.by("sanne"),
        at=LATER,
    )
    undone = undo(cast, second)
    assert named("Idrissi").quarter == "Zuid"
    assert [one.person.surname for one in undoing.stayed(undone)] == ["Idrissi"]


def test_undoing_twice_undoes_once(cast: Cast, pilot: Pilot) -> None:
    upload = confirmed(cast, pilot, AMINA)
    undo(cast, upload)
    undo(cast, upload)
    assert candidate("Idrissi").transitions.count() == 2


def test_a_list_under_a_later_one_cannot_be_undone(cast: Cast, pilot: Pilot) -> None:
    first = confirmed(cast, pilot, AMINA)
    second = confirmed(cast, pilot, AMINA, HASSAN, at=LATER)
    with pytest.raises(Refused):
        undo(cast, first)
    undo(cast, second)
    assert undo(cast, first).state == State.UNDONE


def test_after_the_undo_period_it_is_too_late(cast: Cast, pilot: Pilot) -> None:
    upload = confirmed(cast, pilot, AMINA)
    until = importing.undo_until(upload)
    assert until is not None
    late = AT + (until - AT.date()) + DAY
    with pytest.raises(Refused, match=f"{until:%d-%m-%Y}"):
        undoing.undo(upload=upload, by=cast.by("greet"), at=late)


def test_a_list_that_was_not_read_in_cannot_be_undone(cast: Cast, pilot: Pilot) -> None:
    upload = uploaded(cast, pilot, AMINA)
    with pytest.raises(Refused):
        undo(cast, upload)


def test_an_undone_list_may_be_read_in_again(cast: Cast, pilot: Pilot) -> None:
    undo(cast, confirmed(cast, pilot, AMINA))
    confirmed(cast, pilot, AMINA, at=LATER + 2 * DAY)
    assert candidate("Idrissi").stage == Stage.LISTED
    assert Person.objects.count() == 1
