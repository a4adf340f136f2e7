"""How many times as fast: Cox's model with Efron's ties and strata."""

from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.event_times.figures import (
    EXACT,
    R,
    limits,
    people,
    times,
    values,
    waiting,
)
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.event_times.cox import cox, cox_of, hazard_ratio, proportional

CASES = [*R["compared"], R["published"]]
SEVERAL = R["covariates"]


def with_arm(case, strata=None):
    return cox(*times(case), values(case["arm"])[:, None], strata=strata)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("stratified", [False, True])
def test_the_fit_is_that_of_coxph(case, stratified):
    expected = case["cox_strata" if stratified else "cox"]
    fit = with_arm(case, values(case["coach"]) if stratified else None)
    found = hazard_ratio(fit)
    assert found.value == pytest.approx(expected["coef"], rel=EXACT, abs=1e-12)
    assert found.se == pytest.approx(expected["se"], rel=EXACT)
    assert fit.likelihoods == pytest.approx(expected["loglik"], rel=EXACT)


def test_several_covariates_within_coaches():
    fit = cox(*times(SEVERAL), values(SEVERAL["x"]), strata=values(SEVERAL["coach"]))
    assert fit.coefficients == pytest.approx(values(SEVERAL["coef"]), rel=EXACT)
    assert fit.covariance == pytest.approx(values(SEVERAL["vcov"]), rel=EXACT)


@pytest.mark.parametrize("stratified", [False, True])
def test_whether_the_factor_changes_is_tested_as_cox_zph_does(stratified):
    strata = values(SEVERAL["coach"]) if stratified else None
    fit = cox(*times(SEVERAL), values(SEVERAL["x"]), strata=strata)
    found = [proportional(fit, covariate) for covariate in range(3)]
    expected = SEVERAL["zph_strata" if stratified else "zph"]
    assert [one.value for one in found] == pytest.approx(expected, rel=EXACT)
    if not stratified:
        assert [one.p for one in found] == pytest.approx(SEVERAL["zph_p"], rel=EXACT)


def test_the_leukaemia_trial_is_as_printed():
    """Efron's coefficient 1.572 of placebo against 6-MP; Breslow's is 1.509."""
    found = hazard_ratio(with_arm(R["published"]))
    assert found.value == pytest.approx(1.572, abs=5e-4)
    # The trap: what most packages do with ties pulls towards no difference.
    assert R["published"]["breslow"] == pytest.approx(1.509, abs=5e-4)
    (ratio,) = found.sizes
    assert ratio.value == pytest.approx(4.82, abs=0.005)
    assert limits(ratio.interval) == pytest.approx(
        [exp(x) for x in limits(found.interval)]
    )


def likelihood(days, event, x, beta):
    """Efron's log partial likelihood, written out."""
    total = 0.0
    for day in np.unique(days[event == 1]):
        there, died = days >= day, (days == day) & (event == 1)
        paces = np.exp(beta * x)
        for place in range(died.sum()):
            total -= log(paces[there].sum() - place / died.sum() * paces[died].sum())
        total += beta * x[died].sum()
    return total


@given(people(least=8))
def test_no_other_ratio_makes_the_data_more_likely(drawn):
    days, event = drawn
    x = np.arange(len(days)) % 2.0
    try:
        fit = cox(days, event, x[:, None])
    except CannotEstimate:
        return
    found = float(fit.coefficients[0])
    best = likelihood(days, event, x, found)
    centred = x - x.mean()
    assert fit.likelihoods[1] == pytest.approx(likelihood(days, event, centred, found))
    for other in (found - 0.01, found + 0.01, 0):
        assert likelihood(days, event, x, other) <= best + 1e-9


@settings(max_examples=30)
@given(people(least=8), st.integers(-3, 3), st.sampled_from([0.1, 2, 30]))
def test_shifts_scales_signs_and_order_do_what_they_should(drawn, shift, scale):
    days, event = drawn
    x = (np.arange(len(days)) * 7 % 5)[:, None] * 1.0
    try:
        found = cox(days, event, x)
    except CannotEstimate:
        return
    (beta,), ((variance,),) = found.coefficients, found.covariance
    for other, factor in (
        (cox(days, event, x + shift), 1),
        (cox(days, event, x * scale), 1 / scale),
        (cox(days, event, -x), -1),
        (cox(days[::-1], event[::-1], x[::-1]), 1),
        (cox(days**2 + 1, event, x), 1),
    ):
        assert other.coefficients[0] == pytest.approx(beta * factor, abs=1e-8)
        assert other.covariance[0, 0] == pytest.approx(variance * factor**2)


def test_ties_broken_at_random_give_the_same_on_average():
    """Efron's formula is near the mean over orders in which it may have happened."""
    case = R["compared"][3]
    days, event, arm = (values(case[k]) for k in ("days", "event", "arm"))
    found = hazard_ratio(with_arm(case)).value
    rng = np.random.default_rng(2)
    broken = []
    for _ in range(40):
        # Censored people stay until after the last event of their day.
        order = np.lexsort((rng.random(len(days)), -event, days))
        place = np.empty(len(days))
        place[order] = np.arange(len(days))
        fit = cox(place, event, arm[:, None])
        broken.append(float(fit.coefficients[0]))
    assert found == pytest.approx(np.mean(broken), abs=3 * np.std(broken))


def test_nobody_in_one_arm_has_no_ratio():
    days, event = np.arange(1, 13.0), np.array([1, 0] * 6) * 1.0
    with pytest.raises(CannotEstimate, match="separated"):
        cox_of(days, event, event)


def test_everybody_of_one_arm_first_has_no_ratio():
    days = np.arange(1, 13.0)
    with pytest.raises(CannotEstimate, match="separated"):
        cox_of(days, np.ones(12), (days < 7) * 1.0)


def test_a_coach_with_one_arm_only_leaves_nothing_to_compare():
    days, arm = np.arange(1, 13.0), np.array([1, 0] * 6) * 1.0
    with pytest.raises(CannotEstimate, match="no_contrast"):
        cox_of(days, np.ones(12), arm, strata=arm)


def test_a_covariate_that_follows_from_another_is_refused():
    days, event = times(CASES[0])
    x = values(CASES[0]["arm"])
    for columns in ((x, 3 - 2 * x), (x, np.ones(len(x)))):
        with pytest.raises(CannotEstimate, match="no_contrast"):
            cox(days, event, np.column_stack(columns))


def test_no_events_and_impossible_covariates():
    days = np.arange(1, 9.0)
    with pytest.raises(CannotEstimate, match="no_events"):
        cox(days, np.zeros(8), days[:, None])
    for wrong in (days, days[:5, None], np.full((8, 1), np.inf)):
        with pytest.raises(ValueError, match="no covariates"):
            cox(days, np.ones(8), wrong)


def test_who_misses_a_covariate_is_counted():
    days, event = times(CASES[0])
    x = values(CASES[0]["arm"])[:, None].copy()
    x[:2] = np.nan
    found = hazard_ratio(cox(days, event, x))
    assert (found.n, found.n_missing) == (len(days) - 2, 2)


def test_fewer_than_ten_events_a_covariate_are_told():
    days = np.arange(1, 13.0)
    event = np.array([1] * 9 + [0] * 3) * 1.0
    arm = np.array([1, 0, 0, 1] * 3) * 1.0
    assert hazard_ratio(cox(days, event, arm[:, None])).notes == ("few_events",)


def test_one_day_says_nothing_about_early_and_late():
    days = values([5, 5, 5, 5, 9, 9, 9, 9])
    event = values([1, 1, 1, 1, 0, 0, 0, 0])
    fit = cox(days, event, values([1, 1, 1, 0, 1, 0, 0, 0])[:, None])
    with pytest.raises(CannotEstimate, match="one_day"):
        proportional(fit)


def test_intervals_hold_the_true_ratio_in_about_19_of_20_groups():
    rng, held, groups = np.random.default_rng(7), 0, 400
    arm = np.repeat([1.0, 0.0], 40)
    for _ in range(groups):
        (d1, e1), (d0, e0) = (waiting(rng, 40, mean) for mean in (60, 100))
        days, event = np.append(d1, d0), np.append(e1, e0)
        low, high = limits(cox_of(days, event, arm).interval)
        held += low <= log(100 / 60) <= high
    assert 0.92 < held / groups < 0.98
