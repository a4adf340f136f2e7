"""A reader finds any rule in a minute: files, functions and views stay small."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = [
    path for path in (ROOT / "trede").rglob("*.py") if "migrations" not in path.parts
]
TESTS = list((ROOT / "tests").rglob("*.py"))
SHAPELESS = {
    "utils", "helpers", "common", "services", "selectors", "misc", "manager", "managers"
}  # fmt: skip
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Measured:
    path: Path
    name: str
    length: int
    imports_of_ours: tuple[int, ...]  # on which lines


@cache
def functions() -> list[Measured]:
    """Of the product. Each file is read once, and nothing of its tree is kept."""
    return [
        Measured(path, node.name, length(node), tuple(imports_of_ours(node)))
        for path in PRODUCT
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, Function)
    ]


def length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def imports_of_ours(function: Function) -> Iterator[int]:
    for node in ast.walk(function):
        if isinstance(node, ast.ImportFrom) and (
            node.level or (node.module or "").split(".")[0] == "trede"
        ):
            yield node.lineno


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_no_product_file_is_longer_than_400_lines():
    long = [named(path) for path in PRODUCT if lines(path) > 400]
    assert long == []


def test_no_test_file_is_longer_than_600_lines():
    assert [named(path) for path in TESTS if lines(path) > 600] == []


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_function_is_longer_than_60_lines():
    long = [f"{named(one.path)}:{one.name}" for one in functions() if one.length > 60]
    assert long == []


def test_functions_are_ten_lines_or_less_in_the_median():
    assert median(one.length for one in functions()) <= 10


def test_no_view_is_longer_than_25_lines():
    long = [
        f"{named(one.path)}:{one.name}"
        for one in functions()
        if one.path.name == "views.py" or one.path.parent.name == "views"
        if one.length > 25
    ]
    assert long == []


@pytest.mark.parametrize("name", sorted(SHAPELESS))
def test_no_module_has_a_name_that_says_nothing(name: str):
    assert [
        named(path) for path in PRODUCT if name in (path.stem, path.parent.name)
    ] == []


def test_our_own_code_is_imported_at_the_top_of_a_module():
    hidden = [
        f"{named(one.path)}:{line}"
        for one in functions()
        for line in one.imports_of_ours
    ]
    assert hidden == []
