"""What a pilot's file lays down for the final report is held against what is asked."""

import pytest

from tests.pilots.files import changed, mistakes_in
from trede.pilots.reading import read_rules
from trede.pilots.writing import write_rules
from trede.questionnaires.definition import PartKind
from trede.questionnaires.shipped_files import shipped
from trede.studies.outcomes_asked import asked_by, comparable
from trede.studies.rows import items_of_question

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("right", "wrong", "at"),
    [
        (
            '"first_rise", "exit", "satisfied"',
            '"first_rise", "exti", "satisfied"',
            "final_report.outcomes[10]",
        ),
        ('covariates = ["sex"', 'covariates = ["gender"', "final_report.covariates[1]"),
        (
            'subgroups = ["sex"',
            'subgroups = ["satisfied_t0"',
            "final_report.subgroups[1]",
        ),
        (
            'items = ["solves_difficulties", "overcomes_setbacks"]',
            'items = ["solves_difficulties", "debts"]',
            "final_report.scales[2].items[2]",
        ),
    ],
)
def test_what_nobody_is_asked_is_named(right: str, wrong: str, at: str):
    named = mistakes_in(changed(right, wrong))
    assert at in [where for _line, where, _fix in named]


def test_of_a_questionnaire_of_ones_own_only_the_computing_can_tell():
    text = changed('questionnaire = "nijmegen_evaluation"', 'questionnaire = "own"')
    named = mistakes_in(
        text.replace('"first_step", "first_rise", "exit",', '"own_item",')
    )
    assert "final_report.outcomes[8]" not in [where for _line, where, _fix in named]


def test_the_plan_comes_back_from_an_exported_file():
    rules = read_rules(changed("seed = 2020", "seed = 7"))
    assert read_rules(write_rules(rules)).final_report == rules.final_report
    assert rules.final_report.seed == 7


def test_how_a_question_is_asked_says_what_kind_of_outcome_it_is():
    rules = read_rules(changed("seed = 2020", "seed = 7"))
    asked = []
    for code in ("nijmegen_intake", "nijmegen_evaluation"):
        part = shipped(code).part(PartKind.CORE)
        assert part is not None
        asked.append([i for q in part.questions for i in items_of_question(q)])
    found = comparable(asked[0], asked[1], rules)
    kinds = {
        code: found[code].type
        for code in ("satisfied", "find_paid_job", "debts", "hours_now_course")
    }
    assert kinds == {
        "satisfied": "score",
        "find_paid_job": "likert",
        "debts": "binary",
        "hours_now_course": "hours",
    }
    assert found["contact_friends"].scale == (1, 6)
    # No order in these, or asked once only.
    assert not {"financial_situation", "marital_status", "would_recommend"} & set(found)
    assert all(asked_by(item) is None for item in asked[0] if item.code == "sex")
