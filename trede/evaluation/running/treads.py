"""The ladder in full: from which tread to which, both ends, and the small steps.

Of several ladder outcomes the primary one is told in full, else the first, in the first
contrast in which it was measured; beside a comparison of who took part.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trede.evaluation.estimate import CannotEstimate, Estimate, Values
from trede.evaluation.ladder.outcomes import on_the_ladder
from trede.evaluation.ladder.small_steps import (
    DomainSteps,
    small_steps,
    steps_beside_the_ladder,
)
from trede.evaluation.ladder.transitions import TREADS, transitions
from trede.evaluation.running.asking import (
    TREATED,
    Group,
    Refused,
    generator,
    one_kind,
    refusal,
)
from trede.evaluation.running.configuration import Configuration, Contrast, Outcome
from trede.evaluation.running.laying_out import People
from trede.evaluation.running.lines import Line, lines_of


@dataclass(frozen=True, slots=True)
class AtEnd:
    """People on the lowest or on the highest tread, before and after."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Domain:
    """Who took a small step in a life domain; `share` is None of too few people."""

    domain: str
    n: int
    share: float | None
    ci: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Ladder:
    """Rows of `cells` are treads before, columns treads after."""

    outcome: str
    contrast: str
    group: str
    treads: int
    cells: tuple[tuple[int, ...], ...]
    n: int
    n_missing: int
    floor: AtEnd
    ceiling: AtEnd
    lines: tuple[Line, ...]
    small_steps: tuple[Domain, ...] | None


@dataclass(frozen=True, slots=True)
class Climbed:
    """The ladder, None when there is none, and what could not be told of it."""

    ladder: Ladder | None = None
    refused: tuple[Refused, ...] = ()


def climbed(people: People, configuration: Configuration) -> Climbed:
    """Everything about the ladder that was chosen to be told in full."""
    chosen = next(_ladders(people, configuration), None)
    if chosen is None:
        return Climbed()
    outcome, contrast = chosen
    (group,) = (
        one
        for one in one_kind(people, configuration.design)
        if one.name in ("", TREATED)
    )
    return _told(people, configuration, outcome, contrast, group)


def _ladders(
    people: People, configuration: Configuration
) -> Iterator[tuple[Outcome, Contrast]]:
    ordered = sorted(people.outcomes, key=lambda one: not one.primary)
    for outcome in ordered:
        for contrast in configuration.contrasts:
            if outcome.type == "ladder" and people.measured_at(contrast, outcome.code):
                yield outcome, contrast


def _told(
    people: People,
    configuration: Configuration,
    outcome: Outcome,
    contrast: Contrast,
    group: Group,
) -> Climbed:
    before = people.of(outcome.code, contrast.before)[group.who]
    after = people.of(outcome.code, contrast.after)[group.who]
    treads = int(outcome.scale[1]) if outcome.scale else TREADS
    name, wished = group.of(contrast.code), configuration.potential
    try:
        table = transitions(before, after, treads=treads)
        found = on_the_ladder(
            before,
            after,
            generator(configuration, outcome.code, name),
            treads=treads,
            potential=people.numbers(wished)[group.who] if wished else None,
        )
    except CannotEstimate as no:
        return Climbed(refused=(refusal(outcome.code, name, no),))
    small = _small(people, configuration, group, before, after, treads)
    estimates = (*found.estimates, *small.beside)
    ladder = Ladder(
        outcome=outcome.code,
        contrast=contrast.code,
        group=group.name,
        treads=table.treads,
        cells=tuple(tuple(row) for row in table.counts.tolist()),
        n=table.n,
        n_missing=table.n_missing,
        floor=AtEnd(int(table.started[0]), int(table.now[0])),
        ceiling=AtEnd(int(table.started[-1]), int(table.now[-1])),
        lines=tuple(lines_of(outcome, name, estimates)),
        small_steps=small.domains,
    )
    refused = (*found.refused, *small.refused)
    return Climbed(ladder, tuple(refusal(outcome.code, name, no) for no in refused))


@dataclass(frozen=True, slots=True)
class _Small:
    domains: tuple[Domain, ...] | None = None
    beside: tuple[Estimate, ...] = ()
    refused: tuple[CannotEstimate, ...] = ()


def _small(
    people: People,
    configuration: Configuration,
    group: Group,
    before: Values,
    after: Values,
    treads: int,
) -> _Small:
    """The small steps per domain, and of who rose, stayed and fell."""
    names = configuration.small_steps
    if not names:
        return _Small()
    taken = np.column_stack([people.numbers(one)[group.who] for one in names])
    try:
        found = small_steps(taken, names)
        beside = steps_beside_the_ladder(before, after, taken, treads=treads)
    except CannotEstimate as no:
        return _Small(refused=(no,))
    known = (~np.isnan(taken)).sum(axis=0).tolist()
    domains = zip(found.by_domain, known, strict=True)
    return _Small(tuple(_domain(one, n) for one, n in domains), beside)


def _domain(steps: DomainSteps, n: int) -> Domain:
    share = steps.share
    limits = share.interval if share else None
    return Domain(
        steps.domain,
        n,
        share.value if share else None,
        (limits.low, limits.high) if limits else None,
    )
