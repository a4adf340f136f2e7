"""The curve, its limits, the median, and the numbers under it."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given

from tests.evaluation.event_times.figures import (
    EXACT,
    R,
    limits,
    people,
    times,
    told,
    values,
    waiting,
)
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.event_times.kaplan_meier import (
    kaplan_meier,
    median_days,
    numbers_at_risk,
    share_by,
)
from trede.evaluation.event_times.outcomes import share_difference

WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


@pytest.mark.parametrize("case", R["singles"])
def test_the_curve_is_that_of_survfit(case):
    found = kaplan_meier(*times(case))
    assert found.days.tolist() == case["time"]
    assert found.at_risk.tolist() == case["n_risk"]
    assert found.events.tolist() == case["n_event"]
    assert found.censored.tolist() == case["n_censor"]
    assert found.survival == pytest.approx(values(case["surv"]), rel=EXACT)
    for ours, theirs in ((found.low, "lower"), (found.high, "upper")):
        assert ours == pytest.approx(told(case[theirs]), rel=EXACT, nan_ok=True)
    spread = np.where(found.survival > 0, found.se, nan)
    assert spread == pytest.approx(told(case["se"]), rel=EXACT, nan_ok=True)


@pytest.mark.parametrize("day", [60, 100])
def test_the_interval_of_a_difference_joins_those_of_the_two_shares(day):
    rng = np.random.default_rng(3)
    one, other = (kaplan_meier(*waiting(rng, 40, mean)) for mean in (50, 100))
    found, p, q = (
        share_difference(one, other, day),
        *(share_by(each, day) for each in (one, other)),
    )
    below = (p.value - p.interval.low) ** 2 + (q.interval.high - q.value) ** 2
    above = (p.interval.high - p.value) ** 2 + (q.value - q.interval.low) ** 2
    assert found.value == pytest.approx(p.value - q.value)
    assert limits(found.interval) == pytest.approx(
        (found.value - below**0.5, found.value + above**0.5)
    )


@pytest.mark.parametrize("case", [c for c in R["singles"] if c["quantile"][1] >= 0])
def test_the_median_is_that_of_quantile_survfit(case):
    found = median_days(kaplan_meier(*times(case)))
    low, high = (inf if q[1] < 0 else q[1] for q in (case["q_lower"], case["q_upper"]))
    assert found.value == case["quantile"][1]
    assert limits(found.interval) == (low, high)


def test_the_curve_of_the_leukaemia_trial_is_as_printed():
    """Freireich and others 1963, as in every textbook since: 6-MP."""
    found = kaplan_meier(values(WEEKS), values(RELAPSED))
    printed = {
        6: 0.857,
        7: 0.807,
        10: 0.753,
        13: 0.690,
        16: 0.627,
        22: 0.538,
        23: 0.448,
    }
    for week, share in printed.items():
        assert 1 - share_by(found, week).value == pytest.approx(share, abs=5e-4)
    assert median_days(found).value == 23


def test_without_half_there_is_no_median():
    case = R["singles"][6]
    with pytest.raises(CannotEstimate, match="not_reached") as refusal:
        median_days(kaplan_meier(*times(case)))
    assert refusal.value.has == pytest.approx(case["surv"][-1])


@pytest.mark.parametrize("case", R["singles"][:3])
def test_the_numbers_under_the_curve_are_those_still_followed(case):
    days, event = times(case)
    for row in numbers_at_risk(kaplan_meier(days, event), (0, 30, 60, 120, 999)):
        assert row.at_risk == (days >= row.day).sum()
        assert row.events == event[days <= row.day].sum()
        assert row.censored == (days <= row.day).sum() - row.events
        assert row.at_risk + ((days < row.day).sum()) == len(days)


def test_who_is_censored_on_the_day_of_an_event_was_still_there():
    found = kaplan_meier(values([5, 5, 8, 9]), values([1, 0, 1, 0]))
    assert found.survival.tolist() == pytest.approx([0.75, 0.375, 0.375])


def test_the_trap_leaving_the_censored_out_looks_faster():
    days, event = times(R["singles"][1])
    known = event == 1
    with_them = share_by(kaplan_meier(days, event), 60).value
    without = share_by(kaplan_meier(days[known], event[known]), 60).value
    assert without > with_them + 0.05


@given(people())
def test_without_censoring_the_curve_is_a_count(drawn):
    days, _ = drawn
    found = kaplan_meier(days, np.ones(len(days)))
    for day, share in zip(found.days, found.survival, strict=True):
        assert share == pytest.approx((days > day).mean(), abs=1e-12)
    assert found.followed_until == inf


@given(people())
def test_the_order_of_people_makes_no_difference(drawn):
    days, event = drawn
    one, other = kaplan_meier(days, event), kaplan_meier(days[::-1], event[::-1])
    assert one.survival.tolist() == other.survival.tolist()
    assert one.low.tolist() == pytest.approx(other.low.tolist(), nan_ok=True)


@given(people())
def test_shares_fall_and_lie_within_their_limits(drawn):
    found = kaplan_meier(*drawn)
    assert (np.diff(found.survival) <= 0).all()
    inner = ~np.isnan(found.low)
    assert (found.low[inner] <= found.survival[inner]).all()
    assert (found.survival[inner] <= found.high[inner]).all()
    assert ((found.low[inner] >= 0) & (found.high[inner] <= 1)).all()


@given(people())
def test_ten_times_the_days_is_ten_times_the_median(drawn):
    days, event = drawn
    try:
        found = median_days(kaplan_meier(days, event))
    except CannotEstimate:
        return
    longer = median_days(kaplan_meier(10 * days, event))
    assert longer.value == 10 * found.value
    if found.interval is not None:
        assert limits(longer.interval) == tuple(10 * x for x in limits(found.interval))


def test_nothing_is_said_of_days_after_the_last():
    curve = kaplan_meier(values([10, 20, 30, 40]), values([1, 0, 1, 0]))
    with pytest.raises(CannotEstimate, match="beyond_follow_up") as refusal:
        share_by(curve, 41)
    assert (refusal.value.has, refusal.value.needed) == (40, 41)
    assert share_by(curve, 40).value == pytest.approx(1 - 0.75 * 0.5)


def test_once_everybody_has_had_it_every_later_day_is_known():
    curve = kaplan_meier(values([10, 20, 30, 40]), np.ones(4))
    found = share_by(curve, 1000)
    assert (found.value, found.interval) == (1, None)
    assert "nobody_left" in found.notes


def test_a_curve_that_ends_at_zero_because_others_left_says_nothing_of_everybody():
    curve = kaplan_meier(values([10, 20, 30, 40]), values([1, 0, 1, 1]))
    for day in (40, 270):
        with pytest.raises(CannotEstimate, match="nobody_left") as refusal:
            share_by(curve, day)
        assert (refusal.value.has, refusal.value.needed) == (40, day)
    assert share_by(curve, 39).value == pytest.approx(1 - 0.75 * 0.5)


def test_before_the_first_event_there_is_a_share_without_an_interval():
    curve = kaplan_meier(values([10, 20, 30, 40]), values([1, 0, 1, 0]))
    found = share_by(curve, 9)
    assert (found.value, found.interval) == (0, None)
    assert found.notes == ("no_event_yet", "few_events")


def test_everybody_on_one_day_has_a_median_without_limits():
    found = median_days(kaplan_meier(np.full(6, 7.0), np.ones(6)))
    assert (found.value, found.interval) == (7, None)
    assert "no_variation" in found.notes


def test_nobody_ever_is_a_flat_line():
    curve = kaplan_meier(values([3, 5, 8, 9]), np.zeros(4))
    assert curve.survival.tolist() == [1, 1, 1, 1]
    assert np.isnan(curve.low).all()


def test_a_missing_time_or_outcome_is_counted():
    days, event = values([1, 2, 3, 4, nan, 6]), values([1, 0, 1, 0, 1, nan])
    found = kaplan_meier(days, event)
    assert (found.n, found.n_missing) == (4, 2)


@pytest.mark.parametrize(
    ("days", "event", "why", "has"),
    [
        ([1, 2, 3], [1, 1, 0], "few_people", 3),
        ([], [], "few_people", 0),
        ([nan] * 9, [1.0] * 9, "few_people", 0),
        ([1, 2, 3, -4], [1, 1, 0, 0], "negative", -4),
        ([1, 2, 3, 4.5], [1, 1, 0, 0], "not_whole", 4.5),
        ([1, 2, 3, 4], [1, 1, 0, 2], "unknown_kind", 2),
    ],
)
def test_what_cannot_be_a_time_is_refused(days, event, why, has):
    with pytest.raises(CannotEstimate) as refusal:
        kaplan_meier(values(days), values(event))
    assert (refusal.value.what, refusal.value.why) == ("kaplan_meier", why)
    assert refusal.value.has == has


def test_days_without_end_and_other_people_are_mistakes():
    with pytest.raises(ValueError, match="infinite"):
        kaplan_meier(values([1, 2, 3, inf]), np.ones(4))
    with pytest.raises(ValueError, match="not the same people"):
        kaplan_meier(values([1, 2, 3, 4]), np.ones(3))


def test_limits_hold_the_truth_in_about_19_of_20_groups():
    rng, held, middles, groups = np.random.default_rng(3), 0, 0, 600
    truth = 1 - np.exp(-60 / 80)
    median = np.ceil(80 * np.log(2))
    for _group in range(groups):
        curve = kaplan_meier(*waiting(rng, 40, 80))
        low, high = limits(share_by(curve, 60).interval)
        held += low <= truth <= high
        low, high = limits(median_days(curve).interval)
        middles += low <= median <= high
    assert 0.93 < held / groups < 0.975
    assert 0.93 < middles / groups < 0.985
