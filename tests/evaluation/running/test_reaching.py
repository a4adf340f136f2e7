"""Who was reached lies beside the whole list, in levels that hold enough people."""

import numpy as np
import polars as pl
import pytest

from trede.evaluation.missing_people.balance import (
    difference_of_shares,
    distance_of_categories,
)
from trede.evaluation.running.configuration import Configuration
from trede.evaluation.running.design import Design
from trede.evaluation.running.reaching import (
    Characteristic,
    Reached,
    TargetList,
    reached_of,
)

ASKED = Configuration(Design.PRE_POST)
# Of each level: how many were reached, of those measured, and how many were not.
Sizes = dict[str | None, tuple[int, int, int]]


def listed(sizes: Sizes, kind: pl.DataType | None = None) -> TargetList:
    names: list[str | None] = []
    reached: list[bool] = []
    measured: list[bool] = []
    for name, (spoken, answered, missed) in sizes.items():
        names += [name] * (spoken + missed)
        reached += [True] * spoken + [False] * missed
        measured += [True] * answered + [False] * (spoken - answered + missed)
    known = pl.DataFrame({"what": names}, schema={"what": kind or pl.String()})
    return TargetList(np.array(reached), np.array(measured), known)


def found(sizes: Sizes, kind: pl.DataType | None = None) -> Reached:
    return reached_of(listed(sizes, kind), ASKED)


def only(sizes: Sizes, kind: pl.DataType | None = None) -> Characteristic:
    (one,) = found(sizes, kind).characteristics
    return one


def test_each_level_is_told_of_who_was_reached_beside_the_whole_list():
    one = only({"man": (20, 6, 80), "woman": (60, 30, 40)})
    assert [(level.names, level.listed, level.reached) for level in one.levels] == [
        (("man",), 100, 20),
        (("woman",), 100, 60),
    ]


def test_differences_are_with_everybody_in_the_spread_of_everybody():
    one = only({"man": (20, 6, 80), "woman": (60, 30, 40)})
    reached, missed = np.repeat([0.0, 1.0], [20, 60]), np.repeat([0.0, 1.0], [80, 40])
    direct = difference_of_shares(reached, missed, everyone=True)
    woman = one.levels[1]
    assert woman.smd == direct.value > 0
    assert woman.ci == (direct.interval.low, direct.interval.high)
    assert one.levels[0].smd == pytest.approx(-direct.value)
    # By hand: 60 of 80 beside 100 of 200, in the spread of a half.
    assert woman.smd == pytest.approx((0.75 - 0.5) / 0.5)
    whole = distance_of_categories(reached, missed, everyone=True)
    assert one.distance == whole.value


def test_how_many_of_the_reached_are_measured_is_counted():
    counts = found({"man": (20, 6, 80), "woman": (60, 30, 40)})
    assert (counts.listed, counts.reached, counts.measured) == (200, 80, 36)


@pytest.mark.parametrize(
    "few",
    [
        pytest.param((3, 0, 90), id="reached"),
        pytest.param((90, 10, 3), id="not reached"),
        pytest.param((40, 38, 40), id="reached and not measured"),
        pytest.param((0, 0, 30), id="nobody reached"),
        pytest.param((30, 9, 0), id="everybody reached"),
    ],
)
def test_a_level_of_too_few_on_any_side_stands_with_its_neighbour(few):
    sizes = {"a": few, "b": (40, 8, 60), "c": (50, 8, 100)}
    names = [set(level.names) for level in only(sizes).levels]
    assert {"a"} not in names
    assert sum(map(len, names)) == 3
    for level in only(sizes).levels:
        assert level.reached >= 5 and level.listed - level.reached >= 5


def test_an_ordered_level_stands_with_the_smaller_of_its_neighbours():
    ages = pl.Enum(["18-26", "27-44", "45-54", "55-67"])
    sizes = {
        "55-67": (40, 9, 60),
        "45-54": (2, 0, 20),
        "27-44": (60, 9, 90),
        "18-26": (30, 9, 30),
    }
    names = [level.names for level in only(sizes, ages).levels]
    assert names == [("18-26",), ("27-44",), ("45-54", "55-67")]


def test_without_an_order_the_small_ones_stand_together():
    sizes = {"a": (80, 9, 90), "b": (2, 0, 3), "c": (4, 0, 9), "d": (60, 9, 50)}
    names = [level.names for level in only(sizes).levels]
    assert names == [("b", "c"), ("d",), ("a",)]


def test_of_whom_it_is_not_known_is_a_level_too():
    one = only({"a": (30, 9, 40), None: (20, 9, 30), "b": (30, 9, 40)})
    assert ("",) in [level.names for level in one.levels]
    assert sum(level.listed for level in one.levels) == 190


def test_what_leaves_one_level_is_refused_and_not_told():
    counts = found({"a": (30, 9, 40), "b": (3, 0, 2)})
    assert not counts.characteristics
    assert [(one.outcome, one.why) for one in counts.refused] == [("what", "no_spread")]


def test_of_a_list_of_which_everybody_was_reached_nothing_can_be_compared():
    counts = found({"a": (30, 9, 0), "b": (40, 9, 0)})
    assert (counts.listed, counts.reached) == (70, 70)
    assert not counts.characteristics
    assert [one.why for one in counts.refused] == ["one_side"]
