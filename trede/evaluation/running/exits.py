"""Which way people left: the share gone by each kind of exit on the horizon.

A time to an event may tell of which kind the event was (`exit_kind` beside `exit_days`
and `exit_event`). Somebody who left one way can no longer leave another, so that the
shares are Aalen and Johansen's: all kinds and those still there make everybody.

Of fewer than five people no kind is told by itself. Such kinds stand together, with
the next in size while they are still too few; where one way is left none is told, and
that is no refusal: it would tell how many took which. Of several pilots each is told
apart.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.event_times.competing_exits import shares_gone
from trede.evaluation.norms import default_norms
from trede.evaluation.running.asking import (
    FOLLOW_UP,
    Group,
    Refused,
    Who,
    one_kind,
    refusal,
)
from trede.evaluation.running.configuration import Configuration, Outcome
from trede.evaluation.running.design import Design
from trede.evaluation.running.laying_out import People
from trede.evaluation.running.wrong_columns import kind_column

WHAT = "cumulative_incidence"
Kinds = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Who left by one of `kinds` up to the horizon: how many, and what share."""

    kinds: Kinds
    n: int
    estimate: float
    ci: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class ByKind:
    """One time to an event in one group, by kind of event; most people first. No
    `ways` where too few people took more than one."""

    outcome: str
    group: str
    n: int
    n_missing: int
    horizon: int
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Exits:
    """Empty when the data tell no kinds."""

    figures: tuple[ByKind, ...] = ()
    refused: tuple[Refused, ...] = ()


def exits(people: People, configuration: Configuration) -> Exits:
    """Every time of which the kinds are known, in every group by itself."""
    figures, refused = [], []
    for outcome in people.outcomes:
        if not tells_kinds(people, outcome):
            continue
        for group in _apart(people, configuration):
            try:
                figures.append(_by_kind(people, configuration, outcome, group))
            except CannotEstimate as no:
                refused.append(refusal(outcome.code, group.of(FOLLOW_UP), no))
    return Exits(tuple(figures), tuple(refused))


def tells_kinds(people: People, outcome: Outcome) -> bool:
    return outcome.type == "time" and kind_column(outcome) in people.frame.columns


def left_by(people: People, outcome: Outcome, kinds: Kinds, horizon: int) -> Who:
    """Who left by one of these kinds up to the horizon, shape (people,)."""
    days = people.numbers(f"{outcome.code}_days")
    event = people.numbers(f"{outcome.code}_event")
    of_kinds = np.isin(people.labels(kind_column(outcome)), kinds)
    return np.equal(event, 1) & of_kinds & (days <= horizon)


def _apart(people: People, configuration: Configuration) -> Iterator[Group]:
    """All pilots together would tell what the others leave of one of them."""
    several = configuration.design is Design.SEVERAL_PILOTS
    for group in one_kind(people, configuration.design):
        if group.name or not several:
            yield group


def _by_kind(
    people: People, configuration: Configuration, outcome: Outcome, group: Group
) -> ByKind:
    days = people.numbers(f"{outcome.code}_days")[group.who]
    event = people.numbers(f"{outcome.code}_event")[group.who]
    kinds = people.labels(kind_column(outcome))[group.who]
    known = ~np.isnan(days) & ~np.isnan(event)
    if not known.any():
        raise CannotEstimate(WHAT, why="few_people", has=0, needed=4)
    horizon = configuration.horizon or int(days[known].max())
    counts = {
        kind: int((left_by(people, outcome, (kind,), horizon) & group.who).sum())
        for kind in np.unique(kinds[known & np.equal(event, 1)]).tolist()
    }
    joined = _enough(Counter(counts))
    place = {kind: 1 + at for at, each in enumerate(joined) for kind in each}
    exit = np.array([place.get(kind, 0) for kind in kinds.tolist()], dtype=float)
    exit = np.where(known, np.where(np.equal(event, 1), exit, 0.0), np.nan)
    names = ["_or_".join(each) for each in joined]
    found = shares_gone(days, exit, names, horizon) if joined else ()
    return ByKind(
        outcome.code,
        group.name,
        n=int(known.sum()),
        n_missing=int((~known).sum()),
        horizon=horizon,
        ways=tuple(
            Way(
                each,
                sum(counts[kind] for kind in each),
                share.value,
                (share.interval.low, share.interval.high) if share.interval else None,
            )
            for each, share in zip(joined, found, strict=True)
        ),
    )


def _enough(counts: Counter[str]) -> list[Kinds]:
    """Kinds of five people or more, those of fewer together."""
    least = default_norms().threshold
    ordered = sorted(counts, key=lambda kind: (-counts[kind], kind))
    alone = [kind for kind in ordered if counts[kind] >= least]
    rest = ordered[len(alone) :]
    while rest and alone and sum(counts[kind] for kind in rest) < least:
        rest = [alone.pop(), *rest]
    joined = [*((kind,) for kind in alone), *([tuple(rest)] if rest else [])]
    return joined if len(joined) > 1 else []
