"""What two groups show beside each other, and how many people that takes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.change.figures import EXACT
from tests.evaluation.precision.figures import R
from trede.evaluation.comparison.ancova import ancova
from trede.evaluation.comparison.groups import two_groups
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.precision.caseloads import design_effect
from trede.evaluation.precision.mean_changes import smallest_mean_change
from trede.evaluation.precision.planned import Loss
from trede.evaluation.precision.two_groups import (
    Arms,
    people_for_difference_in_share,
    people_for_mean_difference,
    power_of_difference_in_share,
    power_of_mean_difference,
    smallest_difference_in_share,
    smallest_mean_difference,
)

FOUND = R["two_groups"]


# --- means -----------------------------------------------------------------------
@pytest.mark.parametrize("case", FOUND["equal"])
def test_the_power_of_equal_groups_is_that_of_r(case: dict):
    n = int(case["n"])
    found = power_of_mean_difference(case["difference"], Arms(n, n))
    assert found == pytest.approx(case["power"], abs=EXACT)


@pytest.mark.parametrize("case", FOUND["unequal"])
def test_the_power_of_unequal_groups_is_that_of_an_integral(case: dict):
    arms = Arms(int(case["treated"]), int(case["others"]))
    r = case["correlation"]
    found = power_of_mean_difference(case["difference"], arms, correlation=r)
    assert found == pytest.approx(case["power"], abs=1e-8)


@pytest.mark.parametrize("case", FOUND["detectable"])
def test_the_smallest_difference_is_that_of_r(case: dict):
    found = smallest_mean_difference(Arms(int(case["n"]), int(case["n"])))
    assert found.value == pytest.approx(case["difference"], rel=EXACT)


@pytest.mark.parametrize("case", FOUND["needed"])
def test_the_people_needed_are_those_of_r(case: dict):
    found = people_for_mean_difference(case["difference"], Arms(1, 1))
    assert found.n == 2 * case["n"]
    assert found.power is not None and found.power >= 0.8


def test_a_control_group_shows_less_than_the_same_people_twice():
    twice = smallest_mean_change(150).value
    beside = smallest_mean_difference(Arms(75, 75)).value
    assert beside == pytest.approx(2 * twice, rel=0.02)


def test_the_start_takes_away_what_it_explains():
    arms = Arms(134, 200)
    plain, with_start = (
        smallest_mean_difference(arms, correlation=r).value for r in (0.0, 0.6)
    )
    assert with_start == pytest.approx(0.8 * plain, rel=1e-3)


def test_the_plan_is_kept_by_the_analysis():
    """Simulated: as often found as promised."""
    rng, arms, r = np.random.default_rng(5), Arms(30, 45), 0.6
    promised = power_of_mean_difference(0.5, arms, correlation=r)
    arm = np.repeat([1.0, 0.0], [arms.treated, arms.others])
    seen = 0
    for _ in range(400):
        before = rng.normal(size=75)
        spread = np.sqrt(1 - r**2) * rng.normal(size=75)
        after = r * before + spread + 0.5 * arm
        p = ancova(two_groups(before, after, arm, what="plan")).p
        seen += p is not None and p < 0.05
    assert seen / 400 == pytest.approx(promised, abs=0.07)


@given(
    st.integers(5, 200),
    st.floats(0.4, 3),
    st.floats(1, 3),
    st.sampled_from([0.0, 0.5]),
)
@settings(max_examples=40)
def test_people_and_difference_are_each_others_inverse(n, ratio, effect, r):
    arms = Arms(n, max(5, round(n * ratio)), Loss(effect, 0.8))
    if min(arms.worth) < 4:
        return
    value = smallest_mean_difference(arms, correlation=r).value
    back = people_for_mean_difference(value * (1 + 1e-9), arms, correlation=r)
    assert back.n <= arms.n + 1
    assert back.asked >= back.n


def test_coaches_on_one_side_only_take_away_from_that_side():
    caseloads = design_effect(np.array([80.0, 54.0]), icc=0.05)
    plain = smallest_mean_difference(Arms(134, 200))
    coached = smallest_mean_difference(Arms(134, 200, loss=caseloads.loss(0.8)))
    assert coached.value > plain.value
    assert coached.effective_n == pytest.approx(134 / caseloads.value + 200)
    assert coached.asked == 168 + 200


def test_whole_towns_divided_over_the_groups_leave_few_degrees_of_freedom():
    many = smallest_mean_difference(Arms(100, 100))
    few = smallest_mean_difference(Arms(100, 100, clusters=6))
    assert few.value > 1.2 * many.value
    with pytest.raises(CannotEstimate) as refused:
        smallest_mean_difference(Arms(100, 100, clusters=3))
    assert (refused.value.why, refused.value.needed) == ("few_clusters", 4)


# --- shares ----------------------------------------------------------------------
@pytest.mark.parametrize("case", FOUND["shares"])
def test_the_power_for_shares_is_that_of_r(case: dict):
    arms = Arms(int(case["n"]), int(case["n"]))
    found = power_of_difference_in_share(case["share"], case["other"], arms)
    assert found == pytest.approx(case["power"], abs=EXACT)


@pytest.mark.parametrize("case", FOUND["shares_needed"])
def test_the_people_needed_for_shares_are_those_of_r(case: dict):
    found = people_for_difference_in_share(case["share"], case["other"], Arms(1, 1))
    assert found.n == 2 * case["n"]


def test_the_smallest_difference_in_shares_has_the_power_asked_for():
    arms = Arms(134, 200)
    found = smallest_difference_in_share(arms, 0.2)
    seen = power_of_difference_in_share(0.2 + found.value, 0.2, arms)
    assert seen == pytest.approx(0.8, abs=1e-9)


def test_groups_may_change_places():
    one = power_of_difference_in_share(0.3, 0.5, Arms(30, 80))
    other = power_of_difference_in_share(0.5, 0.3, Arms(80, 30))
    assert one == pytest.approx(other)


def test_where_hardly_anybody_can_still_rise_nothing_is_promised():
    with pytest.raises(CannotEstimate, match="no_room"):
        smallest_difference_in_share(Arms(20, 20), 0.95)


def test_what_cannot_be_planned_is_refused():
    with pytest.raises(CannotEstimate, match="few_people"):
        smallest_mean_difference(Arms(3, 100))
    with pytest.raises(CannotEstimate, match="small_difference"):
        people_for_mean_difference(0.0, Arms(1, 1))
    with pytest.raises(ValueError, match="correlation"):
        power_of_mean_difference(0.3, Arms(10, 10), correlation=1.0)
    with pytest.raises(ValueError, match="no share"):
        power_of_difference_in_share(1.2, 0.2, Arms(10, 10))
    with pytest.raises(ValueError, match="nobody"):
        people_for_mean_difference(0.3, Arms(0, 1))
