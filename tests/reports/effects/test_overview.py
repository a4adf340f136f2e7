"""What is said of all outcomes together, of one alone, and of the ends of a scale."""

import pytest
from django.utils import translation

from tests.reports.effects.reading import changes, sections
from tests.reports.effects.test_coaches_and_few import line, overview
from trede.reports.effects import overview as overview_module
from trede.reports.effects.appendix import appendix_sections
from trede.reports.effects.names import Names
from trede.reports.effects.overview import overview_sections
from trede.reports.effects.tallying import how_many_differ, how_many_rose


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("ci", "told"),
    [
        ((0.1, 0.5), "Satisfied rose by the 95% interval."),
        ((-0.5, -0.1), "Satisfied fell by the 95% interval."),
        ((-0.5, 0.1), "interval does not leave out that nothing changed."),
    ],
)
def test_one_outcome_is_called_by_its_name_and_not_counted(ci, told):
    found = overview(line(ci=ci))
    assert found.lead.endswith(told) and found.lead.startswith("Satisfied")
    assert not any("so many outcomes" in one for one in found.method)


def test_of_many_outcomes_those_left_open_are_counted():
    found = overview(line(), line("sleep", ci=(-1, 1)), line("health", ci=(-1, 0)))
    assert found.lead.startswith("Of 3 outcomes 1 rose and 0 fell")
    assert "For 2 the interval does not leave out" in found.lead
    assert any("so many outcomes" in one for one in found.method)


def test_a_note_that_holds_for_some_is_not_said_of_all():
    few = {"notes": ["cannot_reach_05"]}
    said = "So few people changed that the test cannot go below 0.05."
    some = overview(line(p=0.04), line("sleep", **few), line("health", **few))
    assert said not in some.method
    assert f"Of some of these outcomes: {said}" in some.method
    assert said in overview(line(**few), line("sleep", **few)).method


def test_one_outcome_beside_a_comparison_is_told_apart_or_not():
    told = how_many_differ([line()], {}, Names())
    assert told == "Satisfied: the 95% interval leaves out that the groups are alike."
    hidden = line("sleep", suppressed="withheld")
    assert how_many_differ([line(), hidden], {}, Names()) == told
    assert "too few people" in how_many_differ([hidden], {}, Names())


def test_of_outcomes_that_are_all_hidden_it_is_not_said_that_none_rose():
    hidden = line("sleep", suppressed="withheld")
    told = how_many_rose([hidden, hidden], {}, Names())
    assert told == "None of these 2 outcomes is shown."


def test_a_ratio_without_an_end_has_words_of_caution_and_no_sign():
    odds = {"name": "conditional_odds_ratio", "value": "inf", "ci": [0.4, "inf"]}
    found = overview(line(type="binary", method="mcnemar_mid_p", size=odds))
    assert found.grid.lines[0].figures[-1].text == "cannot be estimated"
    assert any("everybody who changed went the same way" in t for t in found.method)
    assert not any("same way" in t for t in overview(line()).method)


def test_a_share_of_nobody_or_everybody_is_named_with_its_moment():
    analysis = {
        "language": "change",
        "estimates": [line(type="binary", method="mcnemar_mid_p")],
        "outcomes": [
            {"outcome": "satisfied", "contrast": "difference_1", "type": "binary"}
            | {"share_before": 0, "share_after": 1}
        ],
    }
    (found,) = sections(analysis, "overview").values()
    assert found.points == [
        "Satisfied: nobody said yes (before (T0)).",
        "Satisfied: everybody said yes (after (T1)).",
    ]


def test_a_share_of_everybody_in_the_appendix_is_no_certainty():
    share = line(method="share_up", estimate=1.0, ci=(0.7, 1.0))
    (found,) = appendix_sections({"estimates": [share]}, Names())
    assert "100.0%" in found.grid.lines[0].figures[2].text
    assert any("the interval says what else fits" in told for told in found.method)


def test_the_appendix_says_which_outcomes_were_adjusted_for_each_other():
    (found, *_rest) = sections(changes(), "appendix").values()
    assert "Adjusted for each other (primary outcomes, 2): Satisfied; Tread." in (
        found.points
    )
    schemes = [line(code, family="schemes") for code in ("bus", "sport")]
    names = Names(families={"schemes": "Regelingen"})
    (found,) = appendix_sections({"estimates": schemes}, names)
    assert found.points == ["Adjusted for each other (Regelingen, 2): Bus; Sport."]


def test_a_time_is_adjusted_with_the_outcomes_of_the_first_difference():
    step = line("step", type="time", contrast="follow_up", family="other")
    found = [line("sleep", family="other"), step]
    (first, second) = appendix_sections({"estimates": found}, Names())
    assert first.points == [
        "Adjusted for each other (all other outcomes, 2): Sleep; Step."
    ]
    assert second.points == []


def test_of_what_is_withheld_the_word_stands_once_in_its_row():
    withheld = line("sleep", suppressed="withheld", estimate=None) | {"ci": None}
    found = overview(line(), withheld)
    row = [figure.text for figure in found.grid.lines[1].figures]
    assert row == ["40", "10", "hidden", "–"]
    assert all(figure.hidden for figure in found.grid.lines[1].figures[2:])


ANSWERS = {"sleep": {str(code): f"answer {code}" for code in range(1, 6)}}


def test_the_axis_of_answers_runs_over_the_answers_that_there_are(monkeypatch):
    """Also when it is withheld which of them people gave: no answer is 0."""
    drawn = []
    draw = overview_module.dumbbell.dumbbell
    monkeypatch.setattr(
        overview_module.dumbbell,
        "dumbbell",
        lambda data: drawn.append(data) or draw(data),
    )
    levels = {"outcome": "sleep", "contrast": "difference_1", "type": "likert"}
    levels |= {"mean_before": 2.4, "mean_after": 2.9}
    net = line("sleep", ci=(0.05, 0.2), type="likert", method="signed_rank_pratt")
    analysis = {"language": "change", "estimates": [net], "outcomes": [levels]}
    list(overview_sections(analysis, Names(answers=ANSWERS)))
    assert [data.scale for data in drawn] == [(1, 5)]


def test_the_axis_of_hours_runs_as_far_as_the_means(monkeypatch):
    """The question has a yes and a no as well: those are 1 and 0, and no hours."""
    drawn = []
    draw = overview_module.dumbbell.dumbbell
    monkeypatch.setattr(
        overview_module.dumbbell,
        "dumbbell",
        lambda data: drawn.append(data) or draw(data),
    )
    levels = {"outcome": "care", "contrast": "difference_1", "type": "hours"}
    levels |= {"mean_before": 3.0, "mean_after": 3.5}
    hours = line("care", type="hours", method="mean_change_bca")
    analysis = {"language": "change", "estimates": [hours], "outcomes": [levels]}
    yes_no = {"care": {"0": "No", "1": "Yes"}}
    list(overview_sections(analysis, Names(answers=yes_no)))
    ((low, high),) = [data.scale for data in drawn]
    assert low == 0 and high > 3.5
