"""Which questions some answers lead to, and which nobody can ever be asked.

What a question needs is collected along the chain of questions before it and tried
question by question; of alternatives one after the other. Where somebody piled up more
alternatives than can be tried, the question counts as one that can be asked: to ask
once too often can be put right.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from trede.questionnaires.answering import NOT_TICKED, Answer
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
from trede.questionnaires.routing import holds

_MOST_TRIES = 5_000
Conditions = tuple[Condition, ...]  # on one question
# Whether some answer to a question satisfies all of these conditions.
Tried = dict[tuple[int, ...], bool]


def unreachable(part: Part) -> tuple[str, ...]:
    """Questions that no answers lead to."""
    tried: Tried = {}
    return tuple(
        question.code
        for question in part.questions
        if not _can_be_asked(part, question, tried)
    )


def without(demands: Iterable[Demand], gone: Set[str]) -> tuple[Demand, ...]:
    """What is still demanded where some questions are never asked, and no demand hangs
    on an answer to these."""
    left = (_where_gone(one, gone) for one in demands)
    return tuple(one for one in left if not isinstance(one, bool))


def _where_gone(demand: Demand, gone: Set[str]) -> Demand | bool:
    if isinstance(demand, Condition):
        return not demand.needs_answer if demand.question in gone else demand
    enough = demand.joint is Joint.ANY
    left = [_where_gone(one, gone) for one in demand.of]
    if any(one is enough for one in left):
        return enough
    kept = tuple(one for one in left if not isinstance(one, bool))
    if len(kept) < 2:
        return kept[0] if kept else not enough
    return Together(demand.joint, kept)


@dataclass
class _Way:
    """What is still demanded, and what has been so far of each question."""

    demanded: list[Demand]
    needed: dict[str, Conditions]

    def with_also(self, demand: Demand) -> "_Way":
        return _Way([*self.demanded, demand], dict(self.needed))


def _can_be_asked(part: Part, question: Question, tried: Tried) -> bool:
    ways = [_Way(list(question.asked_when), {})]
    for _try in range(_MOST_TRIES):
        if not ways:
            return False
        way = ways.pop()
        fork = _follow(part, way, tried)
        if fork is None:
            return True
        ways += (way.with_also(one) for one in reversed(fork.of))
    return True


def _follow(part: Part, way: _Way, tried: Tried) -> Together | None:
    """As far as there is one way only; none when the end was reached. Where nothing
    can satisfy what is demanded there is nowhere to go: a fork of no ways."""
    while way.demanded:
        demand = way.demanded.pop()
        if isinstance(demand, Together):
            if demand.joint is Joint.ANY:
                return demand
            way.demanded += demand.of
        elif not _takes(part, way, demand, tried):
            return _NOWHERE
    return None


_NOWHERE = Together(Joint.ANY, ())


def _takes(part: Part, way: _Way, condition: Condition, tried: Tried) -> bool:
    about = part.question_by_code[condition.question]
    before = way.needed.get(about.code, ())
    if condition in before:
        return True
    conditions = way.needed[about.code] = (*before, condition)
    # A test that needs an answer needs the question itself to be asked.
    if condition.needs_answer and not any(one.needs_answer for one in before):
        way.demanded += about.asked_when
    # In a long chain every question needs what the ones before it need.
    key = tuple(map(id, conditions))
    if key not in tried:
        tried[key] = _satisfiable(about, conditions)
    return tried[key]


def _satisfiable(question: Question, conditions: Conditions) -> bool:
    """Who answers nothing satisfies whatever needs no answer."""
    if not any(condition.needs_answer for condition in conditions):
        return True
    return any(
        all(
            holds(condition, {question.code: Answer(value=value)})
            for condition in conditions
        )
        for value in _candidates(question, conditions)
    )


def _candidates(question: Question, conditions: Conditions) -> Iterator[Value]:
    """Every answer worth trying; of a multiple choice, as many ticks as allowed."""
    if question.kind is Kind.MULTIPLE:
        barred = {
            value
            for condition in conditions
            if condition.test is Test.IS_NOT
            for value in condition.values
        }
        if allowed := question.values - barred:
            yield " ".join(sorted(map(str, allowed)))
    elif question.kind in WITH_BOUNDS:
        if question.kind is Kind.HOURS:
            yield NOT_TICKED
        yield from _telling_numbers(question, conditions)
    elif question.options:
        yield from question.values
    else:
        yield "something"


def _telling_numbers(question: Question, conditions: Conditions) -> Iterator[int]:
    """The ends, and the numbers on and beside what is said of them: between these
    no condition begins or ceases to hold."""
    least, most = question.at_least or 0, question.at_most or 0
    said = {v for one in conditions for v in one.values if isinstance(v, int)}
    near = {number + step for number in said for step in (-1, 0, 1)}
    yield from sorted({least, most} | {n for n in near if least <= n <= most})
