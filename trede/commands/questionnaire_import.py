"""`trede questionnaire import FILE`: store an instrument that was made elsewhere."""

import argparse
from typing import Any

from django.utils import timezone

from trede.accounts.acting import SYSTEM
from trede.accounts.refusing import Refused
from trede.commands import questionnaire_check
from trede.commands.entry import CannotDo
from trede.questionnaires.exchange.storing import store


def declare(parser: argparse.ArgumentParser) -> None:
    questionnaire_check.declare(parser)
    parser.add_argument("--code", default="", help="instead of the file's own")
    parser.add_argument("--version", default="", help="instead of the file's own")


def carry_out(options: argparse.Namespace) -> Any:
    imported = questionnaire_check.read(options.file)
    try:
        stored = store(
            imported,
            code=options.code,
            version=options.version,
            by=SYSTEM,
            at=timezone.now(),
        )
    except Refused as refusal:
        raise CannotDo(f"{options.file.name}: {refusal}") from refusal
    if options.json:
        about = {"code": stored.code, "version": stored.version}
        return questionnaire_check.as_json(imported) | {"stored": about}
    return (
        f"{questionnaire_check.in_words(imported)}\n\n"
        f"Stored as {stored.code}, version {stored.version}."
    )
