"""Two groups of people, before and after: whose answers can be compared.

One arm took part (1), the other did not, or not yet (0). Somebody is of use when the
arm and both answers are known; who is not is counted, never filled in. People may
belong together, by pair (one of each arm, drawn by lot) or by coach (cluster): their
answers resemble each other, and an analysis that forgets that is too sure of itself.
Who has no coach, such as the people of a survey, belongs with nobody.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.change.pairs import Pairs, complete_pairs
from trede.evaluation.estimate import CannotEstimate, Values

Codes = NDArray[np.int64]
Labels = NDArray[np.generic]
Words = NDArray[np.str_]
Who = NDArray[np.bool_]

# In a smaller arm one person decides everything.
FEWEST_IN_ARM = 4
# Fewer pairs than this are refused, fewer than the second cannot give p below .05:
# of 2^n ways in which the lots could have fallen two are as far from even: 2/8, 2/64.
FEWEST_PAIRS = 4
ENOUGH_TO_TELL = 6


@dataclass(frozen=True, slots=True)
class Groups:
    """People with an arm and both answers.

    Shapes: all (n,), without NaN, person by person; `arm` 1 or 0; `cluster` and `pair`
    are numbers from 0 without gaps, None when people do not belong together; `weights`
    are positive, None when everybody counts once; `rows` says which of the people given
    these are.
    """

    arm: Values
    before: Values
    after: Values
    rows: Codes
    n_missing: int
    pair: Codes | None = None
    cluster: Codes | None = None
    weights: Values | None = None

    @property
    def n(self) -> int:
        return len(self.arm)

    @property
    def sizes(self) -> tuple[int, int]:
        """People in the comparison (or waiting), and people who took part."""
        treated = int(self.arm.sum())
        return self.n - treated, treated

    @property
    def together(self) -> Codes | None:
        """Who belong together: by pair when there are pairs, else by cluster."""
        return self.cluster if self.pair is None else self.pair

    @property
    def baseline_varies(self) -> bool:
        return bool(np.ptp(self.before) > 0)

    @property
    def varies(self) -> bool:
        """Whether not everybody gives the same answer afterwards."""
        return bool(np.ptp(self.after) > 0)


def two_groups(
    before: Values,
    after: Values,
    arm: Values,
    *,
    what: str,
    pair: Labels | None = None,
    cluster: Labels | None = None,
    weights: Values | None = None,
) -> Groups:
    """The people who can be compared.

    Args:
        before, after: shape (people,), NaN where there is no answer.
        arm: shape (people,), 1 took part (first), 0 did not (or waited), NaN unknown.
        pair, cluster: shape (people,), labels; NaN, None or "" belongs with nobody.
        weights: shape (people,), positive; NaN or 0 is not used and counted missing.
        what: code of what is to be estimated, for the refusal.

    Raises:
        ValueError: the arrays differ in length, or hold an infinite or negative number
            where none can be.
        CannotEstimate: `not_two_arms`; `few_in_arm` below four people; `few_pairs`
            below four pairs; `pair_not_one_of_each`.
    """
    columns = [np.asarray(one, np.float64) for one in (before, after, arm)]
    if weights is not None:
        columns.append(_positive(np.asarray(weights, np.float64)))
    shapes = {column.shape for column in columns}
    shapes |= {np.shape(one) for one in (pair, cluster) if one is not None}
    if len(shapes) > 1 or columns[0].ndim != 1:
        raise ValueError(f"not the same people: shapes {sorted(shapes)}")
    if any(np.isinf(column).any() for column in columns):
        raise ValueError("a number is infinite")
    there = ~np.isnan(columns).any(axis=0)
    kept = [column[there] for column in columns]
    found = Groups(
        arm=kept[2],
        before=kept[0],
        after=kept[1],
        rows=np.flatnonzero(there).astype(np.int64),
        n_missing=int((~there).sum()),
        pair=None if pair is None else coded(np.asarray(pair)[there]),
        cluster=None if cluster is None else coded(np.asarray(cluster)[there]),
        weights=None if weights is None else kept[3],
    )
    _refuse(found, what)
    return found


def coded(labels: Labels) -> Codes:
    """Labels as numbers from 0; who has no label gets a number of their own."""
    words = named(labels)
    known, codes = np.unique(words, return_inverse=True)
    codes = codes.astype(np.int64)
    alone = np.flatnonzero(words == "")
    codes[alone] = len(known) + np.arange(len(alone))
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)


def complete(groups: Groups) -> Pairs:
    """Pairs of which both answered: change of the first beside that of the second.

    `before` is the change of who waited and `after` that of who took part, so that
    `change` is how much more the first changed.

    Raises:
        CannotEstimate: `pairs`, `few_pairs`.
    """
    if groups.pair is None:
        raise ValueError("there are no pairs")
    count = int(groups.pair.max()) + 1
    changes = np.full((2, count), np.nan)
    changes[groups.arm.astype(np.int64), groups.pair] = groups.after - groups.before
    someone = ~np.isnan(changes).all(axis=0)
    return complete_pairs(changes[0, someone], changes[1, someone], what="pairs")


def those(groups: Groups, who: Who) -> Groups:
    """Some of the people, still belonging with whom they belonged.

    Args:
        who: shape (n,), True for those who stay. `n_missing` stays that of all.
    """
    return replace(
        groups,
        arm=groups.arm[who],
        before=groups.before[who],
        after=groups.after[who],
        rows=groups.rows[who],
        pair=_renumbered(groups.pair, who),
        cluster=_renumbered(groups.cluster, who),
        weights=None if groups.weights is None else groups.weights[who],
    )


def _renumbered(codes: Codes | None, who: Who) -> Codes | None:
    if codes is None:
        return None
    return np.unique(codes[who], return_inverse=True)[1].astype(np.int64)


def named(labels: Labels) -> Words:
    """Labels as words; "" for None and NaN."""
    words = [
        "" if label is None or label != label else str(label)
        for label in labels.tolist()
    ]
    return np.array(words, dtype=np.str_)


def _positive(weights: Values) -> Values:
    if (weights < 0).any():
        raise ValueError("a weight is negative")
    return np.where(weights == 0, np.nan, weights)


def _refuse(groups: Groups, what: str) -> None:
    strange = groups.arm[(groups.arm != 0) & (groups.arm != 1)]
    if len(strange):
        has = float(strange[0])
        raise CannotEstimate(what, why="not_two_arms", has=has, needed=None)
    if groups.pair is not None:
        _refuse_pairs(groups, groups.pair, what)
    if min(groups.sizes) < FEWEST_IN_ARM:
        raise CannotEstimate(
            what, why="few_in_arm", has=min(groups.sizes), needed=FEWEST_IN_ARM
        )


def _refuse_pairs(groups: Groups, pair: Codes, what: str) -> None:
    treated = np.bincount(pair[groups.arm == 1], minlength=pair.max(initial=0) + 1)
    waiting = np.bincount(pair[groups.arm == 0], minlength=pair.max(initial=0) + 1)
    wrong = int(((treated > 1) | (waiting > 1)).sum())
    if wrong:
        raise CannotEstimate(what, why="pair_not_one_of_each", has=wrong, needed=0)
    count = len(treated) if len(pair) else 0
    if count < FEWEST_PAIRS:
        raise CannotEstimate(what, why="few_pairs", has=count, needed=ENOUGH_TO_TELL)
