"""What `trede list check` and `trede list import` share: pilot, file, progress bar."""

import argparse
import datetime
import sys
from pathlib import Path
from typing import Never

from django.utils import timezone
from tqdm import tqdm

from trede.commands.entry import CannotDo
from trede.inflow.reading.people import Progress


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--pilot", required=True, metavar="CODE")
    parser.add_argument(
        "--on", type=_day, metavar="DATE", help="reference date, as 2020-02-01"
    )
    parser.add_argument("--json", action="store_true")


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise CannotDo(f"{path}: cannot be read ({problem.strerror}).") from problem


def reference_date(options: argparse.Namespace) -> datetime.date:
    on: datetime.date = options.on or timezone.localdate()
    return on


def progress_on(bar: "tqdm[Never]") -> Progress:
    def progress(done: int, of: int) -> None:
        bar.total = of
        bar.update(done - bar.n)

    return progress


def bar(words: str) -> "tqdm[Never]":
    """A bar on a terminal; nothing where another program listens."""
    shown = sys.stderr.isatty()
    return tqdm(desc=words, unit=" rows", disable=not shown, leave=False)


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(
            f"{text} is not a date; write it as 2020-02-01"
        ) from problem
