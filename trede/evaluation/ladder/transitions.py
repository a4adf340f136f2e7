"""From which tread to which: the table of transitions, and what it adds up to.

Rows are the tread at the start, columns the tread now. A row says of everybody who
started on that tread what part is where now. Above the diagonal people rose, below it
they fell.

People who were not assessed twice are in no cell; they are counted in `n_missing`.
The intervals of shares are Wilson's. Whether the shares of all treads shifted is a
question for `change.square_tables` (Stuart-Maxwell, Bhapkar).

Sources: Wilson, Journal of the American Statistical Association 22, 1927; Student,
Biometrika 6, 1908 (mean change).
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from trede.evaluation.change.pairs import ENOUGH_TO_TELL, FEWEST
from trede.evaluation.estimate import (
    LEVEL,
    CannotEstimate,
    Estimate,
    Interval,
    Values,
)
from trede.evaluation.proportions import Share, share

Counts = NDArray[np.int64]

TREADS = 6


@dataclass(frozen=True, slots=True)
class Transitions:
    """How many went from which tread to which.

    `counts` has shape (treads, treads): row r, column c holds the people who started on
    tread r + 1 and are on tread c + 1 now.
    """

    counts: Counts
    n_missing: int

    @property
    def treads(self) -> int:
        return len(self.counts)

    @property
    def n(self) -> int:
        return int(self.counts.sum())

    @property
    def started(self) -> Counts:
        """People per tread at the start, shape (treads,)."""
        return np.asarray(self.counts.sum(axis=1))

    @property
    def now(self) -> Counts:
        """People per tread now, shape (treads,)."""
        return np.asarray(self.counts.sum(axis=0))

    @property
    def moves(self) -> tuple[int, int, int]:
        """How many rose, stayed and fell."""
        up, down = (
            int(np.triu(self.counts, 1).sum()),
            int(np.tril(self.counts, -1).sum()),
        )
        return up, self.n - up - down, down

    @property
    def row_shares(self) -> Values:
        """Per tread at the start the parts that are on each tread now.

        Shape (treads, treads); a row adds up to 1, or is NaN when nobody started there.
        """
        started = self.started[:, None].astype(np.float64)
        empty = np.full(self.counts.shape, np.nan)
        shares = np.divide(self.counts, started, out=empty, where=started > 0)
        return np.asarray(shares, np.float64)

    @property
    def notes(self) -> tuple[str, ...]:
        return ("few_pairs",) if self.n < ENOUGH_TO_TELL else ()

    def those(self, treads: NDArray[np.bool_]) -> "Transitions":
        """Only who started on these treads (True per tread): their rows."""
        return Transitions(np.where(treads[:, None], self.counts, 0), self.n_missing)

    def row(self, tread: int) -> tuple[Share | None, ...]:
        """The shares of one row with intervals; None when nobody started there."""
        if not 1 <= tread <= self.treads:
            raise ValueError(f"there is no tread {tread}")
        counts = self.counts[tread - 1].tolist()
        return tuple(share(count, sum(counts)) for count in counts)


def transitions(before: Values, after: Values, *, treads: int = TREADS) -> Transitions:
    """The table of people who were assessed twice.

    Args:
        before, after: shape (people,), treads from 1; NaN is missing, incomplete pairs
            are counted.
        treads: how many there are, at least two.

    Raises:
        ValueError: the two differ in length.
        CannotEstimate: `transitions`, `not_a_tread` with the first value that is none.
    """
    first, second = np.asarray(before, np.float64), np.asarray(after, np.float64)
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError(f"no pairs: shapes {first.shape} and {second.shape}")
    both = ~(np.isnan(first) | np.isnan(second))
    refuse_no_tread(first, treads)
    refuse_no_tread(second, treads)
    cells = (first[both] - 1) * treads + second[both] - 1
    return from_cells(cells.astype(np.int64), treads, int((~both).sum()))


def from_cells(cells: Counts, treads: int, n_missing: int) -> Transitions:
    """The table out of one cell number per person, rows one after the other."""
    counts = np.bincount(cells, minlength=treads * treads)
    return Transitions(counts.reshape(treads, treads).astype(np.int64), n_missing)


def refuse_no_tread(values: Values, treads: int) -> None:
    """Refuse what is no tread of this ladder; NaN is nothing.

    Raises:
        CannotEstimate: `transitions`, `not_a_tread`; `one_tread`.
    """
    if treads < 2:
        raise CannotEstimate("transitions", why="one_tread", has=treads, needed=2)
    known = values[~np.isnan(values)]
    wrong = known[(known != np.rint(known)) | (known < 1) | (known > treads)]
    if len(wrong):
        has = float(wrong[0])
        raise CannotEstimate("transitions", why="not_a_tread", has=has, needed=treads)


def shares_by_direction(table: Transitions) -> tuple[Estimate, ...]:
    """`share_up`, `share_same` and `share_down`, each with Wilson's interval.

    Raises:
        CannotEstimate: `shares_by_direction`, `few_pairs` below four people.
    """
    refuse_few(table, "shares_by_direction")
    return tuple(
        share_of(f"share_{name}", count, table.n, table)
        for name, count in zip(("up", "same", "down"), table.moves, strict=True)
    )


def mean_tread_change(table: Transitions, method: str = "mean_change") -> Estimate:
    """The mean number of treads that people rose (negative: fell), with a t interval.

    The same as `change.mean_change` of the people one by one. Without interval (note
    `no_variation`) when everybody moved as far.

    Raises:
        CannotEstimate: `mean_tread_change`, `few_pairs` below four people.
    """
    refuse_few(table, "mean_tread_change")
    places = np.arange(table.treads)
    steps, n = places[None, :] - places[:, None], table.n
    mean = float((table.counts * steps).sum()) / n
    variance = float((table.counts * (steps - mean) ** 2).sum()) / (n - 1)
    if np.ptp(steps[table.counts > 0]) == 0:
        notes = ("no_variation", *table.notes)
        return Estimate(method, mean, n, table.n_missing, notes=notes)
    se, df = sqrt(variance / n), float(n - 1)
    half = float(stdtrit(df, (1 + LEVEL) / 2)) * se
    return Estimate(
        method,
        mean,
        n,
        table.n_missing,
        interval=Interval(mean - half, mean + half, "t"),
        p=float(2 * stdtr(df, -abs(mean) / se)),
        se=se,
        df=df,
        notes=table.notes,
    )


def share_of(method: str, count: int, of: int, table: Transitions) -> Estimate:
    """A share of some of the people of the table, with Wilson's interval."""
    found = share(count, of)
    if found is None:
        raise CannotEstimate(method, why="nobody", has=0, needed=1)
    limits = Interval(found.low, found.high, "wilson")
    missing, notes = table.n_missing, table.notes
    return Estimate(method, found.value, of, missing, interval=limits, notes=notes)


def refuse_few(table: Transitions, what: str) -> None:
    """Refuse fewer people than change is told of."""
    if table.n < FEWEST:
        raise CannotEstimate(what, why="few_pairs", has=table.n, needed=FEWEST)
