"""Adding many rows at a time, without an object for each.

A list of a hundred thousand people means a million rows; making an object of each is
the difference between seconds and minutes. Only for rows that nothing points to yet.
"""

from collections.abc import Callable, Iterable, Sequence

from django.db import connection, models

Stored = str | bytes | int | None
# These stand in the database as they are; others are turned or encrypted first.
AS_IT_IS = (models.CharField, models.ForeignKey, models.IntegerField)


def add(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    shared: models.Model,
) -> int:
    """`names` are the fields that differ by row; the others are those of `shared`.

    A foreign key is given as a number. Gives how many rows were added.
    """
    columns = [one for one in model._meta.concrete_fields if not one.primary_key]
    by_name = {one.name: one for one in columns}
    same = [one for one in columns if one.name not in names]
    own = [_storing(by_name[name]) for name in names]
    values = [_storing(one)(getattr(shared, one.attname)) for one in same]
    stored = [
        [*(put(value) for put, value in zip(own, row, strict=True)), *values]
        for row in rows
    ]
    if stored:
        order = [by_name[name] for name in names] + same
        with connection.cursor() as cursor:
            cursor.executemany(_insertion(model, order), stored)
    return len(stored)


def _storing(
    field: "models.Field[object, object]",
) -> Callable[[object], Stored]:
    def prepared(value: object) -> Stored:
        stored: Stored = field.get_db_prep_save(value, connection)
        return stored

    def as_it_is(value: object) -> Stored:
        return value if isinstance(value, str | int) else prepared(value)

    return as_it_is if isinstance(field, AS_IT_IS) else prepared


def _insertion(
    model: type[models.Model], fields: "Sequence[models.Field[object, object]]"
) -> str:
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) VALUES ({places})"
