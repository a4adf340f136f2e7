"""What so many people can show, and how many a wished change needs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.change.figures import EXACT
from tests.evaluation.precision.figures import R
from trede.evaluation.change.binary import mid_p
from trede.evaluation.estimate import CannotEstimate, Estimate
from trede.evaluation.precision.changes_in_share import (
    people_for_change_in_share,
    power_of_change_in_share,
    smallest_change_in_share,
)
from trede.evaluation.precision.mean_changes import (
    deviation_of_change,
    people_for_mean_change,
    power_of_mean_change,
    smallest_mean_change,
)
from trede.evaluation.precision.planned import Loss, post_hoc_power
from trede.evaluation.precision.widths import half_width_of_share, people_for_half_width


# --- mean change ---------------------------------------------------------------
@pytest.mark.parametrize("case", R["detectable"])
def test_the_smallest_mean_change_is_that_of_r(case):
    found = smallest_mean_change(case["n"], power=case["power"])
    assert found.value == pytest.approx(case["change"], rel=EXACT)


@pytest.mark.parametrize(
    ("n", "change"), [(23, 0.61), (53, 0.39), (62, 0.36), (150, 0.23)]
)
def test_the_pilots_figures(n: int, change: float):
    assert round(smallest_mean_change(n).value, 2) == change


@pytest.mark.parametrize("case", R["powers"])
def test_the_power_is_that_of_r(case):
    found = power_of_mean_change(case["change"], case["n"])
    assert found == pytest.approx(case["power"], abs=EXACT)


@pytest.mark.parametrize("case", R["needed"])
def test_the_people_needed_are_those_of_r(case):
    found = people_for_mean_change(case["change"], power=case["power"])
    assert found.n == case["n"]
    assert found.power is not None
    assert found.power >= case["power"]
    assert power_of_mean_change(case["change"], found.n - 1) < case["power"]


@given(st.integers(4, 300), st.floats(1, 4), st.floats(0.3, 1))
def test_people_and_change_are_each_others_inverse(n, design_effect, response):
    loss = Loss(design_effect, response)
    if loss.worth(n) < 4:
        return
    change = smallest_mean_change(n, loss=loss).value
    back = people_for_mean_change(change * (1 + 1e-9), loss=loss)
    assert back.n == n
    assert back.asked * response >= n - 1e-6


def test_a_change_the_other_way_needs_as_many():
    assert people_for_mean_change(-0.4) == people_for_mean_change(0.4)


def test_no_change_at_all_is_never_seen():
    with pytest.raises(CannotEstimate) as refused:
        people_for_mean_change(0.0)
    assert refused.value.why == "small_change"


def test_waves_that_go_together_make_smaller_changes():
    assert deviation_of_change(2, 2, 0.5) == pytest.approx(2)
    assert deviation_of_change(2, 2, 1) == 0
    with pytest.raises(ValueError, match="waves"):
        deviation_of_change(2, 2, 1.1)


# --- change in a share ---------------------------------------------------------
@pytest.mark.parametrize("case", R["shares"])
def test_the_power_of_mcnemar_counts_every_outcome(case):
    found = power_of_change_in_share(case["up"], case["down"], case["n"])
    assert found == pytest.approx(case["power"], abs=EXACT)


def test_when_as_many_go_up_as_down_the_level_is_kept():
    assert power_of_change_in_share(0.2, 0.2, 53) <= 0.05


def test_up_and_down_are_alike():
    one = power_of_change_in_share(0.3, 0.1, 40)
    assert one == pytest.approx(power_of_change_in_share(0.1, 0.3, 40))


def test_the_smallest_change_has_the_power_asked_for():
    found = smallest_change_in_share(53, 0.3)
    up, down = (0.3 + found.value) / 2, (0.3 - found.value) / 2
    assert power_of_change_in_share(up, down, 53) == pytest.approx(0.8, abs=1e-9)


def test_more_movers_hide_a_change():
    few, many = (smallest_change_in_share(150, m).value for m in (0.2, 0.6))
    assert few < many


def test_the_people_needed_are_the_fewest():
    found = people_for_change_in_share(0.3, 0.1)
    assert found.power is not None
    assert found.power >= 0.8
    assert all(power_of_change_in_share(0.3, 0.1, n) < 0.8 for n in range(4, found.n))


def test_too_few_movers_are_refused():
    with pytest.raises(CannotEstimate) as refused:
        smallest_change_in_share(20, 0.1)
    assert (refused.value.why, refused.value.has) == ("few_movers", 2.0)


def test_no_change_and_too_many_people_are_refused():
    with pytest.raises(CannotEstimate, match="no_change"):
        people_for_change_in_share(0.2, 0.2)
    with pytest.raises(CannotEstimate, match="many_people"):
        smallest_change_in_share(6000, 0.2)
    with pytest.raises(CannotEstimate, match="many_people"):
        people_for_change_in_share(0.2, 0.199)


def test_so_many_who_all_go_one_way_are_the_fewest_that_reach_05():
    for n in range(1, 13):
        sure = power_of_change_in_share(1.0, 0.0, n)
        assert sure == pytest.approx(float(mid_p(n, 0) <= 0.05))


# --- width of a share ----------------------------------------------------------
@pytest.mark.parametrize("case", R["widths"])
def test_half_the_width_is_that_of_wilsons_interval(case):
    found = half_width_of_share(case["n"], case["k"] / case["n"])
    assert found.value == pytest.approx(case["half"], rel=EXACT)
    assert found.power is None


@given(st.floats(0.02, 0.4), st.floats(0, 1), st.floats(1, 3))
def test_the_fewest_people_for_a_width(half, share, design_effect):
    loss = Loss(design_effect)
    found = people_for_half_width(half, share, loss=loss)
    assert found.value <= half
    if loss.worth(found.n - 1) >= 4:
        assert half_width_of_share(found.n - 1, share, loss=loss).value > half


def test_an_interval_without_width_cannot_be_had():
    with pytest.raises(ValueError, match="everybody"):
        people_for_half_width(0)
    with pytest.raises(CannotEstimate, match="too_narrow"):
        people_for_half_width(1e-5)


# --- refusals ------------------------------------------------------------------
@pytest.mark.parametrize(
    "ask",
    [
        smallest_mean_change,
        half_width_of_share,
        lambda n, **more: smallest_change_in_share(n, 1.0, **more),
    ],
)
def test_three_people_are_too_few(ask):
    for n, loss in ((3, Loss()), (7, Loss(2.0)), (0, Loss())):
        with pytest.raises(CannotEstimate) as refused:
            ask(n, loss=loss)
        assert (refused.value.why, refused.value.needed) == ("few_people", 4)


def test_power_afterwards_is_refused_by_name():
    with pytest.raises(CannotEstimate) as refused:
        post_hoc_power(Estimate("paired_t", 0.3, 53, 9, p=0.21))
    told = refused.value.what, refused.value.why, refused.value.has
    assert told == ("post_hoc_power", "restates_p", 0.21)


@pytest.mark.parametrize("power", [0, 0.05, 1, 1.2])
def test_a_power_outside_its_range_is_an_error(power: float):
    with pytest.raises(ValueError, match="power"):
        smallest_mean_change(53, power=power)


@pytest.mark.parametrize("loss", [(0.9, 1), (1, 0), (1, 1.1)])
def test_a_loss_that_adds_people_is_an_error(loss):
    with pytest.raises(ValueError, match="loss"):
        Loss(*loss)


@pytest.mark.parametrize("moving", [0, 1.1])
def test_a_share_beyond_everybody_is_an_error(moving: float):
    with pytest.raises(ValueError, match="share"):
        smallest_change_in_share(53, moving)
    with pytest.raises(ValueError, match="share"):
        people_for_change_in_share(moving / 2, -0.1)
    with pytest.raises(ValueError, match="share"):
        half_width_of_share(53, -moving or 2)
