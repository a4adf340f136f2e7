"""`trede questionnaire check FILE`: what would come over from this file, what not?"""

import argparse
from pathlib import Path
from typing import Any

from django.utils import translation

from trede.commands.entry import CannotDo
from trede.questionnaires.exchange.carried import FileRefused, Imported
from trede.questionnaires.exchange.opening import read_instrument
from trede.questionnaires.library.authoring import Lacking, lacking


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true")


def carry_out(options: argparse.Namespace) -> Any:
    imported = read(options.file)
    return as_json(imported) if options.json else in_words(imported)


def read(path: Path) -> Imported:
    translation.activate("nl")
    try:
        return read_instrument(path.read_bytes(), path.name)
    except OSError as problem:
        raise CannotDo(f"{path}: cannot be read ({problem.strerror}).") from problem
    except FileRefused as refusal:
        raise CannotDo(str(refusal)) from refusal


def as_json(imported: Imported) -> dict[str, object]:
    return {
        "format": imported.format,
        "version": imported.version,
        "title": imported.title,
        "languages": list(imported.languages),
        "groups": imported.groups,
        "questions": imported.questions,
        "subquestions": imported.subquestions,
        "answers": imported.answers,
        "by_type": dict(imported.by_type),
        "carried": imported.carried,
        "not_carried": [
            {"question": one.question, "what": one.what, "why": one.why}
            for one in imported.not_carried
        ],
    }


def _gaps(imported: Imported) -> tuple[Lacking, ...]:
    made = imported.questionnaire
    return tuple(one for one in lacking(made) if one.missing) if made else ()


def in_words(imported: Imported) -> str:
    lines = [
        f"{imported.format} {imported.version}: {imported.title}",
        f"languages: {', '.join(imported.languages)}",
        *(
            f"  {one.language.code}: {len(one.missing)} of {one.of} texts missing"
            " (empty, or equal to those of the first language)"
            for one in _gaps(imported)
        ),
        f"{imported.groups} groups, {imported.questions} questions,"
        f" {imported.subquestions} subquestions, {imported.answers} answers;"
        f" {imported.carried} questions are carried over",
    ]
    lines += [f"  {kind:<24} {n:>5}" for kind, n in sorted(imported.by_type.items())]
    if imported.not_carried:
        lines += ["", "Not carried over:"]
    lines += [
        f"  {one.question or '(file)'}: {one.what}. {one.why}"
        for one in imported.not_carried
    ]
    return "\n".join(lines)
