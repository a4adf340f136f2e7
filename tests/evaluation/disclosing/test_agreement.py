"""An agreement told as yes or no gives no count away that its table hides.

The attacker of `test_brute_force` lists every group that could be; here it also knows
the check that counts answers as yes or no, wherever that is printed.
"""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.evaluation.disclosing.study import (
    analysis_of,
    asked,
    people_with,
    released_of,
)
from tests.evaluation.disclosing.test_brute_force import (
    Cell,
    Game,
    random_pairs,
    same,
)
from trede.evaluation.change.outcomes import changes_in
from trede.evaluation.disclosing.reading import Json
from trede.evaluation.estimate import CannotEstimate, Estimate
from trede.evaluation.running.configuration import Outcome

SCALE = (1, 2, 3)
CUTS = (2.0, 3.0)


@dataclass(frozen=True)
class Agreement(Game):
    """The same game, with the check printed beside it."""

    yes_from: float = 2.0

    def fits(self, world: NDArray[np.int64]) -> bool:
        answers = np.repeat(np.array(self.cells, float), world, axis=0)
        computed = {one.method: one for one in self._told(answers)}
        printed = self.public["estimates"]
        assert isinstance(printed, list)
        return all(
            line["suppressed"] or same(line, computed.get(line["method"]))
            for line in printed
        )

    def _told(self, answers: NDArray[np.float64]) -> list[Estimate]:
        draws = np.random.default_rng(1)
        yes = (answers >= self.yes_from).astype(float)
        try:
            found = [*changes_in(self.kind, *answers.T, draws).estimates]
        except CannotEstimate:
            found = []
        exact = changes_in("binary", *yes.T, draws).estimates[1]
        named = f"share_from_{self.yes_from:g}_{exact.method}"
        return [*found, replace(exact, method=named)]


def game(cells: list[Cell], yes_from: float, *, judged: bool = True) -> Agreement:
    outcome = Outcome("a", "likert", scale=(1, 3), agrees_from=yes_from)
    people = people_with({"a": [*cells]}, asked(outcome))
    public: Json = (
        released_of(people, asked(outcome))[0]
        if judged
        else analysis_of(people, asked(outcome))
    )
    return Agreement("likert", SCALE, public, len(cells), yes_from)


def check_of(public: Json) -> Json:
    lines = public["estimates"]
    assert isinstance(lines, list)
    (found,) = (one for one in lines if one["method"].startswith("share_from_"))
    return dict(found)


@pytest.mark.parametrize("yes_from", CUTS)
@pytest.mark.parametrize("seed", range(6))
def test_no_small_count_is_narrowed_by_the_check(seed: int, yes_from: float) -> None:
    cells = random_pairs(seed, SCALE, 11)
    assert game(cells, yes_from).narrowed(cells) == []


# Five rose and five fell between the highest two answers; one stayed on the second.
ROSE_AND_FELL = [*[(1, 1)] * 4, (2, 2), *[(2, 3)] * 5, *[(3, 2)] * 5]


def certain(page: Agreement, went: Cell) -> bool:
    """Whether somebody must have gone from the one answer to the other."""
    possible = page.possible()
    nobody = possible[possible[:, page.cells.index(went)] == 0]
    return not any(page.fits(world) for world in nobody)


def test_a_check_that_would_make_a_transition_certain_is_withheld() -> None:
    page = game(ROSE_AND_FELL, 2.0)
    lines = page.public["estimates"]
    assert isinstance(lines, list)
    assert not lines[0]["suppressed"]
    assert check_of(page.public)["suppressed"]
    assert not certain(page, (2, 3))
    full = check_of(game(ROSE_AND_FELL, 2.0, judged=False).public)
    given = [full if one["method"] == full["method"] else one for one in lines]
    leaking = replace(page, public=page.public | {"estimates": given})
    assert leaking.fits(np.bincount([0] * 4 + [4] + [5] * 5 + [7] * 5, minlength=9))
    assert certain(leaking, (2, 3))


def test_where_enough_people_went_each_way_the_check_is_told() -> None:
    went = {(1, 1): 15, (1, 2): 10, (1, 3): 12, (2, 1): 10, (2, 2): 13, (2, 3): 10}
    went |= {(3, 1): 11, (3, 2): 9, (3, 3): 14}
    found = check_of(game([*Counter(went).elements()], 2.0).public)
    up, down = went[1, 2] + went[1, 3], went[2, 1] + went[3, 1]
    assert found["suppressed"] is None
    assert found["estimate"] == pytest.approx((up - down) / sum(went.values()))
