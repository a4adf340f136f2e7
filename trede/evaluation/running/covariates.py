"""Columns that tell how people differ beforehand, as numbers.

A number stays a number. A category of k kinds becomes k - 1 columns of 0 and 1, against
the kind that most people are of. A covariate that everybody shares tells nothing and is
left out. Missing is NaN in every column of that covariate.
"""

from dataclasses import dataclass

import numpy as np

from trede.evaluation.estimate import Values
from trede.evaluation.running.laying_out import People


@dataclass(frozen=True, slots=True)
class Covariates:
    """`values` has shape (people, k); `names` says what each column is."""

    names: tuple[str, ...]
    values: Values


def covariates_of(people: People, columns: tuple[str, ...]) -> Covariates:
    """The columns as numbers, in their order."""
    names: list[str] = []
    found: list[Values] = []
    for column in columns:
        numeric = people.frame[column].dtype.is_numeric()
        coded = _number(people, column) if numeric else _kinds(people, column)
        names += coded.keys()
        found += coded.values()
    values = np.column_stack(found) if found else np.empty((people.n, 0))
    return Covariates(tuple(names), values)


def _number(people: People, column: str) -> dict[str, Values]:
    values = people.numbers(column)
    known = values[~np.isnan(values)]
    return {column: values} if len(known) and np.ptp(known) > 0 else {}


def _kinds(people: People, column: str) -> dict[str, Values]:
    labels = people.labels(column)
    missing = labels == ""
    kinds, counts = np.unique(labels[~missing], return_counts=True)
    if len(kinds) < 2:
        return {}
    usual = kinds[counts.argmax()]
    return {
        f"{column}={kind}": np.where(missing, np.nan, labels == kind)
        for kind in kinds
        if kind != usual
    }
