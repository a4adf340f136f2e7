"""On SQLite, who saves an answer waits in line.

SQLite has one writer, and who finds it busy looks again after ever longer pauses, up to
a tenth of a second: among eight people some wait long for nothing. A lock on a file
beside the database wakes the next one at once.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


@contextmanager
def turn() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    database = Path(str(connection.settings_dict["NAME"]))
    with database.with_name(f"{database.name}.turn").open("ab") as line:
        fcntl.flock(line, fcntl.LOCK_EX)
        yield
