"""Shares with their interval, against the figures that Newcombe (1998) printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trede.evaluation.proportions import share

# Newcombe, Statistics in Medicine 17 (1998), table I, method 3: score without
# continuity correction.
PUBLISHED = (
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
)


@pytest.mark.parametrize(("n", "of", "low", "high"), PUBLISHED)
def test_the_interval_is_the_published_one(n: int, of: int, low: float, high: float):
    found = share(n, of)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_of_nobody_there_is_no_share():
    assert share(0, 0) is None


@pytest.mark.parametrize(("n", "of"), [(3, 2), (-1, 2), (0, -1)])
def test_what_is_no_share_is_refused(n: int, of: int):
    with pytest.raises(ValueError, match="no share"):
        share(n, of)


@given(
    st.integers(1, 2000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
)
def test_the_share_lies_in_its_interval_and_that_in_0_to_1(pair: tuple[int, int]):
    found = share(*pair)
    assert found is not None
    assert 0 <= found.low <= found.value <= found.high <= 1
    mirrored = share(pair[1] - pair[0], pair[1])
    assert mirrored is not None
    assert mirrored.low == pytest.approx(1 - found.high)
