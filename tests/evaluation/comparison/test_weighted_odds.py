"""Proportional odds of people who belong together, or who count for others too."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.comparison.figures import (
    WEIGHTED,
    R,
    approx,
    drawn,
    groups,
    limits,
    values,
)
from trede.evaluation.comparison.ancova import design_of
from trede.evaluation.comparison.cumulative_odds import pulls
from trede.evaluation.comparison.least_squares import least_squares
from trede.evaluation.comparison.outcomes import comparisons
from trede.evaluation.comparison.proportional_odds import (
    fit_odds,
    nominal,
    proportional_odds,
    robust_nominal,
    robust_odds,
    share_differences,
)
from trede.evaluation.comparison.robust_errors import cr2
from trede.evaluation.comparison.score_errors import Pull, cr2_of_scores
from trede.evaluation.comparison.weighting import e_value, weigh
from trede.evaluation.estimate import CannotEstimate

RNG = np.random.default_rng
# svyolr stops its search, and takes its second slopes by differences.
SVYOLR = 2e-5


def weighted(case, **more):
    return groups(case, weights=case["weights"], **more)


def sandwich(model, cluster):
    """The errors of linearisation that the survey package gives, without CR2."""
    score = pulls(model.data, model.top.parameters).score
    sums = np.array([score[cluster == one].sum(axis=0) for one in np.unique(cluster)])
    bread, count = model.top.covariance, len(sums)
    spread = bread @ sums.T @ sums @ bread * count / (count - 1)
    return float(np.sqrt(spread[model.arm, model.arm]))


@pytest.mark.parametrize("case", WEIGHTED["odds"])
def test_the_weighted_odds_are_those_of_r(case):
    model = fit_odds(weighted(case))
    found = robust_odds(model)
    assert found.value == approx(case["coefficient"])
    assert found.value == pytest.approx(case["alone"]["value"], abs=1e-6)
    alone, coach = np.arange(len(case["arm"])), values(case["coach"])
    for cluster, way in ((alone, "alone"), (coach, "by_coach")):
        assert sandwich(model, cluster) == pytest.approx(case[way]["se"], rel=SVYOLR)
    # CR2 makes up for what people themselves pull.
    assert 1 < found.se / case["alone"]["se"] < 1.1
    assert found.sizes[0].value == pytest.approx(np.exp(found.value))


@pytest.mark.parametrize("case", R["weighted"])
def test_of_two_categories_they_are_the_weighted_logistic_model_of_r(case):
    found = robust_odds(fit_odds(weighted(case)))
    told = case["logit_alone"]
    assert found.value == approx(told["value"])
    assert found.se == approx(told["se"])
    assert found.df == approx(told["df"])


@pytest.mark.parametrize("case", WEIGHTED["gee"])
def test_of_two_categories_by_coach_they_are_gee_with_cr2(case):
    found = robust_odds(fit_odds(groups(case, cluster=case["coach"])))
    assert found.value == approx(case["coefficient"])
    assert found.se == approx(case["cr2_se"])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 999), st.sampled_from([4, 9, 40]))
def test_told_by_scores_cr2_of_least_squares_is_the_same_cr2(seed, coaches):
    case, cluster = groups(drawn(40, seed)), RNG(seed).permutation(40) % coaches
    fit = least_squares(design_of(case), case.after)
    crossed = fit.slopes[:, :, None] * fit.slopes[:, None, :]
    pull = Pull(fit.slopes * fit.residuals[:, None], crossed, crossed)
    by_scores = cr2_of_scores(pull, fit.bread, cluster)
    by_residuals, contrast = cr2(fit, cluster), values([0, 1, 0])
    np.testing.assert_allclose(by_scores.covariance, by_residuals.covariance, 1e-7)
    assert by_scores.df(contrast) == pytest.approx(by_residuals.df(contrast), rel=1e-7)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 99), st.floats(0.01, 100))
def test_how_much_all_weigh_together_and_in_which_order_does_not_matter(seed, factor):
    case = WEIGHTED["odds"][0]
    order = RNG(seed).permutation(len(case["arm"]))
    turned = {name: values(case[name])[order] for name in ("arm", "before", "after")}
    heavy = factor * values(case["weights"])[order]
    one, other = robust_odds(fit_odds(weighted(case))), groups(turned, weights=heavy)
    found = robust_odds(fit_odds(other))
    assert (found.value, found.se) == pytest.approx((one.value, one.se), rel=1e-6)
    assert found.df == pytest.approx(one.df, rel=1e-5)


@pytest.mark.parametrize("case", R["ordered"][:2])
def test_of_people_alone_the_robust_errors_are_near_those_of_the_likelihood(case):
    n = len(case["arm"])
    plain = proportional_odds(fit_odds(groups(case)))
    found = robust_odds(fit_odds(groups(case, cluster=np.arange(n))))
    assert found.value == plain.value
    assert found.se == pytest.approx(plain.se, rel=0.15)


def test_people_who_repeat_each_other_count_for_less():
    case = R["ordered"][1]
    twice = {name: np.repeat(case[name], 2) for name in ("arm", "before", "after")}
    doubled = robust_odds(fit_odds(groups(twice, cluster=np.arange(202) // 2)))
    single = robust_odds(fit_odds(groups(case, cluster=np.arange(101))))
    naive = proportional_odds(fit_odds(groups(twice)))
    assert doubled.value == pytest.approx(single.value, rel=1e-6)
    assert doubled.se == pytest.approx(single.se, rel=1e-6)
    assert naive.se < 0.8 * doubled.se


def test_the_weighted_shares_add_up_and_have_no_test():
    case = WEIGHTED["odds"][1]
    found = share_differences(fit_odds(weighted(case)))
    assert sum(one.value for one in found) == pytest.approx(0, abs=1e-12)
    assert {one.p for one in found} == {None}
    assert {one.interval.method for one in found} == {"t_cr2_satterthwaite"}


def test_the_likelihood_is_no_measure_of_weighted_answers():
    model = fit_odds(weighted(WEIGHTED["odds"][0]))
    for one in (proportional_odds, nominal):
        with pytest.raises(CannotEstimate, match="weights"):
            one(model)


def test_of_people_alone_the_test_of_one_ratio_is_near_that_of_the_likelihood():
    case = R["ordered"][1]
    alone = groups(case, cluster=np.arange(101))
    robust, plain = (robust_nominal(fit_odds(alone)), nominal(fit_odds(groups(case))))
    assert robust.p == pytest.approx(plain.p, abs=0.1)


def test_weighted_intervals_hold_the_truth_in_about_19_of_20_studies():
    """Who is in need takes part more often and answers lower at both moments."""
    rng, held = RNG(12), 0
    for _ in range(40):
        need = rng.normal(size=150)
        arm = (rng.random(150) < 1 / (1 + np.exp(0.3 - 0.8 * need))) + 0.0
        before = np.digitize(rng.logistic(size=150) - need, [-1, 1]) + 0.0
        latent = before + 0.8 * arm + rng.logistic(size=150)
        case = {"arm": arm, "before": before, "after": np.digitize(latent, [0, 1, 2.5])}
        weights = weigh(arm, np.column_stack((need, before))).weights
        low, high = limits(
            robust_odds(fit_odds(groups(case, weights=weights))).interval
        )
        held += low <= 0.8 <= high
    assert held >= 35


def test_one_ratio_is_rejected_about_as_often_as_it_should_be_and_found_out_when_not():
    rng, found = RNG(11), {True: 0, False: 0}
    for alike in (True, False):
        for _ in range(20):
            arm = np.tile([0.0, 1], 100)
            before = rng.integers(0, 2, 200) + 0.0
            latent = before + rng.logistic(size=200) * np.where(alike, 1, 1 + arm)
            after = np.digitize(latent, [-0.5, 0.5, 1.5])
            case = {"arm": arm, "before": before, "after": after}
            weights = rng.uniform(0.5, 1.5, 200)
            test = robust_nominal(fit_odds(groups(case, weights=weights)))
            found[alike] += test.p < 0.05
    assert found[True] <= 4 < 7 < found[False]


def test_an_arm_that_never_gives_an_answer_has_no_ratio_there():
    case = {
        "arm": np.tile([0.0, 1], 20),
        "before": np.arange(40) // 20,
        "after": np.tile([1.0, 1, 2, 2, 3, 2, 1, 1], 5),
    }
    with pytest.raises(CannotEstimate, match="separated"):
        robust_nominal(fit_odds(groups(case, weights=np.ones(40))))


def test_a_coach_with_one_arm_alone_is_refused():
    case = R["ordered"][0]
    with pytest.raises(CannotEstimate, match="one_cluster_in_arm"):
        robust_odds(fit_odds(groups(case, cluster=values(case["arm"]))))


@pytest.mark.parametrize("kind", ["likert", "ladder"])
def test_beside_a_survey_the_odds_come_first_and_the_straight_line_beside(kind):
    case = WEIGHTED["odds"][1]
    columns = (values(case[name]) for name in ("before", "after", "arm"))
    found = comparisons(kind, *columns, weights=values(case["weights"]), rng=RNG(1))
    headline, *beside = found.estimates
    assert headline.method == "proportional_odds_weighted"
    methods = [one.method for one in beside]
    assert "ancova_hc3" in methods and "adjusted_mean_1" in methods
    assert not any(one.startswith(("mann", "freeman")) for one in methods)
    assert methods[0] == "nominal_test_htz" and not found.refused
    # Of answers that are not rare the ratio of risks is near the root of that of odds.
    size = headline.sizes[-1]
    assert size.name == "e_value"
    assert size.value == pytest.approx(e_value(np.exp(headline.value / 2)))


def test_answers_that_lie_wholly_apart_leave_the_straight_line():
    case = {
        "arm": np.repeat([0.0, 1], 20),
        "before": np.arange(40) % 2 + 1.0,
        "after": np.repeat([1.0, 2, 4, 5], 10),
    }
    found = comparisons("likert", **case, weights=np.ones(40), rng=RNG(1))
    assert found.estimates[0].method == "ancova_hc3"
    assert "separated" in found.estimates[0].notes


def test_weights_take_away_what_sets_the_groups_apart():
    """Who is in need takes part and answers lower; the weights undo the first."""
    rng = RNG(14)
    need = rng.normal(size=3000)
    arm = (rng.random(3000) < 1 / (1 + np.exp(-need))) + 0.0
    latent = 0.8 * arm - need + rng.logistic(size=3000)
    case = {"arm": arm, "before": np.ones(3000), "after": np.digitize(latent, [-1, 1])}
    weights = weigh(arm, need[:, None]).weights
    plain = proportional_odds(fit_odds(groups(case)))
    found = robust_odds(fit_odds(groups(case, weights=weights)))
    everybody = {**case, "after": np.digitize(latent - 0.8 * arm, [-1, 1])}
    nothing = robust_odds(fit_odds(groups(everybody, weights=weights)))
    assert limits(plain.interval)[1] < 0.3 < limits(found.interval)[0]
    assert limits(nothing.interval)[0] < 0 < limits(nothing.interval)[1]
