"""Hours in the week: of many people none, of a few people many.

One average hides two things that can go opposite ways: how many people do it at all,
and how much those do who do it. So a change in hours is always told as
1. the mean over everybody, those with none included, with a bootstrap interval;
2. the share with any hours (yes or no, see `binary`);
3. the mean among those with any, before and after, each with its own n. These are not
   the same people, and their difference is no change of anybody; the change among
   those who had hours both times is given apart;
4. the median of the changes, which a few large ones do not move.

More than 168 hours do not fit in a week: refused by name, never cut off silently. What
else is too much is a rule to be chosen beforehand (`Cap`).

Sources: Duan and others, Journal of Business and Economic Statistics 1, 1983 (two
parts); Efron 1987 (see `bootstrap`); Thompson, Annals of Mathematical Statistics 7,
1936 (interval of a median).
"""

from dataclasses import dataclass, replace
from math import sqrt
from typing import Literal

import numpy as np
from numpy.random import Generator
from scipy.special import bdtr, stdtrit

from trede.evaluation.change.bootstrap import ENOUGH, RESAMPLES, mean_interval
from trede.evaluation.change.mean_change import paired_t
from trede.evaluation.change.pairs import FEWEST, Pairs, complete_pairs
from trede.evaluation.change.sign_flips import flipped
from trede.evaluation.estimate import (
    LEVEL,
    CannotEstimate,
    Estimate,
    Interval,
    Values,
)

IN_A_WEEK = 168.0


@dataclass(frozen=True, slots=True)
class Cap:
    """What to do with answers from so many hours a week.

    `leave_out` makes them missing (the seed study did so with 90 and more for care of
    children, since those people had read another question); `lower` sets them to `at`.
    """

    at: float
    rule: Literal["leave_out", "lower"]


def usable_hours(hours: Values, cap: Cap | None = None) -> Values:
    """The hours of one wave after the rule, shape (people,); NaN is missing.

    Raises:
        CannotEstimate: `hours`, `more_than_a_week` or `negative`, with the first such
            answer.
    """
    given = np.asarray(hours, np.float64)
    for why, wrong, needed in (
        ("more_than_a_week", given[given > IN_A_WEEK], IN_A_WEEK),
        ("negative", given[given < 0], 0.0),
    ):
        if len(wrong):
            raise CannotEstimate("hours", why=why, has=float(wrong[0]), needed=needed)
    if cap is None:
        return given
    instead = np.nan if cap.rule == "leave_out" else cap.at
    return np.where(given >= cap.at, instead, given)


def change_in_hours(
    before: Values,
    after: Values,
    rng: Generator,
    *,
    cap: Cap | None = None,
    resamples: int = RESAMPLES,
) -> Estimate:
    """The mean change over everybody, in hours a week.

    Args:
        before, after: shape (people,), 0 to 168, 0 for none; NaN is missing,
            incomplete pairs are counted.
        rng: for the bootstrap, and for p when flips cannot be counted.
        cap: the rule for improbable answers; notes tell `left_out` or `lowered` when
            it touched any.

    Returns:
        `mean_change_bca`: value, BCa interval, and the two-sided p of the sign-flip
        test (note `p_sign_flip_exact` or `p_sign_flip_random`). Without interval when
        all changes are equal (note `no_variation`); note `few_for_bootstrap` below
        thirty pairs.

    Raises:
        CannotEstimate: `change_in_hours` `few_pairs`; `hours` as in `usable_hours`.
    """
    pairs, notes = paired_hours(before, after, cap=cap)
    found = mean_over_all(pairs, rng, resamples=resamples)
    return replace(found, notes=(*found.notes, *notes))


def paired_hours(
    before: Values, after: Values, *, cap: Cap | None
) -> tuple[Pairs, tuple[str, ...]]:
    """Complete pairs of usable hours, and a note when the rule touched any.

    Raises:
        CannotEstimate: as `change_in_hours`.
    """
    kept = usable_hours(before, cap), usable_hours(after, cap)
    pairs = complete_pairs(*kept, what="change_in_hours")
    if cap is None or max(np.nanmax(before), np.nanmax(after)) < cap.at:
        return pairs, ()
    return pairs, ("left_out" if cap.rule == "leave_out" else "lowered",)


def mean_over_all(
    pairs: Pairs, rng: Generator, *, resamples: int = RESAMPLES
) -> Estimate:
    """The same of complete pairs."""
    mean, n = float(pairs.change.mean()), pairs.n
    plain = Estimate("mean_change_bca", mean, n, pairs.n_missing)
    if not pairs.varies:
        return replace(plain, notes=("no_variation", *pairs.notes))
    interval = mean_interval(pairs.change, rng, resamples)
    test = flipped(pairs, rng)
    return replace(
        plain,
        interval=interval,
        p=test.p,
        se=float(pairs.change.std(ddof=1)) / sqrt(n),
        notes=(
            f"p_{test.method}",
            *test.notes,
            *(("few_for_bootstrap",) if n < ENOUGH else ()),
        ),
    )


def median_change(pairs: Pairs) -> Estimate:
    """The median of the changes, with the interval of the sign test.

    The interval runs from one observed change to another, both included: its level is
    at least 95%, whatever the distribution. Below six pairs there is none.
    """
    ordered, n = np.sort(pairs.change), pairs.n
    # The most changes that may lie outside on one side: P(X < place) is at most 2.5%.
    chances = bdtr(np.arange(n), n, 0.5)
    place = int(np.searchsorted(chances, (1 - LEVEL) / 2, side="right"))
    limits = None
    if place:
        low, high = float(ordered[place - 1]), float(ordered[n - place])
        limits = Interval(low, high, "sign_test")
    return Estimate(
        "median_change",
        float(np.median(ordered)),
        n,
        pairs.n_missing,
        interval=limits,
        notes=pairs.notes,
    )


def hours_of_those_with_any(pairs: Pairs) -> tuple[Estimate, ...]:
    """The mean among those with any hours, at each wave, and their change.

    Returns:
        `mean_of_any_before` and `mean_of_any_after` (their own n, t interval), and
        `mean_change_of_any` for those who had hours both times. One that rests on
        fewer than four people is left out. `n_missing` is that of all pairs: people
        without hours are not missing, they are another answer.
    """
    estimates = [
        _mean(f"mean_of_any_{wave}", hours[hours > 0], pairs.n_missing)
        for wave, hours in (("before", pairs.before), ("after", pairs.after))
        if (hours > 0).sum() >= FEWEST
    ]
    both = (pairs.before > 0) & (pairs.after > 0)
    if both.sum() >= FEWEST:
        part = Pairs(
            pairs.before[both], pairs.after[both], pairs.change[both], pairs.n_missing
        )
        estimates.append(replace(paired_t(part), method="mean_change_of_any"))
    return tuple(estimates)


def _mean(method: str, hours: Values, n_missing: int) -> Estimate:
    n, mean = len(hours), float(hours.mean())
    plain = Estimate(method, mean, n, n_missing)
    if np.ptp(hours) == 0:
        return replace(plain, notes=("no_variation",))
    se = float(hours.std(ddof=1)) / sqrt(n)
    half = float(stdtrit(n - 1, (1 + LEVEL) / 2)) * se
    limits = Interval(mean - half, mean + half, "t")
    return replace(plain, interval=limits, se=se, df=float(n - 1))
