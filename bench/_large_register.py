"""A register of many rows, and what is asked of it; run by `bench/evaluation.py`.

python -m bench._large_register make PATH ROWS
python -m bench._large_register ask PATH MEMORY
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from trede.evaluation.large_file import LargeFile
from trede.evaluation.large_table_one import large_table_one

SCORES = tuple(f"score_{number}" for number in range(5))


def make(path: Path, rows: int) -> None:
    """Two waves of half as many people, in no order."""
    rng, people = np.random.default_rng(1), rows // 2
    person, need = rng.permutation(people), rng.normal(size=people)
    waves = [_wave(rng, person, need, wave) for wave in (0, 1)]
    mixed = pl.concat(waves).sample(fraction=1.0, shuffle=True, seed=1)
    mixed.write_parquet(path, row_group_size=200_000)


def _wave(
    rng: np.random.Generator, person: np.ndarray, need: np.ndarray, wave: int
) -> pl.DataFrame:
    n = len(person)
    tread = np.rint(2.5 + need + rng.normal(size=n) + 0.3 * wave)
    scores = {
        name: np.rint(5 + need + 1.5 * rng.normal(size=n) + 0.2 * wave)
        for name in SCORES
    }
    frame = pl.DataFrame(
        {
            "person": person,
            "wave": np.full(n, wave, np.int8),
            "arm": (person % 2).astype(np.int8),
            "age": rng.integers(28, 67, n).astype(np.int16),
            "years": np.round(rng.gamma(3, 2, n), 1),
            "cost": np.round(rng.gamma(2, 500, n), 2),
            "tread": np.clip(tread, 1, 6).astype(np.int8),
            "household": rng.choice(["a", "b", "c", "d"], n),
            **{name: np.clip(s, 0, 10).astype(np.int8) for name, s in scores.items()},
        }
    )
    answered = pl.Series(rng.random(n) > 0.1)
    return frame.with_columns(pl.when(answered).then(pl.col("score_0")))


def ask(path: Path, memory: str) -> None:
    told = {}
    with LargeFile(path, memory=memory) as file:
        questions: dict[str, Callable[[], object]] = {
            "Table 1 of eleven variables": lambda: large_table_one(
                file, group="arm", only={"wave": 0}
            ),
            "five outcomes by wave": lambda: file.by_wave(SCORES),
            "a change": lambda: file.change("score_0", before=0, after=1),
            "transitions": lambda: file.transitions("tread", before=0, after=1),
        }
        for name, question in questions.items():
            clock, cpu = time.perf_counter(), time.process_time()
            question()
            told[name] = [
                time.perf_counter() - clock,
                time.process_time() - cpu,
                resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            ]
    print(json.dumps(told))


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        ask(Path(sys.argv[2]), sys.argv[3])
