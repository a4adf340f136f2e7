"""One figure under different suppositions, and pilots of which the truth is known."""

from math import nan

import numpy as np
import pytest

from tests.evaluation.missing_people.figures import (
    CHANGE,
    EFFECT,
    approx,
    limits,
    pilot,
    values,
)
from trede.evaluation.change.mean_change import mean_change
from trede.evaluation.comparison.ancova import ancova
from trede.evaluation.comparison.groups import two_groups
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.missing_people.lee import lee_bounds
from trede.evaluation.missing_people.outcomes import side_by_side


def laid(case, seed=1, *, arms=False, **more):
    return side_by_side(
        case.before,
        case.after,
        {"need": case.need},
        np.random.default_rng(seed),
        arm=case.arm if arms else None,
        **more,
    )


def methods(found):
    return [one.method for one in (*found.estimates, *found.bounds)]


def test_a_change_has_four_accounts_and_complete_cases_come_first():
    case = pilot(np.random.default_rng(1))
    found = laid(case, scale=(-10, 20))
    assert methods(found) == [
        "complete_mean_change",
        "ipw_mean_change_hc3",
        "mi_mean_change",
        "manski_change",
    ]
    plain = mean_change(case.before, case.after)
    assert found.estimates[0].value == plain.value
    assert found.estimates[0].interval == plain.interval
    assert found.refused == ()
    manski = found.bounds[0]
    assert all(manski.low < e.value < manski.high for e in found.estimates)


def test_a_difference_has_lee_as_well():
    case = pilot(np.random.default_rng(1))
    found = laid(case, arms=True, scale=(-10, 20))
    assert methods(found) == [
        "complete_ancova_hc3",
        "ipw_ancova_hc3",
        "mi_ancova",
        "lee",
        "manski_difference_in_change",
    ]
    groups = two_groups(case.before, case.after, case.arm, what="test")
    assert found.estimates[0].value == ancova(groups).value


def test_the_bounds_of_lee_are_those_of_the_change():
    case = pilot(np.random.default_rng(2))
    found = laid(case, arms=True)
    (told,) = (one for one in found.bounds if one.method.startswith("lee"))
    alone = lee_bounds(case.after - case.before, case.arm)
    assert (told.low, told.high) == (alone.low, alone.high)


def test_when_nobody_is_missing_all_say_the_same():
    case = pilot(np.random.default_rng(2))
    whole = case._replace(after=np.where(np.isnan(case.after), 5, case.after))
    found = laid(whole, scale=(-10, 20))
    same = {round(e.value, 10) for e in found.estimates}
    assert same == {round(found.bounds[0].low, 10)} == {round(found.bounds[0].high, 10)}
    assert found.response.notes == ("everybody_answered",)


def test_people_who_belong_together_have_cr2_in_all():
    case = pilot(np.random.default_rng(3))
    coach = np.arange(len(case.need)) % 12
    found = laid(case, cluster=coach)
    assert [e.interval.method for e in found.estimates] == [
        "t_cr2",
        "t_cr2",
        "t_barnard_rubin",
    ]
    assert found.estimates[0].df < 12
    both = laid(case, arms=True, cluster=coach)
    assert both.estimates[0].method == "complete_ancova_cr2"


def test_five_coaches_have_intervals_and_no_p_in_any_account():
    case = pilot(np.random.default_rng(3))
    for arms in (False, True):
        found = laid(case, arms=arms, cluster=np.arange(len(case.need)) % 5)
        for one in found.estimates:
            assert one.p is None and one.interval is not None
            assert {"few_clusters", "smallest_p_2_of_32"} <= set(one.notes)
    eight = laid(case, cluster=np.arange(len(case.need)) % 8)
    assert all(e.p is not None and "few_clusters" in e.notes for e in eight.estimates)


def test_a_covariate_that_nobody_gave_leaves_complete_cases():
    case = pilot(np.random.default_rng(3))
    known = {"x": np.full(len(case.need), nan)}
    found = side_by_side(case.before, case.after, known, np.random.default_rng(1))
    assert len(found.estimates) == 1 and found.response is None
    assert {r.what for r in found.refused} == {"response", "impute", "manski"}


def test_without_a_scale_there_is_no_worst_case_and_it_is_said():
    found = laid(pilot(np.random.default_rng(1)))
    assert found.bounds == ()
    assert [(r.what, r.why) for r in found.refused] == [("manski", "no_scale")]


def test_what_is_refused_leaves_the_rest():
    before, after = np.arange(9.0), np.arange(9.0) ** 1.5
    after[4:8] = nan
    need = values([1, 2, 3, 4, 5, 6, 7, 8, 8])
    found = side_by_side(before, after, {"n": need}, np.random.default_rng(1))
    assert found.estimates[0].n == 5
    assert ("impute", "few_answers") in [(r.what, r.why) for r in found.refused]


def test_without_complete_cases_nothing_is_told():
    with pytest.raises(CannotEstimate, match="few_pairs"):
        side_by_side(np.ones(6), np.full(6, nan), {}, np.random.default_rng(1))
    with pytest.raises(CannotEstimate, match="not_two_arms"):
        case = pilot(np.random.default_rng(1))
        laid(case._replace(arm=case.arm + 1), arms=True)
    with pytest.raises(ValueError, match="same people"):
        side_by_side(np.ones(6), np.ones(5), {}, np.random.default_rng(1))


def test_without_covariates_the_start_alone_is_used():
    case = pilot(np.random.default_rng(4))
    found = side_by_side(case.before, case.after, {}, np.random.default_rng(1))
    assert len(found.estimates) == 3
    assert len(found.response.coefficients) == 2


def test_a_covariate_that_does_not_vary_is_left_out():
    case = pilot(np.random.default_rng(4))
    known = {"need": case.need, "same": np.ones(len(case.need))}
    found = side_by_side(case.before, case.after, known, np.random.default_rng(1))
    assert len(found.estimates) == 3


def test_the_order_of_people_does_not_matter():
    case = pilot(np.random.default_rng(5))
    order = np.random.default_rng(6).permutation(len(case.need))
    turned = type(case)(*(column[order] for column in case))
    some, others = (laid(c, scale=(-10, 20)) for c in (case, turned))
    for one, other in zip(some.estimates[:2], others.estimates[:2], strict=True):
        assert one.value == approx(other.value)
        assert limits(one.interval) == approx(limits(other.interval))
    assert some.estimates[2].value == pytest.approx(others.estimates[2].value, abs=0.1)


PILOTS = 80


@pytest.fixture(scope="module")
def pilots():
    """Of each simulated pilot what was found, change (arm 0 and 1 mixed) and effect."""
    rng = np.random.default_rng(20)
    cases = [pilot(rng) for _ in range(PILOTS)]
    return [(laid(c, i), laid(c, i, arms=True)) for i, c in enumerate(cases)]


def told(pilots, kind, place, truth):
    """The mean error in standard errors of that mean, and how often truth is held."""
    found = [one[kind].estimates[place] for one in pilots]
    errors = np.array([one.value - truth for one in found])
    held = [limits(e.interval)[0] <= truth <= limits(e.interval)[1] for e in found]
    return errors.mean() / (errors.std(ddof=1) / np.sqrt(PILOTS)), np.mean(held)


TRUE_CHANGE = CHANGE + EFFECT / 2


def test_complete_cases_are_wrong_about_the_change_of_everybody(pilots):
    bias, held = told(pilots, 0, 0, TRUE_CHANGE)
    assert bias > 6 and held < 0.8


@pytest.mark.parametrize("place", [1, 2])
def test_weights_and_filled_in_answers_are_right_about_it_and_honest(pilots, place):
    bias, held = told(pilots, 0, place, TRUE_CHANGE)
    assert abs(bias) < 3
    assert held >= 0.88


@pytest.mark.parametrize("place", [1, 2])
def test_so_are_they_about_the_effect(pilots, place):
    bias, held = told(pilots, 1, place, EFFECT)
    assert abs(bias) < 3
    assert held >= 0.88


def test_lee_holds_the_effect(pilots):
    bounds = [one[1].bounds[0].interval for one in pilots]
    assert np.mean([b.low <= EFFECT <= b.high for b in bounds]) > 0.93


def test_the_weights_of_a_survey_are_in_every_estimate_and_in_no_bounds():
    case = pilot(np.random.default_rng(5))
    weights = np.where(case.arm == 1, 1.0, np.exp(case.need))
    plain, found = (
        laid(case, arms=True, scale=(-10, 20), weights=one) for one in (None, weights)
    )
    assert methods(found) == methods(plain)
    groups = two_groups(case.before, case.after, case.arm, what="test", weights=weights)
    assert found.estimates[0].value == ancova(groups).value
    for one, other in zip(found.estimates, plain.estimates, strict=True):
        assert one.value != other.value
    for one, other in zip(found.bounds, plain.bounds, strict=True):
        assert one == other


def test_who_cannot_be_weighted_is_counted_as_missing_everywhere():
    case = pilot(np.random.default_rng(5))
    weights = np.ones(len(case.arm))
    weights[:3] = nan
    found = laid(case, arms=True, weights=weights)
    n = {one.method: one.n + one.n_missing for one in found.estimates[:2]}
    assert set(n.values()) == {len(case.arm)}
    assert found.estimates[2].n == len(case.arm) - 3


def test_weights_need_arms():
    case = pilot(np.random.default_rng(5))
    with pytest.raises(ValueError, match="no arm"):
        laid(case, weights=np.ones(len(case.arm)))
