"""How many lines a list has, of which nobody reads a thousand.

Of a large municipality no more are counted, shown or taken along in a file; a filter or
a search leads to the others.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Protocol, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from trede.together import Said

MOST = 1_000
NO_LINES = "SELECT 1 WHERE 1 = 0"


class Asks(Protocol):
    """What the address of a list asks for: a dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

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
    asks = {code: replace(asked, **{name: code}) for code in named}
    return [
        {
            "label": label,
            "count": count(asks[code]),
            "url": asks[code].address,
            "current": asks[code] == asked,
        }
        for code, label in named.items()
    ]


class Numbers:
    """How many there are of each list: put into SQL once, and all in one question."""

    def __init__(self, *lists: QuerySet[Any]) -> None:
        self._said = [Said(rows) for rows in lists]

    def found(self, told: Mapping[int, int | None]) -> list[int]:
        each = [
            f"(SELECT COUNT(*) FROM ({one.sql or NO_LINES}) AS counted)"
            for one in self._said
        ]
        values = [value for one in self._said for value in one.values(told)]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(each)}", values)
            return list(cursor.fetchone() or ())


def numbers(*lists: QuerySet[Any]) -> list[int]:
    return Numbers(*lists).found({})


def counted(*lists: QuerySet[Any]) -> list[int]:
    """How many lines of each, or one more than is counted."""
    return numbers(*(up_to(MOST, one) for one in lists))


def first_of_each(most: int, *lists: QuerySet[Any, Any]) -> list[list[int]]:
    """The first column of each list, as many as are counted or one more; all in one
    question. Each is cut by itself, so that no list is read further."""
    each = [Said(rows.order_by()[: most + 1]) for rows in lists]
    asked = {number: one for number, one in enumerate(each) if one.sql}
    found: list[list[int]] = [[] for _one in lists]
    parts = (
        f"SELECT {number}, part{number}.* FROM ({one.sql}) AS part{number}"
        for number, one in asked.items()
    )
    values = [value for one in asked.values() for value in one.values({})]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts) or NO_LINES, values)
        for number, row in cursor.fetchall():
            found[number].append(row)
    return found


def up_to(most: int, rows: QuerySet[M]) -> QuerySet[M, dict[str, Any]]:
    """The lines to count, or one more than is counted."""
    return rows.order_by().values("pk")[: most + 1]


def first_of(rows: QuerySet[M]) -> tuple[list[M], bool]:
    """As many lines as a list or a file holds, and whether that is all of them."""
    found = list(rows[: MOST + 1])
    return found[:MOST], len(found) <= MOST


def shown(n: int, most: int = MOST) -> int | str:
    return n if n <= most else f"{most}+"
