"""Time and money beside the steps gained."""

import inspect

import numpy as np
import pytest
from scipy import stats

from tests.evaluation.change.figures import EXACT, limits, values
from tests.evaluation.precision.figures import R
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.precision import costs
from trede.evaluation.precision.costs import (
    Spent,
    cost_beside_steps,
    costs_beside_steps,
    fieller,
    ratio_interval,
)


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def spent(case) -> Spent:
    return Spent(values(case["cost"]), values(case["steps"]), 0)


@pytest.mark.parametrize("case", R["costs"])
def test_fiellers_limits_are_those_that_a_t_test_does_not_reject(case):
    found = fieller(spent(case))
    assert limits(found) == pytest.approx(case["fieller"], rel=EXACT)
    assert spent(case).ratio == pytest.approx(case["ratio"], rel=EXACT)


@pytest.mark.parametrize("case", R["costs"])
def test_bca_of_the_same_replicates_is_that_of_r(case):
    found = ratio_interval(values(case["replicates"]), spent(case))
    assert limits(found) == pytest.approx(case["bca"], rel=EXACT)


@pytest.mark.parametrize("case", R["costs"])
def test_the_steps_beside_them_have_the_interval_of_a_mean(case):
    found = cost_beside_steps(values(case["cost"]), values(case["steps"]), rng())
    (told,) = (one for one in found.estimates if one.method == "mean_steps")
    steps = values(case["steps"])
    own = stats.ttest_1samp(steps, 0).confidence_interval(0.95)
    assert limits(told.interval) == pytest.approx((own.low, own.high), rel=EXACT)


def test_both_intervals_are_close_when_the_rise_is_clear():
    case = R["costs"][1]
    found = cost_beside_steps(values(case["cost"]), values(case["steps"]), rng())
    one, other, cost, steps = found.estimates
    assert limits(one.interval) == pytest.approx(limits(other.interval), rel=0.05)
    assert cost.value / steps.value == pytest.approx(one.value)
    assert [e.p for e in found.estimates] == [None] * 4
    assert (one.method, other.method) == ("cost_per_step_fieller", "cost_per_step_bca")


def test_the_same_seed_gives_the_same_digits_in_any_order_of_kinds():
    case = R["costs"][0]
    cost, steps = values(case["cost"]), values(case["steps"])
    assert cost_beside_steps(cost, steps, rng()) == cost_beside_steps(
        cost, steps, rng()
    )


def test_another_currency_changes_nothing_but_the_unit():
    case = R["costs"][0]
    one = fieller(spent(case))
    cents = Spent(100 * values(case["cost"]), values(case["steps"]), 0)
    assert limits(fieller(cents)) == pytest.approx([100 * x for x in limits(one)])


def test_who_misses_a_figure_is_left_out_and_counted():
    cost = values([10, 12, 9, 30, np.nan, 11])
    steps = values([1, 2, 1, 2, 3, np.nan])
    found = cost_beside_steps(cost, steps, rng()).estimates[0]
    assert (found.n, found.n_missing) == (4, 2)


def test_a_rise_that_may_be_none_has_no_limit():
    steps = values([1, -1, 1, 0, 0, -1, 1, 0])
    found = cost_beside_steps(values([9, 8, 7, 9, 8, 6, 9, 9]), steps, rng())
    assert found.estimates[0].interval is None
    assert found.estimates[0].notes == ("unbounded",)
    assert ("cost_per_step_bca", "unbounded") in [
        (one.what, one.why) for one in found.refused
    ]


@pytest.mark.parametrize("steps", [[0, 0, 0, 0], [1, -1, -2, 0]])
def test_without_a_rise_there_is_nothing_to_divide_by(steps):
    with pytest.raises(CannotEstimate) as refused:
        cost_beside_steps(values([1, 2, 3, 4]), values(steps), rng())
    assert (refused.value.why, refused.value.has) == ("no_steps", sum(steps))


def test_everybody_alike_leaves_no_interval_to_draw():
    found = cost_beside_steps(values([5] * 6), values([1] * 6), rng())
    assert limits(found.estimates[0].interval) == pytest.approx((5, 5))
    assert [one.why for one in found.refused] == ["no_variation"] * 2


def test_hours_and_euros_stay_apart_and_a_refused_one_leaves_the_other():
    found = costs_beside_steps(
        {"hours": values([4, 5, 6, 9]), "euro": values([4, np.nan, np.nan, 1])},
        values([1, 2, 1, 1]),
        rng(),
    )
    assert found["hours"].estimates[0].value == 24 / 5
    assert found["euro"].estimates == ()
    (refused,) = found["euro"].refused
    assert (refused.why, refused.has, refused.needed) == ("few_people", 2, 4)


def test_it_cannot_be_asked_per_coach():
    for name, function in inspect.getmembers(costs, inspect.isfunction):
        asked = " ".join(inspect.signature(function).parameters)
        assert "coach" not in asked and "cluster" not in asked, name
    assert "per coach" in (costs.__doc__ or "")


def test_figures_that_cannot_be_are_an_error():
    with pytest.raises(ValueError, match="other people"):
        cost_beside_steps(values([1, 2]), values([1]), rng())
    with pytest.raises(ValueError, match="negative"):
        cost_beside_steps(values([-1, 2, 3, 4]), values([1, 1, 1, 1]), rng())


def test_fieller_holds_the_truth_as_often_as_it_says():
    draw, held = rng(), 0
    for _ in range(400):
        steps = draw.poisson(0.8, 60).astype(float)
        cost = draw.gamma(3, 5, 60) + 4 * steps
        low, high = limits(fieller(Spent(cost, steps, 0)))
        held += low <= (15 + 4 * 0.8) / 0.8 <= high
    assert held / 400 == pytest.approx(0.95, abs=0.03)
