"""The simulated evaluation follows its known truth, and is the same for a seed."""

import json
from functools import cache
from math import sqrt
from statistics import fmean

import pytest

from trede.demo.answers import draw_intake
from trede.demo.evaluating import (
    TRUTH,
    EvaluationAnswers,
    choose_evaluated,
    simulate_evaluation,
    true_changes,
    truth_as_json,
)
from trede.demo.margins import YES, Answer, Missing

INTAKE = draw_intake(1)
BEFORE = {person.number: person.answers for person in INTAKE}
EVALUATED = choose_evaluated(INTAKE, 1)
TIMES = 300


@cache
def many_times() -> list[tuple[EvaluationAnswers, ...]]:
    return [
        simulate_evaluation(INTAKE, seed, evaluated=EVALUATED) for seed in range(TIMES)
    ]


def reached(code: str, measure: str, answer: Answer) -> float | None:
    """The number on a scale, or whether it is there; nothing for a refusal."""
    if measure == "mean":
        return None if answer.missing else answer.number
    if code in TRUTH.yes and answer.missing:
        return None
    return float(answer == YES or isinstance(answer.value, int))


def test_twenty_three_participants_are_evaluated() -> None:
    evaluated = simulate_evaluation(INTAKE, 1)
    groups = {person.number: person.group for person in INTAKE}
    assert len({person.number for person in evaluated}) == 23
    assert {groups[person.number] for person in evaluated} == {"participants"}
    assert tuple(person.number for person in evaluated) == EVALUATED


def test_the_evaluated_can_be_named() -> None:
    evaluated = simulate_evaluation(INTAKE, 1, evaluated=(3, 5))
    assert [person.number for person in evaluated] == [3, 5]


def test_the_same_seed_gives_the_same_evaluation() -> None:
    first, second = simulate_evaluation(INTAKE, 4), simulate_evaluation(INTAKE, 4)
    assert [dict(p.answers) for p in first] == [dict(p.answers) for p in second]
    other = simulate_evaluation(INTAKE, 5)
    assert [dict(p.answers) for p in first] != [dict(p.answers) for p in other]


@pytest.mark.parametrize(
    "change", true_changes(INTAKE, EVALUATED), ids=lambda c: c.code
)
def test_on_average_the_simulation_finds_the_truth(change) -> None:
    found = []
    for evaluation in many_times():
        numbers = [
            reached(change.code, change.measure, person.answers[change.code])
            for person in evaluation
        ]
        found.append(fmean(number for number in numbers if number is not None))
    spread = sqrt(fmean((x - fmean(found)) ** 2 for x in found) / TIMES)
    # 57 outcomes are looked at: 4.5 standard errors keep a false alarm very rare.
    assert abs(fmean(found) - change.at_evaluation) <= 4.5 * spread + 1e-9


def test_the_truth_starts_from_the_intake() -> None:
    (satisfied,) = [c for c in true_changes(INTAKE, EVALUATED) if c.code == "satisfied"]
    assert satisfied.at_intake == fmean(
        BEFORE[number]["satisfied"].number for number in EVALUATED
    )
    assert satisfied.n == 23
    assert satisfied.change == satisfied.at_evaluation - satisfied.at_intake > 0


def test_a_move_stops_at_the_end_of_the_scale() -> None:
    rises = TRUTH.steps["satisfied"]
    assert rises.after(10, 0.999) == 10
    assert rises.after(0, 0.0) == 0
    assert rises.after(5, 0.999) == 7
    assert rises.after(5, 1.0) == 7
    assert rises.expected(5) == pytest.approx(5 - 0.08 + 0.35 + 2 * 0.10)
    assert rises.expected(10) == pytest.approx(10 - 0.08)


def test_answers_stay_on_their_scales() -> None:
    for evaluation in many_times()[:20]:
        for person in evaluation:
            for code, moves in TRUTH.steps.items():
                answer = person.answers[code]
                if answer.missing is None:
                    assert moves.low <= answer.number <= moves.high
            for code in TRUTH.hours:
                value = person.answers[code].value
                assert value in (None, "not") or 1 <= value <= 168


def test_money_still_hangs_together() -> None:
    for evaluation in many_times()[:50]:
        for person in evaluation:
            debts, helped, situation = (
                person.answers[code]
                for code in ("debts", "debt_help", "financial_situation")
            )
            assert (helped.missing is Missing.NOT_ASKED) == (debts != YES)
            if situation.value in ("debts_grow", "debts_shrink"):
                assert debts == YES


def test_help_from_others_is_judged_only_by_who_had_it() -> None:
    for person in simulate_evaluation(INTAKE, 1):
        asked = person.answers["other_organisations_help"].missing is None
        assert asked == (person.answers["other_organisations"] == YES)


def test_what_does_not_change_is_not_asked_again() -> None:
    for person in simulate_evaluation(INTAKE, 1):
        assert not {"birth_year", "birthplace", "sex", "education"} & set(
            person.answers
        )


def test_the_truth_is_written_out_and_says_that_it_is_simulated() -> None:
    written = json.loads(truth_as_json(INTAKE, EVALUATED))
    assert written["simulated"] is True
    codes = [outcome["code"] for outcome in written["outcomes"]]
    assert codes == [*TRUTH.steps, *TRUTH.yes, *TRUTH.hours]


def test_chances_add_up() -> None:
    for code, moves in TRUTH.steps.items():
        assert sum(chance for _, chance in moves.chances) == pytest.approx(1), code
    for code, (values, chances) in TRUTH.looking_back.items():
        assert len(values) == len(chances), code
        assert sum(chances) == pytest.approx(1), code
