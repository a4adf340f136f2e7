"""Who cannot fall, who cannot rise, and what is left without them.

Somebody on the lowest tread can only stay or rise, somebody on the highest only stay or
fall. A group of which most start at the bottom will rise a little whatever is done, and
one that starts high cannot show what it gained. So the shares at both ends are told
with every account of the ladder, and beside it

* of those who *could* rise the share that did, and of those who could fall likewise;
* the account again without who started at the top, without who started at the bottom,
  and without both.

The last are a check and never the answer: choosing people by where they started shifts
the mean by itself (without the top upwards, without the bottom downwards), because part
of what put them there was the moment.

Source: Barnett, van der Pols and Dobson, International Journal of Epidemiology 34,
2005 (regression to the mean).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.change.pairs import FEWEST
from trede.evaluation.estimate import Estimate
from trede.evaluation.ladder.transitions import (
    Transitions,
    mean_tread_change,
    refuse_few,
    share_of,
)


def shares_at_the_ends(table: Transitions) -> tuple[Estimate, ...]:
    """`share_at_floor` and `share_at_ceiling` at the start, the same `_now` after it.

    Raises:
        CannotEstimate: `shares_at_the_ends`, `few_pairs` below four people.
    """
    refuse_few(table, "shares_at_the_ends")
    return tuple(
        share_of(f"share_at_{end}{when}", int(people[place]), table.n, table)
        for when, people in (("", table.started), ("_now", table.now))
        for end, place in (("floor", 0), ("ceiling", -1))
    )


def shares_of_who_could(table: Transitions) -> tuple[Estimate, ...]:
    """`share_up_of_who_could` and `share_down_of_who_could`: n is those who could.

    One is left out when fewer than four people could.

    Raises:
        CannotEstimate: `shares_of_who_could`, `few_pairs` below four people.
    """
    refuse_few(table, "shares_of_who_could")
    up, _, down = table.moves
    could_rise = table.n - int(table.started[-1])
    could_fall = table.n - int(table.started[0])
    return tuple(
        share_of(f"share_{way}_of_who_could", count, could, table)
        for way, count, could in (("up", up, could_rise), ("down", down, could_fall))
        if could >= FEWEST
    )


def without_the_ends(table: Transitions) -> Iterator[Estimate]:
    """The mean change and the share up without who started at an end.

    Yields:
        `mean_change_without_ceiling` and `share_up_without_ceiling`, then
        `..._without_floor`, `..._without_ends`: those for which at least four people
        are left and somebody started there.
    """
    inner = np.ones(table.treads, np.bool_)
    for name, kept in (
        ("ceiling", _except(inner, -1)),
        ("floor", _except(inner, 0)),
        ("ends", _except(_except(inner, 0), -1)),
    ):
        part = table.those(kept)
        if FEWEST <= part.n < table.n:
            yield mean_tread_change(part, f"mean_change_without_{name}")
            yield share_of(f"share_up_without_{name}", part.moves[0], part.n, part)


def _except(treads: NDArray[np.bool_], place: int) -> NDArray[np.bool_]:
    kept = treads.copy()
    kept[place] = False
    return kept
