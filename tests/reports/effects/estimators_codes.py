"""Which codes the estimators can give, found in their own source.

Whoever adds a note, a method or a refusal to the science meets a test here that asks
for its words.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import trede.evaluation

ROOMS = Path(trede.evaluation.__file__).parent
# What stands here describes an intake or protects it, and gives no estimates.
SKIPPED = {"margins", "disclosing"}
# Functions whose first argument is the method, and whose last is that of an interval.
MAKERS = {"Estimate", "told", "share_of", "share_estimate", "told_mean", "_tested"}


@cache
def nodes() -> tuple[ast.AST, ...]:
    return tuple(
        node
        for path in sorted(ROOMS.rglob("*.py"))
        if path.parent != ROOMS and path.parent.name not in SKIPPED
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


def calls(*names: str) -> Iterator[ast.Call]:
    for node in nodes():
        if isinstance(node, ast.Call) and _name(node) in names:
            yield node


def whats() -> set[str]:
    return {code for call in calls("CannotEstimate") for code in _first(call)}


def whys() -> set[str]:
    return {
        code
        for call in calls("CannotEstimate", "Refused", "Withheld")
        for word in call.keywords
        if word.arg == "why"
        for code in _constants(word.value)
    }


def methods() -> set[str]:
    named = {code for call in calls(*MAKERS) for code in _first(call)}
    return named | {
        code
        for call in calls("replace", "Estimate", "Bounds", "hazard_ratio", "Weights")
        for word in call.keywords
        if word.arg == "method"
        for code in _constants(word.value)
    }


def intervals() -> set[str]:
    return {
        code
        for call in calls("Interval")
        for part in (
            *call.args[2:3],
            *(word.value for word in call.keywords if word.arg == "method"),
        )
        for code in _constants(part)
    }


def sizes() -> set[str]:
    return {code for call in calls("Size") for code in _first(call)}


def notes() -> set[str]:
    found: set[str] = set()
    for node in nodes():
        if isinstance(node, ast.keyword) and node.arg == "notes":
            found |= set(_constants(node.value))
        if isinstance(node, ast.Assign) and _is_notes(node):
            found |= set(_constants(node.value))
        if isinstance(node, ast.FunctionDef) and "notes" in node.name:
            found |= set(_told_by(node))
    return found


def _told_by(function: ast.FunctionDef) -> Iterator[str]:
    """The codes that a function of notes can give; a dictionary has them as keys."""
    for inner in ast.walk(function):
        if isinstance(inner, ast.Return | ast.AnnAssign) and inner.value is not None:
            yield from _constants(inner.value)
        if isinstance(inner, ast.Dict):
            for key in inner.keys:
                yield from _constants(key) if key else ()
        if isinstance(inner, ast.Call) and _name(inner) == "append":
            yield from _first(inner)


def _is_notes(node: ast.Assign) -> bool:
    names = {one.id for one in node.targets if isinstance(one, ast.Name)}
    return bool(names & {"notes", "few", "negative", "against", "crowded", "bound"})


def _name(call: ast.Call) -> str:
    called = call.func
    return called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")


def _first(call: ast.Call) -> list[str]:
    return list(_constants(call.args[0])) if call.args else []


def _constants(node: ast.expr) -> Iterator[str]:
    """The codes in an expression; a code that is put together has its own test."""
    if isinstance(node, ast.JoinedStr | ast.Compare):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    if isinstance(node, ast.Tuple):
        for one in node.elts:
            yield from _constants(one)
    if isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)
    if isinstance(node, ast.Starred):
        yield from _constants(node.value)
