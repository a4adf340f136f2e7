"""Which question comes next, which came before, and which are never asked.

A question is asked when its conditions hold for the answers given before it. An
answer that somebody gave and that no longer belongs (debts: yes, help: yes, and then
back: no debts) counts for nothing: the question has become "not asked". Conditions
look back only, so going on always ends, and going back retraces the same path.
"""

from collections.abc import Iterator, Mapping, Set
from typing import TypeGuard

from trede.questionnaires.answering import NOT_TICKED, Answer, Missing
from trede.questionnaires.definition import (
    WITH_BOUNDS,
    Condition,
    Demand,
    Joint,
    Kind,
    Part,
    Question,
    Test,
    Together,
    Value,
)

Answers = Mapping[str, Answer]
Path = tuple[Question, ...]  # that somebody is led along


def asked(part: Part, answers: Answers) -> tuple[Question, ...]:
    """The questions of the part that these answers lead to, in order."""
    return tuple(question for question, is_asked in _walk(part, answers) if is_asked)


def next_question(part: Part, path: Path, *, after: str) -> Question | None:
    """The next question on a path; none when the part is done."""
    place = part.place_of[after]
    return next((q for q in path if part.place_of[q.code] > place), None)


def previous_question(part: Part, path: Path, *, before: str) -> Question | None:
    place = part.place_of[before]
    return next((q for q in reversed(path) if part.place_of[q.code] < place), None)


def first_unanswered(part: Part, answers: Answers) -> Question | None:
    """Where to go on after a stop; none when everything asked has been answered."""
    # "Not asked" was true of an earlier path; on this one the question is open.
    given = {code for code, answer in answers.items() if is_given(answer)}
    return next((q for q in asked(part, answers) if q.code not in given), None)


def settled(part: Part, answers: Answers, *, ended: bool) -> dict[str, Answer]:
    """What counts for each question: its answer, or that it was not asked.

    Once the part has ended, a question that was on the path and has no answer counts
    as skipped.
    """
    result: dict[str, Answer] = {}
    for question, is_asked in _walk(part, answers):
        given = answers.get(question.code)
        if not is_asked:
            result[question.code] = Answer(missing=Missing.NOT_ASKED)
        elif is_given(given):
            result[question.code] = given
        elif ended:
            result[question.code] = Answer(missing=Missing.SKIPPED)
    return result


def may_be_asked(part: Part, answers: Answers) -> tuple[Question, ...]:
    """Also those whose conditions hang on questions not answered yet."""
    heard: dict[str, Answer] = {}
    ruled_out: set[str] = set()
    found = []
    for question in part.questions:
        if all(_may_hold(one, heard, ruled_out) for one in question.asked_when):
            found.append(question)
            _hear(question, answers, heard)
        else:
            ruled_out.add(question.code)
    return tuple(found)


def holds(demand: Demand, heard: Answers) -> bool:
    if isinstance(demand, Together):
        enough = any if demand.joint is Joint.ANY else all
        return enough(holds(one, heard) for one in demand.of)
    answer = heard.get(demand.question)
    value = None if answer is None else answer.value
    if value is None:
        return not demand.needs_answer
    return _passes(value, demand)


def allows(question: Question, condition: Condition) -> bool:
    """Whether the question has answers that such a condition can speak of."""
    if condition.test in (Test.ANSWERED, Test.NOT_ANSWERED):
        return True
    if condition.test in (Test.AT_LEAST, Test.AT_MOST):
        numeric = question.kind in WITH_BOUNDS or question.kind is Kind.LABELLED_SCALE
        return numeric and all(isinstance(value, int) for value in condition.values)
    return all(_is_possible(question, value) for value in condition.values)


def _walk(part: Part, answers: Answers) -> Iterator[tuple[Question, bool]]:
    heard: dict[str, Answer] = {}
    for question in part.questions:
        is_asked = all(holds(condition, heard) for condition in question.asked_when)
        if is_asked:
            _hear(question, answers, heard)
        yield question, is_asked


def _hear(question: Question, answers: Answers, heard: dict[str, Answer]) -> None:
    given = answers.get(question.code)
    if is_given(given):
        heard[question.code] = given


def is_given(answer: Answer | None) -> TypeGuard[Answer]:
    return answer is not None and answer.missing is not Missing.NOT_ASKED


def _may_hold(demand: Demand, heard: Answers, ruled_out: Set[str]) -> bool:
    """Also when it hangs on a question that is still open."""
    if isinstance(demand, Together):
        enough = any if demand.joint is Joint.ANY else all
        return enough(_may_hold(one, heard, ruled_out) for one in demand.of)
    is_open = demand.question not in heard and demand.question not in ruled_out
    return is_open or holds(demand, heard)


def _passes(value: Value, condition: Condition) -> bool:
    if condition.test in (Test.ANSWERED, Test.NOT_ANSWERED):
        return condition.test is Test.ANSWERED
    if condition.test in (Test.IS, Test.IS_NOT):
        return _among(value, condition.values) is (condition.test is Test.IS)
    (bound,) = condition.values
    if not isinstance(value, int) or not isinstance(bound, int):
        return False
    return value >= bound if condition.test is Test.AT_LEAST else value <= bound


def _among(value: Value, values: tuple[Value, ...]) -> bool:
    """A value of a multiple choice holds several codes: one of them is enough."""
    if value in values:
        return True
    return isinstance(value, str) and any(code in values for code in value.split())


def _is_possible(question: Question, value: Value) -> bool:
    if question.kind is Kind.HOURS and value == NOT_TICKED:
        return True
    if question.kind in WITH_BOUNDS and isinstance(value, int):
        return (question.at_least or 0) <= value <= (question.at_most or 0)
    return value in question.values
