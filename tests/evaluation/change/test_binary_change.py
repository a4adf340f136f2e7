"""Yes or no, before and after: McNemar, paired differences, the odds ratio."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.evaluation.change.figures import EXACT, R, limits, people, values
from trede.evaluation.change import binary
from trede.evaluation.change.binary import (
    PairedCounts,
    agresti_min,
    change_in_share,
    conditional_odds_ratio,
    counted,
    mcnemar_exact,
    mid_p,
    newcombe,
)
from trede.evaluation.change.direction import even_odds
from trede.evaluation.change.pairs import Pairs, complete_pairs
from trede.evaluation.estimate import CannotEstimate

# Counts: yes twice, up, down, no twice. Fagerland, Lydersen and Laake (2013 and 2017,
# chapter 8): airway hyper-responsiveness before and after stem cell transplantation
# (Bentur 2009), and complete response before and after therapy (Cavo 2012).
BENTUR = PairedCounts(1, 7, 1, 12)
CAVO = PairedCounts(59, 16, 6, 80)


def people_of(counts: PairedCounts) -> tuple[np.ndarray, np.ndarray]:
    before = np.repeat([1.0, 0, 1, 0], counts)
    after = np.repeat([1.0, 1, 0, 0], counts)
    return before, after


def pairs_of(counts: PairedCounts) -> Pairs:
    return complete_pairs(*people_of(counts), what="test")


@pytest.mark.parametrize("case", R["binary"])
def test_everything_is_that_of_r(case):
    counts = PairedCounts(*case["counts"])
    found = change_in_share(*people_of(counts))
    assert found.value == pytest.approx(case["difference"], abs=EXACT)
    assert found.p == pytest.approx(case["mid_p"], rel=EXACT)
    assert limits(found.interval) == pytest.approx(case["newcombe"], abs=EXACT)
    (odds,) = found.sizes
    assert odds.value == pytest.approx(case["odds"], rel=EXACT)
    assert limits(odds.interval) == pytest.approx(case["odds_ci"], rel=EXACT)
    exact = mcnemar_exact(pairs_of(counts), counts)
    assert exact.p == pytest.approx(case["p"], rel=EXACT)
    assert limits(exact.interval) == pytest.approx(case["agresti_min"], abs=EXACT)


def test_p_values_are_the_published_ones():
    assert even_odds(BENTUR.up, BENTUR.down) == pytest.approx(0.0703, abs=5e-5)
    assert mid_p(BENTUR.up, BENTUR.down) == pytest.approx(0.0391, abs=5e-5)
    assert even_odds(CAVO.up, CAVO.down) == pytest.approx(0.052479, abs=5e-7)
    assert mid_p(CAVO.up, CAVO.down) == pytest.approx(0.034690, abs=5e-7)


def test_intervals_are_the_published_ones():
    assert limits(newcombe(CAVO)) == pytest.approx((0.0046, 0.1186), abs=5e-5)
    assert limits(agresti_min(CAVO)) == pytest.approx((0.0045, 0.1182), abs=5e-5)
    assert limits(newcombe(BENTUR)) == pytest.approx((0.026, 0.507), abs=5e-4)
    # Altman and others, "Statistics with confidence", 2000, table 6.2.
    altman = PairedCounts(14, 5, 0, 22)
    assert limits(newcombe(altman)) == pytest.approx((0.011, 0.226), abs=6e-4)


@given(st.integers(0, 40), st.integers(0, 40))
def test_mid_p_is_half_way_the_exact_p_and_the_next(up, down):
    if not up + down:
        return
    chances = stats.binom.pmf(np.arange(up + down + 1), up + down, 0.5)
    observed = chances[up]
    as_rare = chances <= observed * (1 + 1e-9)
    rarer = chances < observed * (1 - 1e-9)
    expected = (chances[as_rare].sum() + chances[rarer].sum()) / 2
    assert mid_p(up, down) == pytest.approx(expected, abs=1e-12)


def test_the_trap_there_is_no_chi_square_for_few_changers():
    """b + c < 25: the asymptotic test is not offered, for few or for many."""
    assert not [name for name in dir(binary) if "chi" in name or "chdtr" in name]
    for counts in (PairedCounts(5, 9, 2, 8), PairedCounts(50, 60, 30, 70)):
        moved = counts.up + counts.down
        asymptotic = stats.chi2.sf((counts.up - counts.down) ** 2 / moved, 1)
        found = change_in_share(*people_of(counts))
        assert found.p != pytest.approx(asymptotic, rel=1e-3)
        assert found.df is None


@settings(max_examples=200)
@given(st.tuples(*[st.integers(0, 30)] * 4).filter(lambda c: sum(c) >= 4))
def test_intervals_hold_the_difference_and_mirror(cells):
    counts = PairedCounts(*cells)
    mirrored = PairedCounts(counts.both, counts.down, counts.up, counts.neither)
    for interval in (newcombe, agresti_min):
        low, high = limits(interval(counts))
        assert -1 <= low <= high <= 1
        assert limits(interval(mirrored)) == pytest.approx((-high, -low), abs=1e-12)
    low, high = limits(newcombe(counts))
    assert low - 1e-12 <= counts.difference <= high + 1e-12


@given(st.integers(0, 30), st.integers(0, 30))
def test_the_odds_ratio_turns_over_with_the_direction(up, down):
    if not up + down:
        return
    there, back = conditional_odds_ratio(up, down), conditional_odds_ratio(down, up)
    low, high = limits(there.interval)
    assert low <= there.value <= high
    turned = [inf if not x else 1 / x for x in limits(back.interval)]
    assert (low, high) == pytest.approx((turned[1], turned[0]))


@settings(max_examples=200)
@given(st.integers(1, 30), st.integers(0, 30))
def test_the_exact_interval_of_the_odds_agrees_with_the_exact_p(up, down):
    low, high = limits(conditional_odds_ratio(up, down).interval)
    assert (even_odds(up, down) < 0.05) == (low > 1 or high < 1)


def test_when_nobody_changes_there_is_an_interval_but_no_test():
    found = change_in_share(*people_of(PairedCounts(6, 0, 0, 9)))
    assert (found.value, found.p, found.sizes) == (0, None, ())
    assert "nothing_moves" in found.notes
    low, high = limits(found.interval)
    assert low < 0 < high


def test_everybody_from_no_to_yes_is_not_beyond_all_doubt():
    found = change_in_share(np.zeros(12), np.ones(12))
    low, high = limits(found.interval)
    assert (found.value, high) == (1, 1)
    assert 0.5 < low < 0.9
    (odds,) = found.sizes
    assert odds.value == inf
    assert limits(odds.interval)[1] == inf


@pytest.mark.parametrize("strange", [2.0, -1.0, 0.5])
def test_what_is_no_yes_or_no_is_refused_by_name(strange: float):
    before = values([0, 1, 1, 0, strange])
    with pytest.raises(CannotEstimate) as refusal:
        change_in_share(before, np.zeros(5))
    assert (refusal.value.why, refusal.value.has) == ("not_binary", strange)


def test_missing_answers_are_counted_and_not_taken_for_no():
    before = values([0, 1, nan, 0, 1, 1, 0])
    after = values([1, 1, 1, nan, 0, 1, 1])
    found = change_in_share(before, after)
    assert (found.n, found.n_missing) == (5, 2)
    assert counted(complete_pairs(before, after, what="x")) == (2, 2, 1, 0)


@settings(max_examples=30)
@given(people(0, 1))
def test_order_makes_no_difference_and_direction_turns_the_sign(pair):
    before, after = pair
    found = change_in_share(before, after)
    assert change_in_share(before[::-1], after[::-1]) == found
    back = change_in_share(after, before)
    assert back.value == -found.value
    assert back.p == found.p
