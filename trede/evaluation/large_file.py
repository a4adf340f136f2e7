"""Figures out of a Parquet file that is too large to load.

A register of ten million rows does not fit in the memory of an office computer; what is
asked of it does: means by wave, changes and transitions (a Table 1: `large_table_one`).
DuckDB reads the columns that a question needs, piece by piece, within the memory it is
given; what does not fit it lays aside on the disk, in a folder that is gone afterwards.

The file has one row per person and wave. A person who stands twice in the same wave is
refused: nobody can tell afterwards which of the two answers counted.

```python
with LargeFile(Path("register.parquet")) as file:
    file.by_wave(["satisfied"])
    file.change("satisfied", before=0, after=1)
    file.transitions("tread", before=0, after=1)
```

What a mean or a standard deviation is, is what it is elsewhere; to the last digit they
may differ, since the order in which rows are added up is not fixed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import duckdb
import numpy as np
from scipy.special import stdtr, stdtrit

from trede.evaluation.change.pairs import ENOUGH_TO_TELL, FEWEST
from trede.evaluation.estimate import LEVEL, CannotEstimate, Estimate, Interval
from trede.evaluation.ladder.transitions import (
    TREADS,
    Transitions,
    from_cells,
    refuse_no_tread,
)

MEMORY = "1GB"
NUMBERS = ("INT", "FLOAT", "DOUBLE", "DECIMAL", "BOOLEAN")
Value = str | int | float | bool
# What DuckDB gives back for a question: a tuple per row.
Found = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class AtWave:
    """An outcome at a wave: who answered, and who has a row without an answer."""

    outcome: str
    wave: Value
    n: int
    n_missing: int
    mean: float | None
    sd: float | None


class LargeFile:
    """A Parquet file that is asked without being loaded; use it in a `with`.

    Args:
        path: the file.
        memory: what DuckDB may use, such as `500MB`; Python and its packages come on
            top of it (some 100 MB).
        person, wave: the columns that say whose answers these are, and from when.

    Raises:
        ValueError: a file that is no readable Parquet.
    """

    def __init__(
        self,
        path: Path,
        *,
        memory: str = MEMORY,
        person: str = "person",
        wave: str = "wave",
    ) -> None:
        self.person, self.wave = person, wave
        self._aside = TemporaryDirectory(prefix="trede-")
        # Nothing is fetched: what reads Parquet is in the package itself.
        self._duck = duckdb.connect(
            config={
                "memory_limit": memory,
                "temp_directory": self._aside.name,
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
            }
        )
        try:
            self._duck.read_parquet(str(path)).create_view("data")
        except duckdb.Error as problem:
            self.close()
            raise ValueError(f"{path.name}: this is no readable Parquet.") from problem
        described = self.ask("DESCRIBE data")
        self.columns = {str(row[0]): str(row[1]) for row in described}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def close(self) -> None:
        self._duck.close()
        self._aside.cleanup()

    def ask(self, question: str, values: Mapping[str, Value] | None = None) -> Found:
        """What DuckDB answers; the rows of the file are called `data`.

        Args:
            values: for `$name` in the question; they never become part of its text.
        """
        return self._duck.execute(question, dict(values or {})).fetchall()

    def refuse_unknown(self, *names: str) -> None:
        unknown = [name for name in names if name not in self.columns]
        if unknown:
            raise ValueError(f"There is no column {', '.join(unknown)}.")

    def is_number(self, name: str) -> bool:
        return any(word in self.columns[name] for word in NUMBERS)

    def by_wave(self, outcomes: Sequence[str]) -> tuple[AtWave, ...]:
        """Every outcome at every wave: people, mean and standard deviation."""
        self.refuse_unknown(self.wave, *outcomes)
        told = ", ".join(
            f"count({x}), count(*) - count({x}), avg({x}), stddev_samp({x})"
            for x in map(number, outcomes)
        )
        wave = quoted(self.wave)
        rows = self.ask(f"SELECT {wave}, {told} FROM data GROUP BY 1 ORDER BY 1")
        return tuple(
            AtWave(outcome, row[0], *row[1 + 4 * place : 5 + 4 * place])
            for place, outcome in enumerate(outcomes)
            for row in rows
        )

    def change(self, outcome: str, *, before: Value, after: Value) -> Estimate:
        """The mean change of who answered at both waves, as `change.mean_change`.

        Returns:
            `paired_t`, without sizes.

        Raises:
            CannotEstimate: `mean_change`, `few_pairs` below four people.
            ValueError: somebody stands twice in a wave.
        """
        told = (
            "count(second - first), count(*) - count(second - first),"
            " avg(second - first), stddev_samp(second - first), max(times)"
        )
        pairs = self._pairs(outcome)
        waves = {"before": before, "after": after}
        [found] = self.ask(f"SELECT {told} FROM ({pairs})", waves)
        n, missing, mean, sd, times = found
        _refuse_twice(times)
        if n < FEWEST:
            raise CannotEstimate("mean_change", why="few_pairs", has=n, needed=FEWEST)
        notes = ("few_pairs",) if n < ENOUGH_TO_TELL else ()
        if not sd:
            notes = ("no_variation", *notes)
            return Estimate("paired_t", mean, n, missing, notes=notes)
        se, df = sd / sqrt(n), float(n - 1)
        half = float(stdtrit(df, (1 + LEVEL) / 2)) * se
        limits = Interval(mean - half, mean + half, "t")
        p = float(2 * stdtr(df, -abs(mean) / se))
        return Estimate("paired_t", mean, n, missing, limits, p, se, df, notes=notes)

    def transitions(
        self, tread: str, *, before: Value, after: Value, treads: int = TREADS
    ) -> Transitions:
        """From which tread to which, of who was assessed at both waves.

        Raises:
            CannotEstimate: `transitions`, `not_a_tread`.
            ValueError: somebody stands twice in a wave.
        """
        told = "first, second, count(*), max(times)"
        pairs = self._pairs(tread)
        waves = {"before": before, "after": after}
        rows = self.ask(f"SELECT {told} FROM ({pairs}) GROUP BY 1, 2", waves)
        found = np.array(rows, np.float64).reshape(-1, 4)
        _refuse_twice(found[:, 3].max(initial=0))
        refuse_no_tread(found[:, :2].ravel(), treads)
        whole = ~np.isnan(found[:, :2]).any(axis=1)
        empty = from_cells(np.empty(0, np.int64), treads, 0)
        first, second = (found[whole, :2] - 1).astype(np.int64).T
        empty.counts[first, second] = found[whole, 2].astype(np.int64)
        return Transitions(empty.counts, int(found[~whole, 2].sum()))

    def _pairs(self, outcome: str) -> str:
        """A question that gives a row per person of the waves $before and $after."""
        self.refuse_unknown(outcome, self.person, self.wave)
        person, wave, x = quoted(self.person), quoted(self.wave), number(outcome)
        return (
            f"SELECT max({x}) FILTER ({wave} = $before) AS first,"
            f" max({x}) FILTER ({wave} = $after) AS second,"
            f" greatest(count(*) FILTER ({wave} = $before),"
            f" count(*) FILTER ({wave} = $after)) AS times"
            f" FROM data WHERE {person} IS NOT NULL"
            f" AND ({wave} = $before OR {wave} = $after) GROUP BY {person}"
        )


def quoted(column: str) -> str:
    """A column's name as DuckDB reads it, whatever is in that name."""
    return '"' + column.replace('"', '""') + '"'


def number(column: str) -> str:
    """A column as a number; NaN is no answer."""
    x = f"CAST({quoted(column)} AS DOUBLE)"
    return f"CASE WHEN NOT isnan({x}) THEN {x} END"


def _refuse_twice(times: float | None) -> None:
    if times and times > 1:
        raise ValueError("Somebody stands more than once in a wave.")
