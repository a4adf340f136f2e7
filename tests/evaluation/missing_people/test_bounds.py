"""Between which values a figure must lie."""

from itertools import product
from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.missing_people.figures import R, approx, limits, values
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.missing_people.bounds import imbens_manski, stretch
from trede.evaluation.missing_people.lee import lee_bounds
from trede.evaluation.missing_people.manski import (
    bounds_of_change,
    bounds_of_difference,
)

SCALE = (0.0, 10.0)


def is_that_of_r(found, r):
    assert (found.low, found.high) == approx((r["low"], r["high"]))
    assert (found.se_low, found.se_high) == approx(tuple(r["se"]))
    assert limits(found.interval) == approx(tuple(r["ci"]))


@pytest.mark.parametrize("case", R["manski"])
def test_the_worst_and_best_case_are_those_of_r(case):
    found = bounds_of_change(values(case["before"]), values(case["after"]), SCALE)
    is_that_of_r(found, case)


@pytest.mark.parametrize("case", R["lee"])
def test_lee_is_the_mean_of_who_is_left_when_people_are_cut_in_parts(case):
    is_that_of_r(lee_bounds(values(case["outcome"]), values(case["arm"])), case)


@settings(max_examples=30)
@given(st.integers(0, 2**16))
def test_no_filled_in_answers_lead_outside_the_worst_and_best_case(seed):
    rng = np.random.default_rng(seed)
    before, after = rng.integers(0, 11, (2, 8)) + 0.0
    after[:2], before[1] = nan, nan
    found = bounds_of_change(before, after, SCALE)
    reached = []
    for one, two, start in product((0, 5, 10), repeat=3):
        later, first = after.copy(), before.copy()
        later[:2], first[1] = (one, two), start
        reached.append((later - first).mean())
    assert found.low == pytest.approx(min(reached))
    assert found.high == pytest.approx(max(reached))


def test_bounds_are_as_wide_as_who_is_missing_times_the_scale():
    before, after = np.full(20, 5.0), np.full(20, 6.0)
    after[:5] = nan
    found = bounds_of_change(before, after, SCALE)
    assert found.high - found.low == pytest.approx(5 / 20 * 10)
    assert (found.n, found.n_missing) == (20, 5)


def test_when_nobody_is_missing_the_bounds_are_the_figure():
    before, after = values([1, 2, 3, 4, 5]), values([2, 2, 5, 4, 9])
    found = bounds_of_change(before, after, SCALE)
    assert found.low == found.high == pytest.approx((after - before).mean())
    half = 1.959963984540054 * found.se_low
    assert limits(found.interval) == approx((found.low - half, found.low + half))


def test_the_stretch_falls_from_both_sides_to_one_side():
    assert stretch(0, 1) == pytest.approx(1.959963984540054)
    assert stretch(100, 1) == pytest.approx(1.6448536269514722)
    assert limits(imbens_manski(1, 2, 0, 0)) == (1, 2)


def test_a_difference_is_the_lowest_of_one_minus_the_highest_of_the_other():
    arm = np.tile([0.0, 1.0], 10)
    before, after = np.full(20, 4.0), 4 + 2 * arm
    after[:4] = nan
    found = bounds_of_difference(before, after, arm, SCALE)
    assert found.high - found.low == pytest.approx(10 * (2 / 10 + 2 / 10))
    assert found.low <= 2 <= found.high


@settings(max_examples=30)
@given(st.integers(0, 2**16))
def test_swapping_the_arms_turns_the_bounds(seed):
    rng = np.random.default_rng(seed)
    arm = np.tile([0.0, 1.0], 20)
    outcome = rng.integers(0, 11, 40) + 3 * arm
    outcome[rng.random(40) < 0.2 + 0.1 * arm] = nan
    found, turned = lee_bounds(outcome, arm), lee_bounds(outcome, 1 - arm)
    assert (turned.low, turned.high) == approx((-found.high, -found.low))
    assert limits(turned.interval) == approx(
        tuple(-x for x in limits(found.interval))[::-1]
    )
    moved = lee_bounds(2 * outcome + 3, arm)
    assert (moved.low, moved.high) == approx((2 * found.low, 2 * found.high))


def test_lee_holds_the_figure_of_complete_cases():
    rng = np.random.default_rng(3)
    arm = np.repeat([1.0, 0.0], 40)
    outcome = rng.normal(size=80) + arm
    outcome[45:60] = nan
    found = lee_bounds(outcome, arm)
    plain = outcome[:40].mean() - np.nanmean(outcome[40:])
    assert found.low < plain < found.high
    assert found.interval.low < found.low


def test_equal_response_leaves_nothing_to_cut():
    arm = np.repeat([1.0, 0.0], 10)
    outcome = np.arange(20.0)
    outcome[[0, 10]] = nan
    found = lee_bounds(outcome, arm)
    assert found.low == found.high == pytest.approx(-10)
    assert found.notes == ("equal_response",)


def test_what_cannot_be_bounded_is_refused():
    arm = np.repeat([1.0, 0.0], 6)
    with pytest.raises(CannotEstimate, match="few_in_arm"):
        lee_bounds(np.where(np.arange(12) < 3, nan, 1.0), arm)
    with pytest.raises(CannotEstimate, match="not_two_arms"):
        lee_bounds(np.ones(12), np.ones(12))
    with pytest.raises(CannotEstimate, match="off_scale"):
        bounds_of_change(np.full(5, 11.0), np.ones(5), SCALE)
    with pytest.raises(CannotEstimate, match="few_people"):
        bounds_of_change(np.ones(3), np.ones(3), SCALE)


def test_what_cannot_be_is_an_error():
    with pytest.raises(ValueError):
        bounds_of_change(np.ones(5), np.ones(5), (3, 3))
    with pytest.raises(ValueError):
        bounds_of_change(np.ones(5), np.ones(4), SCALE)
    with pytest.raises(ValueError):
        lee_bounds(np.ones(3), np.tile([0.0, 1.0], 5))
