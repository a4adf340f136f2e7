"""Which way ordered answers lean: bars of both moments for questions that are alike."""

import pytest
from django.utils import translation

from tests.reports.charts.reading import looking
from tests.reports.effects.reading import changes, effects, sections
from trede.reports.effects.leaning import leaning_sections
from trede.reports.effects.names import Names


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def asked(outcome="trust", before=(5, 9, 6), after=(3, 7, 10), **more):
    found = {"outcome": outcome, "type": "likert", "contrast": "difference_1"}
    values = list(range(1, len(before) + 1)) if before else None
    return found | {"values": values, "before": before, "after": after, "n": 20} | more


def leaning(*outcomes, names=None):
    estimates = [{"outcome": "trust", "contrast": "difference_1", "headline": True}]
    analysis = {"outcomes": outcomes, "estimates": estimates}
    return list(leaning_sections(analysis, names or Names()))


def test_both_moments_of_one_question_have_a_bar_and_a_line_in_the_table():
    (found,) = leaning(asked())
    assert found.lead == ("Trust: 30.0% said “3” before, 50.0% after.")
    assert [line.label for line in found.grid.lines] == [
        "Trust, Before (T0)",
        "Trust, After (T1)",
    ]
    assert found.picture.told.startswith(found.lead)


def test_questions_with_the_same_answers_stand_together_and_others_apart():
    names = Names(answers={"sleep": {"1": "bad", "2": "so-so", "3": "well"}})
    (first, second) = leaning(
        asked(), asked("sleep"), asked("town", after=(5, 9, 6)), names=names
    )
    assert first.lead == "Of 2 questions 1 had more people with “3” after."
    assert second.question.startswith("From “bad” to “well”")


def test_the_answers_above_the_middle_are_named():
    (four,) = leaning(asked(before=(5, 5, 5, 5), after=(5, 5, 5, 5)))
    assert "50.0% said “3” up to “4” before" in four.lead
    (bands,) = leaning(asked(before=(2, 18), after=(5, 15), bands=[(1, 1), (2, 5)]))
    assert "90.0% said “2 up to 5” before, 75.0% after" in bands.lead


def test_the_line_stands_in_the_middle_of_the_scale_and_not_of_the_bands():
    """Of 1 to 5 the answer 3 is neutral, whatever else was joined."""
    bands = [(1, 2), (3, 3), (4, 4), (5, 5)]
    counts = (4, 6, 5, 5)
    (found,) = leaning(asked(before=counts, after=counts, bands=bands))
    assert "50.0% said “4” up to “5” before" in found.lead
    assert "at the side where most of them lie" in " ".join(found.method)
    assert looking(found.picture, "box") and not looking(found.picture, "n2")
    # Of “1”, “2” and the rest the second is below the middle.
    counts = (4, 6, 10)
    (found,) = leaning(
        asked(before=counts, after=counts, bands=[(1, 1), (2, 2), (3, 5)])
    )
    assert "50.0% said “3 up to 5” before" in found.lead
    assert not looking(found.picture, "box") and looking(found.picture, "n2")


def test_of_a_hidden_answer_nothing_is_said_and_the_rest_is_drawn():
    (found,) = leaning(asked(before=(None, 9, 6)))
    assert found.lead == "How many gave each answer, at both moments." and found.hides


def test_what_may_not_be_shown_has_no_bars_and_is_counted():
    withheld = asked("sleep", None, None, suppressed="withheld")
    assert leaning(withheld) == []
    (found,) = leaning(asked(), withheld, asked("pain", (1,) * 8, (2,) * 8))
    assert "2 questions with answers in order are not drawn" in found.points[0]


def test_each_group_of_a_comparison_has_its_own_bars():
    found = [one for one in sections(effects(), "overview").values()]
    groups = [one.question for one in found if one.id.startswith("leaning")]
    assert any(one.startswith("Participants, from “") for one in groups)
    assert any(one.startswith("Comparison group, from “") for one in groups)


def test_a_whole_run_has_bars_of_its_ordered_answers():
    found = sections(changes(), "overview")
    bars = found["leaning-difference_1-0"]
    assert len(bars.grid.lines) == 6 and len(bars.grid.heads) == 6
