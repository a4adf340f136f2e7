"""Progress in words: a promise that never grows."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.questionnaires.definition.made_up import (
    core,
    parts_with_answers,
    question,
    value,
    when,
)
from trede.questionnaires.answering import Answer
from trede.questionnaires.definition import Part
from trede.questionnaires.progress import in_words, questions_left, rounded
from trede.questionnaires.routing import asked

DEBTS = core(
    question("debts"),
    question("debt_help", asked_when=(when("debts", "is", "yes"),)),
    question("satisfied", "scale_0_10"),
)


@pytest.mark.parametrize(
    ("at", "answers", "left"),
    [
        ("debts", {}, 3),
        ("debt_help", {"debts": value("yes")}, 2),
        ("satisfied", {"debts": value("no")}, 1),
        ("debts", {"debts": value("no")}, 2),
    ],
)
def test_questions_that_may_still_come_are_counted(
    at: str, answers: dict[str, Answer], left: int
) -> None:
    assert questions_left(DEBTS, answers, at=at) == left


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (1, "This is the last question"),
        (2, "2 more questions"),
        (4, "About 4 more questions"),
        (12, "About 12 more questions"),
        (13, "About 15 more questions"),
        (67, "About 70 more questions"),
    ],
)
def test_a_large_number_is_said_roughly(left: int, words: str) -> None:
    assert in_words(left) == words


@given(st.integers(1, 500))
def test_the_rounded_number_is_never_too_low_and_never_far_off(left: int) -> None:
    assert left <= rounded(left) < left + 5
    assert rounded(left) <= rounded(left + 1)


@given(parts_with_answers())
def test_going_on_always_lowers_the_number(
    drawn: tuple[Part, dict[str, Answer]],
) -> None:
    part, answers = drawn
    on_the_path = [one.code for one in asked(part, answers)]
    known: dict[str, Answer] = {}
    counts = []
    for code in on_the_path:
        counts.append(questions_left(part, known, at=code))
        # Going on always leaves an answer, if only that it was skipped.
        known[code] = answers.get(code, Answer(missing="skipped"))
    assert all(later < earlier for earlier, later in itertools.pairwise(counts))
