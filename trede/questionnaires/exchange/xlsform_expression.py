"""An expression of an XLSForm (`${age} >= 18 and selected(${work}, 'paid')`) as a tree.

Decides only what an expression says and what comes out of it for one given answer.
Functions that Trede has no counterpart for are read, but not worked out: whoever asks
for their outcome is told which function it was.
"""

import math
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

_LONGEST = 20_000
_DEEPEST = 40
# Of comparisons and sums in one row; `and` and `or` may join as many as there are.
_MOST_IN_A_ROW = 20
_TOKEN = re.compile(
    r"""\s*(?:
      \$\{\s*(?P<ref>[^\s{}]+?)\s*\}
    | (?P<path>/[\w.-]+(?:/[\w.-]+)+)
    | (?P<number>\d+(?:\.\d*)?|\.\d+)
    | '(?P<single>[^']*)' | "(?P<double>[^"]*)"
    | (?P<word>[A-Za-z_][\w.:-]*)
    | (?P<sign><=|>=|!=|=|<|>|\(|\)|,|\+|-|\*|\.\.|\.)
    )""",
    re.VERBOSE,
)
_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
COMPARISONS = frozenset({"=", "!=", *_COMPARE})

Outcome = str | float | bool


class NotUnderstood(Exception):
    """Why this expression has no counterpart; ends a sentence."""


@dataclass(frozen=True)
class Ref:
    """The answer to a question; "." is the question itself."""

    name: str


@dataclass(frozen=True)
class Literal:
    value: str | float


@dataclass(frozen=True)
class Call:
    """A function or an operator (`and`, `=`, `selected`) with what it works on."""

    name: str
    of: tuple["Node", ...]


Node = Ref | Literal | Call


def parse(text: str) -> Node:
    if len(text) > _LONGEST:
        raise NotUnderstood(_("the expression is too long"))
    reader = _Reader(list(_tokens(text)))
    node = reader.either(0)
    if reader.left:
        raise _unreadable(text)
    return node


def asked_about(node: Node) -> frozenset[str]:
    """The names of all questions that the expression looks at."""
    if isinstance(node, Ref):
        return frozenset({node.name})
    if isinstance(node, Call):
        return frozenset[str]().union(*(asked_about(one) for one in node.of))
    return frozenset()


def terms(node: Node, joined_by: str) -> Iterator[Node]:
    """The pieces between the outermost `and`s (or `or`s)."""
    if isinstance(node, Call) and node.name == joined_by:
        for one in node.of:
            yield from terms(one, joined_by)
    else:
        yield node


def holds(node: Node, answer: str) -> bool:
    """Whether it is true when this is the answer to the question it looks at."""
    return _truth(_outcome(node, answer))


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    text = text.rstrip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            raise _unreadable(text)
        yield found.lastgroup, found[found.lastgroup]
        place = found.end()


def _unreadable(text: str) -> NotUnderstood:
    return NotUnderstood(_("“%(text)s” cannot be read") % {"text": text[:200]})


class _Reader:
    """Reads by rising strength: or, and, comparison, sum, product, one thing."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.left = tokens[::-1]

    def either(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise NotUnderstood(_("the expression is nested too deep"))
        return self._joined(("or",), lambda: self._all(depth))

    def _all(self, depth: int) -> Node:
        return self._joined(("and",), lambda: self._compared(depth))

    def _compared(self, depth: int) -> Node:
        return self._joined(tuple(COMPARISONS), lambda: self._sum(depth))

    def _sum(self, depth: int) -> Node:
        return self._joined(("+", "-"), lambda: self._product(depth))

    def _product(self, depth: int) -> Node:
        return self._joined(("*", "div", "mod"), lambda: self._one(depth))

    def _joined(self, signs: tuple[str, ...], read: Callable[[], Node]) -> Node:
        node = read()
        if signs in (("or",), ("and",)):
            return self._list(signs[0], node, read)
        joined = 0
        while (sign := self._next_is(signs)) is not None:
            node, joined = Call(sign, (node, read())), joined + 1
            if joined > _MOST_IN_A_ROW:
                raise NotUnderstood(_("the expression is nested too deep"))
        return node

    def _list(self, word: str, first: Node, read: Callable[[], Node]) -> Node:
        pieces = [first]
        while self._next_is((word,)) is not None:
            pieces.append(read())
        return Call(word, tuple(pieces)) if len(pieces) > 1 else first

    def _next_is(self, signs: tuple[str, ...]) -> str | None:
        if self.left and self.left[-1][0] in ("sign", "word"):
            written = self.left[-1][1]
            word = written.lower()
            if word in signs:
                self.left.pop()
                return word
        return None

    def _one(self, depth: int) -> Node:
        if not self.left:
            raise NotUnderstood(_("the expression stops too early"))
        kind, written = self.left.pop()
        if kind in ("ref", "path"):
            return Ref(written.rsplit("/", 1)[-1])
        if kind == "number":
            return Literal(float(written))
        if kind in ("single", "double"):
            return Literal(written)
        if kind == "word":
            return self._named(written, depth)
        return self._sign(written, depth)

    def _named(self, word: str, depth: int) -> Node:
        if self._next_is(("(",)) is None:
            # A bare word is a place in the form; in filters, often a forgotten quote.
            return Call("place", (Literal(word),))
        of: list[Node] = []
        while self._next_is((")",)) is None:
            of.append(self.either(depth + 1))
            if self._next_is((",",)) is None and self.left[-1:] != [("sign", ")")]:
                raise NotUnderstood(_("a bracket is not closed"))
        return Call(word.lower(), tuple(of))

    def _sign(self, sign: str, depth: int) -> Node:
        if sign == ".":
            return Ref(".")
        if sign == "-":
            return Call("minus", (self._one(depth + 1),))
        if sign == "(":
            node = self.either(depth + 1)
            if self._next_is((")",)) is not None:
                return node
            raise NotUnderstood(_("a bracket is not closed"))
        raise NotUnderstood(_("“%(sign)s” stands in an odd place") % {"sign": sign})


def literal(node: Node) -> str | float | None:
    """A fixed value, also one with a minus before it."""
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Call) and node.name == "minus":
        inner = literal(node.of[0])
        return -inner if isinstance(inner, float) else None
    return None


def _outcome(node: Node, answer: str) -> Outcome:
    if isinstance(node, Ref):
        return answer
    if isinstance(node, Literal):
        return node.value
    if node.name in ("and", "or"):
        truths = [holds(one, answer) for one in node.of]
        return all(truths) if node.name == "and" else any(truths)
    if node.name in COMPARISONS and len(node.of) == 2:
        left, right = (_outcome(one, answer) for one in node.of)
        return _compare(node.name, left, right)
    function = _FUNCTIONS.get((node.name, len(node.of)))
    if function is None:
        raise NotUnderstood(
            _("Trede does not work out “%(name)s”") % {"name": node.name}
        )
    return function(*(_outcome(one, answer) for one in node.of))


def _compare(sign: str, left: Outcome, right: Outcome) -> bool:
    if sign in _COMPARE:
        return _COMPARE[sign](_number(left), _number(right))
    if isinstance(left, bool) or isinstance(right, bool):
        same = _truth(left) == _truth(right)
    elif isinstance(left, float) or isinstance(right, float):
        same = _number(left) == _number(right)
    else:
        same = left == right
    return same if sign == "=" else not same


def _number(value: Outcome) -> float:
    try:
        return float(value)
    except ValueError:
        return math.nan


def _truth(value: Outcome) -> bool:
    if isinstance(value, float):
        return bool(value) and not math.isnan(value)
    return bool(value)


def _whole(value: float) -> float:
    return float(math.floor(value)) if math.isfinite(value) else math.nan


def _selected(ticked: Outcome, code: Outcome) -> bool:
    whole = isinstance(code, float) and code.is_integer()
    wanted = str(int(code)) if whole else str(code)
    return wanted in str(ticked).split()


_FUNCTIONS: Mapping[tuple[str, int], Callable[..., Outcome]] = {
    ("selected", 2): _selected,
    ("not", 1): lambda value: not _truth(value),
    ("boolean", 1): _truth,
    ("true", 0): lambda: True,
    ("false", 0): lambda: False,
    ("minus", 1): lambda value: -_number(value),
    ("number", 1): _number,
    ("string", 1): lambda value: value if isinstance(value, str) else str(value),
    ("string-length", 1): lambda value: float(len(str(value))),
    ("count-selected", 1): lambda value: float(len(str(value).split())),
    ("int", 1): lambda value: _whole(_number(value)),
}
