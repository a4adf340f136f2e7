"""The wild bootstrap with all signs, and how much people of a coach are alike."""

from itertools import product

import numpy as np
import pytest

from tests.evaluation.comparison.figures import EXACT, R, approx, drawn, groups, limits
from trede.evaluation.comparison.ancova import ARM, design_of
from trede.evaluation.comparison.coaches import icc, resemblance
from trede.evaluation.comparison.groups import coded
from trede.evaluation.comparison.least_squares import least_squares
from trede.evaluation.comparison.outcomes import comparisons
from trede.evaluation.comparison.wild_bootstrap import (
    SignDraws,
    all_signs,
    wild_bootstrap,
)
from trede.evaluation.estimate import CannotEstimate


def draws_of(case: dict) -> SignDraws:
    found = groups(case, cluster=case["cluster"])
    fit = least_squares(design_of(found), found.after)
    return SignDraws(fit, found.after, found.cluster, ARM)


@pytest.mark.parametrize("case", R["wild"])
def test_p_and_interval_are_those_of_refitting_in_r(case):
    found = wild_bootstrap(groups(case, cluster=case["cluster"]))
    assert found.value == approx(case["value"])
    assert found.p == approx(case["p"])
    # R halves 32 times; the ends of an interval by inversion lie on a jump.
    assert limits(found.interval) == pytest.approx(case["ci"], abs=EXACT)
    assert draws_of(case).p(0.5) == approx(case["p_half"])


def test_all_signs_are_there_once_and_the_observed_one_first():
    signs = all_signs(5)
    assert signs.shape == (16, 5)
    assert len({tuple(row) for row in np.vstack((signs, -signs))}) == 32
    assert (signs[0] == 1).all()
    assert set(product((1.0, -1.0), repeat=5)) == {
        tuple(row) for row in np.vstack((signs, -signs)).tolist()
    }


def test_the_first_t_is_the_observed_one():
    draws = draws_of(R["wild"][0])
    assert draws.t(0.0)[0] == pytest.approx(draws.value / draws.error())


def test_the_estimate_itself_is_never_rejected():
    for case in R["wild"]:
        assert draws_of(case).p(draws_of(case).value) == pytest.approx(1)


def by_coach(count: int, n: int = 48) -> dict:
    return {**drawn(n), "cluster": np.arange(n) % count * 0 + np.arange(n) // 2 % count}


@pytest.mark.parametrize("count", [3, 4, 5])
def test_five_coaches_cannot_be_tested(count: int):
    case = by_coach(count)
    with pytest.raises(CannotEstimate) as refusal:
        wild_bootstrap(groups(case, cluster=case["cluster"]))
    error = refusal.value
    assert (error.what, error.why, error.has, error.needed) == (
        "cluster_test",
        "few_clusters",
        count,
        6,
    )


def test_among_five_coaches_no_estimate_at_all_has_a_p_below_05():
    case = by_coach(5)
    found = comparisons(
        "score",
        case["before"],
        case["after"] + 20 * case["arm"],
        case["arm"],
        cluster=case["cluster"],
        rng=np.random.default_rng(1),
    )
    assert all(one.p is None for one in found.estimates)
    assert "smallest_p_2_of_32" in found.estimates[0].notes
    assert ("cluster_test", 6) in {(one.what, one.needed) for one in found.refused}


def test_with_six_coaches_the_smallest_p_is_reached_and_said():
    case = by_coach(6)
    case["after"] = case["after"] + 20 * case["arm"]
    found = wild_bootstrap(groups(case, cluster=case["cluster"]))
    assert found.p == 2 / 64
    assert found.notes == ("smallest_p_2_of_64",)


def test_more_than_twelve_coaches_are_left_to_cr2():
    case = by_coach(13, 52)
    with pytest.raises(CannotEstimate, match="many_clusters"):
        wild_bootstrap(groups(case, cluster=case["cluster"]))


@pytest.mark.parametrize("case", R["icc"])
def test_resemblance_is_that_of_r(case):
    found = icc(np.array(case["y"]), coded(np.array(case["cluster"])))
    assert found.value == approx(case["icc"])
    assert limits(found.interval) == approx(case["ci"])


def test_resemblance_is_not_estimable_below_ten_coaches():
    case = by_coach(9, 54)
    with pytest.raises(CannotEstimate) as refusal:
        resemblance(groups(case, cluster=case["cluster"]))
    assert (refusal.value.why, refusal.value.has, refusal.value.needed) == (
        "few_clusters",
        9,
        10,
    )


def test_resemblance_needs_coaches_with_two_people_who_differ():
    alone = np.arange(12)
    with pytest.raises(CannotEstimate, match="all_alone"):
        icc(np.arange(12.0), alone)
    with pytest.raises(CannotEstimate, match="no_variation"):
        icc(np.repeat(np.arange(12.0), 2), np.repeat(alone, 2))


def test_identical_coaches_do_not_resemble_each_other_less_than_they_can():
    found = icc(np.tile([0.0, 1], 10), np.repeat(np.arange(10), 2))
    assert found.value == pytest.approx(-1)
    low, high = limits(found.interval)
    assert -1 <= low <= high < 0
