"""`trede audit verify`: is the audit trail whole, up to the head kept outside it?"""

import argparse
from typing import Any

from trede.audit.verifying import verify
from trede.commands.entry import CannotDo


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def carry_out(options: argparse.Namespace) -> Any:
    verdict = verify()
    if verdict.fault:
        raise CannotDo(
            f"The audit trail is not whole. Line {verdict.at_sequence}:"
            f" {verdict.fault}. Stop working in this database, keep a copy, and call"
            " the privacy officer."
        )
    if options.json:
        return {"lines": verdict.lines, "whole": True}
    return f"The audit trail is whole: {verdict.lines} lines."
