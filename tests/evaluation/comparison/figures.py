"""What R found (`reference/comparison.R`, `weighted.R`), and groups out of lists."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trede.evaluation.comparison.groups import Groups, two_groups
from trede.evaluation.estimate import Estimate, Interval, Values

# Both sides are exact up to rounding.
EXACT = 1e-8
# One side is a search (optim, uniroot, numeric slopes) that stops earlier.
SEARCHED = 1e-6

_FOLDER = Path(__file__).parents[1] / "reference"
R: dict[str, Any] = json.loads((_FOLDER / "comparison.json").read_text())
WEIGHTED: dict[str, Any] = json.loads((_FOLDER / "weighted.json").read_text())


def values(numbers: Any) -> Values:
    return np.array(numbers, dtype=np.float64)


def groups(case: dict[str, Any], **more: Any) -> Groups:
    columns = [values(case[name]) for name in ("before", "after", "arm")]
    labels = {name: np.array(labels) for name, labels in more.items()}
    return two_groups(*columns, what="test", **labels)


def drawn(n: int = 40, seed: int = 1, effect: float = 1.0) -> dict[str, Values]:
    """Scores of two arms of equal size."""
    rng = np.random.default_rng(seed)
    arm = np.tile([0.0, 1.0], n // 2)
    before = rng.normal(5, 2, len(arm))
    after = 2 + before / 2 + effect * arm + rng.normal(0, 1.5, len(arm))
    return {"before": before, "after": after, "arm": arm}


def limits(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return interval.low, interval.high


def is_that_of_r(found: Estimate, r: dict[str, Any], within: float = EXACT) -> None:
    assert found.value == approx(r["value"], within)
    assert found.se == approx(r["se"], within)
    assert limits(found.interval) == approx(r["ci"], within)
    assert found.p == approx(r["p"], within)
    if "df" in r:
        assert found.df == approx(r["df"], within)


def approx(expected: Any, within: float = EXACT) -> Any:
    return pytest.approx(expected, rel=within, abs=within)
