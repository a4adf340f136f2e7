"""The change of a score: paired t, its sizes, the sign-flip test, Hodges-Lehmann."""

from itertools import product
from math import gamma, inf, nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.change.figures import EXACT, R, answers, limits, people, values
from trede.evaluation.change.hodges_lehmann import hodges_lehmann
from trede.evaluation.change.mean_change import mean_change
from trede.evaluation.change.sign_flips import sign_flip
from trede.evaluation.change.sizes import correction
from trede.evaluation.estimate import CannotEstimate

RNG = np.random.default_rng(7)


@pytest.mark.parametrize("case", R["scores"])
def test_the_mean_change_is_that_of_r(case):
    found = mean_change(*answers(case))
    assert found.value == pytest.approx(case["mean"], rel=EXACT)
    assert found.se == pytest.approx(case["se"], rel=EXACT)
    assert found.df == case["df"]
    assert found.p == pytest.approx(case["p"], rel=EXACT)
    assert limits(found.interval) == pytest.approx(case["ci"], rel=EXACT)


@pytest.mark.parametrize("case", R["scores"])
def test_both_sizes_are_those_of_r(case):
    g_av, g_z = mean_change(*answers(case)).sizes
    assert (g_av.name, g_z.name) == ("hedges_g_av", "hedges_g_z")
    assert g_z.value == pytest.approx(case["g_z"], rel=EXACT)
    # metafor takes the exact J too.
    assert g_z.value == pytest.approx(case["g_z_metafor"], rel=EXACT)
    assert g_av.value == pytest.approx(case["g_av"], rel=EXACT)
    assert limits(g_av.interval) == pytest.approx(case["g_av_ci"], rel=EXACT)
    n = len(case["before"])
    ncp = [limit / sqrt(n) for limit in case["ncp"]]
    assert limits(g_z.interval) == pytest.approx(ncp, rel=EXACT)
    # effectsize stops its search at 1e-6 or so.
    assert limits(g_z.interval) == pytest.approx(case["d_z_ci"], abs=1e-4)


@pytest.mark.parametrize("df", [2, 3, 8, 22, 149])
def test_j_is_exact(df: int):
    expected = gamma(df / 2) / (sqrt(df / 2) * gamma((df - 1) / 2))
    assert correction(df) == pytest.approx(expected, rel=1e-13)


def test_the_trap_the_usual_j_is_an_approximation():
    """pingouin and many others take 1 - 3 / (4 df - 1)."""
    assert correction(3) != pytest.approx(1 - 3 / 11, abs=1e-3)
    assert correction(22) == pytest.approx(1 - 3 / 87, abs=1e-4)


def test_the_trap_g_z_and_g_av_are_not_one_size():
    """pingouin calls d_av the paired "cohen"; effectsize calls d_z so."""
    case = R["scores"][0]
    g_av, g_z = mean_change(*answers(case)).sizes
    assert g_z.value / g_av.value > 1.2


def test_j_does_not_overflow_in_large_groups():
    assert correction(1e6) == pytest.approx(1 - 3 / (4e6 - 1), rel=1e-9)


@pytest.mark.parametrize("case", [c for c in R["scores"] if "flip_p" in c])
def test_the_sign_flip_p_is_that_of_r(case):
    found = sign_flip(*answers(case), RNG)
    assert found.method == "sign_flip_exact"
    assert found.p == pytest.approx(case["flip_p"], rel=EXACT)
    assert found.value == pytest.approx(case["mean"])


def every_flip(change: np.ndarray) -> float:
    sums = [
        abs(np.dot(signs, change)) for signs in product((-1, 1), repeat=len(change))
    ]
    return float(np.mean(np.array(sums) >= abs(change.sum()) - 1e-9))


@pytest.mark.parametrize("step", [1.0, 0.5, 1 / 3, 0.01, sqrt(2)])
def test_every_flip_is_counted_whatever_the_step(step: float):
    before = np.zeros(9)
    after = step * values([1, -2, 3, 3, 0, 5, 1, -4, 6])
    found = sign_flip(before, after, RNG)
    assert found.method == "sign_flip_exact"
    assert found.p == pytest.approx(every_flip(after), abs=1e-12)


def test_changes_without_a_common_step_are_counted_one_by_one():
    case = R["scores"][4]
    before, after = answers(case)
    found = sign_flip(before[:11], after[:11], RNG)
    assert found.method == "sign_flip_exact"
    assert found.p == pytest.approx(every_flip((after - before)[:11]), abs=1e-12)


def test_drawn_flips_say_so_repeat_and_are_never_zero():
    before = np.zeros(60)
    after = np.random.default_rng(1).normal(3, 1, 60)
    first, again = (sign_flip(before, after, np.random.default_rng(5)) for _ in "ab")
    assert first == again
    assert first.method == "sign_flip_random"
    assert first.p == 1 / 10_000


def test_drawn_flips_come_near_the_exact_ones(monkeypatch):
    before, after = answers(R["scores"][4])
    exact = sign_flip(before, after, RNG).p
    monkeypatch.setattr("trede.evaluation.change.sign_flips.ONE_BY_ONE", 0)
    drawn = sign_flip(before, after, np.random.default_rng(3))
    assert drawn.method == "sign_flip_random"
    # Four standard errors of 9,999 draws.
    assert drawn.p == pytest.approx(exact, abs=4 * 0.5 / 100)


def test_drawn_flips_of_tied_changes_come_near_the_exact_ones(monkeypatch):
    before, after = answers(R["scores"][2])
    exact = sign_flip(before, after, RNG).p
    for module in ("sign_flips.ONE_BY_ONE", "symmetric_sums.WORK"):
        monkeypatch.setattr(f"trede.evaluation.change.{module}", 0)
    drawn = sign_flip(before, after, np.random.default_rng(3))
    assert drawn.method == "sign_flip_random"
    assert drawn.p == pytest.approx(exact, abs=4 * 0.5 / 100)


@pytest.mark.parametrize("case", R["untied"])
def test_hodges_lehmann_is_that_of_r(case):
    found = hodges_lehmann(*answers(case))
    assert found.value == pytest.approx(case["estimate"], rel=EXACT)
    assert limits(found.interval) == pytest.approx(case["ci"], rel=EXACT)


@settings(max_examples=30)
@given(people(0, 10, least=6, most=25))
def test_hodges_lehmann_is_the_middle_of_all_means_of_two(pair):
    before, after = pair
    d = after - before
    means = [(d[i] + d[j]) / 2 for i in range(len(d)) for j in range(i, len(d))]
    found = hodges_lehmann(before, after)
    assert found.value == pytest.approx(np.median(means))
    low, high = limits(found.interval)
    assert low in means and high in means
    assert low <= found.value <= high


def test_below_six_pairs_no_interval_of_ranks_reaches_its_level():
    found = hodges_lehmann(np.zeros(5), values([1, 2, 3, 4, 5]))
    assert found.value == 3
    assert found.interval is None
    assert "few_pairs" in found.notes


def test_the_place_of_the_limits_goes_over_smoothly_into_the_normal_one():
    rng = np.random.default_rng(4)
    d = rng.normal(0.3, 1, 301)
    exact = limits(hodges_lehmann(np.zeros(300), d[:300]).interval)
    normal = limits(hodges_lehmann(np.zeros(301), d).interval)
    assert normal == pytest.approx(exact, abs=0.01)


@settings(max_examples=30)
@given(people(0, 10), st.floats(-5, 5), st.sampled_from([0.1, 2.0, 7.0]))
def test_a_scale_moved_and_stretched_gives_the_same_change(pair, by, times):
    before, after = pair
    plain = mean_change(before, after)
    moved = mean_change(before * times, (after + by) * times)
    assert moved.value == pytest.approx((plain.value + by) * times, abs=1e-9)
    if plain.se is not None:
        assert moved.se == pytest.approx(plain.se * times)


@settings(max_examples=25)
@given(people(0, 10), st.randoms())
def test_neither_order_nor_direction_makes_another_figure(pair, random):
    before, after = pair
    order = list(range(len(before)))
    random.shuffle(order)
    for estimate in (mean_change, hodges_lehmann, lambda b, a: sign_flip(b, a, RNG)):
        try:
            found = estimate(before, after)
        except CannotEstimate:
            continue
        shuffled = estimate(before[order], after[order])
        assert shuffled.value == pytest.approx(found.value, abs=1e-12)
        assert shuffled.p == (found.p and pytest.approx(found.p))
        back = estimate(after, before)
        assert back.value == pytest.approx(-found.value, abs=1e-12)
        assert back.p == (found.p and pytest.approx(found.p))
        if found.interval:
            low, high = limits(back.interval)
            assert (-high, -low) == pytest.approx(limits(found.interval), abs=1e-9)


def test_fewer_than_four_pairs_are_refused_with_what_is_needed():
    for n in range(4):
        with pytest.raises(CannotEstimate) as refusal:
            mean_change(np.zeros(n), np.ones(n))
        error = refusal.value
        assert (error.what, error.why) == ("mean_change", "few_pairs")
        assert (error.has, error.needed) == (n, 4)


def test_who_missed_one_answer_is_counted_and_left_out():
    before = values([1, 2, nan, 4, 5, 6, nan])
    after = values([2, 4, 3, nan, 5, 9, nan])
    found = mean_change(before, after)
    assert (found.n, found.n_missing) == (4, 3)
    assert found.value == 1.5


def test_all_missing_is_refused_rather_than_nan():
    with pytest.raises(CannotEstimate, match="few_pairs"):
        mean_change(np.full(30, nan), np.arange(30.0))


@pytest.mark.parametrize(
    ("before", "after"),
    [(np.zeros(5), np.zeros(6)), (values([1, 2, 3, inf, 4]), np.zeros(5))],
)
def test_what_are_no_pairs_of_answers_is_an_error(before, after):
    with pytest.raises(ValueError, match=r"no pairs|infinite"):
        mean_change(before, after)


def test_equal_changes_give_a_value_without_an_interval():
    # In binary fractions these five changes are not all equal: 0.3 - 0.1 != 0.2.
    before, after = values([0.1, 0.2, 0.3, 0.4, 0.7]), values([0.3, 0.4, 0.5, 0.6, 0.9])
    found = mean_change(before, after)
    assert found.value == pytest.approx(0.2)
    assert found.interval is None and found.p is None
    assert "no_variation" in found.notes
    (g_av,) = found.sizes
    assert g_av.name == "hedges_g_av" and g_av.interval is None


def test_when_nobody_moves_there_is_no_sign_to_flip():
    with pytest.raises(CannotEstimate, match="nothing_moves"):
        sign_flip(np.arange(9.0), np.arange(9.0), RNG)


def test_five_who_changed_can_never_give_a_p_below_five_percent():
    found = sign_flip(np.zeros(5), np.ones(5), RNG)
    assert found.p == 2 / 32
    assert "cannot_reach_05" in found.notes


def test_a_change_without_noise_does_not_break_the_interval():
    before = np.arange(20.0)
    found = mean_change(before, before + 5 + np.linspace(0, 1e-6, 20))
    assert [size.interval for size in found.sizes] == [None, None]
    assert found.interval is not None
