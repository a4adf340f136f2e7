"""Where a falling curve crosses 0."""

from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trede.evaluation.comparison.roots import where_it_falls


@given(st.floats(1e-3, 50), st.floats(0.1, 5))
def test_a_smooth_curve_is_followed_to_the_last_digits(at, steepness):
    found = where_it_falls(lambda x: exp(-steepness * (x - at)) - 1, 100)
    assert found == pytest.approx(at, rel=1e-9)


@given(st.floats(0.01, 90))
def test_a_curve_with_one_jump_is_halved_down_to_it(at):
    found = where_it_falls(lambda x: 1.0 if x < at else -1.0, 100)
    assert found == pytest.approx(at, rel=1e-9)


def test_a_curve_that_never_falls_has_no_end():
    assert where_it_falls(lambda x: 1.0, 100) is None


def test_few_looks_are_enough():
    looks = []
    where_it_falls(lambda x: (looks.append(x), 2 - log(1 + x))[1], 100)
    assert len(looks) < 20
