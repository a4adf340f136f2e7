"""Yes or no in two groups: standardised differences, ratios, Firth, Fisher."""

from math import exp, inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.evaluation.comparison.figures import (
    EXACT,
    SEARCHED,
    WEIGHTED,
    R,
    approx,
    groups,
    is_that_of_r,
    limits,
    values,
)
from trede.evaluation.comparison.ancova import design_of
from trede.evaluation.comparison.exact_tables import two_arm_table_p
from trede.evaluation.comparison.firth import Firth, few_events
from trede.evaluation.comparison.mean_models import fit_means
from trede.evaluation.comparison.robust_errors import cr2
from trede.evaluation.comparison.shares import (
    log_ratio,
    plain_difference,
    risk_difference,
    risk_ratio,
)
from trede.evaluation.estimate import CannotEstimate


@pytest.mark.parametrize("case", WEIGHTED["gee"])
def test_among_coaches_it_is_gee_with_errors_between_two_known_ones(case):
    """Coefficients of geepack; its plain errors are too small among few coaches, those
    of Mancl and DeRouen on the safe side."""
    found = risk_difference(groups(case, cluster=case["coach"]))
    (odds,) = [size for size in found.sizes if size.name == "odds_ratio"]
    assert np.log(odds.value) == approx(case["coefficient"])
    design = design_of(groups(case))
    fit = fit_means(design, values(case["after"]), "logit").fit
    se = np.sqrt(cr2(fit, np.array(case["coach"]) - 1).covariance[1, 1])
    assert case["plain_se"] == approx(case["geepack_se"])
    assert case["plain_se"] < se < case["mancl_derouen_se"]


def people(yes: tuple[int, int], of: tuple[int, int] = (20, 20)) -> dict:
    """So many yes afterwards in arm 0 and arm 1; half of everybody yes before."""
    after = [np.arange(n) < k for k, n in zip(yes, of, strict=True)]
    arm = np.repeat([0.0, 1.0], of)
    before = np.arange(sum(of)) % 2
    return {"arm": arm, "before": before, "after": np.concatenate(after) + 0.0}


@pytest.mark.parametrize("case", R["binary"])
def test_the_standardised_difference_is_that_of_r(case):
    found = risk_difference(groups(case))
    assert found.method == "risk_difference_logit"
    # The slope of R is numeric.
    is_that_of_r(found, case["difference"], SEARCHED)
    (odds,) = found.sizes
    assert odds.value == approx(exp(case["odds"]["value"]))
    ends = [exp(end) for end in case["odds"]["ci"]]
    assert limits(odds.interval) == approx(ends)


@pytest.mark.parametrize("case", R["binary"])
def test_by_coach_its_error_is_that_of_r(case):
    found = risk_difference(groups(case, cluster=case["coach"]))
    r = case["difference_coach_se"]
    assert found.value == approx(case["difference_value"])
    assert (found.se, found.df) == approx((r["se"], r["df"]), SEARCHED)


@pytest.mark.parametrize("case", R["binary"])
def test_the_robust_ratio_is_that_of_r(case):
    alone = risk_ratio(groups(case))
    is_that_of_r(alone, case["ratio_alone"])
    is_that_of_r(risk_ratio(groups(case, cluster=case["coach"])), case["ratio_coach"])
    assert alone.sizes[0].value == approx(exp(alone.value))


@pytest.mark.parametrize("case", R["weighted"])
@pytest.mark.parametrize("together", ["coach", ""])
def test_with_weights_the_errors_are_those_of_r(case, together):
    more = {"cluster": case["coach"]} if together else {}
    found = groups(case, weights=case["weights"], **more)
    word = together or "alone"
    is_that_of_r(risk_ratio(found), case[f"ratio_{word}"])
    r = case[f"logit_{word}"]
    (odds,) = risk_difference(found).sizes
    assert odds.value == approx(exp(r["value"]))
    assert limits(odds.interval) == approx([exp(end) for end in r["ci"]])


@pytest.mark.parametrize("case", R["binary"])
def test_fishers_p_is_that_of_r(case):
    assert plain_difference(groups(case)).p == approx(case["fisher"])


@pytest.mark.parametrize("case", R["firth"])
def test_firth_is_that_of_r(case):
    found = groups(case)
    firth = Firth(design_of(found), found.after)
    assert firth.coefficients == approx(values(case["coefficients"]))
    assert firth.covariance == approx(values(case["covariance"]))
    # R searches the top of the profile without slopes.
    assert limits(firth.interval(1)) == pytest.approx(case["ci"], abs=1e-5)
    assert firth.p(1) == pytest.approx(case["p"], abs=1e-6)


def test_when_nobody_without_it_said_yes_firth_still_answers():
    found = risk_difference(groups(R["firth"][1]))
    assert found.method == "risk_difference_firth"
    assert 0.2 < found.value < 0.7
    (odds,) = found.sizes
    low, high = limits(odds.interval)
    assert 0 < low < odds.value < high < inf
    assert (found.p < 0.05) == (low > 1)


def test_firth_always_finds_the_top():
    """Also for a single yes: small groups drawn anyhow, and their whole profile."""
    rng, seen = np.random.default_rng(1), 0
    while seen < 30:
        n = int(rng.integers(8, 60))
        arm, before = np.arange(n) % 2 + 0.0, rng.integers(0, 2, n) + 0.0
        after = (rng.random(n) < rng.choice([0.02, 0.1, 0.5])) + 0.0
        found = groups({"arm": arm, "before": before, "after": after})
        if not (found.varies and found.baseline_varies):
            continue
        if np.linalg.matrix_rank(design_of(found)) < 3:
            continue
        seen += 1
        firth = Firth(design_of(found), found.after)
        low, high = limits(firth.interval(1))
        assert low < firth.coefficients[1] < high
        assert (firth.p(1) < 0.05) == (low > 0 or high < 0)


def test_separation_in_a_large_group_is_seen_and_said():
    case = people((0, 60), (100, 100))
    with pytest.raises(CannotEstimate, match="separated"):
        fit_means(design_of(groups(case)), case["after"], "logit")
    found = risk_difference(groups(case))
    assert found.method == "risk_difference_firth"
    assert "separated" in found.notes
    assert found.value == pytest.approx(0.6, abs=0.02)


@pytest.mark.parametrize(("yes", "few"), [(19, True), (20, False), (81, True)])
def test_ten_of_the_rarer_answer_per_coefficient_are_needed(yes: int, few: bool):
    assert few_events(np.arange(100) < yes, 3) is few


def test_among_coaches_separation_leaves_the_straight_line():
    case = people((0, 12))
    found = risk_difference(groups(case, cluster=np.arange(40) % 7))
    assert found.method == "ancova_cr2"
    assert "separated" in found.notes


def test_few_events_among_coaches_are_said():
    case = people((4, 7))
    found = risk_difference(groups(case, cluster=np.arange(40) % 7))
    assert found.method == "risk_difference_logit"
    assert "few_events" in found.notes


def test_everybody_yes_is_a_difference_of_0_without_a_test():
    found = risk_difference(groups(people((20, 20))))
    assert (found.value, found.p) == (pytest.approx(0), None)
    assert "no_variation" in found.notes


def test_without_any_difference_before_the_standardised_is_the_plain_one():
    case = people((30, 50), (100, 100))
    case["before"] = np.zeros(200)
    found = risk_difference(groups(case))
    assert found.value == pytest.approx(0.2)
    assert found.se == pytest.approx(np.sqrt(0.3 * 0.7 / 100 + 0.5 * 0.5 / 100))
    assert "baseline_constant" in found.notes
    assert risk_ratio(groups(case)).sizes[0].value == pytest.approx(50 / 30)


def test_newcombes_interval_is_the_published_one():
    """Newcombe (1998), table II, method 10: 56 of 70 beside 48 of 80."""
    found = plain_difference(groups(people((48, 56), (80, 70))))
    assert found.value == pytest.approx(0.2)
    assert limits(found.interval) == pytest.approx((0.0524, 0.3339), abs=5e-5)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 12), st.integers(0, 15))
def test_fishers_p_is_that_of_scipy(a, b):
    counts = np.array([[12 - a, 15 - b], [a, b]])
    assert two_arm_table_p(counts) == pytest.approx(stats.fisher_exact(counts).pvalue)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 20), st.integers(0, 20))
def test_swapping_the_arms_turns_the_sign_and_inverts_the_odds(a, b):
    if a + b in (0, 40):
        return
    case = people((a, b))
    there = risk_difference(groups(case))
    back = risk_difference(groups({**case, "arm": 1 - case["arm"]}))
    assert back.value == pytest.approx(-there.value, abs=1e-7)
    assert back.p == pytest.approx(there.p, abs=1e-7)
    odds, turned = there.sizes[0].value, back.sizes[0].value
    assert odds * turned == pytest.approx(1, rel=1e-6)


@pytest.mark.parametrize("strange", [2.0, 0.5, -1.0])
def test_what_is_no_yes_or_no_is_refused_by_name(strange: float):
    case = people((5, 9))
    case["before"] = case["before"] + 0.0
    case["before"][0] = strange
    for one in (risk_difference, risk_ratio, plain_difference):
        with pytest.raises(CannotEstimate) as refusal:
            one(groups(case))
        assert (refusal.value.why, refusal.value.has) == ("not_binary", strange)


def test_fishers_test_is_refused_for_people_who_belong_together():
    found = groups(people((5, 9)), cluster=np.arange(40) % 8)
    with pytest.raises(CannotEstimate, match="dependent"):
        plain_difference(found)


def test_the_trap_robust_errors_of_a_ratio_are_not_hc0():
    """statsmodels gives HC0 whatever is asked of a Poisson model."""
    case = R["binary"][0]
    found = groups(case)
    fit = fit_means(design_of(found), found.after, "log").fit
    scores = (fit.slopes * (fit.weights * fit.residuals)[:, None]) @ fit.bread
    hc0 = np.sqrt((scores.T @ scores)[1, 1])
    assert risk_ratio(found).se > hc0 * (1 + EXACT)


def test_tiny_means_keep_their_errors():
    """Means of a millionth: variances far below 1 are no zeros."""
    rng = np.random.default_rng(3)
    arm, before = np.tile([0.0, 1], 100), rng.normal(size=200)
    after = rng.gamma(2, 1, 200)
    case = {"arm": arm, "before": before, "after": after}
    more = {"cluster": np.arange(200) % 12}
    plain, small = (
        log_ratio(found, design_of(found), "ratio")
        for found in (
            groups({**case, "after": after * unit}, **more) for unit in (1, 1e-6)
        )
    )
    assert (small.value, small.se) == approx((plain.value, plain.se), SEARCHED)


def test_exact_figures_are_refused_for_weights_and_for_belonging_together_apart():
    case = R["binary"][0] | {"weights": np.full(len(R["binary"][0]["arm"]), 2.0)}
    with pytest.raises(CannotEstimate, match="weights"):
        plain_difference(groups(case, weights=case["weights"]))
    with pytest.raises(CannotEstimate, match="dependent"):
        plain_difference(groups(case, cluster=case["coach"]))
