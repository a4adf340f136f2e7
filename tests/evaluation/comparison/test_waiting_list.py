"""Pairs by lot: the checks on complete pairs, and how few are too few."""

from itertools import product
from math import nan

import numpy as np
import pytest

from tests.evaluation.comparison.figures import R, approx, drawn, groups, limits
from trede.evaluation.comparison.ancova import ancova
from trede.evaluation.comparison.groups import complete
from trede.evaluation.comparison.outcomes import comparisons
from trede.evaluation.comparison.waiting_list import (
    difference_in_change,
    randomisation_test,
)
from trede.evaluation.estimate import CannotEstimate

RNG = np.random.default_rng


def waiting(case: dict):
    n = case["pairs"]
    after = np.array(case["after"], dtype=float)
    after[: case["lost"]] = nan
    arm = np.repeat([1.0, 0.0], n)
    return groups({**case, "after": after, "arm": arm}, pair=np.tile(np.arange(n), 2))


def pairs_of(n: int, seed: int = 1) -> dict:
    case = drawn(2 * n, seed)
    return {**case, "pair": np.arange(2 * n) // 2}


@pytest.mark.parametrize("case", R["waiting"])
def test_the_difference_in_change_is_that_of_r(case):
    found = difference_in_change(waiting(case))
    assert found.value == approx(case["difference"])
    assert limits(found.interval) == approx(case["ci"])
    assert found.p == approx(case["p"])
    assert found.n == case["pairs"] - case["lost"]
    assert found.n_missing == case["lost"]


@pytest.mark.parametrize("case", R["waiting"])
def test_the_lots_are_those_of_r(case):
    found = randomisation_test(waiting(case), RNG(1))
    assert found.method == "randomisation_exact"
    assert found.p == approx(case["flip_p"])


def test_the_lots_are_counted_out_one_by_one():
    case = pairs_of(8)
    found = groups(case, pair=case["pair"])
    d = complete(found).change
    sums = [abs(np.dot(signs, d)) for signs in product((1, -1), repeat=8)]
    expected = np.mean(np.array(sums) >= abs(d.sum()) - 1e-9)
    test = randomisation_test(found, RNG(1))
    assert test.p == pytest.approx(expected)
    assert "smallest_p_2_of_256" in test.notes


def test_too_many_lots_to_count_are_drawn_from_the_seed():
    case = pairs_of(40)
    found = groups(case, pair=case["pair"])
    one, again, other = (randomisation_test(found, RNG(s)) for s in (4, 4, 5))
    assert one == again
    assert one.method == "randomisation_random"
    assert one.p == pytest.approx(other.p, abs=0.02)


def test_the_headline_uses_also_those_whose_partner_is_gone():
    case = pairs_of(12)
    case["after"] = case["after"].copy()
    case["after"][0] = nan
    found = groups(case, pair=case["pair"])
    assert ancova(found).n == 23
    assert difference_in_change(found).n == 11


def test_three_pairs_are_refused_with_what_would_be_needed():
    case = pairs_of(3)
    with pytest.raises(CannotEstimate) as refusal:
        comparisons(
            "score",
            case["before"],
            case["after"],
            case["arm"],
            pair=case["pair"],
            rng=RNG(1),
        )
    assert (refusal.value.why, refusal.value.has, refusal.value.needed) == (
        "few_pairs",
        3,
        6,
    )


@pytest.mark.parametrize("n", [4, 5])
def test_four_or_five_pairs_have_an_estimate_and_no_test(n: int):
    case = pairs_of(n)
    found = comparisons(
        "score",
        case["before"],
        case["after"],
        case["arm"],
        pair=case["pair"],
        rng=RNG(1),
    )
    assert found.estimates[0].interval is not None
    assert {estimate.p for estimate in found.estimates} == {None}
    assert f"smallest_p_2_of_{2**n}" in found.estimates[0].notes
    refused = {(one.what, one.why, one.has, one.needed) for one in found.refused}
    assert ("randomisation_test", "few_pairs", n, 6) in refused


def test_a_pair_is_one_of_each():
    case = pairs_of(8)
    case["arm"] = np.repeat([1.0, 0.0], 8)
    with pytest.raises(CannotEstimate) as refusal:
        groups(case, pair=case["pair"])
    assert (refusal.value.why, refusal.value.has) == ("pair_not_one_of_each", 8)


def test_who_has_no_pair_takes_part_in_the_headline():
    case = pairs_of(10)
    pair = np.array([str(one) for one in case["pair"]])
    pair[:2] = ""
    found = groups(case, pair=pair)
    assert found.n == 20
    assert complete(found).n == 9


def test_swapping_first_and_waiting_turns_the_sign():
    case = pairs_of(9)
    there = groups(case, pair=case["pair"])
    back = groups({**case, "arm": 1 - case["arm"]}, pair=case["pair"])
    one, other = difference_in_change(there), difference_in_change(back)
    assert (one.value, one.p) == pytest.approx((-other.value, other.p))
    assert randomisation_test(there, RNG(1)).p == randomisation_test(back, RNG(1)).p
