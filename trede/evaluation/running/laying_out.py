"""From a file's columns to one row per person, ready to be estimated.

Two shapes are understood, as in the command line's page:

| shape | columns |
|---|---|
| one row per person | `person`, `satisfied_t0`, `satisfied_t1`, ... |
| one row per person and wave | `person`, `wave`, `satisfied`, ... |

Beside them, where there are any: `arm` (1 treated or first, 0 comparison or waiting),
`pair`, `cluster` (the coach), `pilot`, `status` (stayed, dropout or ineligible),
covariates, and how somebody was asked (`mode`, `language`, `helper`; of everybody, or
`mode_t0`, `mode_t1`). An empty cell, null and NaN are missing. Whatever else is not a
number in an outcome is refused with the column and the value: what "don't know" means
for a figure is the researcher's decision, taken before the analysis. Why an answer is
missing may stand beside it: `satisfied_t0_missing` (see `instrument.answering`).

A time to an event has two columns of its own, `<code>_days` and `<code>_event`
(1 it happened, 0 not yet on that day). `<code>_kind` may tell what happened, such as
the way in which somebody left.

People are put in the order of who they are: a file in another order gives the same
analysis, to the last digit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trede.evaluation.estimate import Values
from trede.evaluation.instrument.answering import NOT_ASKED
from trede.evaluation.running.configuration import (
    ASKED_BY,
    Configuration,
    Contrast,
    Outcome,
    OutcomeType,
    Scale,
)
from trede.evaluation.running.dated_periods import (
    WHEN_ASKED,
    with_circumstances,
    wrong_days,
)
from trede.evaluation.running.scale_scores import (
    as_outcome,
    scales_scored,
    score_columns,
    wrong_scores,
)
from trede.evaluation.running.wrong_columns import (
    as_numbers,
    as_words,
    columns_of,
    endless_numbers,
    missing_columns,
    misspelt_moments,
    named,
    not_numbers,
    outside,
    what_the_design_needs,
    wrong_arms,
    wrong_kinds,
    wrong_reasons,
    wrong_scales,
    wrong_statuses,
)

# What a scale is when nobody says so; of scores and hours nothing can be known.
USUAL_ENDS: dict[OutcomeType, tuple[float, float]] = {
    "likert": (1.0, 5.0),
    "ladder": (1.0, 6.0),
    "binary": (0.0, 1.0),
}

Words = NDArray[np.str_]
Column = TypeVar("Column", Values, Words)


class DataRefused(ValueError):
    """Everything that is wrong with the data, one plain sentence each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class People:
    """One row per person; a column per outcome and moment.

    `outcomes` have a type each, and `guessed` holds the codes whose type was guessed.
    `scores` are the outcomes that are made of others.
    """

    frame: pl.DataFrame
    outcomes: tuple[Outcome, ...]
    guessed: frozenset[str]
    columns: dict[str, str]
    scores: Mapping[str, Scale] = field(default_factory=dict)
    _read: dict[str, Values] = field(default_factory=dict, compare=False, repr=False)
    _said: dict[str, Words] = field(default_factory=dict, compare=False, repr=False)

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
            self._read[column] = _kept(values)
        return self._read[column]

    def labels(self, column: str) -> Words:
        """A column of names, such as the coach; "" where there is none."""
        name = self.columns.get(column, column)
        if name not in self._said:
            words = as_words(self.frame[name]).fill_null("").to_numpy()
            self._said[name] = _kept(words.astype(str))
        return self._said[name]

    def asked_at(self, outcome: str, moment: str) -> bool:
        """Whether the data have an outcome at a moment."""
        return f"{outcome}_{moment}" in self.frame.columns

    def answered_at(self, moment: str) -> NDArray[np.bool_]:
        """Who has any answer at a moment: they were measured then.

        Where the data say why answers are missing, whoever gave a reason was measured
        too, and only what was asked counts: a tread that a coach noted is no answer of
        the person.
        """
        there = np.zeros(self.n, dtype=bool)
        asked = [
            code
            for code in (one.code for one in self.outcomes)
            if self.missing_reasons(code, moment) is not None
        ]
        for code in asked or [one.code for one in self.outcomes]:
            there |= ~np.isnan(self.of(code, moment))
            reasons = self.missing_reasons(code, moment)
            if reasons is not None:
                there |= ~np.isin(reasons, ("", NOT_ASKED))
        return there

    def asked_by(self, way: str, moment: str) -> Words | None:
        """How everybody was asked (mode, language or helper), if that is known."""
        name = self.columns[way]
        for column in (f"{name}_{moment}", name):
            if column in self.frame.columns:
                return self.labels(column)
        return None

    def missing_reasons(self, outcome: str, moment: str) -> Words | None:
        """Why an answer is missing, if the data say so; "" where they do not."""
        name = f"{outcome}_{moment}_missing"
        return self.labels(name) if name in self.frame.columns else None

    def knows_why_missing(self, contrast: Contrast, outcome: str) -> bool:
        """Whether the data say at both moments why an answer is missing."""
        return all(
            self.missing_reasons(outcome, moment) is not None
            for moment in (contrast.before, contrast.after)
        )

    def measured_at(self, contrast: Contrast, outcome: str) -> bool:
        """Whether the data have both moments of an outcome."""
        return all(
            self.asked_at(outcome, moment)
            for moment in (contrast.before, contrast.after)
        )


def _kept(column: Column) -> Column:
    """A column that is read more than once, and that nobody may change."""
    column = column.copy()
    column.setflags(write=False)
    return column


def lay_out(frame: pl.DataFrame, configuration: Configuration) -> People:
    """One row per person, checked.

    Raises DataRefused with every problem found.
    """
    columns = dict(configuration.columns)
    if columns["person"] not in frame.columns:
        raise DataRefused([_no_person(frame, columns["person"])])
    keys = [columns[name] for name in ("person", "wave")]
    frame = frame.with_columns(as_words(frame[k]) for k in keys if k in frame.columns)
    moments = {m for c in configuration.contrasts for m in (c.before, c.after)}
    wide = _wide(frame, columns, _outcome_columns(frame, configuration, columns))
    wide = wide.sort(columns["person"])
    _refuse(*wrong_days(wide, moments, configuration.periods))
    wide = with_circumstances(wide, moments, configuration.periods)
    scores = scales_scored(configuration)
    outcomes = configuration.outcomes or _found(wide, moments, columns)
    outcomes = tuple(one for one in outcomes if one.code not in scores)
    numbers = [
        *columns_of(outcomes, moments),
        *configuration.small_steps,
        *([configuration.potential] if configuration.potential else ()),
    ]
    _refuse(
        *missing_columns(wide, outcomes, configuration),
        *([] if configuration.outcomes else misspelt_moments(wide, moments)),
        *not_numbers(wide, numbers),
        *wrong_reasons(wide, outcomes, moments),
        *wrong_kinds(wide, outcomes),
        *endless_numbers(wide, configuration.covariates),
        *wrong_arms(wide, columns),
        *wrong_statuses(wide, columns),
        *what_the_design_needs(wide, configuration),
    )
    wide = wide.with_columns(
        as_numbers(wide[name]) for name in numbers if name in wide.columns
    )
    typed = tuple(_typed(wide, outcome, moments) for outcome in outcomes)
    _refuse(*(one for outcome in typed for one in outside(wide, outcome, moments)))
    scaled = tuple(_scaled(wide, outcome, moments) for outcome in typed)
    _refuse(*wrong_scales(scaled, configuration))
    guessed = frozenset(one.code for one in outcomes if one.type is None)
    items = {one.code: one for one in scaled}
    named_so = {one.code: one for one in configuration.outcomes}
    _refuse(*wrong_scores(wide, scores.values(), named_so, items))
    for code, scale in scores.items():
        wide = wide.with_columns(score_columns(wide, scale, items, sorted(moments)))
        items[code] = as_outcome(named_so[code], scale, items)
    order = named_so or items
    return People(wide, tuple(items[c] for c in order), guessed, columns, scores)


def _refuse(*problems: str) -> None:
    if problems:
        raise DataRefused(problems)


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
        f' {named(frame.columns)}. Call the right one "{name}", or name it under'
        " [columns] of a configuration."
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
        who = named(twice[person].unique(maintain_order=True))
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
    ways = [*(columns[way] for way in ASKED_BY), *WHEN_ASKED]
    asked = [way for way in ways if way in frame.columns]
    if configuration.outcomes:
        codes = [one.code for one in configuration.outcomes if one.type != "time"]
        reasons = [f"{code}_missing" for code in codes]
        return [c for c in (*codes, *reasons) if c in frame.columns] + asked
    known = {*columns.values(), *configuration.covariates, *configuration.subgroups}
    numeric = (c for c in frame.columns if frame[c].dtype.is_numeric())
    return [c for c in numeric if c not in known] + asked


def _found(
    frame: pl.DataFrame, moments: set[str], columns: dict[str, str]
) -> tuple[Outcome, ...]:
    """Each code of which there is a column at every moment, in the file's order."""
    first = sorted(moments)[0]
    codes = [c.removesuffix(f"_{first}") for c in frame.columns if c.endswith(first)]
    return tuple(
        Outcome(code)
        for code in codes
        if code not in {*(columns[way] for way in ASKED_BY), *WHEN_ASKED}
        and all(f"{code}_{moment}" in frame.columns for moment in moments)
    )


def _answers(frame: pl.DataFrame, outcome: Outcome, moments: set[str]) -> Values:
    names = [c for c in columns_of([outcome], moments) if c in frame.columns]
    return np.concatenate([frame[c].fill_null(np.nan).to_numpy() for c in names])


def _typed(frame: pl.DataFrame, outcome: Outcome, moments: set[str]) -> Outcome:
    if outcome.type is not None:
        return outcome
    return replace(outcome, type=guess_type(_answers(frame, outcome, moments)))


def _scaled(frame: pl.DataFrame, outcome: Outcome, moments: set[str]) -> Outcome:
    """With the usual ends of its type, when none were named and no answer is beyond."""
    ends = USUAL_ENDS.get(outcome.type) if outcome.type else None
    if outcome.scale or ends is None:
        return outcome
    values = _answers(frame, outcome, moments)
    beyond = (values < ends[0]) | (values > ends[1])
    return outcome if beyond.any() else replace(outcome, scale=ends)
