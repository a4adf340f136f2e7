"""Does it matter how people were asked? By mode, by language, by who helped.

Every way of asking is laid beside the commonest one: the difference of the means and
its size in standard deviations. There are no p-values: this is a look at the instrument
over many items, not a battery of tests, and people are not asked in a language by lot.
A difference can come from the asking and from who was asked (note `not_by_lot`).

A way of asking with fewer than ten people is refused by name and number: it says
nothing, and would say too much about them.

Sources: Hedges 1981; Steiger and Fouladi 1997 (interval of the size); Welch 1947.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from trede.evaluation.change.sizes import (
    LARGEST_T,
    correction,
    noncentrality_interval,
)
from trede.evaluation.estimate import (
    LEVEL,
    CannotEstimate,
    Estimate,
    Interval,
    Size,
    Values,
)

SMALLEST = 10


@dataclass(frozen=True, slots=True)
class ByAsking:
    """Differences from the way of asking named `reference`, and who are too few."""

    reference: str
    differences: Mapping[str, Estimate]
    refused: Mapping[str, CannotEstimate]


def differences_by(
    values: Values,
    asked: Sequence[str | None],
    *,
    reference: str | None = None,
    smallest: int = SMALLEST,
) -> ByAsking:
    """The mean of every way of asking minus that of the reference, in points.

    Args:
        values: shape (people,); NaN is missing and not counted in a group.
        asked: per person how (mode, language or helper); None or "": not known.
        reference: None takes the one with most answers, by alphabet when equal.
        smallest: answers that a group must have, at least two.

    Returns:
        `difference_by_asking` per group, by alphabet: Welch's interval, size `hedges_g`
        with an interval, no p, note `not_by_lot`. `n` are both groups, `n_missing`
        people of both without an answer. Equal answers in each of the two groups: no
        interval, note `no_variation`.

    Raises:
        ValueError: another number of people, or a reference that nobody has.
        CannotEstimate: `difference_by_asking`, `few_people` when the reference itself
            has too few; `one_group` when nobody was asked in another way.
    """
    given = np.asarray(values, np.float64)
    if len(asked) != len(given) or smallest < 2:
        raise ValueError("ways of asking of other people")
    names = np.array([name or "" for name in asked])
    answered = names[~np.isnan(given)]
    counts = Counter({name: 0 for name in sorted(set(names.tolist()) - {""})})
    counts.update(name for name in answered.tolist() if name)
    if len(counts) < 2:
        raise _refusal("one_group", len(counts), 2)
    base = reference or counts.most_common(1)[0][0]
    if base not in counts:
        raise ValueError(f"nobody was asked by {base!r}")
    if counts[base] < smallest:
        raise _refusal("few_people", counts[base], smallest)
    differences, refused = {}, {}
    for name in sorted(set(counts) - {base}):
        if counts[name] < smallest:
            refused[name] = _refusal("few_people", counts[name], smallest)
        else:
            differences[name] = _difference(given[names == name], given[names == base])
    return ByAsking(base, differences, refused)


def _difference(one: Values, other: Values) -> Estimate:
    missing = int(np.isnan(one).sum() + np.isnan(other).sum())
    one, other = one[~np.isnan(one)], other[~np.isnan(other)]
    value = float(one.mean() - other.mean())
    n, notes = len(one) + len(other), ("not_by_lot",)
    if not np.ptp(one) and not np.ptp(other):
        flat = (*notes, "no_variation")
        return Estimate("difference_by_asking", value, n, missing, notes=flat)
    parts = [float(group.var(ddof=1)) / len(group) for group in (one, other)]
    se = sqrt(sum(parts))
    df = se**4 / (parts[0] ** 2 / (len(one) - 1) + parts[1] ** 2 / (len(other) - 1))
    half = float(stdtrit(df, (1 + LEVEL) / 2)) * se
    return Estimate(
        "difference_by_asking",
        value,
        n,
        missing,
        interval=Interval(value - half, value + half, "welch"),
        se=se,
        df=df,
        sizes=(_size(one, other),),
        notes=notes,
    )


def _size(one: Values, other: Values) -> Size:
    """Hedges' g on the pooled deviation; the interval is not multiplied by J."""
    n, m = len(one), len(other)
    df = n + m - 2
    pooled = sqrt(((n - 1) * one.var(ddof=1) + (m - 1) * other.var(ddof=1)) / df)
    size, scale = float(one.mean() - other.mean()) / pooled, sqrt(n * m / (n + m))
    limits = None
    if abs(size * scale) < LARGEST_T:
        low, high = noncentrality_interval(size * scale, df)
        limits = Interval(low / scale, high / scale, "noncentral_t")
    return Size("hedges_g", correction(df) * size, limits)


def _refusal(why: str, has: int, needed: int) -> CannotEstimate:
    return CannotEstimate("difference_by_asking", why=why, has=has, needed=needed)
