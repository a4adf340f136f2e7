"""Which estimates belong to which kind of outcome, headline first.

The choice is made here once, before anybody has seen the data, so that nobody picks
the method afterwards.

| kind | headline | beside it |
|---|---|---|
| score | mean change, paired t | sign-flip below 20 pairs, Hodges-Lehmann |
| likert | net share up, signed-rank | sign test, up/same/down, tables, mean change |
| ladder | mean change in treads, signed-rank | sign test, up/same/down, tables |
| binary | change in share, McNemar mid-p | McNemar exact with Agresti-Min |
| hours | mean over all, BCa | share with any, mean of those with any, median |
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Literal

import numpy as np
from numpy.random import Generator

from trede.evaluation.attempts import Attempt, Attempted, together
from trede.evaluation.change.binary import counted, mcnemar, mcnemar_exact
from trede.evaluation.change.direction import directions, net_direction
from trede.evaluation.change.hodges_lehmann import pseudo_median
from trede.evaluation.change.hours import (
    Cap,
    hours_of_those_with_any,
    mean_over_all,
    median_change,
    paired_hours,
)
from trede.evaluation.change.mean_change import paired_t
from trede.evaluation.change.pairs import Pairs, complete_pairs
from trede.evaluation.change.sign_flips import flipped
from trede.evaluation.change.signed_rank import ranked_change
from trede.evaluation.change.square_tables import (
    ENOUGH_MOVERS,
    bhapkar,
    bowker,
    stuart_maxwell,
    tabulated,
)
from trede.evaluation.change.swapped_tables import (
    bowker_swapped,
    stuart_maxwell_swapped,
)
from trede.evaluation.estimate import CannotEstimate, Estimate, Size, Values

OutcomeType = Literal["score", "likert", "ladder", "binary", "hours"]

# Below so many pairs the t-test leans on a normal distribution that nobody can check.
SMALL = 20


def change_in(
    type: OutcomeType,
    before: Values,
    after: Values,
    rng: Generator,
    *,
    cap: Cap | None = None,
) -> tuple[Estimate, ...]:
    """Every estimate of the change within one group, headline first.

    Args:
        type: the kind of outcome.
        before, after: shape (people,) in the units of the outcome: points, codes of
            categories in order, treads, 0 and 1, hours a week. NaN is missing;
            incomplete pairs are left out and counted in every `n_missing`.
        rng: for what is drawn (bootstrap, tests too large to count out).
        cap: for hours only, the rule for improbable answers.

    Raises:
        CannotEstimate: when the headline cannot be given: `few_pairs`, values that are
            not of this kind (`not_binary`, `not_whole`, `more_than_a_week`,
            `negative`), or an unknown type.
    """
    return changes_in(type, before, after, rng, cap=cap).estimates


def changes_in(
    type: OutcomeType,
    before: Values,
    after: Values,
    rng: Generator,
    *,
    cap: Cap | None = None,
) -> Attempted:
    """The same, with what was refused beside the headline and why."""
    if type == "hours":
        pairs, notes = paired_hours(before, after, cap=cap)
        return _hours(pairs, notes, rng)
    if type not in _KINDS:
        raise CannotEstimate("change_in", why="unknown_type", needed=None)
    return _KINDS[type](complete_pairs(before, after, what=f"change_in_{type}"), rng)


def _score(pairs: Pairs, rng: Generator) -> Attempted:
    beside: list[Attempt] = [partial(pseudo_median, pairs)]
    if pairs.n < SMALL:
        beside.insert(0, partial(flipped, pairs, rng))
    return together(paired_t(pairs), beside)


def _likert(pairs: Pairs, rng: Generator) -> Attempted:
    _refuse_fractions(pairs, "change_in_likert")
    net = net_direction(pairs)
    beside: list[Attempt] = [*_of_ordered(pairs, rng), partial(paired_t, pairs)]
    return together(_ranked(pairs, told=net), beside)


def _ladder(pairs: Pairs, rng: Generator) -> Attempted:
    _refuse_fractions(pairs, "change_in_ladder")
    mean = replace(paired_t(pairs), df=None)
    return together(_ranked(pairs, told=mean), _of_ordered(pairs, rng))


def _binary(pairs: Pairs, rng: Generator) -> Attempted:
    counts = counted(pairs)
    return together(mcnemar(pairs, counts), [partial(mcnemar_exact, pairs, counts)])


def _hours(pairs: Pairs, notes: tuple[str, ...], rng: Generator) -> Attempted:
    any_hours = replace(
        pairs,
        before=(pairs.before > 0).astype(np.float64),
        after=(pairs.after > 0).astype(np.float64),
    )
    share = mcnemar(any_hours, counted(any_hours))
    beside: tuple[Attempt, ...] = (
        lambda: replace(share, method="share_with_any_mcnemar_mid_p"),
        partial(hours_of_those_with_any, pairs),
        partial(median_change, pairs),
    )
    found = together(mean_over_all(pairs, rng), beside)
    noted = (replace(e, notes=_joined(e.notes, notes)) for e in found.estimates)
    return replace(found, estimates=tuple(noted))


_KINDS: dict[str, Callable[[Pairs, Generator], Attempted]] = {
    "score": _score,
    "likert": _likert,
    "ladder": _ladder,
    "binary": _binary,
}


def _ranked(pairs: Pairs, *, told: Estimate) -> Estimate:
    """The headline of an ordered outcome: `told` with the p of the signed-rank test,
    and the net share up and rank-biserial correlation as sizes."""
    net = net_direction(pairs)
    sizes = (Size("net_share_up", net.value, net.interval),)
    try:
        ranks = ranked_change(pairs)
    except CannotEstimate:
        notes = _joined(told.notes, ("nothing_moves",))
        return replace(
            told, method="signed_rank_exact", p=None, sizes=sizes, notes=notes
        )
    size = Size("rank_biserial", ranks.value, ranks.interval)
    return replace(
        told,
        method=ranks.method,
        p=ranks.p,
        sizes=(*sizes, size),
        notes=_joined(told.notes, ranks.notes),
    )


def _joined(some: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *more)))


def _of_ordered(pairs: Pairs, rng: Generator) -> Iterator[Attempt]:
    """What stands beside the headline of an ordered outcome."""
    table = tabulated(pairs)
    yield partial(net_direction, pairs)
    yield partial(directions, pairs)
    yield partial(stuart_maxwell, table)
    yield partial(bhapkar, table)
    yield partial(bowker, table)
    if 0 < table.moved < ENOUGH_MOVERS:
        yield partial(stuart_maxwell_swapped, table, rng)
        yield partial(bowker_swapped, table, rng)


def _refuse_fractions(pairs: Pairs, what: str) -> None:
    for values in (pairs.before, pairs.after):
        broken = values[values != np.rint(values)]
        if len(broken):
            raise CannotEstimate(
                what, why="not_whole", has=float(broken[0]), needed=None
            )
