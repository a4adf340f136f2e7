"""Who did not know, counted along: what stands beside a figure without them.

The attacker subtracts the one figure from the other. What is left is who did not know
at one moment and said yes, or no, at the other.
"""

from collections import Counter
from itertools import product

import numpy as np
import pytest

from tests.evaluation.disclosing.study import Pair, asked, people_with, released_of
from trede.evaluation.change.binary import (
    PairedCounts,
    agresti_min,
)
from trede.evaluation.change.direction import even_odds
from trede.evaluation.disclosing.reading import Json, entries, text
from trede.evaluation.running.configuration import Outcome
from trede.evaluation.running.design import Design

WELL = Outcome("well", "binary", primary=True)
U = None


def page(pairs: list[Pair], outcome: Outcome = WELL) -> Json:
    """None is that somebody did not know."""
    why = {
        f"{outcome.code}_{moment}_missing": [
            "dont_know" if pair[place] is None else "" for pair in pairs
        ]
        for place, moment in enumerate(("t0", "t1"))
    }
    people = people_with({outcome.code: pairs}, asked(outcome), **why)
    return released_of(people, asked(outcome))[0]


def line(public: Json, method: str) -> Json:
    lines = public["estimates"]
    assert isinstance(lines, list)
    (found,) = (one for one in lines if one["method"] == method)
    return dict(found)


def moves(told: Json) -> set[tuple[int, int]]:
    """Who went up and who went down, as far as a figure in full leaves them open."""
    n, limits = int(str(told["n"])), told["ci"]
    assert isinstance(limits, list)
    found = set()
    for up, down in product(range(n + 1), repeat=2):
        if up + down > n or not np.isclose(
            (up - down) / n, float(str(told["estimate"]))
        ):
            continue
        interval = agresti_min(PairedCounts(0, up, down, n - up - down))
        if np.allclose(limits, [interval.low, interval.high]):
            found.add((up, down))
    return found


def differences(public: Json, start: str = "") -> set[int]:
    """Every number of people that both figures leave, when both are told."""
    without = line(public, f"{start}mcnemar_exact")
    along = line(public, f"{start}with_unknown_mcnemar_exact")
    if without["suppressed"] or along["suppressed"]:
        return set()
    ((up, down),) = moves(without)
    ((more_up, more_down),) = moves(along)
    more = int(str(along["n"])) - int(str(without["n"]))
    return {
        more,
        more_up - up,
        more_down - down,
        more - more_up - more_down + up + down,
    }


FIRM: list[Pair] = [
    *[(0, 0)] * 15,
    *[(0, 1)] * 14,
    *[(1, 0)] * 9,
    *[(1, 1)] * 16,
]


@pytest.mark.parametrize("seed", range(12))
def test_what_is_left_of_both_figures_is_no_small_number(seed: int) -> None:
    rng = np.random.default_rng(seed)
    kinds: list[Pair] = [(U, 0), (U, 1), (0, U), (1, U), (U, U)]
    held = Counter({kind: int(rng.choice([0, 3, 6, 8])) for kind in kinds})
    left = differences(page([*FIRM, *held.elements()]))
    assert not left & {1, 2, 3, 4}


def test_enough_people_who_did_not_know_are_counted_along() -> None:
    pairs = [*FIRM, *[(U, 1)] * 6, *[(0, U)] * 7]
    public = page(pairs)
    assert differences(public) == {13, 6, 0, 7}
    assert moves(line(public, "with_unknown_mcnemar_exact")) == {(20, 9)}


def test_three_who_did_not_know_and_then_said_yes_are_not() -> None:
    public = page([*FIRM, *[(U, 1)] * 3, *[(0, U)] * 7])
    hidden = line(public, "with_unknown_mcnemar_exact")
    assert hidden["suppressed"] == "withheld"
    # Nor how many they are together: that would be the difference.
    assert hidden["n"] is hidden["n_missing"] is None
    assert not line(public, "mcnemar_exact")["suppressed"]


def test_a_table_that_is_hidden_is_not_told_with_them() -> None:
    """Nobody who did not know said yes: both figures would tell the same table."""
    few: list[Pair] = [*[(0, 0)] * 20, *[(0, 1)] * 12, *[(1, 0)] * 2, *[(1, 1)] * 16]
    public = page([*few, *[(U, 0)] * 9])
    (left,) = entries(public, "estimates")
    assert (left["headline"], left["suppressed"]) == (True, "withheld")


def test_of_an_agreement_the_same_holds() -> None:
    item = Outcome("well", "likert", scale=(1, 4), primary=True)
    firm = [*FIRM, *FIRM]
    spread = [(1 + 3 * float(a or 0), 1 + 3 * float(b or 0)) for a, b in firm]
    some: list[Pair] = [*spread, *[(2.0, 3.0)] * 12, *[(3.0, 2.0)] * 11]
    some += [*[(2.0, 2.0)] * 10, *[(3.0, 3.0)] * 10]
    for few in (3, 8):
        public = page([*some, *[(U, 4.0)] * few, *[(1.0, U)] * 7], item)
        assert not line(public, "share_from_3_mcnemar_exact")["suppressed"]
        told = line(public, "share_from_3_with_unknown_mcnemar_exact")
        assert bool(told["suppressed"]) == (few == 3)
        assert not differences(public, "share_from_3_") & {1, 2, 3, 4}


def test_beside_a_comparison_each_group_has_enough_who_did_not_know() -> None:
    configuration = asked(WELL, design=Design.CONTROL_GROUP)
    for few in (2, 6):
        pairs = [*FIRM, *[(U, 1.0)] * few, *FIRM, *[(U, 1.0)] * 6]
        people = people_with(
            {"well": pairs},
            configuration,
            arm=[1] * (len(FIRM) + few) + [0] * (len(FIRM) + 6),
            well_t0_missing=["dont_know" if a is None else "" for a, _ in pairs],
            well_t1_missing=[""] * len(pairs),
        )
        public, *_ = released_of(people, configuration)
        told = {
            one["contrast"]
            for one in entries(public, "estimates")
            if text(one, "method").startswith("with_unknown_") and not one["suppressed"]
        }
        of_few = {"difference_1", "difference_1/treated"}
        assert told == {"difference_1/comparison"} | (of_few if few == 6 else set())


def test_the_exact_p_of_both_is_that_of_their_moves() -> None:
    public = page([*FIRM, *[(U, 1)] * 6])
    told = line(public, "with_unknown_mcnemar_exact")
    assert float(str(told["p"])) == pytest.approx(even_odds(20, 9), rel=0.02)
