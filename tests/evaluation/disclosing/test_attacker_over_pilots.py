"""Of several pilots nobody works out a small number from all that is printed of them.

Small worlds of three to six pilots, the real analysis and the real judgement; who
attacks is told of in `attacker_over_pilots`.
"""

import numpy as np
import pytest

from tests.evaluation.disclosing.attacker_over_pilots import (
    BOTH,
    LEFT,
    Study,
    World,
    attacker_of,
)
from trede.evaluation.change.outcomes import OutcomeType as ChangeType
from trede.evaluation.disclosing.reading import entries, text

# Of these three every figure can be told.
THREE: World = {"A": (8, 9, 7, 8), "B": (6, 7, 9, 5), "C": (12, 8, 6, 9)}
HARD: dict[str, World] = {
    "nobody changed": {**THREE, "D": (0, 5, 0, 7)},
    "everybody rose": {**THREE, "D": (12, 0, 0, 0)},
    "nobody, and everybody": {**THREE, "D": (0, 6, 0, 4), "E": (0, 0, 11, 0)},
    "one of four people": {**THREE, "D": (0, 4, 0, 0)},
    "two of four people": {**THREE, "D": (4, 0, 0, 0), "E": (1, 2, 1, 0)},
    "one fell": {**THREE, "D": (9, 6, 1, 8)},
    "one of three": {**THREE, "B": (2, 9, 8, 7)},
    # No figure of all of them is left here: only the partner hides why one has none.
    "nobody changed in one of three": {
        "A": THREE["A"],
        "B": THREE["B"],
        "D": (0, 5, 0, 7),
    },
}
DOWN = ("D", "down")
# Of so few a pilot has no figure at all, or a hidden one.
FEW_LEFT: World = {
    "A": (3, 2, 1, 2, 2, 1),
    "B": (0, 1, 1, 1, 3, 3),
    "C": (3, 3, 2, 0, 1, 1),
}


@pytest.mark.parametrize(
    ("named", "kind", "seed"),
    [
        ("nobody changed", "score", 4),
        ("nobody changed", "ladder", 4),
        ("nobody changed in one of three", "score", 1),
        ("everybody rose", "binary", 1),
        ("everybody rose", "ladder", 1),
        ("nobody, and everybody", "score", 3),
        ("one of four people", "score", 1),
        ("two of four people", "binary", 1),
        ("one fell", "score", 1),
        ("one of three", "binary", 1),
    ],
)
def test_nothing_small_follows_from_what_is_told(
    named: str, kind: ChangeType, seed: int
) -> None:
    study, world = Study(kind), HARD[named]
    attacker = attacker_of(study, world, seed=seed)
    assert attacker.narrowed(world) == []
    assert attacker.given_away(world, 60) == []


@pytest.mark.parametrize("kind", ["binary", "score"])
def test_nor_how_few_answered_both_times(kind: ChangeType) -> None:
    """Of three pairs there is no figure, and of four one that is withheld."""
    study = Study(kind, (*BOTH, *LEFT))
    assert attacker_of(study, FEW_LEFT).narrowed(FEW_LEFT) == []


def by_chance(seed: int) -> World:
    rng = np.random.default_rng(seed)
    sizes = rng.choice([4, 8, 20, 26, 32], rng.integers(3, 7))
    return {
        "ABCDEF"[place]: tuple(
            rng.multinomial(n, rng.dirichlet([rng.choice([0.4, 3, 9])] * 4)).tolist()
        )
        for place, n in enumerate(sizes)
    }


@pytest.mark.parametrize(
    ("drawn", "kind", "seed"), [(0, "binary", 5), (1, "ladder", 1)]
)
def test_nor_of_pilots_by_chance(drawn: int, kind: ChangeType, seed: int) -> None:
    world = by_chance(drawn)
    attacker = attacker_of(Study(kind), world, seed=seed)
    assert attacker.narrowed(world) == []
    assert attacker.given_away(world, 60) == []


def test_where_nothing_is_withheld_the_attacker_wins() -> None:
    study, world = Study("binary"), HARD["one fell"]
    attacker = attacker_of(study, world, study.analysis(world))
    assert (DOWN, "none") in attacker.narrowed(world, only=DOWN)


def test_nor_may_all_pilots_together_be_told_without_one() -> None:
    """The same attacker finds the one that is hidden as what is left of the mean."""
    study, world = Study("binary"), {**THREE, "D": (3, 0, 1, 0)}
    every = study.analysis(world)
    told = {
        **every,
        "outcomes": [one for one in entries(every, "outcomes") if one["group"] == "A"],
        "estimates": [
            one
            for one in entries(every, "estimates")
            if not text(one, "contrast").endswith("/D")
        ],
    }
    attacker = attacker_of(study, world, told)
    assert (DOWN, "none") in attacker.narrowed(world, only=DOWN)


def test_three_pilots_that_can_all_be_told_are() -> None:
    told = Study("binary").told(THREE)
    assert not any(line["suppressed"] for line in entries(told, "estimates"))
