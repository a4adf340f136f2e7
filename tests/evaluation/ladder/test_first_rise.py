"""How long until somebody is first seen on a higher tread."""

import numpy as np
import pytest
from hypothesis import given

from tests.evaluation.ladder.figures import EXACT, R, registers, values
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.event_times.kaplan_meier import curve_of
from trede.evaluation.ladder.assessments import assessments
from trede.evaluation.ladder.first_rise import first_rise, time_to_first_rise

CASE = R["register"]
ROWS = assessments(*(np.array(CASE[name]) for name in ("person", "day", "tread")))


def test_the_curve_until_the_first_rise_is_that_of_r():
    found = first_rise(ROWS)
    assert (found.at_ceiling, found.people.n_missing) == (
        CASE["at_ceiling"],
        CASE["rise_once"],
    )
    curve = curve_of(found.people)
    assert curve.days.tolist() == CASE["time"]
    assert curve.at_risk.tolist() == CASE["n_risk"]
    assert curve.survival == pytest.approx(values(CASE["surv"]), rel=EXACT)


def test_the_estimates_have_the_shape_of_a_change():
    found = time_to_first_rise(ROWS, horizon=365)
    assert [one.method for one in found.estimates] == [
        "kaplan_meier",
        "median_days",
        "restricted_mean",
    ]
    assert found.estimates[1].value == CASE["median"]
    for one in found.estimates:
        assert "seen_at_assessments" in one.notes
        assert one.n_missing == CASE["rise_once"]


def by_hand(rows):
    held = {}
    for person, day, tread in rows:
        held.setdefault(person, {})[day] = tread
    followed, top, once = [], 0, 0
    for days in held.values():
        start = min(days)
        if days[start] == 6:
            top += 1
        elif len(days) == 1:
            once += 1
        else:
            up = [day for day, tread in days.items() if tread > days[start]]
            followed.append((min(up, default=max(days)) - start, int(bool(up))))
    return sorted(followed), top, once


@given(registers())
def test_whatever_the_order_of_rows_it_is_what_is_found_by_hand(rows):
    followed, top, once = by_hand(rows)
    register = assessments(*zip(*rows, strict=True))
    if len(followed) < 4:
        with pytest.raises(CannotEstimate, match="few_people") as refusal:
            first_rise(register)
        assert refusal.value.has == len(followed)
        return
    found = first_rise(register)
    pairs = zip(found.people.days.tolist(), found.people.kind.tolist(), strict=True)
    assert sorted(pairs) == followed
    assert (found.at_ceiling, found.people.n_missing) == (top, once)


def test_a_higher_tread_that_was_corrected_that_day_was_no_rise():
    # Person 1: 5 by mistake on day 10, really up on day 30; others never.
    person = [1, 1, 1, 1, 2, 2, 3, 3, 4, 4]
    day = [0, 10, 10, 30, 0, 40, 0, 40, 0, 40]
    tread = [2, 5, 2, 3, 1, 1, 1, 1, 1, 1]
    found = first_rise(assessments(person, day, tread))
    assert found.people.days.tolist() == [30, 40, 40, 40]
    assert found.people.kind.tolist() == [1, 0, 0, 0]


def test_who_falls_and_comes_back_has_not_risen():
    person, day = np.repeat([1, 2, 3, 4], 3), np.tile([0, 50, 100], 4)
    found = first_rise(assessments(person, day, [3, 1, 3] * 4))
    assert found.people.events == 0
    assert found.people.days.tolist() == [100] * 4


@pytest.mark.parametrize("name", ["p{}", "{}", "9{}000000"])
def test_arms_can_be_laid_beside_the_persons(name):
    numbers = [7, 7, 3, 3, 5, 5, 9, 9, 1]
    day, tread = [0, 10, 0, 20, 0, 30, 0, 40, 5], [1, 2, 1, 2, 1, 1, 1, 3, 1]
    person = [name.format(one) for one in numbers]
    if name != "p{}":
        person = [int(one) for one in person]
    found = first_rise(assessments(person, day, tread))
    when = dict(zip(found.who.to_list(), found.days.tolist(), strict=True))
    called = {n: p for n, p in zip(numbers, person, strict=True)}
    assert when == {called[n]: d for n, d in ((7, 10), (3, 20), (5, 30), (9, 40))}
