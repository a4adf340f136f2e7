"""Reads the sheets of a workbook that comes from outside (XLSX, XLS, ODS).

Sizes are judged before anything is unpacked, and the parser runs in a process of its
own with bounded memory and time (`opened_apart`).
"""

import contextlib
import io
import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self, cast

MAX_ENTRIES = 2_000
MAX_UNPACKED = 600_000_000
MAX_SECONDS = 90
SCRIPT = Path(__file__).with_name("opened_apart.py")


class WorkbookRefused(Exception):
    """It cannot be read. `code` says why; who asked for it says what to do."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Sheet:
    number: int
    name: str
    rows: int
    columns: int
    first_column: int
    head: list[list[str]]


def archive_format(data: bytes) -> str:
    """The workbook's format, judged by what the archive holds and how large it is."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, UnicodeDecodeError) as error:
        raise WorkbookRefused("workbook_broken") from error
    form = _format_inside({entry.filename for entry in entries})
    if len(entries) > MAX_ENTRIES:
        raise WorkbookRefused("too_large_unpacked")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise WorkbookRefused("too_large_unpacked")
    return form


def _format_inside(names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise WorkbookRefused("document")
    if {"mimetype", "content.xml"} <= names:
        return "ods"
    raise WorkbookRefused("archive")


class OpenWorkbook:
    """A workbook being read in its own process; to be used with `with`."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._late = False

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        # Both are pipes, as asked for above.
        self._to = cast(IO[bytes], self._process.stdin)
        self._back = cast(IO[bytes], self._process.stdout)
        self._timer = threading.Timer(MAX_SECONDS, self._stop_late)
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._process.kill()
        for stream in (self._to, self._back):
            with contextlib.suppress(BrokenPipeError):
                stream.close()
        self._process.wait()

    def sheets(self) -> tuple[Sheet, ...]:
        self._tell(b"%d\n" % len(self._data) + self._data)
        found = self._heard()
        sheets = tuple(Sheet(**about) for about in found)
        if not any(any(row) for sheet in sheets for row in sheet.head):
            raise WorkbookRefused("empty")
        return sheets

    def rows(self, sheet: Sheet) -> Iterator[list[str]]:
        self._tell(b"%d\n" % sheet.number)
        while (row := self._heard()) != "end":
            yield row

    def _tell(self, words: bytes) -> None:
        # A process that died early is found out by what it does not answer.
        with contextlib.suppress(BrokenPipeError):
            self._to.write(words)
            self._to.flush()

    # What comes over the line is JSON: rows, descriptions of sheets, or a word.
    def _heard(self) -> Any:
        line = self._back.readline()
        if not line:
            died = self._process.wait() < 0
            if self._late:
                raise WorkbookRefused("workbook_too_slow")
            raise WorkbookRefused("too_large_unpacked" if died else "workbook_broken")
        answer = json.loads(line)
        if answer == "password":
            raise WorkbookRefused("password")
        if answer == "broken":
            raise WorkbookRefused("workbook_broken")
        return answer

    def _stop_late(self) -> None:
        self._late = True
        self._process.kill()
