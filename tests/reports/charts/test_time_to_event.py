"""For how many it had not happened yet, day by day."""

from dataclasses import replace

import pytest
from django.utils import translation

from tests.reports.charts.reading import (
    corners,
    looking,
    on_page,
    stays_inside,
    texts,
)
from trede.reports.charts.time_to_event import (
    TALL,
    Curve,
    Followed,
    Point,
    Times,
    grid,
    time_to_event,
)

EARLY = Curve(
    "Began at once",
    20,
    11,
    (Point(10, 0.9, 0.7, 0.97), Point(40, 0.6, 0.35, 0.78), Point(90, 0.45, 0.2, 0.65)),
    censored=(60, 100),
    at_risk=(Followed(0, 20), Followed(60, 11), Followed(120, None)),
)
LATE = replace(
    EARLY, label="Waited", points=(Point(50, 0.8, 0.5, 0.9),), censored=(80,)
)
ONE = Times("Half took a step.", (EARLY,), 120, "No step yet", "Days since the start")
TWO = replace(ONE, curves=(EARLY, LATE))


def heights(points: list[tuple[float, float]]) -> list[float]:
    """The shares that the corners of a line stand for."""
    top = points[0][1]
    return [round(1 - (y - top) / TALL, 3) for _x, y in points]


def test_the_line_steps_down_on_the_days_on_which_it_happened():
    for picture in on_page(time_to_event(ONE)):
        (curve, *_key) = looking(picture, "thick")
        points = corners(curve)
        assert heights(points) == [1, 1, 0.9, 0.9, 0.6, 0.6, 0.45, 0.45]
        wide = points[-1][0] - points[0][0]
        # It ends where the last person was seen: day 100, not 120.
        assert (points[1][0] - points[0][0]) / wide == pytest.approx(0.1, abs=0.01)


def test_of_a_public_line_only_the_days_are_told_that_it_knows():
    public = replace(
        EARLY,
        coarse=True,
        censored=(),
        at_risk=tuple(Followed(day, 20) for day in (0, 25, 90, 120)),
    )
    times = replace(ONE, curves=(public,))
    (line, *_key) = looking(time_to_event(times), "thick")
    assert heights(corners(line)) == [1, 1, 0.9, 0.9, 0.6, 0.6, 0.45]
    dots = looking(time_to_event(times), "full")
    assert [round(1 - (dot.y - corners(line)[0][1]) / TALL, 2) for dot in dots] == [
        0.9,
        0.6,
        0.45,
    ]
    with translation.override("en"):
        rows = {row.label: [x.text for x in row.figures] for row in grid(times).lines}
    # Somewhere between day 10 and day 40, and so are its limits.
    assert rows["Day 25"] == ["60% to 90%", "35% to 97%", "20"]
    assert rows["Day 90"] == ["45%", "20% to 65%", "20"]
    assert rows["Day 120"] == ["at most 45%", "–", "20"]


def test_an_upright_mark_stands_on_the_line_for_who_was_not_followed_longer():
    picture = time_to_event(ONE)
    points = corners(looking(picture, "thick")[0])
    marks = [corners(each) for each in looking(picture, "thin")][:2]
    on_line = [(start[1] + end[1]) / 2 for start, end in marks]
    shares = [1 - (y - points[0][1]) / TALL for y in on_line]
    assert shares == pytest.approx([0.6, 0.45], abs=0.01)
    assert "Somebody was followed until here" in texts(picture)


def test_the_band_has_gaps_where_there_is_no_interval():
    assert len(looking(time_to_event(ONE), "band")) == 1 + 1  # one, and the key
    first, _second, third = EARLY.points or ()
    gap = replace(EARLY, points=(first, Point(40, 0.6), third))
    bands = looking(time_to_event(replace(ONE, curves=(gap,))), "band")
    assert len([band for band in bands if band.path]) == 2
    none = replace(EARLY, points=(Point(40, 0.0),))
    assert not looking(time_to_event(replace(ONE, curves=(none,))), "band")


def test_two_groups_differ_in_more_than_colour():
    for picture in on_page(time_to_event(TWO)):
        assert looking(picture, "thick")
        assert looking(picture, "thick2")
        assert {"Began at once", "Waited"} <= set(texts(picture))
        assert stays_inside(picture)


def test_more_groups_than_looks_are_refused():
    with pytest.raises(ValueError, match="3 curves"):
        replace(TWO, curves=(EARLY, LATE, LATE))


def test_a_hidden_curve_draws_no_line_and_says_so():
    hidden = replace(LATE, points=None, n=None, events=None)
    picture = time_to_event(replace(TWO, curves=(EARLY, hidden)))
    assert not looking(picture, "thick2")
    assert not looking(picture, "band2")
    assert "Waited (hidden)" in texts(picture)
    assert "Waited: hidden." in picture.told


def test_without_any_curve_the_field_is_hatched_and_not_empty():
    hidden = replace(EARLY, points=None)
    for picture in on_page(time_to_event(replace(ONE, curves=(hidden,)))):
        assert any(each.height == TALL for each in looking(picture, "hatched"))
        assert "Hidden" in texts(picture)
        assert not looking(picture, "thick")


def test_numbers_still_followed_stand_under_their_days_or_are_hatched():
    picture = time_to_event(ONE)
    printed = texts(picture)
    assert "Still followed" in printed
    assert {"20", "11"} <= set(printed)
    assert len(looking(picture, "hatched")) == 1
    without = time_to_event(replace(ONE, curves=(replace(EARLY, at_risk=()),)))
    assert "Still followed" not in texts(without)


def test_what_happened_after_the_horizon_is_not_drawn():
    short = replace(ONE, horizon=50)
    for picture in on_page(time_to_event(short)):
        points = corners(looking(picture, "thick")[0])
        assert heights(points)[-1] == 0.6
        band = corners(looking(picture, "band")[0])
        # Two steps, there and back: nothing of day 90.
        assert len(band) == 8
        assert band[3][0] == points[-1][0] == max(x for x, _y in band)
        assert stays_inside(picture)
        assert len(looking(picture, "thin")) == 1  # only the key


def test_the_table_gives_share_interval_and_people_on_each_day():
    table = grid(ONE)
    assert table.heads == ("No step yet", "95% interval", "Still followed")
    day_0, day_60, day_120 = (
        [cell.text for cell in line.figures] for line in table.lines
    )
    assert day_0 == ["100.0%", "–", "20"]
    assert day_60 == ["60.0%", "35.0% to 78.0%", "11"]
    assert day_120 == ["45.0%", "20.0% to 65.0%", "hidden"]
    assert table.hides


def test_the_table_ends_on_the_horizon_where_a_line_is_known_there():
    on_the_last_day = replace(EARLY, points=(*EARLY.points, Point(110, 0.4, 0.2, 0.6)))
    table = grid(replace(ONE, curves=(on_the_last_day,), horizon=110))
    assert [line.label for line in table.lines] == ["Day 0", "Day 60", "Day 110"]
    assert table.lines[-1].figures[0].text == "40.0%"
    assert len(grid(replace(ONE, horizon=110)).lines) == 2


def test_two_groups_have_a_row_each_on_every_day_under_heads_with_room():
    table = grid(TWO)
    assert table.heads == grid(ONE).heads
    assert [line.label for line in table.lines[:2]] == [
        "Began at once, day 0",
        "Waited, day 0",
    ]


def test_the_words_are_dutch_with_a_decimal_comma():
    with translation.override("nl"):
        told = time_to_event(ONE).told
    assert told == (
        "Half took a step. Began at once: 20 mensen; bij 11 gebeurde het. No step yet:"
        " 60,0% na 60 dagen (35,0% tot 78,0%), 45,0% na 120 dagen (20,0% tot 65,0%)."
    )
