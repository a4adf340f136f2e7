"""`trede synthesise FILE...`: several pilots' summaries, without a database.

Each file holds the summaries of one pilot (see `docs/methods/synthesis.md`). Outcomes
that cannot be put together are said with the reason; when none can, nothing is done.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from trede.commands.entry import CannotDo, with_django
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.running.made_with import versions
from trede.evaluation.synthesis.as_json import (
    Json,
    as_json,
    label_of,
    refusal_as_json,
)
from trede.evaluation.synthesis.exchange import ExchangeRefused, read_exchange
from trede.evaluation.synthesis.likeness import UnlikeMeasures, by_measure
from trede.evaluation.synthesis.outcomes import synthesise
from trede.evaluation.synthesis.summaries import Summary

ENDINGS = (".json", ".pdf", ".html")
WHY = {
    "few_studies": "pilots that have it: {has}, needed: {needed}",
    "same_pilot_twice": "a pilot is there twice, and its people would count twice",
    "no_convergence": "no variance between the pilots could be found",
}


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--out", type=Path, metavar="FILE.json|.pdf|.html")
    parser.add_argument("--language", choices=("nl", "en"), default="nl")


def carry_out(options: argparse.Namespace) -> Any:
    if options.out and options.out.suffix not in ENDINGS:
        raise CannotDo(f"{options.out.name}: written is {', '.join(ENDINGS)}.")
    found = synthesised(read_all(options.files))
    if options.out is None:
        return found
    try:
        _write(found, options)
    except OSError as problem:
        raise CannotDo(f"{options.out}: cannot be written.") from problem
    return f"{options.out} is written."


def _write(found: Json, options: argparse.Namespace) -> None:
    if options.out.suffix == ".json":
        text = json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
        options.out.write_text(text, encoding="utf-8")
        return
    with_django("analysis_print").print_synthesis(
        found,
        sources=options.files,
        versions=versions(),
        out=options.out,
        language=options.language,
    )


def read_all(paths: Sequence[Path]) -> list[Summary]:
    """The summaries of all files; every mistake of every file is said."""
    summaries: list[Summary] = []
    problems: list[str] = []
    for path in paths:
        try:
            summaries += read_exchange(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            problems.append(f"{path}: there is no such file. Look at its name.")
        except (OSError, UnicodeDecodeError):
            problems.append(f"{path}: cannot be read as text.")
        except ExchangeRefused as refusal:
            problems += [f"{path}: {problem}" for problem in refusal.problems]
    if problems:
        raise CannotDo("\n".join(problems))
    return summaries


def synthesised(summaries: Sequence[Summary]) -> Json:
    """Every measure that can be put together, and those that cannot."""
    outcomes: list[Json] = []
    refused: list[Json] = []
    told: list[str] = []
    pilots = dict.fromkeys(one.pilot for one in summaries)
    for group in by_measure(summaries):
        outcome, label = group[0].measure.outcome, label_of(group)
        try:
            there = {one.pilot for one in group}
            without = [one for one in pilots if one not in there]
            outcomes.append({**as_json(synthesise(group)), "not_handed_over": without})
        except CannotEstimate as refusal:
            about = {"outcome": outcome, "label": label}
            refused.append({**about, **refusal_as_json(refusal)})
            told += in_words(outcome, refusal)
    if not outcomes:
        raise CannotDo("\n".join(told))
    return {"outcomes": outcomes, "refused": refused}


def in_words(outcome: str, refusal: CannotEstimate) -> list[str]:
    if isinstance(refusal, UnlikeMeasures):
        return [
            f"{outcome}: {one.pilot} has another {one.aspect} ({one.has}) than"
            f" {one.first} ({one.had})."
            for one in refusal.differences
        ]
    why = WHY.get(refusal.why, refusal.why)
    return [f"{outcome}: {why.format(has=refusal.has, needed=refusal.needed)}."]
