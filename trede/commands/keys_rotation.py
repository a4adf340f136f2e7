"""`trede rotate-keys`: write everything encrypted anew, under the newest key."""

import argparse
from typing import Any

from django.utils import timezone
from tqdm import tqdm

from trede.accounts.acting import SYSTEM
from trede.people.rotation import keys_in_use, rotate_keys
from trede.people.vault import newest_key


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def carry_out(options: argparse.Namespace) -> Any:
    with tqdm(unit=" rows", disable=None) as bar:

        def show(model: str, seen: int, total: int) -> None:
            bar.set_description(model)
            bar.total, bar.n = total, seen
            bar.refresh()

        rewritten = rotate_keys(by=SYSTEM, at=timezone.now(), progress=show)
    older = sorted(set(keys_in_use()) - {newest_key()})
    if options.json:
        return {"key": newest_key(), "rewritten": rewritten, "older_in_use": older}
    return summary(sum(rewritten.values()), older)


def summary(rewritten: int, older: list[int]) -> str:
    if older:
        return (
            f"{rewritten} rows were rewritten. Still in use: keys {older}."
            " Run the command again."
        )
    return f"{rewritten} rows were rewritten. Older keys may now be taken away."
