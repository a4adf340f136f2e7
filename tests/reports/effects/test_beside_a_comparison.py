"""What a report says of a comparison: of who waited, of odds, of weighted people."""

from functools import cache

import pytest
from django.utils import translation

from tests.evaluation.running.test_comparing import LOT, TWO, analysed, later
from tests.reports.charts.reading import texts
from tests.reports.effects.reading import chapters, effects, everything, sections
from trede.evaluation.running.as_json import as_json
from trede.reports.effects.figures import has_few_degrees
from trede.reports.effects.names import Names
from trede.reports.effects.overview import overview_sections
from trede.reports.effects.primary import primary_sections


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@cache
def waited():
    return as_json(analysed(later(), LOT + TWO))


def test_the_change_without_a_trajectory_stands_by_itself_and_is_called_so():
    found = sections(waited(), "primary")
    without = found["others-satisfied-difference_1"]
    assert without.question == "Satisfied: what changed without a trajectory?"
    assert "just before their own start" in without.points[0]
    assert "Participants" not in without.lead


def test_what_changes_after_the_wait_is_told_of_each_group_and_is_no_effect():
    found = sections(waited(), "primary")
    own = found["others-satisfied-difference_2"]
    lasting = found["first-satisfied-difference_2"]
    assert own.question.endswith("what changed in who waited, from their start on?")
    assert lasting.question.endswith("does it last in who started first?")
    for section in (own, lasting):
        assert section.points[0].startswith("A change and not an effect")
        assert section.grid.heads == ("earlier", "later")
    told = everything(chapters(waited()))
    assert "All estimates: after who waited began, who waited" in told
    assert "comparison group, comparison" not in told


def test_it_is_said_that_who_waited_was_asked_when_the_other_was_done():
    assert "because the other of the pair stopped" in everything(chapters(waited()))
    assert "the other of the pair" not in everything(chapters(effects()))


def test_a_survey_has_no_change_without_a_trajectory():
    assert "without a trajectory" not in everything(chapters(effects()))


def test_a_ratio_of_odds_is_told_in_treads_too_and_only_once():
    found = sections(effects(), "primary")["primary-tread-difference_1"]
    assert "The odds of a higher answer" in found.lead
    assert "treads" in found.points[0] and "comparison group" in found.points[0]
    assert not any("Odds ratio" in line for line in found.method)


def test_a_logarithm_is_drawn_and_the_ratio_is_read():
    analysis = effects()
    odds = next(
        section
        for section in overview_sections(analysis, Names())
        if section.id == "effects-difference_1-ratio"
    )
    tread = next(
        one
        for one in analysis["estimates"]
        if one["outcome"] == "tread" and one["contrast"] == "difference_1"
    )
    assert tread["method"] == "proportional_odds_weighted"
    assert "+" not in odds.picture.told.split("(")[1]
    assert "Ratio of the odds" in texts(odds.picture)
    # The estimate is the odds ratio, so no column repeats it as its size.
    assert "Size" not in odds.grid.heads


def test_the_degrees_of_what_is_compared_hide_no_test():
    test = {"method": "log_rank_weighted", "p": 0.03, "df": 1.0}
    assert not has_few_degrees(test)
    assert has_few_degrees(test | {"method": "ancova_cr2", "df": 2.4})


def test_under_lines_of_weighted_people_that_is_said():
    told = "In the lines, as in the difference, people are weighted"
    assert told in everything(chapters(effects()))
    assert told not in everything(chapters(effects() | {"balance": None}))


def test_under_a_public_line_it_is_said_that_it_knows_few_days():
    told = "The dots are days by which it had happened to enough more"
    assert told not in everything(chapters(effects()))
    public = [one | {"coarse": True} for one in effects()["times"]]
    assert told in everything(chapters(effects() | {"times": public}))


@pytest.mark.parametrize(
    "until_the_last_day", [(), ("treated",), ("treated", "comparison")]
)
def test_it_is_said_where_a_public_line_stops(until_the_last_day):
    """The last day that counts has a dot only where anybody was followed so long."""
    public = [
        one | {"coarse": True, "curve": _curve_until(200 if ends else 150)}
        for one in effects()["times"]
        for ends in (one["group"] in until_the_last_day,)
    ]
    assert {one["group"] for one in public} == {"treated", "comparison"}
    assert {one["horizon"] for one in public} == {200}
    told = everything(chapters(effects() | {"times": public}))
    with_the_last = "to enough more people, and the last day that counts."
    stops = "Where a line stops before the last day that counts, nobody was followed"
    assert (with_the_last in told) is bool(until_the_last_day)
    assert (stops in told) is (len(until_the_last_day) < 2)


def _curve_until(day: int) -> dict[str, list[float | None]]:
    none = [None, None, None]
    return {
        "days": [40, 90, day],
        "surviving": [0.8, 0.6, 0.6],
        "low": none,
        "high": none,
    }


@pytest.mark.parametrize("notes", [[], ["little_overlap"]])
def test_it_is_said_whether_participants_have_people_like_them_beside_them(notes):
    analysis = effects()
    analysis["balance"]["notes"] = notes
    told = everything(chapters(analysis))
    assert ("at least as likely to take part" in told) is (not notes)
    assert ("unlike everybody in the comparison group" in told) is bool(notes)


def test_under_a_difference_it_is_said_whose_answers_are_drawn():
    heads = [
        section.grid.heads
        for section in primary_sections(effects(), Names())
        if section.id.startswith("primary-") and section.grid
    ]
    assert heads and all("(participants)" in head for row in heads for head in row)


def test_between_groups_an_interval_leaves_out_no_difference():
    """No change is what one group has: two that both changed may not differ."""
    found = [one for one in overview_sections(effects(), Names()) if one.method]
    between = [one for one in found if one.id.startswith("effects-")]
    within = [one for one in found if one.id.startswith("overview-")]
    told, own = (
        " ".join(line for one in many for line in one.method)
        for many in (between, within)
    )
    assert "leave out no difference by chance" in told
    assert "no change" not in told and "no difference" not in own
    limits = everything(chapters(effects()))
    assert "does not leave out “no difference”" in limits
    assert "“no change”" not in limits
