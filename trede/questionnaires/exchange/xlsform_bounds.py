"""The bounds in the column `constraint` of an XLSForm, as far as Trede keeps them."""

from collections.abc import Iterable

from trede.questionnaires.exchange.xlsform_expression import (
    Call,
    Literal,
    Node,
    NotUnderstood,
    Ref,
    literal,
    parse,
    terms,
)

_LONGEST_TEXT = 10_000


def limits_in(text: str) -> tuple[int | None, int | None, bool]:
    """The lowest and highest number, and whether there is more that it asks."""
    least = most = None
    try:
        pieces = list(terms(parse(text), "and")) if text else []
    except NotUnderstood:
        return None, None, True
    rest = False
    for piece in pieces:
        sign, number = _about_itself(piece)
        if sign in (">=", ">"):
            limit = number + (sign == ">")
            least = limit if least is None else max(least, limit)
        elif sign in ("<=", "<"):
            limit = number - (sign == "<")
            most = limit if most is None else min(most, limit)
        else:
            rest = True
    return least, most, rest


def only_alone(codes: Iterable[str]) -> str:
    """That each of these answers goes with no other, as one writes it in an XLSForm."""
    return " and ".join(
        f"not(selected(., '{code}') and count-selected(.) > 1)" for code in codes
    )


def alone_in(text: str) -> tuple[frozenset[str], bool]:
    """The answers that go with no other, and whether there is more that it asks."""
    try:
        pieces = list(terms(parse(text), "and")) if text else []
    except NotUnderstood:
        return frozenset(), True
    found = [_alone(piece) for piece in pieces]
    return frozenset(found) - {""}, "" in found


_HOW_MANY = Call("count-selected", (Ref("."),))
_TOO_MANY = (
    Call(">", (_HOW_MANY, Literal(1.0))),
    Call(">=", (_HOW_MANY, Literal(2.0))),
)
_ONE = (
    Call("=", (_HOW_MANY, Literal(1.0))),
    Call("<=", (_HOW_MANY, Literal(1.0))),
    Call("<", (_HOW_MANY, Literal(2.0))),
)


def _alone(piece: Node) -> str:
    """`not(selected(., 'none') and count-selected(.) > 1)`, also written
    `not(selected(., 'none')) or count-selected(.) = 1`; the code of that answer."""
    if isinstance(piece, Call) and piece.name == "not":
        return _with_how_many(piece.of[0], "and", _TOO_MANY)
    if isinstance(piece, Call) and piece.name == "or":
        turned = tuple(
            one.of[0] if isinstance(one, Call) and one.name == "not" else one
            for one in piece.of
        )
        plain = any(_selected(one) for one in piece.of)
        return "" if plain else _with_how_many(Call("or", turned), "or", _ONE)
    return ""


def _with_how_many(node: Node, joint: str, how_many: tuple[Call, ...]) -> str:
    if not isinstance(node, Call) or node.name != joint or len(node.of) != 2:
        return ""
    others = [one for one in node.of if one not in how_many]
    return _selected(others[0]) if len(others) == 1 else ""


def _selected(node: Node) -> str:
    if isinstance(node, Call) and node.name == "selected" and node.of[0] == Ref("."):
        return str(literal(node.of[1]) or "")
    return ""


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _about_itself(piece: Node) -> tuple[str, int]:
    """The sign and number of `. >= 18`, also written `18 <= .`."""
    if not isinstance(piece, Call) or len(piece.of) != 2:
        return "", 0
    left, right = piece.of
    sign = piece.name
    if right == Ref("."):
        left, right, sign = right, left, _TURNED.get(sign, "")
    number = literal(right)
    if left != Ref(".") or not isinstance(number, float) or not number.is_integer():
        return "", 0
    return sign, int(number)


def most_signs_in(text: str) -> int | None:
    """How long a text may be by `string-length(.) <= 100`, and by nothing else."""
    try:
        node = parse(text)
    except NotUnderstood:
        return None
    length = Call("string-length", (Ref("."),))
    for sign, less in (("<=", 0), ("<", 1)):
        if isinstance(node, Call) and node.name == sign and node.of[0] == length:
            limit = node.of[1]
            if isinstance(limit, Literal) and isinstance(limit.value, float):
                return int(max(1, min(limit.value - less, _LONGEST_TEXT)))
    return None
