"""`trede evaluate FILE --design pre_post`: the science on any file, without a database.

The file is a table of CSV, SPSS or Parquet; the configuration, when there is one, is a
TOML text beside it.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from trede.commands.entry import CannotDo
from trede.commands.table_reading import read_table
from trede.evaluation.running.analysing import analyse
from trede.evaluation.running.as_json import Json, as_json
from trede.evaluation.running.configuration import (
    Configuration,
    ConfigurationRefused,
    read_configuration,
)
from trede.evaluation.running.design import Design
from trede.evaluation.running.laying_out import DataRefused, lay_out

NAMES = ("person", "wave", "pair", "cluster", "pilot", "status")


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--design", choices=[str(one) for one in Design])
    parser.add_argument("--config", type=Path, metavar="RUN.toml")
    parser.add_argument("--out", type=Path, metavar="FILE.json")


def carry_out(options: argparse.Namespace) -> Any:
    found = evaluated(options.file, configured(options.config, options.design))
    if options.out is None:
        return found
    if options.out.suffix != ".json":
        raise CannotDo(f"{options.out.name}: written is .json.")
    options.out.write_text(json.dumps(found, indent=2, allow_nan=False) + "\n")
    return f"{options.out} is written."


def configured(path: Path | None, design: str | None) -> Configuration:
    try:
        text = path.read_text(encoding="utf-8") if path else ""
    except (OSError, UnicodeDecodeError) as problem:
        raise CannotDo(f"{path}: cannot be read as text.") from problem
    try:
        return read_configuration(text, design)
    except ConfigurationRefused as refusal:
        raise CannotDo(_together(path or "--design", refusal.problems)) from refusal


def evaluated(path: Path, configuration: Configuration) -> Json:
    names = [configuration.columns[name] for name in NAMES]
    frame = read_table(path, names=names)
    try:
        people = lay_out(frame, configuration)
    except DataRefused as refusal:
        raise CannotDo(_together(path, refusal.problems)) from refusal
    return as_json(analyse(people, configuration))


def _together(where: object, problems: list[str] | tuple[str, ...]) -> str:
    return "\n".join(f"{where}: {problem}" for problem in problems)
