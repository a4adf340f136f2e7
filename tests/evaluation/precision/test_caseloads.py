"""Unequal caseloads, and weights."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.change.figures import EXACT, values
from tests.evaluation.precision.figures import R
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.precision.caseloads import (
    design_effect,
    effective_n_of_weights,
)

SIZES = st.lists(st.integers(1, 40), min_size=1, max_size=12)


@pytest.mark.parametrize("case", R["effects"])
def test_it_is_the_variance_of_a_mean_with_all_correlations_laid_out(case):
    found = design_effect(values(case["sizes"]), case["icc"])
    assert found.value == pytest.approx(case["effect"], rel=EXACT)


@given(SIZES, st.floats(0, 1))
def test_unequal_caseloads_never_cost_less_than_equal_ones(sizes, icc):
    found = design_effect(values(sizes), icc)
    assert found.value >= found.if_equal - 1e-9
    again = 1 + ((found.variation**2 + 1) * np.mean(sizes) - 1) * icc
    assert found.value == pytest.approx(again)
    assert found.effective_n <= found.n + 1e-9


@given(SIZES, st.floats(0, 1), st.randoms())
def test_the_order_of_caseloads_plays_no_part(sizes, icc, random):
    shuffled = sizes.copy()
    random.shuffle(shuffled)
    one, other = (design_effect(values(s), icc) for s in (sizes, shuffled))
    assert one.value == pytest.approx(other.value)


def test_strangers_lose_nothing():
    assert design_effect(values([5, 9, 30]), 0.0).value == 1
    assert design_effect(values([1, 1, 1]), 0.7).value == 1


def test_people_who_are_all_alike_are_worth_one_per_equal_caseload():
    found = design_effect(values([10, 10, 10]), 1.0)
    assert found.effective_n == pytest.approx(3)
    assert found.loss(0.5).asked(10) == 20


@pytest.mark.parametrize(("sizes", "icc"), [([0, 4], 0.1), ([2.5], 0.1), ([4], -0.1)])
def test_no_such_caseloads(sizes, icc):
    with pytest.raises(ValueError, match=r"caseload|icc"):
        design_effect(values(sizes), icc)


def test_without_caseloads_there_is_no_design_effect():
    with pytest.raises(CannotEstimate, match="no_caseloads"):
        design_effect(values([]), 0.1)


def test_equal_weights_keep_everybody_and_one_heavy_weight_leaves_one():
    assert effective_n_of_weights(values([2, 2, 2, np.nan])) == pytest.approx(3)
    assert effective_n_of_weights(values([1, 0, 0])) == 1
    assert effective_n_of_weights(values([1, 2, 3])) == pytest.approx(36 / 14)


def test_weights_that_cannot_be():
    with pytest.raises(ValueError, match="weight"):
        effective_n_of_weights(values([1, -1]))
    with pytest.raises(CannotEstimate, match="no_weights"):
        effective_n_of_weights(values([0, np.nan]))
