"""From which answer to which: as a table of shades and as streams."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.charts.reading import (
    box_of,
    looking,
    on_page,
    overlapping,
    stays_inside,
    texts,
)
from trede.reports.charts.heat_map import heat_map
from trede.reports.charts.ladder_flows import LEAST, TALL, ladder_flows
from trede.reports.charts.moves import Answer, Moves, grid, told
from trede.reports.drawing import Picture
from trede.studies.shapes import Shape

ANSWERS = (Answer("1", "Isolated"), Answer("2", "Contacts"), Answer("3", "Activities"))
CELLS = ((12, 7, 6), (5, 20, 9), (0, 8, 11))
OPEN = Moves("More people rose than fell.", ANSWERS, "Start", "End", CELLS)
# The people of 1 who are on 3, and who else could tell how many they are.
CLOSED = replace(
    OPEN,
    cells=((12, 7, None), (5, 20, None), (None, 8, None)),
    started=(25, 34, 19),
    ended=(17, 35, 26),
)


@st.composite
def tables(draw: st.DrawFn) -> Moves:
    size = draw(st.integers(2, 6))
    cell = st.one_of(st.none(), st.integers(0, 400))
    row = st.lists(cell, min_size=size, max_size=size).map(tuple)
    cells = draw(st.lists(row, min_size=size, max_size=size).map(tuple))
    answers = tuple(Answer(str(n), f"Answer number {n}") for n in range(1, size + 1))
    return Moves("Made up.", answers, "Before", "After", cells)


def streams(picture: Picture) -> list[tuple[str, float, float]]:
    """Look and thickness at both ends of each stream."""
    found = []
    for look in ("up", "same", "down"):
        for shape in looking(picture, look):
            if not shape.path:
                continue
            _x, out, *_bends, into, end, _b, _f, _c, _g, _x1, foot = numbers_in(shape)
            found.append((look, foot - out, end - into))
    return found


def numbers_in(shape: Shape) -> list[float]:
    """M x1 top C bend top bend top x2 top V foot C bend foot bend foot x1 foot."""
    return [float(each) for each in re.findall(r"-?[\d.]+", shape.path)]


def test_sums_are_told_when_all_their_parts_are():
    assert OPEN.starts == (25, 34, 19)
    assert OPEN.ends == (17, 35, 26)
    assert OPEN.directions == (22, 43, 13)
    assert OPEN.n == 78


def test_a_sum_with_a_hidden_part_is_hidden_unless_it_was_published():
    bare = replace(CLOSED, started=(), ended=())
    assert bare.starts == (None, None, None)
    assert bare.ends == (None, 35, None)
    assert bare.directions == (None, None, None)
    assert bare.n is None
    assert CLOSED.n == 78
    assert replace(bare, up=22, same=43, down=13).n == 78


@pytest.mark.parametrize(
    "wrong",
    [{"cells": CELLS[:2]}, {"cells": ((1, 2), (3, 4), (5, 6))}, {"started": (1, 2)}],
)
def test_a_table_that_is_not_square_is_refused(wrong: dict[str, object]):
    with pytest.raises(ValueError, match="3 answers"):
        replace(OPEN, **wrong)


def test_the_words_name_the_move_that_most_people_made():
    words = told(OPEN)
    assert words.startswith("More people rose than fell. 78 people.")
    assert "Higher: 22. The same: 43. Lower: 13." in words
    assert "“2 Contacts” both times (20)" in words
    assert "hidden" not in words


def test_no_move_is_called_the_most_when_a_hidden_one_could_be_larger():
    # 26 people are in hidden cells, more than the 20 of the largest that is told.
    assert "Most often" not in told(CLOSED)
    assert "4 cells are hidden." in told(CLOSED)
    few = replace(OPEN, cells=((12, 7, None), *CELLS[1:]), started=(25, 34, 19))
    assert "Most often" in told(few)


def test_the_table_has_the_part_of_each_row_and_says_what_is_hidden():
    lines = grid(CLOSED).lines
    assert lines[0].label == "3 Activities"
    assert lines[-1].label == "Together"
    isolated = next(line for line in lines if line.label == "1 Isolated")
    assert [each.text for each in isolated.figures] == [
        "12 (48.0%)",
        "7 (28.0%)",
        "hidden",
        "25",
    ]
    assert [each.hidden for each in isolated.figures] == [False, False, True, False]


def test_each_cell_has_its_number_and_a_zero_is_a_number():
    for picture in on_page(heat_map(OPEN)):
        printed = texts(picture)
        for number in ("12", "7", "6", "5", "20", "9", "0", "8", "11", "78"):
            assert number in printed
        assert not looking(picture, "hatched")
        assert len(looking(picture, "diag")) == 3 + 1  # the key explains the outline


def test_hidden_cells_are_hatched_and_have_no_number():
    for picture in on_page(heat_map(CLOSED)):
        cells = [shape for shape in looking(picture, "hatched") if shape.height > 20]
        assert len(cells) == 4
        numbers = [shape for shape in picture.shapes if shape.text.isdigit()]
        for cell in map(box_of, cells):
            for number in numbers:
                spot = (number.x, number.y, number.x, number.y)
                assert not overlapping(cell, spot)
        assert "Hidden" in texts(picture)


def test_more_people_make_a_darker_cell():
    shades = ("h0", "h1", "h2", "h3", "h4", "h5")
    shapes = [
        shape
        for shape in heat_map(OPEN).shapes
        if shape.look in shades or ("mid" in shape.look and shape.text.isdigit())
    ]
    known = {
        int(number.text): shades.index(cell.look)
        for cell, number in pairwise(shapes)
        if cell.look in shades
    }
    counts = sorted(known)
    assert [known[count] for count in counts] == sorted(known.values())
    assert (known[0], known[20]) == (0, 5)


def test_sums_of_which_none_is_known_get_no_place():
    bare = replace(CLOSED, started=(), ended=(), cells=((None,) * 3,) * 3)
    assert "Together" not in texts(heat_map(bare))


@settings(max_examples=20)
@given(tables())
def test_both_pictures_stay_on_their_page(moves: Moves):
    for draw in (heat_map, ladder_flows):
        for picture in on_page(draw(moves)):
            assert stays_inside(picture)


@settings(max_examples=20)
@given(tables())
def test_a_stream_is_as_thick_as_its_people_are_many(moves: Moves):
    known = sorted(
        count for row in moves.cells for count in row if count is not None and count
    )
    found = sorted(streams(ladder_flows(moves)), key=lambda each: each[1])
    assert len(found) == len(known)
    if not known:
        return
    unit = TALL / sum(known)
    for count, (_look, out, into) in zip(known, found, strict=True):
        # Paths are written with six figures.
        assert out == pytest.approx(into, abs=0.02)
        assert out == pytest.approx(unit * count, abs=0.02)


def test_streams_that_climb_are_of_people_who_rose():
    looks = [look for look, _out, _into in streams(ladder_flows(OPEN))]
    assert (looks.count("up"), looks.count("same"), looks.count("down")) == (3, 3, 2)
    for shape in looking(ladder_flows(OPEN), "up"):
        if shape.path:
            _x, out, *_bends, into, _foot, _b, _f, _c, _g, _x1, _end = numbers_in(shape)
            assert into < out


def test_hidden_streams_are_stubs_as_thick_as_what_the_sums_leave():
    picture = ladder_flows(CLOSED)
    stubs = [shape for shape in looking(picture, "hatched") if shape.width > 20]
    unit = TALL / 78
    # From the top down: of 3 on the left 11 are hidden, of 2 nine, of 1 six.
    left = sorted((stub for stub in stubs if stub.x < 370), key=lambda each: each.y)
    assert [stub.height for stub in left] == pytest.approx(
        [11 * unit, 9 * unit, 6 * unit]
    )


def test_a_hidden_stream_of_unknown_size_is_drawn_and_never_nothing():
    bare = replace(CLOSED, started=(), ended=())
    stubs = [
        shape for shape in looking(ladder_flows(bare), "hatched") if shape.width > 20
    ]
    assert [stub.height for stub in stubs] == pytest.approx([LEAST] * 5)
    assert texts(ladder_flows(bare)).count("hidden") == 5


def test_on_a_telephone_marks_stand_beside_the_streams_and_names_below():
    narrow = ladder_flows(OPEN).narrow
    assert narrow is not None
    assert texts(narrow).count("2") == 2
    assert "2 Contacts" in texts(narrow)
