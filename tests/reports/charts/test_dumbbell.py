"""Two moments and the change between them, for many outcomes at once."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.reports.charts.reading import looking, on_page, stays_inside, texts
from trede.reports.charts.dumbbell import Domain, Dumbbells, Item, dumbbell, grid

LIFE = Item("Satisfaction", 5.2, 5.9, 0.7, 0.2, 1.2, 53)
SAME = Item("Happiness", 6.0, 6.0, 0.0, -0.3, 0.3, 53)
HIDDEN = Item("Paid work", None, None, None, None, None, None)
DATA = Dumbbells(
    "People are more satisfied.",
    (Domain("Well-being", (LIFE, SAME)), Domain("Work", (HIDDEN,))),
    "Intake (T0)",
    "End (T1)",
    (0, 10),
)


def test_each_outcome_has_a_ring_before_and_a_dot_after() -> None:
    for picture in on_page(dumbbell(DATA)):
        key, *rings = looking(picture, "ring")
        _key, *dots = looking(picture, "dot")
        assert len(rings) == len(dots) == 2 and key.y < rings[0].y
        assert dots[0].x > rings[0].x and dots[1].x == rings[1].x
        assert stays_inside(picture)


def test_a_hidden_outcome_is_hatched_on_both_sides_and_said() -> None:
    for picture in on_page(dumbbell(DATA)):
        assert len(looking(picture, "hatched")) == 2
        assert "hidden" in texts(picture)


def test_zero_stands_in_the_middle_of_the_changes() -> None:
    (left, right) = (
        looking(dumbbell(replace(DATA, domains=(Domain("", (item,)),))), "full")
        for item in (
            replace(LIFE, change=-0.7, low=-1.2, high=-0.2),
            LIFE,
        )
    )
    (zero,) = looking(dumbbell(DATA), "zero")
    assert abs((left[0].x + right[0].x) / 2 - zero.x) < 0.2


def test_one_moment_may_be_known_without_the_other() -> None:
    half = Item("Contact", 4.0, None, None, None, None, None)
    picture = dumbbell(replace(DATA, domains=(Domain("", (half,)),)))
    assert len(looking(picture, "ring")) == 2 and len(looking(picture, "dot")) == 1
    assert looking(picture, "hatched") and not looking(picture, "link")


def test_the_table_has_the_domains_and_every_figure() -> None:
    table = grid(DATA)
    assert [line.label for line in table.lines] == [
        "Well-being",
        "Satisfaction",
        "Happiness",
        "Work",
        "Paid work",
    ]
    told = [figure.text for figure in table.lines[1].figures]
    assert told == ["5.2", "5.9", "+0.7 (+0.2 to +1.2)", "53"]
    assert all(figure.hidden for figure in table.lines[4].figures)
    assert len(table.heads) == len(told)


def test_a_single_domain_needs_no_heading_in_the_table() -> None:
    table = grid(replace(DATA, domains=(Domain("Well-being", (LIFE,)),)))
    assert [line.label for line in table.lines] == ["Satisfaction"]


def test_who_cannot_see_it_hears_before_after_and_change() -> None:
    told = dumbbell(DATA).told
    assert "Satisfaction: Intake (T0) 5.2, End (T1) 5.9" in told


points = st.floats(0, 10, allow_nan=False)


@given(st.lists(st.tuples(points, points, points), min_size=1, max_size=4))
def test_any_figures_stay_on_the_picture(
    found: list[tuple[float, float, float]],
) -> None:
    items = tuple(
        Item("x", one, other, other - one, other - one - wide, other - one + wide, 9)
        for one, other, wide in found
    )
    for picture in on_page(dumbbell(replace(DATA, domains=(Domain("", items),)))):
        assert stays_inside(picture)
