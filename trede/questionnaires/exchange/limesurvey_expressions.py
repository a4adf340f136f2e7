"""LimeSurvey's relevance expressions, read into a tree of and, or, not and comparisons.

Only what decides who is asked a question is understood: comparing an answer with a
value, an answer being empty or not, and putting these together. Anything else becomes
an `Unclear` leaf, so that what is understood beside it can still be used.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DEEPEST = 60
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+(?:\.\d+)?(?![\w.]))
    | (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    | (?P<name>[A-Za-z0-9_][\w:\#\-]*(?:\.[A-Za-z]+)?)
    | (?P<sign>==|!=|<=|>=|&&|\|\||[<>!()+\-*/,=&|.?:;%^\[\]{}])
    )""",
    re.X | re.ASCII,
)
_SPELLINGS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_SPELLINGS |= {"and": "&&", "or": "||", "not": "!"}
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
# What is asked of an answer: any but these says something else than its code.
_OF_THE_CODE = frozenset({"", "NAOK", "code", "value", "valueNAOK", "valueNGAOK"})


@dataclass(frozen=True)
class Compared:
    """The answer in a variable against a value; an empty value is no answer."""

    variable: str
    sign: str
    value: str


@dataclass(frozen=True)
class Always:
    holds: bool


@dataclass(frozen=True)
class Unclear:
    text: str


@dataclass(frozen=True)
class Not:
    node: "Node"


@dataclass(frozen=True)
class Both:
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Either:
    left: "Node"
    right: "Node"


Node = Compared | Always | Unclear | Not | Both | Either


class _NotUnderstood(Exception):
    """This piece of the expression says something that has no counterpart."""


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class _Operand:
    """One side of a comparison: a variable or a value."""

    kind: str
    text: str


def read_expression(text: str) -> Node:
    text = text.strip()
    # Some versions wrapped an expression in the braces that texts need.
    if text.startswith("{") and text.endswith("}"):
        text = text[1:-1].strip()
    if not text:
        return Always(True)
    try:
        return _Parser(text, tuple(_tokens(text))).whole()
    except (_NotUnderstood, RecursionError):
        return Unclear(text)


def _tokens(text: str) -> Iterator[_Token]:
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise _NotUnderstood
        kind = found.lastgroup or ""
        word = found.group(kind)
        if kind == "name" and word.lower() in _SPELLINGS:
            kind, word = "sign", _SPELLINGS[word.lower()]
        yield _Token(kind, word, found.start(kind), found.end())
        place = found.end()


class _Parser:
    """Or binds least, then and, then not, then a comparison."""

    def __init__(self, text: str, tokens: tuple[_Token, ...]) -> None:
        self._text = text
        self._tokens = tokens
        self._place = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._either()
        if self._place < len(self._tokens):
            raise _NotUnderstood
        return node

    def _either(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _NotUnderstood
        node = self._both()
        while self._take("||"):
            node = Either(node, self._both())
        self._depth -= 1
        return node

    def _both(self) -> Node:
        node = self._negated()
        while self._take("&&"):
            node = Both(node, self._negated())
        return node

    def _negated(self) -> Node:
        turned = False
        while self._take("!"):
            turned = not turned
        node = self._piece()
        return Not(node) if turned else node

    def _piece(self) -> Node:
        """One comparison; what is not understood of it is passed over as a whole."""
        start = self._place
        try:
            return self._bracketed() if self._take("(") else self._comparison()
        except _NotUnderstood:
            self._place = start
            return self._skipped()

    def _bracketed(self) -> Node:
        node = self._either()
        if not self._take(")") or not self._at_end_of_piece():
            raise _NotUnderstood
        return node

    def _comparison(self) -> Node:
        if self._named("is_empty"):
            return self._emptiness()
        left = self._operand()
        sign = self._next_sign()
        if sign not in _TURNED:
            node = self._alone(left)
        else:
            self._place += 1
            node = _compared(left, sign, self._operand())
        if not self._at_end_of_piece():
            raise _NotUnderstood
        return node

    def _emptiness(self) -> Node:
        self._place += 1
        if not self._take("("):
            raise _NotUnderstood
        operand = self._operand()
        if operand.kind != "name" or not self._take(")") or not self._at_end_of_piece():
            raise _NotUnderstood
        return Compared(operand.text, "==", "")

    def _operand(self) -> _Operand:
        # intval(Q1) compares like Q1 itself.
        wrapped = self._named("intval") or self._named("floatval")
        if wrapped:
            self._place += 1
            if not self._take("("):
                raise _NotUnderstood
        negative = self._take("-")
        token = self._take_token()
        if wrapped and not self._take(")"):
            raise _NotUnderstood
        if token.kind == "name" and not negative:
            return _Operand("name", _variable(token.text))
        if token.kind == "number":
            return _Operand("value", f"-{token.text}" if negative else token.text)
        if token.kind == "string" and not negative:
            return _Operand("value", re.sub(r"\\(.)", r"\1", token.text[1:-1]).strip())
        raise _NotUnderstood

    def _alone(self, operand: _Operand) -> Node:
        """A variable by itself holds when there is an answer that is not 0."""
        if operand.kind == "value":
            return Always(operand.text not in ("", "0"))
        return Both(Compared(operand.text, "!=", ""), Compared(operand.text, "!=", "0"))

    def _skipped(self) -> Node:
        """On to the next and, or or closing bracket at this level."""
        first, open_brackets = self._place, 0
        while self._place < len(self._tokens):
            sign = self._next_sign()
            if open_brackets == 0 and sign in ("&&", "||", ")"):
                break
            open_brackets += (sign == "(") - (sign == ")")
            self._place += 1
        if self._place == first:
            raise _NotUnderstood
        piece = self._tokens[first : self._place]
        return Unclear(self._text[piece[0].start : piece[-1].end].strip())

    def _at_end_of_piece(self) -> bool:
        return self._next_sign() in ("&&", "||", ")", "end")

    def _next_sign(self) -> str:
        if self._place >= len(self._tokens):
            return "end"
        token = self._tokens[self._place]
        return token.text if token.kind == "sign" else ""

    def _named(self, function: str) -> bool:
        if self._place >= len(self._tokens):
            return False
        token = self._tokens[self._place]
        return token.kind == "name" and token.text.lower() == function

    def _take(self, sign: str) -> bool:
        if self._next_sign() != sign:
            return False
        self._place += 1
        return True

    def _take_token(self) -> _Token:
        if self._place >= len(self._tokens):
            raise _NotUnderstood
        self._place += 1
        return self._tokens[self._place - 1]


def _variable(name: str) -> str:
    """The name without what is asked of it; a label or a text is something else."""
    bare, _dot, asked = name.partition(".")
    if asked not in _OF_THE_CODE:
        raise _NotUnderstood
    return bare.removeprefix("INSERTANS:")


def _compared(left: _Operand, sign: str, right: _Operand) -> Node:
    if left.kind == "value" and right.kind == "name":
        left, right, sign = right, left, _TURNED[sign]
    if left.kind == "value" and right.kind == "value":
        return _of_two_values(left.text, sign, right.text)
    if right.kind == "name":
        raise _NotUnderstood
    return Compared(left.text, sign, right.text)


def _of_two_values(left: str, sign: str, right: str) -> Node:
    """1 == 1 is how an author turns a question on, 1 == 2 how he turns it off."""
    if sign not in ("==", "!="):
        raise _NotUnderstood
    return Always((left == right) is (sign == "=="))
