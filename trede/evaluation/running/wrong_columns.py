"""What is wrong with the columns of a file, one plain sentence each.

Nothing is repaired in silence: a value that cannot be is named with its column, so that
whoever made the file decides what it should have been.
"""

from collections.abc import Iterable
from difflib import get_close_matches

import numpy as np
import polars as pl

from trede.evaluation.codebook import MISSING_REASONS
from trede.evaluation.running.configuration import Configuration, Outcome
from trede.evaluation.running.design import Design

HOURS_OF_A_WEEK = 168
STAYED, DROPOUT, INELIGIBLE = "stayed", "dropout", "ineligible"
STATUSES = (STAYED, DROPOUT, INELIGIBLE)
MOST_NAMED = 5


def columns_of(outcomes: Iterable[Outcome], moments: Iterable[str]) -> list[str]:
    ends = sorted(moments)
    return [
        f"{one.code}_{end}"
        for one in outcomes
        for end in (("days", "event") if one.type == "time" else ends)
    ]


def kind_column(outcome: Outcome) -> str:
    """What kind of event it was, of a time to an event."""
    return f"{outcome.code}_kind"


def misspelt_moments(frame: pl.DataFrame, moments: Iterable[str]) -> list[str]:
    """Columns of two moments that are nearly each other's: found as an outcome they are
    not, and left out nobody would miss them."""
    before, after = sorted(moments)[:2]
    codes = {
        moment: {
            name.removesuffix(f"_{moment}")
            for name in frame.columns
            if name.endswith(f"_{moment}")
        }
        for moment in (before, after)
    }
    alone = {
        moment: codes[moment] - codes[other]
        for moment, other in ((before, after), (after, before))
    }
    return [
        f'Column "{code}_{before}" has no "{code}_{after}". Is "{nearest[0]}_{after}"'
        " that one? Call them alike, or leave one out of the file."
        for code in sorted(alone[before])
        if (nearest := get_close_matches(code, sorted(alone[after]), n=1))
    ]


def wrong_kinds(frame: pl.DataFrame, outcomes: Iterable[Outcome]) -> list[str]:
    """Of everybody to whom it happened the kind is known, and of nobody else."""
    problems = []
    for one in outcomes:
        name, event = kind_column(one), f"{one.code}_event"
        if one.type != "time" or not {name, event} <= set(frame.columns):
            continue
        happened = as_numbers(frame[event]) == 1
        told = as_words(frame[name]).fill_null("") != ""
        wrong = int((happened.fill_null(value=False) != told).sum())
        if wrong:
            problems.append(
                f'Column "{name}" must tell the kind of everybody with 1 in "{event}",'
                f" and be empty for all others; of {wrong} people it does not."
            )
    return problems


def missing_columns(
    frame: pl.DataFrame, outcomes: tuple[Outcome, ...], configuration: Configuration
) -> list[str]:
    if not outcomes:
        return [
            "No outcome was found: a column such as satisfied_t0 needs its"
            f" satisfied_t1. The columns are: {named(frame.columns)}. Call them so."
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
            codes = {name.rpartition("_")[0] for name in frame.columns}
            needs = f'Outcome "{one.code}" needs the columns {names}.'
            problems.append(needs + meant(one.code, codes))
    wanted_beside = (
        *(*configuration.covariates, *configuration.subgroups),
        *configuration.small_steps,
        *([configuration.potential] if configuration.potential else ()),
    )
    return problems + [
        f'There is no column "{name}".' + meant(name, frame.columns)
        for name in dict.fromkeys(wanted_beside)
        if name not in frame.columns
    ]


def wrong_scales(
    outcomes: tuple[Outcome, ...], configuration: Configuration
) -> list[str]:
    """Scales of outcomes that are not there, or that cannot be turned round."""
    ends = {one.code: one.scale for one in outcomes}
    return [
        f'Scale "{scale.code}": there is no outcome "{item}".'
        for scale in configuration.scales
        for item in scale.outcomes
        if item not in ends
    ] + [
        f'Scale "{scale.code}": "{item}" is reversed; say between which answers it lies'
        " (scale = [lowest, highest])."
        for scale in configuration.scales
        for item in scale.reversed
        if item in ends and ends[item] is None
    ]


def wrong_reasons(
    frame: pl.DataFrame, outcomes: tuple[Outcome, ...], moments: set[str]
) -> list[str]:
    """Reasons for a missing answer that nobody knows."""
    problems = []
    for name in columns_of(outcomes, moments):
        column = f"{name}_missing"
        if column not in frame.columns:
            continue
        given = frame[column].cast(pl.String).replace({"": None}).drop_nulls()
        strange = given.filter(~given.is_in(MISSING_REASONS))
        if strange.len():
            problems.append(
                f'Column "{column}" must be one of {", ".join(MISSING_REASONS)}, or'
                f" empty; found: {named(strange.unique(maintain_order=True))}."
            )
    return problems


def endless_numbers(frame: pl.DataFrame, columns: Iterable[str]) -> list[str]:
    """Covariates of which a value has no end, as a division by nothing leaves."""
    return [
        f'Column "{name}" holds a number without end. Correct it or leave it empty.'
        for name in columns
        if name in frame.columns
        and frame[name].dtype.is_float()
        and frame[name].is_infinite().any()
    ]


def as_numbers(column: pl.Series) -> pl.Series:
    """Numbers, also those written as text; null for everything else."""
    text = column.cast(pl.String).str.strip_chars()
    number = text.cast(pl.Float64, strict=False)
    return number.set(number.is_infinite() | number.is_nan(), None)


def as_words(column: pl.Series) -> pl.Series:
    """Names, alike from every kind of file: 1 is "1", also where it is kept as 1.0."""
    words = column.cast(pl.String)
    if not column.dtype.is_float():
        return words
    return words.str.replace(r"\.0$", "").replace({"NaN": None})


def not_numbers(frame: pl.DataFrame, columns: Iterable[str]) -> list[str]:
    problems = []
    for name in columns:
        if name not in frame.columns:
            continue
        text = frame[name].cast(pl.String).str.strip_chars()
        text = text.replace({"": None, "NaN": None})
        wrong = text.filter(text.is_not_null() & as_numbers(frame[name]).is_null())
        if wrong.len():
            problems.append(
                f'Column "{name}" holds {wrong.len()} values that are not numbers:'
                f" {named(wrong.unique(maintain_order=True))}. Leave the cell empty"
                " where there is no answer."
            )
    return problems


def wrong_arms(frame: pl.DataFrame, columns: dict[str, str]) -> list[str]:
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


def wrong_statuses(frame: pl.DataFrame, columns: dict[str, str]) -> list[str]:
    name = columns["status"]
    if name not in frame.columns:
        return []
    found = frame[name].cast(pl.String)
    wrong = found.filter(~found.is_in(STATUSES).fill_null(value=False))
    if not wrong.len():
        return []
    values = named(wrong.fill_null("(empty)").unique(maintain_order=True))
    return [f'Column "{name}" must be one of {", ".join(STATUSES)}; found: {values}.']


def what_the_design_needs(
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
        " [columns] of a configuration if it is called otherwise."
        for name in names
        if name not in frame.columns
    ]


def outside(frame: pl.DataFrame, outcome: Outcome, moments: set[str]) -> list[str]:
    """Values that cannot be: outside the scale, or a yes that is neither 0 nor 1."""
    problems = []
    for name in columns_of([outcome], moments):
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
                f'Column "{name}": {named(wrong.unique().sort())} cannot be; only'
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


def meant(name: str, known: Iterable[str]) -> str:
    """A question after a name that is not there, when one is spelt nearly so."""
    nearest = get_close_matches(name, sorted(known), n=1)
    return f' Is "{nearest[0]}" meant?' if nearest else ""


def named(values: Iterable[object]) -> str:
    """The first few of them, and how many there are more."""
    every = [f"{one:g}" if isinstance(one, float) else str(one) for one in values]
    more = len(every) - MOST_NAMED
    return ", ".join(every[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
