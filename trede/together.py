"""Rows of several tables in one question to the database.

A page about one person shows a little of twenty tables. Asked for one after the other,
that is twenty times to the database and back; here it is once. Each part is an ordinary
queryset, and gives ordinary objects with what they are joined to.

The statement is a union, whose columns must agree: everything travels as text and
becomes again what the field holds.

Finding the SQL of a queryset takes Django longer than the database takes to answer it.
A part that is the same each time but for who it is about is made once, about a
stand-in.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import F, Func, QuerySet, TextField
from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import Cast

from trede import planned_once

M = TypeVar("M", bound=models.Model)
if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field
Row = Sequence[str | None]
Made = Callable[[str], object]
_numbers = count(-(10**15))


def stand_in() -> int:
    """A number that nothing has, in the place of one that is told later."""
    return next(_numbers)


class Said:
    """A queryset, put into SQL once. No SQL where there can be no rows."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self.sql: str = ""
        self._params: tuple[Any, ...] = ()
        with suppress(EmptyResultSet):
            self.sql, self._params = rows.query.sql_with_params()

    def values(self, told: Mapping[int, int | None]) -> list[Any]:
        """With what is told in the place of the stand-ins."""
        return [told.get(one, one) if type(one) is int else one for one in self._params]

    def numbers(self, told: Mapping[int, int | None]) -> list[int]:
        """The first column of the rows."""
        return [number for (number, *_more) in self.rows(told)]

    def rows(self, told: Mapping[int, int | None]) -> list[tuple[Any, ...]]:
        """As the database gives them: a date is asked as text."""
        if not self.sql:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.values(told))
            return list(cursor.fetchall())


class Part(Generic[M]):
    """`joined` are paths, as of `select_related`, what they hang from before them;
    `without` are fields, as of `defer`; `told` are what the rows are annotated with.
    `found` is there after `ask`."""

    def __init__(
        self,
        rows: QuerySet[M],
        *joined: str,
        without: Sequence[str] = (),
        told: Mapping[str, Field] | None = None,
    ) -> None:
        self.found: list[M] = []
        self.tables: list[_Table] = []
        columns: dict[str, Any] = {}
        for path in ("", *joined):
            left_out = () if path else without
            table = _Table(_at(rows.model, path), path, len(columns), left_out)
            self.tables.append(table)
            for field in table.fields:
                columns[f"c{len(columns)}"] = _as_text(table.path_of(field), field)
        self.told = {
            name: (len(columns) + number, _maker(field))
            for number, (name, field) in enumerate((told or {}).items())
        }
        for name, field in (told or {}).items():
            columns[f"c{len(columns)}"] = _as_text(name, field)
        self.columns = list(columns)
        self.said = Said(rows.annotate(**columns).values_list(*columns))
        self.known: Mapping[int, int | None] = {}

    def about(self, known: Mapping[int, int | None]) -> "Part[M]":
        """The same, to be asked with these values in the place of the stand-ins."""
        other = copy(self)
        other.found, other.known = [], known
        return other

    def take(self, row: Row) -> None:
        made: dict[str, Any] = {one.path: one.made(row) for one in self.tables}
        for path, other in made.items():
            owner, _between, name = path.rpartition(LOOKUP_SEP)
            if path and made[owner] is not None:
                setattr(made[owner], name, other)
        for name, (place, make) in self.told.items():
            text = row[place]
            setattr(made[""], name, None if text is None else make(text))
        self.found.append(made[""])


class Parts:
    """Holds parts, that are asked in one question."""

    @property
    def parts(self) -> list[Part[Any]]:
        return [one for one in vars(self).values() if isinstance(one, Part)]

    def about(self, known: Mapping[int, int | None]) -> Self:
        other = copy(self)
        for name, one in vars(self).items():
            if isinstance(one, Part):
                setattr(other, name, one.about(known))
        return other


@dataclass
class _Table:
    model: type[models.Model]
    path: str
    first: int  # its first column
    without: Sequence[str]

    def __post_init__(self) -> None:
        every: Sequence[Field] = self.model._meta.concrete_fields
        self.fields = [field for field in every if field.name not in self.without]
        self.names = [field.attname for field in self.fields]
        self.makers = [_maker(field) for field in self.fields]

    def path_of(self, field: Field) -> str:
        return LOOKUP_SEP.join(filter(None, (self.path, field.attname)))

    def made(self, row: Row) -> models.Model | None:
        texts = row[self.first : self.first + len(self.fields)]
        values = [
            make(text) if text is not None else None
            for make, text in zip(self.makers, texts, strict=True)
        ]
        key = values[self.names.index(self.model._meta.pk.attname)]
        if key is None:
            return None
        return self.model.from_db(connection.alias, self.names, values)


def ask(*parts: Part[Any], planned: bool = False) -> None:
    """Fill every part, in one statement; `planned` once, where it is always the same
    and about one person."""
    width = max(len(part.columns) for part in parts)
    said: list[str] = []
    told: list[Any] = []
    for number, part in enumerate(parts):
        if not part.said.sql:
            continue
        rest = ["CAST(NULL AS text)"] * (width - len(part.columns))
        columns = ", ".join([*part.columns, *rest])
        said.append(f"SELECT {number}, {columns} FROM ({part.said.sql}) AS p{number}")
        told += part.said.values(part.known)
    if not said:
        return
    asking = planned_once.cursor() if planned else connection.cursor()
    with asking as cursor:
        cursor.execute(" UNION ALL ".join(said), told)
        for number, *row in cursor.fetchall():
            parts[number].take(row)


def _at(model: type[models.Model], path: str) -> type[models.Model]:
    for name in filter(None, path.split(LOOKUP_SEP)):
        related = model._meta.get_field(name).related_model
        model = cast(type[models.Model], related)
    return model


class _Hex(Func):
    function = "HEX"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        template = "ENCODE(%(expressions)s, 'hex')"
        return self.as_sql(compiler, connection, template=template)


def _as_text(path: str, field: Field) -> Any:
    if field.get_internal_type() == "BinaryField":
        return _Hex(F(path))
    return Cast(F(path), TextField())


def _maker(field: Field) -> Made:
    field = field.target_field if isinstance(field, models.ForeignKey) else field
    kind = field.get_internal_type()
    if kind == "BinaryField":
        opened = getattr(field, "from_db_value", None)
        if opened is None:
            return bytes.fromhex
        return lambda text: opened(bytes.fromhex(text), None, connection)
    if kind == "DateTimeField":
        return _moment
    if kind == "BooleanField":
        return lambda text: text in ("1", "true")
    return json.loads if kind == "JSONField" else field.to_python


def _moment(text: str) -> datetime:
    """SQLite keeps it without a zone, and means that of the world."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
