"""From a file's columns to everybody who was to be reached, ready to be compared.

The file has a row for each person, with the same name for who it is as the data: who
was reached and is in the data is told apart from who is not.
"""

import numpy as np
import polars as pl

from trede.evaluation.running.laying_out import DataRefused, People
from trede.evaluation.running.list_asked import ListAsked
from trede.evaluation.running.reaching import TargetList
from trede.evaluation.running.wrong_columns import named

# Numbers of more kinds than these are no groups, such as ages in years.
MOST_NUMBERS = 12


def lay_out_list(frame: pl.DataFrame, asked: ListAsked, people: People) -> TargetList:
    """Raises DataRefused with every problem found."""
    person = people.columns["person"]
    missing = [
        one for one in (person, asked.reached, *asked.known) if one not in frame.columns
    ]
    if missing:
        raise DataRefused([f"The list has no column {named(missing)}."])
    problems = [
        *_twice(frame[person]),
        *_not_0_or_1(frame[asked.reached]),
        *(one for name in asked.known for one in _no_groups(frame[name])),
    ]
    if problems:
        raise DataRefused(problems)
    frame = frame.sort(pl.col(person).cast(pl.String))
    there = set(people.frame[person].cast(pl.String).to_list())
    return TargetList(
        np.array(frame[asked.reached].cast(pl.Float64) == 1),
        np.array(frame[person].cast(pl.String).is_in(there)),
        pl.DataFrame([_levels(frame[name]) for name in asked.known]),
    )


def _twice(person: pl.Series) -> list[str]:
    again = person.filter(person.is_duplicated()).unique(maintain_order=True)
    if again.is_empty():
        return []
    return [f"On the list these people stand twice: {named(again.cast(pl.String))}."]


def _not_0_or_1(reached: pl.Series) -> list[str]:
    told = reached.cast(pl.Float64, strict=False)
    if told.is_in([0.0, 1.0]).fill_null(value=False).all():
        return []
    return [
        f'The column "{reached.name}" of the list says who was reached: 1 who was, 0'
        " who was not, for everybody."
    ]


def _no_groups(known: pl.Series) -> list[str]:
    if not known.dtype.is_numeric() or known.n_unique() <= MOST_NUMBERS:
        return []
    return [
        f'The column "{known.name}" of the list holds {known.n_unique()} numbers. Write'
        " it in groups, such as 28-34."
    ]


def _levels(known: pl.Series) -> pl.Series:
    """Numbers lie in their order; of words nobody said one."""
    if not known.dtype.is_numeric():
        return known.cast(pl.String)
    told = [None if value is None else f"{value:g}" for value in known.to_list()]
    values = known.drop_nulls().unique().sort().to_list()
    return pl.Series(known.name, told, pl.Enum([f"{value:g}" for value in values]))
