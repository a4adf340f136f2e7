"""Which estimates compare two groups for which kind of outcome, and in which order."""

import subprocess
import sys
from math import isfinite, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trede.evaluation.comparison.outcomes import compare, comparisons
from trede.evaluation.estimate import CannotEstimate, Estimate

KINDS = ("score", "likert", "ladder", "binary", "hours")
RNG = np.random.default_rng


def people(kind: str, n: int = 60, seed: int = 1) -> tuple[np.ndarray, ...]:
    rng = RNG(seed)
    arm = np.tile([0.0, 1], n // 2)
    if kind == "binary":
        return rng.integers(0, 2, n) + 0.0, rng.integers(0, 2, n) + 0.0, arm
    top = {"score": 11, "likert": 6, "ladder": 7, "hours": 41}[kind]
    low = 0 if kind in ("score", "hours") else 1
    before = rng.integers(low, top, n) + 0.0
    after = np.clip(before + rng.integers(-2, 4, n), low, top - 1)
    return before, after, arm


def methods(kind: str, n: int = 60, **more) -> list[str]:
    return [one.method for one in compare(kind, *people(kind, n), rng=RNG(1), **more)]


def coaches(count: int, n: int = 60) -> np.ndarray:
    return np.array([f"coach {one}" for one in np.arange(n) // 2 % count])


MEANS = ["adjusted_mean_0", "adjusted_mean_1"]


def test_a_score_has_the_adjusted_difference_first():
    assert methods("score") == ["ancova_hc3", *MEANS, "change_score_hc3"]


def test_arms_of_unequal_size_have_a_slope_each_beside_it():
    before, after, arm = people("score")
    arm[0] = 1
    found = [one.method for one in compare("score", before, after, arm, rng=RNG(1))]
    assert found == ["ancova_hc3", *MEANS, "ancova_lin_hc3", "change_score_hc3"]


@pytest.mark.parametrize("kind", ["likert", "ladder"])
def test_answers_in_order_have_the_common_odds_first(kind: str):
    found = methods(kind)
    categories = [one for one in found if one.startswith("share_difference_")]
    assert found[0] == "proportional_odds"
    assert len(categories) == (5 if kind == "likert" else 6)
    assert [one for one in found if one not in categories] == [
        "proportional_odds",
        "nominal_test",
        "ancova_hc3",
        *MEANS,
        "change_score_hc3",
        "mann_whitney_exact",
        "freeman_halton_exact",
    ]


def test_yes_or_no_has_the_difference_of_shares_first():
    assert methods("binary") == [
        "risk_difference_logit",
        "risk_ratio_poisson",
        "fisher_exact",
        "ancova_hc3",
    ]


def test_hours_have_the_difference_over_everybody_first():
    assert methods("hours") == [
        "mean_difference_poisson",
        "log_ratio_poisson",
        "share_with_any_risk_difference_firth",
        "mean_of_any_ancova_hc3",
        "ancova_hc3",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_pairs_bring_the_difference_in_change_and_the_lots(kind: str):
    found = methods(kind, pair=np.arange(60) // 2)
    assert "pair_difference_in_change" in found
    assert "randomisation_exact" in found


@pytest.mark.parametrize(("count", "there"), [(6, True), (12, True), (13, False)])
def test_six_to_twelve_coaches_bring_the_wild_bootstrap(count: int, there: bool):
    found = methods("score", n=120, cluster=coaches(count, 120))
    assert ("ancova_wild_bootstrap" in found) is there
    assert ("icc_anova" in found) is (count >= 10)


@pytest.mark.parametrize("kind", ["likert", "ladder"])
def test_among_coaches_answers_in_order_have_the_odds_first(kind):
    found = methods(kind, cluster=coaches(9))
    assert found[0] == "proportional_odds_cr2"
    assert "ancova_cr2" in found and "share_difference_3" in found


@pytest.mark.parametrize("kind", ["likert", "ladder"])
def test_of_pairs_by_lot_the_straight_line_comes_first_and_the_odds_beside(kind):
    found = methods(kind, pair=np.arange(60) // 2)
    assert found[:2] == ["ancova_cr2", "proportional_odds_cr2"]


def test_with_pairs_and_coaches_the_errors_are_by_pair_and_by_coach_beside_it():
    pair = np.arange(60) // 2
    found = methods("score", pair=pair, cluster=coaches(10))
    assert found[0] == "ancova_cr2"
    assert "ancova_cr2_by_cluster" in found


def test_groups_wholly_apart_have_the_ranks_first():
    arm = np.repeat([0.0, 1], 10)
    after = np.repeat([1.0, 2, 4, 5], 5)
    found = compare("likert", np.arange(20) % 2 + 1.0, after, arm, rng=RNG(1))
    assert found[0].method == "mann_whitney_exact"
    assert "separated" in found[0].notes


@pytest.mark.parametrize("kind", KINDS)
def test_when_everybody_says_the_same_there_is_a_headline_without_a_test(kind: str):
    before, _, arm = people(kind)
    found = comparisons(kind, before, np.ones(60), arm, rng=RNG(1))
    assert found.estimates[0].value == pytest.approx(0, abs=1e-12)
    assert found.estimates[0].p is None
    assert "no_variation" in found.estimates[0].notes


@pytest.mark.parametrize("kind", KINDS)
def test_all_missing_is_refused(kind: str):
    before, _, arm = people(kind)
    with pytest.raises(CannotEstimate, match="few_in_arm"):
        compare(kind, before, np.full(60, nan), arm, rng=RNG(1))


@pytest.mark.parametrize("kind", ["likert", "ladder"])
def test_half_a_category_does_not_exist(kind: str):
    before, after, arm = people(kind)
    after[0] = 2.5
    with pytest.raises(CannotEstimate) as refusal:
        compare(kind, before, after, arm, rng=RNG(1))
    assert (refusal.value.why, refusal.value.has) == ("not_whole", 2.5)


def test_an_unknown_kind_is_refused():
    with pytest.raises(CannotEstimate, match="unknown_type"):
        compare("colour", *people("score"), rng=RNG(1))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_digits(kind: str):
    first, again = (compare(kind, *people(kind), rng=RNG(4)) for _ in "ab")
    assert first == again


DESIGNS = ("alone", "pair", "cluster", "weights")
# What has no direction, or belongs to one arm.
UNDIRECTED = ("adjusted_mean", "nominal_test", "freeman_halton", "icc_anova")


def labelled(design: str, n: int = 60) -> dict:
    return {
        "alone": {},
        "pair": {"pair": np.arange(n) // 2},
        "cluster": {"cluster": coaches(11, n)},
        "weights": {"weights": RNG(5).uniform(0.3, 2, n)},
    }[design]


def told(kind: str, columns: tuple[np.ndarray, ...], more: dict) -> dict:
    found = compare(kind, *columns, rng=RNG(1), **more)
    return {one.method: one for one in found}


def same_p(one: Estimate, other: Estimate) -> bool:
    if one.p is None or other.p is None:
        return one.p is other.p
    return other.p == pytest.approx(one.p, rel=1e-4)


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_people_does_not_matter(kind: str, design: str):
    columns, more = people(kind), labelled(design)
    mixed = RNG(9).permutation(60)
    plain = told(kind, columns, more)
    again = told(
        kind,
        tuple(column[mixed] for column in columns),
        {name: labels[mixed] for name, labels in more.items()},
    )
    assert list(again) == list(plain)
    for method, one in plain.items():
        other = again[method]
        assert other.value == pytest.approx(one.value, rel=1e-6, abs=1e-8), method
        assert same_p(one, other), method


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("kind", KINDS)
def test_swapping_the_arms_turns_every_difference_and_no_p(kind: str, design: str):
    before, after, arm = people(kind)
    more = labelled(design)
    there = told(kind, (before, after, arm), more)
    back = told(kind, (before, after, 1 - arm), more)
    for method, one in there.items():
        if method.startswith(UNDIRECTED):
            continue
        other = back[method]
        assert other.value == pytest.approx(-one.value, rel=1e-5, abs=1e-7), method
        assert same_p(one, other), method
        if one.interval is not None and other.interval is not None:
            low, high = other.interval.low, other.interval.high
            turned = (-one.interval.high, -one.interval.low)
            assert (low, high) == pytest.approx(turned, rel=1e-4, abs=1e-6), method


@pytest.mark.parametrize("kind", ["likert", "ladder"])
def test_the_names_of_categories_in_order_do_not_matter(kind: str):
    before, after, arm = people(kind)
    plain = told(kind, (before, after, arm), {})
    moved = told(kind, (3 * before + 1, 10 * after - 4, arm), {})
    for method in ("proportional_odds", "mann_whitney_exact", "nominal_test"):
        assert moved[method].value == pytest.approx(plain[method].value)
        assert moved[method].p == pytest.approx(plain[method].p)


def sound(estimate: Estimate, n: int) -> None:
    assert isfinite(estimate.value)
    assert estimate.p is None or 0 <= estimate.p <= 1
    assert estimate.n + estimate.n_missing <= n
    for interval in (estimate.interval, *(size.interval for size in estimate.sizes)):
        if interval is not None:
            assert interval.low <= interval.high
    if estimate.interval is not None:
        low, high = estimate.interval.low, estimate.interval.high
        assert low - 1e-9 <= estimate.value <= high + 1e-9


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(KINDS), st.integers(0, 10**6), st.integers(4, 14), st.data())
def test_whatever_is_drawn_every_figure_is_sound_or_refused(kind, seed, half, data):
    """Small groups, few different answers: all that can be degenerate."""
    rng, n = RNG(seed), 2 * half
    top = 2 if kind == "binary" else data.draw(st.integers(1, 4))
    before, after = rng.integers(0, top, (2, n)) + 0.0
    arm = np.tile([0.0, 1], half)
    more = data.draw(st.sampled_from(["", "pair", "cluster", "weights"]))
    labels = {
        "": {},
        "pair": {"pair": np.arange(n) // 2},
        "cluster": {"cluster": rng.integers(0, 7, n)},
        "weights": {"weights": rng.uniform(0.2, 2, n)},
    }[more]
    try:
        found = comparisons(kind, before, after, arm, rng=RNG(1), **labels)
    except CannotEstimate as refusal:
        assert refusal.why
        return
    for estimate in found.estimates:
        sound(estimate, n)


def test_the_package_needs_nothing_but_numpy_and_scipy_special():
    code = (
        "import sys; import trede.evaluation.comparison.outcomes; "
        "import trede.evaluation.comparison.subgroups; "
        "print([m for m in ('scipy.stats', 'scipy.optimize', 'pandas', 'django') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
