"""Exits of which a person can take only one."""

from math import nan

import numpy as np
import pytest
from hypothesis import given

from tests.evaluation.event_times.figures import EXACT, R, limits, people, told, values
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.event_times.competing_exits import (
    cumulative_incidence,
    share_gone,
    shares_gone,
)
from trede.evaluation.event_times.kaplan_meier import kaplan_meier, share_by

NAMES = ("found_work", "withdrew")


def exits(case):
    return values(case["days"]), values(case["exit"])


@pytest.mark.parametrize("case", R["competing"])
def test_shares_errors_and_limits_are_those_of_survfit(case):
    found = cumulative_incidence(*exits(case), exits=2)
    assert found.days.tolist() == case["time"]
    assert found.at_risk.tolist() == case["n_risk"]
    shares = values(case["pstate"]).T
    assert found.still_there == pytest.approx(shares[0], rel=EXACT, abs=1e-15)
    assert found.share == pytest.approx(shares[1:], rel=EXACT, abs=1e-15)
    assert found.se == pytest.approx(values(case["se"]).T[1:], rel=EXACT)
    for ours, theirs in ((found.low, "lower"), (found.high, "upper")):
        expected = told(case[theirs]).T[1:]
        assert ours == pytest.approx(expected, rel=EXACT, nan_ok=True)


@given(people(kinds=3))
def test_all_exits_and_those_still_there_make_one(drawn):
    found = cumulative_incidence(*drawn, exits=3)
    together = found.still_there + found.share.sum(axis=0)
    assert together == pytest.approx(np.ones(len(together)))


@given(people(kinds=2))
def test_one_exit_is_kaplan_meier(drawn):
    days, exit = drawn
    event = np.minimum(exit, 1)
    found = cumulative_incidence(days, event, exits=1)
    curve = kaplan_meier(days, event)
    assert found.share[0] == pytest.approx(1 - curve.survival)
    # Greenwood's spread is that of the infinitesimal jackknife.
    assert found.se[0] == pytest.approx(curve.se, abs=1e-9)


@given(people(kinds=2))
def test_names_of_exits_can_be_exchanged(drawn):
    days, exit = drawn
    one = cumulative_incidence(days, exit, exits=2)
    other = cumulative_incidence(days, np.where(exit > 0, 3 - exit, 0), exits=2)
    assert other.share == pytest.approx(one.share[::-1])
    assert other.se == pytest.approx(one.se[::-1])


def moved_by_one(days, exit, person, much=1e-6):
    """What a person who counts a little more adds to the share of the first exit."""

    def share(weights):
        still, sums, found = 1.0, 0.0, []
        for day in np.unique(days):
            at_risk = weights[days >= day].sum()
            sums += still * weights[(days == day) & (exit == 1)].sum() / at_risk
            still *= 1 - weights[(days == day) & (exit > 0)].sum() / at_risk
            found.append(sums)
        return np.array(found)

    more = np.ones(len(days))
    more[person] += much
    return (share(more) - share(np.ones(len(days)))) / much


def test_the_error_is_how_much_each_person_moves_the_share():
    days, exit = exits(R["competing"][0])
    found = cumulative_incidence(days, exit, exits=2)
    moves = np.array([moved_by_one(days, exit, person) for person in range(len(days))])
    assert found.se[0] == pytest.approx(np.sqrt((moves**2).sum(axis=0)), rel=1e-4)


def test_the_trap_calling_other_exits_censored_gives_too_much():
    days, exit = exits(R["competing"][0])
    work, gone = shares_gone(days, exit, NAMES, 120)
    naive = [share_by(kaplan_meier(days, (exit == k) * 1.0), 120).value for k in (1, 2)]
    assert naive[0] > work.value + 0.03
    assert naive[1] > gone.value + 0.03
    # Of people who can take one exit only, more than everybody would be gone.
    late = days.max()
    naive = [
        share_by(kaplan_meier(days, (exit == k) * 1.0), late).value for k in (1, 2)
    ]
    assert sum(naive) > 1


def test_each_exit_has_a_name_and_an_interval():
    found = shares_gone(*exits(R["competing"][0]), NAMES, 120)
    assert [one.method for one in found] == ["share_found_work", "share_withdrew"]
    for one in found:
        low, high = limits(one.interval)
        assert 0 < low < one.value < high < 1


def test_an_exit_that_nobody_took_is_a_share_of_none():
    found = cumulative_incidence(values([3, 5, 8, 9]), values([1, 1, 0, 1]), exits=2)
    none = share_gone(found, 2, 8)
    assert (none.value, none.interval) == (0, None)
    assert "no_event_yet" in none.notes
    assert share_gone(found, 1, 2).value == 0


def test_when_all_are_gone_by_one_exit_there_is_no_interval():
    found = cumulative_incidence(values([3, 5, 8, 9]), np.ones(4), exits=2)
    everybody = share_gone(found, 1, 100)
    assert everybody.value == pytest.approx(1)
    assert (everybody.interval, everybody.notes[0]) == (None, "nobody_left")


def test_what_is_not_known_is_refused():
    found = cumulative_incidence(values([3, 5, 8, 9]), values([1, 2, 1, 0]), exits=2)
    with pytest.raises(CannotEstimate, match="beyond_follow_up"):
        share_gone(found, 1, 10)
    for exit in (0, 3):
        with pytest.raises(CannotEstimate, match="unknown_kind"):
            share_gone(found, exit, 5)
    with pytest.raises(CannotEstimate, match="unknown_kind"):
        cumulative_incidence(values([3, 5, 8, 9]), values([1, 2, 3, 0]), exits=2)
    with pytest.raises(CannotEstimate, match="few_people"):
        cumulative_incidence(values([3, 5, 8, nan]), values([1, 2, 1, 0]), exits=2)
