"""Everything about the ladder in one go: the headline of a change, and what it needs
beside it.

| order | what |
|---|---|
| headline | mean change in treads with the exact signed-rank test (`change.outcomes`) |
| beside it | sign test, shares up, same and down, tests of the whole table |
| the ends | shares on the lowest and highest tread, shares of those who could move |
| without the ends | mean change and share up without who started there |
| expectations | growth potential, when it was noted |

The first two lines are those of any ladder outcome; here treads are held to 1 to
`treads` and the rest is added.
"""

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from trede.evaluation.attempts import Attempted
from trede.evaluation.change.outcomes import changes_in
from trede.evaluation.estimate import CannotEstimate, Estimate, Values
from trede.evaluation.ladder.floor_and_ceiling import (
    shares_at_the_ends,
    shares_of_who_could,
    without_the_ends,
)
from trede.evaluation.ladder.potential import potential_and_reached, told
from trede.evaluation.ladder.transitions import TREADS, transitions


def on_the_ladder(
    before: Values,
    after: Values,
    rng: Generator,
    *,
    treads: int = TREADS,
    potential: Values | None = None,
) -> Attempted:
    """Every estimate of how people moved on the ladder, headline first.

    Args:
        before, after: shape (people,), treads from 1; NaN is missing, incomplete pairs
            are counted.
        rng: for tests too large to count out.
        treads: how many the ladder has.
        potential: shape (people,), the tread that seemed within reach; NaN is missing.

    Raises:
        ValueError: the arrays differ in length.
        CannotEstimate: when the headline cannot be given: `transitions`, `not_a_tread`;
            `change_in_ladder`, `few_pairs`.
    """
    table = transitions(before, after, treads=treads)
    found = changes_in("ladder", before, after, rng)
    estimates: list[Estimate] = [
        *found.estimates,
        *shares_at_the_ends(table),
        *shares_of_who_could(table),
        *without_the_ends(table),
    ]
    if potential is None:
        return replace(found, estimates=tuple(estimates))
    try:
        estimates.extend(_expectations(before, potential, after, treads))
    except CannotEstimate as refusal:
        return Attempted(tuple(estimates), (*found.refused, refusal))
    return replace(found, estimates=tuple(estimates))


def _expectations(
    before: Values, potential: Values, after: Values, treads: int
) -> tuple[Estimate, ...]:
    """Who has a potential but no second tread is missing here; who has no potential at
    all was not asked, and is left out."""
    asked = ~np.isnan(np.asarray(potential, np.float64))
    first, second = np.asarray(before, np.float64), np.asarray(after, np.float64)
    expected = potential_and_reached(
        first[asked], np.asarray(potential)[asked], second[asked], treads=treads
    )
    return told(expected)
