"""How far the items of a scale hang together."""

import numpy as np
import pytest

from tests.evaluation.change.figures import EXACT, limits, values
from tests.evaluation.instrument.figures import R, items
from trede.evaluation.change.bootstrap import drawn_times
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.instrument.alpha import alpha_of, cronbach_alpha, item_rest
from trede.evaluation.instrument.omega import loadings, omega_of, omega_total
from trede.evaluation.instrument.reliability import reliability
from trede.evaluation.instrument.scales import (
    complete_scale,
    covariances,
    interval_of,
)

SCALES = R["scales"]


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def scale(case):
    return complete_scale(items(case["answers"]), what="test")


def factor(n: int, strengths: list[float], seed: int = 1):
    """Answers of one thing, measured with these loadings."""
    draw = np.random.default_rng(seed)
    thing = draw.normal(size=n)
    own = draw.normal(size=(len(strengths), n))
    return {
        f"q{k}": s * thing + np.sqrt(1 - s * s) * own[k]
        for k, s in enumerate(strengths)
    }


# --- against R -----------------------------------------------------------------
@pytest.mark.parametrize("case", SCALES)
def test_alpha_and_feldts_interval_are_those_of_psych(case):
    found = cronbach_alpha(scale(case))
    assert found.value == pytest.approx(case["alpha"], rel=EXACT)
    assert limits(found.interval) == pytest.approx(case["feldt"], abs=EXACT)


@pytest.mark.parametrize("case", SCALES)
def test_bca_of_the_same_replicates_is_that_of_boot(case):
    found = interval_of(values(case["replicates"]), scale(case), alpha_of, "test")
    assert limits(found) == pytest.approx(case["bca"], abs=EXACT)


@pytest.mark.parametrize("case", SCALES)
def test_item_rest_correlations_are_those_of_psych(case):
    found = list(item_rest(items(case["answers"])).estimates.values())
    assert [e.value for e in found] == pytest.approx(case["item_rest"], abs=EXACT)
    for estimate, expected in zip(found, case["item_rest_ci"], strict=True):
        assert limits(estimate.interval) == pytest.approx(expected, abs=EXACT)
    without = [e.sizes[0].value for e in found]
    assert without == pytest.approx(case["alpha_without"], abs=EXACT)


@pytest.mark.parametrize("case", SCALES)
def test_one_factor_and_omega_are_those_of_r(case):
    covariance = scale(case).covariance[None]
    assert loadings(covariance)[0] == pytest.approx(case["loadings"], abs=EXACT)
    assert omega_of(covariance)[0] == pytest.approx(case["omega"], abs=EXACT)


# --- what they are -------------------------------------------------------------
def test_covariances_of_people_counted_so_often():
    draw = rng()
    answers = draw.normal(size=(9, 3))
    times = draw.multinomial(9, np.full(9, 1 / 9), 4)
    found = covariances(answers, times.astype(float))
    for matrix, often in zip(found, times, strict=True):
        expected = np.cov(np.repeat(answers, often, axis=0), rowvar=False)
        assert matrix == pytest.approx(expected)


def test_drawn_groups_are_as_large_and_everybody_is_drawn_as_often():
    times = drawn_times(20, rng(), 4000)
    assert (times.sum(axis=1) == 20).all()
    assert times.mean(axis=0) == pytest.approx(np.ones(20), abs=0.08)
    assert times.var() == pytest.approx(1 - 1 / 20, abs=0.02)


def test_loadings_of_a_perfect_factor_are_recovered():
    strengths = np.array([0.9, 0.7, 0.5, 0.3])
    matrix = np.outer(strengths, strengths)
    np.fill_diagonal(matrix, 1)
    assert loadings(matrix[None])[0] == pytest.approx(strengths)
    common = strengths.sum() ** 2
    expected = common / (common + (1 - strengths**2).sum())
    assert omega_of(matrix[None])[0] == pytest.approx(expected)


def test_alpha_and_omega_are_equal_when_all_items_are_alike():
    matrix = np.full((4, 4), 0.4)
    np.fill_diagonal(matrix, 1)
    assert omega_of(matrix[None])[0] == pytest.approx(alpha_of(matrix[None])[0])


def test_alpha_is_never_above_omega_of_one_factor():
    strengths = np.array([0.9, 0.8, 0.3, 0.2])
    matrix = np.outer(strengths, strengths)
    np.fill_diagonal(matrix, 1)
    assert alpha_of(matrix[None])[0] < omega_of(matrix[None])[0]


def test_the_order_of_people_and_of_items_plays_no_part():
    given = factor(40, [0.8, 0.6, 0.7])
    turned = {name: one[::-1] for name, one in reversed(given.items())}
    one, other = (complete_scale(x, what="test") for x in (given, turned))
    assert cronbach_alpha(one).value == pytest.approx(cronbach_alpha(other).value)
    both = omega_of(np.stack((one.covariance, other.covariance)))
    assert both[0] == pytest.approx(both[1])


def test_another_unit_for_all_items_changes_nothing():
    given = factor(40, [0.8, 0.6, 0.7])
    longer = {name: 10 * one + 3 for name, one in given.items()}
    one, other = (complete_scale(x, what="test") for x in (given, longer))
    assert cronbach_alpha(one).value == pytest.approx(cronbach_alpha(other).value)


def test_an_item_the_wrong_way_round_is_told():
    given = factor(60, [0.8, 0.8, 0.8, 0.8])
    given["q3"] = -given["q3"]
    found = item_rest(given).estimates
    assert "negative_item" in found["q3"].notes
    assert "negative_item" not in found["q0"].notes
    omega = omega_total(complete_scale(given, what="test"), rng(), 99)
    assert "negative_loading" in omega.notes


def test_items_that_contradict_each_other_have_a_negative_alpha():
    draw = rng()
    one = draw.normal(size=50)
    given = {"a": one, "b": -one + 0.5 * draw.normal(size=50)}
    assert "negative_alpha" in cronbach_alpha(complete_scale(given, what="t")).notes


def test_the_headline_is_alpha_and_the_same_seed_gives_the_same_digits():
    given = factor(53, [0.8, 0.6, 0.7, 0.5])
    given["q1"] = np.where(np.arange(53) < 3, np.nan, given["q1"])
    found = reliability(given, rng())
    assert [e.method for e in found.estimates] == [
        *("cronbach_alpha", "cronbach_alpha_bca", "omega_total_minres"),
    ]
    assert {(e.n, e.n_missing) for e in found.estimates} == {(50, 3)}
    assert {e.p for e in found.estimates} == {None}
    assert found == reliability(given, rng())


# --- what cannot be done -------------------------------------------------------
def test_two_items_have_an_alpha_and_no_omega():
    found = reliability(factor(40, [0.8, 0.7]), rng())
    assert len(found.estimates) == 2
    (refused,) = found.refused
    assert (refused.why, refused.has, refused.needed) == ("few_items", 2, 3)
    assert item_rest(factor(40, [0.8, 0.7])).estimates["q0"].sizes == ()


def test_an_item_that_everybody_answers_alike_is_refused_alone():
    given = factor(40, [0.8, 0.7, 0.6]) | {"same": np.full(40, 3.0)}
    found = item_rest(given)
    assert set(found.refused) == {"same"}
    assert found.refused["same"].why == "no_variation"
    (refused,) = reliability(given, rng()).refused
    assert (refused.what, refused.why) == ("omega_total", "no_variation")


def test_one_item_that_is_the_factor_itself_is_refused():
    draw = rng()
    one = draw.normal(size=200)
    given = {
        "whole": one,
        "b": one + 0.7 * (noise := draw.normal(size=200)),
        "c": one - 0.7 * noise,
    }
    with pytest.raises(CannotEstimate, match="heywood"):
        omega_total(complete_scale(given, what="test"), rng(), 99)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, "few_items"),
        ({"a": [1, 2, 3, 4]}, "few_items"),
        ({"a": [1, 2, 3], "b": [1, 2, 3]}, "few_people"),
        ({"a": [], "b": []}, "few_people"),
        ({"a": [1, 2, 3, np.nan], "b": [1, 2, 3, 4]}, "few_people"),
        ({"a": [2, 2, 2, 2], "b": [1, 1, 1, 1]}, "no_variation"),
        ({"a": [1, 2, 3, 4], "b": [4, 3, 2, 1]}, "no_variation"),
    ],
)
def test_too_little_is_refused(given, why: str):
    arrays = {name: values(one) for name, one in given.items()}
    with pytest.raises(CannotEstimate) as refused:
        reliability(arrays, rng())
    assert (refused.value.what, refused.value.why) == ("reliability", why)


def test_items_of_different_people_are_an_error():
    with pytest.raises(ValueError, match="different people"):
        reliability({"a": values([1, 2]), "b": values([1])}, rng())
    with pytest.raises(ValueError, match="infinite"):
        reliability({"a": values([1, np.inf]), "b": values([1, 2])}, rng())


def test_feldts_interval_holds_the_truth_as_often_as_it_says():
    """Four items with loadings of .7: alpha is .7935 in everybody."""
    truth = 4 / 3 * (1 - 4 / (4 + 12 * 0.49))
    held = 0
    for seed in range(400):
        found = cronbach_alpha(complete_scale(factor(40, [0.7] * 4, seed), what="t"))
        low, high = limits(found.interval)
        held += low <= truth <= high
    assert held / 400 == pytest.approx(0.95, abs=0.03)
