"""The mean change of a score, with the paired t-test.

Answers: how much did the average answer change, and between which values may the
change of such a group lie? It is a change and nothing more: whether the programme
caused it, this cannot say.

Source: Student, Biometrika 6, 1908. Sizes: see `sizes`.
"""

from math import sqrt

from scipy.special import stdtr, stdtrit

from trede.evaluation.change.pairs import Pairs, complete_pairs
from trede.evaluation.change.sizes import sizes_of_mean_change
from trede.evaluation.estimate import LEVEL, Estimate, Interval, Values


def mean_change(before: Values, after: Values) -> Estimate:
    """The mean of after minus before, in points of the score.

    Args:
        before, after: shape (people,); NaN is missing. A pair that is not complete is
            left out and counted in `n_missing`.

    Returns:
        `paired_t` with a t interval on n - 1 degrees of freedom, the two-sided p, and
        the sizes `hedges_g_av` (headline) and `hedges_g_z`. When all changes are equal
        there is nothing to make an interval of: value only, note `no_variation`.

    Raises:
        CannotEstimate: `mean_change`, `few_pairs`.
    """
    return paired_t(complete_pairs(before, after, what="mean_change"))


def paired_t(pairs: Pairs) -> Estimate:
    """The same of complete pairs."""
    n, mean = pairs.n, float(pairs.change.mean())
    if not pairs.varies:
        return Estimate(
            "paired_t",
            mean,
            n,
            pairs.n_missing,
            sizes=sizes_of_mean_change(pairs),
            notes=("no_variation", *pairs.notes),
        )
    se, df = float(pairs.change.std(ddof=1)) / sqrt(n), float(n - 1)
    half = float(stdtrit(df, (1 + LEVEL) / 2)) * se
    return Estimate(
        "paired_t",
        mean,
        n,
        pairs.n_missing,
        interval=Interval(mean - half, mean + half, "t"),
        p=float(2 * stdtr(df, -abs(mean) / se)),
        se=se,
        df=df,
        sizes=sizes_of_mean_change(pairs),
        notes=pairs.notes,
    )
