"""Who left beside who stayed; who was reached beside the whole list.

One row per variable: numbers of people, means or shares on both sides, and how far the
sides lie apart (`balance`). A test is only for an appendix: among nine people who left
the power is about nil, so that a large p says nothing at all. `detectable` says how far
apart groups of this size must lie to be noticed.

| kind | told | apart | test (appendix) |
|---|---|---|---|
| numeric | mean, standard deviation | standardised difference | Mann-Whitney, exact |
| ordered | the same of the codes, and shares | standardised difference | the same |
| binary | share of 1 | standardised difference | Fisher |
| category | shares | standardised distance, no sign | Freeman-Halton |
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np
from numpy.random import Generator

from trede.evaluation.comparison.exact_tables import freeman_halton
from trede.evaluation.comparison.groups import Groups, Who
from trede.evaluation.comparison.rank_sums import mann_whitney
from trede.evaluation.estimate import CannotEstimate, Estimate, Size, Values
from trede.evaluation.missing_people.balance import (
    detectable,
    difference_of_means,
    difference_of_shares,
    distance_of_categories,
)
from trede.evaluation.proportions import Share, share

T = TypeVar("T")
Kind = Literal["numeric", "ordered", "binary", "category"]
Reference = Literal["others", "everyone"]

# When only a difference of this many deviations is noticed the power is about nil.
NOTICED = 0.8
# Of more pairs of people (one of each side) a test says nothing but how many they are.
MOST_PAIRS = 4_000_000


@dataclass(frozen=True, slots=True)
class Variable:
    """What was asked of everybody: `values` (people,), codes or numbers, or NaN."""

    code: str
    kind: Kind
    values: Values


@dataclass(frozen=True, slots=True)
class Side:
    """One group. `n` answered, `n_missing` did not; `shares` by category in order.

    `mean` and `sd` are None for categories without order and when nobody answered; `sd`
    as well for one person.
    """

    n: int
    n_missing: int
    mean: float | None
    sd: float | None
    shares: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One variable on both sides.

    `categories` are the codes behind `shares`, empty for numbers. `difference` is None
    when refused. `appendix` is the exact test, with note `power_about_nil` when only
    differences of 0.8 standard deviations or more would be noticed. `detectable` is the
    difference noticed four times out of five, None when a side is empty.
    """

    code: str
    kind: Kind
    categories: tuple[float, ...]
    one: Side
    other: Side
    difference: Size | None
    detectable: float | None
    appendix: Estimate | None
    notes: tuple[str, ...]
    refused: tuple[CannotEstimate, ...]


def compare_sides(
    variables: Sequence[Variable],
    one: Who,
    rng: Generator,
    *,
    reference: Reference = "others",
) -> tuple[Compared, ...]:
    """A row per variable: the people in `one` beside the others, or beside everybody.

    Args:
        variables: each of the same people.
        one: shape (people,), True for who left (or who was reached).
        rng: for tests of tables too large to write out. With more than four million
            pairs of people (one of each side) there is no test (`many_people`).
        reference: `others`, or `everyone`: the whole list, `one` included. The test is
            the same: whoever differs from the others differs from everybody.

    Raises:
        ValueError: a variable of other people, or infinite.
        CannotEstimate: `compare_sides`, `one_side` when a side has nobody at all.
    """
    inside = np.asarray(one, np.bool_)
    least = int(min(inside.sum(), (~inside).sum()))
    if not least:
        raise CannotEstimate("compare_sides", why="one_side", has=0, needed=1)
    everyone = reference == "everyone"
    return tuple(_compared(v, inside, rng, everyone) for v in variables)


def _compared(
    variable: Variable, inside: Who, rng: Generator, everyone: bool
) -> Compared:
    values = _of_these_people(variable, inside)
    categories = _categories(variable.kind, values)
    known = ~np.isnan(values)
    first, rest = values[known & inside], values[known & ~inside]
    refused: list[CannotEstimate] = []
    distance = _attempt(
        lambda: _DISTANCES[variable.kind](first, rest, everyone=everyone), refused
    )
    test = _attempt(lambda: _tested(variable.kind, first, rest, rng), refused)
    smallest = detectable(len(first), len(rest)) if len(first) and len(rest) else None
    nil = smallest is None or smallest > NOTICED
    others = values if everyone else values[~inside]
    return Compared(
        code=variable.code,
        kind=variable.kind,
        categories=tuple(categories.tolist()),
        one=_side(variable.kind, values[inside], categories),
        other=_side(variable.kind, others, categories),
        difference=distance,
        detectable=smallest,
        appendix=test,
        notes=("power_about_nil",) if nil else (),
        refused=tuple(refused),
    )


_DISTANCES: dict[Kind, Callable[..., Size]] = {
    "numeric": difference_of_means,
    "ordered": difference_of_means,
    "binary": difference_of_shares,
    "category": distance_of_categories,
}


def _attempt(make: Callable[[], T], refused: list[CannotEstimate]) -> T | None:
    try:
        return make()
    except CannotEstimate as refusal:
        refused.append(refusal)
        return None


def _of_these_people(variable: Variable, inside: Who) -> Values:
    values = np.asarray(variable.values, np.float64)
    if values.shape != inside.shape:
        raise ValueError(f"{variable.code} is of other people: {values.shape}")
    if np.isinf(values).any():
        raise ValueError(f"{variable.code} is infinite somewhere")
    return values


def _categories(kind: Kind, values: Values) -> Values:
    known = values[~np.isnan(values)]
    if kind == "binary":
        strange = known[(known != 0) & (known != 1)]
        if len(strange):
            has = float(strange[0])
            raise CannotEstimate(
                "compare_sides", why="not_binary", has=has, needed=None
            )
        return np.array([1.0])
    return known[:0] if kind == "numeric" else np.unique(known)


def _side(kind: Kind, values: Values, categories: Values) -> Side:
    known = values[~np.isnan(values)]
    n = len(known)
    shares = (share(int((known == code).sum()), n) for code in categories)
    ordered = kind != "category"
    return Side(
        n=n,
        n_missing=len(values) - n,
        mean=float(known.mean()) if ordered and n else None,
        sd=float(known.std(ddof=1)) if ordered and n > 1 else None,
        shares=tuple(s for s in shares if s is not None),
    )


def _tested(kind: Kind, first: Values, rest: Values, rng: Generator) -> Estimate:
    """The exact test, two-sided; the value is that of first minus rest."""
    least = min(len(first), len(rest))
    if least < 2:
        raise CannotEstimate("compare_sides", why="few_people", has=least, needed=2)
    if len(first) * len(rest) > MOST_PAIRS:
        has = len(first) + len(rest)
        raise CannotEstimate("compare_sides", why="many_people", has=has, needed=None)
    answers = np.concatenate((first, rest))
    arm = np.repeat([1.0, 0.0], [len(first), len(rest)])
    rows = np.arange(len(arm))
    groups = Groups(arm=arm, before=answers, after=answers, rows=rows, n_missing=0)
    if kind in ("numeric", "ordered"):
        return mann_whitney(groups)
    return freeman_halton(groups, rng)
