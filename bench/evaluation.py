"""How fast the science is: everything that a limit was set for, in one run.

python -m bench.evaluation [rows of the large register, ten million unless told]

Prints per line what it took by the clock and of the processor, the limit, and how many
times as long the usual road takes; first and last how busy the machine is. Others that
work on the machine lengthen the clock, and the processor's time less.

Measured on 24 November 2026 on two cores with others at work, clock and processor:
import of the whole analysis 0.5 s and 0.7 s; 40 intervals of changes in whole points
0.01 s (scipy's loop takes 367 times as long, all resamples at once 32 times); all
estimates of 40 outcomes 0.04 s; Table 1 0.3 s; transitions 0.1 s; the register at
most 777 MB when DuckDB is given 500 MB, 867 MB when it is given 1 GB. What the public
may see of 40 outcomes 8.2 s and 8.0 s, of three pilots 8.5 s and 8.4 s; the PDF of
these 0.4 s and 0.3 s. The final report of the demo (`trede report`), which has the
tables of the intake beside its analysis, took 8.3 to 8.6 s, the whole command with
its start.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
from scipy import stats

from bench.evaluation_ladder import drawn
from trede.commands.entry import with_django
from trede.commands.evaluate import configured, laid_out
from trede.evaluation.change.bootstrap import mean_interval
from trede.evaluation.change.outcomes import OutcomeType, change_in
from trede.evaluation.change.sign_flips import sign_flip
from trede.evaluation.disclosing.judging import protect_analysis
from trede.evaluation.estimate import Values
from trede.evaluation.ladder.assessments import assessments, first_to_last
from trede.evaluation.running.analysing import analyse
from trede.evaluation.running.as_json import as_json
from trede.evaluation.running.configuration import Configuration, Outcome
from trede.evaluation.running.design import Design
from trede.evaluation.running.laying_out import People, lay_out
from trede.evaluation.running.made_with import versions
from trede.evaluation.table_one import table_one

OUTCOMES, PEOPLE, RESAMPLES = 40, 150, 10_000
KINDS: tuple[OutcomeType, ...] = (
    *("score",) * 22,
    *("likert",) * 6,
    *("ladder",) * 2,
    *("binary",) * 5,
    *("hours",) * 5,
)
EXAMPLES = Path(__file__).parents[1] / "docs" / "examples" / "data"
IMPORTED = (
    "trede.evaluation",
    "trede.evaluation.running.analysing",
    "trede.evaluation.large_file",
)


def taken(work: Callable[[], object], repeats: int = 3) -> tuple[float, float]:
    """The shortest time by the clock, and of the processor."""
    times = []
    for _ in range(repeats):
        clock, cpu = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - clock, time.process_time() - cpu))
    return min(t for t, _ in times), min(t for _, t in times)


def told(name: str, found: tuple[float, float], limit: str = "") -> tuple[float, float]:
    clock, cpu = found
    print(f"{name:58} {clock:8.3f} s {cpu:8.3f} s  {limit}", flush=True)
    return found


def times_as_long(name: str, theirs: tuple[float, float], ours: float) -> None:
    """Compared by processor time, which others on the machine change least."""
    print(f"  {name:56} {theirs[1]:8.2f} s of processor, {theirs[1] / ours:.0f} x")


def answers(kind: str, rng: np.random.Generator) -> tuple[Values, Values]:
    """Before and after of one outcome; one in ten has no second answer."""
    first = rng.normal(size=PEOPLE)
    second = 0.6 * first + 0.8 * rng.normal(size=PEOPLE) + 0.2
    steps: dict[str, Callable[[Values], Values]] = {
        "score": lambda x: np.clip(np.rint(5.5 + 2 * x), 0, 10),
        "likert": lambda x: np.clip(np.rint(3 + x), 1, 5),
        "ladder": lambda x: np.clip(np.rint(2.5 + x), 1, 6),
        "binary": lambda x: (x > 0.3).astype(np.float64),
        "hours": lambda x: np.where(x > 0.4, np.rint(4 + 8 * x), 0.0),
    }
    gone = rng.random(PEOPLE) < 0.1
    made = steps[kind]
    return made(first), np.where(gone, np.nan, made(second))


def resampled(what: str, changes: list[Values]) -> None:
    def ours() -> None:
        for change in changes:
            mean_interval(change, np.random.default_rng(1), RESAMPLES)

    def theirs(vectorized: bool, some: int) -> tuple[float, float]:
        def work() -> None:
            for change in changes[:some]:
                stats.bootstrap(
                    (change,),
                    np.mean,
                    n_resamples=RESAMPLES,
                    method="BCa",
                    vectorized=vectorized,
                    rng=np.random.default_rng(1),
                )

        clock, cpu = taken(work, 1)
        return clock * OUTCOMES / some, cpu * OUTCOMES / some

    name = f"{OUTCOMES} BCa intervals, {RESAMPLES:,} resamples, {what}"
    _, cpu = told(name, taken(ours), "limit 1 s, and 20 x scipy's loop")
    times_as_long("scipy.stats.bootstrap, a loop over resamples", theirs(False, 2), cpu)
    times_as_long("scipy.stats.bootstrap, resamples at once", theirs(True, 20), cpu)


def flipped() -> None:
    pairs = score_pairs()

    def ours() -> None:
        for x, y in pairs:
            sign_flip(x, y, np.random.default_rng(1))

    def theirs() -> None:
        for x, y in pairs[:10]:
            stats.permutation_test(
                ((y - x)[~np.isnan(y)],),
                lambda d, axis: d.mean(axis=axis),
                permutation_type="samples",
                n_resamples=RESAMPLES,
                rng=np.random.default_rng(1),
            )

    _, cpu = told(f"{OUTCOMES} sign-flip tests, all 2^n ways", taken(ours))
    clock, processor = taken(theirs, 1)
    four = clock * OUTCOMES / 10, processor * OUTCOMES / 10
    times_as_long(f"scipy.stats.permutation_test, {RESAMPLES:,} drawn", four, cpu)


def score_pairs() -> list[tuple[Values, Values]]:
    rng = np.random.default_rng(1)
    return [answers("score", rng) for _ in range(OUTCOMES)]


def whole_analysis() -> None:
    rng = np.random.default_rng(2)
    data = [answers(kind, rng) for kind in KINDS]

    def every_change() -> None:
        for kind, (before, after) in zip(KINDS, data, strict=True):
            change_in(kind, before, after, np.random.default_rng(1))

    told(
        "every estimate of the change in 40 outcomes", taken(every_change), "limit 1 s"
    )
    people, asked = forty_outcomes(data, rng)
    whole = taken(lambda: as_json(analyse(people, asked)))
    told("the whole analysis of 40 outcomes, two of them primary", whole, "aim 3 s")
    judged("40 outcomes of 150 people", people, asked, "limit 10 s")


def forty_outcomes(
    data: list[tuple[Values, Values]], rng: np.random.Generator
) -> tuple[People, Configuration]:
    columns: dict[str, object] = {"person": np.arange(PEOPLE)}
    columns["age"] = rng.integers(28, 67, PEOPLE)
    columns["sex"] = rng.choice(["f", "m"], PEOPLE)
    outcomes = []
    for number, (kind, (before, after)) in enumerate(zip(KINDS, data, strict=True)):
        code = f"{kind}_{number}"
        columns |= {f"{code}_t0": before, f"{code}_t1": after}
        first = number in (0, 28)
        scale = (0.0, 10.0) if kind == "score" else None
        outcomes.append(Outcome(code, kind, scale, f"question {number}", first))
    asked = Configuration(
        Design.PRE_POST, outcomes=tuple(outcomes), covariates=("age", "sex")
    )
    return lay_out(pl.DataFrame(columns).fill_nan(None), asked), asked


def three_pilots() -> None:
    asked = configured(EXAMPLES / "fictitious_three_pilots.toml", None)
    people = laid_out(EXAMPLES / "fictitious_three_pilots.csv", asked)
    judged("three pilots of 668 people", people, asked, "aim 10 s")


def judged(name: str, people: People, asked: Configuration, limit: str) -> None:
    """What may be told, the bands of answers and the audit with it; then as a PDF."""
    analysis = json.loads(json.dumps(as_json(analyse(people, asked))))
    public = []
    first = taken(
        lambda: public.append(protect_analysis(people, asked, analysis)[0]), 1
    )
    told(f"{name}, judged for the public", first)
    with_django("analysis_print")
    # Imported by name, so that mypy tells when it asks for something else.
    from trede.commands.analysis_print import print_analysis

    with tempfile.TemporaryDirectory() as folder:
        paper = taken(
            lambda: print_analysis(
                public[0],
                source=Path(__file__),
                data_hash="",
                versions=versions(),
                out=Path(folder) / "report.pdf",
                labels={},
                language="nl",
                public=True,
            ),
            1,
        )
    told("  of that a first PDF", paper)
    clock, processor = (one + other for one, other in zip(first, paper, strict=True))
    told("  first judgement and PDF together", (clock, processor), limit)


def described() -> None:
    rng, rows = np.random.default_rng(1), 100_000
    columns: dict[str, object] = {"arm": rng.choice(["in", "out"], rows)}
    for number in range(40):
        gone = rng.random(rows) < 0.1
        columns[f"x{number}"] = np.where(gone, np.nan, rng.normal(size=rows))
        columns[f"c{number}"] = rng.choice([f"k{k}" for k in range(6)], rows)
    for number in range(20):
        columns[f"b{number}"] = rng.integers(0, 2, rows)
    frame = pl.DataFrame(columns)
    name = f"Table 1 of {len(columns) - 1} variables and {rows:,} rows"
    told(name, taken(lambda: table_one(frame, group="arm")), "limit 2 s")


def imported() -> None:
    """In a process of its own each time; Python's own start is in it."""
    for module in IMPORTED:
        clocks, processors = [], []
        for _ in range(5):
            start, before = time.perf_counter(), children()
            subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
            clocks.append(time.perf_counter() - start)
            processors.append(children() - before)
        found = statistics.median(clocks), statistics.median(processors)
        told(f"import {module} (median of five)", found, "limit 1 s")


def children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def climbed(rows: int) -> None:
    frame = drawn(rows)
    columns = frame["person"], frame["day"], frame["tread"]
    found = taken(lambda: first_to_last(assessments(*columns)))
    told(f"transitions out of {rows:,} assessments", found, "limit 0.5 s")


def registered(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "register.parquet")
        command = [sys.executable, "-m", "bench._large_register"]
        subprocess.run([*command, "make", path, str(rows)], check=True)
        size = Path(path).stat().st_size / 1e6
        print(f"a register of {rows:,} rows, {size:.0f} MB of Parquet, limit 2 GB:")
        for memory in ("500MB", "1GB"):
            found = subprocess.run(
                [*command, "ask", path, memory],
                check=True,
                capture_output=True,
                text=True,
            )
            for name, (clock, cpu, peak) in json.loads(found.stdout).items():
                at_most = f"at most {peak:.0f} MB"
                told(f"  {name}, DuckDB given {memory}", (clock, cpu), at_most)


def busy() -> None:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"waiting for {os.cpu_count()} cores (1, 5, 15 minutes): {load}")


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    busy()
    print(f"{'':58} {'clock':>10} {'processor':>10}")
    imported()
    pairs, rng = score_pairs(), np.random.default_rng(1)
    resampled("whole points", [(y - x)[~np.isnan(y)] for x, y in pairs])
    resampled("no steps", list(rng.normal(size=(OUTCOMES, PEOPLE))))
    flipped()
    whole_analysis()
    three_pilots()
    described()
    climbed(rows)
    registered(rows)
    busy()


if __name__ == "__main__":
    main()
