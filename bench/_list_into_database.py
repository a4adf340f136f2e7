"""The process that `bench/target_list.py` measures: a list into an empty database."""

import datetime
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection

from bench.target_list_reading import peak
from trede.accounts.acting import SYSTEM
from trede.accounts.models import Municipality
from trede.inflow import importing
from trede.pilots.loading import load_pilot

ON = datetime.date(2020, 2, 1)
AT = datetime.datetime(2020, 2, 1, 9, tzinfo=datetime.UTC)
PILOT = Path(__file__).parents[1] / "trede/pilots/approaches/nijmegen.toml"


class Counter:
    queries = 0

    def __call__(
        self, execute: Any, sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self.queries += 1
        return execute(sql, params, many, context)


def main() -> None:
    path = Path(sys.argv[1])
    call_command("migrate", verbosity=0)
    town = Municipality.objects.create(code="bench", name="Bench")
    text = PILOT.read_text(encoding="utf-8")
    pilot = load_pilot(
        text=text, municipality=town, reason="bench", by=SYSTEM, at=AT, in_force_from=ON
    )
    counter = Counter()
    with connection.execute_wrapper(counter):
        start, used = time.perf_counter(), time.process_time()
        upload = importing.upload(
            pilot=pilot,
            name=path.name,
            content=path.read_bytes(),
            reference_on=ON,
            by=SYSTEM,
            at=AT,
        )
        report("upload and check", start, used, counter.queries)
        checked = counter.queries
        middle, used_then = time.perf_counter(), time.process_time()
        importing.confirm(upload=upload, by=SYSTEM, at=AT)
        report("read in and screen", middle, used_then, counter.queries - checked)
    report("together", start, used, counter.queries)
    parts = upload.parts.count()
    print(
        f"{(counter.queries - checked) / parts:.0f} queries for each of {parts} parts"
    )
    print(connection.vendor)
    shown = ("rows", "new", "same", "changed", "duplicate", "to_check", "eligible")
    print({name: upload.counts[name] for name in shown})


def report(what: str, start: float, used: float, queries: int) -> None:
    seconds = time.perf_counter() - start
    print(
        f"{what:<20}{seconds:7.1f} s ({time.process_time() - used:.1f} s of processor)"
        f", {queries} queries, peak {peak():.0f} MB"
    )
