"""When a question is asked: from `relevant` to conditions, and back again.

Each of Trede's conditions looks at one earlier question; all must hold, or one of
several. An expression is split at its `and`s and `or`s; each piece that looks at one
question is taken over, also when it is put in a roundabout way (`not(${a} != 'x')`), by
trying every answer. What weighs two answers against each other has no counterpart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trede.questionnaires.answering import NOT_TICKED
from trede.questionnaires.composing import DEEPEST
from trede.questionnaires.definition import (
    WITH_BOUNDS,
    Condition,
    Demand,
    Joint,
    Kind,
    Question,
    Test,
    Together,
    Value,
    layers,
)
from trede.questionnaires.exchange.xlsform_expression import (
    Call,
    Node,
    NotUnderstood,
    Ref,
    asked_about,
    holds,
    literal,
    parse,
    terms,
)
from trede.questionnaires.exchange.xlsform_trying import NeverHolds, by_trying


@dataclass(frozen=True)
class Earlier:
    """A question asked before, and what its answers are called in the file."""

    question: Question
    codes: Mapping[str, Value]

    @property
    def can_be_tried(self) -> bool:
        """Whether each of its answers can be named."""
        kind = self.question.kind
        return kind in WITH_BOUNDS or (bool(self.codes) and kind is not Kind.MULTIPLE)

    def value(self, written: str | float) -> Value:
        """The answer that is meant; a file says 3, '3' or 'yes'."""
        if isinstance(written, float):
            written = str(int(written)) if written.is_integer() else str(written)
        if written in self.codes:
            return self.codes[written]
        question = self.question
        if question.kind is Kind.HOURS and written == NOT_TICKED:
            return written
        if question.kind in WITH_BOUNDS and written.lstrip("-").isdecimal():
            number = int(written)
            if (question.at_least or 0) <= number <= (question.at_most or 0):
                return number
        raise NotUnderstood(
            _("“%(answer)s” is not an answer of “%(question)s”")
            % {"answer": written, "question": question.code}
        )


def demands_of(text: str, earlier: Mapping[str, Earlier]) -> tuple[Demand, ...]:
    """What the expression asks of earlier answers; NotUnderstood says why not."""
    demanded = tuple(
        demand
        for term in terms(parse(text), "and")
        for demand in _of_term(term, earlier)
    )
    if layers(demanded) > DEEPEST:
        raise NotUnderstood(_("the expression is nested too deep"))
    return demanded


def _of_term(term: Node, earlier: Mapping[str, Earlier]) -> tuple[Demand, ...]:
    """What must all hold; nothing where it is always true."""
    names = asked_about(term)
    if not names:
        if not holds(term, ""):
            raise NeverHolds(_("no answer ever makes it true"))
        return ()
    if len(names) > 1:
        return _of_several(term, earlier, true=True)
    (name,) = names
    if name not in earlier:
        raise NotUnderstood(
            _("it looks at “%(name)s”, which is not asked before it") % {"name": name}
        )
    about = earlier[name]
    whether = _whether(term, about)
    plain = whether or _plain(term, about)
    if plain is not None:
        return (plain,)
    if about.can_be_tried:
        return by_trying(term, about.question, about.codes)
    if isinstance(term, Call) and term.name in ("and", "or", "not"):
        return _of_several(term, earlier, true=True)
    return _of_ticks(term, about)


def _of_several(
    term: Node, earlier: Mapping[str, Earlier], *, true: bool
) -> tuple[Demand, ...]:
    """Whether it is to be true or not: then “or” becomes “and”."""
    if isinstance(term, Call) and term.name == "not" and len(term.of) == 1:
        return _of_several(term.of[0], earlier, true=not true)
    if not isinstance(term, Call) or term.name not in ("and", "or"):
        raise NotUnderstood(
            _("it weighs several questions against each other: %(names)s")
            % {"names": ", ".join(sorted(asked_about(term)))}
        )
    pieces = [
        one if true else Call("not", (one,)) for one in _by_question(term, earlier)
    ]
    if (term.name == "and") is true:
        return tuple(one for piece in pieces for one in _of_term(piece, earlier))
    return _one_of(pieces, earlier)


def _one_of(pieces: list[Node], earlier: Mapping[str, Earlier]) -> tuple[Demand, ...]:
    ways: list[Demand] = []
    for piece in pieces:
        try:
            demanded = _of_term(piece, earlier)
        except NeverHolds:
            continue
        if not demanded:
            return ()
        whole = demanded[0] if len(demanded) == 1 else Together(Joint.ALL, demanded)
        ways.append(whole)
    if not ways:
        raise NeverHolds(_("no answer ever makes it true"))
    return (ways[0] if len(ways) == 1 else Together(Joint.ANY, tuple(ways)),)


def _by_question(term: Call, earlier: Mapping[str, Earlier]) -> list[Node]:
    """The pieces of an “and” or “or”, those on the same question as one."""
    found: dict[object, list[Node]] = {}
    for place, piece in enumerate(terms(term, term.name)):
        (name, *more) = sorted(asked_about(piece)) or [""]
        as_one = not more and name in earlier and earlier[name].can_be_tried
        found.setdefault(name if as_one else place, []).append(piece)
    return [
        ones[0] if len(ones) == 1 else Call(term.name, tuple(ones))
        for ones in found.values()
    ]


# How many signs or ticks there are, or what stands there.
_ANSWERED = {("!=", ""), (">", 0.0), ("!=", 0.0), (">=", 1.0)}
_NOT_ANSWERED = {("=", ""), ("=", 0.0), ("<", 1.0), ("<=", 0.0)}
_COUNTING = frozenset({"string-length", "count-selected"})


def _whether(term: Node, about: Earlier) -> Condition | None:
    """Whether there is any answer: `${a} != ''`, `string-length(${a}) > 0`."""
    if isinstance(term, Call) and term.name == "not" and len(term.of) == 1:
        inside = _whether(term.of[0], about)
        return inside and _opposite(inside)
    compared = _counted(term)
    if compared is None:
        compared = _compared(term)
        if compared[1] != "":
            return None
    if compared in _ANSWERED:
        return Condition(about.question.code, Test.ANSWERED)
    if compared in _NOT_ANSWERED:
        return Condition(about.question.code, Test.NOT_ANSWERED)
    return None


def _opposite(whether: Condition) -> Condition:
    test = Test.NOT_ANSWERED if whether.needs_answer else Test.ANSWERED
    return Condition(whether.question, test)


def _counted(term: Node) -> tuple[str, str | float | None] | None:
    if not isinstance(term, Call) or len(term.of) != 2:
        return None
    left, right = term.of
    counts = isinstance(left, Call) and left.name in _COUNTING
    return (term.name, literal(right)) if counts else None


def _plain(term: Node, about: Earlier) -> Condition | None:
    """A condition that stands there as Trede itself would write it."""
    code = about.question.code
    if isinstance(term, Call) and term.name == "not" and len(term.of) == 1:
        values = _named_values(term.of[0], about)
        return (values and Condition(code, Test.IS_NOT, values)) or None
    if values := _named_values(term, about):
        return Condition(code, Test.IS, values)
    sign, written = _compared(term)
    if sign == "!=" and written is not None and written != "":
        if about.question.kind is Kind.MULTIPLE:
            return None
        return Condition(code, Test.IS_NOT, (about.value(written),))
    return _bound(sign, written, about)


def _named_values(term: Node, about: Earlier) -> tuple[Value, ...]:
    """The answers in `a = 'x' or a = 'y'`; none when it says something else."""
    values: list[Value] = []
    for one in terms(term, "or"):
        sign, written = _compared(one)
        ticks = about.question.kind is Kind.MULTIPLE and sign == "="
        if sign not in ("=", "selected") or ticks or written is None or written == "":
            return ()
        values.append(about.value(written))
    return tuple(values)


def _bound(sign: str, written: str | float | None, about: Earlier) -> Condition | None:
    question = about.question
    on_scale = question.kind in WITH_BOUNDS or question.kind is Kind.LABELLED_SCALE
    try:
        number = float(written) if written is not None else None
    except ValueError:
        number = None
    if number is None or not on_scale or not number.is_integer():
        return None
    limit = int(number)
    tests = {
        ">=": (Test.AT_LEAST, limit),
        ">": (Test.AT_LEAST, limit + 1),
        "<=": (Test.AT_MOST, limit),
        "<": (Test.AT_MOST, limit - 1),
    }
    if sign not in tests:
        return None
    test, limit = tests[sign]
    return Condition(question.code, test, (limit,))


_TURNED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _compared(term: Node) -> tuple[str, str | float | None]:
    """The sign and the fixed value of `${a} >= 3`, also when written `3 <= ${a}`."""
    if not isinstance(term, Call) or len(term.of) != 2:
        return "", None
    left, right = term.of
    if isinstance(left, Ref) and (term.name == "selected" or term.name in _TURNED):
        return term.name, literal(right)
    if isinstance(right, Ref) and term.name in _TURNED:
        return _TURNED[term.name], literal(left)
    return "", None


def _of_ticks(term: Node, about: Earlier) -> tuple[Condition, ...]:
    """Of a multiple choice one exact set of ticks, where it is a set of one."""
    sign, written = _compared(term)
    code = about.question.code
    if not about.codes:
        raise NotUnderstood(
            _("“%(question)s” has no fixed answers") % {"question": code}
        )
    ticked = about.codes.get(str(written))
    if sign != "=" or ticked is None:
        raise NotUnderstood(
            _("it asks for one exact set of ticks of “%(question)s”")
            % {"question": code}
        )
    others = tuple(one.value for one in about.question.options if one.value != ticked)
    only = Condition(code, Test.IS, (ticked,))
    return (only, Condition(code, Test.IS_NOT, others)) if others else (only,)


def as_relevant(demands: Iterable[Demand], asked: Mapping[str, Question]) -> str:
    """The expression that says the same."""
    return " and ".join(_term(one, asked) for one in demands)


def _term(demand: Demand, asked: Mapping[str, Question]) -> str:
    if isinstance(demand, Together):
        joint = " or " if demand.joint is Joint.ANY else " and "
        return f"({joint.join(_term(one, asked) for one in demand.of)})"
    return _comparison(demand, asked[demand.question])


def _comparison(condition: Condition, about: Question) -> str:
    reference = f"${{{condition.question}}}"
    if condition.test in (Test.ANSWERED, Test.NOT_ANSWERED):
        return f"{reference} {'!=' if condition.needs_answer else '='} ''"
    if condition.test is Test.AT_LEAST:
        return f"{reference} >= {condition.values[0]}"
    if condition.test is Test.AT_MOST:
        return f"{reference} <= {condition.values[0]}"
    ticks = about.kind is Kind.MULTIPLE
    named = [
        f"selected({reference}, '{value}')"
        if ticks
        else f"{reference} = {_written(value)}"
        for value in condition.values
    ]
    among = " or ".join(named)
    if condition.test is Test.IS_NOT:
        return f"not({among})"
    return f"({among})" if len(named) > 1 else among


def _written(value: Value) -> str:
    return str(value) if isinstance(value, int) else f"'{value}'"
