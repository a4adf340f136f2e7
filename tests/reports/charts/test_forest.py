"""Intervals under each other: what is drawn is what is told."""

from dataclasses import replace
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.charts.reading import looking, on_page, stays_inside, texts
from trede.reports.charts.forest import Forest, Pooled, Row, forest, grid

ROWS = (
    Row("Nijmegen", 0.35, 0.05, 0.65, "n = 53", 20.0),
    Row("Enschede", 0.48, 0.30, 0.66, "n = 120", 80.0),
    Row("Zutphen", None, None, None, "n = 9"),
)
TOGETHER = Pooled("Together", 0.45, 0.2, 0.7, (-0.1, 1.0))
PILOTS = Forest("People rose.", ROWS, (TOGETHER,), along="Change in treads")


def test_every_row_has_its_figure_in_words_beside_it() -> None:
    for picture in on_page(forest(PILOTS)):
        words = " ".join(texts(picture))
        assert "+0.35 (+0.05 to +0.65)" in words and "hidden" in words
        assert "+0.45 (+0.20 to +0.70)" in words and "Change in treads" in words


def test_an_end_beside_nothing_shows_on_which_side_it_lies() -> None:
    close = Row("Hours", 0.92, -0.04, 1.88)
    told = texts(forest(Forest("More.", (close,), places=1)))
    assert "+0.9 (−0.04 to +1.9)" in told


def test_what_the_ends_mean_stands_in_two_lines_where_it_does_not_fit() -> None:
    def heights(lower: str, higher: str) -> set[float]:
        drawn = forest(replace(PILOTS, lower=lower, higher=higher))
        said = [one for one in drawn.shapes if one.text in (lower, higher)]
        assert len(said) == 2
        return {one.y for one in said}

    assert len(heights("less", "more")) == 1
    long = ("lower among participants of it", "higher among participants of it")
    assert len(heights(*long)) == 2


def test_a_hidden_row_is_hatched_and_never_a_point() -> None:
    for picture in on_page(forest(PILOTS)):
        assert len(looking(picture, "hatched")) == 1
        assert len(looking(picture, "dot")) == 2


def test_a_figure_that_is_only_known_to_lie_somewhere_is_a_field() -> None:
    bounds = Row("Manski", None, -1.2, 1.5, bounds=(-0.75, 1.25))
    data = Forest("x", (bounds, Row("Complete cases", 0.5, 0.2, 0.8)))
    for picture in on_page(forest(data)):
        (field,) = looking(picture, "h3")
        assert not looking(picture, "hatched") and len(looking(picture, "dot")) == 1
        assert field.x < looking(picture, "dot")[0].x < field.x + field.width
    assert not grid(data).hides
    assert "\N{MINUS SIGN}0.75 to +1.25" in texts(forest(data))


def test_a_heavier_study_has_a_larger_square() -> None:
    light, heavy = looking(forest(PILOTS), "dot")
    assert heavy.width**2 / light.width**2 == pytest.approx(4, rel=0.05)


def test_the_diamond_is_as_wide_as_the_interval() -> None:
    told = forest(replace(PILOTS, scale=(-1, 1)))
    (diamond,) = looking(told, "h5")
    (expected,) = looking(told, "h3")
    assert 0.5 * expected.width < 260 and diamond.x > expected.x


def test_an_interval_beyond_the_axis_ends_in_an_arrow() -> None:
    inside = forest(Forest("x", (Row("a", 0.5, -0.5, 0.9),), scale=(-1, 1)))
    beyond = forest(Forest("x", (Row("a", 0.5, -0.5, 9),), scale=(-1, 1)))
    assert not looking(inside, "full") and len(looking(beyond, "full")) == 1
    assert stays_inside(beyond)


def test_under_logarithms_stand_the_ratios_that_one_reads() -> None:
    row = Row("Tread", log(2.42), log(1.46), log(4.01), words="2.42 (1.46 to 4.01)")
    odds = Forest("More.", (row,), ratios=True)
    for picture in on_page(forest(odds)):
        under = {each.text: each.x for each in picture.shapes if each.text}
        one, two, five = (under[ratio] for ratio in ("1", "2", "5"))
        far = (two - one) / (five - one)
        assert far == pytest.approx(log(2) / log(5), abs=0.01)
    wide = replace(row, low=log(0.004), high=log(300))
    told = texts(forest(replace(odds, rows=(wide,))))
    assert {"0.002", "0.01", "0.1", "1", "10", "100", "500"} <= set(told)


def test_the_zone_of_small_differences_is_grey() -> None:
    marked = forest(replace(PILOTS, band=(-0.1, 0.1)))
    assert len(looking(marked, "band2")) == 1
    assert not looking(forest(PILOTS), "band2")


def test_the_table_tells_the_same_and_the_weights() -> None:
    table = grid(PILOTS)
    assert table.caption == "People rose." and table.hides
    texts = [[figure.text for figure in line.figures] for line in table.lines]
    assert texts[0] == ["+0.35 (+0.05 to +0.65)", "20.0%"]
    assert texts[2] == ["hidden", "–"]
    assert texts[-1][0] == "\N{MINUS SIGN}0.10 to +1.00"


def test_without_weights_the_table_has_no_column_for_them() -> None:
    table = grid(Forest("x", (Row("a", 1, 0, 2),)))
    assert len(table.heads) == len(table.lines[0].figures) == 1


def test_who_cannot_see_it_hears_the_figures() -> None:
    told = forest(PILOTS).told
    assert told.startswith("People rose.") and "+0.48 (+0.30 to +0.66)" in told


def test_of_a_long_list_one_hears_where_the_figures_are() -> None:
    rows = tuple(Row(f"Outcome {place}", 1, 0, 2) for place in range(40))
    told = forest(Forest("Forty outcomes", rows)).told
    assert "40" in told and "Outcome 3" not in told


figures = st.floats(-1e4, 1e4, allow_nan=False)


@given(st.lists(st.tuples(figures, figures, figures), min_size=1, max_size=5))
def test_any_figures_stay_on_the_picture(found: list[tuple[float, ...]]) -> None:
    ordered = [sorted(each) for each in found]
    rows = tuple(Row("x", value, low, high) for low, value, high in ordered)
    for picture in on_page(forest(Forest("x", rows))):
        assert stays_inside(picture)
