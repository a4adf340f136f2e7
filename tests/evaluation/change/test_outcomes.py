"""Which estimates come for which kind of outcome, and in which order."""

import subprocess
import sys
from math import isfinite, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.change.figures import people, values
from trede.evaluation.change.hours import Cap
from trede.evaluation.change.outcomes import change_in, changes_in
from trede.evaluation.estimate import CannotEstimate, Estimate


def drawn(kind: str, n: int = 30) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(n)
    if kind == "binary":
        return rng.integers(0, 2, n) + 0.0, rng.integers(0, 2, n) + 0.0
    top = {"score": 11, "likert": 6, "ladder": 7, "hours": 41}[kind]
    low = 0 if kind in ("score", "hours") else 1
    before = rng.integers(low, top, n) + 0.0
    return before, np.clip(before + rng.integers(-2, 4, n), low, top - 1)


def methods(kind: str, n: int = 30) -> list[str]:
    found = change_in(kind, *drawn(kind, n), np.random.default_rng(1))
    return [estimate.method for estimate in found]


def test_a_score_has_its_mean_change_first():
    assert methods("score") == ["paired_t", "hodges_lehmann"]


@pytest.mark.parametrize(("n", "exact"), [(19, True), (20, False)])
def test_below_twenty_pairs_a_score_has_the_exact_test_too(n: int, exact: bool):
    assert ("sign_flip_exact" in methods("score", n)) is exact


def test_a_likert_item_has_the_exact_rank_test_first():
    assert methods("likert") == [
        "signed_rank_exact",
        "sign_test_exact",
        "share_up",
        "share_same",
        "share_down",
        "stuart_maxwell",
        "bhapkar",
        "bowker",
        "stuart_maxwell_exact",
        "bowker_exact",
        "paired_t",
    ]


def test_the_headline_of_a_likert_item_is_the_net_share_up():
    before, after = drawn("likert")
    headline = change_in("likert", before, after, np.random.default_rng(1))[0]
    net = float(np.sign(after - before).mean())
    assert headline.value == pytest.approx(net)
    assert headline.interval is not None
    assert headline.interval.method == "tango_score"
    assert [size.name for size in headline.sizes] == ["net_share_up", "rank_biserial"]


def test_the_headline_of_the_ladder_is_told_in_treads():
    before, after = drawn("ladder")
    headline = change_in("ladder", before, after, np.random.default_rng(1))[0]
    assert headline.method == "signed_rank_exact"
    assert headline.value == pytest.approx((after - before).mean())
    assert headline.interval is not None and headline.interval.method == "t"
    assert headline.sizes[0].name == "net_share_up"


def test_yes_or_no_has_mid_p_first_and_the_exact_p_as_a_check():
    assert methods("binary") == ["mcnemar_mid_p", "mcnemar_exact"]


def test_hours_have_the_mean_over_everybody_first():
    assert methods("hours") == [
        "mean_change_bca",
        "share_with_any_mcnemar_mid_p",
        "mean_of_any_before",
        "mean_of_any_after",
        "mean_change_of_any",
        "median_change",
    ]


def test_the_rule_for_too_many_hours_is_passed_on_and_told_everywhere():
    before, after = drawn("hours")
    before[0] = 120
    cap = Cap(90, "leave_out")
    found = change_in("hours", before, after, np.random.default_rng(1), cap=cap)
    assert {(e.n_missing, "left_out" in e.notes) for e in found} == {(1, True)}


KINDS = ("score", "likert", "ladder", "binary", "hours")


@pytest.mark.parametrize("kind", KINDS)
def test_three_pairs_are_refused_for_every_kind(kind: str):
    before = values([0, 1, 1, nan, 0, nan])
    after = values([1, 1, 0, 1, nan, nan])
    with pytest.raises(CannotEstimate) as refusal:
        change_in(kind, before, after, np.random.default_rng(1))
    assert (refusal.value.why, refusal.value.has) == ("few_pairs", 3)
    assert refusal.value.needed == 4


@pytest.mark.parametrize("kind", KINDS)
def test_when_nobody_moves_there_is_a_headline_without_a_test(kind: str):
    before = values([0, 1, 1, 0, 1, 1, 0, 0])
    found = changes_in(kind, before, before, np.random.default_rng(1))
    headline = found.estimates[0]
    assert headline.value == 0
    assert headline.p is None
    assert {"nothing_moves", "no_variation"} & set(headline.notes)


def test_what_is_refused_beside_the_headline_is_listed_with_its_reason():
    before = np.ones(9)
    found = changes_in("likert", before, before, np.random.default_rng(1))
    refused = {(error.what, error.why) for error in found.refused}
    assert refused == {
        (what, "nothing_moves") for what in ("stuart_maxwell", "bhapkar", "bowker")
    }


@pytest.mark.parametrize("kind", ["likert", "ladder"])
def test_half_a_category_does_not_exist(kind: str):
    with pytest.raises(CannotEstimate) as refusal:
        change_in(kind, values([1, 2, 2.5, 3, 4]), np.ones(5), np.random.default_rng(1))
    assert (refusal.value.why, refusal.value.has) == ("not_whole", 2.5)


def test_an_unknown_kind_is_refused():
    with pytest.raises(CannotEstimate, match="unknown_type"):
        change_in("colour", np.zeros(5), np.ones(5), np.random.default_rng(1))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_digits(kind: str):
    first, again = (
        change_in(kind, *drawn(kind), np.random.default_rng(4)) for _ in "ab"
    )
    assert first == again


def sound(estimate: Estimate, people: int) -> None:
    assert isfinite(estimate.value)
    assert estimate.p is None or 0 < estimate.p <= 1
    for interval in (estimate.interval, *(size.interval for size in estimate.sizes)):
        if interval is not None:
            assert interval.low <= interval.high
    if estimate.interval is not None and estimate.method != "mcnemar_exact":
        low, high = estimate.interval.low, estimate.interval.high
        assert low - 1e-9 <= estimate.value <= high + 1e-9
    assert estimate.n + estimate.n_missing <= people


@settings(max_examples=40)
@given(st.sampled_from(KINDS), people(0, 1, most=9), people(1, 5, most=9))
def test_whatever_is_drawn_every_figure_is_sound(kind, yes_or_no, ordered):
    before, after = yes_or_no if kind == "binary" else ordered
    for estimate in change_in(kind, before, after, np.random.default_rng(1)):
        sound(estimate, len(before))


def test_the_package_needs_nothing_but_numpy_and_scipy_special():
    """Import stays quick: scipy.stats alone takes longer than all that is here."""
    code = (
        "import sys; import trede.evaluation.change.outcomes; "
        "print([m for m in ('scipy.stats', 'scipy.optimize', 'pandas', 'django') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
