"""The first figure of each outcome: how much changed, between which ends, of how many.

Read from the analysis of a final run, as it is stored: the full one or the public one,
in which a figure may be withheld. Shares become percentage points, everything else
stays in the units of its scale.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from trede.reports.effects.analysis_json import AnalysisJson, EstimateJson
from trede.reports.effects.beside_coaches import undone_by_coaches
from trede.reports.figures_json import Json

# A difference between shares, from -1 to 1.
_SHARES = ("binary", "likert")
# A ratio is no difference, and no sentence of ours tells one.
_RATIOS = ("odds", "ratio", "hazard")


@dataclass(frozen=True)
class Headline:
    """`value`, `low` and `high` are None where they were withheld or are no plain
    difference; so are the means (or shares) and the directions. `compared`: an effect,
    beside people who did not have the guidance."""

    outcome: str
    contrast: str
    type: str
    primary: bool
    n: int | None
    value: float | None
    low: float | None
    high: float | None
    before: float | None = None
    after: float | None = None
    up: int | None = None
    same: int | None = None
    down: int | None = None
    hidden: bool = False
    compared: bool = False  # beside a group that did not have the guidance
    undone: bool = False  # coaches do not bear out that zero is left out

    @property
    def is_share(self) -> bool:
        return self.type in _SHARES


def analysis_in(results: Json) -> Json | None:
    found = results.get("analysis")
    return cast(Json, found) if isinstance(found, Mapping) else None


def headlines_in(results: Json) -> list[Headline]:
    """One for each outcome and contrast, those that were chosen beforehand first."""
    analysis = analysis_in(results)
    if analysis is None:
        return []
    outcomes = {
        (row["outcome"], row["contrast"], row.get("group") or ""): row
        for row in _rows(analysis, "outcomes")
    }
    effects = analysis.get("language") == "effect"
    found = []
    for row in _rows(analysis, "estimates"):
        if row.get("headline"):
            # A part of the people is named behind the contrast.
            contrast, _slash, group = str(row["contrast"]).partition("/")
            told = outcomes.get((row["outcome"], contrast, group), {})
            one = _headline(row, told, compared=effects and not group)
            undone = undone_by_coaches(
                cast(AnalysisJson, analysis), cast(EstimateJson, row)
            )
            found.append(replace(one, undone=undone is not None))
    return sorted(found, key=lambda one: not one.primary)


def _rows(analysis: Json, key: str) -> Sequence[Json]:
    return cast(Sequence[Json], analysis.get(key) or ())


def _headline(row: Json, told: Json, *, compared: bool) -> Headline:
    kind, method = str(row["type"]), str(row["method"])
    times = 100 if kind in _SHARES else 1
    plain = not any(word in method for word in _RATIOS)
    ends = cast(Sequence[object], row.get("ci") or (None, None))
    value, low, high = (
        _scaled(one, times) if plain else None for one in (row["estimate"], *ends)
    )
    means = kind not in _SHARES
    before = told.get("mean_before" if means else "share_before")
    after = told.get("mean_after" if means else "share_after")
    return Headline(
        outcome=str(row["outcome"]),
        contrast=str(row["contrast"]),
        type=kind,
        primary=bool(row["primary"]),
        n=_whole(row.get("n")),
        value=value,
        low=low,
        high=high,
        before=_scaled(before, times),
        after=_scaled(after, times),
        up=_whole(told.get("up")),
        same=_whole(told.get("same")),
        down=_whole(told.get("down")),
        hidden=row["estimate"] is None,
        compared=compared,
    )


def _scaled(value: object, times: int) -> float | None:
    # An end that is nowhere is written as a word.
    return value * times if isinstance(value, int | float) else None


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None
