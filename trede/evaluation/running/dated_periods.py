"""Periods of circumstances that a configuration names, and in which of them each day
of a file falls.

```toml
[[period]]
code = "winter_2021"
label = "Second lockdown"
from_on = 2020-12-15
until_on = 2021-04-27
```

The days stand in the file as `day_t0` and `day_t1`, written as 2021-03-31; a day in
none of the periods is `outside` them. A file may also tell the code of the period
itself, as `circumstance_t0` and `circumstance_t1`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.missing_people.periods import Period, period_of_each
from trede.evaluation.running.written_values import tables

PERIOD = {"code", "label", "from_on", "until_on"}
CODE, DAY = "circumstance", "day"
WHEN_ASKED = (CODE, DAY)
OUTSIDE = "outside"
WRONG = {
    "overlap": "Periods overlap: a day must be in one of them only.",
    "ends_before_it_begins": "A period ends before it begins.",
}


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """`label` is what a reader calls it."""

    period: Period
    label: str

    @property
    def code(self) -> str:
        return self.period.code


def periods_named(
    data: Mapping[str, object], problems: list[str]
) -> tuple[NamedPeriod, ...]:
    made: list[NamedPeriod] = []
    for entry in tables(data, "period", PERIOD, problems):
        match entry:
            case {"code": str(code), "from_on": date() as first} if code:
                until = entry.get("until_on")
                last = until if isinstance(until, date) else None
                label = str(entry.get("label", ""))
                made.append(NamedPeriod(Period(code, first, last), label))
                if until is None or last is not None:
                    continue
        problems.append(
            "Each [[period]] needs a code and a first day (from_on = 2020-12-15); its"
            " last day (until_on) may be left out."
        )
    codes = [one.code for one in made]
    problems += [
        f'Period "{code}" stands twice.'
        for code in dict.fromkeys(codes)
        if codes.count(code) > 1
    ]
    return tuple(made)


def day_columns(frame: pl.DataFrame, moments: Iterable[str]) -> list[str]:
    return [f"{DAY}_{m}" for m in moments if f"{DAY}_{m}" in frame.columns]


def wrong_days(
    frame: pl.DataFrame, moments: Collection[str], periods: Sequence[NamedPeriod]
) -> list[str]:
    """Days that are none, and periods in which a day cannot be placed."""
    if not periods:
        return []
    columns = day_columns(frame, sorted(moments))
    problems = [
        f'Column "{name}" holds {wrong[0]!r}: write each day as 2021-03-31.'
        for name in columns
        if (wrong := _no_days(frame[name]))
    ]
    if problems:
        return problems
    try:
        for name in columns:
            _codes(frame[name], periods)
    except CannotEstimate as no:
        return [WRONG[no.why]]
    if not columns:
        names = " and ".join(f"{DAY}_{moment}" for moment in sorted(moments))
        return [f"To place people in the periods the file needs the columns {names}."]
    return []


def with_circumstances(
    frame: pl.DataFrame, moments: Iterable[str], periods: Sequence[NamedPeriod]
) -> pl.DataFrame:
    """The code of its period beside each day."""
    if not periods:
        return frame
    return frame.with_columns(
        _codes(frame[name], periods).alias(name.replace(DAY, CODE, 1))
        for name in day_columns(frame, moments)
    )


def _days(column: pl.Series) -> pl.Series:
    if column.dtype.is_temporal():
        return column.cast(pl.Date)
    text = column.cast(pl.String).str.strip_chars().replace("", None)
    return text.str.to_date("%Y-%m-%d", strict=False)


def _no_days(column: pl.Series) -> list[str]:
    found = column.filter(_days(column).is_null() & column.is_not_null())
    return [str(one) for one in found.to_list() if str(one).strip()]


def _codes(column: pl.Series, periods: Sequence[NamedPeriod]) -> pl.Series:
    days = _days(column).to_list()
    found = period_of_each(days, [one.period for one in periods])
    told = (
        None if day is None else code or OUTSIDE
        for day, code in zip(days, found, strict=True)
    )
    return pl.Series(column.name, list(told), pl.String)
