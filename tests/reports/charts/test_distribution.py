"""Back to back: the same length for the same number, and hidden ones say so."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.charts.reading import looking, on_page, stays_inside, texts
from trede.reports.charts.distribution import (
    Answered,
    Distribution,
    distribution,
    grid,
)

BEFORE, AFTER = (2, 8, 5, 1), (1, 4, 8, 3)
DATA = Distribution(
    "People moved up.",
    tuple(
        Answered(str(value), one, other, value)
        for value, (one, other) in enumerate(zip(BEFORE, AFTER, strict=True))
    ),
    "Intake",
    "End",
    (1.3, 1.8),
)


def test_the_same_number_has_the_same_length_on_both_sides() -> None:
    for picture in on_page(distribution(DATA)):
        left = [bar.width for bar in looking(picture, "h3")]
        right = [bar.width for bar in looking(picture, "c5")]
        # The highest answer is at the top.
        assert left[2] == right[1] == max(left + right)
        assert [round(wide / left[2] * 8) for wide in left] == [1, 5, 8, 2]
        assert [round(wide / left[2] * 8) for wide in right] == [3, 8, 4, 1]
        assert stays_inside(picture)


def test_the_means_stand_at_the_height_of_their_value() -> None:
    picture = distribution(DATA)
    before, after = looking(picture, "full")
    rows = [bar.y + bar.height / 2 for bar in looking(picture, "h3")][::-1]
    assert before.y == pytest.approx(rows[1] + 0.3 * (rows[2] - rows[1]), abs=0.2)
    assert after.y < before.y
    assert "Mean (at the triangle): Intake 1.3; End 1.8." in texts(picture)


def test_a_hidden_number_is_hatched_and_not_nothing() -> None:
    answers = (*DATA.answers[:3], Answered("3", None, 0, 3))
    for picture in on_page(distribution(replace(DATA, answers=answers))):
        assert len(looking(picture, "hatched")) == 1
        assert texts(picture).count("hidden") == 1 and "0" in texts(picture)
        assert len(looking(picture, "c5")) == 3


def test_answers_without_a_value_have_no_mark_for_the_mean() -> None:
    answers = tuple(replace(each, value=None) for each in DATA.answers)
    assert not looking(distribution(replace(DATA, answers=answers)), "full")


def test_a_hidden_mean_is_said_and_not_marked() -> None:
    picture = distribution(replace(DATA, means=(None, 1.8)))
    assert len(looking(picture, "full")) == 1
    assert "Mean (at the triangle): Intake hidden; End 1.8." in texts(picture)


def test_the_table_begins_with_the_highest_answer_and_ends_with_the_mean() -> None:
    table = grid(DATA)
    assert [line.label for line in table.lines] == ["3", "2", "1", "0", "Mean"]
    assert [figure.text for figure in table.lines[0].figures] == ["1", "3"]
    assert [figure.text for figure in table.lines[-1].figures] == ["1.3", "1.8"]


def test_an_outcome_without_a_mean_has_no_line_for_it() -> None:
    assert grid(replace(DATA, means=None)).lines[-1].label == "0"


counts = st.none() | st.integers(0, 500)


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=6))
def test_any_numbers_stay_on_the_picture(
    found: list[tuple[int | None, int | None]],
) -> None:
    answers = tuple(Answered("An answer of some words", *each) for each in found)
    data = replace(DATA, answers=answers, means=None)
    for picture in on_page(distribution(data)):
        assert stays_inside(picture)
