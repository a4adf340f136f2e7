"""The sign-flip test: what if plus and minus had fallen by chance?

When nothing changes systematically, every person's change could as well have had the
other sign. All 2^n ways of choosing signs are then equally likely, and p is the share
of them whose mean lies as far from 0 as the one observed. It supposes nothing about
the shape of the changes but that: exact, however small the group.

All ways are counted, not drawn: on a scale with steps (answers in whole points, means
of a few items) by convolution over the possible sums, else one by one up to twenty
changes that are not 0. Only when neither can be done signs are drawn, and p is
(b + 1) / (m + 1), which is never too small (Phipson and Smyth 2010).

Sources: Fisher, "The design of experiments", 1935, section 21; Pagano and Tritchler,
Journal of the American Statistical Association 78, 1983; Phipson and Smyth,
Statistical Applications in Genetics and Molecular Biology 9, 2010.
"""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from trede.evaluation.change.pairs import ENOUGH_TO_TELL, Pairs, complete_pairs
from trede.evaluation.change.symmetric_sums import as_steps, share_as_far
from trede.evaluation.estimate import CannotEstimate, Estimate, Values

DRAWS = 9_999
# Changes that are still flipped in all 2^n ways, one by one.
ONE_BY_ONE = 20
CHUNK = 1_000
# Sums that differ by less, relative to the largest, are the same sum.
SAME = 1e-9


def sign_flip(before: Values, after: Values, rng: Generator) -> Estimate:
    """The mean change with the p-value of all (or drawn) flips of its signs.

    Args:
        before, after: shape (people,); NaN is missing, incomplete pairs are counted.
        rng: only used when the flips cannot be counted.

    Returns:
        `sign_flip_exact` or `sign_flip_random`: mean of after minus before in points,
        two-sided p, no interval. Note `cannot_reach_05` when fewer than six changed:
        then no outcome whatever gives p below .05.

    Raises:
        CannotEstimate: `sign_flip`, `few_pairs`, or `nothing_moves`.
    """
    return flipped(complete_pairs(before, after, what="sign_flip"), rng)


def flipped(pairs: Pairs, rng: Generator) -> Estimate:
    """The same of complete pairs."""
    moved = pairs.change[pairs.change != 0]
    if not len(moved):
        raise CannotEstimate("sign_flip", why="nothing_moves", has=0, needed=1)
    method, p = _p(moved, rng)
    notes = pairs.notes + (("cannot_reach_05",) if len(moved) < ENOUGH_TO_TELL else ())
    mean = float(pairs.change.mean())
    return Estimate(method, mean, pairs.n, pairs.n_missing, p=p, notes=notes)


def _p(moved: Values, rng: Generator) -> tuple[str, float]:
    steps = as_steps(moved)
    if steps is not None:
        return "sign_flip_exact", share_as_far(np.abs(steps), int(steps.sum()))
    if len(moved) <= ONE_BY_ONE:
        return "sign_flip_exact", _one_by_one(moved)
    return "sign_flip_random", _drawn(moved, rng)


def _one_by_one(moved: Values) -> float:
    """The share of all 2^n signed sums that lie as far from 0 as the observed one."""
    sums = np.zeros(1)
    for size in np.abs(moved):
        sums = np.concatenate((sums - size, sums + size))
    return float(np.mean(_as_far(sums, moved)))


def _drawn(moved: Values, rng: Generator) -> float:
    """The share of drawn sums that lie as far, the observed one counted among them.

    Equal changes are flipped together: how many of them come out plus is binomial.
    """
    sizes, times = np.unique(np.abs(moved), return_counts=True)
    as_far = 0
    for start in range(0, DRAWS, CHUNK):
        shape = (min(CHUNK, DRAWS - start), len(sizes))
        sums = (2.0 * rng.binomial(times, 0.5, shape) - times) @ sizes
        as_far += int(_as_far(sums, moved).sum())
    return (as_far + 1) / (DRAWS + 1)


def _as_far(sums: Values, moved: Values) -> NDArray[np.bool_]:
    least = abs(float(moved.sum())) - SAME * float(np.abs(moved).sum())
    return np.asarray(np.abs(sums) >= least)
