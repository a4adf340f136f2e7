"""The tread that seemed within reach, beside the tread that was reached."""

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.ladder.figures import values
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.ladder.potential import potential_and_reached, told

START = values([1, 1, 2, 2, 3, 4, 2, nan])
WITHIN_REACH = values([2, 2, 3, 2, 5, 3, nan, 4])
NOW = values([2, 1, 4, 2, 4, 4, 3, 4])


def by_method(expected):
    return {one.method: one for one in told(expected)}


def test_potential_stands_in_rows_and_what_was_reached_in_columns():
    found = potential_and_reached(START, WITHIN_REACH, NOW)
    assert (found.table.n, found.table.n_missing) == (6, 2)
    assert found.table.started.tolist() == [0, 3, 2, 0, 1, 0]
    assert found.table.counts[1].tolist() == [1, 2, 0, 0, 0, 0]
    assert found.below_start == 1


def test_above_at_and_below_the_potential():
    found = by_method(potential_and_reached(START, WITHIN_REACH, NOW))
    shares = [found[f"share_{way}_potential"].value for way in ("above", "at", "below")]
    assert shares == pytest.approx([2 / 6, 2 / 6, 2 / 6])
    assert found["mean_gap_to_potential"].value == pytest.approx(0)


def test_of_those_expected_to_rise_the_share_that_got_there():
    one = by_method(potential_and_reached(START, WITHIN_REACH, NOW))[
        "share_reached_potential"
    ]
    assert (one.value, one.n) == (0.5, 4)


def test_a_potential_below_the_start_is_told():
    with_it = told(potential_and_reached(START, WITHIN_REACH, NOW))
    assert all("potential_below_start" in one.notes for one in with_it)
    without = told(potential_and_reached(START[:5], WITHIN_REACH[:5], NOW[:5]))
    assert not any("potential_below_start" in one.notes for one in without)


def test_when_few_were_expected_to_rise_that_share_is_left_out():
    found = by_method(
        potential_and_reached(values([3] * 5), values([3] * 5), values([3] * 5))
    )
    assert "share_reached_potential" not in found
    assert found["share_at_potential"].value == 1
    assert found["mean_gap_to_potential"].notes == ("no_variation", "few_pairs")


@given(st.lists(st.tuples(*[st.integers(1, 6)] * 3), min_size=4, max_size=12))
def test_shares_add_up_to_one(rows):
    start, within_reach, now = (values(column) for column in zip(*rows, strict=True))
    found = by_method(potential_and_reached(start, within_reach, now))
    total = sum(
        found[f"share_{way}_potential"].value for way in ("above", "at", "below")
    )
    assert total == pytest.approx(1)
    assert found["mean_gap_to_potential"].value == pytest.approx(
        (now - within_reach).mean()
    )


def test_what_cannot_be_is_refused():
    with pytest.raises(CannotEstimate, match="not_a_tread"):
        potential_and_reached(values([1]), values([7]), values([1]))
    with pytest.raises(CannotEstimate, match="few_people"):
        told(potential_and_reached(START[:3], WITHIN_REACH[:3], NOW[:3]))
    with pytest.raises(ValueError, match="not the same people"):
        potential_and_reached(START, WITHIN_REACH[:2], NOW)
