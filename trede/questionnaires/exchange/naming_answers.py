"""A set of answers to one question, told as conditions: by name, or within bounds.

Other software puts it in many ways; what counts is for which answers it holds, and
whether it also holds for who gave none.
"""

from collections.abc import Iterable, Iterator, Sequence

from trede.questionnaires.definition import (
    Condition,
    Demand,
    Joint,
    Test,
    Together,
    Value,
)

# Longer lists of answers, or of stretches of numbers, are no condition any more.
_MOST_VALUES = 40
_MOST_STRETCHES = 8
# One answer, or numbers side by side.
Piece = Value | range


class TooMuch(Exception):
    """More than somebody can have meant."""


def told(
    question: str, wanted: Sequence[Piece], others: Sequence[Piece], *, also_open: bool
) -> tuple[Demand, ...]:
    """What must all hold. Some answer is wanted, or none at all is (`also_open`)."""
    if not others:
        return () if also_open else (Condition(question, Test.ANSWERED),)
    if not wanted:
        return (Condition(question, Test.NOT_ANSWERED),)
    if not also_open:
        return _among(question, wanted, others)
    if (named := _named(others)) is not None:
        return (Condition(question, Test.IS_NOT, named),)
    (first, *rest) = among = _among(question, wanted, others)
    nothing = Condition(question, Test.NOT_ANSWERED)
    if isinstance(first, Together) and first.joint is Joint.ANY and not rest:
        return (Together(Joint.ANY, (nothing, *first.of)),)
    return (Together(Joint.ANY, (nothing, as_one(Joint.ALL, among))),)


def as_one(joint: Joint, demands: Sequence[Demand]) -> Demand:
    return demands[0] if len(demands) == 1 else Together(joint, tuple(demands))


def _among(
    question: str, wanted: Sequence[Piece], others: Sequence[Piece]
) -> tuple[Demand, ...]:
    stretches = _side_by_side(wanted)
    codes = tuple(one for one in wanted if isinstance(one, str))
    every = _side_by_side([*wanted, *others])
    ends = range(every[0].start, every[-1].stop) if every else range(0)
    if not codes and len(stretches) == 1 and len(stretches[0]) > 1:
        return tuple(_within(question, stretches[0], ends))
    if (named := _named(wanted)) is not None:
        return (Condition(question, Test.IS, named),)
    if len(stretches) > _MOST_STRETCHES:
        raise TooMuch
    ways: list[Demand] = [Condition(question, Test.IS, codes)] if codes else []
    for one in stretches:
        ways.append(as_one(Joint.ALL, tuple(_within(question, one, ends))))
    return (as_one(Joint.ANY, ways),)


def _within(question: str, numbers: range, ends: range) -> Iterator[Condition]:
    least, most = numbers[0], numbers[-1]
    if least > ends[0] or most == ends[-1]:
        yield Condition(question, Test.AT_LEAST, (least,))
    if most < ends[-1]:
        yield Condition(question, Test.AT_MOST, (most,))


def _named(pieces: Iterable[Piece]) -> tuple[Value, ...] | None:
    """Each by itself, while these are few."""
    values: list[Value] = []
    for one in pieces:
        if isinstance(one, range) and len(one) > _MOST_VALUES:
            return None
        values += one if isinstance(one, range) else (one,)
    return tuple(values) if len(values) <= _MOST_VALUES else None


def _side_by_side(pieces: Iterable[Piece]) -> list[range]:
    """The numbers among them, put together where they follow each other."""
    numbers = (
        range(one, one + 1) if isinstance(one, int) else one
        for one in pieces
        if not isinstance(one, str)
    )
    found: list[range] = []
    for one in sorted(numbers, key=lambda one: one.start):
        if found and found[-1].stop == one.start:
            found[-1] = range(found[-1].start, one.stop)
        else:
            found.append(one)
    return found
