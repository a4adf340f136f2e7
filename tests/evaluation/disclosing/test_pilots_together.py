"""What is printed of all pilots together says nothing of a pilot that is withheld."""

from collections.abc import Mapping

import pytest

from tests.evaluation.disclosing.study import (
    Pair,
    asked,
    people_with,
    released_of,
    times,
)
from trede.evaluation.disclosing.reading import Json, entries, lines, text
from trede.evaluation.running.configuration import Outcome
from trede.evaluation.running.design import Design

UP, SAME, DOWN, LOW = (0.0, 1.0), (1.0, 1.0), (1.0, 0.0), (0.0, 0.0)
Numbers = tuple[int, int, int, int]
OF_OTHERS = {"A": (12, 9, 9, 8), "B": (10, 8, 7, 9), "C": (16, 13, 11, 12)}
# Of twenty people: everybody rose, or two of them did not.
ALIKE, TWO_FELL = (20, 0, 0, 0), (18, 0, 2, 0)


def pairs_of(pilots: Mapping[str, Numbers]) -> tuple[list[Pair], list[str]]:
    pairs: list[Pair] = []
    names: list[str] = []
    for name, numbers in pilots.items():
        for pair, n in zip((UP, SAME, DOWN, LOW), numbers, strict=True):
            pairs += times(n, pair)
            names += [name] * n
    return pairs, names


def public_of(hidden: Numbers, others: str = "ABC") -> Json:
    pairs, names = pairs_of({**{name: OF_OTHERS[name] for name in others}, "D": hidden})
    # Of a score on which all changed alike there is no error at all.
    outcome = Outcome("well", "score", scale=(0, 1))
    configuration = asked(outcome, design=Design.SEVERAL_PILOTS)
    people = people_with({"well": pairs}, configuration, pilot=names)
    return released_of(people, configuration)[0]


def printed(public: Json) -> Json:
    """Everything but the ends of the scale, which are of other answers."""
    return {key: told for key, told in public.items() if key != "instrument"}


def everybody(public: Json) -> Json:
    (found,) = (one for one in entries(public, "outcomes") if not one["group"])
    return found


def headline_of_d(public: Json) -> Json:
    (found,) = (
        line
        for line in lines(public)
        if line["headline"] and text(line, "contrast").endswith("/D")
    )
    return found


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
    assert headline_of_d(alike)["suppressed"] == "withheld"


def test_that_a_pilot_adds_no_figure_does_not_tell_that_all_in_it_changed_alike(
    alike: Json,
) -> None:
    """It is left out of the figure of all: n, who is missing and the lines without each
    in turn would say which pilot that is."""
    told, other = printed(alike), printed(public_of(TWO_FELL))
    assert told == other
    (line,) = together(alike)
    assert line == ("reml_hartung_knapp_modified", None, None, None, [])
    assert alike["refused"] == []


@pytest.mark.parametrize("others", ["AB", "AC", "BC"])
def test_nor_does_it_of_three_pilots_of_which_two_are_too_few_to_join(
    others: str,
) -> None:
    """Without the third there is no figure of all of them: that would be a refusal in
    the place of a figure that is withheld."""
    alike, fell = public_of(ALIKE, others), public_of(TWO_FELL, others)
    assert alike["refused"] == fell["refused"]
    assert together(alike) == together(fell)
    assert everybody(alike) == everybody(fell)
    assert (everybody(fell)["before"], everybody(fell)["mean_after"]) == (None, None)
    # Nor how its interval would have been made: of no spread there is none.
    assert headline_of_d(alike) == headline_of_d(fell)


def test_of_three_pilots_that_all_have_a_figure_it_is_told() -> None:
    page = public_of(OF_OTHERS["A"], "BC")
    assert [one[0] for one in together(page)][:2] == [
        "reml_hartung_knapp_modified",
        "next_pilot",
    ]


def test_a_figure_that_is_missing_counts_in_the_family_as_one_that_is_withheld() -> (
    None
):
    """A family that was one smaller would adjust the others less, and tell so."""
    adjusted = [
        [line["p_holm"] for line in lines(page) if of_all_calm(line)]
        for page in (of_two_outcomes((30, 0, 0, 0)), of_two_outcomes((28, 0, 2, 0)))
    ]
    assert adjusted[0] == adjusted[1]
    # All pilots together, which stand with the figure that is not there.
    assert adjusted[0][-1] is not None


def of_two_outcomes(hidden: Numbers) -> Json:
    well, names = pairs_of({"B": OF_OTHERS["B"], "C": OF_OTHERS["C"], "D": hidden})
    outcomes = [Outcome(code, "score", scale=(0, 1)) for code in ("well", "calm")]
    configuration = asked(*outcomes, design=Design.SEVERAL_PILOTS)
    calm, _names = pairs_of(
        {"B": (14, 7, 6, 7), "C": (21, 11, 9, 11), "D": (13, 5, 6, 6)}
    )
    answers = {"well": well, "calm": calm}
    people = people_with(answers, configuration, pilot=names)
    return released_of(people, configuration)[0]


def of_all_calm(line: Json) -> bool:
    return (line["outcome"], line["contrast"], line["headline"]) == (
        "calm",
        "difference_1",
        True,
    )
