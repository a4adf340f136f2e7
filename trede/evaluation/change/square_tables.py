"""Before against after, category by category: did the whole distribution shift?

The table has a row for each category before and a column for each category after.
Three questions can be put to it:

* *Stuart-Maxwell*: are the shares of all categories the same before and after?
  (marginal homogeneity, with the spread estimated as if they were)
* *Bhapkar*: the same question with the spread as observed: somewhat keener in large
  groups, and a plain function of the first.
* *Bowker*: did as many go from i to j as from j to i, for every two categories?
  (symmetry) Shares can stay equal while people move round.

Nothing is added to empty cells. A category that nobody left or entered says nothing
and drops out, and so does one category of every group of categories between which
people moved: what is left is what the degrees of freedom count. Two categories never
exchanged do not count in Bowker's.

All three rest on the chi-square distribution, which wants 25 people who moved; with
fewer the note `few_movers` says so, and the `_exact` form stands beside it: p over all
ways in which those who moved could have gone the other way.

Sources: Stuart, Biometrika 42, 1955; Maxwell, British Journal of Psychiatry 116, 1970;
Bhapkar, Journal of the American Statistical Association 61, 1966; Bowker, same
journal 43, 1948; exact form: the sign changes of Fisher, 1935.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from trede.evaluation.change.pairs import Pairs, complete_pairs
from trede.evaluation.estimate import CannotEstimate, Estimate, Values

Counts = NDArray[np.int64]

# People who must have moved before the chi-square distribution can be trusted.
ENOUGH_MOVERS = 25
# Below it the spread that Bhapkar divides by is nothing but rounding.
NO_SPREAD = 1e-9


@dataclass(frozen=True, slots=True)
class ShiftTable:
    """How many went from which category to which.

    Shapes: `categories` (k,), in order; `counts` (k, k), rows before, columns after.
    """

    categories: Values
    counts: Counts
    n_missing: int

    @property
    def n(self) -> int:
        return int(self.counts.sum())

    @property
    def moved(self) -> int:
        """People who are in another category than before."""
        return self.n - int(np.trace(self.counts))


def shift_table(before: Values, after: Values) -> ShiftTable:
    """The table of all categories that occur before or after.

    Args:
        before, after: shape (people,), any numbers as codes; NaN is missing,
            incomplete pairs are counted.

    Raises:
        CannotEstimate: `shift_table`, `few_pairs`.
    """
    return tabulated(complete_pairs(before, after, what="shift_table"))


def tabulated(pairs: Pairs) -> ShiftTable:
    """The same of complete pairs."""
    both = np.concatenate((pairs.before, pairs.after))
    categories, place = np.unique(both, return_inverse=True)
    k = len(categories)
    cell = place[: pairs.n] * k + place[pairs.n :]
    counts = np.bincount(cell, minlength=k * k).reshape(k, k)
    return ShiftTable(categories, counts.astype(np.int64), pairs.n_missing)


def stuart_maxwell(table: ShiftTable) -> Estimate:
    """Chi-square for equal shares before and after; the value is that chi-square.

    Raises:
        CannotEstimate: `stuart_maxwell`, `nothing_moves`.
    """
    _refuse_without_moves(table, "stuart_maxwell")
    statistic, df = _homogeneity(table.counts)
    return _tested("stuart_maxwell", table, statistic, df)


def bhapkar(table: ShiftTable) -> Estimate:
    """Bhapkar's chi-square for the same question; the value is that chi-square.

    Raises:
        CannotEstimate: `bhapkar`, `nothing_moves`; or `no_spread` when the people who
            moved leave no spread to estimate, as when everybody went the same way.
    """
    _refuse_without_moves(table, "bhapkar")
    statistic, df = _homogeneity(table.counts)
    left = 1 - statistic / table.n
    if left < NO_SPREAD:
        raise CannotEstimate("bhapkar", why="no_spread", has=0, needed=None)
    return _tested("bhapkar", table, statistic / left, df)


def bowker(table: ShiftTable) -> Estimate:
    """Chi-square for symmetry; the value is that chi-square, without 0.5 added.

    Raises:
        CannotEstimate: `bowker`, `nothing_moves`.
    """
    _refuse_without_moves(table, "bowker")
    to, back = exchanges(table.counts)
    statistic = float(((to - back) ** 2 / (to + back)).sum())
    return _tested("bowker", table, statistic, len(to))


def exchanges(counts: Counts) -> tuple[Counts, Counts]:
    """Per two categories between which anybody moved: how many up, how many back."""
    upper = np.triu_indices(len(counts), 1)
    to, back = counts[upper], counts.T[upper]
    used = to + back > 0
    return to[used], back[used]


def informative(counts: Counts) -> NDArray[np.intp]:
    """The categories whose margins are tested.

    People moved within groups of categories. Within a group the gains and losses add
    up to 0, so that one category of each (the last) says nothing more than the others.
    """
    linked = (counts + counts.T > 0) | np.eye(len(counts), dtype=bool)
    for _ in counts:
        linked = linked @ linked
    last = len(counts) - 1 - np.argmax(linked[:, ::-1], axis=1)
    return np.flatnonzero(last != np.arange(len(counts)))


def spread_of_gains(counts: Counts) -> Values:
    """The covariance of gains under equal shares, shape (k, k)."""
    either = (counts + counts.T).astype(np.float64)
    np.fill_diagonal(either, 0)
    return np.asarray(np.diag(either.sum(axis=1)) - either, np.float64)


def _homogeneity(counts: Counts) -> tuple[float, int]:
    kept = informative(counts)
    gains = (counts.sum(axis=0) - counts.sum(axis=1))[kept].astype(np.float64)
    spread = spread_of_gains(counts)[np.ix_(kept, kept)]
    return float(gains @ np.linalg.solve(spread, gains)), len(kept)


def _tested(method: str, table: ShiftTable, statistic: float, df: int) -> Estimate:
    notes = ("few_movers",) if table.moved < ENOUGH_MOVERS else ()
    return Estimate(
        method,
        statistic,
        table.n,
        table.n_missing,
        p=float(chdtrc(df, statistic)),
        df=float(df),
        notes=notes,
    )


def _refuse_without_moves(table: ShiftTable, what: str) -> None:
    if not table.moved:
        raise CannotEstimate(what, why="nothing_moves", has=0, needed=1)
