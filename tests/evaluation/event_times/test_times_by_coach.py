"""Times of people who share a coach, weighted or not."""

import numpy as np
import pytest

from tests.evaluation.event_times.figures import (
    BY_COACH,
    COACHED,
    EXACT,
    WEIGHTED,
    limits,
    times,
    values,
)
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.event_times.arms import arms_of
from trede.evaluation.event_times.by_coach import (
    pulls,
    restricted_means_by_coach,
    share_difference_by_coach,
)
from trede.evaluation.event_times.outcomes import times_compared
from trede.evaluation.event_times.restricted_mean import area_beyond, surface

RNG = np.random.default_rng


def close(figure):
    return pytest.approx(figure, rel=EXACT, abs=EXACT)


def arms(case, coach=None):
    return arms_of(
        *times(case),
        values(case["arm"]),
        what="test",
        weights=values(case["weights"]),
        cluster=values(case["coach"]) if coach is None else coach,
    )


def differences(there, tau):
    return {
        "rmean": restricted_means_by_coach(there, tau)[0],
        "share": share_difference_by_coach(there, tau),
    }


@pytest.mark.parametrize("case", COACHED)
def test_the_differences_and_their_errors_are_those_of_r(case):
    for name, one in differences(arms(case), case["tau"]).items():
        told = case[name]
        assert (one.value, one.se) == close((told["value"], told["se"]))


def test_the_degrees_of_coaches_with_people_in_both_groups_are_those_of_r():
    case = COACHED[0]
    for name, one in differences(arms(case), case["tau"]).items():
        assert (one.df, one.p) == close((case[name]["df"], case[name]["p"]))


@pytest.mark.parametrize("case", BY_COACH["no_coach_in_common"])
def test_without_a_coach_in_common_each_group_brings_its_own_degrees(case):
    """As R's two groups apart, each with its own t (Cochran and Cox)."""
    alone = arms(case | {"weights": np.ones(len(case["days"]))})
    for name, one in differences(alone, case["tau"]).items():
        told = case[name]
        assert (one.value, one.se, one.df) == close(
            (told["value"], told["se"], told["df"])
        )


def test_a_survey_of_many_takes_four_coaches_for_no_more_than_four():
    """The trap: degrees that suppose that people of one coach are not alike count the
    survey along, and give twelve where the coaches leave three."""
    coach = np.append(np.repeat(np.arange(4), 40), 4 + np.arange(160))
    days = np.where(coach < 4, 20 * coach + np.arange(320) % 3 + 5, 0)
    days = np.where(coach < 4, days, np.arange(320) % 100 + 1).astype(np.float64)
    there = arms_of(days, np.ones(320), (coach < 4) + 0.0, what="test", cluster=coach)
    found = restricted_means_by_coach(there, 90)[0]
    assert found.df == pytest.approx(3, abs=0.3)


def test_a_difference_in_shares_is_told_within_what_it_can_be():
    """Two coaches in each group: the interval of t goes beyond 1, what is told not."""
    coach = np.repeat(np.arange(4), 10)
    days = np.where(coach == 0, np.arange(40) % 10 + 1, 90.0)
    days[coach == 1] = np.append(np.arange(9) + 1, 90)
    days[30] = 5
    there = arms_of(
        days, (days < 60) + 0.0, (coach < 2) + 0.0, what="test", cluster=coach
    )
    found = share_difference_by_coach(there, 60)
    low, high = limits(found.interval)
    assert high == 1 and low < found.value
    half = found.value - low
    assert found.value + half > 1


@pytest.mark.parametrize("case", WEIGHTED)
def test_what_each_person_moves_adds_up_to_the_spread_of_the_curve(case):
    alone = arms(case, coach=np.arange(len(case["days"])))
    for side, curve in enumerate(alone.curves()):
        people = alone.people.those(alone.group == side)
        moved = pulls(curve, people, area_beyond(curve, case["tau"]))
        scores = people.weights * moved
        assert scores.sum() == pytest.approx(0, abs=1e-9)
        assert np.sqrt((scores**2).sum()) == close(surface(curve, case["tau"])[1])


def test_people_of_one_coach_who_go_the_same_way_make_it_less_sure():
    """The trap: ten coaches of whom each has people like one another are ten, not
    a hundred."""
    rng = RNG(3)
    coach = np.repeat(np.arange(10), 10)
    days = rng.integers(10, 90, 10)[coach] + rng.integers(0, 3, 100).astype(float)
    arm = (coach % 2).astype(np.float64)
    by_coach, without, *_ = times_compared(
        days, np.ones(100), arm, rng=rng, cluster=coach, horizon=90
    ).estimates
    assert by_coach.value == pytest.approx(without.value)
    widths = [np.ptp(limits(one.interval)) for one in (by_coach, without)]
    assert widths[0] > 2 * widths[1]


def test_below_six_coaches_there_is_no_p_and_the_few_are_noted():
    days, event, coach = np.arange(40.0) + 1, np.ones(40), np.arange(40) % 4
    there = arms_of(days, event, (coach > 1) + 0.0, what="test", cluster=coach)
    found, *means = restricted_means_by_coach(there, 30)
    assert found.p is None
    assert {"few_clusters", "smallest_p_2_of_16"} <= set(found.notes)
    assert {mean.notes for mean in means} == {("few_clusters",)}


def test_a_mean_is_not_tested_against_no_days_at_all():
    for case in COACHED:
        difference, *means = restricted_means_by_coach(arms(case), case["tau"])
        assert difference.p is not None
        assert [mean.p for mean in means] == [None, None]


def test_an_arm_of_one_coach_cannot_be_told_from_that_coach():
    days, event, coach = np.arange(40.0) + 1, np.ones(40), np.arange(40) % 4
    there = arms_of(days, event, (coach > 2) + 0.0, what="test", cluster=coach)
    with pytest.raises(CannotEstimate, match="one_cluster_in_arm"):
        restricted_means_by_coach(there, 30)


def test_the_paces_of_weighted_people_say_that_they_know_no_coaches():
    case = COACHED[1]
    found = times_compared(
        *times(case),
        values(case["arm"]),
        rng=RNG(1),
        cluster=values(case["coach"]),
        weights=values(case["weights"]),
        horizon=140,
    )
    paces = [one for one in found.estimates if one.method.endswith("_weighted")]
    assert len(paces) == 2
    assert all("clusters_ignored" in one.notes for one in paces)


def coached_survey(rng, coaches, n):
    """n participants whose coaches have paces of their own, and n of a survey."""
    arm = np.repeat([1.0, 0], n)
    coach = np.append(np.arange(n) % coaches, coaches + np.arange(n))
    pace = rng.gamma(8, 1 / 8, 2 * n)[coach]
    true = np.ceil(rng.exponential(80 / pace))
    stop = rng.integers(60, 240, 2 * n)
    return np.minimum(true, stop), (true <= stop) + 0.0, arm, coach


def test_in_a_simulation_the_interval_by_coach_holds_the_truth():
    """Nobody is helped, so that the truth is 0; eight coaches, fifty people each side.
    The one that ignores coaches holds it less often."""
    rng, held = RNG(9), np.zeros(2)
    for _ in range(120):
        days, event, arm, coach = coached_survey(rng, 8, 50)
        found = times_compared(
            days, event, arm, rng=rng, cluster=coach, weights=np.ones(100), horizon=60
        )
        ends = [limits(one.interval) for one in found.estimates[:2]]
        held += [low <= 0 <= high for low, high in ends]
    assert held[0] >= 109
    assert held[1] < held[0]
