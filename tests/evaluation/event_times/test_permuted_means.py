"""The difference in restricted mean of small groups, by dealing people again."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given

from tests.evaluation.event_times.figures import (
    R,
    limits,
    people,
    times,
    values,
    waiting,
)
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.event_times.arms import arms_of
from trede.evaluation.event_times.kaplan_meier import kaplan_meier
from trede.evaluation.event_times.permuted_means import permuted_difference, surfaces
from trede.evaluation.event_times.restricted_mean import (
    restricted_mean_difference,
    surface,
)

CASE = R["compared"][0]


def rng(seed=1):
    return np.random.default_rng(seed)


def arms(days, event, arm):
    return arms_of(days, event, arm, what="permuted")


@given(people())
def test_many_curves_at_once_are_those_one_by_one(drawn):
    days, event = drawn
    curve = kaplan_meier(days, event)
    horizon = float(min(curve.followed_until, 8)) or 1.0
    if horizon > curve.followed_until:
        return
    used = curve.days < horizon
    at_risk, events = (
        np.tile(row[used], (2, 1)).astype(float)
        for row in (curve.at_risk, curve.events)
    )
    means, variances = surfaces(at_risk, events, curve.days[used] + 0.0, horizon)
    mean, se = surface(curve, horizon)
    assert means == pytest.approx([mean, mean])
    assert np.sqrt(variances) == pytest.approx([se, se])


def test_the_difference_is_the_same_and_limits_lie_round_it():
    days, event, arm = (*times(CASE), values(CASE["arm"]))
    found = permuted_difference(arms(days, event, arm), 140, rng())
    plain = restricted_mean_difference(
        *(kaplan_meier(days[arm == a], event[arm == a]) for a in (1, 0)), 140
    )
    assert (found.value, found.se) == (plain.value, plain.se)
    low, high = limits(found.interval)
    assert (low + high) / 2 == pytest.approx(found.value)
    # Of sixty people about as wide as the normal one, and as likely.
    assert (high - low) / (2 * 1.96 * found.se) == pytest.approx(1.03, abs=0.06)
    assert found.p == pytest.approx(plain.p, abs=0.02)


def test_p_is_the_share_of_deals_that_lie_as_far():
    """Eight people, all 70 ways of dealing them four and four."""
    days, event = values([3, 5, 9, 12, 14, 20, 22, 30]), np.ones(8)
    arm = values([1, 1, 1, 0, 1, 0, 0, 0])

    def ratio(chosen):
        sides = (kaplan_meier(days[w], event[w]) for w in (chosen, ~chosen))
        found = restricted_mean_difference(*sides, 25)
        return abs(found.value) / found.se

    observed = ratio(arm == 1)
    ways = [np.isin(np.arange(8), way) for way in combinations(range(8), 4)]
    exact = np.mean([ratio(way) >= observed - 1e-9 for way in ways])
    found = permuted_difference(arms(days, event, arm), 25, rng(), 4999)
    assert found.p == pytest.approx(exact, abs=0.015)


def test_the_same_seed_gives_the_same_digits_and_turning_round_the_other_sign():
    days, event, arm = (*times(CASE), values(CASE["arm"]))
    one, again = (
        permuted_difference(arms(days, event, arm), 140, rng(4)) for _ in "ab"
    )
    assert one == again
    turned = permuted_difference(arms(days, event, 1 - arm), 140, rng(4))
    assert turned.value == pytest.approx(-one.value)
    assert turned.p == pytest.approx(one.p, abs=0.02)


def test_groups_without_spread_are_refused():
    days, event = values([5, 9] * 4), np.zeros(8)
    with pytest.raises(CannotEstimate, match="no_variation"):
        permuted_difference(arms(days, event, values([1, 1, 0, 0] * 2)), 4, rng())


def test_limits_hold_the_truth_in_19_of_20_trials_of_twelve_against_twelve():
    chance, held, trials = rng(8), 0, 300
    truth = np.exp(-np.arange(60) / 50).sum() - np.exp(-np.arange(60) / 100).sum()
    arm = np.repeat([1.0, 0.0], 12)
    for _ in range(trials):
        (d1, e1), (d0, e0) = (waiting(chance, 12, mean) for mean in (50, 100))
        both = arms(np.append(d1, d0), np.append(e1, e0), arm)
        low, high = limits(permuted_difference(both, 60, chance, 499).interval)
        held += low <= truth <= high
    assert 0.92 < held / trials < 0.985
