"""Steps too small for the ladder, per life domain."""

from math import nan
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.ladder.figures import limits, values
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.ladder.small_steps import (
    DOMAINS,
    small_steps,
    steps_beside_the_ladder,
)
from trede.evaluation.proportions import share
from trede.pilots.rules import LifeDomain

TWO = ("finances", "housing")
TAKEN = values([[2, 0], [0, 0], [1, 1], [0, nan], [nan, 3], [0, 0], [nan, nan]])


def test_the_domains_are_the_thirteen_of_the_pilots():
    assert get_args(LifeDomain) == DOMAINS
    assert len(DOMAINS) == 13


def test_per_domain_the_share_with_at_least_one_step():
    finances, housing = small_steps(TAKEN, TWO).by_domain
    assert (finances.domain, finances.steps) == ("finances", 3)
    assert (finances.share.value, finances.share.n, finances.share.n_missing) == (
        0.4,
        5,
        2,
    )
    assert (housing.share.value, housing.share.n, housing.steps) == (0.4, 5, 4)
    wilson = share(2, 5)
    assert limits(finances.share.interval) == (wilson.low, wilson.high)


def test_the_trap_who_has_gaps_does_not_count_because_of_a_step():
    found = small_steps(TAKEN, TWO)
    # Persons 1, 2, 3 and 6 are known in both; 5 has a step and a gap, 4 only a gap.
    assert (found.anywhere.value, found.anywhere.n) == (0.5, 4)
    assert found.anywhere.n_missing == 3
    assert found.domains_per_person == (2, 1, 1)


def test_counts_and_flags_give_the_same_shares():
    flags = np.where(np.isnan(TAKEN), nan, (TAKEN > 0) * 1.0)
    one, other = small_steps(TAKEN, TWO), small_steps(flags, TWO)
    assert one.anywhere == other.anywhere
    assert [d.share for d in one.by_domain] == [d.share for d in other.by_domain]


@given(
    st.lists(st.tuples(*[st.sampled_from([0, 1, 2, nan])] * 3), min_size=1, max_size=9)
)
def test_order_of_people_and_domains_makes_no_difference(rows):
    table, names = values(rows), ("a", "b", "c")
    try:
        found = small_steps(table, names)
    except CannotEstimate:
        return
    turned = small_steps(table[::-1, ::-1], names[::-1])
    assert found.anywhere == turned.anywhere
    assert found.by_domain == turned.by_domain[::-1]
    assert sum(found.domains_per_person) == (~np.isnan(table).any(axis=1)).sum()
    for one in found.by_domain:
        if one.share is not None:
            assert one.share.n + one.share.n_missing == len(table)


def test_of_who_stayed_on_their_tread_the_share_with_a_step():
    before = values([2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 3, nan])
    after = values([2, 2, 2, 2, 2, 2, 2, 3, 2, 2, 1, 4])
    steps = values([[1], [1], [0], [3], [0], [nan], [1], [1], [0], [0], [1], [1]])
    found = steps_beside_the_ladder(before, after, steps, treads=6)
    told = {one.method: (one.value, one.n, one.n_missing) for one in found}
    # One person fell: too few to tell.
    assert told == {
        "share_with_step_of_who_rose": (0.5, 4, 0),
        "share_with_step_of_who_stayed": (0.6, 5, 1),
    }


def test_a_domain_of_which_too_little_is_known_has_no_share():
    known = np.tile([1.0, 0.0], (4, 1))
    found = small_steps(np.column_stack((known, known[:, 0])), ("a", "b", "c"))
    assert all(one.share is not None for one in found.by_domain)
    gaps = np.vstack((known, np.full((4, 2), nan)))
    gaps[4:, 1] = 1
    finances, housing = small_steps(gaps, TWO).by_domain
    assert (finances.share.n, housing.share.n) == (4, 8)
    # Known in both are three only: nothing is told of both together.
    assert small_steps(gaps[1:], TWO).anywhere is None


def test_what_are_no_steps_is_refused():
    for wrong, why in ((-1, "negative"), (0.5, "not_whole")):
        with pytest.raises(CannotEstimate, match=why) as refusal:
            small_steps(values([[wrong, 0]] * 5), TWO)
        assert refusal.value.has == wrong
    with pytest.raises(CannotEstimate, match="few_people") as refusal:
        small_steps(values([[1, 0]] * 3 + [[nan, nan]] * 5), TWO)
    assert (refusal.value.has, refusal.value.needed) == (3, 4)
    for table in ([1, 0], [[1, 0, 0]], [[np.inf, 0]]):
        with pytest.raises(ValueError, match="no steps"):
            small_steps(values(table), TWO)
    with pytest.raises(ValueError, match="not the same people"):
        steps_beside_the_ladder(values([1]), values([1]), values([[1], [1]]), treads=6)
    with pytest.raises(CannotEstimate, match="not_a_tread"):
        steps_beside_the_ladder(values([9]), values([1]), values([[1]]), treads=6)
