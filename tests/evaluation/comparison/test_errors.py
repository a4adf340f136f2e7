"""Least squares with HC3 and CR2, and the tests that follow from it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.comparison.figures import EXACT, R, approx, drawn, groups, values
from trede.evaluation.comparison import robust_errors
from trede.evaluation.comparison.ancova import ancova, design_of
from trede.evaluation.comparison.groups import Groups, coded
from trede.evaluation.comparison.least_squares import Fit, least_squares
from trede.evaluation.comparison.robust_errors import clustered, cr2, hc3, joint_test
from trede.evaluation.estimate import CannotEstimate


def fitted(case: dict, *, interaction: bool = False) -> tuple[Groups, Fit]:
    found = groups(case, weights=case["weights"])
    design = design_of(found)
    if interaction:
        design = np.column_stack((design, design[:, 1] * design[:, 2]))
    return found, least_squares(design, found.after, found.weights)


def agrees(fit: Fit, errors, contrast: list[float], r: dict) -> None:
    c = values(contrast)
    assert c @ fit.coefficients == approx(r["value"])
    assert np.sqrt(c @ errors.covariance @ c) == approx(r["se"])
    assert errors.df(c) == approx(r["df"])


@pytest.mark.parametrize("case", R["ancova"])
def test_every_coefficient_has_the_errors_and_df_of_r(case):
    _, fit = fitted(case)
    by_coach, by_pair = cr2(fit, coded(np.array(case["coach"]))), None
    by_pair = cr2(fit, coded(np.array(case["pair"])))
    agrees(fit, hc3(fit), [0, 1, 0], case["hc3"])
    agrees(fit, hc3(fit), [1, 0, 0], case["mean_hc3"][0])
    agrees(fit, hc3(fit), [1, 1, 0], case["mean_hc3"][1])
    agrees(fit, by_coach, [0, 1, 0], case["cr2_coach"])
    agrees(fit, by_coach, [0, 0, 1], case["slope_coach"])
    agrees(fit, by_coach, [1, 1, 0], case["mean_coach"])
    agrees(fit, by_pair, [0, 1, 0], case["cr2_pair"])


@pytest.mark.parametrize("case", R["ancova"])
@pytest.mark.parametrize(
    ("together", "interaction", "expected"),
    [
        ("coach", True, "htz_coach"),
        ("pair", False, "htz_pair"),
        ("", True, "htz_alone"),
    ],
)
def test_the_joint_test_is_that_of_r(case, together, interaction, expected):
    _, fit = fitted(case, interaction=interaction)
    k = fit.slopes.shape[1]
    cluster = coded(np.array(case[together])) if together else np.arange(fit.n)
    r, reach = case[expected], clustered(fit, cluster)
    if r["df"] <= 0:
        with pytest.raises(CannotEstimate, match="few_clusters"):
            joint_test(reach, fit.coefficients, np.eye(k)[1:])
        return
    found = joint_test(reach, fit.coefficients, np.eye(k)[1:])
    assert (found.f, found.df) == approx((r["f"], r["df"]))
    assert (found.df_between, found.p) == approx((r["df_between"], r["p"]))


@pytest.mark.parametrize("case", R["ancova"][:2])
def test_a_joint_test_of_one_contrast_is_the_square_of_its_t(case):
    _, fit = fitted(case)
    cluster = coded(np.array(case["coach"]))
    found, errors = clustered(fit, cluster), cr2(fit, cluster)
    test = joint_test(found, fit.coefficients, np.array([[0.0, 1, 0]]))
    t = fit.coefficients[1] / np.sqrt(errors.covariance[1, 1])
    assert (test.f, test.df) == approx((t**2, errors.df(values([0, 1, 0]))))


def test_where_no_coach_has_people_of_both_arms_each_arm_has_its_own_degrees():
    """Twelve people who differ much beside sixty who hardly do: that their difference
    is known no better than the twelve are is what Cochran and Cox say."""
    rng = np.random.default_rng(4)
    for few in (1.0, 0.0):
        arm = np.repeat([few, 1 - few], [12, 60])
        after = rng.normal(size=72) * np.repeat([5.0, 0.2], [12, 60])
        fit = least_squares(np.column_stack((np.ones(72), arm)), after, None)
        errors = cr2(fit, np.arange(72), arm)
        assert errors.df(np.array([0.0, 1.0])) == pytest.approx(11, abs=0.2)


def test_the_trap_cr1_with_a_naive_t_is_not_offered():
    assert not [name for name in dir(robust_errors) if "cr1" in name.lower()]


def brute_force_cr2(fit: Fit, cluster: np.ndarray) -> np.ndarray:
    """By the definition, with the whole residual maker written out."""
    x, w = fit.slopes, np.diag(fit.weights)
    bread = np.linalg.inv(x.T @ w @ x)
    maker = np.eye(fit.n) - x @ bread @ x.T @ w
    middle = maker @ maker.T
    total = np.zeros_like(bread)
    for one in np.unique(cluster):
        who = np.flatnonzero(cluster == one)
        sizes, vectors = np.linalg.eigh(middle[np.ix_(who, who)])
        root = vectors @ np.diag(1 / np.sqrt(sizes)) @ vectors.T
        score = x[who].T @ w[np.ix_(who, who)] @ root @ fit.residuals[who]
        total += np.outer(score, score)
    return bread @ total @ bread


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(5, 9))
def test_cr2_is_its_definition(seed, count):
    rng = np.random.default_rng(seed)
    x = np.column_stack((np.ones(30), rng.normal(size=(30, 2))))
    fit = least_squares(x, rng.normal(size=30), rng.uniform(0.5, 2, 30))
    cluster = coded(np.array(rng.integers(0, count, 30)))
    found = cr2(fit, cluster).covariance
    assert found == pytest.approx(brute_force_cr2(fit, cluster), rel=1e-7, abs=1e-12)


def test_under_its_own_model_cr2_is_right_on_average():
    """Exactly unbiased: the expectation of each score square is on the diagonal."""
    rng = np.random.default_rng(5)
    x = np.column_stack((np.ones(24), rng.normal(size=(24, 2))))
    cluster = coded(np.array(rng.integers(0, 6, 24)))
    fit = least_squares(x, rng.normal(size=24))
    reach = clustered(fit, cluster)
    maker = np.eye(24) - x @ fit.bread @ x.T
    expected = np.zeros((3, 3))
    for one in range(6):
        part = reach.reach[cluster == one].T @ maker[cluster == one]
        expected += part @ part.T
    assert expected == pytest.approx(fit.bread, rel=1e-9)


def test_collinear_columns_are_refused_with_their_rank():
    x = np.column_stack((np.ones(9), np.arange(9.0), 2 * np.arange(9.0) + 1))
    with pytest.raises(CannotEstimate) as refusal:
        least_squares(x, np.arange(9.0))
    assert (refusal.value.why, refusal.value.has, refusal.value.needed) == (
        "collinear",
        2,
        3,
    )


def test_a_column_of_zeros_is_collinear_too():
    with pytest.raises(CannotEstimate, match="collinear"):
        least_squares(np.column_stack((np.ones(9), np.zeros(9))), np.arange(9.0))


def test_as_many_people_as_coefficients_are_refused():
    with pytest.raises(CannotEstimate, match="few_people"):
        least_squares(np.eye(3), np.arange(3.0))


def test_somebody_who_decides_a_coefficient_alone_is_refused_by_hc3():
    x = np.column_stack((np.ones(9), np.arange(9) == 0))
    fit = least_squares(x, np.arange(9.0) ** 2)
    with pytest.raises(CannotEstimate, match="alone"):
        hc3(fit)


@settings(max_examples=25, deadline=None)
@given(st.floats(0.01, 100), st.floats(-50, 50), st.integers(0, 999))
def test_scale_and_level_carry_over_and_order_does_not_matter(scale, level, seed):
    case = drawn(seed=seed)
    plain = ancova(groups(case))
    moved = ancova(
        groups(
            {
                "arm": case["arm"],
                "before": scale * case["before"] + level,
                "after": scale * case["after"] + level,
            }
        )
    )
    assert moved.value == pytest.approx(scale * plain.value, rel=1e-6, abs=1e-9)
    assert moved.p == pytest.approx(plain.p, rel=1e-6)
    mixed = np.random.default_rng(seed).permutation(len(case["arm"]))
    again = ancova(groups({name: column[mixed] for name, column in case.items()}))
    assert (again.value, again.p) == pytest.approx((plain.value, plain.p), rel=EXACT)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 999))
def test_swapping_the_arms_turns_the_sign(seed):
    case = drawn(seed=seed)
    cluster = np.random.default_rng(seed).integers(0, 7, len(case["arm"]))
    there = ancova(groups(case, cluster=cluster))
    back = ancova(groups({**case, "arm": 1 - case["arm"]}, cluster=cluster))
    assert back.value == pytest.approx(-there.value, rel=EXACT)
    assert (back.se, back.df, back.p) == pytest.approx(
        (there.se, there.df, there.p), rel=1e-6
    )
