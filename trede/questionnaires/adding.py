"""An answer is added and the place remembered, with the sitting held for that only.

What is to be kept was worked out from what was read, and meanwhile somebody else may
have been there: a second tab, who hands in, who takes the device back. So it is kept
only where the device is still with the person, the sitting still open, and nobody
answered the question since. Otherwise
it is done anew with the sitting held, which is then sure to work.
"""

from collections.abc import Sequence
from functools import cache

from django.db import connection, transaction

from trede import planned_once
from trede.questionnaires.models import Answer, Handover, Sitting
from trede.questionnaires.sittings import OPEN

_FIELDS = [field for field in Answer._meta.concrete_fields if not field.primary_key]


class Overtaken(Exception):
    """To be done anew with the sitting held."""


def add(new: Answer, *, place: str, handover: Handover) -> None:
    at_place: list[str | int] = [place, new.sitting_id, *OPEN, handover.pk]
    row: list[str | int] = [
        field.get_db_prep_save(getattr(new, field.attname), connection)
        for field in _FIELDS
    ]
    go_to_place, keep = _statements(connection.vendor)
    if connection.vendor == "postgresql":
        # One statement is one transaction: one way to the database instead of four.
        in_one = f"WITH here AS ({go_to_place} RETURNING id) {keep}"
        kept = _rows(in_one, [*at_place, *row])
    else:
        with transaction.atomic():
            kept = _rows(go_to_place, at_place) and _rows(keep, row)
    if not kept:
        raise Overtaken


@cache
def _statements(vendor: str) -> tuple[str, str]:
    name = connection.ops.quote_name
    sitting, answer = name(Sitting._meta.db_table), name(Answer._meta.db_table)
    handover = name(Handover._meta.db_table)
    states = ", ".join(["%s"] * len(OPEN))
    columns = ", ".join(name(str(field.column)) for field in _FIELDS)
    blanks = ", ".join(["%s"] * len(_FIELDS))
    there = "FROM here" if vendor == "postgresql" else "WHERE TRUE"
    return (
        f"UPDATE {sitting} SET current = %s WHERE id = %s AND state IN ({states})"
        f" AND EXISTS (SELECT 1 FROM {handover} WHERE id = %s AND ended_at IS NULL)",
        f"INSERT INTO {answer} ({columns}) SELECT {blanks} {there}"
        " ON CONFLICT DO NOTHING",
    )


def _rows(statement: str, values: Sequence[str | int]) -> int:
    with planned_once.cursor() as asked:
        asked.execute(statement, values)
        count: int = asked.rowcount
    return count
