"""The tread that seemed within reach, beside the tread that was reached.

At an assessment the coach also notes the *growth potential*: the highest tread that
seems within reach in a year. Set beside where people stand afterwards it says whether
expectations were met, exceeded or missed. It is an expectation and no target: a coach
who expects little is met easily, and a potential that was looked up after the event
says nothing. It may be compared within a person only.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.change.pairs import FEWEST
from trede.evaluation.estimate import CannotEstimate, Estimate, Values
from trede.evaluation.ladder.transitions import (
    TREADS,
    Transitions,
    from_cells,
    mean_tread_change,
    refuse_no_tread,
    share_of,
)


@dataclass(frozen=True, slots=True)
class Expected:
    """Potential against reached.

    `table` has the potential in its rows and the tread now in its columns; `to_rise`
    the same of those only whose potential was above where they started. `below_start`
    had a potential under the tread they stood on: counted as noted.
    """

    table: Transitions
    to_rise: Transitions
    below_start: int


def potential_and_reached(
    before: Values, potential: Values, after: Values, *, treads: int = TREADS
) -> Expected:
    """Lay the potential beside what was reached.

    Args:
        before, potential, after: shape (people,), treads from 1; NaN is missing: who
            misses one of the three is counted.

    Raises:
        ValueError: the three differ in length.
        CannotEstimate: `transitions`, `not_a_tread`.
    """
    start, within_reach, now = (
        np.asarray(values, np.float64) for values in (before, potential, after)
    )
    if not start.shape == within_reach.shape == now.shape or start.ndim != 1:
        raise ValueError("not the same people")
    for values in (start, within_reach, now):
        refuse_no_tread(values, treads)
    known = ~np.isnan(start + within_reach + now)
    start, within_reach, now = start[known], within_reach[known], now[known]
    n_missing = int((~known).sum())

    def counted(who: NDArray[np.bool_]) -> Transitions:
        cells = (within_reach[who] - 1) * treads + now[who] - 1
        return from_cells(cells.astype(np.int64), treads, n_missing)

    return Expected(
        counted(np.ones(len(now), np.bool_)),
        counted(within_reach > start),
        int((within_reach < start).sum()),
    )


def told(expected: Expected) -> tuple[Estimate, ...]:
    """`share_above_potential`, `share_at_potential`, `share_below_potential`; the mean
    gap in treads (`mean_gap_to_potential`, negative: below it); and of those who were
    expected to rise the share that got there (`share_reached_potential`).

    The last is left out when fewer than four were. Note `potential_below_start` when
    that was noted of anybody.

    Raises:
        CannotEstimate: `potential_and_reached`, `few_people` below four people.
    """
    table = expected.table
    if table.n < FEWEST:
        what = "potential_and_reached"
        raise CannotEstimate(what, why="few_people", has=table.n, needed=FEWEST)
    found = [
        share_of(f"share_{name}_potential", count, table.n, table)
        for name, count in zip(("above", "at", "below"), table.moves, strict=True)
    ]
    found.append(mean_tread_change(table, "mean_gap_to_potential"))
    rising = expected.to_rise
    if rising.n >= FEWEST:
        above, at, _ = rising.moves
        found.append(share_of("share_reached_potential", above + at, rising.n, rising))
    return tuple(_noted(one, expected) for one in found)


def _noted(estimate: Estimate, expected: Expected) -> Estimate:
    if not expected.below_start:
        return estimate
    notes = (*estimate.notes, "potential_below_start")
    return replace(estimate, notes=notes)
