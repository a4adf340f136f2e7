"""What R found (`reference/ladder.R`), and people on ladders."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from trede.evaluation.estimate import Interval, Values

# Both sides are exact up to rounding.
EXACT = 1e-8

_PATH = Path(__file__).parents[1] / "reference" / "ladder.json"
R: dict[str, Any] = json.loads(_PATH.read_text())


def values(numbers: Any) -> Values:
    return np.array(numbers, dtype=np.float64)


def treads(case: dict[str, Any]) -> tuple[Values, Values]:
    return values(case["before"]), values(case["after"])


def limits(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return interval.low, interval.high


def people(*, highest: int = 6, least: int = 4, most: int = 16) -> Any:
    """Drawn treads at the start and now."""
    one = st.integers(1, highest)
    return st.lists(st.tuples(one, one), min_size=least, max_size=most).map(
        lambda drawn: (values([b for b, _ in drawn]), values([a for _, a in drawn]))
    )


def registers(*, most: int = 40) -> Any:
    """Drawn assessments: person, day, tread; several on a day and of one person."""
    row = st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(1, 6))
    return st.lists(row, min_size=1, max_size=most)
