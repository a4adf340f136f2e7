"""A run is dated, repeatable until somebody withdraws, and its flow adds up."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast
from tests.studies.making import (
    INTAKE_ON,
    LATER,
    UNTIL,
    agree,
    make_candidate,
    make_person,
    make_sitting,
    make_study,
)
from trede import __version__
from trede.accounts.refusing import Refused
from trede.audit.models import Line
from trede.inflow.models import Stage
from trede.people.consenting import withdraw
from trede.people.models import Purpose
from trede.studies.flow import Exit, Flow, Step, flow_for_public, flow_of_pilot
from trede.studies.grid import grid
from trede.studies.holding_back import HeldBack, held_back_for_public
from trede.studies.models import Member
from trede.studies.protecting import came_and_went
from trede.studies.running import protect_run, run_interim

pytestmark = pytest.mark.django_db

WHOLE = {
    "sex": "woman",
    "birth_year": "1975",
    "birthplace": "TR",
    "migration_year": "1990",
}


@pytest.fixture
def study(cast: Cast):
    return make_study(cast)


def with_intake(study, cast: Cast, *stages, **sitting):
    person = make_person(study.pilot)
    agree(study.pilot, person)
    make_candidate(study.pilot, person, (Stage.INTAKE, INTAKE_ON, ""), *stages)
    make_sitting(study.pilot, person, cast.sanne, answers=WHOLE, **sitting)
    return person


def compute(study, cast: Cast, until: date = UNTIL):
    return run_interim(study=study, until=until, by=cast.by("ilse"), at=LATER)


def stop(study, cast: Cast, person) -> None:
    withdraw(
        person=person,
        pilot=study.pilot,
        purpose=Purpose.STUDY,
        by=cast.by("sanne"),
        at=LATER,
    )


def test_a_run_keeps_what_is_needed_to_repeat_it(study, cast: Cast):
    with_intake(study, cast)
    first, second = compute(study, cast), compute(study, cast)
    assert first.data_hash == second.data_hash
    assert first.results == second.results
    assert (first.until_on, first.rules_number) == (UNTIL, 1)
    assert Line.objects.filter(action="computed a report").count() == 2


def test_a_run_of_another_trede_is_repeated_by_that_trede_only(study, cast: Cast):
    """Which tells so, and does not say that somebody left."""
    with_intake(study, cast)
    run = compute(study, cast)
    run.data_hash, run.version = "0" * 64, "0.0.1"
    with pytest.raises(Refused, match=r"Only Trede 0\.0\.1 can repeat it"):
        protect_run(run, earlier=[])
    run.version = __version__
    with pytest.raises(Refused, match="typed in or corrected since"):
        protect_run(run, earlier=[])


def test_a_run_on_a_day_to_come_is_refused(study, cast: Cast):
    with pytest.raises(Refused, match="has not come yet"):
        compute(study, cast, LATER.date() + timedelta(days=1))


def test_a_withdrawal_marks_the_runs_that_held_the_answers(study, cast: Cast):
    person = with_intake(study, cast)
    stays = with_intake(study, cast)
    before = compute(study, cast, INTAKE_ON)
    stop(study, cast, person)
    after = compute(study, cast)
    before.refresh_from_db()
    assert before.not_repeatable_since == LATER
    assert after.not_repeatable_since is None
    with pytest.raises(Refused, match="somebody stopped"):
        protect_run(before, earlier=[])
    assert Member.objects.filter(run=after).count() == 1
    assert stays


def test_withdrawing_another_consent_marks_nothing(study, cast: Cast):
    person = with_intake(study, cast)
    run = compute(study, cast)
    agree(study.pilot, person)
    withdraw(
        person=person,
        pilot=study.pilot,
        purpose=Purpose.RECORDING,
        by=cast.by("sanne"),
        at=LATER,
    )
    run.refresh_from_db()
    assert run.not_repeatable_since is None


def test_who_came_and_went_between_two_runs_is_counted(study, cast: Cast):
    gone = with_intake(study, cast)
    moved = with_intake(study, cast, (Stage.DECLINED, date(2020, 11, 2), "stopped"))
    before = compute(study, cast, INTAKE_ON)
    with_intake(study, cast, on=date(2020, 10, 1))
    stop(study, cast, gone)
    after = compute(study, cast)
    flows = {
        (f.wave, f.origin, f.destination): f.people
        for f in came_and_went(before, after)
    }
    assert flows == {
        ("T0", "participants", None): 1,
        ("T0", None, "participants"): 1,
        ("T0", "participants", "dropouts"): 1,
    }
    assert moved


def test_the_flow_adds_up_at_every_step(study, cast: Cast):
    with_intake(study, cast)
    with_intake(study, cast, (Stage.DECLINED, date(2020, 11, 2), "stopped"))
    with_intake(study, cast, (Stage.INELIGIBLE, date(2020, 11, 2), "ineligible"))
    make_candidate(study.pilot, make_person(study.pilot))
    whole = flow_of_pilot(study.pilot, UNTIL)
    numbers = [step.n for step in whole.steps]
    assert numbers == [4, 3, 3, 3, 1, 0]
    for step, after in zip(whole.steps, whole.steps[1:], strict=False):
        assert step.n - after.n == sum(each.n for each in step.exits)
    assert (whole.gross, whole.net) == (2, 1)


def test_without_consent_to_the_study_somebody_falls_away_there(study, cast: Cast):
    person = with_intake(study, cast)
    agree(study.pilot, person, given=False, at=LATER)
    other = with_intake(study, cast)
    steps = {step.code: step for step in flow_of_pilot(study.pilot, UNTIL).steps}
    assert steps["questionnaire"].n == 1
    assert other


def told(*pairs: tuple[str, int], exits: dict[str, list[Exit]] | None = None) -> Flow:
    exits = exits or {}
    return Flow(
        tuple(Step(code, n, tuple(exits.get(code, []))) for code, n in pairs), 9, 7
    )


def test_the_public_flow_hides_few_people_and_what_tells_them():
    whole = told(
        ("candidates", 102),
        ("reached", 64),
        ("intake", 62),
        ("questionnaire", 62),
        ("participants", 53),
        ("evaluated", 3),
        exits={
            "candidates": [Exit("not_yet", 36), Exit("moved", 2)],
            "questionnaire": [Exit("stopped", 4), Exit("no_answer", 5)],
        },
    )
    public = flow_for_public(whole)
    steps = {step.code: step for step in public.steps}
    # 64 - 62 and 3 are few; so is the 2 among those who were not reached.
    assert "evaluated" not in steps
    assert {"reached", "intake"} - set(steps)
    assert steps["questionnaire"].exits == (Exit("other_reasons", 9),)
    assert (public.gross, public.net) == (9, None)


def test_no_public_step_or_exit_is_a_handful():
    for n in range(0, 60):
        whole = told(("candidates", 60), ("questionnaire", n), ("participants", n))
        public = flow_for_public(whole)
        for step, after in zip(public.steps, public.steps[1:], strict=False):
            assert after.n not in range(1, 5) or after.code == "participants"
            assert step.n - after.n not in range(1, 5) or len(public.steps) == 2


def test_t1_is_held_back_for_reasons_that_are_counted(study, cast: Cast):
    person = with_intake(study, cast)
    with_intake(study, cast)
    with_intake(study, cast)
    make_sitting(
        study.pilot,
        person,
        cast.sanne,
        wave="T1",
        on=date(2021, 1, 5),
        circumstance="winter_2021",
    )
    held = compute(study, cast).results["held_back"]
    assert (held["evaluated"], held["participants"], held["otherwise"]) == (1, 3, 1)
    assert held["too_few"] and held["other_circumstances"] and held["held_back"]


def test_t1_in_the_same_circumstances_of_most_people_is_not_held_back(
    study, cast: Cast
):
    for _each in range(3):
        person = with_intake(study, cast)
        make_sitting(study.pilot, person, cast.sanne, wave="T1", on=date(2020, 12, 1))
    held = compute(study, cast).results["held_back"]
    assert not held["too_few"] and not held["other_circumstances"]
    # The pilot's file still asks to wait until the end of the pilot.
    assert held["by_file"]


def test_the_public_statement_on_t1_tells_no_handful():
    whole = HeldBack("T1", 23, 53, 21, True, True, False, "")
    assert held_back_for_public(whole).otherwise is None
    few = HeldBack("T1", 3, 53, 3, True, True, False, "")
    assert held_back_for_public(few).evaluated is None


def test_the_grid_shows_each_wave_by_pseudonym(study, cast: Cast):
    person = with_intake(study, cast)
    with_intake(study, cast, (Stage.DECLINED, date(2020, 11, 2), "stopped"))
    make_sitting(study.pilot, person, cast.sanne, wave="T1", on=date(2021, 1, 5))
    whole = grid(study, UNTIL)
    waves = [head.wave for head in whole.heads]
    kinds = [[mark.kind for mark in row.marks] for row in whole.rows]
    assert kinds[0][waves.index("T0")] == "done"
    assert kinds[0][waves.index("T1")] == "done"
    assert kinds[0][waves.index("T0b")] == "none"
    text = str(whole)
    assert "Zwaluw" not in text and "2021-01-05" not in text and "05-01" not in text


def test_the_grid_says_of_each_simulated_sitting_that_it_is(study, cast: Cast):
    person = with_intake(study, cast)
    given = {"wave": "T1", "on": date(2021, 1, 5), "simulated": True}
    make_sitting(study.pilot, person, cast.sanne, **given)
    (row,) = grid(study, UNTIL).rows
    said = [mark.words for mark in row.marks if mark.kind == "done"]
    assert said == ["09-2020", "01-2021, simulated"]


def test_who_stopped_with_the_study_is_counted_beside_the_grid(study, cast: Cast):
    with_intake(study, cast)
    person = with_intake(study, cast)
    stop(study, cast, person)
    whole = grid(study, UNTIL)
    assert (len(whole.rows), whole.stopped) == (1, 1)
