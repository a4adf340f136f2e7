"""The solver of disclosure control beside another way of calling it, and its refusals.

scipy carries a HiGHS of its own, which always branches and bounds; ours first looks
whether the best corner of the relaxation is whole.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from trede.evaluation.whole_numbers import Constraints, Contradiction, least

SMALL = st.integers(-3, 4)


@st.composite
def programmes(draw: st.DrawFn) -> tuple[list[int], list[list[int]], list[int]]:
    unknowns = draw(st.integers(1, 5))
    equations = draw(st.integers(0, 4))
    row = st.lists(SMALL, min_size=unknowns, max_size=unknowns)
    weights, rows = (
        draw(row),
        draw(st.lists(row, min_size=equations, max_size=equations)),
    )
    told = draw(st.lists(st.integers(0, 12), min_size=equations, max_size=equations))
    return weights, rows, told


@settings(max_examples=150, deadline=None)
@given(programmes())
def test_the_least_value_is_that_of_branch_and_bound(
    programme: tuple[list[int], list[list[int]], list[int]],
) -> None:
    weights, rows, told = programme
    matrix = np.array(rows, dtype=float).reshape(-1, len(weights))
    both = np.array(told, dtype=float)
    known = [LinearConstraint(matrix, both, both)] if rows else []
    other = milp(
        np.array(weights, dtype=float),
        integrality=np.ones(len(weights)),
        bounds=Bounds(np.zeros(len(weights)), np.full(len(weights), 9.0)),
        constraints=known,
        options={"mip_rel_gap": 0.0},
    )
    try:
        found = least(
            np.array(weights, dtype=float),
            Constraints(matrix, both, both),
            floor=np.zeros(len(weights)),
            ceiling=np.full(len(weights), 9.0),
        )
    except Contradiction:
        assert not other.success
        return
    assert other.success
    assert int(np.array(weights) @ found) == round(other.fun)
    assert (matrix @ found == both).all()


def test_a_fraction_is_no_answer() -> None:
    """3a + 5b = 11 lets a be 3 and two thirds; whole numbers leave only a = 2."""
    known = Constraints(np.array([[3.0, 5.0]]), np.array([11.0]), np.array([11.0]))
    floor, ceiling = np.zeros(2), np.full(2, 9.0)
    most = least(np.array([-1.0, 0.0]), known, floor=floor, ceiling=ceiling)
    assert list(most) == [2, 1]


def test_what_cannot_be_is_refused() -> None:
    known = Constraints(np.array([[2.0]]), np.array([3.0]), np.array([3.0]))
    with pytest.raises(Contradiction, match="contradict"):
        least(np.array([1.0]), known, floor=np.zeros(1), ceiling=np.full(1, 9.0))
