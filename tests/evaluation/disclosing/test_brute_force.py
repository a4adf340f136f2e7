"""An attacker who lists every possible group, and knows every number printed.

For each group of people that could be, everything an analysis prints of it is computed
anew, intervals and p-values among it. What does not differ from what was printed is
possible. No small count may then be narrowed. The attacker shares nothing with what it
attacks but the estimators.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.evaluation.attackers import spreads
from tests.evaluation.disclosing.study import (
    Pair,
    analysis_of,
    asked,
    entry,
    people_with,
    released_of,
)
from trede.evaluation.change.outcomes import OutcomeType as ChangeType
from trede.evaluation.change.outcomes import changes_in
from trede.evaluation.disclosing.reading import Json
from trede.evaluation.estimate import CannotEstimate, Estimate
from trede.evaluation.running.configuration import Outcome

Cell = tuple[int, int]
Worlds = NDArray[np.int64]  # a row per group that could be, a column per cell


@cache
def worlds(cells: int, n: int) -> Worlds:
    return np.array(list(spreads(n, cells)))


@dataclass(frozen=True)
class Game:
    """What is printed of one outcome of so many people with both answers."""

    kind: ChangeType
    scale: tuple[int, ...]
    public: Json
    n: int

    @property
    def cells(self) -> list[Cell]:
        return list(product(self.scale, self.scale))

    @property
    def bands(self) -> list[tuple[int, int]]:
        """The answers that are told together, single ones where they are."""
        found = entry(self.public, "outcomes", outcome="a").get("bands")
        assert found is None or isinstance(found, list)
        return found or [(answer, answer) for answer in self.scale]

    def counts(self) -> dict[str, NDArray[np.int64]]:
        """By name which cells a count adds up."""
        cells = self.cells
        found = {
            "up": [b > a for a, b in cells],
            "same": [b == a for a, b in cells],
            "down": [b < a for a, b in cells],
        }
        for answer in self.scale:
            found[f"before {answer}"] = [a == answer for a, _ in cells]
            found[f"after {answer}"] = [b == answer for _, b in cells]
        return {name: np.array(inside, int) for name, inside in found.items()}

    def possible(self) -> Worlds:
        """The groups that agree with all counts, means and deviations printed."""
        every = worlds(len(self.cells), self.n)
        level = entry(self.public, "outcomes", outcome="a")
        fits = np.ones(len(every), bool)
        for key, computed in self._computed(every).items():
            if level.get(key) is not None:
                told = np.asarray(level[key], float)
                fits &= (
                    np.isclose(computed, told, atol=1e-9)
                    .reshape(len(every), -1)
                    .all(axis=1)
                )
        return every[fits]

    def _computed(self, every: Worlds) -> dict[str, NDArray[np.float64]]:
        before, after = np.array(self.cells, float).T
        counts = {name: every @ inside for name, inside in self.counts().items()}
        told = {name: counts[name].astype(float) for name in ("up", "same", "down")}
        for name, answers in (("before", before), ("after", after)):
            mean = every @ answers / self.n
            squares = every @ answers**2 - self.n * mean**2
            told[f"mean_{name}"] = mean
            told[f"share_{name}"] = mean
            told[f"sd_{name}"] = np.sqrt(np.maximum(squares, 0) / (self.n - 1))
            parts = [
                sum(counts[f"{name} {answer}"] for answer in range(low, high + 1))
                for low, high in self.bands
            ]
            told[name] = np.stack(parts, axis=1).astype(float)
        side = len(self.scale)
        told["cells"] = every.reshape(-1, side, side).astype(float)
        return told

    def fits(self, world: NDArray[np.int64]) -> bool:
        """Whether all estimates come out as printed, recomputed from scratch."""
        answers = np.repeat(np.array(self.cells, float), world, axis=0)
        draws = np.random.default_rng(1)
        try:
            found = changes_in(self.kind, answers[:, 0], answers[:, 1], draws)
        except CannotEstimate:
            return False
        computed = {one.method: one for one in found.estimates}
        printed = self.public["estimates"]
        assert isinstance(printed, list)
        return all(
            line["suppressed"] or same(line, computed.get(line["method"]))
            for line in printed
        )

    def narrowed(self, truth: list[Cell]) -> list[str]:
        """The small counts of which the attacker learns too much."""
        held = Counter(truth)
        true_world = np.array([held[cell] for cell in self.cells])
        assert self.fits(true_world), "the truth itself must be possible"
        possible = np.random.default_rng(0).permutation(self.possible())
        return [
            name
            for name, inside in self.counts().items()
            if 0 < true_world @ inside < 5
            and not all(
                any(self.fits(world) for world in possible[wanted])
                for wanted in ends(name, possible @ inside)
            )
        ]


def ends(name: str, counted: NDArray[np.int64]) -> list[NDArray[np.bool_]]:
    """What must both be possible. Which way people went is no answer that they gave:
    of that it is enough that nobody can be certain that anybody did."""
    none, many = counted == 0, counted >= 5
    return [none] if name in ("up", "same", "down") else [none, many]


def same(line: Json, computed: Estimate | None) -> bool:
    """Whether an estimate could have been printed as this line."""
    if computed is None or not np.isclose(float(str(line["estimate"])), computed.value):
        return False
    told = line["p"]
    if isinstance(told, float) and (
        computed.p is None or f"{computed.p:.2g}" != f"{told:.2g}"
    ):
        return False
    limits = computed.interval
    return line["ci"] is None or (
        limits is not None
        and np.allclose(np.array(line["ci"], float), [limits.low, limits.high])
    )


def random_pairs(seed: int, scale: tuple[int, ...], n: int) -> list[Cell]:
    rng = np.random.default_rng(seed)
    shares = rng.dirichlet(np.full(len(scale) ** 2, 0.6))
    cells = list(product(scale, scale))
    return [cells[place] for place in rng.choice(len(cells), size=n, p=shares)]


def game(kind: ChangeType, scale: tuple[int, ...], cells: list[Cell]) -> Game:
    configuration = asked(Outcome("a", kind, scale=(scale[0], scale[-1])))
    pairs: list[Pair] = [*cells]
    people = people_with({"a": pairs}, configuration)
    public, _judged, _released = released_of(people, configuration)
    return Game(kind, scale, public, len(cells))


@pytest.mark.parametrize(
    ("kind", "scale", "n"),
    [
        ("binary", (0, 1), 12),
        ("binary", (0, 1), 30),
        ("likert", (1, 2, 3), 8),
        ("ladder", (1, 2, 3), 9),
        ("score", (0, 1, 2), 9),
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_no_small_count_is_narrowed_by_anything_printed(
    kind: ChangeType, scale: tuple[int, ...], n: int, seed: int
) -> None:
    cells = random_pairs(seed, scale, n)
    assert game(kind, scale, cells).narrowed(cells) == []


def test_the_attacker_finds_a_count_when_nothing_is_withheld() -> None:
    """Otherwise the test above would say nothing."""
    cells = [(0, 0)] * 8 + [(0, 1)] * 3 + [(1, 0)] * 9 + [(1, 1)] * 10
    full = game("binary", (0, 1), cells)
    judged = analysis_of(
        people_with({"a": [*cells]}, asked(Outcome("a", "binary"))),
        asked(Outcome("a", "binary")),
    )
    assert full.narrowed(cells) == []
    assert replace(full, public=judged).narrowed(cells) == ["up"]


def test_a_change_without_small_counts_is_printed_in_full() -> None:
    cells = [(0, 0)] * 8 + [(0, 1)] * 7 + [(1, 0)] * 6 + [(1, 1)] * 9
    public = game("binary", (0, 1), cells).public
    level = entry(public, "outcomes", outcome="a")
    assert level["suppressed"] is None
    assert (level["up"], level["same"], level["down"]) == (7, 17, 6)
    lines = public["estimates"]
    assert isinstance(lines, list)
    assert not any(line["suppressed"] for line in lines)
