"""When a question is asked: from `relevant` to conditions, and back again.

Trede's conditions each look at one earlier question and must all hold. An expression is
split at its outermost `and`s; each piece that looks at one question is taken over, also
when it is put in a roundabout way (`not(${a} != 'x')`), by trying every answer. What
weighs two questions against each other has no counterpart.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from trede.questionnaires.answering import NOT_TICKED
from trede.questionnaires.definition import (
    WITH_BOUNDS,
    Condition,
    Kind,
    Question,
    Test,
    Value,
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

# More separate numbers than this are no condition that somebody meant.
_MOST_VALUES = 60


class NeverHolds(NotUnderstood):
    """No answer ever makes this true."""


@dataclass(frozen=True)
class Earlier:
    """A question asked before, and what its answers are called in the file."""

    question: Question
    codes: Mapping[str, Value]

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


def conditions_of(text: str, earlier: Mapping[str, Earlier]) -> tuple[Condition, ...]:
    """What the expression asks of earlier answers; NotUnderstood says why not."""
    return tuple(
        condition
        for term in terms(parse(text), "and")
        for condition in _of_term(term, earlier)
    )


def _of_term(term: Node, earlier: Mapping[str, Earlier]) -> Iterator[Condition]:
    names = asked_about(term)
    if not names:
        if not holds(term, ""):
            raise NeverHolds(_("no answer ever makes it true"))
        return
    if len(names) > 1:
        raise NotUnderstood(
            _("it weighs several questions together: %(names)s")
            % {"names": ", ".join(sorted(names))}
        )
    (name,) = names
    if name not in earlier:
        raise NotUnderstood(
            _("it looks at “%(name)s”, which is not asked before it with fixed answers")
            % {"name": name}
        )
    about = earlier[name]
    plain = _plain(term, about)
    if plain is not None:
        yield plain
    elif about.question.kind is Kind.MULTIPLE:
        yield _of_ticks(term, about)
    else:
        yield from _by_trying(term, about)


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


def _of_ticks(term: Node, about: Earlier) -> Condition:
    """Of a multiple choice only whether something was ticked at all."""
    sign, written = _compared(term)
    every = tuple(option.value for option in about.question.options)
    if written == "" and sign in ("=", "!="):
        test = Test.IS if sign == "!=" else Test.IS_NOT
        return Condition(about.question.code, test, every)
    raise NotUnderstood(
        _("it asks for one exact set of ticks of “%(question)s”")
        % {"question": about.question.code}
    )


def _by_trying(term: Node, about: Earlier) -> Iterator[Condition]:
    """By the outcome for every answer there can be, and for none."""
    question = about.question
    answers = dict(_answers(about))
    if not answers:
        raise NotUnderstood(
            _("“%(question)s” has no fixed answers") % {"question": question.code}
        )
    outcomes = {value: holds(term, written) for written, value in answers.items()}
    without = holds(term, "")
    chosen = tuple(value for value, true in outcomes.items() if true is not without)
    if without and not chosen:
        return
    if not chosen:
        raise NeverHolds(_("no answer ever makes it true"))
    if not without and question.kind in WITH_BOUNDS:
        numbers = [value for value in chosen if isinstance(value, int)]
        if len(numbers) == len(chosen) == max(numbers) - min(numbers) + 1:
            yield from _between(question, min(numbers), max(numbers))
            return
    if len(chosen) > _MOST_VALUES:
        raise NotUnderstood(_("it holds for too many separate numbers"))
    yield Condition(question.code, Test.IS_NOT if without else Test.IS, chosen)


def _between(question: Question, least: int, most: int) -> Iterator[Condition]:
    if most < (question.at_most or 0):
        yield Condition(question.code, Test.AT_MOST, (most,))
    if least > (question.at_least or 0) or most == question.at_most:
        yield Condition(question.code, Test.AT_LEAST, (least,))


def _answers(about: Earlier) -> Iterator[tuple[str, Value]]:
    yield from about.codes.items()
    question = about.question
    if question.kind in WITH_BOUNDS:
        for number in range(question.at_least or 0, (question.at_most or 0) + 1):
            yield str(number), number


def as_relevant(
    conditions: tuple[Condition, ...], asked: Mapping[str, Question]
) -> str:
    """The expression that says the same, so that reading it gives them back."""
    return " and ".join(_term(one, asked[one.question]) for one in conditions)


def _term(condition: Condition, about: Question) -> str:
    reference = f"${{{condition.question}}}"
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
