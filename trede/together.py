"""Rows of several tables in one question to the database.

A page about one person shows a little of twenty tables. Asked for one after the other,
that is twenty times to the database and back; here it is once. Each part is an ordinary
queryset, and gives ordinary objects with what they are joined to.

The statement is a union, whose columns must agree: everything travels as text and
becomes again what the field holds.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import F, Func, QuerySet, TextField
from django.db.models.constants import LOOKUP_SEP
from django.db.models.functions import Cast

M = TypeVar("M", bound=models.Model)
if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:
    Field = models.Field
Row = Sequence[str | None]
Made = Callable[[str], object]


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
        self.rows = rows.annotate(**columns).values_list(*columns)

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


def ask(*parts: Part[Any]) -> None:
    """Fill every part, in one statement."""
    width = max(len(part.columns) for part in parts)
    said: list[str] = []
    told: list[Any] = []
    for number, part in enumerate(parts):
        try:
            sql, params = part.rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        rest = ["CAST(NULL AS text)"] * (width - len(part.columns))
        columns = ", ".join([*part.columns, *rest])
        said.append(f"SELECT {number}, {columns} FROM ({sql}) AS p{number}")
        told += params
    if not said:
        return
    with connection.cursor() as cursor:
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
