"""The participants as boxes under each other, and who fell away beside them."""

from dataclasses import replace
from itertools import combinations

import pytest

from tests.reports.charts.reading import (
    box_of,
    corners,
    looking,
    on_page,
    overlapping,
    stays_inside,
    texts,
)
from trede.reports.charts.participants import (
    Arm,
    Exit,
    Participants,
    Step,
    grid,
    participants,
)

LIST = Step("On the list or referred by another organisation in the city", 214)
REACHED = Step("Reached", 131, (Exit("not called yet", 54), Exit("moved", 29)), 83)
INTAKE = Step("Intake held", 74, (Exit("no consent", 57),), 57)
WAY = Participants("Of 214 people 74 began.", (LIST, REACHED, INTAKE))
ARMS = replace(
    WAY,
    arms=(
        Arm("At once", (Step("Allotted", 37), Step("Measured", 30, (), 7))),
        Arm("After half a year", (Step("Allotted", 37), Step("Measured", 37))),
    ),
)
HIDING = replace(
    WAY,
    steps=(
        LIST,
        replace(REACHED, exits=(Exit("moved", None),)),
        Step("Held", None, (), None),
    ),
)


@pytest.mark.parametrize("flow", [WAY, ARMS, HIDING])
def test_no_box_lies_over_another(flow: Participants):
    for picture in on_page(participants(flow)):
        boxes = [
            box_of(each) for each in (*looking(picture, "box"), *looking(picture, "n1"))
        ]
        assert boxes
        assert not any(overlapping(*pair) for pair in combinations(boxes, 2))
        assert stays_inside(picture)


@pytest.mark.parametrize("flow", [WAY, ARMS])
def test_an_arrow_points_at_every_step_but_the_first(flow: Participants):
    for picture in on_page(participants(flow)):
        tops = {box.y for box in looking(picture, "box")}
        tips = {corners(arrow)[2][1] for arrow in looking(picture, "n3")}
        reached = [top for top in tops if any(0 < top - tip < 30 for tip in tips)]
        # On a telephone the second group begins anew under its name.
        groups = len(flow.arms) if picture.width < 400 else 0
        assert len(tops) - len(reached) <= 1 + groups


def test_every_number_is_drawn_and_told():
    flow = participants(WAY)
    for picture in on_page(flow):
        printed = texts(picture)
        for words in ("214", "131", "74", "83 fewer", "54 not called yet", "29 moved"):
            assert words in printed
    assert flow.told == (
        "Of 214 people 74 began. On the list or referred by another organisation in"
        " the city: 214. 83 fewer (54 not called yet, 29 moved). Reached: 131."
        " 57 fewer (57 no consent). Intake held: 74."
    )


def test_a_hidden_number_is_hatched_and_said_and_no_zero():
    flow = participants(HIDING)
    for picture in on_page(flow):
        printed = texts(picture)
        assert "moved (hidden)" in printed
        assert "Fell away: hidden" in printed
        assert "0" not in printed
        assert len(looking(picture, "hatched")) == 3
    assert flow.told.endswith("Fell away: hidden. Held: hidden.")


def test_nobody_fell_away_where_nothing_stands_beside_the_line():
    whole = replace(WAY, steps=(LIST, Step("Reached", 214)))
    for picture in on_page(participants(whole)):
        assert not looking(picture, "n1")
    assert "fewer" not in participants(whole).told


def test_the_table_has_a_row_for_each_step_with_its_reasons_under_it():
    rows = [(line.label, line.figures[0].text, line.under) for line in grid(WAY).lines]
    assert rows[1:4] == [
        ("fell away", "83", True),
        ("not called yet", "54", True),
        ("moved", "29", True),
    ]
    assert rows[4] == ("Reached", "131", False)
    assert grid(HIDING).hides
    assert not grid(WAY).hides


def test_two_groups_stand_beside_each_other_on_a_page():
    picture = participants(ARMS)
    tops = [box.y for box in looking(picture, "box")]
    assert any(tops.count(top) == 2 for top in tops)
    assert picture.narrow is not None
    tops = [box.y for box in looking(picture.narrow, "box")]
    assert all(tops.count(top) == 1 for top in tops)
    assert "At once: Measured" in [line.label for line in grid(ARMS).lines]
