"""Table 1 of a file too large to load: the same rows as `table_one`, counted by DuckDB.

Of whole numbers in a small range it counts how often each occurs, which tells all of
them. Of other numbers a median needs all values at once, so they are taken one variable
at a time: the memory is that of one column, however many there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trede.evaluation.large_file import Found, LargeFile, Value, number, quoted
from trede.evaluation.table_one import (
    QUARTILES,
    Described,
    Kind,
    Row,
    TableOne,
    refuse_many,
    refuse_no_groups,
    row_of,
)

# The key of all rows together, with and without a group.
EVERYBODY = None
# Different whole numbers that are counted one by one.
COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of which rows, and by which groups; `values` go along with every question."""

    file: LargeFile
    label: str
    groups: tuple[str, ...]
    where: str
    values: Mapping[str, Value]

    def ask(self, told: str, ending: str) -> Found:
        return self.file.ask(
            f"SELECT {told} FROM data{self.where} {ending}", self.values
        )


def large_table_one(
    file: LargeFile,
    *,
    group: str,
    variables: Sequence[str] = (),
    kinds: Mapping[str, Kind] | None = None,
    only: Mapping[str, Value] | None = None,
) -> TableOne:
    """As `table_one`, of the rows of a large file.

    Args:
        group, variables, kinds: as there; by default all columns but those of the
            person, the group and `only`.
        only: what columns must be, such as `{"wave": 0}`; without it every wave of a
            person counts as somebody.

    Raises:
        CannotEstimate: as there.
        ValueError: as there.
    """
    given = only or {}
    aside = {group, file.person, *given}
    names = tuple(variables) or tuple(c for c in file.columns if c not in aside)
    file.refuse_unknown(group, *names, *given)
    tests = [f"{quoted(name)} = $only_{place}" for place, name in enumerate(given)]
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    values = {f"only_{place}": value for place, value in enumerate(given.values())}
    label = f"CAST({quoted(group)} AS VARCHAR)"
    asked = _Asked(file, label, (), where, values)
    sizes = asked.ask(f"{label}, count(*)", "GROUP BY 1 ORDER BY 1")
    groups = {name: size for name, size in sizes if name is not None}
    refuse_no_groups(len(groups))
    asked = _Asked(file, label, tuple(groups), where, values)
    told = _kinds(asked, names, kinds or {})
    without = sum(size for name, size in sizes if name is None)
    rows = tuple(_row(asked, name, *told[name]) for name in names)
    return TableOne(tuple(groups), tuple(groups.values()), without, rows)


def _kinds(
    asked: _Asked, names: Sequence[str], said: Mapping[str, Kind]
) -> dict[str, tuple[Kind, bool]]:
    """The kind of every variable, and whether it takes few whole numbers."""
    told: dict[str, tuple[Kind, bool]] = dict.fromkeys(names, ("category", False))
    numbers = [
        name
        for name in names
        if said.get(name) != "category" and asked.file.is_number(name)
    ]
    if not numbers:
        return told
    looked = ", ".join(
        f"bool_and({x} IN (0, 1)), bool_or(isinf({x})),"
        f" max({x}) - min({x}) < {COUNTED} AND bool_and({x} = round({x}))"
        for x in map(number, numbers)
    )
    [found] = asked.ask(looked, "")
    for place, name in enumerate(numbers):
        yes_or_no, infinite, whole = found[3 * place : 3 * place + 3]
        if infinite:
            raise ValueError(f"{name} is infinite somewhere.")
        if said.get(name) == "binary" and yes_or_no is False:
            raise ValueError(f"{name} holds more than 0 and 1.")
        kind: Kind = said.get(name) or ("binary" if yes_or_no else "numeric")
        told[name] = kind, bool(whole)
    return told


def _row(asked: _Asked, name: str, kind: Kind, whole: bool) -> Row:
    if kind == "category":
        return _of_categories(asked, name)
    by_group = (_by_count if whole else _by_sorting)(asked, name, kind)
    nobody = Described(0, 0)
    groups = tuple(by_group.get(group, nobody) for group in asked.groups)
    categories = ("1",) if kind == "binary" else ()
    return row_of(name, kind, categories, by_group[EVERYBODY], groups)


def _by_count(asked: _Asked, name: str, kind: Kind) -> dict[str | None, Described]:
    """Out of how often every value occurs."""
    told = f"{asked.label}, {number(name)}, count(*)"
    found = asked.ask(told, "GROUP BY 1, 2 ORDER BY 2 NULLS LAST")
    described: dict[str | None, Described] = {EVERYBODY: _of_counts(found, kind)}
    for group in asked.groups:
        described[group] = _of_counts([row for row in found if row[0] == group], kind)
    return described


def _of_counts(rows: Found, kind: Kind) -> Described:
    missing = sum(times for _, value, times in rows if value is None)
    known = [(value, times) for _, value, times in rows if value is not None]
    if not known:
        return Described(0, missing)
    values, times = (np.array(one, np.float64) for one in zip(*known, strict=True))
    n = int(times.sum())
    mean = float(values @ times) / n
    if kind == "binary":
        return Described(n, missing, mean, counts=(round(mean * n),))
    around = float((values - mean) ** 2 @ times)
    sd = (around / (n - 1)) ** 0.5 if n > 1 else None
    # Values at the places below and above each quartile, and between them a line.
    place, ends = np.array(QUARTILES) * (n - 1), np.cumsum(times)
    below = values[np.searchsorted(ends, np.floor(place), "right")]
    above = values[np.searchsorted(ends, np.ceil(place), "right")]
    low, middle, high = (below + (above - below) * (place % 1)).tolist()
    return Described(n, missing, mean, sd, (low, middle, high))


def _by_sorting(asked: _Asked, name: str, kind: Kind) -> dict[str | None, Described]:
    x = number(name)
    told = (
        f"{asked.label} AS label, grouping({asked.label}), count({x}),"
        f" count(*) - count({x}), avg({x}), stddev_samp({x}),"
        f" quantile_cont({x}, {list(QUARTILES)})"
    )
    found = asked.ask(told, f"GROUP BY GROUPING SETS (({asked.label}), ())")
    # Everybody last: who has no group goes by the same key, and is in no group.
    found.sort(key=lambda row: int(row[1]))
    return {row[0]: _described(*row[2:]) for row in found}


def _described(
    n: int,
    missing: int,
    mean: float | None,
    sd: float | None,
    quartiles: list[float] | None,
) -> Described:
    if quartiles is None:
        return Described(n, missing)
    low, middle, high = quartiles
    return Described(n, missing, mean, sd, (low, middle, high))


def _of_categories(asked: _Asked, name: str) -> Row:
    x = quoted(name)
    [(different,)] = asked.ask(f"count(DISTINCT {x})", "")
    refuse_many(different)
    told = f"{x}, CAST({x} AS VARCHAR), {asked.label}, count(*)"
    found = asked.ask(told, "GROUP BY 1, 2, 3 ORDER BY 1")
    names = tuple(dict.fromkeys(row[1] for row in found if row[1] is not None))
    counted = {(row[1], row[2]): int(row[3]) for row in found}
    groups = tuple(_counted(counted, names, [group]) for group in asked.groups)
    everybody = _counted(counted, names, [*asked.groups, None])
    return row_of(name, "category", names, everybody, groups)


def _counted(
    counted: Mapping[tuple[str | None, str | None], int],
    names: Sequence[str],
    groups: Sequence[str | None],
) -> Described:
    counts = [sum(counted.get((name, g), 0) for g in groups) for name in names]
    missing = sum(counted.get((None, group), 0) for group in groups)
    return Described(sum(counts), missing, counts=tuple(counts))
