"""From a file's columns to one row per person, ready to be estimated.

Two shapes are understood, as in the command line's page:

| shape | columns |
|---|---|
| one row per person | `person`, `satisfied_t0`, `satisfied_t1`, ... |
| one row per person and wave | `person`, `wave`, `satisfied`, ... |

Beside them, where there are any: `arm` (1 treated or first, 0 comparison or waiting),
`pair`, `cluster` (the coach), `pilot`, `status` (stayed, dropout or ineligible),
`weight`, and covariates. An empty cell, null and NaN are missing. Whatever else is not
a number in an outcome is refused with the column and the value: what "don't know" means
for a figure is the researcher's decision, taken before the analysis.

A time to an event has two columns of its own, `<code>_days` and `<code>_event`
(1 it happened, 0 not yet on that day).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trede.evaluation.estimate import Values
from trede.evaluation.running.configuration import (
    Configuration,
    Contrast,
    Outcome,
    OutcomeType,
)
from trede.evaluation.running.design import Design

HOURS_OF_A_WEEK = 168
STAYED, DROPOUT, INELIGIBLE = "stayed", "dropout", "ineligible"
STATUSES = (STAYED, DROPOUT, INELIGIBLE)
MOST_NAMED = 5


class DataRefused(ValueError):
    """Everything that is wrong with the data, one plain sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class People:
    """One row per person; a column per outcome and moment.

    `outcomes` have a type each, and `guessed` holds the codes whose type was guessed.
    """

    frame: pl.DataFrame
    outcomes: tuple[Outcome, ...]
    guessed: frozenset[str]
    columns: dict[str, str]
    _read: dict[str, Values] = field(default_factory=dict, compare=False, repr=False)

    @property
    def n(self) -> int:
        """How many people there are."""
        return self.frame.height

    def has(self, column: str) -> bool:
        """Whether the data have this of the columns with a meaning, such as `arm`."""
        return self.columns[column] in self.frame.columns

    def of(self, outcome: str, moment: str) -> Values:
        """The answers to an outcome at a moment; NaN where there is none."""
        name = f"{outcome}_{moment}"
        if name not in self.frame.columns:
            return np.full(self.n, np.nan)
        return self.numbers(name)

    def numbers(self, column: str) -> Values:
        """A column of numbers; NaN where there is none."""
        if column not in self._read:
            values = self.frame[column].cast(pl.Float64).fill_null(np.nan).to_numpy()
            self._read[column] = values
        return self._read[column]

    def labels(self, column: str) -> NDArray[np.str_]:
        """A column of names, such as the coach; "" where there is none."""
        name = self.columns.get(column, column)
        return self.frame[name].cast(pl.String).fill_null("").to_numpy().astype(str)

    def asked_at(self, outcome: str, moment: str) -> bool:
        """Whether the data have an outcome at a moment."""
        return f"{outcome}_{moment}" in self.frame.columns

    def answered_at(self, moment: str) -> NDArray[np.bool_]:
        """Who has any answer at a moment: they were measured then."""
        there = np.zeros(self.n, dtype=bool)
        for outcome in self.outcomes:
            there |= ~np.isnan(self.of(outcome.code, moment))
        return there

    def asked_by(self, way: str, moment: str) -> NDArray[np.str_] | None:
        """How everybody was asked (mode, language or helper), if that is known."""
        name = self.columns[way]
        for column in (f"{name}_{moment}", name):
            if column in self.frame.columns:
                return self.labels(column)
        return None

    def missing_reasons(self, outcome: str, moment: str) -> NDArray[np.str_] | None:
        """Why an answer is missing, if the data say so; "" where they do not."""
        name = f"{outcome}_{moment}_missing"
        return self.labels(name) if name in self.frame.columns else None

    def measured_at(self, contrast: Contrast, outcome: str) -> bool:
        """Whether the data have both moments of an outcome."""
        return all(
            self.asked_at(outcome, moment)
            for moment in (contrast.before, contrast.after)
        )


def lay_out(frame: pl.DataFrame, configuration: Configuration) -> People:
    """One row per person, checked.

    Raises DataRefused with every problem found.
    """
    columns = dict(configuration.columns)
    if columns["person"] not in frame.columns:
        raise DataRefused([_no_person(frame, columns["person"])])
    moments = {m for c in configuration.contrasts for m in (c.before, c.after)}
    wide = _wide(frame, columns, _outcome_columns(frame, configuration, columns))
    outcomes = configuration.outcomes or _found(wide, moments)
    problems = [
        *_missing_columns(wide, outcomes, configuration),
        *_not_numbers(wide, outcomes, moments),
        *_wrong_arms(wide, columns),
        *_wrong_statuses(wide, columns),
        *_what_the_design_needs(wide, configuration),
    ]
    if problems:
        raise DataRefused(problems)
    wide = wide.with_columns(
        _as_numbers(wide[name])
        for name in _columns_of(outcomes, moments)
        if name in wide.columns
    )
    typed = tuple(_typed(wide, outcome, moments) for outcome in outcomes)
    problems = [one for outcome in typed for one in _outside(wide, outcome, moments)]
    if problems:
        raise DataRefused(problems)
    guessed = frozenset(one.code for one in outcomes if one.type is None)
    return People(wide, typed, guessed, columns)


def guess_type(values: Values) -> OutcomeType:
    """What an outcome without a type most probably is, from all its answers.

    Two values 0 and 1 are yes and no, whole numbers from 1 to 5 an agreement, whole
    numbers from 1 to 6 a tread, anything else a score.
    """
    found = set(np.unique(values[~np.isnan(values)]).tolist())
    if found <= {0.0, 1.0}:
        return "binary"
    if found <= {1.0, 2.0, 3.0, 4.0, 5.0}:
        return "likert"
    if found <= {1.0, 2.0, 3.0, 4.0, 5.0, 6.0}:
        return "ladder"
    return "score"


def _no_person(frame: pl.DataFrame, name: str) -> str:
    return (
        f'There is no column "{name}" that says who a row is about. The columns are:'
        f" {_named(frame.columns)}. Name the right one under [columns]."
    )


def _wide(
    frame: pl.DataFrame, columns: dict[str, str], measured: list[str]
) -> pl.DataFrame:
    """One row per person; a frame with a column for the wave is turned."""
    person, wave = columns["person"], columns["wave"]
    turn = wave in frame.columns
    keys = [person, wave] if turn else [person]
    twice = frame.filter(pl.struct(keys).is_duplicated())
    if twice.height:
        who = _named(twice[person].cast(pl.String).unique(maintain_order=True))
        again = "more than one row for the same wave" if turn else "more than one row"
        raise DataRefused([f"These people have {again}: {who}. Keep one."])
    if not turn:
        return frame
    fixed = [c for c in frame.columns if c not in {*measured, wave, person}]
    # What does not change with the wave is taken from the first row that tells it.
    about = frame.group_by(person, maintain_order=True).agg(
        pl.col(c).drop_nulls().first() for c in fixed
    )
    for moment in frame[wave].unique(maintain_order=True):
        rows = frame.filter(pl.col(wave) == moment)
        suffix = str(moment).lower()
        rows = rows.select(
            person, *(pl.col(c).alias(f"{c}_{suffix}") for c in measured)
        )
        about = about.join(rows, on=person, how="left")
    return about


def _outcome_columns(
    frame: pl.DataFrame, configuration: Configuration, columns: dict[str, str]
) -> list[str]:
    """In a frame with a row per wave: the columns that were measured at each."""
    if configuration.outcomes:
        codes = [one.code for one in configuration.outcomes if one.type != "time"]
        return [code for code in codes if code in frame.columns]
    known = {*columns.values(), *configuration.covariates, *configuration.subgroups}
    return [c for c in frame.columns if c not in known and frame[c].dtype.is_numeric()]


def _found(frame: pl.DataFrame, moments: set[str]) -> tuple[Outcome, ...]:
    """Each code of which there is a column at every moment, in the file's order."""
    first = sorted(moments)[0]
    codes = [c.removesuffix(f"_{first}") for c in frame.columns if c.endswith(first)]
    return tuple(
        Outcome(code)
        for code in codes
        if all(f"{code}_{moment}" in frame.columns for moment in moments)
    )


def _columns_of(outcomes: Iterable[Outcome], moments: Iterable[str]) -> list[str]:
    ends = sorted(moments)
    return [
        f"{one.code}_{end}"
        for one in outcomes
        for end in (("days", "event") if one.type == "time" else ends)
    ]


def _missing_columns(
    frame: pl.DataFrame, outcomes: tuple[Outcome, ...], configuration: Configuration
) -> list[str]:
    if not outcomes:
        return [
            "No outcome was found: a column such as satisfied_t0 needs its"
            " satisfied_t1."
        ]
    problems = []
    for one in outcomes:
        if one.type == "time":
            wanted = {f"{one.code}_days", f"{one.code}_event"}
            there = wanted <= set(frame.columns)
        else:
            pairs = [
                {f"{one.code}_{c.before}", f"{one.code}_{c.after}"}
                for c in configuration.contrasts
            ]
            wanted = pairs[0]
            there = any(pair <= set(frame.columns) for pair in pairs)
        if not there:
            names = " and ".join(sorted(wanted))
            problems.append(f'Outcome "{one.code}" needs the columns {names}.')
    named = (*configuration.covariates, *configuration.subgroups)
    return problems + [
        f'There is no column "{name}".' for name in named if name not in frame.columns
    ]


def _as_numbers(column: pl.Series) -> pl.Series:
    """Numbers, also those written as text; null for everything else."""
    text = column.cast(pl.String).str.strip_chars()
    number = text.cast(pl.Float64, strict=False)
    return number.set(number.is_infinite() | number.is_nan(), None)


def _not_numbers(
    frame: pl.DataFrame, outcomes: tuple[Outcome, ...], moments: set[str]
) -> list[str]:
    problems = []
    for name in _columns_of(outcomes, moments):
        if name not in frame.columns:
            continue
        text = frame[name].cast(pl.String).str.strip_chars()
        text = text.replace({"": None, "NaN": None})
        wrong = text.filter(text.is_not_null() & _as_numbers(frame[name]).is_null())
        if wrong.len():
            problems.append(
                f'Column "{name}" holds {wrong.len()} values that are not numbers:'
                f" {_named(wrong.unique(maintain_order=True))}. Leave the cell empty"
                " where there is no answer."
            )
    return problems


def _wrong_arms(frame: pl.DataFrame, columns: dict[str, str]) -> list[str]:
    name = columns["arm"]
    if name not in frame.columns:
        return []
    found = frame[name].cast(pl.String).cast(pl.Float64, strict=False)
    if found.is_in([0.0, 1.0]).fill_null(value=False).all():
        return []
    return [
        f'Column "{name}" must be 1 (treated, or first) or 0 (comparison, or waiting)'
        " for everybody."
    ]


def _wrong_statuses(frame: pl.DataFrame, columns: dict[str, str]) -> list[str]:
    name = columns["status"]
    if name not in frame.columns:
        return []
    found = frame[name].cast(pl.String)
    wrong = found.filter(~found.is_in(STATUSES).fill_null(value=False))
    if not wrong.len():
        return []
    values = _named(wrong.fill_null("(empty)").unique(maintain_order=True))
    return [f'Column "{name}" must be one of {", ".join(STATUSES)}; found: {values}.']


def _what_the_design_needs(
    frame: pl.DataFrame, configuration: Configuration
) -> list[str]:
    needed = {
        Design.PRE_POST: (),
        Design.WAITING_LIST: ("arm", "pair"),
        Design.CONTROL_GROUP: ("arm",),
        Design.SEVERAL_PILOTS: ("pilot",),
    }[configuration.design]
    names = [configuration.columns[one] for one in needed]
    return [
        f'The design "{configuration.design}" needs the column "{name}". Name it under'
        " [columns] if it is called otherwise."
        for name in names
        if name not in frame.columns
    ]


def _typed(frame: pl.DataFrame, outcome: Outcome, moments: set[str]) -> Outcome:
    if outcome.type is not None:
        return outcome
    names = [c for c in _columns_of([outcome], moments) if c in frame.columns]
    values = np.concatenate([frame[c].fill_null(np.nan).to_numpy() for c in names])
    return replace(outcome, type=guess_type(values))


def _outside(frame: pl.DataFrame, outcome: Outcome, moments: set[str]) -> list[str]:
    """Values that cannot be: outside the scale, or a yes that is neither 0 nor 1."""
    problems = []
    for name in _columns_of([outcome], moments):
        if name not in frame.columns:
            continue
        low, high, whole = _possible(outcome, name)
        values = frame[name].fill_nan(None).drop_nulls()
        wrong = values.filter((values < low) | (values > high))
        if whole and not wrong.len():
            wrong = values.filter(values != values.round())
        if wrong.len():
            kind = "whole numbers" if whole else "numbers"
            problems.append(
                f'Column "{name}": {_named(wrong.unique().sort())} cannot be; only'
                f" {kind} {_range(low, high)}. Correct them or leave the cell empty."
            )
    return problems


def _possible(outcome: Outcome, column: str) -> tuple[float, float, bool]:
    """The lowest and highest value, and whether only whole numbers can be."""
    whole = outcome.type in ("likert", "ladder", "binary")
    if outcome.scale:
        return *outcome.scale, whole
    if outcome.type == "binary" or column == f"{outcome.code}_event":
        return 0, 1, True
    if outcome.type == "hours":
        return 0, HOURS_OF_A_WEEK, False
    if outcome.type in ("likert", "ladder"):
        return 1, np.inf, True
    return (0 if outcome.type == "time" else -np.inf), np.inf, False


def _range(low: float, high: float) -> str:
    if np.isinf(high):
        return f"of {low:g} or more"
    return f"from {low:g} to {high:g}"


def _named(values: Iterable[object]) -> str:
    """The first few of them, and how many there are more."""
    every = [f"{one:g}" if isinstance(one, float) else str(one) for one in values]
    more = len(every) - MOST_NAMED
    return ", ".join(every[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
