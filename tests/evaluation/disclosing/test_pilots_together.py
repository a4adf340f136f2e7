"""What is printed of all pilots together says nothing of a pilot that is withheld."""

import pytest

from tests.evaluation.disclosing.study import (
    Pair,
    asked,
    people_with,
    released_of,
    times,
)
from trede.evaluation.disclosing.reading import Json, lines, text
from trede.evaluation.running.configuration import Outcome
from trede.evaluation.running.design import Design

UP, SAME, DOWN = (0.0, 1.0), (1.0, 1.0), (1.0, 0.0)
OF_OTHERS = {"A": (12, 9, 9), "B": (10, 8, 7), "C": (16, 13, 11)}
# Of twenty people: everybody rose, or two of them did not.
ALIKE, TWO_FELL = (20, 0, 0), (18, 0, 2)


def public_of(hidden: tuple[int, int, int]) -> Json:
    pilots = {**OF_OTHERS, "D": hidden}
    pairs: list[Pair] = []
    names: list[str] = []
    for name, numbers in pilots.items():
        for pair, n in zip((UP, SAME, DOWN), numbers, strict=True):
            pairs += times(n, pair)
            names += [name] * n
    # Of a score on which all changed alike there is no error at all.
    outcome = Outcome("well", "score", scale=(0, 1))
    configuration = asked(outcome, design=Design.SEVERAL_PILOTS)
    people = people_with({"well": pairs}, configuration, pilot=names)
    return released_of(people, configuration)[0]


def together(public: Json) -> list[tuple[object, ...]]:
    return [
        tuple(line[key] for key in ("method", "estimate", "n", "n_missing", "notes"))
        for line in lines(public)
        if "/" not in text(line, "contrast")
    ]


@pytest.fixture(scope="module")
def alike() -> Json:
    return public_of(ALIKE)


def test_a_pilot_in_which_everybody_changed_alike_is_not_shown(alike: Json) -> None:
    (headline,) = (
        line
        for line in lines(alike)
        if line["headline"] and text(line, "contrast").endswith("/D")
    )
    assert headline["suppressed"] == "withheld"


def test_that_a_pilot_adds_no_figure_does_not_tell_that_all_in_it_changed_alike(
    alike: Json,
) -> None:
    """It is left out of the figure of all: n, who is missing and the lines without each
    in turn would say which pilot that is."""
    told = together(alike)
    assert told
    assert told == together(public_of(TWO_FELL))
    # Everybody's answers in one model leave nobody out.
    assert {one[1:4] for one in told} == {(None, None, None), (None, 115, 0)}
