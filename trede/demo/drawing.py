"""Handing out answers so that margins are met exactly and people stay believable.

A margin is a fixed list of answers, one for each person. Chance decides only who gets
which: people with a higher score get answers further on in the list. What must hold
within one person is reached by exchanging answers between people, which leaves every
margin as it is.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
T = TypeVar("T")

# Far more exchanges than any margin of the demo needs: beyond it, none exists.
PATIENCE = 200_000


def standardised(numbers: Sequence[float] | Scores) -> Scores:
    """The same numbers with mean 0 and standard deviation 1 (0 when all are equal)."""
    array = np.asarray(numbers, dtype=np.float64)
    spread = float(array.std()) or 1.0
    return np.asarray((array - array.mean()) / spread, dtype=np.float64)


def shuffled(values: Sequence[T], rng: np.random.Generator) -> list[T]:
    """The same values in an order left to chance."""
    return [values[place] for place in rng.permutation(len(values)).tolist()]


def hand_out(
    margin: Sequence[T], scores: Scores, rng: np.random.Generator, *, noise: float = 1.0
) -> list[T]:
    """Give the margin's answers to people, the later ones to the higher scores."""
    if len(margin) != len(scores):
        raise ValueError(f"{len(margin)} answers for {len(scores)} people")
    order = np.argsort(scores + noise * rng.normal(size=len(scores)), kind="stable")
    by_person = sorted(zip(order.tolist(), margin, strict=True), key=lambda p: p[0])
    return [given for _, given in by_person]


def put_in(column: list[T], people: Sequence[int], answers: Sequence[T]) -> None:
    """Write the answers of some people into everybody's column."""
    for person, answer in zip(people, answers, strict=True):
        column[person] = answer


def exchange_until(
    columns: Sequence[list[T]], faults: Callable[[], int], rng: np.random.Generator
) -> None:
    """Exchange answers between two people until no fault is left."""
    left = faults()
    for _ in range(PATIENCE):
        if left == 0:
            return
        column = columns[int(rng.integers(len(columns)))]
        one, other = rng.integers(len(column), size=2).tolist()
        column[one], column[other] = column[other], column[one]
        now = faults()
        if now > left:
            column[one], column[other] = column[other], column[one]
        else:
            left = now
    raise RuntimeError(f"These margins cannot be met together: {left} faults are left.")


def numbers_with_sum(
    bands: Sequence[tuple[int, int, int]], total: int, rng: np.random.Generator
) -> list[int]:
    """Whole numbers, so many in each band (low, high, people), with a given sum."""
    numbers: list[int] = []
    limits: list[tuple[int, int]] = []
    for low, high, people in bands:
        drawn = low + np.floor(rng.beta(2, 2, size=people) * (high - low + 1))
        numbers += [int(number) for number in drawn]
        limits += [(low, high)] * people
    lowest, highest = (sum(edges) for edges in zip(*limits, strict=True))
    if not lowest <= total <= highest:
        raise ValueError(f"{total} is outside {lowest}-{highest}")
    while (gap := total - sum(numbers)) != 0:
        step = 1 if gap > 0 else -1
        which = int(rng.integers(len(numbers)))
        low, high = limits[which]
        if low <= numbers[which] + step <= high:
            numbers[which] += step
    return sorted(numbers)
