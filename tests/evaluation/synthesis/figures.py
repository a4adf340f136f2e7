"""What R found (`reference/synthesis.R`), and summaries of pilots that never were."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from trede.evaluation.estimate import Interval
from trede.evaluation.synthesis.studies import Studies, studies
from trede.evaluation.synthesis.summaries import Measure, Summary

# Both sides are exact up to rounding.
EXACT = 1e-8

_PATH = Path(__file__).parents[1] / "reference" / "synthesis.json"
R: dict[str, Any] = json.loads(_PATH.read_text())
WITH_LEFT_OUT = [*R["sets"], R["published"]]
ALL = [*WITH_LEFT_OUT, *R["three"]]

WELL_BEING = Measure(
    outcome="well_being",
    type="score",
    definition="How satisfied are you with your life? 0 not at all, 10 completely",
    scale=(0, 10),
    unit="points",
    before="t0",
    after="t1",
    estimand="mean_change",
)


def of(case: dict[str, Any]) -> Studies:
    return studies(case["y"], case["se"])


def summary(pilot: str = "arnhem", value: float = 0.8, se: float = 0.3, **more: Any):
    """One summary; `more` changes it, or its measure."""
    aspects = {key: more.pop(key) for key in list(more) if key in Measure.__slots__}
    plain = Summary(
        pilot=pilot,
        measure=replace(WELL_BEING, **aspects),
        population="completers",
        design="pre_post",
        value=value,
        se=se,
        df=22.0,
        n=23,
        n_missing=0,
        method="paired_t",
        error_from="estimate",
        threshold=5,
    )
    return replace(plain, **more)


def summaries(case: dict[str, Any]) -> list[Summary]:
    figures = zip(case["y"], case["se"], strict=True)
    return [summary(f"pilot {i}", y, se) for i, (y, se) in enumerate(figures)]


def pilots(k: int) -> list[Summary]:
    """So many that differ somewhat."""
    return [summary(f"pilot {i}", 0.3 * i, 0.2 + 0.05 * i) for i in range(k)]


def limits(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return interval.low, interval.high


def approx(expected: Any, within: float = EXACT) -> Any:
    return pytest.approx(expected, rel=within, abs=within)
