"""Was it the same for everybody? Each primary outcome by each subgroup.

Beside a comparison it is the effect that may differ, without one only the change; from
five coaches, as in the headline, its errors are by coach. The test of interaction comes
first. Groups that are too small are refused by name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.comparison.caseloads import IGNORED, THESE_ONLY, caseloads
from trede.evaluation.comparison.changes_by_subgroup import changes_by_subgroup
from trede.evaluation.comparison.groups import two_groups
from trede.evaluation.comparison.subgroups import BySubgroup, by_subgroup
from trede.evaluation.estimate import CannotEstimate, Values
from trede.evaluation.running.asking import (
    Group,
    Refused,
    arms,
    groups,
    primaries,
    refusal,
)
from trede.evaluation.running.configuration import Configuration, Contrast, Outcome
from trede.evaluation.running.laying_out import People


@dataclass(frozen=True, slots=True)
class InLevel:
    """The change, or the effect, among the people of one level."""

    level: str
    n: int
    estimate: float
    ci: tuple[float, float] | None
    se: float | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TooSmall:
    """A level of which nothing is told."""

    level: str
    why: str
    has: float | None
    needed: float | None


@dataclass(frozen=True, slots=True)
class Subgroup:
    """One primary outcome by one column; `method` is that of the interaction, and
    `interaction` the difference between two levels, None when there are more."""

    subgroup: str
    outcome: str
    contrast: str
    n: int
    n_missing: int
    levels: tuple[InLevel, ...]
    interaction: float | None
    interaction_ci: tuple[float, float] | None
    interaction_p: float | None
    method: str
    notes: tuple[str, ...]
    refused: tuple[TooSmall, ...]


@dataclass(frozen=True, slots=True)
class Divided:
    """Everything by subgroup, and what could not be told at all."""

    figures: tuple[Subgroup, ...]
    refused: tuple[Refused, ...]


def divided(
    people: People, configuration: Configuration, weights: Values | None
) -> Divided:
    """Each primary outcome in each contrast by each of the columns named."""
    figures: list[Subgroup] = []
    refused: list[Refused] = []
    (everybody,) = (g for g in groups(people, configuration.design) if not g.name)
    for outcome, contrast in primaries(people, configuration):
        for column in configuration.subgroups:
            try:
                found = _by_subgroup(
                    people, outcome, contrast, everybody, column, weights
                )
            except CannotEstimate as no:
                one = refusal(outcome.code, contrast.code, no)
                refused.append(replace(one, what=f"{no.what}:{column}"))
            else:
                figures.append(_figure(found, column, outcome, contrast))
    return Divided(tuple(figures), tuple(refused))


def _by_subgroup(
    people: People,
    outcome: Outcome,
    contrast: Contrast,
    group: Group,
    column: str,
    weights: Values | None,
) -> BySubgroup:
    before, after = (
        people.of(outcome.code, moment)[group.who]
        for moment in (contrast.before, contrast.after)
    )
    labels = people.labels(column)[group.who]
    pairs, cluster = (
        people.labels(name)[group.who] if people.has(name) else None
        for name in ("pair", "cluster")
    )
    if not group.compared:
        return _changes(before, after, labels, cluster)
    compared = two_groups(
        before,
        after,
        arms(people)[group.who],
        what="by_subgroup",
        pair=pairs,
        cluster=cluster,
        weights=None if weights is None else weights[group.who],
    )
    return by_subgroup(compared, labels)


def _changes(
    before: Values,
    after: Values,
    labels: NDArray[np.str_],
    cluster: NDArray[np.str_] | None,
) -> BySubgroup:
    both = ~np.isnan(after - before)
    shared = None if cluster is None else caseloads(cluster[both])
    if shared is None:
        return changes_by_subgroup(before, after, labels)
    if shared.enough:
        return changes_by_subgroup(before, after, labels, cluster=cluster)
    found = changes_by_subgroup(before, after, labels)
    notes = (*found.interaction.notes, IGNORED, THESE_ONLY)
    return replace(found, interaction=replace(found.interaction, notes=notes))


def _figure(
    found: BySubgroup, column: str, outcome: Outcome, contrast: Contrast
) -> Subgroup:
    test = found.interaction
    limits = test.interval
    two = test.method == "interaction"
    return Subgroup(
        subgroup=column,
        outcome=outcome.code,
        contrast=contrast.code,
        n=test.n,
        n_missing=test.n_missing,
        levels=tuple(_levels(found)),
        interaction=test.value if two else None,
        interaction_ci=(limits.low, limits.high) if limits else None,
        interaction_p=test.p,
        method=test.method,
        notes=test.notes,
        refused=tuple(
            TooSmall(level, no.why, no.has, no.needed)
            for level, no in found.refused.items()
        ),
    )


def _levels(found: BySubgroup) -> Iterator[InLevel]:
    for level, effect in found.effects.items():
        limits = effect.interval
        ends = (limits.low, limits.high) if limits else None
        yield InLevel(level, effect.n, effect.value, ends, effect.se, effect.notes)
