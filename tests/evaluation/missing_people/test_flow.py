"""From the list to the last measurement, and in which circumstances."""

from datetime import date
from math import nan

import numpy as np
import pytest

from tests.evaluation.missing_people.figures import limits, values
from trede.evaluation.change.mean_change import mean_change
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.missing_people.flow import dropouts, flow
from trede.evaluation.missing_people.periods import (
    Period,
    by_period,
    change_by_period,
)

SIDES = {
    "stopped": "dropout",
    "no_answer": "dropout",
    "has_work": "ineligible",
    "moved": "other",
    "finished": "completed",
}


def test_ineligible_after_all_is_not_dropout():
    reasons = [None] * 53 + ["stopped"] * 4 + ["no_answer"] * 3 + ["has_work"] * 2
    found = dropouts(reasons, SIDES)
    assert (found.mixed.n, found.mixed.of) == (9, 62)
    assert (found.net.n, found.net.of) == (7, 60)
    assert (found.stayed, found.dropped, found.ineligible) == (53, 7, 2)
    assert [(e.reason, e.n) for e in found.exits] == [
        ("stopped", 4),
        ("no_answer", 3),
        ("has_work", 2),
    ]


def test_who_left_without_a_reason_did_leave():
    found = dropouts([None, "", "", "moved", "finished"], SIDES)
    assert (found.dropped, found.otherwise, found.stayed) == (2, 1, 2)
    assert (found.net.n, found.net.of) == (2, 5)
    assert found.exits[0].reason == ""


def test_when_nobody_belonged_there_is_no_net_figure():
    assert dropouts(["has_work"], SIDES).net is None


def test_a_reason_without_a_side_is_an_error():
    with pytest.raises(ValueError, match="tired"):
        dropouts(["tired"], SIDES)
    with pytest.raises(ValueError, match="sides"):
        dropouts([None], {"tired": "dropped"})
    with pytest.raises(CannotEstimate, match="nobody_began"):
        dropouts([], SIDES)


def test_a_flow_counts_who_is_lost_and_who_joined():
    steps = {
        "list": np.ones(6, bool),
        "reached": np.array([1, 1, 1, 1, 0, 0], bool),
        "t1": np.array([1, 1, 0, 0, 1, 0], bool),
    }
    first, reached, last = flow(steps)
    assert (first.n, first.lost) == (6, 0)
    assert (reached.lost, reached.of_first.value) == (2, 4 / 6)
    assert (last.n, last.lost, last.joined) == (3, 2, 1)
    assert (last.of_previous.n, last.of_previous.of) == (2, 4)


def test_a_flow_of_nobody_has_no_shares():
    (only,) = flow({"list": np.zeros(3, bool)})
    assert only.of_first is None
    with pytest.raises(CannotEstimate, match="no_steps"):
        flow({})
    with pytest.raises(ValueError):
        flow({"a": np.ones(2, bool), "b": np.ones(3, bool)})


OPEN = Period("open", None, date(2020, 12, 14))
SHUT = Period("shut", date(2020, 12, 15), date(2021, 4, 27))
DAYS = [date(2020, 12, 14), date(2020, 12, 15), date(2021, 4, 27), None]


def test_an_answer_falls_in_the_period_of_its_day():
    first, second = by_period(DAYS, values([4, 6, 8, 5]), [OPEN, SHUT])
    assert (first.code, first.n, first.mean, first.sd) == ("open", 1, 4, None)
    assert (second.n, second.mean, second.interval) == (2, 7, None)


def test_days_in_no_period_stand_apart_and_empty_periods_are_told():
    late = [date(2022, 1, 1)] * 5
    empty, _, outside = by_period(late, values([1, 2, 3, 4, nan]), [OPEN, SHUT])
    assert (empty.n, empty.mean) == (0, None)
    assert (outside.code, outside.n, outside.n_missing) == (None, 4, 1)


def test_change_within_two_periods_is_that_of_these_people():
    before, after = values([3, 4, 5, 6, 2]), values([4, 4, 7, 6, 9])
    then = [date(2020, 1, 1)] * 5
    now = [date(2021, 1, 1)] * 4 + [date(2020, 6, 1)]
    same, other = change_by_period(then, before, now, after, [OPEN, SHUT])
    assert (same.code, same.after, same.mean) == ("open", "open", 7)
    assert (other.code, other.after, other.n) == ("open", "shut", 4)
    t = mean_change(before[:4], after[:4])
    assert limits(other.interval) == pytest.approx(limits(t.interval))


def test_periods_that_overlap_or_run_backwards_are_refused():
    with pytest.raises(CannotEstimate, match="overlap"):
        by_period(DAYS, np.zeros(4), [OPEN, Period("all", None, None)])
    with pytest.raises(CannotEstimate, match="ends_before_it_begins"):
        by_period(DAYS, np.zeros(4), [Period("x", date(2021, 2, 1), date(2021, 1, 1))])
    with pytest.raises(ValueError, match="other people"):
        by_period(DAYS, np.zeros(3), [OPEN])
