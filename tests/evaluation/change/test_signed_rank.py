"""The signed-rank test: exact with ties and zeros, where programs go wrong."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import stats

from tests.evaluation.change.figures import EXACT, R, answers, limits, people, values
from trede.evaluation.change.direction import net_share_up
from trede.evaluation.change.sign_flips import sign_flip
from trede.evaluation.change.signed_rank import (
    left_out,
    rank_sums,
    signed_rank,
)
from trede.evaluation.change.symmetric_sums import subset_sums
from trede.evaluation.estimate import CannotEstimate


@pytest.mark.parametrize("case", R["ordered"])
def test_the_exact_p_with_pratts_zeros_is_that_of_coin(case):
    found = signed_rank(*answers(case))
    assert found.method == "signed_rank_exact"
    assert found.p == pytest.approx(case["pratt_p"], rel=EXACT)


@pytest.mark.parametrize("case", R["ordered"])
def test_without_zeros_it_is_that_of_exact_rank_tests(case):
    found = signed_rank(*answers(case["without_zeros"]))
    assert found.p == pytest.approx(case["without_zeros"]["p"], rel=EXACT)
    assert found.value == pytest.approx(case["without_zeros"]["biserial"], rel=EXACT)
    assert "zeros" not in found.notes


@pytest.mark.parametrize("case", R["untied"])
def test_without_ties_it_is_the_table_of_wilcoxon(case):
    found = signed_rank(*answers(case))
    assert found.p == pytest.approx(case["p"], rel=EXACT)
    assert "ties" not in found.notes


@pytest.mark.parametrize("case", R["ordered"])
def test_the_rank_biserial_and_its_jackknife_are_those_of_r(case):
    found = signed_rank(*answers(case))
    assert found.value == pytest.approx(case["biserial"], rel=EXACT)
    assert found.value == pytest.approx(case["biserial_walsh"], rel=EXACT)
    assert limits(found.interval) == pytest.approx(case["jackknife"], rel=EXACT)


def test_the_trap_scipys_exact_p_is_that_of_untied_ranks():
    """`wilcoxon(method="exact")` ignores ties and zeros: .0014 where it is .69."""
    before, after = answers(R["trap"])
    found = signed_rank(before, after)
    assert found.p == pytest.approx(R["trap"]["pratt_p"], rel=EXACT)
    assert found.p == pytest.approx(every_sign(after - before), rel=1e-12)
    assert {"zeros", "ties"} <= set(found.notes)
    wrong = stats.wilcoxon(after, before, zero_method="pratt", method="exact").pvalue
    assert wrong < 0.002 < 0.6 < found.p


def every_sign(change: np.ndarray) -> float:
    ranks = stats.rankdata(np.abs(change))[change != 0]
    signs = np.array(list(product((-1, 1), repeat=len(ranks))))
    observed = (np.sign(change[change != 0]) * ranks).sum()
    return float(np.mean(np.abs(signs @ ranks) >= abs(observed) - 1e-9))


@settings(max_examples=30)
@given(people(1, 5, most=10))
def test_p_is_the_share_of_all_sign_choices(pair):
    before, after = pair
    if (before == after).all():
        return
    found = signed_rank(before, after)
    assert found.p == pytest.approx(every_sign(after - before), rel=1e-12)


@settings(max_examples=30)
@given(people(1, 5, most=10))
def test_leaving_each_person_out_is_leaving_each_person_out(pair):
    change = pair[1] - pair[0]
    if (change != 0).sum() < 2:
        return
    one_by_one = []
    for i in range(len(change)):
        kept = rank_sums(np.delete(change, i))
        one_by_one.append((kept.up - kept.down) / (kept.up + kept.down))
    assert left_out(change) == pytest.approx(one_by_one, abs=1e-12)


def test_the_trap_differences_are_rounded_before_they_are_ranked():
    # 0.3 - 0.1 and 0.9 - 0.7 are one change, though not in binary fractions.
    before, after = values([0.1, 0.7, 0.4, 0.8, 0.2]), values([0.3, 0.9, 0.2, 0.6, 0.9])
    assert len(np.unique(np.abs(after - before))) > 2
    whole = signed_rank(np.round(before * 10), np.round(after * 10))
    found = signed_rank(before, after)
    assert (found.p, found.value) == (whole.p, whole.value)
    assert "ties" in found.notes


def test_leaving_zeros_out_first_is_not_what_happens():
    """Pratt: who stayed says that the small changes are not so small."""
    change = values([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, -3, -3])
    with_zeros = signed_rank(np.zeros(12), change)
    without = signed_rank(np.zeros(6), change[6:])
    assert without.value < 0 < with_zeros.value


def test_large_groups_go_over_to_the_normal_distribution_with_these_ranks():
    rng = np.random.default_rng(8)
    change = rng.normal(0.02, 1, 700)
    found = signed_rank(np.zeros(700), change)
    assert found.method == "signed_rank_normal"
    exact = stats.wilcoxon(change, method="exact").pvalue
    assert found.p == pytest.approx(exact, abs=2e-3)


@pytest.mark.parametrize("case", R["ordered"])
def test_the_normal_p_is_that_of_coin(case, monkeypatch):
    monkeypatch.setattr("trede.evaluation.change.signed_rank.WORK", 0)
    found = signed_rank(*answers(case))
    assert found.method == "signed_rank_normal"
    assert found.p == pytest.approx(case["pratt_p_normal"], rel=EXACT)


def test_a_scale_of_five_stays_exact_for_many_people():
    rng = np.random.default_rng(3)
    before = rng.integers(1, 6, 400).astype(float)
    after = np.clip(before + rng.integers(-1, 2, 400), 1, 5)
    assert signed_rank(before, after).method == "signed_rank_exact"


@settings(max_examples=30)
@given(people(1, 6))
def test_order_and_direction_make_no_difference(pair):
    before, after = pair
    if (before == after).all():
        return
    found, back = signed_rank(before, after), signed_rank(after, before)
    turned = signed_rank(before[::-1], after[::-1])
    assert (turned.value, turned.p) == (found.value, found.p)
    assert (back.value, back.p) == (-found.value, found.p)
    if found.interval:
        assert back.interval is not None
        low, high = limits(found.interval)
        assert limits(back.interval) == pytest.approx((-high, -low))
        assert -1 <= low <= found.value <= high <= 1


@settings(max_examples=30)
@given(people(1, 6))
def test_only_the_order_of_the_changes_counts(pair):
    before, after = pair
    if (before == after).all():
        return
    change = after - before
    squared = np.sign(change) * change**2
    same = signed_rank(np.zeros(len(change)), squared)
    found = signed_rank(before, after)
    assert (same.value, same.p) == (found.value, found.p)


@settings(max_examples=30)
@given(people(0, 1, most=25))
def test_when_all_move_as_far_three_tests_are_one(pair):
    before, after = pair
    if (before == after).all():
        return
    ranks, flips = signed_rank(before, after), sign_flip(before, after, seeded())
    signs = net_share_up(before, after)
    assert ranks.p == pytest.approx(signs.p, rel=1e-10)
    assert flips.p == pytest.approx(signs.p, rel=1e-10)


def seeded() -> np.random.Generator:
    return np.random.default_rng(1)


def test_when_all_who_move_go_up_the_size_is_one_but_not_beyond_doubt():
    change = values([1, 2, 3, 0, 1, 2, 5, 4])
    found = signed_rank(np.zeros(8), change)
    assert found.value == 1
    assert "one_way" in found.notes
    assert found.p == 2 / 2**7
    # Seven of seven: the chance to go up is at least 59% (Clopper and Pearson).
    low = stats.binomtest(7, 7).proportion_ci(0.95, "exact").low
    assert limits(found.interval) == pytest.approx((2 * low - 1, 1))
    down = signed_rank(np.zeros(8), -change)
    assert limits(down.interval) == pytest.approx((-1, 1 - 2 * low))


def test_when_nobody_moves_the_test_is_refused():
    with pytest.raises(CannotEstimate) as refusal:
        signed_rank(np.ones(9), np.ones(9))
    assert (refusal.value.what, refusal.value.why) == ("signed_rank", "nothing_moves")


def test_three_pairs_are_refused():
    with pytest.raises(CannotEstimate, match="few_pairs"):
        signed_rank(np.zeros(3), np.ones(3))


def test_the_distribution_of_rank_sums_adds_up_to_one():
    chances = subset_sums(np.arange(1, 101))
    assert chances.sum() == pytest.approx(1, abs=1e-12)
    assert chances == pytest.approx(chances[::-1])
    assert chances[0] == 0.5**100
