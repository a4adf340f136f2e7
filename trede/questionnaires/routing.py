"""Which question comes next, which came before, and which are never asked.

A question is asked when all its conditions hold for the answers given before it. An
answer that somebody gave and that no longer belongs (debts: yes, help: yes, and then
back: no debts) counts for nothing: the question has become "not asked". Conditions
look back only, so going on always ends, and going back retraces the same path.
"""

from collections.abc import Iterator, Mapping
from typing import TypeGuard

from trede.questionnaires.answering import NOT_TICKED, Answer, Missing
from trede.questionnaires.definition import (
    WITH_BOUNDS,
    Condition,
    Kind,
    Part,
    Question,
    Test,
    Value,
)

Answers = Mapping[str, Answer]
Path = tuple[Question, ...]  # that somebody is led along
# Whether some answer to a question satisfies all of these conditions.
Tried = dict[tuple[int, ...], bool]


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
    given = {code for code, answer in answers.items() if _is_given(answer)}
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
        elif _is_given(given):
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
        if all(
            (one.question not in heard and one.question not in ruled_out)
            or holds(one, heard)
            for one in question.asked_when
        ):
            found.append(question)
            _hear(question, answers, heard)
        else:
            ruled_out.add(question.code)
    return tuple(found)


def unreachable(part: Part) -> tuple[str, ...]:
    """Questions that no answers lead to.

    All conditions must hold together, so what they need can be collected along the
    chain and tried question by question. An `is_not` alone needs nothing: an open
    answer satisfies it.
    """
    tried: Tried = {}
    return tuple(
        question.code
        for question in part.questions
        if not _can_be_asked(part, question, tried)
    )


def holds(condition: Condition, heard: Answers) -> bool:
    answer = heard.get(condition.question)
    value = None if answer is None else answer.value
    if condition.test is Test.IS_NOT:
        return value is None or not _among(value, condition.values)
    return value is not None and _passes(value, condition)


def allows(question: Question, condition: Condition) -> bool:
    """Whether the question has answers that such a condition can speak of."""
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
    if _is_given(given):
        heard[question.code] = given


def _is_given(answer: Answer | None) -> TypeGuard[Answer]:
    return answer is not None and answer.missing is not Missing.NOT_ASKED


def _passes(value: Value, condition: Condition) -> bool:
    if condition.test is Test.IS:
        return _among(value, condition.values)
    (bound,) = condition.values
    if not isinstance(value, int) or not isinstance(bound, int):
        return False
    return value >= bound if condition.test is Test.AT_LEAST else value <= bound


def _among(value: Value, values: tuple[Value, ...]) -> bool:
    """A value of a multiple choice holds several codes: one of them is enough."""
    if value in values:
        return True
    return isinstance(value, str) and any(code in values for code in value.split())


def _can_be_asked(part: Part, question: Question, tried: Tried) -> bool:
    needed: dict[str, list[Condition]] = {}
    to_follow = [question]
    followed: set[str] = set()
    while to_follow:
        current = to_follow.pop()
        if current.code in followed:
            continue
        followed.add(current.code)
        for condition in current.asked_when:
            needed.setdefault(condition.question, []).append(condition)
            # A test that needs an answer needs the question itself to be asked.
            if condition.test is not Test.IS_NOT:
                to_follow.append(part.question_by_code[condition.question])
    for code, conditions in needed.items():
        # In a long chain every question needs what the ones before it need.
        key = tuple(map(id, conditions))
        if key not in tried:
            tried[key] = _satisfiable(part.question_by_code[code], conditions)
        if not tried[key]:
            return False
    return True


def _satisfiable(question: Question, conditions: list[Condition]) -> bool:
    if all(condition.test is Test.IS_NOT for condition in conditions):
        return True
    return any(
        all(
            holds(condition, {question.code: Answer(value=value)})
            for condition in conditions
        )
        for value in _candidates(question, conditions)
    )


def _candidates(question: Question, conditions: list[Condition]) -> Iterator[Value]:
    """Every answer worth trying; of a multiple choice, as many ticks as allowed."""
    if question.kind is Kind.MULTIPLE:
        barred = {
            value
            for condition in conditions
            if condition.test is Test.IS_NOT
            for value in condition.values
        }
        yield " ".join(str(v) for v in sorted(map(str, question.values - barred)))
    elif question.kind in WITH_BOUNDS:
        if question.kind is Kind.HOURS:
            yield NOT_TICKED
        yield from _telling_numbers(question, conditions)
    else:
        yield from question.values


def _telling_numbers(question: Question, conditions: list[Condition]) -> Iterator[int]:
    """The ends, and the numbers on and beside what is said of them: between these
    no condition begins or ceases to hold."""
    least, most = question.at_least or 0, question.at_most or 0
    said = {v for one in conditions for v in one.values if isinstance(v, int)}
    near = {number + step for number in said for step in (-1, 0, 1)}
    yield from sorted({least, most} | {n for n in near if least <= n <= most})


def _is_possible(question: Question, value: Value) -> bool:
    if question.kind is Kind.HOURS and value == NOT_TICKED:
        return True
    if question.kind in WITH_BOUNDS and isinstance(value, int):
        return (question.at_least or 0) <= value <= (question.at_most or 0)
    return value in question.values
