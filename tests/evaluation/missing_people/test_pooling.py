"""One estimate out of many completed data sets."""

from math import inf

import numpy as np
import pytest
from scipy import stats

from tests.evaluation.missing_people.figures import R, approx, limits, values
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.missing_people.pooling import joint, pool


def parts(case):
    estimates = values(case["estimates"])
    k = estimates.shape[1]
    return estimates, values(case["covariances"]).reshape(-1, k, k)


@pytest.mark.parametrize("case", R["pool"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_everything_is_that_of_mice(case, place):
    estimates, covariances = parts(case)
    found = pool(estimates[:, place], covariances[:, place, place], case["n"] - 3)
    for name in ("value", "se", "df", "p", "within", "between", "increase", "lost"):
        assert getattr(found, name) == approx(case[name][place]), name
    assert limits(found.interval) == approx((case["low"][place], case["high"][place]))


@pytest.mark.parametrize("case", R["pool"])
def test_without_a_size_of_the_data_the_degrees_are_those_of_rubin(case):
    estimates, covariances = parts(case)
    found = pool(estimates[:, 1], covariances[:, 1, 1])
    assert found.df == approx(case["large"]["df"])
    assert found.lost == approx(case["large"]["lost"])


@pytest.mark.parametrize("case", R["pool"])
def test_several_at_once_are_those_of_d1(case):
    estimates, covariances = parts(case)
    some = estimates[:, 1:], covariances[:, 1:, 1:]
    for name, df in (("d1", case["n"] - 3), ("d1_large", inf)):
        found = joint(*some, df)
        told = (found.f, found.df_between, found.df, found.p)
        assert told == approx(tuple(case[name])), name


def test_never_more_degrees_than_the_complete_data():
    estimates = np.linspace(1, 1.001, 20)
    assert pool(estimates, np.ones(20), 15).df < 15
    assert pool(estimates, np.ones(20)).df > 1000


def test_the_normal_distribution_is_too_sure_of_a_small_group():
    """What some packages do: z instead of t."""
    rng = np.random.default_rng(1)
    found = pool(rng.normal(size=20), np.full(20, 0.3), 12)
    z = 2 * stats.norm.sf(abs(found.value) / found.se)
    assert found.p > z


def test_without_differences_nothing_is_lost():
    found = pool(np.full(20, 2.0), np.full(20, 0.25), 30)
    assert (found.value, found.se, found.increase) == (2, 0.5, 0)
    assert found.df == pytest.approx(31 / 33 * 30, rel=1e-3)


def test_without_any_variance_the_figure_stands_alone():
    found = pool(np.full(20, 2.0), np.zeros(20), 30)
    assert (found.se, found.p) == (0, 0)
    assert limits(found.interval) == (2, 2)
    assert pool(np.zeros(20), np.zeros(20)).p == 1
    assert pool(np.arange(20.0), np.zeros(20)).lost == 1


def test_one_is_the_same_alone_and_jointly():
    estimates, covariances = parts(R["pool"][0])
    alone = pool(estimates[:, 2], covariances[:, 2, 2])
    found = joint(estimates[:, 2:], covariances[:, 2:, 2:])
    assert found.f == approx((alone.value / alone.se) ** 2)


def test_too_few_completed_sets_are_refused():
    with pytest.raises(CannotEstimate, match="few_imputations"):
        pool(np.ones(1), np.ones(1))
    with pytest.raises(CannotEstimate, match="few_imputations"):
        joint(np.ones((3, 2)), np.ones((3, 2, 2)))
