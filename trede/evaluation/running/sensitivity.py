"""How far a primary outcome hangs on what is supposed of who is missing.

| way | supposes |
|---|---|
| complete_cases | who is missing is like all others |
| ipw | like those who answered and were alike before |
| mi | the same, by a model of the answers |
| lee | (two arms) the arm moved everybody's answering the same way |
| manski | nothing |

The covariates of the configuration, and the start, are what is known beforehand. Beside
a survey the estimates have the weights that the headline has; bounds have none
(`not_weighted`). Coaches count where they do in the headline.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from trede.evaluation.comparison.caseloads import IGNORED, THESE_ONLY, caseloads
from trede.evaluation.estimate import CannotEstimate, Estimate, Interval, Values
from trede.evaluation.missing_people.bounds import Bounds
from trede.evaluation.missing_people.outcomes import SideBySide, side_by_side
from trede.evaluation.running.asking import (
    Group,
    Refused,
    arms,
    generator,
    groups,
    primaries,
    refusal,
)
from trede.evaluation.running.configuration import Configuration, Contrast, Outcome
from trede.evaluation.running.covariates import covariates_of
from trede.evaluation.running.laying_out import People
from trede.evaluation.running.wrong_columns import HOURS_OF_A_WEEK

IGNORING = (IGNORED, THESE_ONLY)
WAYS = {"complete": "complete_cases"}


@dataclass(frozen=True, slots=True)
class Supposition:
    """One figure under one supposition; bounds have no `estimate` but two ends.

    `effective_n` and `largest_weight` are there for weights only; `df` are those of the
    t interval: of Barnard and Rubin where answers were filled in.
    """

    outcome: str
    contrast: str
    way: str
    n: int
    n_missing: int
    estimate: float | None
    bounds: tuple[float, float] | None
    ci: tuple[float, float] | None
    p: float | None
    method: str
    notes: tuple[str, ...]
    effective_n: float | None = None
    largest_weight: float | None = None
    df: float | None = None


@dataclass(frozen=True, slots=True)
class Supposed:
    """The figures side by side, per outcome complete cases first."""

    figures: tuple[Supposition, ...]
    refused: tuple[Refused, ...]


def supposed(
    people: People, configuration: Configuration, weights: Values | None = None
) -> Supposed:
    """Each primary outcome in each contrast under every supposition.

    Args:
        weights: shape (people,), of a survey; None when everybody counts once.
    """
    figures: list[Supposition] = []
    refused: list[Refused] = []
    (everybody,) = (g for g in groups(people, configuration.design) if not g.name)
    known = _known_beforehand(people, configuration, everybody)
    for outcome, contrast in primaries(people, configuration):
        try:
            found = _side_by_side(
                people, configuration, outcome, contrast, everybody, known, weights
            )
        except CannotEstimate as no:
            refused.append(refusal(outcome.code, contrast.code, no))
            continue
        notes = () if weights is None else ("not_weighted",)
        figures += _figures(found, outcome.code, contrast.code, notes)
        refused += [refusal(outcome.code, contrast.code, no) for no in found.refused]
    return Supposed(tuple(figures), tuple(refused))


def _known_beforehand(
    people: People, configuration: Configuration, group: Group
) -> dict[str, Values]:
    found = covariates_of(people, configuration.covariates)
    columns = zip(found.names, found.values.T, strict=True)
    # The imputation has columns of its own called before, after and treated.
    return {f"covariate {name}": values[group.who] for name, values in columns}


def _side_by_side(
    people: People,
    configuration: Configuration,
    outcome: Outcome,
    contrast: Contrast,
    group: Group,
    known: Mapping[str, Values],
    weights: Values | None,
) -> SideBySide:
    who = group.who
    scale = (0.0, HOURS_OF_A_WEEK) if outcome.type == "hours" else outcome.scale
    together = next((c for c in ("pair", "cluster") if people.has(c)), None)
    # Within one group pairs are two people who changed apart from each other.
    if together == "pair" and not group.compared:
        together = "cluster" if people.has("cluster") else None
    before, after = (
        people.of(outcome.code, moment)[who]
        for moment in (contrast.before, contrast.after)
    )
    cluster = people.labels(together)[who] if together else None
    notes: tuple[str, ...] = ()
    if cluster is not None and not group.compared:
        # As in the headline: too few coaches do not count.
        shared = caseloads(cluster[~np.isnan(after - before)])
        if shared is None or not shared.enough:
            cluster, notes = None, IGNORING if shared else ()
    found = side_by_side(
        before,
        after,
        {name: values for name, values in known.items() if _varies(values)},
        generator(configuration, outcome.code, contrast.code, "missing"),
        scale=scale,
        arm=arms(people)[who] if group.compared else None,
        cluster=cluster,
        weights=weights[who] if weights is not None and group.compared else None,
    )
    noted = (replace(one, notes=(*one.notes, *notes)) for one in found.estimates)
    return replace(found, estimates=tuple(noted))


def _varies(values: Values) -> bool:
    there = values[~np.isnan(values)]
    return bool(len(there)) and bool(np.ptp(there) > 0)


def _figures(
    found: SideBySide, outcome: str, contrast: str, notes: tuple[str, ...]
) -> Iterator[Supposition]:
    """`notes` are about the bounds."""
    for estimate in found.estimates:
        yield _of_estimate(estimate, outcome, contrast)
    for bounds in found.bounds:
        yield _of_bounds(bounds, outcome, contrast, notes)


def _of_estimate(estimate: Estimate, outcome: str, contrast: str) -> Supposition:
    first = estimate.method.partition("_")[0]
    sizes = {size.name: size.value for size in estimate.sizes}
    return Supposition(
        outcome=outcome,
        contrast=contrast,
        way=WAYS.get(first, first),
        n=estimate.n,
        n_missing=estimate.n_missing,
        estimate=estimate.value,
        bounds=None,
        ci=_ends(estimate.interval),
        p=estimate.p,
        method=estimate.method,
        notes=estimate.notes,
        effective_n=sizes.get("effective_n"),
        largest_weight=sizes.get("largest_weight"),
        df=estimate.df,
    )


def _of_bounds(
    bounds: Bounds, outcome: str, contrast: str, notes: tuple[str, ...]
) -> Supposition:
    return Supposition(
        outcome=outcome,
        contrast=contrast,
        way=bounds.method.partition("_")[0],
        n=bounds.n,
        n_missing=bounds.n_missing,
        estimate=None,
        bounds=(bounds.low, bounds.high),
        ci=_ends(bounds.interval),
        p=None,
        method=bounds.method,
        notes=(*bounds.notes, *notes),
    )


def _ends(interval: Interval | None) -> tuple[float, float] | None:
    return (interval.low, interval.high) if interval else None
