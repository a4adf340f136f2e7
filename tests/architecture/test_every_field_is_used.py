"""No field that nobody uses: what a coach is asked to fill in is read again somewhere.

Read is: taken from a row by a rule, a list or an export, asked of the database, or told
on a page. Not read are the model itself, its migration, the form that fills it in, a
row that is written, and the file of everything about a person, which tells all there
is. It is compared by name, where the model or a way to it is named: in Python, and on
pages of its own app or of the desk above it.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import CharField, DateTimeField, Field, Model

from trede.trajectories.models import Pause

TREDE = Path(__file__).resolve().parents[2] / "trede"
FILLED_IN = ("people", "contact", "inflow", "trajectories", "partners")
PLAYED = TREDE / "demo"
# What takes names of fields to read them, and what only says which of them go along.
ASKS = {"filter", "exclude", "get", "Q", "F", "order_by", "latest", "earliest"}
ASKS |= {"values", "values_list", "annotate", "aggregate", "Max", "Min", "Sum", "Count"}
ASKS |= {"OuterRef", "getattr", "attrgetter"}
PAGE = re.compile(r"[\w/]+/\w+\.html")
WORD = re.compile(r"-?[a-z]\w*")
SHOWN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|:[\w-]+=\"[^\"]*\"", re.DOTALL)


def names_read(source: str) -> set[str]:
    """By a module of Python, of whichever row."""
    read: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            read.add(node.attr)
        if isinstance(node, ast.Call) and name_of(node) in ASKS:
            read.update(names_asked(node))
    return read


def names_asked(call: ast.Call) -> Iterator[str]:
    for keyword in call.keywords:
        yield from (keyword.arg or "").split("__")
    for argument in call.args:
        for part in ast.walk(argument):
            if isinstance(part, ast.Constant) and WORD.fullmatch(str(part.value)):
                yield from str(part.value).lstrip("-").split("__")


def name_of(call: ast.Call) -> str:
    called = call.func
    return (
        called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    )


def names_told(page: str) -> set[str]:
    return {
        name
        for part in SHOWN.findall(page)
        for name in re.findall(r"\.([a-z]\w*)", part)
    }


@cache
def modules() -> list[tuple[str, set[str]]]:
    return [
        (source, names_read(source))
        for file in TREDE.rglob("*.py")
        if not is_where_it_is_filled_in(file)
        for source in [file.read_text(encoding="utf-8")]
    ]


def is_where_it_is_filled_in(file: Path) -> bool:
    kind = file.stem.rpartition("_")[2]
    aside = {"models", "forms", "parts"}  # parts.py tells the person what is kept
    return kind in aside or "migrations" in file.parts or PLAYED in file.parents


@cache
def pages() -> list[tuple[str, str, set[str]]]:
    """The name of a template, what it says, and what it tells."""
    return [
        ("/".join(file.parts[-2:]), page, names_told(page))
        for file in TREDE.rglob("*.html")
        for page in [file.read_text(encoding="utf-8")]
    ]


def pages_of(model: type[Model]) -> list[set[str]]:
    """That name it, or are shown by a module that does, and what these include."""
    row = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower()
    named, shown = words_for(model, row), shown_by(words_for(model))
    return [
        told
        for name, page, told in pages()
        if name.startswith((f"{model._meta.app_label}/", "desk/", "home/"))
        and (name in shown or named.search(page))
    ]


def shown_by(named: re.Pattern[str]) -> set[str]:
    found = {
        page
        for source, _read in modules()
        if named.search(source)
        for page in PAGE.findall(source)
    }
    inner = {name: set(PAGE.findall(page)) for name, page, _told in pages()}
    while more := set().union(*(inner.get(name, set()) for name in found)) - found:
        found |= more
    return found


def words_for(model: type[Model], *more: str) -> re.Pattern[str]:
    """Its name, and the ways to it from other rows."""
    ways = {path_to(field) for field in model._meta.concrete_fields} - {""}
    return re.compile(rf"\b({'|'.join([model.__name__, *more, *sorted(ways)])})\b")


def is_read(model: type[Model], field: Field) -> bool:
    names = {field.name, field.attname, f"get_{field.name}_display"}
    way_back, named = path_to(field), words_for(model)
    by_a_rule = any(
        (names & read and named.search(source)) or (way_back and way_back in read)
        for source, read in modules()
    )
    return by_a_rule or any(names & told for told in pages_of(model))


def path_to(field: Field) -> str:
    """From the row that the field points at: `trajectory.pauses`."""
    name = getattr(field.remote_field, "related_name", None) or ""
    return "" if name == "+" else name


def says_when_or_by_whom(field: Field) -> bool:
    """That a row was written; the audit trail tells it as well."""
    kind = field.name.rpartition("_")[2]
    return kind == "by" or (kind == "at" and isinstance(field, DateTimeField))


def filled_in() -> list[tuple[type[Model], Field]]:
    return [
        (model, field)
        for app in FILLED_IN
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.concrete_fields
        if not field.primary_key and not says_when_or_by_whom(field)
    ]


def test_every_field_is_read_again():
    found = filled_in()
    assert len(found) > 250
    unread = [
        f"{model.__name__}.{field.name}"
        for model, field in found
        if not is_read(model, field)
    ]
    assert not unread, (
        "Nobody reads these again. Show each where a coach looks for it, or ask it no"
        f" more and delete it: {unread}"
    )


@pytest.mark.parametrize("name", ["favourite_colour", "cells"])
def test_a_field_that_nobody_reads_is_found(name: str):
    """Also one with the name of what is read of something else."""
    field: Field = CharField()
    field.set_attributes_from_name(name)
    assert not is_read(Pause, field)


@pytest.mark.parametrize(
    ("source", "is_reading"),
    [
        ("row.colour = 'red'", False),
        ("Row(colour='red')", False),
        ("Row.objects.create(colour='red')", False),
        ("row.save(update_fields=['colour'])", False),
        ("told('colour')", False),
        ("print(row.colour)", True),
        ("rows.filter(colour='red')", True),
        ("rows.values_list('row__colour')", True),
        ("sorted(rows, key=attrgetter('colour'))", True),
    ],
)
def test_writing_is_no_reading(source: str, is_reading: bool):
    assert ("colour" in names_read(source)) is is_reading


@pytest.mark.parametrize(
    ("page", "is_told"),
    [
        ("{{ row.colour }}", True),
        ("{% if row.colour %}", True),
        ('<c-date :on="row.colour" />', True),
        ("<p>Which colour?</p>", False),
        ('{% include "colour.html" %}', False),
    ],
)
def test_a_page_tells_what_it_takes_from_a_row(page: str, is_told: bool):
    assert ("colour" in names_told(page)) is is_told
