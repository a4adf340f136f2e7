"""Hours with zeros: the bootstrap, the parts, the rules for too many hours."""

from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import stats

from tests.evaluation.change.figures import EXACT, R, answers, limits, people, values
from trede.evaluation.change.bootstrap import (
    acceleration,
    bca_interval,
    mean_interval,
    resampled_means,
)
from trede.evaluation.change.hours import (
    Cap,
    change_in_hours,
    hours_of_those_with_any,
    median_change,
    usable_hours,
)
from trede.evaluation.change.pairs import complete_pairs
from trede.evaluation.estimate import CannotEstimate


def seeded(seed: int = 5) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize("case", R["bootstrap"])
def test_bca_out_of_rs_replicates_is_boot_ci(case):
    change = values(case["change"])
    assert acceleration(change) == pytest.approx(case["acceleration"], rel=EXACT)
    found = bca_interval(values(case["replicates"]), case["mean"], case["acceleration"])
    assert limits(found) == pytest.approx(case["bca"], rel=EXACT)


@pytest.mark.parametrize("n", [7, 40, 401])
def test_drawing_two_at_a_time_is_drawing_from_the_same_people(n: int):
    """Mean, spread and skewness of the drawn means are those of theory."""
    people = seeded(n).gamma(1.0, 3.0, n)
    means = resampled_means(people, seeded(), 20_000)
    sd = people.std() / np.sqrt(n)
    assert means.mean() == pytest.approx(people.mean(), abs=5 * sd / np.sqrt(20_000))
    assert means.std() == pytest.approx(sd, rel=0.03)
    skewness = stats.skew(people) / np.sqrt(n)
    assert stats.skew(means) == pytest.approx(skewness, abs=0.1)


SUMS = "trede.evaluation.change.bootstrap.SUMS"


@pytest.mark.parametrize("sums", [0, 1_000_000])
def test_every_group_can_be_drawn_and_as_often_as_it_should(monkeypatch, sums: int):
    monkeypatch.setattr(SUMS, sums)
    # Three people, groups of three: ten different sums, with known probabilities.
    means = resampled_means(values([0, 1, 10]), seeded(), 27_000)
    sums, times = np.unique(np.rint(3 * means), return_counts=True)
    assert sums.tolist() == [0, 1, 2, 3, 10, 11, 12, 20, 21, 30]
    expected = 1000 * np.array([1, 3, 3, 1, 3, 6, 3, 3, 3, 1])
    assert stats.chisquare(times, expected).pvalue > 0.001


def test_of_large_groups_only_values_are_drawn_with_the_same_result(monkeypatch):
    people = seeded(3).integers(0, 40, 3_000) * seeded(4).integers(0, 2, 3_000)
    by_sum = mean_interval(people + 0.0, seeded(), 4_000)
    monkeypatch.setattr(SUMS, 0)
    one_by_one = mean_interval(people + 0.0, seeded(), 4_000)
    monkeypatch.setattr("trede.evaluation.change.bootstrap.LARGE", 100)
    by_value = mean_interval(people + 0.0, seeded(), 4_000)
    assert limits(by_value) == pytest.approx(limits(one_by_one), abs=0.04)
    assert limits(by_sum) == pytest.approx(limits(one_by_one), abs=0.04)
    with pytest.raises(CannotEstimate, match="many_values"):
        mean_interval(seeded().normal(size=6_000), seeded())


@pytest.mark.parametrize("unit", [1, 0.25, 1 / 3])
def test_drawn_sums_have_the_mean_and_spread_of_theory(unit: float):
    people = unit * seeded(6).integers(-7, 30, 61)
    means = resampled_means(people, seeded(), 40_000)
    sd = people.std() / np.sqrt(61)
    assert means.mean() == pytest.approx(people.mean(), abs=5 * sd / 200)
    assert means.std() == pytest.approx(sd, rel=0.02)
    skewness = stats.skew(people) / np.sqrt(61)
    assert stats.skew(means) == pytest.approx(skewness, abs=0.07)
    # As far from the mean of the people as whole steps are, and exactly on it at times.
    assert (means == people.mean()).sum() > 0
    steps = (means - people.mean()) * 61 / unit
    assert steps == pytest.approx(np.rint(steps), abs=1e-6)


def test_the_interval_is_near_scipys_own_and_its_width_as_well():
    change = seeded(2).gamma(1.0, 6.0, 80) - 3
    found = mean_interval(change, seeded())
    own = stats.bootstrap(
        (change,), np.mean, n_resamples=10_000, method="BCa", rng=seeded(9)
    ).confidence_interval
    assert limits(found) == pytest.approx((own.low, own.high), abs=0.15)


def test_the_same_seed_gives_the_same_digits():
    case = R["hours"][1]
    first, again = (change_in_hours(*answers(case), seeded()) for _ in "ab")
    assert first == again
    assert first != change_in_hours(*answers(case), seeded(6))


@pytest.mark.parametrize("case", R["hours"])
def test_the_mean_and_the_flip_p_are_those_of_r(case):
    found = change_in_hours(*answers(case), seeded())
    assert found.method == "mean_change_bca"
    assert found.value == pytest.approx(case["mean"], rel=EXACT)
    assert found.p == pytest.approx(case["flip_p"], rel=EXACT)
    assert "p_sign_flip_exact" in found.notes
    before, after = answers(case)
    change = (after - before)[~np.isnan(after - before)]
    assert found.se == pytest.approx(change.std(ddof=1) / len(change) ** 0.5)


@pytest.mark.parametrize("case", R["hours"])
def test_the_median_and_its_interval_are_those_of_r(case):
    found = median_change(complete_pairs(*answers(case), what="x"))
    assert found.value == case["median"]
    assert limits(found.interval) == tuple(case["median_ci"])


def test_the_interval_of_the_median_needs_six_pairs():
    five = median_change(complete_pairs(np.zeros(5), np.arange(5.0), what="x"))
    assert five.interval is None
    six = median_change(complete_pairs(np.zeros(6), np.arange(6.0), what="x"))
    assert limits(six.interval) == (0, 5)


def test_those_with_hours_are_told_apart_with_their_own_numbers():
    before = values([0, 0, 0, 0, 10, 20, 30, 40, nan])
    after = values([5, 0, 0, 0, 10, 30, 30, 50, 8])
    pairs = complete_pairs(before, after, what="x")
    then, now, both = hours_of_those_with_any(pairs)
    assert (then.method, then.n, then.value) == ("mean_of_any_before", 4, 25)
    assert (now.method, now.n, now.value) == ("mean_of_any_after", 5, 25)
    assert (both.method, both.n, both.value) == ("mean_change_of_any", 4, 5)
    assert {e.n_missing for e in (then, now, both)} == {1}
    expected = stats.ttest_1samp(before[4:8], 0).confidence_interval()
    assert limits(then.interval) == pytest.approx((expected.low, expected.high))


def test_fewer_than_four_with_hours_have_no_mean_of_their_own():
    pairs = complete_pairs(values([0, 0, 0, 8, 9, 4]), np.zeros(6), what="x")
    assert hours_of_those_with_any(pairs) == ()


def test_more_hours_than_a_week_has_are_refused_by_name():
    hours = values([0, 10, 170, 20, 5])
    with pytest.raises(CannotEstimate) as refusal:
        change_in_hours(hours, np.zeros(5), seeded())
    error = refusal.value
    assert (error.what, error.why) == ("hours", "more_than_a_week")
    assert (error.has, error.needed) == (170, 168)
    assert usable_hours(values([168]))[0] == 168


def test_negative_hours_are_refused_by_name():
    with pytest.raises(CannotEstimate, match="negative"):
        change_in_hours(np.zeros(5), values([0, 1, -2, 3, 4]), seeded())


def test_a_rule_leaves_out_or_lowers_and_says_so():
    before = values([0, 10, 95, 20, 5, 8])
    after = values([4, 12, 100, 20, 5, 90])
    out = change_in_hours(before, after, seeded(), cap=Cap(90, "leave_out"))
    assert (out.n, out.n_missing, out.value) == (4, 2, 1.5)
    assert "left_out" in out.notes
    lower = change_in_hours(before, after, seeded(), cap=Cap(90, "lower"))
    assert (lower.n, lower.n_missing) == (6, 0)
    assert lower.value == pytest.approx((4 + 2 + 0 + 0 + 0 + 82) / 6)
    assert "lowered" in lower.notes
    idle = change_in_hours(before[:2].repeat(3), after[:2].repeat(3), seeded())
    assert not {"left_out", "lowered"} & set(idle.notes)


def test_a_rule_that_touched_nobody_leaves_no_note():
    found = change_in_hours(
        np.zeros(5), np.arange(5.0), seeded(), cap=Cap(90, "leave_out")
    )
    assert "left_out" not in found.notes


def test_equal_changes_give_a_value_without_an_interval():
    found = change_in_hours(np.zeros(8), np.full(8, 4.0), seeded())
    assert (found.value, found.interval, found.p) == (4, None, None)
    assert "no_variation" in found.notes


def test_a_bootstrap_of_equal_values_is_refused():
    with pytest.raises(CannotEstimate, match="no_variation"):
        mean_interval(np.ones(10), seeded())
    with pytest.raises(CannotEstimate, match="one_sided"):
        bca_interval(np.arange(1.0, 100), 0.0, 0.0)


@settings(max_examples=25)
@given(people(0, 60, least=6, most=30))
def test_the_interval_lies_within_the_changes_and_mirrors(pair):
    before, after = pair
    found = change_in_hours(before, after, seeded(), resamples=500)
    if found.interval is None:
        return
    change = after - before
    low, high = limits(found.interval)
    assert change.min() <= low <= high <= change.max()
    back = change_in_hours(after, before, seeded(), resamples=500)
    assert back.value == pytest.approx(-found.value)
    assert back.p == found.p


def test_three_pairs_are_refused():
    with pytest.raises(CannotEstimate, match="few_pairs"):
        change_in_hours(np.zeros(3), np.ones(3), seeded())
