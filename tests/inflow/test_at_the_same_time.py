"""Lists, lots and signatures, by several members of staff at the same moment."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from tests.at_once import at_once, refusals, several
from tests.cast import AT, Cast
from tests.contact.making import a_pilot
from tests.inflow import intakes, listmaking
from tests.inflow.listmaking import AMINA, FATMA, HASSAN, candidate
from tests.inflow.reaching_out import a_candidate
from tests.trajectories import making
from trede.audit.models import Line
from trede.inflow import (
    allocation,
    importing,
    intake,
    screening,
    signing,
    stages,
    undoing,
)
from trede.inflow.models import (
    Candidate,
    CriterionOutcome,
    Intake,
    ListRow,
    ListUpload,
    Pair,
    Referral,
    SameStep,
    Stage,
    StageTransition,
)
from trede.inflow.referring import refer
from trede.inflow.same_step import Outcome, Step, take_together
from trede.people.details import PersonDetails
from trede.people.models import ConsentDecision, Person, Purpose, StoredFile

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
State = ListUpload.State


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that several can meet in the middle of a list."""
    monkeypatch.setattr(importing, "PART", 1)


def reading_in(cast: Cast, upload: ListUpload, by: str = "greet") -> ListUpload:
    return importing.confirm(upload=upload, by=cast.by(by), at=listmaking.AT)


def lines(action: str) -> int:
    return Line.objects.filter(action=action).count()


@pytest.mark.usefixtures("small_parts")
def test_a_list_that_several_confirm_at_once_is_read_in_once(cast: Cast):
    pilot = listmaking.make_pilot(cast.here)
    upload = listmaking.uploaded(cast, pilot, AMINA, HASSAN, FATMA)
    assert not refusals(several(lambda: reading_in(cast, upload)))
    upload.refresh_from_db()
    assert upload.state == State.CONFIRMED
    assert listmaking.sum_of(upload.counts) == upload.counts["rows"] == 3
    assert Person.objects.count() == Candidate.objects.count() == 3
    assert CriterionOutcome.objects.count() == 3 * 7
    assert lines("read in a target list") == 1
    assert lines("finished reading in a target list") == 1


def test_the_same_file_that_is_uploaded_by_two_is_one_list(cast: Cast):
    pilot = listmaking.make_pilot(cast.here)
    results = several(lambda: listmaking.uploaded(cast, pilot, AMINA))
    assert ListUpload.objects.count() == 1
    assert len(refusals(results)) == len(results) - 1


@pytest.mark.usefixtures("small_parts")
def test_of_two_lists_that_are_confirmed_at_once_one_must_look_again(cast: Cast):
    pilot = listmaking.make_pilot(cast.here)
    first = listmaking.uploaded(cast, pilot, AMINA, HASSAN)
    other = listmaking.uploaded(cast, pilot, AMINA, FATMA)
    results = at_once(lambda: reading_in(cast, first), lambda: reading_in(cast, other))
    states = sorted(ListUpload.objects.values_list("state", flat=True))
    assert len(refusals(results)) == 1
    assert states == sorted((State.CONFIRMED, State.UPLOADED))
    assert Person.objects.count() == 2


@pytest.mark.usefixtures("small_parts")
def test_undoing_a_list_while_the_next_is_confirmed_leaves_no_half(cast: Cast):
    pilot = listmaking.make_pilot(cast.here)
    first = listmaking.confirmed(cast, pilot, AMINA, HASSAN)
    other = listmaking.uploaded(cast, pilot, AMINA, FATMA)
    by, at = cast.by("greet"), listmaking.LATER
    results = at_once(
        lambda: undoing.undo(upload=first, by=by, at=at),
        lambda: importing.confirm(upload=other, by=by, at=at),
    )
    first.refresh_from_db()
    other.refresh_from_db()
    assert len(refusals(results)) == 1
    stands = {
        (State.UNDONE, State.UPLOADED): {"Idrissi": Stage.GONE, "Alaoui": Stage.GONE},
        (State.CONFIRMED, State.CONFIRMED): {
            "Idrissi": Stage.LISTED,
            "Alaoui": Stage.GONE,
            "Yılmaz": Stage.LISTED,
        },
    }[State(first.state), State(other.state)]
    now = {one.surname: candidate(one.surname).stage for one in Person.objects.all()}
    assert now == stands


@pytest.mark.usefixtures("small_parts")
def test_a_list_that_several_undo_at_once_is_undone_once(cast: Cast):
    pilot = listmaking.make_pilot(cast.here)
    upload = listmaking.confirmed(cast, pilot, AMINA, HASSAN)
    several(
        lambda: undoing.undo(upload=upload, by=cast.by("greet"), at=listmaking.LATER)
    )
    upload.refresh_from_db()
    assert upload.state == State.UNDONE
    assert lines("undid a target list") == 1
    for one in Candidate.objects.all():
        steps = [step.stage for step in one.transitions.order_by("pk")]
        assert steps == [Stage.LISTED, Stage.GONE]
    assert not ListRow.objects.filter(candidate__isnull=False, undone="").exists()


def test_somebody_referred_while_the_list_with_them_is_read_in_is_one_person(
    cast: Cast,
):
    pilot = listmaking.make_pilot(cast.here)
    upload = listmaking.uploaded(cast, pilot, AMINA, HASSAN)
    details = PersonDetails(
        surname="Idrissi", given_names="Amina", bsn=AMINA.split(";")[0]
    )
    at_once(
        lambda: reading_in(cast, upload),
        lambda: refer(
            pilot=pilot,
            details=details,
            channel="referrer",
            reason="Wil graag meedoen",
            by=cast.by("rik"),
            at=listmaking.AT,
            submission=uuid4(),
            referrer=cast.rik,
        ),
    )
    upload.refresh_from_db()
    assert upload.state == State.CONFIRMED
    assert Person.objects.count() == Candidate.objects.count() == 2
    assert Referral.objects.count() <= 1


def test_the_same_outcome_given_by_several_is_one_line_of_the_ledger(cast: Cast):
    pilot = listmaking.make_pilot(cast.here)
    listmaking.confirmed(cast, pilot, AMINA)
    one, before = candidate("Idrissi"), CriterionOutcome.objects.count()
    outcomes = {"health": CriterionOutcome.Outcome.MET}
    several(
        lambda: screening.screen(
            candidate=one, outcomes=outcomes, by=cast.by("sanne"), at=listmaking.LATER
        )
    )
    assert CriterionOutcome.objects.count() == before + 1


def test_a_step_that_two_take_is_taken_once_and_taken_back_once(cast: Cast):
    pilot = listmaking.make_pilot(cast.here)
    listmaking.confirmed(cast, pilot, AMINA)
    one = candidate("Idrissi")
    several(
        lambda: stages.move(
            candidate=one, to=Stage.WAITING, by=cast.by("sanne"), at=listmaking.LATER
        )
    )
    step = one.transitions.latest("pk")
    several(
        lambda: stages.undo_move(
            transition=step, by=cast.by("sanne"), at=listmaking.LATER
        )
    )
    steps = [each.stage for each in one.transitions.order_by("pk")]
    assert steps == [Stage.LISTED, Stage.WAITING, Stage.LISTED]


def two_who_can_be_paired(cast: Cast, number: int = 2) -> list[Candidate]:
    pilot = making.make_pilot(cast)
    allocation.seal_lots(pilot=pilot, by=cast.by("greet"), at=AT)
    return [making.make_candidate(cast, pilot, at=AT) for _each in range(number)]


def pairing(cast: Cast, one: Candidate, other: Candidate) -> Pair:
    return allocation.register_pair(
        pilot=one.pilot, one=one, other=other, by=cast.by("sanne"), at=AT + HOUR
    )


def test_the_same_bulk_step_of_two_moves_each_once_and_tells_the_other(cast: Cast):
    pilot = a_pilot(cast)
    everybody = [a_candidate(cast, pilot, f"N{n}") for n in range(4)]
    until = AT.date() + timedelta(days=70)
    take = partial(
        take_together,
        step=Step(SameStep.Kind.REST, until=until, reason="health"),
        by=cast.by("greet"),
        at=AT,
    )
    outcomes = at_once(
        lambda: take(candidates=everybody, key=uuid4()),
        lambda: take(candidates=everybody[::-1], key=uuid4()),
    )
    assert all(isinstance(one, Outcome) for one in outcomes)
    told = [one for one in outcomes if isinstance(one, Outcome)]
    taken = [step.candidate for one in told for step in one.taken]
    left = [pair for one in told for pair in one.left_out]
    assert sorted(one.pk for one in taken) == [one.pk for one in everybody]
    assert sorted(one.pk for one, _why in left) == [one.pk for one in everybody]
    assert all(why for _one, why in left)
    resting = StageTransition.objects.filter(stage=Stage.RESTING)
    assert resting.count() == lines("moved a candidate") == 4


def test_a_lot_that_is_drawn_by_several_falls_once(cast: Cast):
    pair = pairing(cast, *two_who_can_be_paired(cast))
    results = several(
        lambda: allocation.draw(pair=pair, by=cast.by("sanne"), at=AT + HOUR)
    )
    drawn = [one for one in results if isinstance(one, Pair)]
    assert len({(one.secret, one.first_id) for one in drawn}) == 1
    pair.refresh_from_db()
    assert allocation.faults_of(pair) == []
    assert lines("drew a lot") == 1
    waiting = Candidate.objects.filter(stage=Stage.PAIR_WAITING)
    assert [one.pk for one in waiting] == [pair.second.pk if pair.second else 0]


def test_nobody_is_put_in_two_pairs_at_once(cast: Cast):
    one, other, third = two_who_can_be_paired(cast, 3)
    results = at_once(
        lambda: pairing(cast, one, other), lambda: pairing(cast, one, third)
    )
    assert len(refusals(results)) == 1
    assert Pair.objects.count() == 1


def test_a_pair_is_drawn_or_dissolved(cast: Cast):
    pair = pairing(cast, *two_who_can_be_paired(cast))
    by, at = cast.by("sanne"), AT + HOUR
    at_once(
        lambda: allocation.draw(pair=pair, by=by, at=at),
        lambda: allocation.dissolve(pair=pair, reason="Verhuisd", by=by, at=at),
    )
    pair.refresh_from_db()
    assert pair.dissolved_at
    assert not Candidate.objects.filter(stage=Stage.PAIR_WAITING).exists()


def test_an_intake_is_begun_and_signed_once(cast: Cast):
    desk = intakes.make_desk(cast)
    assert not refusals(several(desk.begin))
    now = Intake.objects.get()
    intake.inform(intake=now, by=desk.by, at=intakes.AT)
    results = several(lambda: desk.sign(now))
    assert not refusals(results)
    form = StoredFile.objects.get(kind=StoredFile.Kind.CONSENT)
    assert all(one == form for one in results)
    assert ConsentDecision.objects.count() == len(Purpose)


def test_yes_and_no_signed_at_once_both_stay_and_the_last_form_counts(cast: Cast):
    desk = intakes.make_desk(cast)
    now = desk.informed()
    at_once(
        *(
            partial(desk.sign, now, decisions)
            for decisions in (intakes.YES_TO_ALL, intakes.NO_TO_ALL)
        )
    )
    now.refresh_from_db()
    newest = ConsentDecision.objects.filter(purpose=Purpose.STUDY).latest("pk")
    assert newest.form == now.form
    assert signing.text_of(desk.pilot, intakes.AT).version == newest.text_version
    assert StoredFile.objects.filter(kind=StoredFile.Kind.CONSENT).count() == 2


def test_an_intake_ends_in_one_way(cast: Cast):
    desk = intakes.make_desk(cast)
    now = desk.signed()
    results = at_once(
        *(partial(desk.end, now, outcome) for outcome in ("start", "wait"))
    )
    now.refresh_from_db()
    desk.candidate.refresh_from_db()
    stage = {"start": Stage.TO_START, "wait": Stage.WAITING}[now.outcome]
    assert desk.candidate.stage == stage
    assert len(refusals(results)) <= 1
