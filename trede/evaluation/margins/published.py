"""One's own figures beside published ones: what margins allow.

A published share with its number of people has an interval, and so has the difference
with one's own: Newcombe's, which joins the Wilson intervals of two separate groups. A
published mean without its standard deviation has none, and is refused.

The other group are other people, asked in another year with perhaps another item, and
some may be in both: the difference says how the groups differ, not why. So there is no
p-value, every estimate carries `other_people`, and nothing here is called a control
group or an effect.

Sources: Newcombe, Statistics in Medicine 17, 1998, pages 873-890 (method 10); Wilson
1927; Welch, Biometrika 34, 1947.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np
from scipy.special import stdtrit

from trede.evaluation.attempts import Attempted
from trede.evaluation.estimate import (
    LEVEL,
    CannotEstimate,
    Estimate,
    Interval,
    Values,
)
from trede.evaluation.margins.printed_figures import check_percentage
from trede.evaluation.proportions import Share, newcombe, share

FEWEST = 4


@dataclass(frozen=True, slots=True)
class PrintedShare:
    """A published percentage (as printed, "43.7") of so many people: the share whose
    answer lies from `low` to `high`, both included."""

    percent: str
    of: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PrintedMean:
    """A published mean of so many people, with its standard deviation if printed."""

    mean: float
    of: int
    deviation: float | None = None


Printed = PrintedShare | PrintedMean


def beside_published(values: Values, published: Mapping[str, Printed]) -> Attempted:
    """One's own answers beside every published figure of the same item.

    Args:
        values: shape (people,), one's own answers; NaN is missing.
        published: figures by a code of one's own; it ends up in `method` after a colon.

    Returns:
        `estimates` in the order of `published`, each named `published_share:code` or
        `published_mean:code`; `refused` those that margins do not allow (`what` named
        in the same way).
    """
    estimates, refused = [], []
    for code, figure in published.items():
        try:
            found = _one(values, figure)
        except CannotEstimate as no:
            what = f"{no.what}:{code}"
            refused.append(
                CannotEstimate(what, why=no.why, has=no.has, needed=no.needed)
            )
        else:
            estimates.append(replace(found, method=f"{found.method}:{code}"))
    return Attempted(tuple(estimates), tuple(refused))


def difference_from_share(values: Values, published: PrintedShare) -> Estimate:
    """One's own share minus the published one, -1 to 1.

    Returns:
        `published_share`, with `newcombe_10`; n are one's own people. Note
        `impossible_figure` when no number of people gives the printed percentage (the
        nearest is taken), `rounded` when several do: the interval then holds those of
        all of them.

    Raises:
        ValueError: as `check_percentage`.
        CannotEstimate: `published_share`, `few_people` below four answers.
    """
    own = _answered(values, "published_share")
    inside = int(((own >= published.low) & (own <= published.high)).sum())
    return share_beside(inside, len(own), published, n_missing=len(values) - len(own))


def share_beside(
    n: int, of: int, published: PrintedShare, *, n_missing: int = 0
) -> Estimate:
    """The same of `n` out of `of` people of one's own, when only these are known."""
    finding = check_percentage(published.percent, published.of)
    printed = float(finding.printed) / 100
    counts = finding.whole or (round(printed * published.of),)
    mine = _share(n, of)
    theirs = [_share(count, published.of) for count in (counts[0], counts[-1])]
    intervals = [newcombe(mine, other) for other in theirs]
    notes: tuple[str, ...] = ("other_people",)
    if not finding.possible:
        notes = (*notes, "impossible_figure")
    elif len(counts) > 1:
        notes = (*notes, "rounded")
    exact = theirs[0].value if finding.only is not None else printed
    return Estimate(
        "published_share",
        mine.value - exact,
        of,
        n_missing,
        interval=Interval(
            min(one.low for one in intervals),
            max(one.high for one in intervals),
            "newcombe_10",
        ),
        notes=notes,
    )


def difference_from_mean(values: Values, published: PrintedMean) -> Estimate:
    """One's own mean minus the published one, in points.

    Returns:
        `published_mean` with Welch's interval, from the printed deviation.

    Raises:
        CannotEstimate: `published_mean`, `no_deviation` when none is printed: how much
            a mean of so many people may be off cannot be known then; `few_people`;
            `no_variation` when neither group varies.
        ValueError: a published mean of fewer than two people, or a deviation below 0.
    """
    if published.deviation is None:
        raise CannotEstimate("published_mean", why="no_deviation", has=0, needed=1)
    if published.of < 2 or published.deviation < 0:
        raise ValueError("a deviation needs two people and is not negative")
    own = _answered(values, "published_mean")
    parts = (own.var(ddof=1) / len(own), published.deviation**2 / published.of)
    variance = float(sum(parts))
    if not variance:
        raise CannotEstimate("published_mean", why="no_variation", has=0, needed=None)
    df = variance**2 / float(
        parts[0] ** 2 / (len(own) - 1) + parts[1] ** 2 / (published.of - 1)
    )
    value, se = float(own.mean()) - published.mean, sqrt(variance)
    half = float(stdtrit(df, (1 + LEVEL) / 2)) * se
    return Estimate(
        "published_mean",
        value,
        len(own),
        len(values) - len(own),
        interval=Interval(value - half, value + half, "welch"),
        se=se,
        df=df,
        notes=("other_people",),
    )


def _one(values: Values, figure: Printed) -> Estimate:
    if isinstance(figure, PrintedShare):
        return difference_from_share(values, figure)
    return difference_from_mean(values, figure)


def _answered(values: Values, what: str) -> Values:
    given = np.asarray(values, np.float64)
    own = given[~np.isnan(given)]
    if len(own) < FEWEST:
        raise CannotEstimate(what, why="few_people", has=len(own), needed=FEWEST)
    return own


def _share(n: int, of: int) -> Share:
    found = share(n, of)
    if found is None:
        raise ValueError("a share of nobody")
    return found
