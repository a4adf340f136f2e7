"""What stands under a curve: the last day counted, and only the marks there are."""

import pytest
from django.utils import translation

from trede.reports.effects.names import Names
from trede.reports.effects.steps import time_sections
from trede.reports.sections import Section


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def told(estimates=(), **more) -> list[Section]:
    times = {
        "outcome": "first_rise",
        "group": "",
        "n": 40,
        "events": 20,
        "curve": {"days": [0, 30, 90], "surviving": [1.0, 0.8, 0.5]},
        **more,
    }
    analysis = {"times": [times], "estimates": estimates, "language": "change"}
    return list(time_sections(analysis, Names()))


def under(**more) -> str:
    (section,) = told(**more)
    return " ".join(section.method)


def test_marks_are_told_only_where_the_line_has_them():
    assert "small mark" in under(censored=[60])
    assert "small mark" not in under(censored=None)


def test_the_last_day_counted_is_told_as_a_day_since_the_start():
    assert "day 270 after somebody's start" in under(horizon=270)
    assert "last day counted" not in under(horizon=None)


def test_the_table_of_a_curve_is_that_of_its_days():
    (section,) = told(at_risk=[{"day": 0, "n": 40}, {"day": 90, "n": 18}], horizon=90)
    assert [line.label for line in section.grid.lines] == ["Day 0", "Day 90"]
    assert [f.text for f in section.grid.lines[1].figures] == ["50.0%", "–", "18"]
    assert section.grid.caption == "First rise: day by day"


def test_the_answer_stands_over_the_curve_and_all_estimates_under_it():
    mean = {"outcome": "first_rise", "type": "time", "contrast": "follow_up"}
    mean |= {"method": "restricted_mean", "estimate": 120, "ci": [100, 140]}
    section, ways = told([mean | {"headline": True, "n": 40, "n_missing": 0}])
    assert section.picture.told.startswith(section.lead)
    assert len(ways.grid.lines) == 1 and "other ways" in ways.question
