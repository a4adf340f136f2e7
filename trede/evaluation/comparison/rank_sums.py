"""Who of two people, one from each group, answers higher (Mann and Whitney).

The value is the share of such pairs in which the person who took part answers higher
minus the share in which the other does (Cliff's delta). p comes from all ways in which
these very answers, ties and all, could have been divided over the two groups. The exact
test of scipy takes no notice of ties, which answers in five categories always have.

Sources: Mann and Whitney, Annals of Mathematical Statistics 18, 1947; Streitberg and
Röhmel 1986 (exact with ties); Cliff, Psychological Bulletin 114, 1993 (variance).
"""

from math import atanh, sqrt, tanh

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from trede.evaluation.comparison.groups import Groups
from trede.evaluation.comparison.shares import refuse_dependent
from trede.evaluation.estimate import CannotEstimate, Estimate, Interval, Values
from trede.evaluation.proportions import Z95

Whole = NDArray[np.int64]

# Additions for one exact distribution: a tenth of a second or so.
WORK = 150_000_000


def mann_whitney(groups: Groups) -> Estimate:
    """Cliff's delta afterwards, not adjusted for the start, with the exact p.

    Returns:
        `mann_whitney_exact`, or `mann_whitney_normal` (ties allowed for, without
        continuity correction) for large groups. Interval by the variance of Cliff
        through Fisher's z; None when the groups are wholly apart.

    Raises:
        CannotEstimate: `mann_whitney`, `dependent`, `weights` or `no_variation`.
    """
    refuse_dependent(groups, "mann_whitney")
    if not groups.varies:
        raise CannotEstimate("mann_whitney", why="no_variation", has=1, needed=2)
    treated, others = groups.after[groups.arm == 1], groups.after[groups.arm == 0]
    doubled = doubled_ranks(groups.after)
    exact = _work(doubled, min(groups.sizes)) <= WORK
    p = exact_p(doubled, groups.arm) if exact else normal_p(doubled, groups.arm)
    delta, variance = _delta(treated, others)
    limits = None
    if abs(delta) < 1 and variance > 0:
        half = Z95 * sqrt(variance) / (1 - delta**2)
        middle = atanh(delta)
        limits = Interval(tanh(middle - half), tanh(middle + half), "cliff_fisher_z")
    return Estimate(
        f"mann_whitney_{'exact' if exact else 'normal'}",
        delta,
        groups.n,
        groups.n_missing,
        interval=limits,
        p=p,
        notes=("unadjusted",),
    )


def doubled_ranks(values: Values) -> Whole:
    """Twice the rank of each answer; ties share their mean rank."""
    _, place, times = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(times)
    return np.asarray((2 * last - times + 1)[place], np.int64)


def exact_p(doubled: Whole, arm: Values) -> float:
    """The share of all divisions whose rank sum is as far from its mean, two-sided."""
    # The smaller arm will do: its sum follows from the other.
    arm = arm if 2 * arm.sum() <= len(arm) else 1 - arm
    scores, chosen = _reduced(doubled), int(arm.sum())
    total = int(np.sort(scores)[-chosen:].sum())
    chances = np.zeros((chosen + 1, total + 1))
    chances[0, 0] = 1
    n = len(scores)
    reached = 0
    for seen, score in enumerate(np.sort(scores).tolist()):
        reached = min(reached + score, total)
        most = min(seen + 1, chosen)
        before = chances[:most, : reached + 1 - score]
        chances[1 : most + 1, score : reached + 1] += before
        # Weighed as it goes, so that large numbers of ways stay within a double.
        if seen % 64 == 63:
            chances /= chances.max()
    ways = chances[chosen] / chances[chosen].sum()
    observed, mean = int(scores[arm == 1].sum()), chosen * int(scores.sum()) / n
    far = np.abs(np.arange(total + 1) - mean) >= abs(observed - mean) - 1e-9 * total
    return float(min(1.0, ways[far].sum()))


def normal_p(doubled: Whole, arm: Values) -> float:
    """The same by the normal distribution, with the variance of these ranks."""
    n, chosen = len(doubled), int(arm.sum())
    gap = float(doubled[arm == 1].sum()) - chosen * float(doubled.mean())
    variance = chosen * (n - chosen) / n * float(doubled.var(ddof=1))
    return float(2 * ndtr(-abs(gap) / sqrt(variance)))


def _reduced(doubled: Whole) -> Whole:
    """The scores from 0 in the largest whole steps."""
    away = doubled - doubled.min()
    return np.asarray(away // max(1, int(np.gcd.reduce(away))), np.int64)


def _work(doubled: Whole, chosen: int) -> int:
    scores = np.sort(_reduced(doubled))
    return int(scores[-chosen:].sum()) * (chosen + 1) * len(scores)


def _delta(treated: Values, others: Values) -> tuple[float, float]:
    """Cliff's delta, and the variance from where each person stands in the others."""
    first, second = _standing(treated, others), -_standing(others, treated)
    spread = first.var(ddof=1) / len(first) + second.var(ddof=1) / len(second)
    return float(first.mean()), float(spread)


def _standing(people: Values, others: Values) -> Values:
    """Per person the share of others who answer lower minus that who answer higher."""
    ordered = np.sort(others)
    below = np.searchsorted(ordered, people, "left")
    above = len(ordered) - np.searchsorted(ordered, people, "right")
    return np.asarray((below - above) / len(ordered), np.float64)
