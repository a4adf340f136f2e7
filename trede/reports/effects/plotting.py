"""Figures of an analysis as a picture needs them: numbers, in the units told."""

from math import isfinite

from trede.reports.effects.analysis_json import End, Ends
from trede.reports.effects.figures import Unit


def figure_of(value: End, unit: Unit | None = None) -> float | None:
    """The number to draw; None when it is withheld or lies nowhere."""
    if not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value) * (unit.scale if unit else 1)


def ends_of(ends: Ends, unit: Unit | None = None) -> tuple[float | None, float | None]:
    if not ends:
        return None, None
    return figure_of(ends[0], unit), figure_of(ends[1], unit)
