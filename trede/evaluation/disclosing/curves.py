"""A curve over time of which no step is one person.

Every step of a curve is the day on which somebody found work or stopped. In the public
edition a curve keeps only days by which enough more people had the event, and by which
enough were still followed, and steps down on these alone (`coarse`): what happened in
between is not told. It ends on the horizon, when anybody was followed until then: after
the last of those days enough people more had the event, or nobody. The days on which
people were last seen are left out, and the numbers under the curve are kept only where
they differ by enough people. After the horizon nothing is told: few are still followed
then, and every figure of the report is about the time before.
"""

from collections.abc import Collection, Mapping
from typing import cast

import numpy as np

from trede.evaluation.disclosing.reading import Json, count, entries, text, time_key
from trede.evaluation.estimate import Values
from trede.evaluation.norms import Norms
from trede.evaluation.running.asking import groups
from trede.evaluation.running.configuration import Configuration
from trede.evaluation.running.laying_out import People
from trede.evaluation.running.weighing import weighed

# Of a curve whole percents: a share to the last digit betrays every step before it.
DECIMALS = 2


def days_told(
    people: People, configuration: Configuration, analysis: Json, norms: Norms
) -> dict[str, frozenset[int]]:
    """Of each curve the days that may be told, by its name."""
    who = {group.name: group.who for group in groups(people, configuration.design)}
    weights = weighed(people, configuration).weights
    counted = np.ones(people.n) if weights is None else np.nan_to_num(weights)
    found = {}
    for entry in entries(analysis, "times"):
        code, chosen = text(entry, "outcome"), who[text(entry, "group")]
        days = people.numbers(f"{code}_days")[chosen]
        event = people.numbers(f"{code}_event")[chosen]
        in_time = (days <= count(entry, "horizon")) & (counted[chosen] > 0)
        happened = days[np.equal(event, 1) & in_time]
        found[time_key(entry)] = frozenset(enough_between(happened, norms.threshold))
    return found


def enough_between(happened: Values, threshold: int) -> list[int]:
    """Days such that from each to the next, and after the last, at least so many
    events lie, or none at all."""
    days, counts = np.unique(happened, return_counts=True)
    kept: list[int] = []
    since = 0
    for day, number in zip(days.tolist(), counts.tolist(), strict=True):
        since += number
        if since >= threshold:
            kept.append(int(day))
            since = 0
    # Who is left over after the last day joins those before it.
    return kept[:-1] if since and kept else kept


def coarser(entry: Json, days: Collection[int], norms: Norms) -> Json:
    """One curve as it may be printed; nothing of one that is withheld."""
    if entry.get("suppressed"):
        return {**entry, "curve": None, "censored": [], "at_risk": []}
    curve = cast(Mapping[str, list[float | None]], entry.get("curve") or {})
    kept = [
        place
        for place, day in enumerate(curve.get("days", []))
        if _in_time(day, entry) and (day in days or day == entry.get("horizon"))
    ]
    shown = {
        name: [_rounded(values[place], name) for place in kept]
        for name, values in curve.items()
    }
    at_risk = [e for e in entries(entry, "at_risk") if _in_time(e.get("day"), entry)]
    return {
        **entry,
        "curve": shown if len(kept) > 1 else None,
        "coarse": True,
        "censored": [],
        "at_risk": _spread(at_risk, norms),
    }


def _in_time(day: object, entry: Json) -> bool:
    """Whether a day is not after the last one that the report is about."""
    horizon = entry.get("horizon")
    known = isinstance(day, int | float) and isinstance(horizon, int | float)
    return not known or cast(float, day) <= cast(float, horizon)


def _rounded(value: float | None, name: str) -> float | None:
    return value if value is None or name == "days" else round(value, DECIMALS)


def _spread(numbers: list[Json], norms: Norms) -> list[Json]:
    """Numbers under a curve that differ by enough people, or not at all."""
    kept: list[Json] = []
    for one in numbers:
        n = count(one, "n")
        if norms.sensitive(n):
            break
        gone = count(kept[-1], "n") - n if kept else 0
        if not norms.sensitive(gone):
            kept.append(one)
    return kept
