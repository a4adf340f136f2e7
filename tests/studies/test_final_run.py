"""A final run compares the evaluation with the intake: when it may, of whom, and so
that the same figures come out again."""

import json
from datetime import date

import pytest

from tests.cast import Cast
from tests.studies.making import INTAKE_ON, make_sitting, make_study, moment
from tests.studies.twice import (
    AFTER,
    AT,
    CLOSED_ON,
    UNTIL,
    assess,
    compared,
    final,
    measured_twice,
    with_intake,
)
from trede.accounts.refusing import Refused
from trede.inflow.models import Candidate, Lot, Pair, Stage
from trede.people.consenting import withdraw
from trede.people.models import Purpose
from trede.pilots.models import PilotFile
from trede.studies.models import Run, Study
from trede.studies.running import protect_run, run_interim
from trede.trajectories.models import LadderAssessment, Trajectory

pytestmark = pytest.mark.django_db


@pytest.fixture
def study(cast: Cast) -> Study:
    return make_study(cast)


def stop(study: Study, cast: Cast, person) -> None:
    withdraw(
        person=person,
        pilot=study.pilot,
        purpose=Purpose.STUDY,
        by=cast.by("sanne"),
        at=AT,
    )


def estimates(run: Run, outcome: str) -> list[dict]:
    told = run.results["analysis"]["estimates"]
    return [one for one in told if one["outcome"] == outcome]


# When it may be made ---------------------------------------------------------------


def test_nobody_measured_twice_is_no_final_report(study: Study, cast: Cast):
    with_intake(study, cast)
    with pytest.raises(Refused, match="Nobody was measured"):
        final(study, cast)
    assert not Run.objects.exists()


def test_too_few_measured_twice_is_said_with_numbers(study: Study, cast: Cast):
    measured_twice(study, cast)
    for _each in range(2):
        with_intake(study, cast)
    with pytest.raises(Refused, match="Of the 3 participants 1 were measured twice"):
        final(study, cast)


def test_while_the_file_holds_t1_back_its_reason_is_told(study: Study, cast: Cast):
    measured_twice(study, cast)
    with pytest.raises(Refused, match="Nog te weinig mensen"):
        final(study, cast, date(2021, 10, 31))


def test_other_circumstances_hold_it_back(study: Study, cast: Cast):
    candidate = measured_twice(study, cast)
    sittings = candidate.person.sittings.filter(wave="T1")
    sittings.update(circumstance="winter_2021")
    with pytest.raises(Refused, match="other circumstances"):
        final(study, cast)


def test_an_interim_run_has_no_analysis(study: Study, cast: Cast):
    measured_twice(study, cast)
    run = run_interim(study=study, until=UNTIL, by=cast.by("ilse"), at=AT)
    assert "analysis" not in run.results


# What is compared ------------------------------------------------------------------


def test_a_final_run_estimates_what_the_file_laid_down(study: Study, cast: Cast):
    for number in range(6):
        measured_twice(study, cast, satisfied=str(6 + number % 3))
    run = final(study, cast)
    (headline,) = [one for one in estimates(run, "satisfied") if one["headline"]]
    assert headline["primary"] and headline["n"] == 6
    assert headline["estimate"] == pytest.approx(2)
    assert run.results["analysis"]["language"] == "change"
    assert run.results["analysis"]["seed"] == 2020
    assert estimates(run, "coach_tread")[0]["type"] == "ladder"
    assert run.results["names"]["outcomes"]["satisfied"]["nl"]


def test_one_person_is_told_to_be_too_few_for_an_estimate(study: Study, cast: Cast):
    measured_twice(study, cast)
    analysis = final(study, cast).results["analysis"]
    refused = {one["outcome"] for one in analysis["refused"]}
    assert "satisfied" in refused


def test_who_proved_not_to_belong_is_in_no_estimate(study: Study, cast: Cast):
    for _each in range(3):
        measured_twice(study, cast)
    out = (Stage.INELIGIBLE, date(2020, 11, 2), "ineligible")
    left = (Stage.DECLINED, date(2020, 11, 2), "stopped")
    with_intake(study, cast, out)
    with_intake(study, cast, left)
    flow = final(study, cast).results["analysis"]["flow"]
    assert flow["status"] == {"stayed": 3, "dropout": 1, "ineligible": 1}


def test_the_treads_and_days_of_a_trajectory_are_those_of_the_coach(
    study: Study, cast: Cast
):
    measured_twice(study, cast, treads=(1, 4))
    frame = compared(study).people.frame
    row = frame.row(0, named=True)
    assert (row["coach_tread_t0"], row["coach_tread_t1"]) == (1, 4)
    assert (row["exit_days"], row["exit_event"]) == (273, 1)
    assert row["exit_kind"] == "completed"
    assert (row["first_step_days"], row["first_step_event"]) == (273, 0)
    assert (row["satisfied_t0"], row["satisfied_t1"]) == (5, 7)
    assert (row["debts_t0"], row["debts_t1"]) == (1, 0)
    assert row["hours_now_volunteering_t0"] == 0
    assert (row["sex"], row["age"]) == ("woman", 45)


def test_the_first_rise_is_followed_from_the_first_assessment(study: Study, cast: Cast):
    for treads in ((1, 4), (2, 2), (3, 2), (2, 3)):
        measured_twice(study, cast, treads=treads)
    frame = compared(study).people.frame
    rose = frame["coach_tread_t1"] > frame["coach_tread_t0"]
    assert rose.sum() == 2
    assert (frame["first_rise_event"] == 1).to_list() == rose.to_list()
    first = frame["first_rise_days"].to_list()
    ladder = LadderAssessment.objects.order_by("reference_on")
    days = [
        (mine.last().reference_on - mine.first().reference_on).days
        for mine in (
            ladder.filter(trajectory=one) for one in Trajectory.objects.order_by("pk")
        )
    ]
    assert sorted(first) == sorted(days)


def test_of_fewer_than_four_no_first_rise_is_followed(study: Study, cast: Cast):
    for treads in ((1, 4), (2, 2), (6, 6)):
        measured_twice(study, cast, treads=treads)
    assert compared(study).people.frame["first_rise_days"].to_list() == [None] * 3


def test_a_tread_long_before_the_closing_is_not_the_one_at_the_end(
    study: Study, cast: Cast
):
    candidate = measured_twice(study, cast)
    last = candidate.trajectories.get().assessments.order_by("pk").last()
    last.reference_on = date(2021, 3, 1)
    last.save()
    frame = compared(study).people.frame
    assert frame["coach_tread_t1"].to_list() == [None]


def test_nobody_can_be_known_from_what_is_compared(study: Study, cast: Cast):
    """Neither the person nor the coach, and no day of a life."""
    measured_twice(study, cast)
    comparison = compared(study)
    told = comparison.people.frame.write_csv()
    assert "Zwaluw" not in told and "999999990" not in told
    assert "2020-09" not in told and "2021-06" not in told
    assert comparison.people.frame["cluster"].to_list() == ["001"]


def test_without_a_plan_every_question_asked_twice_is_an_outcome(
    study: Study, cast: Cast
):
    file = PilotFile.objects.get(pilot=study.pilot)
    start, rest = file.text.split("[final_report]", 1)
    PilotFile.objects.update(text=start + "[[roles]]" + rest.split("[[roles]]", 1)[1])
    measured_twice(study, cast)
    configuration = compared(study).configuration
    codes = {outcome.code for outcome in configuration.outcomes}
    assert {"trust_people", "hours_wish_course", "coach_tread"} <= codes
    assert "sex" not in codes and "financial_situation" not in codes
    assert not any(outcome.primary for outcome in configuration.outcomes)


def test_answers_to_a_wave_that_was_retired_since_still_count(study: Study, cast: Cast):
    file = PilotFile.objects.get(pilot=study.pilot)
    text = file.text.replace(
        'questionnaire = "nijmegen_evaluation"\n',
        'questionnaire = "nijmegen_evaluation"\nretired_on = 2021-09-01\n'
        'retired_reason = "De pilot is voorbij."\n',
    )
    PilotFile.objects.update(text=text)
    for _each in range(6):
        measured_twice(study, cast)
    assert estimates(final(study, cast), "satisfied")


def test_a_tread_of_the_coach_is_no_second_measurement_of_the_person(
    study: Study, cast: Cast
):
    measured_twice(study, cast)
    candidate = measured_twice(study, cast)
    candidate.person.sittings.filter(wave="T1").update(state="prepared")
    (measured,) = final(study, cast).results["analysis"]["flow"]["measured"]
    assert (measured["before"], measured["both"]) == (2, 1)


# The same figures again ------------------------------------------------------------


def test_the_same_data_give_the_same_analysis_to_the_digit(study: Study, cast: Cast):
    for number in range(5):
        measured_twice(study, cast, satisfied=str(5 + number), debts="yes")
    first, second = final(study, cast), final(study, cast)
    first.refresh_from_db()
    again = json.loads(json.dumps(second.results["analysis"]))
    assert first.results["analysis"] == again
    assert first.data_hash == second.data_hash


def test_a_tread_that_was_noted_since_makes_other_data(study: Study, cast: Cast):
    candidate = measured_twice(study, cast)
    run = final(study, cast)
    assess(candidate.trajectories.get(), cast, 4, CLOSED_ON)
    with pytest.raises(Refused, match="typed in or corrected since"):
        protect_run(run, earlier=[])


def test_a_withdrawal_between_two_runs_takes_the_person_out(study: Study, cast: Cast):
    people = [measured_twice(study, cast).person for _each in range(4)]
    before = final(study, cast)
    stop(study, cast, people[0])
    before.refresh_from_db()
    assert before.not_repeatable_since == AT
    with pytest.raises(Refused, match="somebody stopped"):
        protect_run(before, earlier=[])
    after = final(study, cast)
    assert after.results["analysis"]["flow"]["people"] == 3


def test_a_control_group_that_is_not_in_trede_is_said_to_be_elsewhere(
    study: Study, cast: Cast
):
    file = PilotFile.objects.get(pilot=study.pilot)
    kind = 'kind = "pre_post"'
    PilotFile.objects.update(text=file.text.replace(kind, 'kind = "control_group"'))
    measured_twice(study, cast)
    with pytest.raises(Refused, match="control group of this pilot is not in Trede"):
        final(study, cast)


# By lot ----------------------------------------------------------------------------


def draw(study: Study, cast: Cast, first: Candidate, waits: Candidate) -> None:
    lot = Lot.objects.create(
        pilot=study.pilot, number=1, commitment="c" * 64, sealed_at=AT
    )
    Pair.objects.create(
        pilot=study.pilot,
        one=first,
        other=waits,
        lot=lot,
        commitment=lot.commitment,
        registered_at=moment(INTAKE_ON, 16),
        registered_by=cast.noor,
        secret="s" * 64,
        digest="d" * 64,
        drawn_at=moment(INTAKE_ON, 17),
        first=first,
    )


def test_who_waited_by_lot_is_compared_in_the_same_period(study: Study, cast: Cast):
    """The first after the trajectory, who waited before the own start."""
    first, waits = with_intake(study, cast), with_intake(study, cast)
    alone = with_intake(study, cast)
    draw(study, cast, first, waits)
    on = date(2020, 11, 16)
    for candidate, wave, answer in ((first, "T1", "8"), (waits, "T0b", "4")):
        make_sitting(
            study.pilot,
            candidate.person,
            cast.sanne,
            wave=wave,
            on=on,
            answers=AFTER | {"satisfied": answer},
        )
    until = date(2020, 11, 25)
    comparison = compared(study, until)
    frame = comparison.people.frame.sort("arm")
    assert frame["arm"].to_list() == [0, 1]
    assert frame["pair"].to_list() == ["001", "001"]
    assert frame["satisfied_t1"].to_list() == [4, 8]
    assert comparison.configuration.design == "waiting_list"
    assert [each.code for each in comparison.configuration.contrasts] == [
        "difference_1"
    ]
    assert alone
