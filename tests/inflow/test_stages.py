"""A candidate takes steps: dated, reasoned, and taken back by another step."""

import pytest

from tests.cast import Cast
from tests.inflow.listmaking import AMINA, AT, LATER, candidate, confirmed, make_pilot
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.inflow import stages
from trede.inflow.models import Candidate, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina(cast: Cast) -> Candidate:
    confirmed(cast, make_pilot(cast.here), AMINA)
    return candidate("Idrissi")


def test_a_step_is_added_and_named_in_the_trail(cast: Cast, amina: Candidate) -> None:
    by = cast.by("sanne")
    stages.move(candidate=amina, to=Stage.WAITING, by=by, at=LATER, reason="asked")
    assert amina.stage == Stage.WAITING
    steps = [(one.before, one.stage, one.reason) for one in amina.transitions.all()]
    assert steps == [("", "listed", ""), ("listed", "waiting", "asked")]
    line = Line.objects.filter(action="moved a candidate").get()
    assert list(line.mentions.values_list("person_id", flat=True)) == [amina.person_id]


def test_a_double_click_takes_one_step(cast: Cast, amina: Candidate) -> None:
    by = cast.by("sanne")
    one = stages.move(candidate=amina, to=Stage.WAITING, by=by, at=LATER)
    two = stages.move(candidate=amina, to=Stage.WAITING, by=by, at=LATER)
    assert one == two
    assert amina.transitions.count() == 2


def test_nobody_starts_straight_from_the_list(cast: Cast, amina: Candidate) -> None:
    with pytest.raises(Refused):
        stages.move(candidate=amina, to=Stage.STARTED, by=cast.by("sanne"), at=LATER)
    amina.refresh_from_db()
    assert amina.stage == Stage.LISTED


def test_who_waits_by_lot_cannot_be_started_by_accident() -> None:
    assert Stage.STARTED not in stages.may_follow(Stage.PAIR_WAITING)


def test_every_stage_has_its_row_and_can_be_reached() -> None:
    assert set(stages.STEPS) == set(Stage)
    reached = {to for following in stages.STEPS.values() for to in following}
    assert reached == set(Stage)


def test_taking_a_step_back_adds_a_step(cast: Cast, amina: Candidate) -> None:
    by = cast.by("sanne")
    step = stages.move(candidate=amina, to=Stage.DECLINED, by=by, at=LATER)
    back = stages.undo_move(transition=step, by=by, at=LATER)
    assert (back.stage, back.reverses) == (Stage.LISTED, step)
    assert stages.undo_move(transition=step, by=by, at=LATER) == back
    amina.refresh_from_db()
    assert amina.stage == Stage.LISTED
    assert amina.transitions.count() == 3


def test_only_the_last_step_can_be_taken_back(cast: Cast, amina: Candidate) -> None:
    by = cast.by("sanne")
    first = stages.move(candidate=amina, to=Stage.WAITING, by=by, at=AT)
    stages.move(candidate=amina, to=Stage.INTAKE, by=by, at=LATER)
    with pytest.raises(Refused):
        stages.undo_move(transition=first, by=by, at=LATER)
