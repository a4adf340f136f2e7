"""What stands under a curve: the last day counted, and only the marks there are."""

import pytest
from django.utils import translation

from trede.reports.effects.names import Names
from trede.reports.effects.steps import time_sections


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def under(**more) -> str:
    times = {
        "outcome": "first_rise",
        "group": "",
        "n": 40,
        "events": 20,
        "curve": {"days": [0, 30, 90], "surviving": [1.0, 0.8, 0.5]},
        **more,
    }
    (section,) = time_sections({"times": [times], "estimates": []}, Names())
    return " ".join(section.method)


def test_marks_are_told_only_where_the_line_has_them():
    assert "small mark" in under(censored=[60])
    assert "small mark" not in under(censored=None)


def test_the_last_day_counted_is_told_as_a_day_since_the_start():
    assert "day 270 after somebody's start" in under(horizon=270)
    assert "last day counted" not in under(horizon=None)
