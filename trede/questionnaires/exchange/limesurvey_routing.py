"""From a relevance expression to the conditions under which a question is asked.

Every comparison becomes the set of answers for which it holds, "no answer" among them.
The whole becomes a list of demands that must all hold. A demand about one earlier
question is a condition here; any other demand is given back to be listed, and then does
not keep anybody from the question.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import eq, ge, gt, le, lt, ne

from trede.questionnaires.definition import Condition, Test, Value
from trede.questionnaires.exchange.limesurvey_expressions import (
    Always,
    Both,
    Compared,
    Either,
    Node,
    Not,
)

_MOST_DEMANDS = 200
# A longer list of answers is no longer a simple condition.
_MOST_VALUES = 40
Answers = frozenset[Value | None]
_TESTS: Mapping[str, Callable[[float, float], bool]] = {
    "==": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}
_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


@dataclass(frozen=True)
class Variable:
    """What a variable of the file is here: an answer to a question, or one tick of it.

    `values` are the possible answers by the codes of the file; for a tick only the one
    that was ticked. A number has `numbers`; a question answered in words has neither.
    """

    question: str
    values: Mapping[str, Value] = field(default_factory=dict)
    numbers: range = range(0)
    tick: bool = False
    # The box beside "other": whether something stands in it shows who ticked that.
    only_whether: bool = False

    @property
    def possible(self) -> tuple[Value, ...]:
        return tuple(dict.fromkeys([*self.values.values(), *self.numbers]))


@dataclass
class Variables:
    """All that was asked so far, by the names that the file has for it."""

    by_name: dict[str, Variable] = field(default_factory=dict)
    # Every answer to a question, in its own order.
    possible: dict[str, tuple[Value, ...]] = field(default_factory=dict)

    def add(self, names: Iterable[str], variable: Variable) -> None:
        for name in names:
            self.by_name.setdefault(name, variable)
        known = self.possible.get(variable.question, ())
        if known != variable.possible:
            both = dict.fromkeys([*known, *variable.possible])
            self.possible[variable.question] = tuple(both)


# By question and tick: for which answers it holds; one of these must.
_Key = tuple[str, Value | None]
Demand = Mapping[_Key, Answers]


@dataclass(frozen=True)
class Routed:
    """When a question is asked; `never` where nothing leads to it."""

    conditions: tuple[Condition, ...] = ()
    not_carried: tuple[str, ...] = ()
    # Also holds in the file for who gave no answer, and not here.
    answered_only: tuple[str, ...] = ()
    never: bool = False


@dataclass(frozen=True)
class _Unclear:
    text: str


class _TooLong(Exception):
    """More demands than a reader, or this program, can follow."""


def route(node: Node, variables: Variables, text: str) -> Routed:
    try:
        demands = _Demands(variables).of(node, holds=True)
    except (_TooLong, RecursionError):
        return Routed(not_carried=(text,))
    clear = _simplest([one for one in demands if not isinstance(one, _Unclear)])
    unclear = [one.text for one in demands if isinstance(one, _Unclear)]
    if any(not demand for demand in clear):
        return Routed(never=True)
    conditions: list[Condition] = []
    answered_only: list[str] = []
    for demand in _joined(clear):
        made = _conditions(demand, variables.possible)
        if made is None:
            unclear.append(text)
            continue
        conditions += made.conditions
        answered_only += made.answered_only
        if made.never:
            return made
    return Routed(
        conditions=tuple(dict.fromkeys(conditions)),
        not_carried=tuple(dict.fromkeys(unclear)),
        answered_only=tuple(dict.fromkeys(answered_only)),
    )


@dataclass(frozen=True)
class _Demands:
    variables: Variables

    def of(self, node: Node, *, holds: bool) -> list[Demand | _Unclear]:
        if isinstance(node, Not):
            return self.of(node.node, holds=not holds)
        if isinstance(node, Both | Either):
            left = self.of(node.left, holds=holds)
            right = self.of(node.right, holds=holds)
            # Not (a and b) is: not a, or not b.
            if isinstance(node, Both) is holds:
                return left + right
            return _either(left, right)
        if isinstance(node, Always):
            return [] if node.holds is holds else [{}]
        if isinstance(node, Compared):
            return [self._compared(node, holds=holds)]
        return [_Unclear(node.text)]

    def _compared(self, node: Compared, *, holds: bool) -> Demand | _Unclear:
        variable = self.variables.by_name.get(node.variable)
        if variable is None or not _can_tell(variable, node):
            sign = node.sign if holds else _OPPOSITE[node.sign]
            return _Unclear(f"{node.variable} {sign} “{node.value}”")
        fitting = frozenset(_fitting(variable, node))
        key = (variable.question, _tick_of(variable))
        if holds:
            return {key: fitting}
        return {key: frozenset((*variable.possible, None)) - fitting}


def _can_tell(variable: Variable, node: Compared) -> bool:
    if variable.only_whether and node.value:
        return False
    return bool(variable.values or variable.numbers)


def _tick_of(variable: Variable) -> Value | None:
    return next(iter(variable.values.values())) if variable.tick else None


def _fitting(variable: Variable, node: Compared) -> Iterator[Value | None]:
    for code, value in variable.values.items():
        if _holds(code, node.sign, node.value):
            yield value
    bound = _number(node.value)
    if bound is not None:
        test = _TESTS[node.sign]
        yield from (number for number in variable.numbers if test(number, bound))
    elif node.sign == "!=":
        yield from variable.numbers
    if _holds("", node.sign, node.value):
        yield None


def _holds(code: str, sign: str, value: str) -> bool:
    if sign in ("==", "!="):
        return (code == value or _same_number(code, value)) is (sign == "==")
    if not value or (not code and sign in (">", ">=")):
        return False
    if not code:
        # An empty answer comes before any other.
        return True
    left, right = _number(code), _number(value)
    return left is not None and right is not None and _TESTS[sign](left, right)


def _same_number(code: str, value: str) -> bool:
    number = _number(code)
    return number is not None and number == _number(value)


def _number(text: str) -> float | None:
    try:
        number = float(text) if len(text) < 20 else None
    except ValueError:
        return None
    # "nan" and "inf" are words that somebody uses as a code.
    return number if number is not None and abs(number) < 1e15 else None


def _either(
    left: list[Demand | _Unclear], right: list[Demand | _Unclear]
) -> list[Demand | _Unclear]:
    """(a and b) or c is: a or c, and b or c."""
    if len(left) * len(right) > _MOST_DEMANDS:
        raise _TooLong
    return [_one_of(a, b) for a in left for b in right]


def _one_of(a: Demand | _Unclear, b: Demand | _Unclear) -> Demand | _Unclear:
    if isinstance(a, _Unclear) or isinstance(b, _Unclear):
        # Whether it holds can only be told from all of it.
        texts = [
            one.text if isinstance(one, _Unclear) else _said(one) for one in (a, b)
        ]
        return _Unclear(" or ".join(text for text in texts if text))
    return {
        key: a.get(key, frozenset()) | b.get(key, frozenset()) for key in {**a, **b}
    }


def _said(demand: Demand) -> str:
    return " or ".join(
        f"{question} in ({', '.join(sorted(str(one) for one in values))})"
        for (question, _tick), values in demand.items()
    )


def _simplest(demands: list[Demand]) -> list[Demand]:
    """Without a demand that another one already makes."""
    kept: list[Demand] = []
    for demand in sorted(demands, key=len):
        if not any(_implies(stricter, demand) for stricter in kept):
            kept.append(demand)
    return kept


def _implies(stricter: Demand, demand: Demand) -> bool:
    return all(
        key in demand and values <= demand[key] for key, values in stricter.items()
    )


def _joined(demands: list[Demand]) -> list[Demand]:
    """All demands about one and the same question as one."""
    alone: dict[_Key, Answers] = {}
    others = []
    for demand in demands:
        if len(demand) > 1:
            others.append(demand)
            continue
        ((key, values),) = demand.items()
        alone[key] = values if key not in alone else alone[key] & values
    return [{key: values} for key, values in alone.items()] + others


def _conditions(
    demand: Demand, possible: Mapping[str, tuple[Value, ...]]
) -> Routed | None:
    if len(demand) == 1:
        (((question, tick), values),) = demand.items()
        if tick is not None:
            return _ticked(question, tick, values)
        return _answered(question, values, possible[question])
    return _one_ticked(demand, possible)


def _ticked(question: str, tick: Value, values: Answers) -> Routed:
    if values == {tick}:
        return Routed((Condition(question, Test.IS, (tick,)),))
    if values == {None}:
        return Routed((Condition(question, Test.IS_NOT, (tick,)),))
    return Routed(never=not values)


def _one_ticked(
    demand: Demand, possible: Mapping[str, tuple[Value, ...]]
) -> Routed | None:
    """One of several ticks of the same question."""
    questions = {question for question, _tick in demand}
    if len(questions) > 1 or any(
        tick is None or values != {tick} for (_q, tick), values in demand.items()
    ):
        return None
    question = questions.pop()
    ticks = tuple(one for one in possible[question] if (question, one) in demand)
    return Routed((Condition(question, Test.IS, ticks),))


def _answered(
    question: str, values: Answers, possible: tuple[Value, ...]
) -> Routed | None:
    wanted = tuple(value for value in possible if value in values)
    unwanted = tuple(value for value in possible if value not in values)
    if None in values:
        if not unwanted:
            return Routed()
        if len(unwanted) <= _MOST_VALUES:
            return Routed((Condition(question, Test.IS_NOT, unwanted),))
    if not wanted:
        return None if None in values else Routed(never=True)
    made = _among(question, wanted, possible)
    if made is None or None not in values:
        return None if made is None else Routed(made)
    return Routed(made, answered_only=(question,))


def _among(
    question: str, wanted: tuple[Value, ...], possible: tuple[Value, ...]
) -> tuple[Condition, ...] | None:
    """An answer is asked for: from a list, or within bounds."""
    numbers = sorted(value for value in wanted if isinstance(value, int))
    if len(numbers) > 1 and len(wanted) == numbers[-1] - numbers[0] + 1 == len(numbers):
        least, most = numbers[0], numbers[-1]
        ends = [value for value in possible if isinstance(value, int)]
        bounds = []
        if least > min(ends) or most == max(ends):
            bounds.append(Condition(question, Test.AT_LEAST, (least,)))
        if most < max(ends):
            bounds.append(Condition(question, Test.AT_MOST, (most,)))
        return tuple(bounds)
    if len(wanted) <= _MOST_VALUES:
        return (Condition(question, Test.IS, wanted),)
    unwanted = tuple(value for value in possible if value not in set(wanted))
    if len(unwanted) <= _MOST_VALUES and numbers:
        any_answer = Condition(question, Test.AT_LEAST, (numbers[0],))
        return (any_answer, Condition(question, Test.IS_NOT, unwanted))
    return None
