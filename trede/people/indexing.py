"""Keeping the blind index in step with the people it leads to.

A list brings a hundred thousand people and more than ten keys for each. They are
written in the order of their digests and without an object for each: that is the
difference between seconds and minutes.
"""

from collections.abc import Sequence

from django.db import connection

from trede.people.blind_index import keys_of
from trede.people.models import Person, SearchKey


def index(people: Sequence[Person]) -> None:
    """Add the search keys of people who have none yet."""
    rows = sorted(
        (digest, kind, person.pk)
        for person in people
        for kind, digest in keys_of(person, person.municipality_id)
    )
    with connection.cursor() as cursor:
        cursor.executemany(_insertion(), rows)


def index_anew(person: Person) -> None:
    """After a change of name, number or address."""
    person.search_keys.all().delete()
    index([person])


def _insertion() -> str:
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(name) for name in ("digest", "kind", "person_id"))
    table = quoted(SearchKey._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES (%s, %s, %s)"
