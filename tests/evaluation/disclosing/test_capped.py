"""Hours left out or lowered: what stands beside the figure with all hours.

The attacker multiplies both by their people and subtracts: what is left is the hours
of who gave so many.
"""

import numpy as np
import pytest

from tests.evaluation.disclosing.study import Pair, asked, people_with, released_of
from trede.evaluation.disclosing.reading import Json
from trede.evaluation.running.configuration import Outcome
from trede.evaluation.running.design import Design

HOURS = Outcome("hours", "hours", primary=True)
N = 60


def usual() -> list[Pair]:
    rng = np.random.default_rng(4)
    before = rng.integers(0, 30, N) * rng.integers(0, 2, N)
    after = rng.integers(0, 35, N) * rng.integers(0, 2, N)
    return [(float(a), float(b)) for a, b in zip(before, after, strict=True)]


def page(beyond: list[Pair]) -> Json:
    pairs = [*usual(), *beyond]
    return released_of(people_with({"hours": pairs}, asked(HOURS)), asked(HOURS))[0]


def line(public: Json, start: str, contrast: str = "difference_1") -> Json:
    lines = public["estimates"]
    assert isinstance(lines, list)
    (found,) = (
        one
        for one in lines
        if one["method"].startswith(start) and one["contrast"] == contrast
    )
    return dict(found)


def left(public: Json, start: str) -> float | None:
    """The hours of who gave so many, as far as both figures tell."""
    all_of_them, checked = line(public, "mean_change_bca"), line(public, start)
    if all_of_them["suppressed"] or checked["suppressed"]:
        return None
    total, counted = (
        float(str(one["estimate"])) * int(str(one["n"]))
        for one in (all_of_them, checked)
    )
    return total - counted


@pytest.mark.parametrize("start", ["left_out_from_90_", "lowered_to_90_"])
@pytest.mark.parametrize("many", [1, 2, 3, 4])
def test_the_hours_of_a_few_are_never_what_is_left(many: int, start: str) -> None:
    public = page([(20.0, 100.0 + person) for person in range(many)])
    assert left(public, start) is None
    hidden = line(public, start)
    assert hidden["estimate"] is hidden["ci"] is None
    if start.startswith("left"):
        # Nor how many they are.
        assert hidden["n"] is hidden["n_missing"] is None


@pytest.mark.parametrize("start", ["left_out_from_90_", "lowered_to_90_"])
def test_of_enough_people_what_is_left_is_told(start: str) -> None:
    public = page([(20.0, 100.0 + person) for person in range(7)])
    expected = 7 * 80 + 21 if start.startswith("left") else 7 * 10 + 21
    assert left(public, start) == pytest.approx(expected, abs=1)


def test_one_of_many_who_is_far_beyond_all_others_is_not() -> None:
    public = page([*[(20.0, 91.0)] * 6, (20.0, 168.0)])
    assert left(public, "lowered_to_90_") is None


def test_nobody_beyond_belief_is_the_same_figure() -> None:
    assert left(page([]), "lowered_to_90_") == pytest.approx(0)


def test_beside_a_comparison_each_group_has_enough_of_them() -> None:
    configuration = asked(HOURS, design=Design.CONTROL_GROUP)
    for few in (2, 6):
        treated = [*usual(), *[(20.0, 100.0 + person) for person in range(few)]]
        others = [*usual(), *[(25.0, 101.0 + person) for person in range(6)]]
        people = people_with(
            {"hours": [*treated, *others]},
            configuration,
            arm=[1] * len(treated) + [0] * len(others),
        )
        public, *_ = released_of(people, configuration)
        told = {
            name: bool(
                line(public, "lowered_to_90_", f"difference_1{name}")["suppressed"]
            )
            for name in ("", "/treated", "/comparison")
        }
        hidden = few == 2
        assert told == {"": hidden, "/treated": hidden, "/comparison": False}
