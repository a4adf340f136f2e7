"""For which answers a comparison of LimeSurvey holds, "no answer" among them.

Numbers are kept as stretches between those that the expression names: within such a
stretch the outcome is the same.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from operator import eq, ge, gt, le, lt, ne

from trede.questionnaires.definition import Value
from trede.questionnaires.exchange.limesurvey_expressions import (
    Both,
    Compared,
    Either,
    Node,
    Not,
)
from trede.questionnaires.exchange.naming_answers import Piece

_TESTS: Mapping[str, Callable[[float, float], bool]] = {
    "==": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}
# One answer, a stretch of numbers that are alike, or no answer.
Answers = frozenset[Piece | None]
# Of a question answered in words only whether there is an answer can be told.
WORDS = "words"


@dataclass(frozen=True)
class Variable:
    """What a variable of the file is here: an answer to a question, or one tick of it.

    `values` are the possible answers by the codes of the file; for a tick only the one
    that was ticked. A number has `numbers`.
    """

    question: str
    values: Mapping[str, Value] = field(default_factory=dict)
    numbers: range = range(0)
    tick: bool = False
    # Only whether something stands in it can be told: words, the box beside "other".
    only_whether: bool = False

    @property
    def ticked(self) -> Value | None:
        return next(iter(self.values.values())) if self.tick else None


def in_words(question: str) -> Variable:
    return Variable(question, {WORDS: WORDS}, only_whether=True)


@dataclass
class Variables:
    """All that was asked so far, by the names that the file has for it."""

    by_name: dict[str, Variable] = field(default_factory=dict)
    # Every answer to a question, in its own order.
    values: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    numbers: dict[str, range] = field(default_factory=dict)

    def add(self, names: Iterable[str], variable: Variable) -> None:
        for name in names:
            self.by_name.setdefault(name, variable)
        known = self.values.get(variable.question, ())
        both = dict.fromkeys([*known, *variable.values.values()])
        self.values[variable.question] = tuple(both)
        if variable.numbers:
            self.numbers[variable.question] = variable.numbers


@dataclass(frozen=True)
class Possible:
    """Every answer to each question, as far as one expression tells them apart."""

    variables: Variables
    starts: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, variables: Variables, node: Node) -> "Possible":
        starts: dict[str, set[int]] = {}
        for compared in _comparisons(node):
            variable = variables.by_name.get(compared.variable)
            number = as_number(compared.value)
            if variable is not None and number is not None:
                at = math.floor(number)
                starts.setdefault(variable.question, set()).update((at, at + 1))
        return cls(variables, {code: frozenset(of) for code, of in starts.items()})

    def answers(self, question: str) -> tuple[Piece, ...]:
        return (*self.variables.values[question], *self.stretches(question))

    def stretches(self, question: str) -> Iterator[range]:
        numbers = self.variables.numbers.get(question, range(0))
        if numbers:
            inside = {n for n in self.starts.get(question, ()) if n in numbers}
            ends = sorted({numbers.start, numbers.stop, *inside})
            yield from (range(*pair) for pair in pairwise(ends))

    def every(self, variable: Variable) -> Answers:
        """Also no answer."""
        if variable.ticked is not None:
            return frozenset((variable.ticked, None))
        return frozenset((*self.answers(variable.question), None))

    def fitting(self, variable: Variable, node: Compared) -> Answers:
        codes = variable.values.items()
        found: set[Piece | None] = {
            v for c, v in codes if _holds(c, node.sign, node.value)
        }
        alike = self.stretches(variable.question) if variable.numbers else ()
        found |= {one for one in alike if _holds(str(one[0]), node.sign, node.value)}
        if _holds("", node.sign, node.value):
            # The box beside "other" is empty for who chose something else.
            own = {*variable.values.values(), *self.stretches(variable.question)}
            found |= self.every(variable) - own
        return frozenset(found)


def can_tell(variable: Variable, node: Compared) -> bool:
    if variable.only_whether and node.value:
        return False
    return bool(variable.values or variable.numbers)


def comparisons_in(node: Node) -> int:
    return sum(1 for _compared in _comparisons(node))


def _comparisons(node: Node) -> Iterator[Compared]:
    to_see = [node]
    while to_see:
        match to_see.pop():
            case Compared() as compared:
                yield compared
            case Not(inner):
                to_see.append(inner)
            case Both(left, right) | Either(left, right):
                to_see += (left, right)


def _holds(code: str, sign: str, value: str) -> bool:
    if sign in ("==", "!="):
        return (code == value or _same_number(code, value)) is (sign == "==")
    if not value or (not code and sign in (">", ">=")):
        return False
    if not code:
        # An empty answer comes before any other.
        return True
    left, right = as_number(code), as_number(value)
    return left is not None and right is not None and _TESTS[sign](left, right)


def _same_number(code: str, value: str) -> bool:
    number = as_number(code)
    return number is not None and number == as_number(value)


def as_number(text: str) -> float | None:
    try:
        number = float(text) if len(text) < 20 else None
    except ValueError:
        return None
    # "nan" and "inf" are words that somebody uses as a code.
    return number if number is not None and abs(number) < 1e15 else None
