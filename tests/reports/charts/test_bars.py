"""Bars at one moment: lengths are figures, and what is left was withheld."""

import pytest

from tests.reports.charts.reading import looking, on_page, stays_inside, texts
from trede.reports.charts.bars import Bar, Part, adding_up, side_by_side

NAMES = ("Poor", "Fair", "Good")


def parts(*shares: float | None) -> tuple[Part, ...]:
    return tuple(
        Part(share, "hidden" if share is None else f"{share}") for share in shares
    )


def test_what_is_left_of_a_whole_is_hatched() -> None:
    bars = [Bar("Body", parts(50.0, 25.0, None)), Bar("Mind", parts(50.0, 25.0, 25.0))]
    for picture in on_page(adding_up(bars, names=NAMES, hidden="hidden", told="x")):
        (hatched,) = looking(picture, "hatched")
        _key, body, _mind = looking(picture, "h3")
        assert hatched.width == pytest.approx(body.width + 2, abs=0.3)
        assert hatched.x + hatched.width == pytest.approx(picture.width, abs=0.2)
        assert stays_inside(picture)


def test_bars_under_each_other_are_as_long_as_their_figures() -> None:
    bars = [Bar("A", parts(80.0, 40.0)), Bar("B", parts(None, 20.0))]
    told = side_by_side(bars, names=("Now", "Wished"), most=80, told="x")
    for picture in on_page(told):
        _key, now = looking(picture, "c5")
        _key, first, second = looking(picture, "c4")
        assert now.width == pytest.approx(2 * first.width, abs=0.2)
        assert first.width == pytest.approx(2 * second.width, abs=0.2)
        assert "hidden" in texts(picture) and stays_inside(picture)


def test_words_stand_above_their_bar_on_a_telephone() -> None:
    told = side_by_side([Bar("A", parts(8.0), "N = 53")], names=(), most=8, told="x")
    for picture, beside in zip(on_page(told), (True, False), strict=True):
        (bar,) = looking(picture, "c5")
        (words,) = (s for s in picture.shapes if s.text == "N = 53")
        assert (bar.x > 100) == beside and (words.y < bar.y) != beside


def test_nothing_to_compare_with_is_no_division_by_zero() -> None:
    told = side_by_side([Bar("A", parts(0.0))], names=(), most=0, told="x")
    assert not looking(told, "c5") and "0.0" in texts(told)
