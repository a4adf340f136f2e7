"""Who proved not to belong in the study is not told by a subtraction."""

import pytest

from tests.evaluation.disclosing.study import (
    analysis_of,
    asked,
    people_with,
    times,
)
from trede.evaluation.disclosing.judging import protect_analysis
from trede.evaluation.disclosing.reading import Json
from trede.evaluation.running.configuration import Outcome

STAYED, LEFT, OUTSIDE = "stayed", "dropout", "ineligible"
SATISFIED = asked(Outcome("satisfied", "score"))


def public_with(outside: int) -> Json:
    pairs = [*times(20, (4.0, 6.0)), *times(20, (5.0, 5.0)), *times(10, (3.0, None))]
    statuses = [STAYED] * 40 + [LEFT] * 10 + [OUTSIDE] * outside
    people = people_with(
        {"satisfied": [*pairs, *times(outside, (4.0, None))]},
        SATISFIED,
        status=statuses,
    )
    found = analysis_of(people, SATISFIED)
    public, _decisions = protect_analysis(people, SATISFIED, found)
    return public


def told(public: Json) -> tuple[int, int, object]:
    """Of whom it is told, out of how many, and how many stood where."""
    flow, (headline, *_) = public["flow"], public["estimates"]
    used = headline["n"] + headline["n_missing"]
    return used, flow["people"], flow["status"]


@pytest.mark.parametrize("outside", [1, 2, 4])
def test_a_few_who_proved_not_to_belong_count_with_who_left(outside: int) -> None:
    used, people, status = told(public_with(outside))
    assert used == people == 50 + outside
    assert status is None


def test_enough_of_them_are_told_apart() -> None:
    used, people, status = told(public_with(12))
    assert (used, people) == (50, 62)
    assert status == {STAYED: 40, LEFT: 10, OUTSIDE: 12}


def test_who_belongs_all_the_same_is_told() -> None:
    used, people, status = told(public_with(0))
    assert used == people == 50
    assert status == {STAYED: 40, LEFT: 10, OUTSIDE: 0}
