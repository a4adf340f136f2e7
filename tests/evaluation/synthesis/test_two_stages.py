"""The mean of pilots, how far they differ, and where the next one may lie."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.evaluation.synthesis.figures import (
    ALL,
    EXACT,
    WITH_LEFT_OUT,
    R,
    approx,
    limits,
    of,
)
from trede.evaluation.estimate import CannotEstimate, Estimate
from trede.evaluation.synthesis.heterogeneity import (
    heterogeneity,
    log_likelihood,
    q_profile,
    reml,
    typical_variance,
)
from trede.evaluation.synthesis.leave_one_out import leave_one_out
from trede.evaluation.synthesis.random_effects import (
    hartung_knapp,
    prediction,
    random_effects,
    rover,
)
from trede.evaluation.synthesis.studies import fixed_effect, studies

figures = st.lists(
    st.tuples(st.floats(-5, 5), st.floats(0.05, 3)), min_size=3, max_size=9
)


def told(found: Estimate) -> tuple[float, ...]:
    assert found.se is not None and found.p is not None
    return found.value, found.se, *limits(found.interval), found.p


def r_told(r: dict) -> tuple[float, ...]:
    return r["value"], r["se"], *r["ci"], r["p"]


def headline(found):
    return random_effects(found, reml(found))


@pytest.mark.parametrize("case", ALL)
def test_the_fixed_effect_is_that_of_r(case):
    found = fixed_effect(of(case))
    value, se, low, high, _p = r_told(case["fixed"])
    assert (found.value, found.se) == approx((value, se))
    assert limits(found.interval) == approx((low, high))
    # A p would speak of pilots in general; this mean is of these.
    assert found.p is None
    assert of(case).shares() == approx(case["weights_fixed"])


@pytest.mark.parametrize("case", ALL)
def test_variance_between_pilots_is_that_of_r(case):
    assert reml(of(case)) == approx(case["tau2"])


@pytest.mark.parametrize("case", ALL)
def test_all_three_errors_are_those_of_r(case):
    found, tau2 = of(case), reml(of(case))
    assert told(hartung_knapp(found, tau2)) == approx(r_told(case["knha"]))
    assert told(rover(found, tau2)) == approx(r_told(case["adhoc"]))
    assert told(random_effects(found, tau2)) == approx(r_told(case["modified"]))
    assert limits(hartung_knapp(found, tau2).interval) == approx(case["knha_ci"])
    assert rover(found, tau2).p == approx(case["adhoc_p"])
    assert found.shares(tau2) == approx(case["weights"])


@pytest.mark.parametrize("case", ALL)
def test_how_far_pilots_differ_is_that_of_r(case):
    found = heterogeneity(of(case))
    assert (found.q, found.p) == approx((case["q"], case["q_p"]))
    assert found.df == len(case["y"]) - 1
    assert found.i2 == approx(case["i2"])
    assert typical_variance(of(case)) == approx(case["typical"])
    assert limits(found.tau2_interval) == approx(case["tau2_ci"])
    assert limits(found.i2_interval) == approx(case["i2_ci"])
    assert found.tau == approx(sqrt(reml(of(case))))


@pytest.mark.parametrize("case", ALL)
def test_the_prediction_interval_has_k_minus_1_degrees_of_freedom(case):
    found, tau2 = of(case), reml(of(case))
    next_pilot = prediction(found, tau2, random_effects(found, tau2))
    assert limits(next_pilot.interval) == approx(case["prediction"])
    assert next_pilot.df == len(case["y"]) - 1 == case["prediction_df"]
    plain = prediction(found, tau2, hartung_knapp(found, tau2))
    assert limits(plain.interval) == approx(case["prediction_knha"])


@pytest.mark.parametrize("case", WITH_LEFT_OUT)
def test_without_each_pilot_in_turn_it_is_that_of_r(case):
    for found, r in zip(leave_one_out(of(case)), case["left_out"], strict=True):
        differ = found.heterogeneity
        assert found.estimate.value == approx(r["value"])
        assert found.estimate.se == approx(r["modified_se"])
        assert (differ.tau2, differ.q, differ.i2) == approx(
            (r["tau2"], r["q"], r["i2"])
        )


def test_the_published_trials_give_the_published_figures():
    # Viechtbauer, Journal of Statistical Software 36(3), 2010, pages 15 and 31.
    found = heterogeneity(of(R["published"]))
    assert round(found.tau2, 4) == 0.3132 and round(100 * found.i2, 2) == 92.22
    assert round(found.q, 4) == 152.2330
    low, high = limits(found.tau2_interval)
    assert (round(low, 4), round(high, 4)) == (0.1197, 1.1115)
    assert round(of(R["published"]).mean(found.tau2), 4) == -0.7145


def test_equal_errors_have_a_formula():
    y, se = np.array([0.2, 0.5, 0.9, 1.4, 0.1]), 0.3
    found = studies(y, np.full(5, se))
    assert reml(found) == pytest.approx(y.var(ddof=1) - se**2, rel=1e-12)
    error = y.std(ddof=1) / sqrt(5)
    assert told(headline(found))[:2] == pytest.approx((y.mean(), error), rel=1e-12)


def test_the_variance_is_exactly_0_at_the_boundary():
    for case in ALL:
        if case["tau2"] < 1e-12:
            assert reml(of(case)) == 0.0
    assert reml(studies([1.0, 1.0, 1.0], [0.1, 0.2, 0.3])) == 0.0


def test_no_variance_between_pilots_makes_random_effects_the_fixed_effect():
    found = studies([0.5, 0.51, 0.49], [0.3, 0.2, 0.4])
    random, fixed = headline(found), fixed_effect(found)
    assert reml(found) == 0
    assert (random.value, random.se) == (fixed.value, fixed.se)
    assert random.df == 2 and fixed.df is None


def test_the_error_is_never_below_that_of_the_fixed_effect():
    # All but equal: the plain error is a fortieth, and would look like great precision.
    case = R["sets"][-1]
    found = of(case)
    plain = hartung_knapp(found, 0.0)
    assert plain.se < fixed_effect(found).se / 30
    assert headline(found).se == fixed_effect(found).se
    assert "fixed_effect_bound" in headline(found).notes


def test_pilots_that_are_equal_have_an_error_in_the_modified_form_only():
    found = studies([1.0, 1.0, 1.0, 1.0], [0.1, 0.2, 0.3, 0.2])
    assert headline(found).se == pytest.approx(found.error())
    plain = hartung_knapp(found, 0.0)
    assert plain.interval is None and plain.p is None
    assert plain.notes == ("no_variation",)


def test_an_empty_profile_is_0_to_0_and_said():
    found = heterogeneity(of(R["sets"][-1]))
    assert limits(found.tau2_interval) == limits(found.i2_interval) == (0, 0)
    assert found.notes == ("q_profile_empty",)


def test_of_two_pilots_no_random_effects_can_be_claimed():
    found = studies([0.2, 0.9], [0.2, 0.3])
    for claim in (random_effects, hartung_knapp, rover):
        with pytest.raises(CannotEstimate) as refusal:
            claim(found, 0.1)
        error = refusal.value
        assert (error.what, error.why) == ("random_effects", "few_studies")
        assert (error.has, error.needed) == (2, 3)


def test_of_three_pilots_none_can_be_left_out():
    with pytest.raises(CannotEstimate) as refusal:
        leave_one_out(studies([0.2, 0.9, 0.4], [0.2, 0.3, 0.1]))
    assert (refusal.value.has, refusal.value.needed) == (3, 4)


@pytest.mark.parametrize("k", [0, 1])
def test_one_pilot_is_no_synthesis(k: int):
    with pytest.raises(CannotEstimate, match="few_studies"):
        studies([0.5] * k, [0.1] * k)


@pytest.mark.parametrize(
    ("values", "errors"),
    [
        ([1.0, np.nan], [1.0, 1.0]),
        ([1.0, 2.0], [1.0, 0.0]),
        ([1.0, 2.0], [1.0, -1.0]),
        ([1.0, 2.0], [1.0, np.inf]),
        ([1.0, 2.0], [1.0]),
        ([[1.0, 2.0]], [[1.0, 2.0]]),
    ],
)
def test_figures_that_cannot_be_are_refused(values, errors):
    with pytest.raises(ValueError):
        studies(np.array(values), np.array(errors))


def test_few_pilots_are_noted():
    assert "few_pilots" in headline(studies([1, 2, 4], [1, 1, 1])).notes
    assert headline(studies([1, 2, 4, 1, 3], [1] * 5)).notes == ()


@settings(max_examples=40, deadline=None)
@given(figures)
def test_no_other_variance_is_likelier(pilots):
    found = studies(*zip(*pilots, strict=True))
    best = reml(found)
    others = np.append(0.0, np.geomspace(1e-6, 200, 300))
    heights = log_likelihood(found, np.append(best, others))
    assert heights[0] >= heights[1:].max() - 1e-9 * max(1, abs(heights[0]))


@settings(max_examples=40, deadline=None)
@given(figures)
def test_the_ends_of_the_profile_lie_where_the_spread_is_that_of_chi_square(pilots):
    found = studies(*zip(*pilots, strict=True))
    df = found.k - 1
    for end, share in zip(limits(q_profile(found)[0]), (0.975, 0.025), strict=True):
        expected = stats.chi2.ppf(share, df)
        if end:
            assert found.spread(end) == pytest.approx(expected, rel=1e-7)
        else:
            assert found.spread() <= expected * (1 + 1e-9)


@settings(max_examples=40, deadline=None)
@given(figures, st.randoms(use_true_random=False))
def test_the_order_of_pilots_makes_no_difference(pilots, random):
    mixed = list(pilots)
    random.shuffle(mixed)
    one, other = (studies(*zip(*p, strict=True)) for p in (pilots, mixed))
    assert reml(one) == pytest.approx(reml(other), rel=1e-6, abs=1e-7)
    assert told(headline(one)) == pytest.approx(told(headline(other)), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(figures, st.floats(-50, 50))
def test_a_shift_shifts_and_changes_nothing_else(pilots, shift):
    values, errors = (np.array(one) for one in zip(*pilots, strict=True))
    one, other = studies(values, errors), studies(values + shift, errors)
    assert headline(other).value == pytest.approx(headline(one).value + shift, abs=1e-5)
    assert reml(other) == pytest.approx(reml(one), rel=1e-5, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(figures, st.sampled_from([1e-3, 0.5, 60.0, 1e4]))
def test_hours_or_minutes_give_the_same_answer(pilots, factor):
    values, errors = (np.array(one) for one in zip(*pilots, strict=True))
    one, other = studies(values, errors), studies(values * factor, errors * factor)
    assert reml(other) == pytest.approx(factor**2 * reml(one), rel=1e-6, abs=1e-9)
    assert headline(other).se == pytest.approx(factor * headline(one).se, rel=1e-6)
    assert heterogeneity(other).i2 == pytest.approx(heterogeneity(one).i2, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(figures)
def test_turned_round_it_is_the_same_with_the_other_sign(pilots):
    values, errors = (np.array(one) for one in zip(*pilots, strict=True))
    one, other = studies(values, errors), studies(-values, errors)
    assert headline(other).value == pytest.approx(-headline(one).value, abs=1e-9)
    assert headline(other).p == pytest.approx(headline(one).p, abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(figures)
def test_the_next_pilot_is_less_certain_than_the_mean(pilots):
    found = studies(*zip(*pilots, strict=True))
    mean = headline(found)
    low, high = limits(prediction(found, reml(found), mean).interval)
    assert low <= limits(mean.interval)[0] and high >= limits(mean.interval)[1]
    assert mean.se >= fixed_effect(found).se


def test_one_pilot_without_precision_changes_hardly_anything():
    y, se = [0.3, 0.8, 0.4, 0.6], [0.2, 0.25, 0.15, 0.2]
    with_one = studies([*y, 3.0], [*se, 1e6])
    assert with_one.mean() == pytest.approx(studies(y, se).mean(), abs=1e-9)
    assert with_one.shares()[-1] < EXACT


def test_figures_at_the_ends_of_what_a_file_may_hold_are_reckoned_with():
    for values, errors in (
        ([1e11, -1e11, 3.0, 5e10], [1e-11, 1e11, 1.0, 2.0]),
        ([1e-11, 2e-11, 3e-11, 9e-11], [1e-11, 1e-11, 2e-11, 1e-11]),
        ([1e11, 1e11, 1e11, 1e11], [1e11, 1e-11, 1.0, 2.0]),
    ):
        found = studies(values, errors)
        differ = heterogeneity(found)
        assert np.isfinite(
            (differ.tau2, *limits(differ.tau2_interval), differ.i2)
        ).all()
        assert np.isfinite(told(headline(found))).all()


def test_of_two_tops_the_higher_is_found():
    # Two precise pilots close together, two vague ones far away: a search that starts
    # low ends at the first top, 0.0001.
    found = studies([1.6, 0.01, -0.02, -1.73], [0.95, 0.02, 0.02, 0.38])
    low, between, high = log_likelihood(found, np.array([9.7e-5, 0.01, 1.16]))
    assert between < low < high
    assert reml(found) == pytest.approx(1.1599, abs=1e-4)
