"""As fast in one group as in another?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.event_times.figures import (
    EXACT,
    R,
    people,
    times,
    values,
    waiting,
)
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.event_times.arms import arms_of
from trede.evaluation.event_times.log_rank import against, log_rank

CASES = [*R["compared"], R["published"]]


def halves(days):
    return np.arange(len(days)) % 2


@pytest.mark.parametrize("case", CASES)
def test_the_test_is_that_of_survdiff(case):
    days, event = times(case)
    found = log_rank(days, event, values(case["arm"]))
    assert found.value == pytest.approx(case["chisq"], rel=EXACT)
    assert (found.method, found.df) == ("log_rank", 1)
    sums = against(arms_of(days, event, values(case["arm"]), what="log_rank"))
    assert sums.observed.tolist() == case["observed"]
    assert sums.expected == pytest.approx(values(case["expected"]), rel=EXACT)


@pytest.mark.parametrize("case", R["compared"])
def test_within_coaches_too(case):
    found = log_rank(*times(case), values(case["arm"]), strata=values(case["coach"]))
    assert found.value == pytest.approx(case["strat_chisq"], rel=EXACT)
    assert found.method == "log_rank_stratified"


def test_three_groups_have_two_degrees_of_freedom():
    case = R["several"]
    found = log_rank(*times(case), values(case["group"]))
    assert found.value == pytest.approx(case["chisq"], rel=EXACT)
    assert found.df == 2


def test_the_leukaemia_trial_is_as_printed():
    case = R["published"]
    found = log_rank(*times(case), values(case["arm"]))
    assert found.value == pytest.approx(16.79, abs=0.005)


@settings(max_examples=40)
@given(people(least=8), st.randoms())
def test_names_of_groups_and_order_of_people_make_no_difference(drawn, random):
    days, event = drawn
    group = halves(days)
    try:
        found = log_rank(days, event, group)
    except CannotEstimate:
        return
    order = list(range(len(days)))
    random.shuffle(order)
    for other in (
        log_rank(days[order], event[order], group[order]),
        log_rank(days, event, 7 - group),
        # Only the order of the days counts.
        log_rank(days**2 + days, event, group),
    ):
        assert other.value == pytest.approx(found.value, abs=1e-9)


def test_without_events_there_is_nothing_to_compare():
    with pytest.raises(CannotEstimate, match="no_events"):
        log_rank(np.arange(8.0), np.zeros(8), halves(range(8)))


def test_when_the_groups_were_never_followed_together_there_is_no_test():
    days, event = values([1, 2, 3, 4, 5, 6, 7, 8]), np.ones(8)
    coach = [str(place) for place in range(8)]
    with pytest.raises(CannotEstimate, match="no_overlap"):
        log_rank(days, event, halves(days), strata=np.array(coach))


def test_a_coach_with_one_arm_only_says_nothing():
    case = R["compared"][0]
    days, event, arm, coach = (
        values(case[k]) for k in ("days", "event", "arm", "coach")
    )
    alone = np.arange(1, 9.0)
    found = log_rank(
        np.append(days, alone),
        np.append(event, np.ones(8)),
        np.append(arm, np.ones(8)),
        strata=np.append(coach, np.full(8, 99)),
    )
    assert found.value == pytest.approx(case["strat_chisq"])


def test_few_expected_events_are_told():
    days, event = values([1, 2, 3, 4, 5, 6, 7, 8]), values([1, 1, 1, 0, 0, 0, 0, 0])
    assert log_rank(days, event, halves(days)).notes == ("few_events",)
    assert log_rank(*times(CASES[1]), values(CASES[1]["arm"])).notes == ()


def test_the_groups_must_be_two_and_not_tiny():
    days = np.arange(8.0)
    with pytest.raises(CannotEstimate, match="one_group"):
        log_rank(days, np.ones(8), np.ones(8))
    with pytest.raises(CannotEstimate, match="few_in_arm") as refusal:
        log_rank(days, np.ones(8), values([1, 1, 1, 0, 0, 0, 0, 0]))
    assert (refusal.value.has, refusal.value.needed) == (3, 4)
    with pytest.raises(ValueError, match="not the same people"):
        log_rank(days, np.ones(8), np.ones(7))


def test_an_unknown_group_is_counted_as_missing():
    days, event = times(CASES[0])
    arm = values(CASES[0]["arm"])
    arm[:3] = np.nan
    found = log_rank(days, event, arm)
    assert (found.n, found.n_missing) == (len(days) - 3, 3)


def test_by_lot_alone_p_is_below_05_in_about_one_of_twenty():
    rng, below, lots = np.random.default_rng(9), 0, 600
    days, event = waiting(rng, 40, 80)
    for _ in range(lots):
        below += log_rank(days, event, rng.permutation(halves(days))).p < 0.05
    assert 0.03 < below / lots < 0.075
