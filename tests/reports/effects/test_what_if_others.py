"""What the sentence above the ways of dealing with missing answers may claim."""

import pytest

from trede.reports.effects.names import Names
from trede.reports.effects.people_counted import _same_sign


def ways(*estimates: float, bounds: tuple[float, float]) -> list[dict]:
    points = [{"estimate": value} for value in estimates]
    return [*points, {"estimate": None, "bounds": list(bounds)}]


@pytest.mark.parametrize(
    ("estimates", "bounds", "said"),
    [
        ((0.4, 0.3), (0.1, 0.9), "above zero, and the bounds are too"),
        ((0.4, 0.3), (-0.7, 1.4), "do not rule out zero or less"),
        ((-0.4, -0.3), (-0.9, -0.1), "below zero, and the bounds are too"),
        ((-0.4, -0.3), (-0.9, 0.2), "do not rule out zero or more"),
        ((-0.4, 0.3), (-0.9, 0.2), "not every estimate is on the same side"),
    ],
)
def test_the_sentence_claims_no_more_than_the_bounds(estimates, bounds, said) -> None:
    assert said in _same_sign(ways(*estimates, bounds=bounds), "Life")


def test_a_level_of_a_file_is_told_as_a_whole_number() -> None:
    assert Names().level("complaints", "1.0") == "1"
    assert Names(answers={"complaints": {"1": "Yes"}}).level("complaints", "1.0") == (
        "Yes"
    )
