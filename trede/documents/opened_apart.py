"""Opens a workbook in a process of its own, and hands its rows over as lines of text.

A workbook comes from outside and its parser is native code: two stray cells can ask
for gigabytes, and a crafted file can make it abort. Here that ends this process, not
the server. Run as a script, it reads on standard input the size of the workbook, the
workbook, and then the numbers of the sheets to print; it imports nothing of ours.
"""

import contextlib
import datetime
import io
import json
import os
import resource
import sys
from collections.abc import Iterator
from typing import BinaryIO

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MEMORY = 1_500_000_000
HEAD = 60
Cell = (
    int
    | float
    | str
    | bool
    | datetime.time
    | datetime.date
    | datetime.datetime
    | datetime.timedelta
)


def as_text(cell: Cell) -> str:
    """A cell the way a person would have typed it, dates as yyyy-mm-dd."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return str(cell)


def rows_of(sheet: CalamineSheet) -> Iterator[list[str]]:
    for row in sheet.iter_rows():
        yield [as_text(cell) for cell in row]


def heads(workbook: CalamineWorkbook) -> list[dict[str, object]]:
    """Name, size and first rows of every visible worksheet."""
    found: list[dict[str, object]] = []
    for number, about in enumerate(workbook.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        if about.visible != SheetVisibleEnum.Visible:
            continue
        sheet = workbook.get_sheet_by_index(number)
        first = [row for row, _ in zip(rows_of(sheet), range(HEAD), strict=False)]
        found.append(
            {
                "number": number,
                "name": about.name,
                "rows": sheet.total_height,
                "columns": sheet.total_width,
                "first_column": sheet.start[1] if sheet.start else 0,
                "head": first,
            }
        )
    return found


def serve(source: BinaryIO, target: BinaryIO) -> None:
    size = int(source.readline())
    with CalamineWorkbook.from_filelike(io.BytesIO(source.read(size))) as workbook:
        target.write(json.dumps(heads(workbook)).encode() + b"\n")
        target.flush()
        while chosen := source.readline().strip():
            for row in rows_of(workbook.get_sheet_by_index(int(chosen))):
                target.write(json.dumps(row).encode() + b"\n")
            target.write(b'"end"\n')
            target.flush()


def main() -> None:
    # A platform that cannot bound memory still has the bound on time.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    except PasswordError:
        sys.stdout.buffer.write(b'"password"\n')
    except BaseException:
        # The parser's panics derive from BaseException; whatever it was, the file
        # is what is wrong, and the reader at the other end is told so.
        sys.stdout.buffer.write(b'"broken"\n')
    sys.stdout.buffer.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
