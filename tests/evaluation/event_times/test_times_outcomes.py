"""Which estimates come of a time to an event, and in which order."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings

from tests.evaluation.event_times.figures import R, limits, people, times, values
from trede.evaluation.estimate import CannotEstimate, Estimate
from trede.evaluation.event_times.kaplan_meier import kaplan_meier, share_by
from trede.evaluation.event_times.outcomes import times_compared as compared
from trede.evaluation.event_times.outcomes import times_in

CASE = R["compared"][1]
ARM, COACH = values(CASE["arm"]), values(CASE["coach"])


def times_compared(*columns, **rest):
    return compared(*columns, rng=np.random.default_rng(1), **rest)


def methods(found) -> list[str]:
    return [estimate.method for estimate in found.estimates]


def test_one_group_has_the_share_by_the_horizon_first():
    found = times_in(*times(CASE), horizon=120)
    assert methods(found) == ["kaplan_meier", "median_days", "restricted_mean"]
    assert found.refused == ()


def test_two_groups_have_the_difference_in_days_first():
    found = times_compared(*times(CASE), ARM, horizon=120)
    assert methods(found) == [
        "restricted_mean_difference",
        "restricted_mean_1",
        "restricted_mean_0",
        "kaplan_meier_difference",
        "log_rank",
        "cox_efron",
        "proportional_hazards",
    ]
    headline, one, other = found.estimates[:3]
    assert headline.value == pytest.approx(one.value - other.value)


def test_small_groups_have_the_difference_by_permutation_first():
    few = slice(0, 90)
    days, event = (column[few] for column in times(CASE))
    found = times_compared(days, event, ARM[few], horizon=120)
    assert methods(found)[:3] == [
        "restricted_mean_difference_permuted",
        "restricted_mean_difference",
        "restricted_mean_1",
    ]
    assert "few_for_normal" in found.estimates[1].notes
    assert found.estimates[0].value == found.estimates[1].value


def test_with_coaches_days_and_shares_are_by_coach_and_paces_within_coaches_too():
    found = times_compared(*times(CASE), ARM, cluster=COACH, horizon=120)
    assert methods(found) == [
        "restricted_mean_difference_cr2",
        "restricted_mean_difference",
        "restricted_mean_1_cr2",
        "restricted_mean_0_cr2",
        "kaplan_meier_difference_cr2",
        "log_rank",
        "cox_efron",
        "proportional_hazards",
        "log_rank_stratified",
        "cox_efron_stratified",
        "proportional_hazards_stratified",
    ]
    headline, without = found.estimates[:2]
    assert headline.value == pytest.approx(without.value)
    assert "clusters_ignored" in without.notes
    assert not any(
        "clusters_ignored" in one.notes for one in (headline, *found.estimates[2:])
    )
    within = {one.method: one.value for one in found.estimates}
    assert within["cox_efron_stratified"] == pytest.approx(CASE["cox_strata"]["coef"])


def test_an_arm_of_one_coach_leaves_the_difference_without_coaches_and_says_so():
    coach = np.where(ARM == 1, 1.0, COACH)
    found = times_compared(*times(CASE), ARM, cluster=coach, horizon=120)
    assert methods(found)[0] == "restricted_mean_difference"
    assert all("clusters_ignored" in one.notes for one in found.estimates[:4])
    assert ("cr2", "one_cluster_in_arm") in {(no.what, no.why) for no in found.refused}


def test_a_horizon_that_nobody_chose_is_told():
    days, event = times(CASE)
    found = times_in(days, event)
    assert all("horizon_from_data" in one.notes for one in found.estimates)
    by_hand = share_by(kaplan_meier(days, event), int(days.max()))
    assert found.estimates[0].value == by_hand.value
    apart = [int(days[arm == ARM].max()) for arm in (0, 1)]
    both = times_compared(days, event, ARM)
    chosen = times_compared(days, event, ARM, horizon=min(apart))
    assert both.estimates[0].value == chosen.estimates[0].value
    assert "horizon_from_data" not in chosen.estimates[0].notes


def test_what_is_refused_stands_beside_the_headline_with_its_reason():
    days = values([10, 20, 30, 40, 50, 60, 70, 80])
    found = times_in(days, values([1, 0, 0, 0, 0, 0, 0, 0]), horizon=60)
    assert [(one.what, one.why) for one in found.refused] == [
        ("median_days", "not_reached")
    ]
    arm = values([1, 0, 1, 0, 1, 0, 1, 0])
    none_in_one_arm = times_compared(
        days, values([1, 0, 1, 0, 0, 0, 0, 0]), arm, horizon=60
    )
    assert {(one.what, one.why) for one in none_in_one_arm.refused} == {
        ("kaplan_meier_difference", "no_event_yet"),
        ("cox", "separated"),
    }


def test_the_headline_is_refused_beyond_what_was_followed():
    with pytest.raises(CannotEstimate, match="beyond_follow_up"):
        times_in(*times(CASE), horizon=999)
    with pytest.raises(CannotEstimate, match="beyond_follow_up"):
        times_compared(*times(CASE), ARM, horizon=999)


def test_arms_are_one_and_nought():
    with pytest.raises(CannotEstimate, match="not_two_arms") as refusal:
        times_compared(*times(CASE), ARM + 1)
    assert refusal.value.has == 2


def test_who_has_no_coach_stands_alone():
    days, event = times(CASE)
    coach = np.array([f"coach {c:.0f}" for c in COACH], dtype=object)
    coach[:5] = None
    found = times_compared(days, event, ARM, cluster=coach, horizon=120)
    assert found.estimates[0].n == len(days)
    without = times_compared(
        days[5:], event[5:], ARM[5:], cluster=COACH[5:], horizon=120
    )
    ours, theirs = (
        next(e.value for e in f.estimates if e.method == "cox_efron_stratified")
        for f in (found, without)
    )
    assert ours == pytest.approx(theirs)


def sound(estimate: Estimate) -> None:
    assert np.isfinite(estimate.value)
    assert estimate.p is None or 0 <= estimate.p <= 1
    if estimate.interval is not None:
        low, high = limits(estimate.interval)
        assert low - 1e-9 <= estimate.value <= high + 1e-9


@settings(max_examples=30)
@given(people(least=8, most=16))
def test_whatever_is_drawn_every_figure_is_sound(drawn):
    days, event = drawn
    arm, coach = np.arange(len(days)) % 2.0, np.arange(len(days)) // 4
    for estimate in times_in(days, event).estimates[:2]:
        sound(estimate)
    try:
        found = times_compared(days, event, arm, cluster=coach)
    except CannotEstimate as refusal:
        assert refusal.why in ("no_variation", "no_horizon")
        return
    for estimate in found.estimates:
        sound(estimate)


def test_the_package_needs_nothing_but_numpy_and_scipy_special():
    code = (
        "import sys; import trede.evaluation.event_times.outcomes; "
        "print([m for m in ('scipy.stats', 'scipy.optimize', 'pandas', 'django') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"


def test_without_a_share_of_everybody_the_mean_until_that_day_comes_first():
    days, event = np.array([10.0, 20, 30, 40]), np.array([1.0, 0, 1, 1])
    found = times_in(days, event, horizon=270)
    assert [one.method for one in found.estimates] == ["restricted_mean", "median_days"]
    assert [one.why for one in found.refused] == ["nobody_left"]
