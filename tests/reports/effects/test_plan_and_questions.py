"""How the plan tells its adjustment, and what the tables of questions are headed."""

import pytest
from django.utils import translation

from trede.reports.effects.names import Names
from trede.reports.effects.plan import plan_sections
from trede.reports.effects.questionnaire import questionnaire_sections


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def line(**more):
    found = {"outcome": "sleep", "contrast": "difference_1", "headline": True}
    return found | {"estimate": 0.3, "ci": [0.1, 0.5], "p": 0.01} | more


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (line(), False),
        (line(notes=["test_withheld"], p=None), True),
        (line(suppressed="withheld", estimate=None), True),
        (line(suppressed="withheld", headline=False), False),
    ],
)
def test_the_plan_says_that_tests_not_shown_count_as_one(estimate, said):
    (section,) = plan_sections({"estimates": [estimate]}, Names())
    assert any("count in this as p = 1" in told for told in section.method) is said


def differing(level, size):
    found = {"kind": "by_mode", "moment": "t0", "outcome": "sleep", "level": level}
    found |= {"reference": "paper", "value": 1.7, "size": size, "n": 40}
    return found | {"ci": [0.2, 3.2]}


def test_only_ways_of_asking_that_were_compared_are_named():
    analysis = {"instrument": [differing("telephone", 0.6)]}
    (section,) = questionnaire_sections(analysis, Names())
    assert section.question.endswith("asked: on paper; by telephone?")
    assert "standardised" not in section.grid.caption
    assert section.grid.lines[0].figures[1].text == "1.70"


def test_no_answer_to_a_question_is_not_that_nobody_picked_up():
    none = {"kind": "nonresponse", "moment": "t0", "outcome": "sleep", "value": 0.1}
    with translation.override("nl"):
        (section,) = questionnaire_sections({"instrument": [none]}, Names())
    assert section.grid.heads[0].startswith("Geen antwoord")


def test_a_question_of_which_all_is_hidden_has_no_row_and_is_counted():
    told = {"kind": "nonresponse", "moment": "t0", "outcome": "sleep", "value": 0.1}
    hidden = told | {"outcome": "pain", "value": None, "suppressed": "withheld"}
    (found,) = questionnaire_sections({"instrument": [told, hidden]}, Names())
    assert [one.label for one in found.grid.lines] == ["Sleep"]
    assert found.points[0].startswith("Of 1 question this is not shown")
    (found,) = questionnaire_sections({"instrument": [hidden]}, Names())
    assert found.grid is None
