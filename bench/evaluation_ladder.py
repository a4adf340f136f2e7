"""How fast transitions come out of a register of assessments.

`python bench/evaluation_ladder.py [rows]` draws that many assessments (ten million
unless told otherwise) of a tenth as many people, in no order, and prints how long the
table of transitions takes from the first to the last assessment, between two reference
dates, and until the first rise; beside it the same question put to polars (sort within
group) and to a loop over the rows.
"""

import sys
import time
from collections.abc import Callable

import numpy as np
import polars as pl

from trede.evaluation.event_times.kaplan_meier import curve_of
from trede.evaluation.ladder.assessments import (
    Period,
    assessments,
    between,
    first_to_last,
)
from trede.evaluation.ladder.first_rise import first_rise

REPEATS = 5
LIMIT = 0.5
# Rows of which the loop is timed.
LOOPED = 200_000


def drawn(rows: int) -> pl.DataFrame:
    rng = np.random.default_rng(1)
    return pl.DataFrame(
        {
            "person": rng.integers(0, max(1, rows // 10), rows),
            "day": rng.integers(0, 1500, rows),
            "tread": rng.integers(1, 7, rows),
        }
    )


def best(work: Callable[[], object], repeats: int = REPEATS) -> tuple[float, float]:
    """The shortest time by the clock, and by the processor."""
    times = []
    for _ in range(repeats):
        clock, cpu = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - clock, time.process_time() - cpu))
    return min(t for t, _ in times), min(t for _, t in times)


def by_polars(frame: pl.DataFrame) -> pl.DataFrame:
    ends = frame.lazy().sort("day", maintain_order=True).group_by("person")
    both = ends.agg(
        first=pl.col("tread").first(),
        last=pl.col("tread").last(),
        days=pl.col("day").n_unique(),
    )
    moved = both.filter(pl.col("days") > 1).group_by("first", "last").len()
    return moved.collect()


def by_loop(frame: pl.DataFrame) -> dict[tuple[int, int], int]:
    first: dict[int, tuple[int, int]] = {}
    last: dict[int, tuple[int, int]] = {}
    for person, day, tread in frame.iter_rows():
        if person not in first or day <= first[person][0]:
            first[person] = (day, tread)
        if person not in last or day >= last[person][0]:
            last[person] = (day, tread)
    counts: dict[tuple[int, int], int] = {}
    for person, (day, tread) in first.items():
        if last[person][0] > day:
            cell = tread, last[person][1]
            counts[cell] = counts.get(cell, 0) + 1
    return counts


def told(name: str, work: Callable[[], object]) -> float:
    clock, cpu = best(work)
    verdict = "within" if clock < LIMIT else "over"
    print(f"{name}: {clock:.3f} s by the clock, {verdict}; {cpu:.3f} s of processor")
    return clock


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    frame = drawn(rows)
    columns = frame["person"], frame["day"], frame["tread"]
    coded = assessments(*columns)
    print(f"{rows:,} rows; {LIMIT} s is meant for ten million")
    ours = told("first to last", lambda: first_to_last(assessments(*columns)))
    dates = Period(0, 700), Period(701, 1499)
    told("between two periods", lambda: between(coded, *dates))
    told("curve until the first rise", lambda: curve_of(first_rise(coded).people))
    theirs = best(lambda: by_polars(frame), 1)[0]
    print(f"polars, sorted and grouped: {theirs:.2f} s, {theirs / ours:.0f} x")
    loop = best(lambda: by_loop(frame.head(LOOPED)), 1)[0] * rows / min(rows, LOOPED)
    print(f"loop over rows: {loop:.1f} s, {loop / ours:.0f} x")


if __name__ == "__main__":
    main()
