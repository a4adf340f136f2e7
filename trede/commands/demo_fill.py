"""`trede demo`: fill the demo pilots. The same seed gives the same people."""

import argparse
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from tqdm import tqdm

from trede.accounts.demo_mode import check_start, holds_real_data
from trede.commands.entry import CannotDo
from trede.demo.filling import CODES, SEED, fill, missing


def declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--pilot", choices=CODES, help="one of them (default: both)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--json", action="store_true")


def carry_out(options: argparse.Namespace) -> Any:
    refuse_where_not_safe()
    codes = (options.pilot,) if options.pilot else CODES
    filled = fill_missing(codes, options.seed)
    if options.json:
        return {"filled": filled, "seed": options.seed}
    if filled:
        return f"Filled: {', '.join(filled)}."
    return "The demo pilots are there already; nothing was changed."


def refuse_where_not_safe() -> None:
    """Not beside people who are not invented, nor where others could come in."""
    try:
        check_start(settings.ALLOWED_HOSTS)
    except ImproperlyConfigured as problem:
        raise CannotDo(str(problem)) from problem
    if holds_real_data():
        raise CannotDo(
            "This database holds people who are not invented, so the demo is not put"
            " beside them. Give it a database of its own with TREDE_DATABASE."
        )


def fill_missing(codes: tuple[str, ...], seed: int) -> list[str]:
    filled = missing(codes)
    for code in filled:
        with tqdm(desc=code, unit=" acts", disable=None) as bar:

            def show(done: int, known: int, bar: "tqdm[Any]" = bar) -> None:
                bar.total = known
                bar.update(done - bar.n)

            fill(code, seed=seed, today=timezone.localdate(), progress=show)
    return filled
