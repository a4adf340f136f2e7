"""`trede pilot check FILE.toml`: is this file a pilot's, and what is wrong in it?"""

import argparse
from pathlib import Path
from typing import Any

from trede.commands.pilot_files import read


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")


def carry_out(options: argparse.Namespace) -> Any:
    _text, rules = read(options.file)
    if options.json:
        return {
            "code": rules.pilot.code,
            "name": rules.pilot.name,
            "criteria": [criterion.code for criterion in rules.criteria],
            "waves": [wave.code for wave in rules.waves],
        }
    return (
        f"{options.file.name} is right: pilot {rules.pilot.code}, {rules.pilot.name}."
    )
