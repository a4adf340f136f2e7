"""Times of people who count for others too, such as those of a survey."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.event_times.figures import (
    EXACT,
    WEIGHTED,
    R,
    limits,
    times,
    values,
    waiting,
)
from trede.evaluation.comparison.weighting import weigh
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.event_times.arms import arms_of
from trede.evaluation.event_times.cox import cox_of_arms, hazard_ratio, proportional
from trede.evaluation.event_times.kaplan_meier import kaplan_meier
from trede.evaluation.event_times.log_rank import weighted_log_rank
from trede.evaluation.event_times.outcomes import times_compared
from trede.evaluation.event_times.restricted_mean import (
    restricted_mean_difference,
    surface,
)

RNG = np.random.default_rng


def arms(case):
    arm, weights = values(case["arm"]), values(case["weights"])
    return arms_of(*times(case), arm, what="test", weights=weights)


def close(figure):
    return pytest.approx(figure, rel=EXACT, abs=EXACT)


@pytest.mark.parametrize("case", WEIGHTED)
def test_curves_and_their_spread_are_those_of_r(case):
    for curve, name in zip(arms(case).curves(), ("others", "treated"), strict=True):
        told = case[name]
        assert curve.days.tolist() == told["time"]
        assert curve.survival == close(values(told["surv"]))
        assert curve.se == close(values(told["surv_se"]))


@pytest.mark.parametrize("case", WEIGHTED)
def test_restricted_means_and_their_spread_are_those_of_r(case):
    for curve, name in zip(arms(case).curves(), ("others", "treated"), strict=True):
        found = surface(curve, case["tau"])
        assert found == close((case[name]["rmean"], case[name]["rmean_se"]))


@pytest.mark.parametrize("case", WEIGHTED)
def test_the_log_rank_test_is_the_robust_score_test_of_r(case):
    assert weighted_log_rank(arms(case)).value == close(case["chisq"])


@pytest.mark.parametrize("case", WEIGHTED)
def test_the_ratio_of_paces_and_its_robust_error_are_those_of_r(case):
    """The last case is in weeks: many events on one day, by Efron's formula."""
    found = hazard_ratio(cox_of_arms(arms(case)))
    assert (found.value, found.se) == close((case["cox"], case["cox_se"]))


@pytest.mark.parametrize("case", R["compared"])
def test_when_everybody_counts_once_nothing_changes(case):
    days, event = times(case)
    plain = kaplan_meier(days, event)
    found = kaplan_meier(days, event, weights=np.ones(len(days)))
    np.testing.assert_allclose(found.survival, plain.survival, rtol=1e-12)
    np.testing.assert_allclose(found.se, plain.se, rtol=1e-10)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 999), st.floats(0.01, 100))
def test_only_how_weights_compare_matters_and_not_the_order(seed, factor):
    rng = RNG(seed)
    days, event = waiting(rng, 40, 80)
    weights, order = rng.uniform(0.1, 3, 40), rng.permutation(40)
    one = kaplan_meier(days, event, weights=weights)
    other = kaplan_meier(days[order], event[order], weights=factor * weights[order])
    np.testing.assert_allclose(other.survival, one.survival, atol=1e-12)
    np.testing.assert_allclose(other.se, one.se, atol=1e-12)


def test_somebody_who_counts_for_three_is_not_three_people():
    """The trap: by Greenwood a weight would make a figure surer than people do."""
    rng = RNG(5)
    days, event = waiting(rng, 60, 80)
    weighted = kaplan_meier(days, event, weights=np.full(60, 3.0))
    thrice = kaplan_meier(np.repeat(days, 3), np.repeat(event, 3))
    np.testing.assert_allclose(weighted.survival, thrice.survival, atol=1e-12)
    place = len(days) // 3
    assert weighted.se[place] == pytest.approx(np.sqrt(3) * thrice.se[place])


def test_two_who_count_half_are_surer_than_one_whose_weight_they_share():
    rng = RNG(6)
    days, event = waiting(rng, 60, 80)
    alone = surface(kaplan_meier(days, event), 60)
    halves = surface(
        kaplan_meier(
            np.repeat(days, 2), np.repeat(event, 2), weights=np.full(120, 0.5)
        ),
        60,
    )
    assert halves[0] == pytest.approx(alone[0])
    assert halves[1] < alone[1]


def survey(n=1500, seed=3):
    """Who is in need takes part more often and takes longer; nobody is helped."""
    rng = RNG(seed)
    need = rng.normal(size=n)
    arm = (rng.random(n) < 1 / (1 + np.exp(-need))) + 0.0
    true = np.ceil(rng.exponential(120 * np.exp(0.5 * need)))
    stop = np.ceil(rng.uniform(60, 360, n))
    days, event = np.minimum(true, stop), (true <= stop) + 0.0
    return days, event, arm, weigh(arm, need[:, None]).weights


def test_weights_take_away_what_sets_the_groups_apart():
    days, event, arm, weights = survey()
    plain = times_compared(days, event, arm, rng=RNG(1), horizon=150)
    found = times_compared(days, event, arm, rng=RNG(1), weights=weights, horizon=150)
    assert limits(plain.estimates[0].interval)[0] > 0
    low, high = limits(found.estimates[0].interval)
    assert low < 0 < high
    tests = [one for one in found.estimates if one.method == "log_rank_weighted"]
    assert tests[0].p > 0.05


def test_weighted_intervals_hold_the_truth_in_about_19_of_20_studies():
    held = 0
    for seed in range(60):
        days, event, arm, weights = survey(160, seed)
        there = arms_of(days, event, arm, what="test", weights=weights)
        others, treated = there.curves()
        low, high = limits(restricted_mean_difference(treated, others, 60).interval)
        held += low <= 0 <= high
    assert held >= 53


def test_all_is_weighted_and_nothing_is_dealt():
    days, event, arm, weights = survey(80)
    found = times_compared(days, event, arm, rng=RNG(1), weights=weights, horizon=60)
    assert [one.method for one in found.estimates] == [
        "restricted_mean_difference",
        "restricted_mean_1",
        "restricted_mean_0",
        "kaplan_meier_difference",
        "log_rank_weighted",
        "cox_efron_weighted",
    ]
    assert "few_for_normal" in found.estimates[0].notes
    assert found.refused == ()


def test_strata_and_the_test_of_one_ratio_know_no_weights():
    days, event, arm, weights = survey(80)
    coach = np.arange(80) % 4
    there = arms_of(days, event, arm, what="test", cluster=coach, weights=weights)
    with pytest.raises(CannotEstimate, match="weights"):
        cox_of_arms(there)
    with pytest.raises(CannotEstimate, match="weights"):
        proportional(cox_of_arms(there.unstratified()))


def test_who_has_no_weight_is_missing():
    days, event, arm, weights = survey(80)
    weights[:3] = np.nan
    found = times_compared(days, event, arm, rng=RNG(1), weights=weights, horizon=60)
    assert {one.n for one in found.estimates[:1]} == {77}
    assert found.estimates[0].n_missing == 3


def test_a_group_to_whom_nothing_can_happen_is_refused():
    days = values([5, 6, 7, 8, 1, 2, 3, 4])
    event = values([1, 1, 1, 1, 0, 0, 0, 0])
    groups = np.repeat([1.0, 0], 4)
    found = arms_of(days, event, groups, what="test", weights=np.ones(8))
    with pytest.raises(CannotEstimate, match="no_overlap"):
        weighted_log_rank(found)
    nothing = arms_of(days, 0 * event, groups, what="test", weights=np.ones(8))
    with pytest.raises(CannotEstimate, match="no_events"):
        weighted_log_rank(nothing)
