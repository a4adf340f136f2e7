"""A world near another: true to everything asked, and found where there are few."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trede.evaluation.nearby import ROUNDINGS, Rounding, nearby
from trede.evaluation.whole_numbers import Constraints, Counts

MOST = 4
Rows = list[list[int]]


@st.composite
def asked(draw: st.DrawFn) -> tuple[list[int], Rows, list[int], int]:
    """A world, what is told of it, and a form that must be lower than it is."""
    unknowns = draw(st.integers(2, 4))
    counts = draw(st.lists(st.integers(0, MOST), min_size=unknowns, max_size=unknowns))
    row = st.lists(st.integers(-1, 3), min_size=unknowns, max_size=unknowns)
    return counts, draw(st.lists(row, max_size=2)), draw(row), draw(st.integers(1, 4))


def programme(
    world: tuple[list[int], Rows, list[int], int],
) -> tuple[Counts, Constraints, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    counts, told, form, lower = world
    start = np.array(counts)
    rows = np.array([*told, form], dtype=float)
    low, high = rows @ start, rows @ start
    low[-1], high[-1] = -np.inf, high[-1] - lower
    return start, Constraints(rows, low, high), np.full(len(counts), float(MOST))


@pytest.mark.parametrize("rounding", ROUNDINGS)
@settings(max_examples=60, deadline=None)
@given(world=asked())
def test_a_world_is_found_where_listing_all_finds_one(
    rounding: Rounding, world: tuple[list[int], Rows, list[int], int]
) -> None:
    start, within, ceiling = programme(world)
    found = nearby(start, within, ceiling, rounding=rounding, corners=300)
    every = product(range(MOST + 1), repeat=len(start))
    possible = [one for one in every if within.hold(np.array(one))]
    assert (found is not None) == bool(possible)
    if found is not None:
        assert tuple(found) in possible


def test_a_search_of_one_corner_finds_no_world_that_needs_a_rounding() -> None:
    """Of 2a + 3b + c = 7 without b the nearest corner has three and a half a."""
    within = Constraints(
        np.array([[2.0, 3.0, 1.0], [0, 1, 0]]),
        np.array([7.0, -np.inf]),
        np.array([7.0, 0]),
    )
    start, ceiling = np.array([2, 1, 0]), np.array([4.0, 3.0, 1.0])
    how = ROUNDINGS[0]
    assert nearby(start, within, ceiling, rounding=how, corners=1) is None
    found = nearby(start, within, ceiling, rounding=how, corners=9)
    assert found is not None
    assert found.tolist() == [3, 0, 1]
