"""How long it took the people of one group, who share a coach."""

import numpy as np
import pytest

from tests.evaluation.event_times.figures import (
    BY_COACH,
    EXACT,
    limits,
    times,
    values,
    waiting,
)
from trede.evaluation.event_times.outcomes import times_in

RNG = np.random.default_rng


def methods(found) -> list[str]:
    return [one.method for one in found.estimates]


def coached(rng, caseloads, horizon=60):
    """People whose coaches have paces of their own, in whole days."""
    coach = np.repeat(np.arange(len(caseloads)), caseloads)
    pace = rng.gamma(9, 1 / 9, len(caseloads))[coach]
    true = np.ceil(rng.exponential(80 / pace))
    stop = rng.integers(horizon, 240, len(coach))
    return np.minimum(true, stop), (true <= stop) + 0.0, coach


@pytest.mark.parametrize("case", BY_COACH["one_group"])
def test_the_share_the_mean_and_their_errors_are_those_of_r(case):
    found = times_in(*times(case), cluster=values(case["coach"]), horizon=case["tau"])
    told = {one.method: one for one in found.estimates}
    for name, method in (
        ("share", "kaplan_meier_cr2"),
        ("rmean", "restricted_mean_cr2"),
    ):
        one, r = told[method], case[name]
        for ours, theirs in ((one.value, "value"), (one.se, "se"), (one.df, "df")):
            assert ours == pytest.approx(r[theirs], rel=EXACT)
        assert one.p is None
    ends = limits(told["kaplan_meier_cr2"].interval)
    assert ends == pytest.approx(case["ci"], rel=EXACT)


def test_from_five_coaches_the_share_by_coach_leads():
    days, event, coach = coached(RNG(1), [12] * 5)
    found = times_in(days, event, cluster=coach, horizon=60)
    assert methods(found) == [
        "kaplan_meier_cr2",
        "kaplan_meier",
        "median_days",
        "restricted_mean_cr2",
    ]
    first, without, median, mean = found.estimates
    assert first.value == pytest.approx(without.value)
    assert ["clusters_ignored" in one.notes for one in found.estimates] == [
        False,
        True,
        True,
        False,
    ]
    assert {"few_clusters"} <= set(first.notes) & set(mean.notes)
    assert "these_coaches_only" not in median.notes


def test_below_five_it_says_of_whose_people_it_is():
    days, event, coach = coached(RNG(1), [15] * 4)
    found = times_in(days, event, cluster=coach, horizon=60)
    assert methods(found) == [
        "kaplan_meier",
        "median_days",
        "restricted_mean",
        "kaplan_meier_cr2",
        "restricted_mean_cr2",
    ]
    for one in found.estimates[:3]:
        assert {"clusters_ignored", "these_coaches_only"} <= set(one.notes)


def test_who_shares_no_coach_has_the_figures_of_before():
    days, event, _ = coached(RNG(1), [15] * 4)
    alone = times_in(days, event, cluster=np.arange(60), horizon=60)
    assert alone == times_in(days, event, horizon=60)


def test_what_happened_to_nobody_leads_as_it_is():
    days, coach = np.full(60, 90.0), np.arange(60) % 6
    found = times_in(days, np.zeros(60), cluster=coach, horizon=60)
    assert methods(found) == ["kaplan_meier", "restricted_mean"]
    assert "no_event_yet" in found.estimates[0].notes


def test_who_is_missing_takes_no_coach_along():
    days, event, coach = coached(RNG(2), [12] * 6)
    first = days.copy()
    first[:5] = np.nan
    found = times_in(first, event, cluster=coach, horizon=60).estimates[0]
    kept = times_in(days[5:], event[5:], cluster=coach[5:], horizon=60).estimates[0]
    assert (found.value, found.se, found.df) == (kept.value, kept.se, kept.df)
    assert (found.n, found.n_missing) == (67, 5)


def test_the_interval_of_a_share_stays_a_share():
    days = np.concatenate((np.full(2, 10.0), np.full(58, 90.0)))
    event, coach = (days < 50) + 0.0, np.repeat(np.arange(6), 10)
    found = times_in(days, event, cluster=coach, horizon=60).estimates[0]
    low, high = limits(found.interval)
    assert 0 <= low < found.value < high <= 1


def test_people_of_one_coach_who_go_the_same_way_make_it_less_sure():
    rng = RNG(3)
    coach = np.repeat(np.arange(10), 10)
    days = rng.integers(10, 90, 10)[coach] + rng.integers(0, 3, 100).astype(float)
    by_coach, without, *_ = times_in(
        days, np.ones(100), cluster=coach, horizon=50
    ).estimates
    assert np.ptp(limits(by_coach.interval)) > 2 * np.ptp(limits(without.interval))


def test_with_everybody_alone_the_spread_is_that_of_greenwood():
    """Each pair shares a coach, and nobody a pace: nearly the plain interval."""
    days, event = waiting(RNG(4), 400, 50)
    found = times_in(days, event, cluster=np.arange(400) // 2, horizon=60)
    by_coach, plain = found.estimates[:2]
    assert by_coach.se == pytest.approx(plain.se, rel=0.1)


def test_in_a_simulation_the_share_by_coach_holds_the_truth():
    """Coaches of 25 people each whose paces differ: the share over all coaches is what
    a pace of any of them gives on average."""
    rng, held = RNG(5), np.zeros(2)
    paces = RNG(6).gamma(9, 1 / 9, 200_000)
    truth = 1 - np.exp(-60 * paces / 80).mean()
    for _ in range(200):
        days, event, coach = coached(rng, [25] * 6)
        ends = [
            limits(one.interval)
            for one in times_in(days, event, cluster=coach, horizon=60).estimates[:2]
        ]
        held += [low <= truth <= high for low, high in ends]
    assert held[0] >= 182
    assert held[1] < held[0] - 8
