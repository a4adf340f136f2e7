"""`trede pilot export CODE`: the file of a pilot, to keep or to start another with."""

import argparse
import json

from trede.commands.pilot_files import pilot_named
from trede.pilots.loading import file_of


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code")
    parser.add_argument("--json", action="store_true")


def carry_out(options: argparse.Namespace) -> str:
    file = file_of(pilot_named(options.code))
    if options.json:
        return json.dumps(
            {"code": options.code, "version": file.number, "text": file.text}
        )
    return file.text.rstrip("\n")
