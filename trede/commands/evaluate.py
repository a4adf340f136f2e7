"""`trede evaluate FILE --design pre_post`: the science on any file, without a database.

The file is a table of CSV, SPSS or Parquet; the configuration, when there is one, is a
TOML text beside it. With `--exchange` the headlines that may leave are written for
`trede synthesise`.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from trede.commands.entry import CannotDo
from trede.commands.table_reading import read_table
from trede.evaluation.norms import default_norms
from trede.evaluation.running.analysing import Analysis, analyse
from trede.evaluation.running.as_json import Json, as_json
from trede.evaluation.running.configuration import (
    Configuration,
    ConfigurationRefused,
    read_configuration,
)
from trede.evaluation.running.design import Design
from trede.evaluation.running.handing_over import handed_over
from trede.evaluation.running.laying_out import DataRefused, lay_out
from trede.evaluation.synthesis.exchange import exchange_text

NAMES = (
    *("person", "wave", "pair", "cluster", "pilot", "status"),
    *("mode", "language", "helper"),
)
STAYS = {
    "under_norm": "fewer people ({has:g}) than the norm ({needed:g})",
    "no_error": "no standard error and no interval",
    "no_definition": "no definition; give the outcome one in the configuration",
    "no_horizon": "no horizon; choose one in the configuration",
    "no_estimand": "not a figure that can be laid beside that of other pilots",
    "other_vocabulary": "no such figure belongs to this design",
}


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--design", choices=[str(one) for one in Design])
    parser.add_argument("--config", type=Path, metavar="RUN.toml")
    parser.add_argument("--out", type=Path, metavar="FILE.json")
    parser.add_argument("--exchange", type=Path, metavar="FILE.json")


def carry_out(options: argparse.Namespace) -> Any:
    if options.out and options.out.suffix != ".json":
        raise CannotDo(f"{options.out.name}: written is .json.")
    analysis = analysed(options.file, configured(options.config, options.design))
    said = exchanged(analysis, options.exchange) if options.exchange else []
    found = as_json(analysis)
    if options.out is None:
        return "\n".join(said) if said else found
    _write(options.out, json.dumps(found, indent=2, allow_nan=False) + "\n")
    return "\n".join([f"{options.out} is written.", *said])


def exchanged(analysis: Analysis, path: Path) -> list[str]:
    """Write what may leave, and say what was written and what stays at home."""
    try:
        found = handed_over(analysis, default_norms().threshold)
    except ConfigurationRefused as refusal:
        raise CannotDo(_together("--config", refusal.problems)) from refusal
    stays = [
        f"{one.outcome} ({one.contrast}) is not in it:"
        f" {STAYS[one.why].format(has=one.has, needed=one.needed)}."
        for one in found.refused
    ]
    if not found.summaries:
        nothing = f"{path}: not written, because no figure may be handed over."
        raise CannotDo("\n".join([nothing, *stays]))
    _write(path, exchange_text(found.summaries))
    return [f"{path} is written: {len(found.summaries)} figures.", *stays]


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise CannotDo(f"{path}: cannot be written ({problem.strerror}).") from problem


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
    return as_json(analysed(path, configuration))


def analysed(path: Path, configuration: Configuration) -> Analysis:
    names = [configuration.columns[name] for name in NAMES]
    frame = read_table(path, names=names)
    try:
        people = lay_out(frame, configuration)
    except DataRefused as refusal:
        raise CannotDo(_together(path, refusal.problems)) from refusal
    return analyse(people, configuration)


def _together(where: object, problems: list[str] | tuple[str, ...]) -> str:
    return "\n".join(f"{where}: {problem}" for problem in problems)
