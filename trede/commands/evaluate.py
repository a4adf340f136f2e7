"""`trede evaluate FILE --design pre_post`: the science on any file, without a database.

The file is a table of CSV, SPSS or Parquet; the configuration, when there is one, is a
TOML text beside it. With `--exchange` the headlines that may leave are written for
`trede synthesise`.

A report (.pdf, .html) is for the public unless `--view researcher` is said: disclosure
control then judges every figure. The figures themselves (.json) are for who has the
data anyway, unless `--view public` is said.
"""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from trede.commands.entry import CannotDo, with_django
from trede.commands.table_reading import read_table
from trede.evaluation.disclosing.judging import protect_analysis
from trede.evaluation.editions import DisclosureError
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
from trede.evaluation.running.laying_out import DataRefused, People, lay_out
from trede.evaluation.running.laying_out_list import lay_out_list
from trede.evaluation.running.made_with import made_of, versions
from trede.evaluation.running.reaching import TargetList
from trede.evaluation.synthesis.exchange import exchange_text

NAMES = (
    *("person", "wave", "pair", "cluster", "pilot", "status"),
    *("mode", "language", "helper"),
)
# By whether what is written is for the public, who may not see every reason.
NOTHING = {
    False: "Nothing could be estimated; why not stands in it.",
    True: "Nothing could be estimated; say --view researcher to see why not.",
}
ENDINGS = (".json", ".pdf", ".html")
STAYS = {
    "under_norm": "fewer people ({has:g}) than the norm ({needed:g})",
    "no_error": "no standard error and no interval",
    "no_definition": "no definition; give the outcome one in the configuration",
    "no_horizon": "no horizon; choose one in the configuration",
    "no_estimand": "not a figure that can be laid beside that of other pilots",
    "withheld": "hidden from the public, as it could give somebody away",
    "other_vocabulary": "no such figure belongs to this design",
}


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--design", choices=[str(one) for one in Design])
    parser.add_argument("--config", type=Path, metavar="RUN.toml")
    parser.add_argument("--out", type=Path, metavar="FILE.json|.pdf|.html")
    parser.add_argument("--view", choices=("public", "researcher"))
    parser.add_argument("--language", choices=("nl", "en"), default="nl")
    parser.add_argument("--exchange", type=Path, metavar="FILE.json")


def carry_out(options: argparse.Namespace) -> Any:
    _refuse_places(options.out, options.exchange)
    configuration = configured(options.config, options.design)
    people = laid_out(options.file, configuration)
    everybody = listed(options.config, configuration, people)
    analysis = analyse(people, configuration, everybody)
    on_paper = options.out is not None and options.out.suffix != ".json"
    public = (options.view or ("public" if on_paper else "researcher")) == "public"
    found, said = as_json(analysis), []
    if public or options.exchange:
        shown = protected(people, configuration, found, everybody)
        # Whatever the view: another pilot prints what it is handed.
        if options.exchange:
            said = exchanged(analysis, shown, options.exchange)
        found = shown if public else found
    found |= {"made": made_of(people, datetime.now().astimezone().date(), everybody)}
    if options.out is None:
        return "\n".join(said) if said else found
    if not analysis.lines:
        said.insert(0, NOTHING[public])
    if on_paper:
        _print(options, configuration, found, public=public)
    else:
        _write(options.out, json.dumps(found, indent=2, allow_nan=False) + "\n")
    return "\n".join([f"{options.out} is written.", *said])


def _refuse_places(out: Path | None, exchange: Path | None) -> None:
    """Before anything is computed: what cannot be written there."""
    if out and out.suffix not in ENDINGS:
        raise CannotDo(f"{out.name}: written is {', '.join(ENDINGS)}.")
    for path in (out, exchange):
        if path and not path.parent.is_dir():
            raise CannotDo(f"There is no folder {path.parent}. Make it first.")


def protected(
    people: People,
    configuration: Configuration,
    found: Json,
    everybody: TargetList | None,
) -> Json:
    """The analysis as the public may see it."""
    try:
        shown, _decisions = protect_analysis(
            people, configuration, found, everybody=everybody
        )
    except DisclosureError as refusal:
        raise CannotDo(
            "Nothing of these data can be told to others without giving people away."
            " Make a report for researchers: --view researcher, without --exchange."
        ) from refusal
    return shown


def _print(
    options: argparse.Namespace,
    configuration: Configuration,
    found: Json,
    *,
    public: bool,
) -> None:
    """As a report; only that needs Django, for its languages and its templates."""
    labels = {
        **configuration.labels,
        **{one.code: one.label for one in configuration.outcomes if one.label},
        **{one.code: one.label for one in configuration.periods if one.label},
    }
    printing = with_django("analysis_print")
    with cannot_write(options.out):
        printing.print_analysis(
            found,
            source=options.file,
            data_hash=str(cast(Json, found["made"])["data_hash"]),
            versions=versions(),
            out=options.out,
            labels=labels,
            language=options.language,
            public=public,
        )


def exchanged(analysis: Analysis, shown: Json, path: Path) -> list[str]:
    """Write what may leave, and say what was written and what stays at home."""
    try:
        found = handed_over(analysis, default_norms().threshold, shown)
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
    with cannot_write(path):
        path.write_text(text, encoding="utf-8")


@contextmanager
def cannot_write(path: Path) -> Iterator[None]:
    """What goes wrong with the file itself, in plain words."""
    try:
        yield
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


def laid_out(path: Path, configuration: Configuration) -> People:
    names = [configuration.columns[name] for name in NAMES]
    frame = read_table(path, names=names)
    try:
        return lay_out(frame, configuration)
    except DataRefused as refusal:
        raise CannotDo(_together(path, refusal.problems)) from refusal


def listed(
    config: Path | None, configuration: Configuration, people: People
) -> TargetList | None:
    """Everybody who was to be reached, from a file beside the configuration."""
    asked = configuration.target_list
    if config is None or asked is None:
        return None
    path = config.parent / asked.file
    frame = read_table(path, names=[people.columns["person"]])
    try:
        return lay_out_list(frame, asked, people)
    except DataRefused as refusal:
        raise CannotDo(_together(path, refusal.problems)) from refusal


def _together(where: object, problems: list[str] | tuple[str, ...]) -> str:
    return "\n".join(f"{where}: {problem}" for problem in problems)
