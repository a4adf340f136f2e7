"""Numbers of people that an earlier edition told too are judged beside it."""

import pytest

from trede.evaluation.disclosing.numbers_before import (
    kept_for_next,
    numbers_before_ruled_out,
)
from trede.evaluation.disclosing.reading import Json
from trede.evaluation.norms import default_norms

NORMS = default_norms()


def told(asked: dict[str, int | None], status: dict[str, int] | None = None) -> Json:
    """How many were asked at the intake in which circumstances; None is withheld."""
    levels = [
        {
            "moment": "t0",
            "level": level,
            "n": n,
            "suppressed": None if n else "withheld",
        }
        for level, n in asked.items()
    ]
    return {"asked_in": levels, "flow": {"status": status}, "reached": None}


def hidden(now: Json, *before: Json) -> set[str]:
    kept = [kept_for_next(one) for one in before]
    return {key for key, _why in numbers_before_ruled_out(now, NORMS, kept)}


FIRST = told({"lockdown": 20, "open": 33}, {"dropout": 9, "ineligible": 6})


def test_an_edition_of_the_same_people_hides_nothing():
    assert hidden(FIRST, FIRST) == set()
    assert hidden(FIRST) == set()


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ({"lockdown": 21, "open": 45}, True),
        ({"lockdown": 20, "open": 38}, False),
        ({"lockdown": 16, "open": 45}, True),
        ({"lockdown": 25, "open": 45}, False),
        ({"lockdown": 20, "open": 33, "curfew": 4}, True),
        ({"lockdown": 20, "open": 33, "curfew": 7}, False),
        ({"open": 33}, False),
    ],
)
def test_a_moment_of_which_one_level_differs_by_a_few_is_not_told(asked, goes):
    every = {f"asked_in|t0|{level}" for level in asked}
    assert hidden(told(asked), FIRST) == (every if goes else set())


def test_what_was_withheld_then_is_no_number_to_subtract():
    before = told({"lockdown": None, "open": 33})
    assert hidden(told({"lockdown": 22, "open": 40}), before) == set()


def test_one_more_who_did_not_belong_is_no_figure_of_the_next_edition():
    now = told({}, {"dropout": 9, "ineligible": 7})
    assert hidden(now, FIRST) == {"flow|status"}
    assert hidden(told({}, {"dropout": 14, "ineligible": 6}), FIRST) == set()


def test_every_earlier_edition_counts_and_not_the_last_alone():
    last = told({"lockdown": 40, "open": 60})
    assert hidden(told({"lockdown": 22, "open": 70}), FIRST, last)
