"""From which tread to which, and what part rose, stayed and fell."""

from math import nan

import numpy as np
import pytest
from hypothesis import given

from tests.evaluation.ladder.figures import EXACT, R, limits, people, treads, values
from trede.evaluation.change.mean_change import mean_change
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.ladder.transitions import (
    mean_tread_change,
    shares_by_direction,
    transitions,
)


def table_of(case):
    return transitions(*treads(case), treads=case["treads"])


@pytest.mark.parametrize("case", R["tables"])
def test_the_table_and_its_row_shares_are_those_of_r(case):
    found = table_of(case)
    assert found.counts.tolist() == case["counts"]
    expected = values(case["shares"])
    expected[expected == -1] = nan
    assert found.row_shares == pytest.approx(expected, rel=EXACT, nan_ok=True)


@pytest.mark.parametrize("case", R["tables"])
def test_shares_have_wilsons_interval(case):
    found = shares_by_direction(table_of(case))
    assert [one.method for one in found] == ["share_up", "share_same", "share_down"]
    for one, way in zip(found, ("up", "same", "down"), strict=True):
        assert one.value == pytest.approx(case[way]["value"], rel=EXACT)
        assert limits(one.interval) == pytest.approx(case[way]["ci"], rel=EXACT)
        assert one.n == case[way]["of"]


@pytest.mark.parametrize("case", R["tables"])
def test_the_mean_change_is_the_paired_t_test(case):
    found = mean_tread_change(table_of(case))
    assert found.value == pytest.approx(case["mean"], rel=EXACT)
    assert found.se == pytest.approx(case["se"], rel=EXACT)
    assert found.p == pytest.approx(case["p"], rel=EXACT)
    assert limits(found.interval) == pytest.approx(case["ci"], rel=EXACT)


@given(people())
def test_the_table_gives_the_same_mean_as_the_people(drawn):
    found, one_by_one = mean_tread_change(transitions(*drawn)), mean_change(*drawn)
    assert found.value == pytest.approx(one_by_one.value)
    assert found.notes == one_by_one.notes
    if one_by_one.interval is not None:
        assert limits(found.interval) == pytest.approx(limits(one_by_one.interval))
        assert found.p == pytest.approx(one_by_one.p)


@given(people())
def test_everybody_is_in_the_table_once(drawn):
    found = transitions(*drawn)
    before, after = drawn
    assert found.n == sum(found.moves) == len(before)
    assert found.started.tolist() == [(before == t).sum() for t in range(1, 7)]
    assert found.now.tolist() == [(after == t).sum() for t in range(1, 7)]
    used = found.started > 0
    assert found.row_shares[used].sum(axis=1) == pytest.approx(np.ones(used.sum()))


@given(people())
def test_turning_the_ladder_round_turns_up_into_down(drawn):
    before, after = drawn
    found, turned = transitions(before, after), transitions(7 - before, 7 - after)
    back = transitions(after, before)
    assert turned.moves == back.moves == found.moves[::-1]
    assert mean_tread_change(turned).value == pytest.approx(
        -mean_tread_change(found).value
    )
    assert back.counts.tolist() == found.counts.T.tolist()


def test_a_row_is_told_with_intervals_and_an_empty_row_with_nothing():
    found = transitions(values([1, 1, 1, 3]), values([1, 2, 2, 3]), treads=3)
    first = found.row(1)
    assert [one.n for one in first] == [1, 2, 0]
    assert all(one.low <= one.value <= one.high for one in first)
    assert found.row(2) == (None, None, None)
    for tread in (0, 4):
        with pytest.raises(ValueError, match="no tread"):
            found.row(tread)


def test_a_ladder_has_as_many_treads_as_it_is_said_to():
    assert transitions(values([1, 2]), values([2, 2]), treads=2).counts.shape == (2, 2)
    assert transitions(values([1, 7]), values([2, 5]), treads=7).counts.shape == (7, 7)


def test_who_was_not_assessed_twice_is_counted_and_in_no_cell():
    found = transitions(values([1, 2, nan, 4, nan]), values([2, nan, 3, 4, nan]))
    assert (found.n, found.n_missing) == (2, 3)


@pytest.mark.parametrize("wrong", [0, 7, 2.5, -1])
def test_what_is_no_tread_is_refused_even_beside_a_missing_one(wrong):
    for before, after in ((wrong, nan), (2, wrong)):
        with pytest.raises(CannotEstimate, match="not_a_tread") as refusal:
            transitions(values([before, 1]), values([after, 1]))
        assert (refusal.value.has, refusal.value.needed) == (wrong, 6)


def test_a_ladder_of_one_tread_is_none():
    with pytest.raises(CannotEstimate, match="one_tread"):
        transitions(values([1]), values([1]), treads=1)


def test_three_people_are_too_few_for_shares():
    found = transitions(values([1, 2, 3]), values([2, 2, 3]))
    for tell in (shares_by_direction, mean_tread_change):
        with pytest.raises(CannotEstimate, match="few_pairs") as refusal:
            tell(found)
        assert (refusal.value.has, refusal.value.needed) == (3, 4)


def test_nobody_at_all_is_an_empty_table():
    found = transitions(values([]), values([nan])[:0])
    assert (found.n, found.moves) == (0, (0, 0, 0))
    assert np.isnan(found.row_shares).all()


def test_when_all_move_as_far_there_is_no_interval():
    found = mean_tread_change(
        transitions(values([1, 2, 3, 4, 5, 1]), values([2, 3, 4, 5, 6, 2]))
    )
    assert (found.value, found.interval, found.p) == (1, None, None)
    assert found.notes == ("no_variation",)


def test_other_people_are_a_mistake():
    with pytest.raises(ValueError, match="no pairs"):
        transitions(values([1, 2]), values([1]))
