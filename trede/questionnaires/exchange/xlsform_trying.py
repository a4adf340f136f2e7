"""What an expression on one question asks of its answer: found by trying them all.

However roundabout it is put, an expression on one answer is true for some answers and
not for others, and these can be named. Of a number with very many values only those are
tried beside which the expression can change.
"""

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

from django.utils.translation import gettext as _

from trede.questionnaires.definition import WITH_BOUNDS, Demand, Question, Value
from trede.questionnaires.exchange.naming_answers import Piece, TooMuch, told
from trede.questionnaires.exchange.xlsform_expression import (
    COMPARISONS,
    Call,
    Literal,
    Node,
    NotUnderstood,
    holds,
)

_TRIED_ONE_BY_ONE = 10_000
_CHANGES_AT_ITS_NUMBERS = COMPARISONS | {"and", "or", "not", "true", "false", "minus"}


class NeverHolds(NotUnderstood):
    """No answer ever makes this true."""


def by_trying(
    term: Node, question: Question, codes: Mapping[str, Value]
) -> tuple[Demand, ...]:
    """By the outcome for every answer there can be, and for none."""
    outcomes: dict[Piece, bool] = {
        value: holds(term, written) for written, value in codes.items()
    }
    for one in _stretches(term, question):
        outcomes[one] = holds(term, str(one[0]))
    chosen = [value for value, true in outcomes.items() if true]
    others = [value for value, true in outcomes.items() if not true]
    also_open = holds(term, "")
    if not chosen and not also_open:
        raise NeverHolds(_("no answer ever makes it true"))
    try:
        return told(question.code, chosen, others, also_open=also_open)
    except TooMuch:
        raise NotUnderstood(_("it holds for too many separate numbers")) from None


def _stretches(term: Node, question: Question) -> Iterator[range]:
    """Numbers side by side for which the outcome must be the same."""
    if question.kind not in WITH_BOUNDS:
        return
    least, end = question.at_least or 0, (question.at_most or 0) + 1
    if end - least <= _TRIED_ONE_BY_ONE:
        yield from (range(number, number + 1) for number in range(least, end))
        return
    starts = {least, end}
    for number in _numbers_in(term):
        at = math.floor(number)
        starts |= {n for n in (at, at + 1) if least < n < end}
    yield from (range(*ends) for ends in pairwise(sorted(starts)))


def _numbers_in(node: Node) -> Iterator[float]:
    if isinstance(node, Call):
        if node.name not in _CHANGES_AT_ITS_NUMBERS:
            raise NotUnderstood(_("it calculates with too many possible numbers"))
        for one in node.of:
            yield from _numbers_in(one)
            if node.name == "minus":
                yield from (-number for number in _numbers_in(one))
    elif isinstance(node, Literal):
        try:
            yield float(node.value)
        except ValueError:
            return
