"""Bars astride a line: the lengths are the shares, and hidden answers stand apart."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.charts.reading import looking, on_page, stays_inside, texts
from trede.reports.charts.likert import Asked, Likert, grid, likert

FOUR = ("Never", "Sometimes", "Often", "Always")
FIVE = ("No!", "No", "Neither", "Yes", "Yes!")
NEIGHBOURS = Asked("Neighbours", (20, 12, 6, 4), (10, 14, 10, 8), 42)
DATA = Likert("More contact.", FOUR, "T0", "T1", (NEIGHBOURS,))
TRUST = Likert(
    "More trust.", FIVE, "T0", "T1", (Asked("Trust", (10,) * 5, (10,) * 5, 50),)
)


def test_the_lengths_are_the_shares() -> None:
    for picture in on_page(likert(DATA)):
        _key, before, after = looking(picture, "n3")  # the first answer
        assert before.width / after.width == pytest.approx(2, rel=0.06)


def test_negative_ends_where_positive_begins() -> None:
    picture = likert(DATA)
    (zero,) = looking(picture, "zero")
    for bar in looking(picture, "n2")[1:]:
        assert bar.x + bar.width == pytest.approx(zero.x, abs=1.2)
    for bar in looking(picture, "h3")[1:]:
        assert bar.x == pytest.approx(zero.x, abs=0.2)


def test_a_neutral_answer_stands_astride_the_line() -> None:
    picture = likert(TRUST)
    (zero,) = looking(picture, "zero")
    for bar in looking(picture, "box")[1:]:
        assert bar.x + (bar.width + 1) / 2 == pytest.approx(zero.x, abs=0.2)


def test_hidden_answers_stand_apart_at_the_right_with_their_share() -> None:
    hidden = Asked("Neighbours", (None, None, 20, 12), NEIGHBOURS.after, 42)
    for picture in on_page(likert(replace(DATA, items=(hidden,)))):
        (hatched,) = looking(picture, "hatched")
        largest = max(looking(picture, "h3")[1:], key=lambda bar: bar.width)
        # 10 of 42 are hidden; 20 of 42 often.
        assert hatched.width / (largest.width + 1) == pytest.approx(0.5, abs=0.02)
        ends = [bar.x + bar.width for bar in looking(picture, "h5")[1:]]
        assert hatched.x > max(end for end in ends if end < hatched.x)
        assert "either side" in " ".join(texts(picture))
        assert stays_inside(picture)


def test_an_item_that_is_hidden_as_a_whole_has_no_length() -> None:
    hidden = Asked("Neighbours", None, None, None)
    picture = likert(replace(DATA, items=(NEIGHBOURS, hidden)))
    one, other = looking(picture, "hatched")
    assert one.width == other.width and "hidden" in texts(picture)
    assert grid(replace(DATA, items=(hidden,))).hides


def test_nothing_is_said_of_hiding_when_nothing_is_hidden() -> None:
    assert "either side" not in " ".join(texts(likert(DATA)))


def test_long_names_of_moments_stand_above_their_bars_on_a_telephone() -> None:
    data = replace(DATA, before="At the intake of the trajectory", after="At its end")
    _wide, narrow = on_page(likert(data))
    (named,) = (s for s in narrow.shapes if s.text == data.before)
    bar = looking(narrow, "n3")[1]
    assert named.y < bar.y and stays_inside(narrow)


def test_the_table_has_a_line_for_each_moment() -> None:
    first, second = grid(DATA).lines
    assert (first.label, second.label) == ("Neighbours, T0", "Neighbours, T1")
    assert [figure.text for figure in first.figures] == [
        "20 (47.6%)",
        "12 (28.6%)",
        "6 (14.3%)",
        "4 (9.5%)",
        "42",
    ]
    assert len(grid(DATA).heads) == 5


@pytest.mark.parametrize("answers", range(2, 8))
def test_two_to_seven_answers_each_have_a_look_of_their_own(answers: int) -> None:
    data = replace(DATA, answers=tuple(map(str, range(answers))), items=())
    assert len(set(data.looks)) == answers


def test_eight_answers_are_refused() -> None:
    with pytest.raises(ValueError, match="seven"):
        replace(DATA, answers=tuple(map(str, range(8))), items=())


counts = st.tuples(*(st.none() | st.integers(0, 90) for _each in FIVE))


@given(counts, counts)
def test_any_answers_stay_on_the_picture(
    before: tuple[int | None, ...], after: tuple[int | None, ...]
) -> None:
    n = max(sum(count or 0 for count in wave) for wave in (before, after)) + 3
    data = replace(TRUST, items=(Asked("Trust", before, after, n),))
    for picture in on_page(likert(data)):
        assert stays_inside(picture)
