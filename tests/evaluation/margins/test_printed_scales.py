"""Every distribution that agrees with what is printed is found, and no other."""

from itertools import product

import pytest

from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.margins.printed_scales import (
    PrintedItem,
    distributions,
    solve,
)


def every_distribution(people: int, points: int) -> list[tuple[int, ...]]:
    return [
        counts
        for counts in product(range(people + 1), repeat=points)
        if sum(counts) == people
    ]


def test_a_mean_and_a_share_against_trying_everything():
    item = PrintedItem(9, (1, 2, 3, 4), mean="2.33", shares={4: "22.2"})
    by_hand = [
        counts
        for counts in every_distribution(9, 4)
        if counts[3] == 2 and counts[0] + 2 * counts[1] + 3 * counts[2] + 8 == 21
    ]
    assert sorted(distributions(item)) == sorted(by_hand)
    assert by_hand


def test_without_anything_printed_everything_is_possible():
    found = distributions(PrintedItem(4, (0, 1, 2)))
    assert sorted(found) == sorted(every_distribution(4, 3))


def test_totals_over_items_against_trying_everything():
    items = (
        PrintedItem(5, (1, 2, 3), shares={1: "40"}),
        PrintedItem(5, (1, 2, 3), mean="1.60"),
        PrintedItem(5, (1, 2, 3), counts={2: 1}),
    )
    by_hand = [
        chosen
        for chosen in product(*(distributions(item) for item in items))
        if sum(counts[2] for counts in chosen) == 4
    ]
    found = solve(items, totals={3: 4})
    assert sorted(found.found) == sorted(by_hand)
    assert not found.impossible


def test_a_mean_that_cannot_be_is_laid_aside_and_named():
    items = (PrintedItem(7, (0, 1), mean="0.50"), PrintedItem(7, (0, 1), mean="0.43"))
    found = solve(items)
    assert found.impossible == (0,)
    assert {chosen[1] for chosen in found.found} == {(4, 3)}


def test_shares_that_contradict_each_other_leave_nothing():
    item = PrintedItem(10, (0, 1), shares={0: "60", 1: "50"})
    assert solve((item,)).found == ()


def test_an_impossible_share_leaves_nothing():
    assert solve((PrintedItem(53, (0, 1), shares={1: "10"}),)).found == ()


def test_totals_that_cannot_be_met_leave_nothing():
    assert solve((PrintedItem(5, (0, 1)),), totals={1: 6}).found == ()
    assert solve((PrintedItem(5, (0, 1)),), totals={7: 1}).found == ()


def test_too_many_ways_are_refused():
    with pytest.raises(CannotEstimate) as refused:
        distributions(PrintedItem(53, tuple(range(11)), mean="5.36"))
    assert refused.value.why == "many_ways"
