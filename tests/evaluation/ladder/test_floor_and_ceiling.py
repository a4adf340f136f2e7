"""Who cannot fall, who cannot rise, and what is left without them."""

import numpy as np
import pytest
from hypothesis import given

from tests.evaluation.ladder.figures import EXACT, R, limits, people, treads, values
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.ladder.floor_and_ceiling import (
    shares_at_the_ends,
    shares_of_who_could,
    without_the_ends,
)
from trede.evaluation.ladder.transitions import transitions


def by_method(estimates):
    return {one.method: one for one in estimates}


def table_of(case):
    return transitions(*treads(case), treads=case["treads"])


@pytest.mark.parametrize("case", R["tables"])
def test_the_ends_are_shown_at_the_start_and_now(case):
    found = by_method(shares_at_the_ends(table_of(case)))
    assert set(found) == {
        f"share_at_{end}{when}" for end in ("floor", "ceiling") for when in ("", "_now")
    }
    for end in ("floor", "ceiling", "floor_now", "ceiling_now"):
        one = found[f"share_at_{end}"]
        assert one.value == pytest.approx(case[end]["value"], rel=EXACT)
        assert limits(one.interval) == pytest.approx(case[end]["ci"], rel=EXACT)


@pytest.mark.parametrize("case", R["tables"])
def test_of_those_who_could_rise_the_share_that_did(case):
    found = by_method(shares_of_who_could(table_of(case)))
    for way in ("up", "down"):
        one, expected = found[f"share_{way}_of_who_could"], case[f"{way}_could"]
        assert (one.n, one.value) == (expected["of"], pytest.approx(expected["value"]))
        assert limits(one.interval) == pytest.approx(expected["ci"], rel=EXACT)


@pytest.mark.parametrize("case", R["tables"])
@pytest.mark.parametrize("end", ["ceiling", "floor", "ends"])
def test_without_those_who_started_there(case, end):
    found, expected = (
        by_method(without_the_ends(table_of(case))),
        case[f"without_{end}"],
    )
    mean, up = found[f"mean_change_without_{end}"], found[f"share_up_without_{end}"]
    assert mean.n == up.n == expected["n"]
    assert mean.value == pytest.approx(expected["mean"], rel=EXACT)
    assert limits(mean.interval) == pytest.approx(expected["ci"], rel=EXACT)
    assert mean.p == pytest.approx(expected["p"], rel=EXACT)
    assert limits(up.interval) == pytest.approx(expected["up"]["ci"], rel=EXACT)


@given(people())
def test_nobody_below_the_floor_falls_and_nobody_above_the_ceiling_rises(drawn):
    table = transitions(*drawn)
    up, _, down = table.moves
    at_ceiling = table.those(np.array([False] * 5 + [True]))
    at_floor = table.those(np.array([True] + [False] * 5))
    assert at_ceiling.moves[0] == 0
    assert at_floor.moves[2] == 0
    for one in shares_of_who_could(table):
        assert round(one.value * one.n) in (up, down)


def test_the_trap_leaving_the_top_out_raises_the_mean_when_nothing_happens():
    """Two assessments of people who do not change, each a moment above or below."""
    rng = np.random.default_rng(4)
    lasting = rng.integers(1, 7, 4000)
    one, other = (np.clip(lasting + rng.integers(-1, 2, 4000), 1, 6) for _ in "ab")
    table = transitions(one + 0.0, other + 0.0)
    found = by_method(without_the_ends(table))
    assert found["mean_change_without_ceiling"].interval.low > 0
    assert found["mean_change_without_floor"].interval.high < 0


def test_without_people_at_an_end_there_is_nothing_to_leave_out():
    table = transitions(values([2, 3, 4, 5, 3]), values([2, 4, 4, 5, 1]))
    assert list(without_the_ends(table)) == []


def test_fewer_than_four_left_are_left_out():
    table = transitions(values([1, 1, 1, 1, 2, 3]), values([1, 2, 2, 1, 1, 3]))
    assert list(without_the_ends(table)) == []
    assert [one.method for one in shares_of_who_could(table)] == [
        "share_up_of_who_could"
    ]


def test_three_people_are_too_few():
    table = transitions(values([1, 2, 6]), values([2, 2, 6]))
    for tell in (shares_at_the_ends, shares_of_who_could):
        with pytest.raises(CannotEstimate, match="few_pairs"):
            tell(table)
