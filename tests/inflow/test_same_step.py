"""Many candidates take the same step: who does, who is left out and why, and undo."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from tests.cast import AT, Cast, make_cast
from tests.contact.making import FILE, a_pilot
from tests.inflow.reaching_out import a_candidate
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.contact.appointments import plan
from trede.contact.models import Appointment, Letter
from trede.inflow.models import Candidate, SameStep, Stage, StageTransition
from trede.inflow.resting import wake
from trede.inflow.same_step import (
    MOST,
    Outcome,
    Step,
    take_back_together,
    take_together,
    why_not,
)
from trede.inflow.stages import move
from trede.people.responsibility import coach_of, make_responsible
from trede.pilots.models import Pilot

pytestmark = pytest.mark.django_db
Kind = SameStep.Kind
UNTIL = date(2020, 5, 1)
REST = Step(Kind.REST, until=UNTIL, reason="health")
WAKE = Step(Kind.WAKE)
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def pilot(cast: Cast) -> Pilot:
    return a_pilot(cast)


def do(cast: Cast, step: Step, *candidates: Candidate, key=None, at=AT) -> Outcome:
    return take_together(
        candidates=candidates,
        step=step,
        key=key or uuid4(),
        by=cast.by("greet"),
        at=at,
    )


def undo(cast: Cast, outcome: Outcome) -> Outcome:
    by = cast.by("greet")
    return take_back_together(key=outcome.taken[0].key, by=by, at=LATER)


def stages_of(*candidates: Candidate) -> list[str]:
    return [Candidate.objects.get(pk=one.pk).stage for one in candidates]


def test_everybody_takes_the_step_with_a_line_of_their_own(cast, pilot):
    some_three = [a_candidate(cast, pilot, f"N{n}") for n in range(3)]
    lines = Line.objects.count()
    assert len(do(cast, REST, *some_three).taken) == 3
    assert stages_of(*some_three) == ["resting"] * 3
    said = Line.objects.order_by("sequence")[lines:]
    assert {one.action for one in said} == {"moved a candidate"}
    assert [one.mentions.get().person_id for one in said] == [
        one.person_id for one in some_three
    ]


def test_who_cannot_is_left_out_with_the_reason_and_holds_up_nobody(cast, pilot):
    waits = a_candidate(cast, pilot, "Wacht")
    started = a_candidate(cast, pilot, "Loopt", stage=Stage.STARTED)
    outcome = do(cast, REST, started, waits)
    assert [one.candidate for one in outcome.taken] == [waits]
    [(left, why)] = outcome.left_out
    assert left == started
    assert str(Stage.STARTED.label) in why
    assert stages_of(started, waits) == ["started", "resting"]


def test_what_is_looked_at_is_what_happens(cast, pilot):
    everybody = [a_candidate(cast, pilot, stage.value, stage=stage) for stage in Stage]
    for step in (REST, WAKE, Step(Kind.DECLINE, reason="unknown")):
        against = why_not(everybody, step, AT)
        told = {one.pk: why for one, why in do(cast, step, *everybody).left_out}
        assert told == {pk: why for pk, why in against.items() if why}
        for candidate in everybody:
            candidate.refresh_from_db()


def test_pressing_twice_does_nothing_twice(cast, pilot):
    two, key = [a_candidate(cast, pilot, f"N{n}") for n in range(2)], uuid4()
    first = do(cast, REST, *two, key=key)
    second = do(cast, REST, *two, key=key, at=LATER)
    assert first == second
    assert StageTransition.objects.filter(stage="resting").count() == 2


def test_the_whole_is_taken_back_and_everything_is_as_it_was(cast, pilot):
    two = [a_candidate(cast, pilot, f"N{n}") for n in range(2)]
    back = undo(cast, do(cast, REST, *two))
    assert (len(back.taken), back.left_out) == (2, [])
    assert stages_of(*two) == ["waiting", "waiting"]
    assert {one.rest_until for one in Candidate.objects.all()} == {None}


def test_who_went_on_meanwhile_stays_where_they_are(cast, pilot):
    calls, quiet = (a_candidate(cast, pilot, name) for name in ("Belt", "Stil"))
    outcome = do(cast, REST, calls, quiet)
    wake(candidate=calls, by=cast.by("sanne"), at=LATER)
    move(candidate=calls, to=Stage.INTAKE, by=cast.by("sanne"), at=LATER)
    back = undo(cast, outcome)
    assert [one.candidate for one in back.taken] == [quiet]
    assert [one for one, _why in back.left_out] == [calls]
    assert stages_of(calls, quiet) == ["intake", "waiting"]


def test_taking_back_twice_changes_nothing_more(cast, pilot):
    outcome = do(cast, REST, a_candidate(cast, pilot))
    undo(cast, outcome)
    assert undo(cast, outcome) == Outcome([], [])


def test_a_stranger_takes_nothing_back(cast, pilot):
    one = a_candidate(cast, pilot)
    key = do(cast, REST, one).taken[0].key
    stranger = cast.by("noor")
    assert take_back_together(key=key, by=stranger, at=LATER) == Outcome([], [])
    assert stages_of(one) == ["resting"]


def test_the_page_of_before_an_undo_does_nothing_and_says_so(cast, pilot):
    one, key = a_candidate(cast, pilot), uuid4()
    undo(cast, do(cast, REST, one, key=key))
    again = do(cast, REST, one, key=key, at=LATER)
    assert again.taken == []
    assert "taken back" in again.left_out[0][1]
    assert stages_of(one) == ["waiting"]


def test_who_rests_is_called_again_and_who_waits_is_left_out(cast, pilot):
    rests, waits = (a_candidate(cast, pilot, name) for name in ("Rust", "Wacht"))
    do(cast, REST, rests)
    outcome = do(cast, WAKE, rests, waits, at=LATER)
    assert [one.candidate for one in outcome.taken] == [rests]
    assert [one for one, _why in outcome.left_out] == [waits]


def test_a_coach_is_given_and_appointments_go_along_and_come_back(cast, pilot):
    has, none = (a_candidate(cast, pilot, name) for name in ("Met", "Zonder"))
    on, by = AT.date(), cast.by("greet")
    given = {"on": on, "reason": "", "by": by, "at": AT}
    make_responsible(person=has.person, staff=cast.sanne, **given)
    meeting = plan(
        person=has.person,
        pilot=pilot,
        staff=cast.sanne,
        starts_at=AT + timedelta(days=3),
        location="walk",
        about="Kennismaken",
        by=by,
        at=AT,
    )
    outcome = do(cast, Step(Kind.COACH, coach=cast.willem), has, none)
    assert {coach_of(one.person) for one in (has, none)} == {cast.willem}
    assert Appointment.objects.get(pk=meeting.pk).staff == cast.willem
    undo(cast, outcome)
    assert [coach_of(one.person) for one in (has, none)] == [cast.sanne, None]
    assert Appointment.objects.get(pk=meeting.pk).staff == cast.sanne


def test_a_coach_is_not_changed_by_the_heap_in_a_trajectory(cast, pilot):
    started = a_candidate(cast, pilot, stage=Stage.STARTED)
    [(_who, why)] = do(cast, Step(Kind.COACH, coach=cast.willem), started).left_out
    assert why
    assert coach_of(started.person) is None


def test_nor_of_who_waits_here_and_is_in_a_trajectory_of_another_pilot(cast, pilot):
    text = FILE.read_text(encoding="utf-8")
    code = f'code = "{pilot.code}"'
    assert code in text
    other = a_pilot(cast, text.replace(code, 'code = "elders"', 1))
    waits = a_candidate(cast, pilot)
    a_candidate(cast, other, person=waits.person, stage=Stage.STARTED)
    [(_who, why)] = do(cast, Step(Kind.COACH, coach=cast.willem), waits).left_out
    assert "in a trajectory" in why
    assert coach_of(waits.person) is None


def test_another_coach_since_is_not_taken_back(cast, pilot):
    one = a_candidate(cast, pilot)
    outcome = do(cast, Step(Kind.COACH, coach=cast.willem), one)
    given = {"on": AT.date(), "reason": "", "by": cast.by("greet"), "at": LATER}
    make_responsible(person=one.person, staff=cast.sanne, **given)
    assert [who for who, _why in undo(cast, outcome).left_out] == [one]
    assert coach_of(one.person) == cast.sanne


def test_a_letter_is_made_for_who_has_an_address_and_stays_made(cast, pilot):
    home = a_candidate(cast, pilot, "Thuis")
    nowhere = a_candidate(cast, pilot, "Nergens", street="")
    outcome = do(cast, Step(Kind.LETTER), home, nowhere)
    assert [one.person for one in Letter.objects.all()] == [home.person]
    assert [who for who, _why in outcome.left_out] == [nowhere]
    assert undo(cast, outcome).taken == []


def test_a_wrong_reason_moves_nobody(cast, pilot):
    one = a_candidate(cast, pilot)
    outcome = do(cast, Step(Kind.DECLINE, reason="onzin"), one)
    assert outcome.taken == []
    assert stages_of(one) == ["waiting"]
    assert not SameStep.objects.exists()


def test_more_than_the_most_is_refused_before_anybody_moves(cast, pilot):
    one = a_candidate(cast, pilot)
    with pytest.raises(Refused, match=str(MOST)):
        do(cast, WAKE, *[one] * (MOST + 1))
    with pytest.raises(Refused, match="100"):
        do(cast, Step(Kind.LETTER), *[one] * 101)


@pytest.mark.parametrize(
    ("kind", "most"),
    [(Kind.REST, 12), (Kind.WAKE, 12), (Kind.DECLINE, 11), (Kind.COACH, 17)],
)
def test_each_person_costs_the_same_number_of_questions(cast, pilot, kind, most):
    steps = {
        Kind.REST: REST,
        Kind.WAKE: WAKE,
        Kind.DECLINE: Step(Kind.DECLINE, reason="unknown"),
        Kind.COACH: Step(Kind.COACH, coach=cast.willem),
    }
    stage = Stage.RESTING if kind is Kind.WAKE else Stage.WAITING

    def asked(n: int) -> int:
        people = [a_candidate(cast, pilot, f"N{n}{i}", stage=stage) for i in range(n)]
        with CaptureQueriesContext(connection) as seen:
            outcome = do(cast, steps[kind], *people)
        assert len(outcome.taken) == n
        return len(seen)

    asked(1)
    assert asked(4) <= 4 * most


def test_looking_first_asks_the_same_for_more_people(cast, pilot):
    for n in range(3):
        a_candidate(cast, pilot, f"N{n}")
    with CaptureQueriesContext(connection) as seen:
        why_not(list(Candidate.objects.all()), REST, AT)
    assert len(seen) <= 2


class TakingBackIsTheInverse(TestCase):
    """Whoever is chosen, and whatever the step: undo leaves stages as they were."""

    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.differing_executors],
    )
    @given(
        some.lists(some.sampled_from(Stage), min_size=1, max_size=4),
        some.sampled_from([REST, WAKE, Step(Kind.DECLINE, reason="unknown")]),
    )
    def test_undo(self, stages: list[Stage], step: Step) -> None:
        cast = make_cast()
        pilot = a_pilot(cast)
        everybody = [a_candidate(cast, pilot, stage=stage) for stage in stages]
        outcome = do(cast, step, *everybody)
        assert len(outcome.taken) + len(outcome.left_out) == len(everybody)
        if outcome.taken:
            assert undo(cast, outcome).left_out == []
        assert stages_of(*everybody) == stages
