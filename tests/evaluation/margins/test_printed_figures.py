"""Which printed means and percentages can exist."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trede.evaluation.margins.joint_shares import Limits, in_all, in_any
from trede.evaluation.margins.printed_figures import (
    bases,
    check_mean,
    check_percentage,
)


def test_the_example_of_brown_and_heathers():
    """A mean of 3.45 of 20 people is possible, 5.19 of 28 people is not (2017)."""
    assert check_mean("3.45", 20).only == 69
    found = check_mean("5.19", 28)
    assert not found.possible
    assert found.nearest == (Decimal("5.18"), Decimal("5.21"))


@given(
    st.lists(st.integers(0, 10), min_size=1, max_size=90),
    st.integers(0, 3),
)
def test_no_true_mean_is_called_impossible(answers: list[int], places: int):
    mean = Decimal(sum(answers)) / len(answers)
    printed = str(round(mean, places))
    found = check_mean(printed, len(answers))
    assert sum(answers) in found.whole


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_no_true_percentage_is_called_impossible(counted: tuple[int, int]):
    n, of = counted
    printed = str(round(Decimal(100 * n) / of, 1))
    assert n in check_percentage(printed, of).whole


@given(st.integers(1, 99), st.integers(0, 500))
def test_exactly_what_no_count_gives_is_impossible(people: int, hundredths: int):
    """Against every sum tried one by one, halves rounded up and down."""
    printed = Decimal(hundredths).scaleb(-2)
    by_hand = [
        total
        for total in range(people * 6)
        if abs(Fraction(total, people) - Fraction(printed)) <= Fraction(1, 200)
    ]
    assert list(check_mean(str(printed), people).whole) == by_hand


def test_more_items_leave_smaller_steps():
    assert not check_mean("1.39", 53).possible
    assert check_mean("1.39", 53, items=6).possible
    assert check_mean("1.39", 53, step=Fraction(1, 2)).possible


def test_of_a_hundred_people_every_mean_with_two_decimals_is_possible():
    assert check_mean("3.33", 99).tells
    assert not check_mean("3.33", 100).tells
    assert not check_percentage("43.7", 1000).tells


def test_trailing_zeros_count():
    assert check_percentage("10", 48).possible
    assert not check_percentage("10.0", 48).possible


def test_a_half_may_have_been_rounded_either_way():
    assert check_mean("2.12", 8).only == 17
    assert check_mean("2.13", 8).only == 17


def test_the_base_of_a_distribution_can_be_found():
    assert bases(("33.3", "66.7"), range(1, 10)) == (3, 6, 9)
    assert bases(("50.0", "50.0", "50.0"), range(1, 10)) == ()


@pytest.mark.parametrize("printed", ["", "1,4", "nan", "-1", "Infinity"])
def test_what_is_no_figure_is_an_error(printed: str):
    with pytest.raises(ValueError, match=r"figure|number"):
        check_mean(printed, 53)


def test_nobody_has_no_figure():
    with pytest.raises(ValueError, match="nobody"):
        check_percentage("50", 0)
    with pytest.raises(ValueError, match="no percentage"):
        check_percentage("101", 50)
    with pytest.raises(ValueError, match="step"):
        check_mean("1", 50, step=Fraction(0))


@given(
    st.integers(1, 8).flatmap(
        lambda of: st.lists(
            st.lists(st.booleans(), min_size=of, max_size=of), min_size=1, max_size=3
        )
    )
)
def test_joint_counts_never_leave_their_limits(answers: list[list[bool]]):
    of, counts = len(answers[0]), tuple(sum(one) for one in answers)
    together = list(zip(*answers, strict=True))
    assert in_all(counts, of).holds(sum(all(person) for person in together))
    assert in_any(counts, of).holds(sum(any(person) for person in together))


def test_both_limits_can_be_reached():
    assert in_all((3, 4), 5) == Limits(2, 3)
    assert in_any((3, 4), 5) == Limits(4, 5)
    assert in_all((5, 4), 5).derivable


def test_counts_beyond_everybody_are_an_error():
    with pytest.raises(ValueError, match="counts"):
        in_all((6,), 5)
    with pytest.raises(ValueError, match="counts"):
        in_any((), 5)
