"""What R found (`reference/change.R`), and arrays out of lists."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from trede.evaluation.estimate import Interval, Values

# Both sides are exact up to rounding.
EXACT = 1e-8

_PATH = Path(__file__).parents[1] / "reference" / "change.json"
R: dict[str, Any] = json.loads(_PATH.read_text())


def values(numbers: Any) -> Values:
    return np.array(numbers, dtype=np.float64)


def answers(case: dict[str, Any]) -> tuple[Values, Values]:
    return values(case["before"]), values(case["after"])


def limits(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return interval.low, interval.high


def people(lowest: int, highest: int, *, least: int = 4, most: int = 12) -> Any:
    """Drawn answers of both waves, in whole numbers."""
    one = st.integers(lowest, highest)
    return st.lists(st.tuples(one, one), min_size=least, max_size=most).map(
        lambda drawn: (values([b for b, _ in drawn]), values([a for _, a in drawn]))
    )
