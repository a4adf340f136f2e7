"""What stands under a curve: the last day counted, and only the marks there are."""

import pytest
from django.utils import translation

from trede.reports.effects.how_long import time_sections
from trede.reports.effects.names import Names
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


def test_a_first_rise_counts_from_the_first_assessment_and_says_so_everywhere():
    section, _ways = told([share(notes=["seen_at_assessments"])], horizon=270)
    method = " ".join(section.method)
    assert "day 270 after the first assessment" in method
    assert "somebody's start" not in method
    assert "Days since the first assessment" in str(section.picture.shapes)
    (plain,) = told(horizon=270)
    assert "Days since the start" in str(plain.picture.shapes)


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


def share(**more):
    one = {"outcome": "first_rise", "type": "time", "contrast": "follow_up", "n": 40}
    one |= {"method": "kaplan_meier", "estimate": 0.51, "ci": [0.4, 0.63]}
    return one | {"headline": True, "n_missing": 0} | more


def test_a_share_of_one_group_is_told_whether_or_not_it_counts_with_coaches():
    """A share is not beside zero: nothing is left out, and nothing undone."""
    for one in (
        share(notes=["clusters_ignored"]),
        share(method="kaplan_meier_cr2", notes=["few_clusters"]),
    ):
        section, _ways = told([one])
        assert section.lead == (
            "It happened to 51.0% (95% interval 40.0% to 63.0%) by the last day"
            " counted."
        )


def test_a_figure_that_knows_no_coaches_says_so_where_it_stands():
    section, _ways = told([share(notes=["clusters_ignored", "these_coaches_only"])])
    assert "as independent" in " ".join(section.method)
    assert "people of these coaches" in " ".join(section.method)


def test_under_a_curve_stands_that_its_band_knows_no_coaches():
    coached = share(method="kaplan_meier_cr2")
    assert "bands are somewhat too narrow" in " ".join(told([coached])[0].method)
    assert "bands" not in " ".join(told([share()])[0].method)
    hidden = told([coached], curve=None)[0]
    assert "bands" not in " ".join(hidden.method)


def several(*groups: str) -> list[Section]:
    curve = {"days": [0, 30, 90], "surviving": [1.0, 0.8, 0.5]}
    times = [
        {"outcome": "exit", "group": group, "n": 40, "events": 20, "curve": curve}
        for group in groups
    ]
    line = {"outcome": "exit", "type": "time", "method": "kaplan_meier"}
    line |= {"headline": True, "n": 40, "n_missing": 0, "ci": [0.2, 0.4]}
    shares = {"arnhem": 0.21, "enschede": 0.32, "nijmegen": 0.43, "": 0.3}
    estimates = [
        line | {"contrast": f"follow_up/{group}", "estimate": shares[group]}
        for group in groups
    ]
    analysis = {"times": times, "estimates": estimates, "language": "change"}
    return list(time_sections(analysis, Names()))


def test_of_three_pilots_each_has_a_curve_and_its_own_figure():
    sections = several("arnhem", "enschede", "nijmegen")
    assert len({section.id for section in sections}) == 3
    for section, name, share in zip(
        sections,
        ("arnhem", "enschede", "nijmegen"),
        ("21.0%", "32.0%", "43.0%"),
        strict=True,
    ):
        assert name in section.question
        assert share in section.lead


def test_three_pilots_and_all_of_them_are_four():
    *_each, together = several("arnhem", "enschede", "nijmegen", "")
    assert together.question.startswith("Exit, all pilots together:")


def test_two_groups_stand_in_one_picture():
    (section,) = several("arnhem", "enschede")
    assert "Arnhem" in section.svg and "Enschede" in section.svg
