"""The few statements that are asked for every answer and every page of everybody.

As Django asks, the values stand in the text of a statement, and PostgreSQL reads and
plans it anew each time: for these statements that takes longer than carrying them out.
Here the values go beside the text, so that PostgreSQL plans each once for a connection:
that halves its work for an answer, and for the page of a person. Not for all of Trede:
such a statement has no more than 65,535 values, and what is planned without them must
be right for all of them.
"""

from typing import Any, cast

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper


def cursor() -> CursorWrapper:
    # Found once here: `django.db.connection` looks it up at each use.
    connection = connections[DEFAULT_DB_ALIAS]
    # Who wants to read what is asked wants the values in it.
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()
    connection.ensure_connection()
    # psycopg, which only PostgreSQL needs imported.
    driver = cast(Any, connection).Database
    return CursorWrapper(driver.Cursor(connection.connection), connection)
