"""Table 1: who are in the groups, one row per variable, before anything is estimated.

Of numbers: how many, mean, standard deviation, median and quartiles. Of categories: how
many in each. Missing is counted in every cell and is no category. Beside two groups
stands how far they lie apart in standard deviations (`balance`), never a p-value: a
table that describes is no test, and with a hundred variables five would be "found".

The same table comes out of a file too large to load (`large_table_one`): a row is made
from counts and moments, whoever counted them.

Nothing is withheld here. What leaves the building passes disclosure control first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trede.evaluation.estimate import CannotEstimate, Size, Values
from trede.evaluation.missing_people.balance import (
    Moments,
    difference_of_moments,
    distance_of_counts,
)

Kind = Literal["numeric", "binary", "category"]
Counts = NDArray[np.int64]
QUARTILES = (0.25, 0.5, 0.75)
# A variable with more is no category but somebody's name or number.
MOST_CATEGORIES = 60


@dataclass(frozen=True, slots=True)
class Described:
    """One variable in one group.

    `mean` and `sd` are None for categories and when nobody answered, `sd` as well for
    one person; of 0 and 1 the mean is a share. `quartiles` are the first, the median
    and the third, of numbers only. `counts` are people per category, of 0 and 1 those
    with 1.
    """

    n: int
    n_missing: int
    mean: float | None = None
    sd: float | None = None
    quartiles: tuple[float, float, float] | None = None
    counts: tuple[int, ...] = ()

    @property
    def shares(self) -> tuple[float, ...]:
        """Of who answered; empty when nobody did."""
        return tuple(count / self.n for count in self.counts) if self.n else ()


@dataclass(frozen=True, slots=True)
class Row:
    """One variable. `difference` is first group minus second, None when refused."""

    variable: str
    kind: Kind
    categories: tuple[str, ...]
    everybody: Described
    groups: tuple[Described, ...]
    difference: Size | None
    refused: CannotEstimate | None


@dataclass(frozen=True, slots=True)
class TableOne:
    """`groups` in order of their names, with their sizes.

    Who has no group is in `everybody` and counted in `n_without_group`.
    """

    groups: tuple[str, ...]
    sizes: tuple[int, ...]
    n_without_group: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Grouped:
    """The rows of a table in the order of their group; who has none comes first."""

    order: Counts
    ends: tuple[int, ...]

    def parts(self, values: Values) -> list[Values]:
        return np.split(values[self.order], self.ends)[1:]


def table_one(
    frame: pl.DataFrame,
    *,
    group: str,
    variables: Sequence[str] = (),
    kinds: Mapping[str, Kind] | None = None,
) -> TableOne:
    """Every variable in every group.

    Args:
        frame: one row per person.
        group: the column that says in which group somebody is.
        variables: columns, by default all others.
        kinds: where the kind is another than its column says: numbers are `numeric`,
            or `binary` when all are 0 or 1; everything else is `category`.

    Raises:
        CannotEstimate: `table_one`, `no_groups`; `many_categories` with more than 60.
        ValueError: a column that is not there, infinite, or not 0 and 1 though said to
            be.
    """
    names = tuple(variables) or tuple(c for c in frame.columns if c != group)
    unknown = [name for name in (group, *names) if name not in frame.columns]
    if unknown:
        raise ValueError(f"There is no column {', '.join(unknown)}.")
    labels = frame[group].cast(pl.String)
    found = labels.drop_nulls().unique().sort().to_list()
    refuse_no_groups(len(found))
    place = labels.cast(pl.Enum(found)).to_physical().cast(pl.Int64)
    codes = (place + 1).fill_null(0).to_numpy()
    sizes = np.bincount(codes, minlength=len(found) + 1)
    ends = tuple(np.cumsum(sizes)[:-1].tolist())
    grouped = _Grouped(np.argsort(codes, kind="stable"), ends)
    asked = kinds or {}
    rows = tuple(_row(frame[name], grouped, asked.get(name)) for name in names)
    in_groups = tuple(int(size) for size in sizes[1:])
    return TableOne(tuple(found), in_groups, int(sizes[0]), rows)


def row_of(
    variable: str,
    kind: Kind,
    categories: tuple[str, ...],
    everybody: Described,
    groups: tuple[Described, ...],
) -> Row:
    """A row with the distance between its two groups, or why there is none."""
    try:
        difference, refused = _apart(kind, groups), None
    except CannotEstimate as refusal:
        difference, refused = None, refusal
    return Row(variable, kind, categories, everybody, groups, difference, refused)


def refuse_no_groups(groups: int) -> None:
    if not groups:
        raise CannotEstimate("table_one", why="no_groups", has=0, needed=1)


def refuse_many(categories: int) -> None:
    if categories > MOST_CATEGORIES:
        raise CannotEstimate(
            "table_one", why="many_categories", has=categories, needed=MOST_CATEGORIES
        )


def _apart(kind: Kind, groups: tuple[Described, ...]) -> Size:
    if len(groups) != 2:
        raise CannotEstimate("table_one", why="not_two", has=len(groups), needed=2)
    if kind == "category":
        one, other = (np.array(group.counts, np.float64) for group in groups)
        return distance_of_counts(one, other)
    return difference_of_moments(*(_moments(kind, group) for group in groups))


def _moments(kind: Kind, group: Described) -> Moments:
    mean = group.mean or 0.0
    variance = mean * (1 - mean) if kind == "binary" else (group.sd or 0.0) ** 2
    return Moments(group.n, mean, variance)


def _row(column: pl.Series, grouped: _Grouped, kind: Kind | None) -> Row:
    if kind == "category" or not (
        column.dtype.is_numeric() or column.dtype == pl.Boolean
    ):
        return _of_categories(column, grouped)
    values = column.cast(pl.Float64).fill_null(np.nan).to_numpy()
    if np.isinf(values).any():
        raise ValueError(f"{column.name} is infinite somewhere.")
    known = values[~np.isnan(values)]
    yes_or_no = bool(np.isin(known, (0.0, 1.0)).all())
    if kind == "binary" and not yes_or_no:
        raise ValueError(f"{column.name} holds more than 0 and 1.")
    told: Kind = kind or ("binary" if yes_or_no and len(known) else "numeric")
    everybody = _described(values, told)
    groups = tuple(_described(part, told) for part in grouped.parts(values))
    categories = ("1",) if told == "binary" else ()
    return row_of(column.name, told, categories, everybody, groups)


def _described(values: Values, kind: Kind) -> Described:
    known = values[~np.isnan(values)]
    n, missing = len(known), len(values) - len(known)
    mean = float(known.mean()) if n else None
    if kind == "binary":
        return Described(n, missing, mean, counts=(int(known.sum()),))
    sd = float(known.std(ddof=1)) if n > 1 else None
    if not n:
        return Described(n, missing)
    low, middle, high = np.quantile(known, QUARTILES).tolist()
    return Described(n, missing, mean, sd, (low, middle, high))


def _of_categories(column: pl.Series, grouped: _Grouped) -> Row:
    different = column.drop_nulls().unique().sort()
    refuse_many(len(different))
    names = different.cast(pl.String).to_list()
    places = column.cast(pl.String).cast(pl.Enum(names)).to_physical()
    codes = places.cast(pl.Float64).fill_null(np.nan).to_numpy()
    groups = tuple(_counted(part, len(names)) for part in grouped.parts(codes))
    everybody = _counted(codes, len(names))
    return row_of(column.name, "category", tuple(names), everybody, groups)


def _counted(codes: Values, categories: int) -> Described:
    known = codes[~np.isnan(codes)].astype(np.int64)
    counts = np.bincount(known, minlength=categories)
    missing = len(codes) - len(known)
    return Described(len(known), missing, counts=tuple(counts.tolist()))
