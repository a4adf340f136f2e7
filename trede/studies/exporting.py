"""The dataset as a file for a statistics program: CSV, Parquet or SPSS.

Every reason why an answer is missing stays what it is: a column of its own beside the
answer. SPSS has user-missing values for numbers; its text variables allow only three,
so there the column beside it tells the reason.
"""

import csv
import io
import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat
from pyreadstat.pyclasses import MissingRange

from trede.questionnaires.exchange.missing_codes import CODES, LOWEST, NOT_NAMED
from trede.studies.codebook import Variable, codebook, reasons, status_code
from trede.studies.dataset import Dataset

MEDIA_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".sav": "application/x-spss-sav",
}
# A spreadsheet takes a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# SPSS takes names of this length; the last signs tell apart what was cut.
LONGEST_NAME = 64
# Beside each answer in SPSS: why there is none. Text there has room for three reasons.
STATUS = "_status"


def written(dataset: Dataset, ending: str) -> bytes:
    """The whole file; `ending` is one of `MEDIA_TYPES`."""
    if ending == ".csv":
        return as_csv(dataset.frame)
    if ending == ".parquet":
        return _as_parquet(dataset)
    return _as_sav(dataset)


def as_csv(frame: pl.DataFrame) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(harmless(name) for name in frame.columns)
    for row in frame.iter_rows():
        writer.writerow(harmless(value) for value in row)
    return text.getvalue().encode("utf-8-sig")


def harmless(value: object) -> str:
    """A cell that no spreadsheet runs: what looks like a formula gets a quote."""
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(FORMULA) else text


def codebook_as_csv(dataset: Dataset) -> bytes:
    """One line for each value and each missing reason of each variable."""
    lines = []
    for variable in codebook(dataset):
        start = (variable.code, variable.label, variable.kind)
        named = [("value", *pair) for pair in variable.values.items()]
        named += [("missing", *pair) for pair in variable.missing.items()]
        if variable.note:
            named.append(("note", "", variable.note))
        lines += [(*start, *pair) for pair in named or [("", "", "")]]
    heads = ("variable", "label", "kind", "what", "code", "words")
    return as_csv(pl.DataFrame(lines, schema=list(heads), orient="row"))


def codebook_as_json(dataset: Dataset) -> str:
    told = [
        {
            "variable": variable.code,
            "label": variable.label,
            "kind": variable.kind,
            "values": dict(variable.values),
            "missing": dict(variable.missing),
        }
        | ({"note": variable.note} if variable.note else {})
        for variable in codebook(dataset)
    ]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _as_parquet(dataset: Dataset) -> bytes:
    content = io.BytesIO()
    dataset.frame.write_parquet(
        content, metadata={"codebook": codebook_as_json(dataset)}
    )
    return content.getvalue()


def _as_sav(dataset: Dataset) -> bytes:
    variables = codebook(dataset)
    names = NamesInSpss()
    columns: list[pl.Series] = []
    labels: list[str | None] = []
    for variable in variables:
        columns.append(_spss_column(dataset.frame, variable, names[variable.code]))
        labels.append(cut(variable.label, 255))
        if variable.missing:
            status = dataset.frame[status_code(variable.code)].fill_null("")
            columns.append(status.alias(names[variable.code + STATUS]))
            labels.append(f"{cut(variable.label, 200)} – status")
    numbers = [each for each in variables if each.is_number]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dataset.sav"
        pyreadstat.write_sav(
            pl.DataFrame(columns),
            path,
            column_labels=labels,
            variable_value_labels=_value_labels(variables, names),
            missing_ranges={
                names[each.code]: [MissingRange(lo=LOWEST, hi=NOT_NAMED)]
                for each in numbers
            },
            variable_measure={names[each.code]: _measure(each) for each in variables},
        )
        return path.read_bytes()


def cut(words: str, most: int) -> str:
    """SPSS counts bytes; a letter of another script has several, and stays whole."""
    return words.encode()[:most].decode(errors="ignore")


class NamesInSpss:
    """The name in SPSS of each column: not too long, and each its own, in any case."""

    def __init__(self) -> None:
        self._given: dict[str, str] = {}

    def __getitem__(self, code: str) -> str:
        if code not in self._given:
            taken = {name.lower() for name in self._given.values()}
            name, number = code[:LONGEST_NAME], 2
            while name.lower() in taken:
                end = f"_{number}"
                name, number = code[: LONGEST_NAME - len(end)] + end, number + 1
            self._given[code] = name
        return self._given[code]


def _spss_column(frame: pl.DataFrame, variable: Variable, name: str) -> pl.Series:
    values = frame[variable.code]
    if variable.is_worked_out:
        return values.cast(pl.Float64).alias(name)
    if not variable.is_number:
        return values.fill_null("").alias(name)
    status = frame[status_code(variable.code)]
    numbers = [
        _spss_number(value, reason)
        for value, reason in zip(values, status, strict=True)
    ]
    return pl.Series(name, numbers, dtype=pl.Float64)


def _spss_number(value: str | None, reason: str | None) -> float:
    if value is None:
        return CODES[reason or "not_asked"]
    return float(value) if value.isdecimal() else NOT_NAMED


# The library labels text values too, which its annotations do not know.
Labels = dict[str, dict[int | float, str]]


def _value_labels(variables: Sequence[Variable], names: "NamesInSpss") -> Labels:
    found: dict[str, Mapping[Any, str]] = {}
    for variable in variables:
        if variable.missing:
            found[names[variable.code + STATUS]] = reasons()
        if variable.is_number:
            named = {CODES[code]: words for code, words in reasons().items()}
            for code, words in variable.values.items():
                named[int(code) if code.isdecimal() else NOT_NAMED] = words
            found[names[variable.code]] = named
        elif variable.values:
            found[names[variable.code]] = variable.values
    return {
        code: {value: cut(words, 120) for value, words in named.items()}
        for code, named in found.items()
    }


def _measure(variable: Variable) -> str:
    if variable.is_worked_out:
        return "scale"
    if not variable.is_number:
        return "nominal"
    return "ordinal" if variable.values else "scale"
