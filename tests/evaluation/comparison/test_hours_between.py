"""Hours with zeros in two groups."""

import numpy as np
import pytest

from tests.evaluation.comparison.figures import (
    SEARCHED,
    R,
    approx,
    groups,
    is_that_of_r,
)
from trede.evaluation.change.hours import Cap
from trede.evaluation.comparison.outcomes import compare
from trede.evaluation.comparison.weekly_hours import (
    hours_difference,
    hours_of_those_with_any,
    hours_ratio,
    share_with_any,
)
from trede.evaluation.estimate import CannotEstimate


@pytest.mark.parametrize("case", R["hours"])
def test_the_difference_over_everybody_is_that_of_r(case):
    for more, r in (
        ({}, case["alone"]),
        ({"cluster": case["coach"]}, case["by_coach"]),
    ):
        found = hours_difference(groups(case, **more))
        assert found.value == approx(case["difference"])
        assert (found.se, found.df) == approx((r["se"], r["df"]), SEARCHED)


@pytest.mark.parametrize("case", R["hours"])
def test_the_ratio_and_the_second_part_are_those_of_r(case):
    is_that_of_r(hours_ratio(groups(case)), case["ratio"])
    found = hours_of_those_with_any(groups(case))
    is_that_of_r(found, case["of_any"])
    assert found.n == case["any"]
    assert "those_with_any" in found.notes


def weeks(treated: list[float], others: list[float]) -> dict:
    arm = np.repeat([1.0, 0.0], [len(treated), len(others)])
    return {"arm": arm, "before": np.zeros(len(arm)), "after": treated + others}


def test_without_hours_before_it_is_the_difference_of_the_means():
    case = weeks([0, 0, 10, 20, 30], [0, 0, 0, 5, 10])
    found = hours_difference(groups(case))
    assert found.value == pytest.approx(12 - 3)
    assert found.sizes[0].name == "ratio_of_means"
    assert found.sizes[0].value == pytest.approx(4)
    assert "baseline_constant" in found.notes


def test_an_arm_without_any_hours_leaves_the_straight_line():
    found = hours_difference(groups(weeks([0, 0, 10, 20, 30], [0, 0, 0, 0, 0])))
    assert found.method == "ancova_hc3"
    assert found.value == pytest.approx(12)
    assert "separated" in found.notes


def test_fewer_than_four_with_hours_in_an_arm_have_no_second_part():
    case = weeks([0, 0, 10, 20, 30, 8], [0, 0, 0, 5, 10, 12])
    with pytest.raises(CannotEstimate) as refusal:
        hours_of_those_with_any(groups(case))
    assert (refusal.value.why, refusal.value.has) == ("few_in_arm", 3)


def test_the_first_part_counts_any_hours_as_yes():
    case = R["hours"][1]
    found = share_with_any(groups(case))
    assert found.method == "share_with_any_risk_difference_logit"
    assert -1 < found.value < 1


@pytest.mark.parametrize(
    ("hours", "why"), [(169.0, "more_than_a_week"), (-1.0, "negative")]
)
def test_what_does_not_fit_in_a_week_is_refused_by_name(hours: float, why: str):
    case = R["hours"][0]
    after = np.array(case["after"], dtype=float)
    after[0] = hours
    with pytest.raises(CannotEstimate) as refusal:
        compare(
            "hours",
            np.array(case["before"]),
            after,
            np.array(case["arm"]),
            rng=np.random.default_rng(1),
        )
    assert (refusal.value.why, refusal.value.has) == (why, hours)


def test_the_rule_for_too_many_hours_is_followed_and_told():
    case = R["hours"][0]
    after = np.array(case["after"], dtype=float)
    after[:2] = 120
    found = compare(
        "hours",
        np.array(case["before"]),
        after,
        np.array(case["arm"]),
        rng=np.random.default_rng(1),
        cap=Cap(90, "leave_out"),
    )
    assert {one.n_missing for one in found} == {2}
    assert all("left_out" in one.notes for one in found)
