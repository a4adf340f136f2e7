"""One's own figures beside published ones."""

import numpy as np
import pytest
from scipy import stats

from tests.evaluation.change.figures import limits, values
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.margins.published import (
    PrintedMean,
    PrintedShare,
    beside_published,
    difference_from_mean,
    difference_from_share,
    share_beside,
)
from trede.evaluation.proportions import newcombe, share


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombes_own_examples(one, other, low: float, high: float):
    """Newcombe 1998, Statistics in Medicine 17, the examples of method 10."""
    found = newcombe(share(*one), share(*other))
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_the_difference_turns_round_with_the_groups():
    there = newcombe(share(13, 53), share(90, 339))
    back = newcombe(share(90, 339), share(13, 53))
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))


def test_a_share_is_counted_within_its_band_and_missing_answers_apart():
    own = values([8, 9, 10, 7, 3, np.nan])
    found = difference_from_share(own, PrintedShare("43.7", 339, 8, 10))
    assert (found.n, found.n_missing) == (5, 1)
    assert found.value == pytest.approx(3 / 5 - 148 / 339)
    assert found.notes == ("other_people",)
    expected = newcombe(share(3, 5), share(148, 339))
    assert limits(found.interval) == (expected.low, expected.high)


def test_an_impossible_published_share_is_told():
    found = share_beside(13, 53, PrintedShare("24.0", 339, 0, 1))
    assert "impossible_figure" in found.notes


def test_a_rounded_share_gets_the_interval_of_all_counts_behind_it():
    found = share_beside(13, 53, PrintedShare("26", 339, 0, 1))
    assert "rounded" in found.notes
    low, high = limits(found.interval)
    for count in (87, 88, 89):
        one = newcombe(share(13, 53), share(count, 339))
        assert low <= one.low < one.high <= high


def test_there_is_no_p_and_nothing_is_called_a_control_group():
    found = share_beside(13, 53, PrintedShare("26.0", 339, 0, 1))
    assert found.p is None
    assert "control" not in f"{found.method}{found.notes}"


def test_a_mean_without_its_deviation_is_refused():
    with pytest.raises(CannotEstimate) as refused:
        difference_from_mean(values([5, 6, 7, 8]), PrintedMean(7.05, 339))
    assert (refused.value.why, refused.value.needed) == ("no_deviation", 1)


def test_with_its_deviation_it_is_welchs_interval():
    own = values([5, 6, 7, 8, 4, 9, np.nan])
    found = difference_from_mean(own, PrintedMean(7.05, 339, 1.9))
    rng = np.random.default_rng(1)
    other = stats.zscore(rng.normal(size=339), ddof=1) * 1.9 + 7.05
    by_scipy = stats.ttest_ind(own[:-1], other, equal_var=False).confidence_interval()
    assert limits(found.interval) == pytest.approx((by_scipy.low, by_scipy.high))
    assert found.p is None
    assert found.n_missing == 1


def test_a_mean_of_equal_answers_has_no_interval_without_spread():
    with pytest.raises(CannotEstimate) as refused:
        difference_from_mean(values([5, 5, 5, 5]), PrintedMean(5, 20, 0.0))
    assert refused.value.why == "no_variation"


@pytest.mark.parametrize("own", [[], [5], [5, 6, np.nan, 7]])
def test_three_people_are_too_few(own: list[float]):
    found = beside_published(
        values(own), {"a": PrintedShare("50", 10, 0, 5), "b": PrintedMean(5, 10, 1)}
    )
    assert not found.estimates
    assert [one.why for one in found.refused] == ["few_people", "few_people"]
    assert [one.needed for one in found.refused] == [4, 4]


def test_a_deviation_of_one_person_is_an_error():
    with pytest.raises(ValueError, match="two people"):
        difference_from_mean(values([1, 2, 3, 4]), PrintedMean(2, 1, 1.0))
