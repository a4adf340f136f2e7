"""The signed-rank test, exact with ties and with people who did not move.

Answers: do the answers of these people lie higher (lower) than before, when only the
order of the changes counts? For items of five categories most changes are tied and
many are 0; programs that look the p-value up in the table for untied ranks are then
far off. Here:

* zeros are handled as Pratt (1959) does: they take part in the ranking, and then drop
  out. Leaving them out beforehand (Wilcoxon) can turn an increase into a decrease;
* tied changes share the mean of their ranks;
* p comes from all 2^m ways of choosing the signs of the m changes that are not 0,
  given these very ranks: exact. Only above some 450 changes the normal approximation
  takes over, with the variance of these ranks.

The size is the matched-pairs rank-biserial correlation, (W+ - W-) / (W+ + W-): of all
rank sum, the part that goes up minus the part that goes down (Kerby 2014). Its
interval is a jackknife on Fisher's z scale: leaving out each person in turn shows how
much the size hangs on whoever happened to answer. When all who moved went the same way
there is nothing to learn from that; then the interval holds the chances to go that way
which are compatible with it (Clopper and Pearson), as if direction and size of a
change had nothing to do with each other.

Sources: Wilcoxon, Biometrics Bulletin 1, 1945; Pratt, Journal of the American
Statistical Association 54, 1959; Kerby, Comprehensive Psychology 3, 2014; Efron and
Tibshirani, "An introduction to the bootstrap", 1993, chapter 11 (jackknife); Clopper
and Pearson, Biometrika 26, 1934.
"""

from math import atanh, sqrt, tanh
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, stdtrit

from trede.evaluation.change.pairs import ENOUGH_TO_TELL, Pairs, complete_pairs
from trede.evaluation.change.symmetric_sums import WORK, share_as_far, work
from trede.evaluation.estimate import LEVEL, CannotEstimate, Estimate, Interval, Values


class Ranked(NamedTuple):
    """Rank sums of the changes: `up` and `down`, and the ranks that count, doubled so
    that shared ranks are whole numbers too; shape (changes that are not 0,)."""

    up: int
    down: int
    doubled: np.ndarray[tuple[int], np.dtype[np.int64]]


def signed_rank(before: Values, after: Values) -> Estimate:
    """The matched-pairs rank-biserial correlation, with the signed-rank p-value.

    Args:
        before, after: shape (people,); NaN is missing, incomplete pairs are counted.

    Returns:
        `signed_rank_exact` or, above some 450 changes, `signed_rank_normal`: value
        between -1 (all went down) and 1 (all went up), interval, two-sided p. Notes:
        `zeros` and `ties` when there are, `cannot_reach_05` when fewer than six
        changed, `one_way` when all who moved went the same way.

    Raises:
        CannotEstimate: `signed_rank`, `few_pairs`, or `nothing_moves`.
    """
    return ranked_change(complete_pairs(before, after, what="signed_rank"))


def ranked_change(pairs: Pairs) -> Estimate:
    """The same of complete pairs."""
    found = rank_sums(pairs.change)
    exact = work(found.doubled) <= WORK
    return Estimate(
        "signed_rank_exact" if exact else "signed_rank_normal",
        (found.up - found.down) / (found.up + found.down),
        pairs.n,
        pairs.n_missing,
        interval=_interval(pairs.change, found),
        p=_exact_p(found) if exact else _normal_p(found),
        notes=(*pairs.notes, *_notes(pairs.change, found)),
    )


def rank_sums(change: Values) -> Ranked:
    """Pratt's ranks: of all sizes, zeros included, which then drop out.

    Raises:
        CannotEstimate: `signed_rank`, `nothing_moves`.
    """
    moved = change != 0
    if not moved.any():
        raise CannotEstimate("signed_rank", why="nothing_moves", has=0, needed=1)
    _, place, times = np.unique(np.abs(change), return_inverse=True, return_counts=True)
    doubled = (2 * np.cumsum(times) - times + 1)[place]
    up, down = doubled[change > 0].sum(), doubled[change < 0].sum()
    return Ranked(int(up), int(down), doubled[moved])


def _exact_p(found: Ranked) -> float:
    shared = int(np.gcd.reduce(found.doubled))
    return share_as_far(found.doubled // shared, (found.up - found.down) // shared)


def _normal_p(found: Ranked) -> float:
    sd = sqrt(float((found.doubled.astype(np.float64) ** 2).sum()))
    return float(2 * ndtr(-abs(found.up - found.down) / sd))


def _interval(change: Values, found: Ranked) -> Interval:
    if found.up == 0 or found.down == 0:
        return _one_way(found)
    value = (found.up - found.down) / (found.up + found.down)
    without = left_out(change)
    n = len(change)
    se = sqrt((n - 1) / n * float(((without - without.mean()) ** 2).sum()))
    half = float(stdtrit(n - 1, (1 + LEVEL) / 2)) * se / (1 - value**2)
    z = atanh(value)
    return Interval(tanh(z - half), tanh(z + half), "jackknife_fisher_z")


def _one_way(found: Ranked) -> Interval:
    """From the chance to go that way that would show it in 2.5% of such groups."""
    least = 2 * ((1 - LEVEL) / 2) ** (1 / len(found.doubled)) - 1
    low, high = (least, 1.0) if found.up else (-1.0, -least)
    return Interval(low, high, "clopper_pearson")


def left_out(change: Values) -> Values:
    """The rank-biserial correlation without each person in turn, shape (n,).

    W+ - W- is the sum over all pairs of people (and each with himself) of the sign of
    the sum of their changes; W+ + W- counts the pairs of whom at least one moved. So a
    person is taken out by subtracting his own terms.
    """
    n, zeros = len(change), int((change == 0).sum())
    ordered = np.sort(change)
    below = np.searchsorted(ordered, -change, side="left")
    above = n - np.searchsorted(ordered, -change, side="right")
    own = (above - below).astype(np.float64)
    signs = (own.sum() + np.sign(change).sum()) / 2
    pairs = (n * (n + 1) - zeros * (zeros + 1)) / 2
    gone = np.where(change == 0, n - zeros, n)
    return np.asarray((signs - own) / (pairs - gone), np.float64)


def _notes(change: Values, found: Ranked) -> tuple[str, ...]:
    sizes = np.abs(change[change != 0])
    told = {
        "zeros": len(sizes) < len(change),
        "ties": len(np.unique(sizes)) < len(sizes),
        "cannot_reach_05": len(sizes) < ENOUGH_TO_TELL,
        "one_way": found.up == 0 or found.down == 0,
    }
    return tuple(code for code, holds in told.items() if holds)
