"""The shape of what an analysis tells of times: curves, and which way people left."""

from collections.abc import Sequence
from typing import TypedDict


class CurveJson(TypedDict, total=False):
    days: Sequence[float]
    surviving: Sequence[float]
    low: Sequence[float | None]
    high: Sequence[float | None]


class AtRiskJson(TypedDict):
    day: int
    n: int | None


class TimesJson(TypedDict, total=False):
    outcome: str
    group: str
    n: int | None
    events: int | None
    horizon: float | None
    curve: CurveJson | None
    censored: Sequence[float] | None
    at_risk: Sequence[AtRiskJson] | None
    coarse: bool
    suppressed: str | None


class WayJson(TypedDict, total=False):
    kinds: Sequence[str]
    n: int | None
    estimate: float | None
    ci: Sequence[float] | None


class ExitsJson(TypedDict, total=False):
    outcome: str
    group: str
    n: int | None
    n_missing: int | None
    horizon: float | None
    ways: Sequence[WayJson] | None
    suppressed: str | None
