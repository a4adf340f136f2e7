"""How many lines a list has, of which nobody reads a thousand.

Of a large municipality no more are counted or shown; a filter or a search leads to the
others.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

MOST = 1_000


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


def shown(n: int) -> int | str:
    return n if n <= MOST else f"{MOST}+"
