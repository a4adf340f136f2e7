"""A researcher's table, from CSV, SPSS or Parquet.

Of CSV the separator and the decimal comma are found out; who a row is about stays text,
so that "007" and "7" are two people. User-missing values of SPSS are missing.
"""

from collections.abc import Callable, Collection
from io import BytesIO
from pathlib import Path

import polars as pl
import pyreadstat
from polars.exceptions import PolarsError
from pyreadstat import PyreadstatError, ReadstatError

from trede.commands.entry import CannotDo

SEPARATORS = ",;\t|"
DECIMAL_COMMA = r"^\s*-?\d+,\d+\s*$"


def read_table(path: Path, *, names: Collection[str]) -> pl.DataFrame:
    """The table in a file; of CSV the columns with these names stay text."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        raise CannotDo(f"{path}: this kind is not read. Read are: {known}.")
    if not path.is_file():
        raise CannotDo(f"{path}: there is no such file. Look at its name and folder.")
    if not path.stat().st_size:
        raise CannotDo(f"{path}: this file is empty. Save it anew, with the answers.")
    try:
        frame = reader(path)
    except OSError as problem:
        raise CannotDo(f"{path}: cannot be read ({problem.strerror}).") from problem
    except (UnicodeDecodeError, PolarsError, PyreadstatError, ReadstatError) as problem:
        raise CannotDo(
            f"{path.name}: this is no readable {path.suffix[1:].upper()} file. Save it"
            " anew from the program that made it."
        ) from problem
    if not frame.height:
        raise CannotDo(
            f"{path.name}: there is no row in it, only names of columns. Save it anew,"
            " with a row for each person."
        )
    kept = set(names) & set(frame.columns)
    return frame.with_columns(
        _typed(frame[name]) for name in frame.columns if name not in kept
    )


def _csv(path: Path) -> pl.DataFrame:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")  # as older spreadsheets save it
    first = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    return pl.read_csv(BytesIO(text.encode()), separator=separator, infer_schema=False)


def _typed(column: pl.Series) -> pl.Series:
    """Numbers where every value that is there is one."""
    if column.dtype != pl.String:
        return column
    text = column.str.strip_chars().replace("", None)
    leading = text.str.contains(r"^0\d").any()
    if leading or text.is_null().all():
        return text
    comma = text.str.contains(DECIMAL_COMMA)
    plain = pl.select(
        pl.when(comma).then(text.str.replace(",", ".")).otherwise(text).alias(text.name)
    ).to_series()
    number = plain.cast(pl.Float64, strict=False)
    return number if number.null_count() == text.null_count() else text


def _sav(path: Path) -> pl.DataFrame:
    frame, _metadata = pyreadstat.read_sav(str(path), output_format="polars")
    return frame


READERS: dict[str, Callable[[Path], pl.DataFrame]] = {
    ".csv": _csv,
    ".sav": _sav,
    ".parquet": pl.read_parquet,
}
