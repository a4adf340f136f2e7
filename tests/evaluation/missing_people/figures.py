"""What R found (`reference/missing_people.R`), and pilots with a known truth."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest

from trede.evaluation.estimate import Interval, Values

# Both sides are exact up to rounding.
EXACT = 1e-8

_PATH = Path(__file__).parents[1] / "reference" / "missing_people.json"
R: dict[str, Any] = json.loads(_PATH.read_text())


def values(numbers: Any) -> Values:
    return np.array(numbers, dtype=np.float64)


def limits(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return interval.low, interval.high


def approx(expected: Any, within: float = EXACT) -> Any:
    return pytest.approx(expected, rel=within, abs=within)


class Pilot(NamedTuple):
    """A simulated pilot: everybody, and what was answered in the end."""

    before: Values
    after: Values
    need: Values
    arm: Values


# Mean change of who waits, and what taking part adds.
CHANGE, EFFECT = 0.5, 0.6


def pilot(rng: np.random.Generator, n: int = 120) -> Pilot:
    """Who is in need improves less and leaves more often: missing at random."""
    need, arm = rng.normal(size=n), np.tile([0.0, 1.0], n // 2)
    before = 5 - need + rng.normal(size=n)
    change = CHANGE - 0.8 * need + EFFECT * arm + rng.normal(size=n)
    gone = rng.random(n) < 1 / (1 + np.exp(0.8 - 1.2 * need))
    return Pilot(before, np.where(gone, np.nan, before + change), need, arm)
