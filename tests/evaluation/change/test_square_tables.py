"""Category by category: Stuart-Maxwell, Bhapkar, Bowker, and their exact forms."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings

from tests.evaluation.change.figures import EXACT, R, answers, people, values
from trede.evaluation.change.square_tables import (
    ShiftTable,
    bhapkar,
    bowker,
    shift_table,
    stuart_maxwell,
)
from trede.evaluation.change.swapped_tables import (
    bowker_swapped,
    stuart_maxwell_swapped,
)
from trede.evaluation.estimate import CannotEstimate

RNG = np.random.default_rng(11)


def table(rows) -> ShiftTable:
    counts = np.array(rows, dtype=np.int64)
    return ShiftTable(np.arange(len(counts), dtype=float), counts, 0)


@pytest.mark.parametrize("case", R["ordered"])
def test_the_table_holds_everybody_once(case):
    found = shift_table(*answers(case))
    expected = np.array(case["table"], dtype=int)
    used = np.flatnonzero(expected.sum(0) + expected.sum(1))
    assert found.counts.tolist() == expected[np.ix_(used, used)].tolist()
    assert found.categories.tolist() == (used + 1).tolist()


@pytest.mark.parametrize("case", R["ordered"])
def test_stuart_maxwell_is_that_of_coin(case):
    found = stuart_maxwell(shift_table(*answers(case)))
    assert found.value == pytest.approx(case["stuart_maxwell"], rel=EXACT)
    assert found.p == pytest.approx(case["stuart_maxwell_p"], rel=EXACT)
    assert found.df == case["stuart_maxwell_df"]


@pytest.mark.parametrize("case", R["ordered"])
def test_bhapkar_is_the_wald_test_of_the_margins(case):
    found = bhapkar(shift_table(*answers(case)))
    assert found.value == pytest.approx(case["bhapkar"], rel=EXACT)
    assert found.p == pytest.approx(case["bhapkar_p"], rel=EXACT)


@pytest.mark.parametrize("case", R["ordered"])
def test_bowker_is_the_sum_over_exchanges(case):
    found = bowker(shift_table(*answers(case)))
    assert found.value == pytest.approx(case["bowker"], rel=EXACT)
    assert found.df == case["bowker_df"]
    assert found.p == pytest.approx(case["bowker_p"], rel=EXACT)


def test_bowker_of_a_full_table_is_that_of_r():
    case = R["full_table"]
    found = bowker(table(case["table"]))
    assert found.value == pytest.approx(case["bowker"], rel=EXACT)
    assert (found.df, found.p) == (case["df"], pytest.approx(case["p"], rel=EXACT))


def test_the_trap_nothing_is_added_to_empty_cells():
    """statsmodels' SquareTable adds 0.5 to every cell when one is empty."""
    found = bowker(table([[10, 6, 2], [1, 12, 5], [0, 3, 9]]))
    assert found.value == pytest.approx(25 / 7 + 4 / 2 + 4 / 8)
    assert found.value != pytest.approx(25 / 8 + 4 / 3 + 4 / 9)


def test_a_category_that_nobody_leaves_or_enters_drops_out():
    rows = [[5, 7, 0], [2, 9, 0], [0, 0, 6]]
    for test in (stuart_maxwell, bhapkar, bowker):
        found = test(table(rows))
        assert found.df == 1
    # What is left is McNemar's chi-square.
    assert stuart_maxwell(table(rows)).value == pytest.approx(25 / 9)


def test_groups_of_categories_without_traffic_count_apart():
    # 1 and 2 exchange people, and so do 3 and 4: two questions, not three.
    rows = [[3, 8, 0, 0], [2, 4, 0, 0], [0, 0, 5, 1], [0, 0, 6, 2]]
    found = stuart_maxwell(table(rows))
    assert found.df == 2
    assert found.value == pytest.approx(36 / 10 + 25 / 7)


def test_with_two_categories_all_are_mcnemar():
    rows = [[20, 30], [15, 40]]
    assert stuart_maxwell(table(rows)).value == pytest.approx(225 / 45)
    assert bowker(table(rows)).value == pytest.approx(225 / 45)


def test_bhapkar_is_a_function_of_stuart_maxwell():
    found = table(R["full_table"]["table"])
    plain = stuart_maxwell(found).value
    assert bhapkar(found).value == pytest.approx(plain / (1 - plain / found.n))


def test_when_nobody_moves_all_tests_are_refused():
    still = table(np.diag([4, 5, 6]))
    tests = (
        stuart_maxwell,
        bhapkar,
        bowker,
        lambda t: stuart_maxwell_swapped(t, RNG),
        lambda t: bowker_swapped(t, RNG),
    )
    for test in tests:
        with pytest.raises(CannotEstimate, match="nothing_moves"):
            test(still)


def test_bhapkar_is_refused_when_everybody_goes_the_same_way():
    with pytest.raises(CannotEstimate, match="no_spread"):
        bhapkar(table([[0, 12], [0, 0]]))


def test_few_movers_are_told():
    assert "few_movers" in bowker(table([[9, 6], [2, 9]])).notes
    assert "few_movers" not in bowker(table([[9, 16], [12, 9]])).notes


def every_swap(pair, statistic) -> float:
    """The share of all 2^m ways of turning people round that give as much."""
    before, after = pair
    moved = np.flatnonzero(before != after)
    observed = statistic(shift_table(before, after)).value
    as_far = []
    for turned in product((False, True), repeat=len(moved)):
        swap = np.zeros(len(before), dtype=bool)
        swap[moved] = turned
        first, second = np.where(swap, after, before), np.where(swap, before, after)
        found = statistic(shift_table(first, second)).value
        as_far.append(found >= observed * (1 - 1e-9))
    return float(np.mean(as_far))


@settings(max_examples=12)
@given(people(1, 4, most=7))
def test_the_exact_p_counts_every_way_people_could_have_gone(pair):
    found = shift_table(*pair)
    if not found.moved:
        return
    homogeneous = stuart_maxwell_swapped(found, RNG)
    assert homogeneous.method == "stuart_maxwell_exact"
    assert homogeneous.p == pytest.approx(every_swap(pair, stuart_maxwell), abs=1e-12)
    symmetric = bowker_swapped(found, RNG)
    assert symmetric.method == "bowker_exact"
    assert symmetric.p == pytest.approx(every_swap(pair, bowker), abs=1e-12)


def test_too_many_ways_are_drawn_and_agree_with_chi_square_in_large_tables():
    found = table(R["full_table"]["table"])
    drawn = stuart_maxwell_swapped(found, np.random.default_rng(1))
    assert drawn.method == "stuart_maxwell_random"
    assert drawn.p == pytest.approx(stuart_maxwell(found).p, abs=0.03)
    again = stuart_maxwell_swapped(found, np.random.default_rng(1))
    assert again == drawn
    symmetric = bowker_swapped(found, np.random.default_rng(1))
    assert symmetric.p == pytest.approx(bowker(found).p, abs=0.03)


@settings(max_examples=30)
@given(people(1, 5))
def test_turning_the_table_and_its_order_makes_no_difference(pair):
    before, after = pair
    if (before == after).all():
        return
    for test in (stuart_maxwell, bowker):
        found = test(shift_table(before, after))
        for first, second in (
            (after, before),
            (before[::-1], after[::-1]),
            (-before, -after),
        ):
            other = test(shift_table(first, second))
            assert other.value == pytest.approx(found.value)
            assert other.df == found.df


def test_three_pairs_are_refused():
    with pytest.raises(CannotEstimate, match="few_pairs"):
        shift_table(values([1, 2, 3]), values([1, 2, 3]))
