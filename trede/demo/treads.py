"""The coach's treads and the first step in the demo, with a truth that is known.

Each person has dice of their own, so that another person more changes nobody's course.
"""

import tomllib
from collections.abc import Iterable
from datetime import timedelta
from math import exp
from statistics import fmean

import numpy as np

from trede.demo.answers import draw_intake
from trede.demo.evaluating import (
    Moves,
    TrueChange,
    choose_evaluated,
    choose_evaluated_later,
    truth_as_json,
)
from trede.demo.margins import FOLDER

TOLD = tomllib.loads((FOLDER / "truth.toml").read_text(encoding="utf-8"))
LADDER = TOLD["ladder"]
MOVES = Moves(
    low=LADDER["treads"][0],
    high=LADDER["treads"][1],
    chances=tuple(
        sorted(
            (int(move), p) for move, p in TOLD["profiles"][LADDER["profile"]].items()
        )
    ),
    turned=False,
)


def tread_before(number: int, seed: int) -> int:
    """Where the coach puts somebody at the start."""
    return int(_dice(number, seed, 1).choice(LADDER["start"]))


def tread_after(number: int, seed: int) -> int:
    """And at the closing."""
    return MOVES.after(tread_before(number, seed), _dice(number, seed, 2).random())


def until_first_step(number: int, seed: int) -> timedelta:
    """How long after the start a first step of one's own is done."""
    days = _dice(number, seed, 3).exponential(LADDER["days_to_first_step"])
    return timedelta(days=1 + int(days))


def true_tread(numbers: Iterable[int], seed: int) -> TrueChange:
    """The mean tread of these people at the start, and the true one at the closing."""
    before = [tread_before(number, seed) for number in numbers]
    after = fmean(map(MOVES.expected, before))
    return TrueChange("coach_tread", "mean", len(before), fmean(before), after)


def true_share_with_a_first_step(days: int) -> float:
    """Of everybody, by so many days, if nobody stopped before."""
    return 1 - exp(-days / LADDER["days_to_first_step"])


def truth_of_nijmegen(seed: int) -> str:
    """Of everybody who is evaluated in the end, written out."""
    intake = draw_intake(seed)
    first = choose_evaluated(intake, seed)
    evaluated = (*first, *choose_evaluated_later(intake, first, seed))
    stayed = [person.number for person in intake if person.left is None]
    return truth_as_json(intake, evaluated, [true_tread(stayed, seed)])


def _dice(number: int, seed: int, which: int) -> np.random.Generator:
    return np.random.default_rng([seed, 6, number, which])
