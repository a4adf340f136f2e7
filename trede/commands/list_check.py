"""`trede list check`: read and judge a target list, and write nothing."""

import argparse
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.utils import translation

from trede.accounts.refusing import Refused
from trede.commands import list_reading
from trede.commands.entry import CannotDo
from trede.inflow.ledger import list_rules
from trede.inflow.reading.check import ListCheck, check_list
from trede.inflow.reading.reasons import Refused as FileRefused
from trede.pilots.loading import rules_of
from trede.pilots.models import Pilot
from trede.pilots.reading import read_rules
from trede.pilots.rules import Rules

APPROACHES = Path(__file__).parents[1] / "pilots" / "approaches"
declare = list_reading.declare


def carry_out(options: argparse.Namespace) -> Any:
    translation.activate("nl")
    content = list_reading.content_of(options.file)
    rules = rules_by_code(options.pilot)
    with list_reading.bar("reading") as bar:
        try:
            check = check_list(
                content,
                options.file.name,
                list_rules(rules),
                list_reading.reference_date(options),
                progress=list_reading.progress_on(bar),
            )
        except FileRefused as refusal:
            raise CannotDo(f"{options.file}: {refusal}") from refusal
    return check.as_json() if options.json else in_words(check)


def rules_by_code(code: str) -> Rules:
    """Of the pilot in the database, else of an approach that comes with Trede."""
    try:
        pilot = Pilot.objects.filter(code=code).first()
        if pilot:
            return rules_of(pilot)
    except (DatabaseError, Refused):
        # Checking a list needs no database: the file of the approach will do.
        pilot = None
    shipped = {path.stem: path for path in APPROACHES.glob("*.toml")}
    if code not in shipped:
        raise CannotDo(
            f"There is no pilot with the code {code}. Load its file with"
            " `trede pilot load`."
        )
    return read_rules(shipped[code].read_text(encoding="utf-8"))


def in_words(check: ListCheck) -> str:
    reading = check.reading
    lines = [
        f"{reading.rows} rows = {check.accepted} people"
        f" + {reading.rejected_rows} to check + {len(reading.duplicates)} double",
        f"{check.eligible} fit, {check.ineligible} do not,"
        f" {check.undecided} are not decided yet",
        "",
    ]
    lines += [
        f"  {code:<18} yes {counts['met']:>7}  no {counts['not_met']:>7}"
        f"  unknown {counts['unknown']:>7}"
        for code, counts in check.by_criterion.items()
    ]
    lines += [
        f"row {note.row}, {note.column}: {note.value!r}. {note.text}"
        for note in reading.rejected
    ]
    return "\n".join(lines)
