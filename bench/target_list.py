"""How long 100,000 rows take from the file to screened candidates in the database.

python -m bench.target_list [rows]    (the aim: under 2 minutes and 500 MB, two cores)

On SQLite in a folder of its own; on the database of TREDE_DATABASE when that is set,
which must be an empty one that may be thrown away.

Measured on 22 November 2026 on two cores that others used a little, 100,000 rows:
82 s (80 s of processor) and at most 349 MB on SQLite; 113 s (72 s of our processor) and
445 MB on PostgreSQL 15.
"""

import base64
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.target_list_reading import as_csv, rows

# In a process of its own, so that making the list does not count as reading it in.
START = (
    "import django; django.setup();"
    "from bench import _list_into_database; _list_into_database.main()"
)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        path.write_bytes(as_csv(rows(count)))
        command = [sys.executable, "-c", START, str(path)]
        subprocess.run(command, check=True, env=environment(folder))


def environment(folder: str) -> dict[str, str]:
    key = base64.b64encode(os.urandom(32)).decode()
    own = {
        "DJANGO_SETTINGS_MODULE": "trede.settings",
        "TREDE_VAR": folder,
        "TREDE_SECRET_KEY": key,
        "TREDE_FIELD_KEYS": f"1:{key}",
        **{f"TREDE_{n}_KEY": key for n in ("INDEX", "AUDIT", "PSEUDONYM", "LOT")},
    }
    return {**os.environ, **own}


if __name__ == "__main__":
    main()
