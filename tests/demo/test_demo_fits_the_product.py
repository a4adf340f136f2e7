"""What the demo draws passes the doors through which it will have to go."""

import tomllib
from collections.abc import Mapping
from datetime import date

import pytest

from trede.demo.answers import draw_intake
from trede.demo.evaluating import simulate_evaluation
from trede.demo.listing import as_csv
from trede.demo.margins import FOLDER, Answer
from trede.demo.people import LIST_DATE, draw_people
from trede.inflow.criteria import CriterionRule
from trede.inflow.reading.check import check_list
from trede.questionnaires.answering import Unclear, read_answer
from trede.questionnaires.definition import Kind, Question
from trede.questionnaires.reading import read_file

TREDE = FOLDER.parent


def submitted(question: Question, answer: Answer) -> dict[str, list[str]]:
    """The answer as the fields of the form on the screen."""
    if answer.missing:
        return {"missing": [answer.missing.value]}
    if question.kind is Kind.HOURS and answer.value != "not":
        return {"value": ["yes"], "hours": [str(answer.value)]}
    return {"value": [str(answer.value)]}


@pytest.mark.parametrize("name", ["nijmegen_intake", "nijmegen_evaluation"])
def test_every_answer_is_one_that_the_questionnaire_accepts(name: str) -> None:
    questionnaire = read_file(TREDE / "questionnaires" / "shipped" / f"{name}.toml")
    (core,) = [part for part in questionnaire.parts if part.by_person]
    intake = draw_intake(1)
    drawn: list[Mapping[str, Answer]] = [
        person.answers
        for person in (
            intake if name == "nijmegen_intake" else simulate_evaluation(intake, 1)
        )
    ]
    assert {question.code for question in core.questions} == set(drawn[0])
    for answers in drawn:
        for question in core.questions:
            answer = answers[question.code]
            if answer.missing == "not_asked":
                assert question.asked_when, question.code
                continue
            read = read_answer(
                question, submitted(question, answer), on=date(2020, 9, 1)
            )
            assert not isinstance(read, Unclear), (question.code, answer, read)
            # Options of a scale are kept as text or as a number; they say the same.
            assert str(read.value) == str(answer.value), question.code
            assert str(read.missing) == str(answer.missing), question.code


@pytest.mark.parametrize("seed", [1, 2])
def test_the_list_is_read_without_a_rejected_row(seed: int) -> None:
    people = draw_people(seed, draw_intake(seed))
    pilot = tomllib.loads(
        (TREDE / "pilots" / "approaches" / "nijmegen.toml").read_text("utf-8")
    )
    rules = [
        CriterionRule(
            entry["code"],
            entry["kind"],
            {
                name: tuple(value) if isinstance(value, list) else value
                for name, value in entry.get("params", {}).items()
            },
        )
        for entry in pilot["criteria"]
        if entry["judged"] == "list"
    ]
    found = check_list(as_csv(people), "doelgroep.csv", rules, LIST_DATE).as_json()
    assert (found["rows"], found["accepted"], found["duplicates"]) == (529, 529, 0)
    assert found["rejected"] == []
    for code, outcomes in found["by_criterion"].items():
        assert all(outcomes[kind] > 0 for kind in ("met", "not_met", "unknown")), code
        assert sum(outcomes.values()) == 529
    assert found["eligible"] > 150
