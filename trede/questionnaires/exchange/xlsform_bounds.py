"""The bounds in the column `constraint` of an XLSForm, as far as Trede keeps them."""

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
