"""Filling in everything that is missing, again and again (multiple imputation).

Columns are filled in one after the other, each out of all others, until the filled-in
answers no longer depend on where they started; then the whole is done again with other
draws. At least twenty completed data sets come out; the differences between them are
what nobody knows. Estimates of each are joined by `pooling`.

Right when, given all columns, missing has nothing to do with the missing answer itself
(missing at random), and when the columns hold what the analysis is about: arm, start
and outcome, and whatever goes with leaving.

Sources: Van Buuren and Groothuis-Oudshoorn, Journal of Statistical Software 45, 2011;
White, Royston and Wood, Statistics in Medicine 30, 2011 (how many).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from trede.evaluation.estimate import CannotEstimate, Values
from trede.evaluation.missing_people.one_column import Way, fill

IMPUTATIONS = 20
ROUNDS = 10
# Answers beyond the number of coefficients that a model must have to lean on.
SPARE = 3

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Completed:
    """Completed data sets: `values` (m, n, k).

    `missing` (n, k): which were not there. `names` (k) in order; `ways` of the columns
    that were filled in.
    """

    names: tuple[str, ...]
    values: Values
    missing: Mask
    ways: Mapping[str, Way]

    def column(self, name: str) -> Values:
        """Shape (m, n)."""
        return self.values[:, :, self.names.index(name)]


def impute(
    columns: Mapping[str, Values],
    rng: Generator,
    *,
    ways: Mapping[str, Way] | None = None,
    imputations: int = IMPUTATIONS,
    rounds: int = ROUNDS,
) -> Completed:
    """Complete the data `imputations` times.

    Args:
        columns: name -> shape (people,), numbers or codes; categories without order as
            columns of 0 and 1. NaN is missing.
        ways: how a column is filled in; left out: `logistic` for 0 and 1, else `pmm`.
        imputations: at least 20.
        rounds: times that every column is filled in; one is enough, and done, when only
            one column has gaps.

    Raises:
        ValueError: columns of different people, infinite; `logistic` of other values.
        CannotEstimate: `impute`, `few_imputations`; `few_answers` when a column with
            gaps has too few answers for a model with all other columns.
    """
    if imputations < IMPUTATIONS:
        raise CannotEstimate(
            "impute", why="few_imputations", has=imputations, needed=IMPUTATIONS
        )
    names, table = tuple(columns), _table(columns)
    missing = np.isnan(table)
    gaps = missing.sum(axis=0)
    told = ways or {}
    chosen = {
        name: told.get(name) or usual_way(table[:, place])
        for place, name in enumerate(names)
        if gaps[place]
    }
    _refuse(table, missing, names, chosen)
    # Those with the fewest gaps first: what they get is of use to the others.
    order = [int(p) for p in np.argsort(gaps, kind="stable") if gaps[p]]
    turns = rounds if len(order) > 1 else 1
    done = [
        _complete(table, missing, [(p, chosen[names[p]]) for p in order], turns, rng)
        for _ in range(imputations)
    ]
    return Completed(names, np.stack(done), missing, chosen)


def usual_way(values: Values) -> Way:
    """`logistic` when there are only 0 and 1, else `pmm`."""
    known = values[~np.isnan(values)]
    return "logistic" if np.isin(known, (0, 1)).all() else "pmm"


def _complete(
    table: Values,
    missing: Mask,
    order: list[tuple[int, Way]],
    rounds: int,
    rng: Generator,
) -> Values:
    found = table.copy()
    for place, _ in order:
        gaps = missing[:, place]
        found[gaps, place] = rng.choice(table[~gaps, place], int(gaps.sum()))
    for _ in range(rounds):
        for place, way in order:
            gaps = missing[:, place]
            design = _design(np.delete(found, place, axis=1), ~gaps)
            found[gaps, place] = fill(way, design, found[:, place], gaps, rng)
    return found


def _design(others: Values, there: Mask) -> Values:
    """The constant and the standardised columns that say anything where there are
    answers."""
    spread = others[there].std(axis=0)
    used = spread > 0
    scaled = (others[:, used] - others[there][:, used].mean(axis=0)) / spread[used]
    return np.column_stack((np.ones(len(others)), scaled))


def _table(columns: Mapping[str, Values]) -> Values:
    numbers = [np.asarray(column, np.float64) for column in columns.values()]
    shapes = {one.shape for one in numbers}
    if len(shapes) != 1 or numbers[0].ndim != 1:
        raise ValueError(f"not the same people: shapes {sorted(shapes)}")
    table = np.column_stack(numbers)
    if np.isinf(table).any():
        raise ValueError("an answer is infinite")
    return table


def _refuse(
    table: Values, missing: Mask, names: tuple[str, ...], ways: Mapping[str, Way]
) -> None:
    needed = len(names) + SPARE
    for place, name in enumerate(names):
        if name not in ways:
            continue
        known = table[~missing[:, place], place]
        if len(known) < needed:
            raise CannotEstimate(
                "impute", why="few_answers", has=len(known), needed=needed
            )
        if ways[name] == "logistic" and not np.isin(known, (0, 1)).all():
            raise ValueError(f"{name} is not 0 or 1")
