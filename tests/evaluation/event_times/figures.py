"""What R found (`reference/event_times.R`, `weighted.R`), and who are followed."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from trede.evaluation.estimate import Interval, Values

# Both sides are exact up to rounding.
EXACT = 1e-8

_FOLDER = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((_FOLDER / "event_times.json").read_text())
_OF_WEIGHTED: dict[str, Any] = json.loads((_FOLDER / "weighted.json").read_text())
WEIGHTED: list[dict[str, Any]] = _OF_WEIGHTED["times"]
COACHED: list[dict[str, Any]] = _OF_WEIGHTED["coached"]
BY_COACH: dict[str, Any] = json.loads((_FOLDER / "times_by_coach.json").read_text())


def values(numbers: Any) -> Values:
    return np.array(numbers, dtype=np.float64)


def told(numbers: Any) -> Values:
    """R's figures, of which -1 stands for none."""
    found = values(numbers)
    found[found == -1] = np.nan
    return found


def times(case: dict[str, Any]) -> tuple[Values, Values]:
    return values(case["days"]), values(case["event"])


def limits(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return interval.low, interval.high


def people(*, kinds: int = 1, least: int = 4, most: int = 14, last: int = 9) -> Any:
    """Drawn days and what happened on them."""
    one = st.tuples(st.integers(0, last), st.integers(0, kinds))
    return st.lists(one, min_size=least, max_size=most).map(
        lambda drawn: (values([d for d, _ in drawn]), values([k for _, k in drawn]))
    )


def waiting(rng: np.random.Generator, n: int, mean: float) -> tuple[Values, Values]:
    """Exponential times in whole days, followed for 60 to 240 days."""
    true = np.floor(rng.exponential(mean, n)) + 1
    stop = np.floor(rng.uniform(60, 240, n))
    return np.minimum(true, stop), (true <= stop).astype(np.float64)
