"""`trede pilot load FILE.toml`: append a version of a pilot's file, or a new pilot.

The municipality is the one that the file names; it is made when it is not there yet.
"""

import argparse
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from trede.accounts.acting import SYSTEM
from trede.accounts.models import Municipality
from trede.accounts.refusing import Refused
from trede.commands.entry import CannotDo
from trede.commands.pilot_files import read
from trede.pilots.loading import load_pilot


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--reason", default="loaded from the command line")
    parser.add_argument("--json", action="store_true")


def carry_out(options: argparse.Namespace) -> Any:
    text, rules = read(options.file)
    name = rules.pilot.municipality
    municipality, _made = Municipality.objects.get_or_create(
        code=slugify(name), defaults={"name": name}
    )
    try:
        pilot = load_pilot(
            text=text,
            municipality=municipality,
            reason=options.reason,
            by=SYSTEM,
            at=timezone.now(),
        )
    except Refused as refusal:
        raise CannotDo(str(refusal)) from refusal
    version = pilot.files.count()
    if options.json:
        return {"code": pilot.code, "version": version}
    return f"Pilot {pilot.code} is loaded: version {version}."
