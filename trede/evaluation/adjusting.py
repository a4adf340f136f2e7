"""Adjusting p-values for how many questions were asked at once.

Among forty outcomes two fall below .05 by chance alone. Two answers to that stand
beside each other: Holm's keeps the chance of even one false finding under its level,
Benjamini and Hochberg's keeps the expected share of false ones among the findings.
Only questions of one family are adjusted for each other, and what has no p-value
(None) is no question: it stays None and does not count.

Sources: Holm, Scandinavian Journal of Statistics 6 (1979); Benjamini and Hochberg,
Journal of the Royal Statistical Society B 57 (1995). Checked against R's `p.adjust`.
"""

from collections.abc import Callable, Sequence

import numpy as np

from trede.evaluation.estimate import Values

P = float | None


def holm(p: Sequence[P]) -> tuple[P, ...]:
    """Adjusted p-values in the same order: none smaller than before, none above 1.

    Raises ValueError for what is no p-value.
    """

    def adjusted(ordered: Values) -> Values:
        left = np.arange(len(ordered), 0, -1)
        return np.minimum(1, np.maximum.accumulate(left * ordered))

    return _among_those_there(p, adjusted)


def benjamini_hochberg(p: Sequence[P]) -> tuple[P, ...]:
    """Adjusted p-values (also called q) in the same order, none above 1.

    Raises ValueError for what is no p-value.
    """

    def adjusted(ordered: Values) -> Values:
        n = len(ordered)
        each = n / np.arange(1, n + 1) * ordered
        return np.minimum(1, np.minimum.accumulate(each[::-1])[::-1])

    return _among_those_there(p, adjusted)


def _among_those_there(
    p: Sequence[P], adjusted: Callable[[Values], Values]
) -> tuple[P, ...]:
    """Sort the p-values that are there, adjust them, and put them back in place."""
    there = [place for place, one in enumerate(p) if one is not None]
    values = np.array([one for one in p if one is not None], dtype=np.float64)
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError("a p-value lies between 0 and 1")
    order = np.argsort(values, kind="stable")
    found: list[P] = [None] * len(p)
    for place, one in zip(order, adjusted(values[order]), strict=True):
        found[there[place]] = float(one)
    return tuple(found)
