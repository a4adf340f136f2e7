"""Weights by the chance of an answer."""

from math import nan

import numpy as np
import pytest

from tests.evaluation.missing_people.figures import R, approx, limits, pilot, values
from trede.evaluation.change.mean_change import mean_change
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.missing_people.response import response
from trede.evaluation.missing_people.weighted_change import weighted_change


@pytest.mark.parametrize("case", R["weights"])
def test_the_model_and_its_weights_are_those_of_r(case):
    found = response(values(case["answered"]), values(case["x"]))
    assert found.method == ("firth" if case["firth"] else "logit")
    assert found.coefficients == approx(values(case["coefficients"]))
    assert found.chance == approx(values(case["chance"]))
    assert found.weights[values(case["answered"]) == 1] == approx(
        values(case["weights"])
    )
    assert found.effective == approx(case["effective"])
    assert found.untrimmed == approx(case["untrimmed"])


@pytest.mark.parametrize("case", R["weights"])
@pytest.mark.parametrize("errors", ["hc3", "cr2"])
def test_the_weighted_change_has_the_errors_of_r(case, errors):
    weights = response(values(case["answered"]), values(case["x"])).weights
    cluster = np.array(case["coach"]) if errors == "cr2" else None
    found = weighted_change(
        values(case["before"]), values(case["after"]), weights, cluster
    )
    r = case[errors]
    assert found.method == f"ipw_mean_change_{errors}"
    assert (found.value, found.se, found.df) == approx((r["value"], r["se"], r["df"]))
    assert limits(found.interval) == approx(r["ci"])
    assert found.p == approx(r["p"])


def test_who_did_not_answer_has_no_weight_and_who_is_unknown_no_chance():
    rng = np.random.default_rng(1)
    case = pilot(rng)
    need = case.need.copy()
    need[0] = nan
    answered = ~np.isnan(case.after) + 0.0
    found = response(answered, need[:, None])
    assert np.isnan(found.chance[0]) and found.n_missing == 1
    assert np.isnan(found.weights[answered == 0]).all()
    assert found.effective < found.answered


def test_trimming_draws_in_the_largest_weight_and_can_be_left_out():
    case = pilot(np.random.default_rng(2))
    answered = ~np.isnan(case.after) + 0.0
    trimmed = response(answered, case.need[:, None])
    whole = response(answered, case.need[:, None], trim=(0, 1))
    assert trimmed.largest < trimmed.untrimmed == whole.largest


def test_weights_by_nothing_that_matters_are_about_one():
    rng = np.random.default_rng(3)
    answered = (rng.random(4000) < 0.7) + 0.0
    found = response(answered, rng.normal(size=(4000, 1)))
    assert np.nanmax(np.abs(found.weights - 1)) < 0.15


def test_when_everybody_answered_everybody_counts_once():
    found = response(np.ones(8), np.arange(8.0)[:, None])
    assert (found.weights == 1).all() and found.effective == 8
    assert found.notes == ("everybody_answered",)


def test_weights_of_one_give_the_plain_mean():
    before, after = values([3, 4, 5, 6, 2, nan]), values([4, 4, 7, 6, 9, 1])
    found = weighted_change(before, after, np.ones(6))
    assert found.value == approx(mean_change(before, after).value)
    assert (found.n, found.n_missing) == (5, 1)


def test_who_can_be_told_apart_exactly_is_left_to_firth():
    need = np.linspace(-1, 1, 60)
    found = response((need < 0) + 0.0, need[:, None])
    assert (found.method, found.notes) == ("firth", ("separated",))
    assert found.largest < 100


def test_equal_changes_have_a_value_and_no_error():
    found = weighted_change(np.zeros(6), np.ones(6), np.ones(6))
    assert (found.value, found.interval, found.notes) == (1, None, ("no_variation",))


def test_too_few_answers_are_refused():
    with pytest.raises(CannotEstimate, match="few_answers"):
        response(values([1, 1, 1, 0, 0]), np.arange(5.0)[:, None])
    with pytest.raises(CannotEstimate, match="few_pairs"):
        weighted_change(np.zeros(5), np.ones(5), values([1, 1, 1, nan, nan]))
    with pytest.raises(CannotEstimate, match="few_clusters"):
        weighted_change(np.zeros(5), np.arange(5.0), np.ones(5), np.array(["a"] * 5))


@pytest.mark.parametrize(
    ("answered", "known"),
    [
        ([1, 0, 2, 1, 1], np.ones((5, 1))),
        ([1, 0, 1, 1, 1], np.ones(5)),
        ([1, 0, 1, 1, 1], np.full((5, 1), np.inf)),
    ],
)
def test_what_cannot_be_is_an_error(answered, known):
    with pytest.raises(ValueError):
        response(values(answered), known)
