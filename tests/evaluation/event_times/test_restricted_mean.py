"""Days without the event up to a horizon, and how two groups differ in them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.event_times.figures import (
    EXACT,
    R,
    limits,
    people,
    times,
    values,
    waiting,
)
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.event_times.kaplan_meier import kaplan_meier
from trede.evaluation.event_times.restricted_mean import (
    restricted_mean,
    restricted_mean_difference,
)


def both(case):
    days, event = times(case)
    arm = values(case["arm"])
    return tuple(kaplan_meier(days[arm == a], event[arm == a]) for a in (1, 0))


@pytest.mark.parametrize("case", R["singles"])
def test_the_mean_is_that_of_print_survfit(case):
    found = restricted_mean(*times(case), case["tau"])
    assert found.value == pytest.approx(case["rmean"], rel=EXACT)
    assert found.se == pytest.approx(case["rmean_se"], rel=EXACT)


@pytest.mark.parametrize("case", [*R["compared"], R["published"]])
def test_the_difference_is_between_two_of_those(case):
    found = restricted_mean_difference(*both(case), case["tau"])
    (other, one), (se_other, se_one) = case["rmean"], case["rmean_se"]
    assert found.value == pytest.approx(one - other, rel=EXACT)
    assert found.se == pytest.approx(np.hypot(se_one, se_other), rel=EXACT)
    low, high = limits(found.interval)
    assert high - low == pytest.approx(2 * 1.959963984540054 * found.se)
    assert 0 < found.p < 1
    assert (found.n, found.n_missing) == (len(case["days"]), 0)


@given(people(), st.integers(1, 12))
def test_without_censoring_it_is_the_mean_of_what_was_seen(drawn, horizon):
    days, _ = drawn
    found = restricted_mean(days, np.ones(len(days)), horizon)
    seen = np.minimum(days, horizon)
    assert found.value == pytest.approx(seen.mean())
    assert (found.se or 0) == pytest.approx(seen.std() / np.sqrt(len(days)), abs=1e-9)


@given(people(), people())
def test_turning_the_groups_round_turns_the_sign(one, other):
    curves = kaplan_meier(*one), kaplan_meier(*other)
    try:
        found = restricted_mean_difference(*curves, 4)
    except CannotEstimate:
        return
    turned = restricted_mean_difference(*curves[::-1], 4)
    assert turned.value == pytest.approx(-found.value)
    assert turned.p == pytest.approx(found.p)
    assert limits(turned.interval) == pytest.approx(
        [-x for x in limits(found.interval)][::-1]
    )


def test_weeks_instead_of_days_are_a_seventh():
    days, event = times(R["singles"][1])
    weeks, in_days = (restricted_mean(days * f, event, 20 * f) for f in (1, 7))
    assert in_days.value == pytest.approx(7 * weeks.value)
    assert in_days.se == pytest.approx(7 * weeks.se)


def test_a_horizon_after_the_last_day_followed_is_refused():
    days, event = values([10, 20, 30, 40]), values([1, 1, 0, 0])
    with pytest.raises(CannotEstimate, match="beyond_follow_up") as refusal:
        restricted_mean(days, event, 41)
    assert (refusal.value.has, refusal.value.needed) == (40, 41)


def test_the_group_that_was_followed_shortest_decides():
    long = kaplan_meier(values([10, 20, 90, 90]), values([1, 0, 0, 0]))
    short = kaplan_meier(values([10, 20, 50, 50]), values([1, 0, 0, 0]))
    for one, other in ((long, short), (short, long)):
        with pytest.raises(CannotEstimate) as refusal:
            restricted_mean_difference(one, other, 60)
        assert refusal.value.has == 50


def test_once_it_happened_to_everybody_any_horizon_will_do():
    found = restricted_mean(values([10, 20, 30, 40]), np.ones(4), 365)
    assert found.value == 25


@pytest.mark.parametrize("horizon", [0, -5])
def test_a_horizon_is_a_day_after_the_first(horizon):
    with pytest.raises(CannotEstimate, match="no_horizon"):
        restricted_mean(values([10, 20, 30, 40]), np.ones(4), horizon)


def test_when_nothing_happens_the_horizon_itself_is_the_mean():
    found = restricted_mean(values([50, 60, 60, 70]), np.zeros(4), 45)
    assert (found.value, found.interval, found.se) == (45, None, None)
    assert found.notes == ("no_event_yet", "few_events")


def test_when_nothing_happens_in_either_group_there_is_nothing_to_compare():
    still = kaplan_meier(values([50, 60, 60, 70]), np.zeros(4))
    with pytest.raises(CannotEstimate, match="no_variation"):
        restricted_mean_difference(still, still, 45)


def test_intervals_hold_the_truth_in_about_19_of_20_groups():
    rng, held, groups = np.random.default_rng(5), 0, 600
    # Times are rounded up to whole days.
    first = np.exp(-np.arange(60) / 50).sum() - np.exp(-np.arange(60) / 100).sum()
    for _ in range(groups):
        curves = (kaplan_meier(*waiting(rng, 40, mean)) for mean in (50, 100))
        low, high = limits(restricted_mean_difference(*curves, 60).interval)
        held += low <= first <= high
    assert 0.92 < held / groups < 0.975
