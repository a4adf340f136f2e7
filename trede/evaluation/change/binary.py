"""Yes or no, before and after.

Everything that can be learned about a change is in the people who changed: those who
went from no to yes and those who went from yes to no. McNemar's test asks whether the
two are as many. It is done exactly, with the binomial distribution, and the mid-p
form is the headline: the exact form is too careful in small groups, mid-p hardly ever
errs on the other side (Fagerland and others 2013). The chi-square form, which wants
25 changers, is not offered at all.

The change is told as the difference of two shares. Newcombe's interval (his method
10) joins the Wilson intervals of the two shares, allowing for their correlation;
Agresti and Min's adds half a person to each of the four cells. The conditional odds
ratio, those who went up for each who went down, has the exact interval of Clopper and
Pearson.

Sources: McNemar, Psychometrika 12, 1947; Fagerland, Lydersen and Laake, BMC Medical
Research Methodology 13, 2013 (mid-p) and Statistics in Medicine 33, 2014 (intervals);
Newcombe, Statistics in Medicine 17, 1998, pages 2635-2650; Agresti and Min, Statistics
in Medicine 24, 2005; Clopper and Pearson, Biometrika 26, 1934.
"""

from math import inf, sqrt
from typing import NamedTuple

import numpy as np
from scipy.special import betaincinv, gammaln

from trede.evaluation.change.direction import Z, even_odds, notes_on_moves
from trede.evaluation.change.pairs import Pairs, complete_pairs
from trede.evaluation.estimate import (
    LEVEL,
    CannotEstimate,
    Estimate,
    Interval,
    Size,
    Values,
)
from trede.evaluation.proportions import share


class PairedCounts(NamedTuple):
    """People by their two answers: yes twice, no then yes, yes then no, no twice."""

    both: int
    up: int
    down: int
    neither: int

    @property
    def n(self) -> int:
        return self.both + self.up + self.down + self.neither

    @property
    def difference(self) -> float:
        """The share of yes after minus that before."""
        return (self.up - self.down) / self.n


def change_in_share(before: Values, after: Values) -> Estimate:
    """The change in the share of yes, with McNemar's mid-p.

    Args:
        before, after: shape (people,), 0 for no and 1 for yes; NaN is missing,
            incomplete pairs are counted.

    Returns:
        `mcnemar_mid_p`: share after minus share before (-1 to 1) with Newcombe's
        interval (`newcombe_10`), two-sided mid-p, and the size
        `conditional_odds_ratio`. When nobody changed: no p and no odds ratio, note
        `nothing_moves`.

    Raises:
        CannotEstimate: `change_in_share`, `few_pairs` or `not_binary` (with the first
            value that is neither 0 nor 1).
    """
    pairs = complete_pairs(before, after, what="change_in_share")
    return mcnemar(pairs, counted(pairs))


def counted(pairs: Pairs) -> PairedCounts:
    """The four counts of complete pairs.

    Raises:
        CannotEstimate: `change_in_share`, `not_binary`.
    """
    first, second = pairs.before, pairs.after
    for values in (first, second):
        strange = values[(values != 0) & (values != 1)]
        if len(strange):
            raise CannotEstimate(
                "change_in_share", why="not_binary", has=float(strange[0]), needed=None
            )
    cells = np.bincount((2 * first + second).astype(np.int64), minlength=4)
    return PairedCounts(int(cells[3]), int(cells[1]), int(cells[2]), int(cells[0]))


def mcnemar(pairs: Pairs, counts: PairedCounts) -> Estimate:
    """The headline: mid-p, Newcombe's interval, the conditional odds ratio."""
    moved = counts.up + counts.down
    return Estimate(
        "mcnemar_mid_p",
        counts.difference,
        pairs.n,
        pairs.n_missing,
        interval=newcombe(counts),
        p=mid_p(counts.up, counts.down) if moved else None,
        sizes=(conditional_odds_ratio(counts.up, counts.down),) if moved else (),
        notes=(*pairs.notes, *notes_on_moves(moved)),
    )


def mcnemar_exact(pairs: Pairs, counts: PairedCounts) -> Estimate:
    """The check: the exact p, with Agresti and Min's interval."""
    moved = counts.up + counts.down
    return Estimate(
        "mcnemar_exact",
        counts.difference,
        pairs.n,
        pairs.n_missing,
        interval=agresti_min(counts),
        p=even_odds(counts.up, counts.down) if moved else None,
        notes=(*pairs.notes, *notes_on_moves(moved)),
    )


def mid_p(up: int, down: int) -> float:
    """The exact two-sided p with half the probability of the observed split.

    When as many went up as down the one point in the middle is halved: 1 - f / 2.
    """
    moved, fewer, more = up + down, min(up, down), max(up, down)
    log_ways = gammaln(moved + 1) - gammaln(fewer + 1) - gammaln(more + 1)
    point = float(np.exp(log_ways - moved * np.log(2)))
    return even_odds(up, down) - (point / 2 if fewer == more else point)


def newcombe(counts: PairedCounts) -> Interval:
    """Newcombe's method 10: square-and-add with a continuity-corrected correlation."""
    before, after = counts.both + counts.down, counts.both + counts.up
    then, now = share(before, counts.n), share(after, counts.n)
    if then is None or now is None:
        raise ValueError("a share of nobody")
    phi = _correlation(counts)

    def reach(one: float, other: float) -> float:
        return sqrt(max(0.0, one**2 - 2 * phi * one * other + other**2))

    low = counts.difference - reach(now.value - now.low, then.high - then.value)
    high = counts.difference + reach(now.high - now.value, then.value - then.low)
    return Interval(max(-1.0, low), min(1.0, high), "newcombe_10")


def _correlation(counts: PairedCounts) -> float:
    """Phi of the table; 0 when nobody, or everybody, said yes at one of the waves."""
    before, after = counts.both + counts.down, counts.both + counts.up
    margins = before * (counts.n - before) * after * (counts.n - after)
    if not margins:
        return 0.0
    excess = float(counts.both * counts.neither - counts.up * counts.down)
    if excess > 0:
        excess = max(0.0, excess - counts.n / 2)
    return excess / sqrt(margins)


def agresti_min(counts: PairedCounts) -> Interval:
    """The usual interval after adding half a person to each cell."""
    up, down, n = counts.up + 0.5, counts.down + 0.5, counts.n + 2
    middle = (up - down) / n
    half = Z * sqrt(up + down - (up - down) ** 2 / n) / n
    return Interval(max(-1.0, middle - half), min(1.0, middle + half), "agresti_min")


def conditional_odds_ratio(up: int, down: int) -> Size:
    """People who went up for each who went down; infinite when nobody went down.

    Args:
        up, down: not both 0.
    """
    tail = (1 - LEVEL) / 2
    low = float(betaincinv(up, down + 1, tail)) if up else 0.0
    high = float(betaincinv(up + 1, down, 1 - tail)) if down else 1.0
    limits = Interval(_odds(low), _odds(high), "clopper_pearson")
    return Size("conditional_odds_ratio", up / down if down else inf, limits)


def _odds(chance: float) -> float:
    return chance / (1 - chance) if chance < 1 else inf
