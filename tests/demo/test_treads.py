"""The demo's treads and first steps have a truth that is known."""

import json
from statistics import fmean

from trede.demo.treads import (
    MOVES,
    tread_after,
    tread_before,
    true_share_with_a_first_step,
    true_tread,
    truth_of_nijmegen,
    until_first_step,
)

MANY = range(1, 3001)


def test_the_same_person_has_the_same_course_whoever_else_there_is():
    assert tread_before(7, 2020) == tread_before(7, 2020)
    assert until_first_step(7, 2020) == until_first_step(7, 2020)
    assert {tread_before(number, 1) for number in MANY} == {1, 2, 3}


def test_among_many_the_mean_tread_is_the_true_one():
    told = true_tread(MANY, 2020)
    after = fmean(tread_after(number, 2020) for number in MANY)
    assert told.n == 3000
    assert abs(after - told.at_evaluation) < 0.05
    assert told.change > 0.3


def test_nobody_leaves_the_ladder_of_the_demo():
    treads = {tread_after(number, 3) for number in MANY}
    assert treads == set(range(MOVES.low, MOVES.high + 1))


def test_among_many_the_share_with_a_first_step_is_the_true_one():
    days = [until_first_step(number, 5).days for number in MANY]
    for day in (30, 90, 180):
        share = sum(each <= day for each in days) / len(days)
        assert abs(share - true_share_with_a_first_step(day)) < 0.03


def test_the_truth_is_written_for_everybody_who_is_evaluated():
    told = json.loads(truth_of_nijmegen(2020))
    outcomes = {each["code"]: each for each in told["outcomes"]}
    assert told["simulated"]
    assert outcomes["coach_tread"]["n"] == 53
    assert outcomes["meaningful"]["n"] == 43
