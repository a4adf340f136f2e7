"""Adding many rows at a time, at the price that the database asks for them.

A list of a hundred thousand people means two million rows. What Django does for each
value of each row (looking up the field, the connection, the key) is done once for all
of them here: that is the difference between seconds and minutes. Only what the fields
hold is saved: no signals, and no values that a field makes up while saving.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from django.db import connection, connections, models, transaction

if TYPE_CHECKING:
    Field = models.Field[object, object]
else:
    Field = models.Field

Stored = str | bytes | int | None
Storing = Callable[..., Stored]
M = TypeVar("M", bound=models.Model)
# These stand in the database as they are given; others are turned or encrypted first.
AS_IT_IS = (models.CharField, models.ForeignKey, models.IntegerField)
SHARE = 2_000  # rows that are held ready at a time
VALUES = 999  # in one statement; more make SQLite no quicker


@runtime_checkable
class ReadiesItself(Protocol):
    """A field that prepares once for storing many values."""

    def storing_many(self) -> Storing: ...


def add(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Stored]],
    *,
    shared: models.Model,
) -> int:
    """`names` are the fields that differ by row; the others are those of `shared`.

    A foreign key is given as a number, a choice as its value. Only for rows that
    nothing points to yet. Gives how many rows were added.
    """
    others = {one.name: one for one in _columns(model)}
    own = [others.pop(name) for name in names]
    same = tuple(_stored(getattr(shared, one.attname), one) for one in others.values())
    differing = [(place, _storing(one)) for place, one in enumerate(own)]
    turned = [(place, store) for place, store in differing if store]
    ready = (_turned(row, turned) + same for row in rows)
    with transaction.atomic(savepoint=False):
        return _insert(model, [*own, *others.values()], ready)


def create(objects: list[M]) -> list[M]:
    """New rows of one model; each object gets its number, in this order."""
    if not objects:
        return objects
    model = type(objects[0])
    columns = _columns(model)
    turned = [
        (place, store)
        for place, store in enumerate((_storing(one) for one in columns), start=1)
        if store
    ]
    names = [one.attname for one in columns]
    with transaction.atomic():
        numbers = _numbers(model, len(objects))
        rows = (
            _turned((number, *(getattr(one, name) for name in names)), turned)
            for number, one in zip(numbers, objects, strict=True)
        )
        _insert(model, [_key(model), *columns], rows)
    for number, one in zip(numbers, objects, strict=True):
        one.pk, one._state.adding, one._state.db = number, False, connection.alias
    return objects


def _turned(
    row: Sequence[Stored], turned: Sequence[tuple[int, Storing]]
) -> tuple[Stored, ...]:
    if not turned:
        return tuple(row)
    values = list(row)
    for place, store in turned:
        values[place] = store(values[place])
    return tuple(values)


def _key(model: type[models.Model]) -> Field:
    key = model._meta.pk
    if not isinstance(key, models.AutoField | models.BigAutoField):
        raise TypeError(f"{model._meta.label} is not numbered by the database")
    return key


def _columns(model: type[models.Model]) -> list[Field]:
    return [one for one in model._meta.concrete_fields if not one.primary_key]


def _storing(field: Field) -> Storing | None:
    """How a value becomes what is stored; None where it is that already."""
    if isinstance(field, ReadiesItself):
        return field.storing_many()
    if isinstance(field, AS_IT_IS):
        return None
    database = connections[connection.alias]  # looked up once, not for each value

    def stored(value: object) -> Stored:
        prepared: Stored = field.get_db_prep_save(value, database)
        return prepared

    return stored


def _stored(value: Stored, field: Field) -> Stored:
    store = _storing(field)
    return store(value) if store else value


def _numbers(model: type[models.Model], count: int) -> Sequence[int]:
    """Numbers for new rows that nobody else gets."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s))"
                " FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), key, count],
            )
            return [number for (number,) in cursor.fetchall()]
        # A transaction on SQLite is the only one that writes, from its beginning on.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone() or (0,)
        return range(last[0] + 1, last[0] + 1 + count)


def _insert(
    model: type[models.Model],
    fields: Sequence[Field],
    rows: Iterator[tuple[Stored, ...]],
) -> int:
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    into = f"{quoted(model._meta.db_table)} ({columns})"
    count = 0
    while some := list(islice(rows, SHARE)):
        if connection.vendor == "postgresql":
            _copy(into, some)
        else:
            _insert_together(into, some)
        count += len(some)
    return count


def _copy(into: str, rows: Sequence[tuple[Stored, ...]]) -> None:
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(f"COPY {into} FROM STDIN") as copying,
    ):
        for row in rows:
            copying.write_row(row)


def _insert_together(into: str, rows: Sequence[tuple[Stored, ...]]) -> None:
    width = len(rows[0])
    places = f"({', '.join(['%s'] * width)})"
    size = VALUES // width
    with connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            some = rows[start : start + size]
            statement = f"INSERT INTO {into} VALUES {', '.join([places] * len(some))}"
            cursor.execute(statement, list(chain.from_iterable(some)))
