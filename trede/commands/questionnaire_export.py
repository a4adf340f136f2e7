"""`trede questionnaire export CODE`: an instrument as a file for other software."""

import argparse
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.utils import translation

from trede.accounts.models import Municipality
from trede.accounts.refusing import Refused
from trede.commands.entry import CannotDo
from trede.questionnaires.definition import Questionnaire
from trede.questionnaires.exchange.formats import FORMATS
from trede.questionnaires.exchange.languages_kept import in_whole_languages
from trede.questionnaires.library.catalogue import versions
from trede.questionnaires.shipped_files import shipped, shipped_codes
from trede.questionnaires.translations import in_every_language


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE")
    parser.add_argument("--format", choices=sorted(FORMATS), required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--municipality",
        default="",
        help="its code; needed where several are served, for what one of them made",
    )
    parser.add_argument("--json", action="store_true")


def carry_out(options: argparse.Namespace) -> Any:
    translation.activate("nl")
    out: Path = options.out
    if not out.parent.is_dir():
        raise CannotDo(f"There is no folder {out.parent}. Make it first.")
    questionnaire = asked_for(options.code, options.municipality)
    try:
        content = FORMATS[options.format].write(questionnaire)
    except Refused as refusal:
        raise CannotDo(f"{options.code}: {refusal}") from refusal
    out.write_bytes(content)
    if options.json:
        return {
            "out": str(out),
            "format": options.format,
            "code": questionnaire.code,
            "version": questionnaire.version,
            "languages": list(questionnaire.languages),
            "questions": len(questionnaire.questions),
        }
    return f"{questionnaire.code}, version {questionnaire.version}, is in {out}."


def asked_for(code: str, municipality: str) -> Questionnaire:
    """The version that a new sitting would get, in every language that is whole."""
    try:
        found = versions(code, _town(municipality))
    except DatabaseError:
        # What comes with Trede can be written without a database.
        found = []
    if found:
        return in_whole_languages(found[0].whole, found[0].written)
    if code in shipped_codes():
        written = shipped(code)
        return in_whole_languages(in_every_language(written), written)
    raise CannotDo(
        f"There is no questionnaire {code}. With Trede come:"
        f" {', '.join(shipped_codes())}."
    )


def _town(code: str) -> int | None:
    """The one that was named, or the only one that there is."""
    rows = Municipality.objects.filter(code=code) if code else Municipality.objects
    found = list(rows.values_list("pk", flat=True)[:2])
    if code and not found:
        raise CannotDo(f"There is no municipality {code}.")
    return found[0] if len(found) == 1 else None
