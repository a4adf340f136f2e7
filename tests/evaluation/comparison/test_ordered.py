"""Answers in order in two groups: proportional odds, ranks, exact tables."""

from itertools import combinations
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.evaluation.comparison.figures import (
    EXACT,
    SEARCHED,
    R,
    approx,
    groups,
    limits,
    values,
)
from trede.evaluation.comparison import exact_tables, rank_sums
from trede.evaluation.comparison.exact_tables import (
    by_arm,
    freeman_halton,
    how_many_tables,
    two_arm_table_p,
)
from trede.evaluation.comparison.proportional_odds import (
    fit_odds,
    nominal,
    proportional_odds,
    share_differences,
)
from trede.evaluation.comparison.rank_sums import (
    doubled_ranks,
    exact_p,
    mann_whitney,
    normal_p,
)
from trede.evaluation.estimate import CannotEstimate

RNG = np.random.default_rng


@pytest.mark.parametrize("case", R["ordered"])
def test_proportional_odds_are_those_of_r(case):
    model = fit_odds(groups(case))
    found = proportional_odds(model)
    assert model.top.likelihood == approx(case["likelihood"])
    assert found.value == approx(case["coefficient"])
    assert found.se == approx(case["se"])
    assert found.p == approx(case["p"])
    assert limits(found.interval) == approx(case["ci"])
    assert found.sizes[0].value == approx(np.exp(case["coefficient"]))


@pytest.mark.parametrize("case", R["ordered"])
def test_the_nominal_test_is_that_of_r(case):
    found = nominal(fit_odds(groups(case)))
    # clm stops at a slope of 1e-10; its table agrees.
    assert found.value == approx(case["nominal"], SEARCHED)
    assert found.value == pytest.approx(case["nominal_printed"], abs=1e-6)
    assert found.df == case["nominal_df"]
    assert found.p == approx(stats.chi2.sf(found.value, found.df))


@pytest.mark.parametrize("case", R["ordered"])
def test_the_shares_by_category_are_those_of_r(case):
    found = share_differences(fit_odds(groups(case)))
    assert [one.value for one in found] == approx(case["shares"], SEARCHED)
    assert [one.se for one in found] == approx(case["shares_se"], SEARCHED)
    assert sum(one.value for one in found) == pytest.approx(0, abs=1e-12)
    assert [one.p for one in found] == [None] * len(found)


@pytest.mark.parametrize("case", R["ordered"])
def test_ranks_and_tables_are_those_of_r(case):
    found = groups(case)
    ranks, table = mann_whitney(found), freeman_halton(found, RNG(1))
    assert ranks.method == "mann_whitney_exact"
    assert ranks.p == approx(case["mann_whitney"])
    doubled = doubled_ranks(found.after)
    assert normal_p(doubled, found.arm) == approx(case["mann_whitney_normal"])
    assert ranks.value == approx(case["delta"])
    assert table.method == "freeman_halton_exact"
    assert table.p == approx(case["freeman_halton"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=6, max_size=11), st.integers(2, 4))
def test_the_exact_rank_p_is_a_count_of_all_divisions(answers, chosen):
    doubled = doubled_ranks(values(answers))
    arm = (np.arange(len(answers)) < chosen) + 0.0
    middle = chosen * doubled.mean()
    sums = [
        abs(doubled[list(who)].sum() - middle)
        for who in combinations(range(len(answers)), chosen)
    ]
    expected = np.mean(np.array(sums) >= abs(doubled[:chosen].sum() - middle) - 1e-9)
    assert exact_p(doubled, arm) == pytest.approx(expected)
    assert exact_p(doubled, 1 - arm) == pytest.approx(expected)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=4)
)
def test_the_exact_table_p_is_a_count_of_all_tables(cells):
    counts = np.array(cells)
    if not counts.sum(axis=0).all():
        return
    people = np.repeat(np.arange(len(counts)), counts.sum(axis=1))
    chosen = int(counts[:, 1].sum())
    ways = stats.multivariate_hypergeom(counts.sum(axis=1), chosen)
    tables = (
        {
            tuple(np.bincount(people[list(who)], minlength=len(counts)))
            for who in combinations(range(len(people)), chosen)
        }
        if len(people) <= 14
        else set()
    )
    if tables:
        assert how_many_tables(counts) == len(tables)
        seen = ways.pmf(counts[:, 1])
        expected = sum(p for t in tables if (p := ways.pmf(t)) <= seen * (1 + 1e-7))
        assert two_arm_table_p(counts) == pytest.approx(expected)


def permuted(case: dict) -> float:
    rng, doubled = RNG(7), doubled_ranks(values(case["after"]))
    gap = abs(doubled[20:].sum() - 20 * doubled.mean())
    sums = np.array([rng.permutation(doubled)[:20].sum() for _ in range(20_000)])
    return float(np.mean(np.abs(sums - 20 * doubled.mean()) >= gap - 1e-9))


def test_the_trap_ties_count_in_the_exact_rank_test():
    """scipy's exact method takes the table of untied ranks whatever the data."""
    case = {
        "arm": np.repeat([0.0, 1], 20),
        "before": np.arange(40) % 3,
        "after": np.repeat([3, 4, 3, 4], [18, 2, 12, 8]),
    }
    found = mann_whitney(groups(case))
    after = values(case["after"])
    untied = stats.mannwhitneyu(after[20:], after[:20], method="exact").pvalue
    assert found.p == pytest.approx(permuted(case), abs=0.01)
    assert untied > 1.5 * found.p


def test_large_groups_are_left_to_the_normal_distribution(monkeypatch):
    monkeypatch.setattr(rank_sums, "WORK", 10)
    found = mann_whitney(groups(R["ordered"][0]))
    assert found.method == "mann_whitney_normal"
    assert found.p == approx(R["ordered"][0]["mann_whitney_normal"])


def test_too_many_tables_are_drawn_from_the_seed(monkeypatch):
    monkeypatch.setattr(exact_tables, "TABLES", 10)
    case = R["ordered"][0]
    one, again = (freeman_halton(groups(case), RNG(3)) for _ in "ab")
    assert one == again
    assert one.method == "freeman_halton_random"
    assert one.p == pytest.approx(case["freeman_halton"], abs=0.02)
    # The table itself is one of those that are as rare: p is never 0.
    as_rare = one.p * (exact_tables.DRAWS + 1)
    assert as_rare == pytest.approx(round(as_rare), abs=1e-6)


def test_groups_that_are_wholly_apart_have_a_limit_that_is_infinite():
    case = {
        "arm": np.repeat([0.0, 1], 10),
        "before": np.arange(20) % 2,
        "after": np.repeat([1, 2, 4, 5], 5),
    }
    with pytest.raises(CannotEstimate, match="separated"):
        fit_odds(groups(case))
    found = mann_whitney(groups(case))
    assert (found.value, found.interval) == (1, None)


def test_a_start_that_decides_everything_is_joined_with_its_neighbour():
    case = R["ordered"][0]
    before, after = values(case["before"]), values(case["after"])
    before[:2], after[:2] = 9, 5
    found = proportional_odds(
        fit_odds(groups({**case, "before": before, "after": after}))
    )
    assert "levels_joined" in found.notes
    assert -inf < limits(found.interval)[0] < limits(found.interval)[1] < inf


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 999))
def test_swapping_the_arms_or_the_order_of_answers_turns_the_sign(seed):
    rng = RNG(seed)
    arm = np.tile([0.0, 1], 30)
    before, after = rng.integers(1, 5, (2, 60)) + 0.0
    case = {"arm": arm, "before": before, "after": after}
    there = proportional_odds(fit_odds(groups(case)))
    for turned in ({**case, "arm": 1 - arm}, {**case, "after": 6 - after}):
        back = proportional_odds(fit_odds(groups(turned)))
        assert back.value == pytest.approx(-there.value, abs=1e-6)
        assert back.p == pytest.approx(there.p, abs=1e-6)
        low, high = limits(there.interval)
        assert limits(back.interval) == pytest.approx((-high, -low), abs=1e-6)


def test_two_categories_are_the_logistic_model():
    case = R["binary"][0]
    found = proportional_odds(fit_odds(groups(case)))
    assert found.value == approx(case["odds"]["value"])
    assert found.se == approx(case["odds"]["se"])
    with pytest.raises(CannotEstimate, match="two_categories"):
        nominal(fit_odds(groups(case)))


def odds_by_likelihood(found):
    return proportional_odds(fit_odds(found))


@pytest.mark.parametrize(
    "one",
    [odds_by_likelihood, mann_whitney, lambda found: freeman_halton(found, RNG(1))],
)
def test_without_differences_or_for_people_who_belong_together_it_is_refused(one):
    case = R["ordered"][0]
    with pytest.raises(CannotEstimate, match="no_variation"):
        one(groups({**case, "after": np.full(60, 3)}))
    with pytest.raises(CannotEstimate, match="dependent"):
        one(groups(case, cluster=np.arange(60) % 9))
    with pytest.raises(CannotEstimate, match="weights"):
        one(groups(case, weights=np.ones(60)))


def test_the_table_has_categories_in_order_and_arms_beside_each_other():
    counts = by_arm(values([3, 1, 3, 5]), values([0, 1, 1, 1]))
    assert counts.tolist() == [[0, 1], [1, 1], [0, 1]]


def test_the_value_of_the_table_runs_from_the_same_to_nothing_in_common():
    arm = np.repeat([0.0, 1], 10)
    apart = {"arm": arm, "before": np.arange(20) % 2, "after": arm + 1}
    same = {**apart, "after": np.arange(20) % 5}
    assert freeman_halton(groups(apart), RNG(1)).value == 1
    found = freeman_halton(groups(same), RNG(1))
    assert (found.value, found.p) == (0, pytest.approx(1, abs=EXACT))
