"""What the science accepts as input: one row per person and wave.

Columns: `person` (a pseudonym), `group` (participants or dropouts), `wave`, then
one column per code with the value or null, and `<code>__missing` with the reason
why there is no value: refused, dont_know, skipped or not_asked. Those four are kept
apart everywhere; none of them is ever a number.

Example, two people at the intake:

| person | group | wave | sex | sex__missing | debts | debts__missing |
|---|---|---|---|---|---|---|
| a7k2 | participants | T0 | woman | | yes | |
| m3x9 | dropouts | T0 | man | | | refused |

Values are compared as text, so 7, 7.0 and "7" are the same answer. Null with a reason
is the only way to say that there is no answer; an empty text is a value, and refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from trede.evaluation.codebook import (
    GROUPS,
    MISSING_REASONS,
    WAVES,
    Domain,
    domain_of,
)

KEYS = ("person", "group", "wave")
MISSING = "__missing"
MOST_MISTAKES = 20


class DatasetError(ValueError):
    """The rows break the contract; `mistakes` lists them in plain words."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        """Keep all mistakes; the message shows the first twenty."""
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes[:MOST_MISTAKES]))


@dataclass(frozen=True)
class Tally:
    """How often each value and each missing reason occurs in one group and wave.

    `values` maps the answer as text to a number of persons; `missing` does so for
    the four reasons. Together they add up to the group: nobody falls between.
    """

    values: Mapping[str, int]
    missing: Mapping[str, int]

    @property
    def people(self) -> int:
        """Everybody in the group, with or without an answer."""
        return sum(self.values.values()) + sum(self.missing.values())


@dataclass(frozen=True)
class Dataset:
    """A checked dataset. Make one with `read_dataset`.

    `frame` holds every code column as text beside its reason column; the order of
    the rows means nothing. `unchecked` names columns for which nobody gave a domain:
    they are carried, but cannot be tabulated.
    """

    frame: pl.DataFrame
    unchecked: tuple[str, ...] = ()
    codes: tuple[str, ...] = field(default=())

    def people(self, *, wave: str, group: str) -> int:
        """Number of persons of `group` with a row for `wave` (0 when there is none)."""
        return self._rows(wave=wave, group=group).height

    def tally(self, code: str, *, wave: str, group: str) -> Tally:
        """Count the values and missing reasons of one code.

        Raises DatasetError for a code that the dataset does not hold.
        """
        if code not in self.codes:
            raise DatasetError([f"the dataset has no column {code}"])
        counted = (
            self._rows(wave=wave, group=group)
            .group_by(code, code + MISSING)
            .len("people")
            .iter_rows()
        )
        values: dict[str, int] = {}
        missing: dict[str, int] = {}
        for value, reason, people in counted:
            where, what = (missing, reason) if value is None else (values, value)
            where[what] = where.get(what, 0) + people
        return Tally(values, missing)

    def with_codes(self, frame: pl.DataFrame, codes: Iterable[str]) -> "Dataset":
        """The same people with further, already checked, code columns."""
        return Dataset(frame, self.unchecked, (*self.codes, *codes))

    def _rows(self, *, wave: str, group: str) -> pl.DataFrame:
        """The rows of one wave and group; group `all` is everybody."""
        chosen = pl.col("wave") == wave
        if group != "all":
            chosen &= pl.col("group") == group
        return self.frame.filter(chosen)


def read_dataset(
    frame: pl.DataFrame, *, domains: Mapping[str, Domain] | None = None
) -> Dataset:
    """Check a frame against the contract.

    Args:
        frame: one row per person and wave, with the columns named above. A code
            without a `__missing` column must have a value in every row.
        domains: domains of codes beyond the codebook, such as a pilot's own items.

    Raises:
        DatasetError: naming every column and value that is wrong, at most twenty.
    """
    mistakes = _key_mistakes(frame)
    if mistakes:
        raise DatasetError(mistakes)
    known = dict(domains or {})
    columns = [c for c in frame.columns if c not in KEYS and not c.endswith(MISSING)]
    mistakes = _orphans(frame, columns)
    checked: list[str] = []
    unchecked: list[str] = []
    ready = frame.select(pl.col(KEYS).cast(pl.String))
    for code in columns:
        domain = known.get(code) or domain_of(code)
        if domain is None:
            unchecked.append(code)
            ready = ready.with_columns(frame[code])
            continue
        values, reasons = _as_text(frame, code)
        mistakes += _value_mistakes(frame["person"], code, values, reasons, domain)
        checked.append(code)
        ready = ready.with_columns(values, reasons)
    if mistakes:
        raise DatasetError(mistakes)
    return Dataset(ready, tuple(unchecked), tuple(checked))


def _key_mistakes(frame: pl.DataFrame) -> list[str]:
    """What is wrong with person, group and wave.

    These come first and alone: without them no other message can say whose value is
    meant. Checked are absent columns, empty fields, groups and waves that do not exist,
    and persons with more than one row for a wave.
    """
    absent = [key for key in KEYS if key not in frame.columns]
    if absent:
        return [f"the dataset has no column {key}" for key in absent]
    mistakes = [
        f"column {key} is empty in {n} rows: fill it in"
        for key in KEYS
        if (n := frame[key].null_count())
    ]
    for key, allowed in (("group", GROUPS), ("wave", WAVES)):
        for value in frame[key].drop_nulls().unique().cast(pl.String).sort():
            if value not in allowed:
                mistakes.append(
                    f"column {key} holds {value!r}: use one of {', '.join(allowed)}"
                )
    twice = frame.filter(frame.select("person", "wave").is_duplicated())
    pairs = twice.select("person", "wave").unique(maintain_order=True)
    mistakes += [
        f"person {person} has more than one row for wave {wave}: keep one"
        for person, wave in pairs.iter_rows()
    ]
    return mistakes


def _orphans(frame: pl.DataFrame, columns: list[str]) -> list[str]:
    """Reason columns without a code: a misspelt name would otherwise silently turn
    four kinds of missing into one."""
    return [
        f"column {name} gives reasons for a code that is not there"
        for name in frame.columns
        if name.endswith(MISSING) and name.removesuffix(MISSING) not in columns
    ]


def _as_text(frame: pl.DataFrame, code: str) -> tuple[pl.Series, pl.Series]:
    """The values of one code as text, and its reasons (null where there is a value).

    Numbers that a spreadsheet turned into 7.0 become "7" when all of them are whole;
    other fractions stay as they are and are refused by their domain.
    """
    values = frame[code]
    # A whole number that passed through a spreadsheet arrives as 7.0.
    if (
        values.dtype.is_float()
        and values.drop_nulls()
        .map_elements(float.is_integer, return_dtype=pl.Boolean)
        .all()
    ):
        values = values.cast(pl.Int64)
    text = values.cast(pl.String).alias(code)
    name = code + MISSING
    if name in frame.columns:
        return text, frame[name].cast(pl.String)
    return text, pl.Series(name, [None] * frame.height, dtype=pl.String)


def _value_mistakes(
    people: pl.Series,
    code: str,
    values: pl.Series,
    reasons: pl.Series,
    domain: Domain,
) -> list[str]:
    """Every person whose value and reason do not fit together.

    Exactly one of the two must be there, the reason one of four, the value inside its
    domain.
    """
    mistakes = []
    for person, value, reason in zip(people, values, reasons, strict=True):
        if value is None and reason not in MISSING_REASONS:
            told = f"the reason {reason!r}" if reason else "no reason"
            mistakes.append(
                f"person {person}, {code}: no value and {told}; "
                f"give one of {', '.join(MISSING_REASONS)}"
            )
        elif value is not None and reason is not None:
            mistakes.append(
                f"person {person}, {code}: both a value and the reason {reason!r}"
            )
        elif value is not None and not domain.holds(value):
            mistakes.append(
                f"person {person}, {code}: {value!r} is not {domain.described()}"
            )
    return mistakes
