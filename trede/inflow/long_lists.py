"""How many lines a list has, of which nobody reads a thousand.

Of a large municipality no more are counted, shown or taken along in a file; a filter or
a search leads to the others.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

MOST = 1_000


class Asks(Protocol):
    """What the address of a list asks for."""

    @property
    def address(self) -> str: ...


A = TypeVar("A", bound=Asks)
M = TypeVar("M", bound=Model)


def chips(
    named: Mapping[str, str | Promise],
    asked: A,
    name: str,
    count: Callable[[A], int | str | None],
) -> list[dict[str, Any]]:
    """The choices of one filter, each with the number of lines that it gives."""
    asks = {code: replace(asked, **{name: code}) for code in named}  # type: ignore[type-var]
    return [
        {
            "label": label,
            "count": count(asks[code]),
            "url": asks[code].address,
            "current": asks[code] == asked,
        }
        for code, label in named.items()
    ]


def numbers(*lists: QuerySet[Any]) -> list[int]:
    """How many there are of each: all in one question."""
    said: list[str] = []
    told: list[Any] = []
    for rows in lists:
        try:
            sql, params = rows.query.sql_with_params()
        except EmptyResultSet:
            sql, params = "SELECT 1 WHERE 1 = 0", ()
        said.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")
        told += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(said)}", told)
        return list(cursor.fetchone() or ())


def counted(*lists: QuerySet[Any]) -> list[int]:
    """How many lines of each, or one more than is counted."""
    return numbers(*(one.order_by().values("pk")[: MOST + 1] for one in lists))


def first_of(rows: QuerySet[M]) -> tuple[list[M], bool]:
    """As many lines as a list or a file holds, and whether that is all of them."""
    found = list(rows[: MOST + 1])
    return found[:MOST], len(found) <= MOST


def shown(n: int) -> int | str:
    return n if n <= MOST else f"{MOST}+"
