"""Who left beside who stayed, in standard deviations."""

from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.missing_people.figures import R, approx, limits, values
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.missing_people.balance import (
    detectable,
    difference_of_means,
    difference_of_shares,
    distance_of_categories,
)
from trede.evaluation.missing_people.leavers import Variable, compare_sides


def rows(case, reference="others"):
    variables = [
        Variable("age", "numeric", values(case["age"])),
        Variable("yes", "binary", values(case["yes"])),
        Variable("kind", "category", values(case["kind"])),
        Variable("kind", "ordered", values(case["kind"])),
    ]
    left = values(case["left"]) == 1
    return compare_sides(variables, left, np.random.default_rng(1), reference=reference)


@pytest.mark.parametrize("case", R["apart"])
def test_distances_and_exact_tests_are_those_of_r(case):
    age, yes, kind, _ = rows(case)
    for row, name in ((age, "numeric"), (yes, "binary"), (kind, "category")):
        assert row.difference.value == approx(case[name])
        assert limits(row.difference.interval) == approx(case[f"{name}_ci"])
    assert yes.appendix.p == approx(case["fisher"])
    assert kind.appendix.p == approx(case["halton"])


@pytest.mark.parametrize("case", R["apart"])
def test_beside_everybody_the_unit_is_the_spread_of_everybody(case):
    age, _, kind, _ = rows(case, "everyone")
    assert age.difference.value == approx(case["everyone"])
    assert limits(age.difference.interval) == approx(case["everyone_ci"])
    assert kind.difference.value == approx(case["category_everyone"])
    assert age.other.n == len(case["age"])
    assert age.other.mean == pytest.approx(np.mean(case["age"]))


def test_nine_who_left_have_a_test_without_power():
    few, many = (rows(case) for case in R["apart"])
    assert {row.notes for row in few} == {("power_about_nil",)}
    assert {row.notes for row in many} == {()}
    assert detectable(9, 53) == pytest.approx(1.01, abs=0.005)


def test_shares_carry_their_numbers_and_missing_answers_are_counted():
    answers = values([1, 1, 2, nan, 3, 3, 3, 1])
    left = np.arange(8) < 4
    (row,) = compare_sides(
        [Variable("v", "category", answers)], left, np.random.default_rng(1)
    )
    assert row.categories == (1, 2, 3)
    assert (row.one.n, row.one.n_missing, row.other.n) == (3, 1, 4)
    assert [s.n for s in row.one.shares] == [2, 1, 0]
    assert row.one.mean is None


def test_a_category_of_two_is_as_far_apart_as_yes_and_no():
    one, other = values([1, 1, 0, 1, 0]), values([0, 0, 1, 0])
    far = distance_of_categories(one, other).value
    assert far == pytest.approx(difference_of_shares(one, other).value)


def test_groups_wholly_apart_have_no_distance():
    with pytest.raises(CannotEstimate, match="no_spread"):
        distance_of_categories(values([1, 1, 1]), values([2, 2, 2]))
    with pytest.raises(CannotEstimate, match="no_spread"):
        distance_of_categories(values([1, 1]), values([1, 1]))
    with pytest.raises(CannotEstimate, match="no_spread"):
        difference_of_means(values([4, 4]), values([4, 4]))


def test_a_category_found_on_one_side_only_still_has_a_distance():
    found = distance_of_categories(values([1, 2, 2, 3]), values([1, 1, 2, 2]))
    assert np.isfinite(found.value)


def test_one_person_who_left_is_told_but_not_compared():
    age = values([40, 30, 35, 50, 44])
    (row,) = compare_sides(
        [Variable("age", "numeric", age)], np.arange(5) < 1, np.random.default_rng(1)
    )
    assert (row.one.n, row.one.mean, row.one.sd) == (1, 40, None)
    assert row.difference is None and row.appendix is None
    assert {refusal.why for refusal in row.refused} == {"few_people"}


def test_a_list_of_thousands_has_distances_and_no_test():
    """Every difference would be found; and who of two is older takes long to count."""
    age = np.random.default_rng(1).normal(45, 10, 5000)
    (row,) = compare_sides(
        [Variable("age", "numeric", age)],
        np.arange(5000) < 2000,
        np.random.default_rng(1),
        reference="everyone",
    )
    assert row.difference is not None and row.appendix is None
    assert [refusal.why for refusal in row.refused] == ["many_people"]


def test_nobody_who_left_is_refused():
    variable = Variable("age", "numeric", np.arange(5.0))
    with pytest.raises(CannotEstimate, match="one_side"):
        compare_sides([variable], np.zeros(5, bool), np.random.default_rng(1))


def test_what_nobody_answered_is_an_empty_row():
    (row,) = compare_sides(
        [Variable("x", "numeric", np.full(6, nan))],
        np.arange(6) < 3,
        np.random.default_rng(1),
    )
    assert (row.one.n, row.one.mean, row.detectable) == (0, None, None)


def test_what_is_no_yes_or_no_is_refused():
    variable = Variable("x", "binary", values([0, 1, 2, 1]))
    with pytest.raises(CannotEstimate, match="not_binary"):
        compare_sides([variable], np.arange(4) < 2, np.random.default_rng(1))
    with pytest.raises(ValueError, match="other people"):
        compare_sides([variable], np.arange(5) < 2, np.random.default_rng(1))
    with pytest.raises(ValueError, match="infinite"):
        compare_sides(
            [Variable("x", "numeric", values([0, np.inf]))],
            np.arange(2) < 1,
            np.random.default_rng(1),
        )


@given(st.lists(st.integers(0, 10), min_size=6, max_size=30), st.integers(1, 9))
def test_units_do_not_matter_and_swapping_turns_the_sign(numbers, times):
    one, other = values([0, 10, *numbers[:3]]), values([1, 3, *numbers[3:]])
    found = difference_of_means(one, other)
    again = difference_of_means(one * times + 7, other * times + 7)
    turned = difference_of_means(other, one)
    assert again.value == approx(found.value)
    assert turned.value == approx(-found.value)
    assert limits(turned.interval) == approx(
        tuple(-x for x in limits(found.interval))[::-1]
    )
