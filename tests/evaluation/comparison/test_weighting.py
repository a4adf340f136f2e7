"""A survey weighted until it looks like the participants."""

from math import nan

import numpy as np
import pytest

from tests.evaluation.comparison.figures import R, approx, groups, limits, values
from trede.evaluation.comparison.ancova import ancova
from trede.evaluation.comparison.outcomes import compare
from trede.evaluation.comparison.weighting import (
    e_value,
    e_value_of,
    e_value_of_difference,
    effective_size,
    standardised_differences,
    weigh,
)
from trede.evaluation.estimate import CannotEstimate, Estimate, Interval


@pytest.mark.parametrize("case", R["propensity"])
def test_everything_is_that_of_r(case):
    found = weigh(values(case["arm"]), values(case["x"]))
    assert found.method == ("firth" if case["firth"] else "logit")
    assert found.propensity == approx(values(case["propensity"]))
    assert found.weights == approx(values(case["weights"]))
    assert found.before == approx(values(case["before"]))
    assert found.after == approx(values(case["after"]))
    assert found.effective == approx(case["effective"])


def survey(n: int = 600, seed: int = 4) -> dict:
    """People in need take part more often and do worse; the effect is 1."""
    rng = np.random.default_rng(seed)
    need = rng.normal(size=n)
    arm = (rng.random(n) < 1 / (1 + np.exp(-need))) + 0.0
    before = 5 - need + rng.normal(0, 1, n)
    after = 5 - 1.5 * need + arm + rng.normal(0, 1, n)
    return {"arm": arm, "before": before, "after": after, "need": need}


def test_participants_count_once_and_the_survey_comes_to_look_like_them():
    case = survey()
    known = np.column_stack((case["need"], case["before"]))
    found = weigh(case["arm"], known)
    assert (found.weights[case["arm"] == 1] == 1).all()
    assert np.abs(found.before).min() > 0.5
    assert np.abs(found.after).max() < 0.1
    assert found.notes == ()
    assert 4 < found.effective < (case["arm"] == 0).sum()


def test_weights_take_away_what_the_model_knows():
    case = survey(2000)
    known = np.column_stack((case["need"], case["before"]))
    weights = weigh(case["arm"], known).weights
    plain, weighted = (ancova(groups(case, **w)) for w in ({}, {"weights": weights}))
    assert limits(plain.interval)[1] < 1
    low, high = limits(weighted.interval)
    assert low < 1 < high
    assert weighted.value == pytest.approx(1, abs=0.15)


def test_right_when_only_the_outcome_model_is():
    """Doubly robust: useless weights, but the start says all there is to know."""
    rng = np.random.default_rng(6)
    before = rng.normal(size=2000)
    arm = (rng.random(2000) < 1 / (1 + np.exp(-before))) + 0.0
    after = 2 * before + 1 * arm + rng.normal(size=2000)
    useless = rng.uniform(0.2, 2, 2000)
    case = {"arm": arm, "before": before, "after": after}
    found = ancova(groups(case, weights=useless))
    assert found.value == pytest.approx(1, abs=0.15)


def test_who_misses_something_has_no_weight_and_is_counted():
    case = survey(100)
    known = np.column_stack((case["need"], case["before"]))
    known[3, 0] = nan
    found = weigh(case["arm"], known)
    assert (found.n, found.n_missing) == (99, 1)
    assert np.isnan(found.weights[3])


def test_groups_without_anybody_alike_are_refused():
    arm = np.repeat([1.0, 0.0], 50)
    far = np.concatenate((np.linspace(5, 6, 50), np.linspace(0, 1, 50)))
    far[-1] = 5.5
    with pytest.raises(CannotEstimate) as refusal:
        weigh(arm, far[:, None])
    assert (refusal.value.why, refusal.value.needed) == ("no_overlap", 4)


def test_groups_that_stay_unlike_are_said_to_be():
    """Participants about the middle; odds that rise with need cannot do that."""
    rng = np.random.default_rng(2)
    arm = np.repeat([1.0, 0.0], 30)
    few = np.concatenate((rng.normal(2, 1, 30), rng.normal(0, 1, 30)))
    found = weigh(arm, few[:, None])
    assert np.abs(found.after).max() > 0.1
    assert "not_balanced" in found.notes


def test_participants_unlike_anybody_of_the_survey_are_said_to_be():
    rng = np.random.default_rng(3)
    arm = np.repeat([1.0, 0.0], 200)
    near = np.concatenate((rng.normal(0.5, 1, 200), rng.normal(0, 1, 200)))
    assert "little_overlap" not in weigh(arm, near[:, None]).notes
    near[:15] += 6
    assert "little_overlap" in weigh(arm, near[:, None]).notes


@pytest.mark.parametrize("arm", [np.ones(20), np.tile([0.0, 2], 10)])
def test_anything_but_two_arms_is_refused(arm):
    with pytest.raises(CannotEstimate, match="not_two_arms"):
        weigh(arm, np.arange(20.0)[:, None])


def test_what_cannot_be_covariates_is_an_error():
    with pytest.raises(ValueError):
        weigh(np.ones(4), np.ones(4))
    with pytest.raises(ValueError):
        weigh(np.tile([0.0, 1], 10), np.full((20, 1), np.inf))


def test_a_covariate_that_says_the_same_twice_is_refused():
    case = survey(100)
    with pytest.raises(CannotEstimate, match="collinear"):
        weigh(case["arm"], np.column_stack((case["need"], 2 * case["need"])))


def test_the_effective_size_is_the_size_for_equal_weights():
    assert effective_size(np.full(7, 3.0)) == pytest.approx(7)
    assert effective_size(values([1, 0.0001, 0.0001])) == pytest.approx(1, abs=0.001)


def test_a_covariate_that_participants_do_not_differ_in_has_no_distance():
    found = standardised_differences(
        values([[1, 1], [1, 2], [0, 3], [1, 4]]), values([1, 1, 0, 0]), np.ones(4)
    )
    assert np.isnan(found[0]) and found[1] == pytest.approx(-2 / np.sqrt(0.5))


def test_the_e_value_is_the_published_one():
    """VanderWeele and Ding (2017): a ratio of 3.9 (1.8 to 8.7) gives 7.26 and 3.0."""
    found = e_value_of(3.9, Interval(1.8, 8.7, "published"))
    assert found.value == pytest.approx(7.26, abs=0.005)
    assert limits(found.interval)[0] == pytest.approx(3.0, abs=0.005)
    assert e_value(1 / 3.9) == pytest.approx(e_value(3.9))


def test_an_interval_that_holds_1_needs_nothing_unknown():
    found = e_value_of(1.2, Interval(0.9, 1.6, "published"))
    assert limits(found.interval)[0] == 1
    assert e_value(1) == 1


def test_the_e_value_of_a_difference_goes_through_its_size():
    """VanderWeele and Ding (2017): half a deviation is a ratio of exp(0.455)."""
    one = Estimate("any", 1.0, 40, 0, interval=Interval(-0.2, 2.2, "t"))
    found = e_value_of_difference(one, 2.0)
    assert found.value == pytest.approx(e_value(np.exp(0.91 / 2)))
    assert limits(found.interval)[0] == 1
    assert np.isfinite(e_value_of_difference(one, 1e-9).value)


@pytest.mark.parametrize("kind", ["score", "likert", "binary", "hours"])
def test_a_weighted_headline_says_what_could_explain_it_away(kind: str):
    case = survey(400)
    if kind == "binary":
        before, after = (case["before"] > 5) + 0.0, (case["after"] > 5) + 0.0
    else:
        before, after = (np.clip(np.rint(case[w]), 1, 9) for w in ("before", "after"))
    known = np.column_stack((case["need"], case["before"]))
    weights = weigh(case["arm"], known).weights
    headline = compare(
        kind,
        before,
        after,
        case["arm"],
        weights=weights,
        rng=np.random.default_rng(1),
    )[0]
    size = headline.sizes[-1]
    assert size.name == "e_value"
    assert 1 <= limits(size.interval)[0] <= size.value
