"""The adjusted difference, what stands beside it, and who can be compared."""

from math import inf, nan

import numpy as np
import pytest

from tests.evaluation.comparison.figures import (
    EXACT,
    R,
    approx,
    drawn,
    groups,
    is_that_of_r,
    limits,
    values,
)
from trede.evaluation.comparison.ancova import (
    adjusted_means,
    ancova,
    change_score,
    hedges_g,
    lin,
    pooled_deviation,
)
from trede.evaluation.comparison.groups import coded, two_groups
from trede.evaluation.estimate import CannotEstimate


@pytest.mark.parametrize("case", R["ancova"])
def test_everything_is_that_of_r(case):
    found = groups(case, weights=case["weights"])
    is_that_of_r(ancova(found), case["hc3"])
    is_that_of_r(lin(found), case["lin_hc3"])
    is_that_of_r(change_score(found), case["change_hc3"])
    for mean, r in zip(adjusted_means(found), case["mean_hc3"], strict=True):
        assert (mean.value, mean.se) == approx((r["value"], r["se"]))
        assert mean.p is None
    assert pooled_deviation(found) == approx(case["deviation"])


@pytest.mark.parametrize("case", R["ancova"][:4])
def test_by_coach_too(case):
    found = groups(case, weights=case["weights"], cluster=case["coach"])
    is_that_of_r(ancova(found), case["cr2_coach"])
    is_that_of_r(lin(found), case["lin_coach"])
    assert ancova(found).method == "ancova_cr2"


def test_pairs_of_whom_some_lost_their_partner_are_all_used():
    case = R["ancova"][1]
    found = ancova(groups(case, pair=case["pair"]))
    is_that_of_r(found, case["cr2_pair"])
    assert found.n == 49


@pytest.mark.parametrize("case", R["sizes"])
def test_hedges_g_and_its_exact_interval_are_those_of_r(case):
    others, treated = values(case["others"]), values(case["treated"])
    both = np.concatenate((others, treated))
    arm = np.repeat([0.0, 1.0], [len(others), len(treated)])
    found = hedges_g(both, arm)
    assert found.value == approx(case["g"])
    assert limits(found.interval) == pytest.approx(case["ci"], abs=EXACT)


def test_without_a_start_that_matters_the_two_sizes_nearly_agree():
    rng = np.random.default_rng(8)
    arm = np.tile([0.0, 1], 300)
    case = {"before": rng.normal(size=600), "after": rng.normal(size=600) + arm}
    adjusted, plain = ancova(groups({**case, "arm": arm})).sizes
    assert (adjusted.name, plain.name) == ("hedges_g_adjusted", "hedges_g")
    assert adjusted.value == pytest.approx(plain.value, abs=0.02)
    assert limits(adjusted.interval) == pytest.approx(limits(plain.interval), abs=0.03)


def test_a_better_start_is_not_taken_for_an_effect():
    """Regression to the mean: nothing happens, but one arm began higher by chance."""
    rng = np.random.default_rng(3)
    arm = np.repeat([0.0, 1.0], 2000)
    true = rng.normal(5, 1, 4000)
    before = true + rng.normal(0, 1, 4000)
    before[(arm == 1) & (before < 5)] += 1
    after = 2.5 + before / 2 + rng.normal(0, 1, 4000)
    found = groups({"arm": arm, "before": before, "after": after})
    low, high = limits(ancova(found).interval)
    assert low < 0 < high
    assert limits(change_score(found).interval)[1] < 0


def test_who_misses_an_answer_or_the_arm_is_counted_and_not_filled_in():
    case = {name: column.copy() for name, column in drawn(20).items()}
    case["before"][0] = case["after"][1] = case["arm"][2] = nan
    found = groups(case)
    assert (found.n, found.n_missing) == (17, 3)


def test_a_start_without_differences_is_left_out_and_said():
    case = {**drawn(), "before": np.full(40, 3.0)}
    found = ancova(groups(case))
    treated = case["after"][case["arm"] == 1].mean()
    assert found.value == pytest.approx(
        treated - case["after"][case["arm"] == 0].mean()
    )
    assert "baseline_constant" in found.notes


def test_when_nobody_differs_there_is_a_difference_of_0_without_a_test():
    found = ancova(groups({**drawn(), "after": np.full(40, 7.0)}))
    assert found.value == pytest.approx(0, abs=1e-12)
    assert (found.p, found.interval, found.sizes) == (None, None, ())
    assert "no_variation" in found.notes


def test_an_arm_of_three_is_refused():
    case = drawn(20)
    case["arm"] = np.repeat([1.0, 0.0], [3, 17])
    with pytest.raises(CannotEstimate) as refusal:
        groups(case)
    assert (refusal.value.why, refusal.value.has, refusal.value.needed) == (
        "few_in_arm",
        3,
        4,
    )


@pytest.mark.parametrize("n", [0, 1, 2])
def test_nearly_nobody_is_refused(n: int):
    with pytest.raises(CannotEstimate, match="few_in_arm"):
        two_groups(np.ones(n), np.ones(n), np.ones(n), what="test")


def test_a_third_arm_is_refused():
    with pytest.raises(CannotEstimate) as refusal:
        groups({**drawn(), "arm": np.tile([0.0, 1, 2, 1], 10)})
    assert (refusal.value.why, refusal.value.has) == ("not_two_arms", 2)


@pytest.mark.parametrize(
    "broken",
    [
        {"arm": np.ones(3)},
        {"before": np.full(40, inf)},
        {"weights": np.full(40, -1.0)},
        {"cluster": np.ones(3)},
    ],
)
def test_what_cannot_be_the_same_people_is_an_error(broken):
    case = {**drawn(), **{k: v for k, v in broken.items() if k in ("arm", "before")}}
    more = {k: v for k, v in broken.items() if k not in ("arm", "before")}
    with pytest.raises(ValueError):
        groups(case, **more)


def test_a_weight_of_nothing_is_somebody_who_is_not_used():
    case, weights = drawn(), np.ones(40)
    weights[:3] = 0
    weights[3] = nan
    assert groups(case, weights=weights).n_missing == 4


def test_equal_weights_change_nothing_and_their_unit_does_not_matter():
    case = drawn()
    plain = ancova(groups(case))
    rng = np.random.default_rng(2)
    some = rng.uniform(0.5, 2, 40)
    for one, other in ((np.full(40, 7.0), None), (some, 10 * some)):
        a = ancova(groups(case, weights=one))
        b = plain if other is None else ancova(groups(case, weights=other))
        assert (a.value, a.se, a.p) == pytest.approx((b.value, b.se, b.p), rel=EXACT)


def test_people_without_a_coach_belong_with_nobody():
    labels = np.array(["a", "", None, "a", nan, "b"], dtype=object)
    codes = coded(labels)
    assert codes[0] == codes[3]
    assert len(set(codes.tolist())) == 5
    assert sorted(set(codes.tolist())) == list(range(5))


def test_an_arm_of_one_coach_cannot_be_told_from_the_coach():
    case = drawn()
    coach = np.where(case["arm"] == 1, 0, np.tile([1, 2], 20))
    with pytest.raises(CannotEstimate, match="one_cluster_in_arm"):
        ancova(groups(case, cluster=coach))


def test_fewer_than_six_coaches_have_an_interval_but_no_p():
    case = drawn()
    found = ancova(groups(case, cluster=np.arange(40) // 8))
    assert found.p is None
    assert found.interval is not None
    assert {"few_clusters", "smallest_p_2_of_32"} <= set(found.notes)
