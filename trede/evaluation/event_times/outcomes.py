"""Which estimates belong to a time to an event, headline first.

The choice is made here once, before anybody has seen the data.

| question | headline | beside it |
|---|---|---|
| one group | share to whom it happened by the horizon | median, restricted mean |
| two groups | difference in restricted mean | shares, log-rank, Cox |

The horizon is the day up to which everything is told; it belongs in the plan. Without
one it is the last day on which people of every group were still followed, and the note
`horizon_from_data` says that it was not chosen beforehand.

In groups of fewer than fifty the headline takes its interval and p from dealing people
over the groups again (`permuted_means`); the plain difference stands beside it with the
note `few_for_normal`.

In one group of five coaches or more the share and the restricted mean are by coach
(`..._cr2`, see `by_coach`), the share as headline with the one as if people were
independent after it. With fewer coaches the latter leads and says of whom it is, and
those by coach stand last (ADR 11). The median knows no coaches, and says so.

With coaches (cluster) the differences in restricted mean and in shares are given with
errors by coach (`..._cr2`, see `by_coach`), the former as headline with the one as if
people were independent after it, which the note `clusters_ignored` says; it leads when
an arm has one coach. The log-rank test and Cox's model are done within coaches, beside
the plain ones.

Beside a survey people are weighted until the groups are alike: then the curves, their
differences, the log-rank test and Cox's ratio (`..._weighted`) are weighted, with the
spread of weighted people. Dealing people over the groups would deal their weights
along, which belong to a group, so that small groups keep the plain difference; and as
the people of a survey have no coach, no paces are compared within coaches.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from math import hypot

import numpy as np
from numpy.random import Generator

from trede.evaluation.attempts import Attempt, Attempted, joined, together
from trede.evaluation.comparison.caseloads import (
    IGNORED,
    THESE_ONLY,
    Caseloads,
    caseloads,
)
from trede.evaluation.comparison.groups import Labels
from trede.evaluation.estimate import CannotEstimate, Estimate, Interval, Values
from trede.evaluation.event_times.arms import Arms, arms_of
from trede.evaluation.event_times.by_coach import (
    restricted_mean_by_coach,
    restricted_means_by_coach,
    share_by_coach,
    share_difference_by_coach,
)
from trede.evaluation.event_times.cox import cox_of_arms, hazard_ratio, proportional
from trede.evaluation.event_times.followed import Followed, followed
from trede.evaluation.event_times.kaplan_meier import (
    Curve,
    curve_of,
    median_days,
    share_by,
)
from trede.evaluation.event_times.log_rank import (
    log_rank_of,
    weighted_log_rank,
)
from trede.evaluation.event_times.permuted_means import ENOUGH, permuted_difference
from trede.evaluation.event_times.restricted_mean import (
    restricted_mean_difference,
    restricted_mean_of,
)


def times_in(
    days: Values,
    event: Values,
    *,
    cluster: Labels | None = None,
    horizon: int | None = None,
) -> Attempted:
    """Every estimate of a time to an event within one group, and what was refused.

    Args:
        days: shape (people,), whole days until the event or the last day followed.
        event: shape (people,), 1 it happened, 0 not yet. NaN in either is missing and
            counted in every `n_missing`.
        cluster: shape (people,), labels of coaches; NaN, None or "" stands alone.
        horizon: in days; see above.

    Raises:
        CannotEstimate: when the headline cannot be given: `kaplan_meier`, as
            `kaplan_meier`, or `beyond_follow_up`. A share that is refused as
            `nobody_left` leaves the mean as the headline.
    """
    people = followed(days, event, what="kaplan_meier")
    curve = curve_of(people)
    until, notes = _horizon((curve,), horizon)
    found = _of_one_group(curve, until)
    if cluster is not None:
        known = ~(np.isnan(days) | np.isnan(event))
        shared = caseloads(np.asarray(cluster)[known])
        if shared is not None:
            found = _with_coaches(found, curve, people, until, shared)
    return _noted(found, notes)


def _of_one_group(curve: Curve, until: int) -> Attempted:
    """As if people were independent, headline first."""
    beside: tuple[Attempt, ...] = (
        partial(median_days, curve),
        partial(restricted_mean_of, curve, until),
    )
    try:
        headline = share_by(curve, until)
    except CannotEstimate as refusal:
        if refusal.why != "nobody_left":
            raise
        # The mean until that day still has a figure and an interval.
        return joined(Attempted((), (refusal,)), reversed(beside))
    return together(headline, beside)


def _with_coaches(
    found: Attempted, curve: Curve, people: Followed, until: int, shared: Caseloads
) -> Attempted:
    """The estimates of one group with those by coach, in the order of the table."""
    alone = _noted(found, (IGNORED,) if shared.enough else (IGNORED, THESE_ONLY))
    by_coach: dict[str, Attempt] = {
        "kaplan_meier": partial(share_by_coach, curve, people, until, shared.codes),
        "restricted_mean": partial(
            restricted_mean_by_coach, curve, people, until, shared.codes
        ),
    }
    # Where it happened to nobody, or to everybody, there is no interval of either kind.
    behind = [
        by_coach[one.method]
        for one in found.estimates
        if one.method in by_coach and one.interval
    ]
    headline, *others = alone.estimates
    if not shared.enough or headline.interval is None:
        return joined(alone, behind)
    first, *rest = behind
    after = tuple(one for one in others if one.method not in by_coach)
    leading: tuple[Attempt, ...] = (first, lambda: headline, lambda: after)
    return joined(Attempted((), found.refused), (*leading, *rest))


def times_compared(
    days: Values,
    event: Values,
    arm: Values,
    *,
    rng: Generator,
    cluster: Labels | None = None,
    weights: Values | None = None,
    horizon: int | None = None,
) -> Attempted:
    """Every estimate of how two groups differ in time to an event, headline first.

    Args:
        days, event: as `times_in`.
        arm: shape (people,), 1 took part (or first), 0 did not (or waits); NaN is
            missing and counted.
        rng: deals people over the arms when one of them is small.
        cluster: shape (people,), labels of coaches; NaN, None or "" stands alone.
        weights: shape (people,), such as those of `weighting.weigh`; NaN is missing.
        horizon: in days, within what was followed in both arms; see above.

    Returns:
        `restricted_mean_difference` (of small arms
        `restricted_mean_difference_permuted` before it), then `restricted_mean_1` and
        `_0`, `kaplan_meier_difference`, `log_rank`, `cox_efron`,
        `proportional_hazards`, and with coaches the last three as `..._stratified`.
        With coaches the first four by coach, and the headline without coaches second.
        With weights: without the one by permutation, the last `log_rank_weighted` and
        `cox_efron_weighted`.

    Raises:
        CannotEstimate: when the headline cannot be given: `times_compared`, as
            `arms_of`, or `not_two_arms`; `restricted_mean`, `beyond_follow_up`;
            `restricted_mean_difference`, `no_variation`.
    """
    what = "times_compared"
    arms = arms_of(days, event, arm, what=what, cluster=cluster, weights=weights)
    strange = [label for label in arms.labels if label not in (0, 1)]
    if strange:
        raise CannotEstimate(what, why="not_two_arms", has=strange[0], needed=None)
    others, treated = arms.curves()
    until, notes = _horizon((others, treated), horizon)
    shares: tuple[Attempt, ...] = (
        partial(_renamed, treated, until, "restricted_mean_1"),
        partial(_renamed, others, until, "restricted_mean_0"),
        partial(share_difference, treated, others, until),
    )
    difference = _difference(arms, until, rng)
    found = (
        _by_coach(arms, until, difference, shares)
        if arms.stratified
        else joined(difference, shares)
    )
    return joined(_noted(found, notes), _paces(arms))


def _by_coach(
    arms: Arms, until: int, difference: Attempted, shares: Iterable[Attempt]
) -> Attempted:
    """The differences by coach round the one without; without when an arm has one."""
    without = _noted(difference, (IGNORED,))
    try:
        headline, *means = restricted_means_by_coach(arms, until)
    except CannotEstimate as refusal:
        found = _noted(joined(difference, shares), (IGNORED,))
        return replace(found, refused=(refusal, *found.refused))
    first = Attempted((headline, *without.estimates, *means), without.refused)
    return joined(first, (partial(share_difference_by_coach, arms, until),))


def _difference(arms: Arms, until: int, rng: Generator) -> Attempted:
    """The headline: by permutation when an arm is small, the plain one after it."""
    others, treated = arms.curves()
    plain = restricted_mean_difference(treated, others, until)
    if min(others.n, treated.n) >= ENOUGH:
        return Attempted((plain,))
    plain = replace(plain, notes=(*plain.notes, "few_for_normal"))
    if arms.people.weights is not None:
        return Attempted((plain,))
    try:
        return Attempted((permuted_difference(arms, until, rng), plain))
    except CannotEstimate as refusal:
        return Attempted((plain,), (refusal,))


def share_difference(treated: Curve, others: Curve, day: int) -> Estimate:
    """The share to whom it has happened by this day, treated minus others.

    Returns:
        `kaplan_meier_difference`: -1 to 1. The interval joins the log-log intervals of
        the two shares (square-and-add), so that it never leaves -1 to 1. No p: the
        day is one of many that could have been taken.

    Raises:
        CannotEstimate: `kaplan_meier`, `beyond_follow_up`; `kaplan_meier_difference`,
            `no_event_yet` or `nobody_left` when one of the shares has no interval.
    """
    one, other = share_by(treated, day), share_by(others, day)
    value = one.value - other.value
    if one.interval is None or other.interval is None:
        why = (one if one.interval is None else other).notes[0]
        what = "kaplan_meier_difference"
        raise CannotEstimate(what, why=why, has=value, needed=None)
    low = hypot(one.value - one.interval.low, other.interval.high - other.value)
    high = hypot(one.interval.high - one.value, other.value - other.interval.low)
    se = hypot(one.se or 0, other.se or 0)
    return Estimate(
        "kaplan_meier_difference",
        value,
        treated.n + others.n,
        treated.n_missing,
        interval=Interval(value - low, value + high, "square_and_add_log_log"),
        se=se,
        notes=tuple(dict.fromkeys((*one.notes, *other.notes))),
    )


def _horizon(
    curves: Iterable[Curve], horizon: int | None
) -> tuple[int, tuple[str, ...]]:
    """The day up to which everything is told, and a note when nobody chose it."""
    if horizon is not None:
        return horizon, ()
    return min(int(curve.days[-1]) for curve in curves), ("horizon_from_data",)


def _paces(arms: Arms) -> Iterable[Attempt]:
    """The tests and ratios of paces, plain and, with coaches, within coaches."""
    plain = arms.unstratified()
    if arms.people.weights is not None:
        for test in (weighted_log_rank, _weighted_cox):
            yield partial(_without_coaches, test, arms)
        return
    yield partial(log_rank_of, plain)
    yield partial(_cox, plain)
    if arms.stratified:
        yield partial(log_rank_of, arms)
        yield partial(_cox, arms)


def _without_coaches(test: Callable[[Arms], Estimate], arms: Arms) -> Estimate:
    found = test(arms.unstratified())
    ignored = (IGNORED,) if arms.stratified else ()
    return replace(found, notes=(*found.notes, *ignored))


def _weighted_cox(arms: Arms) -> Estimate:
    return hazard_ratio(cox_of_arms(arms), method="cox_efron_weighted")


def _cox(arms: Arms) -> tuple[Estimate, ...]:
    """The hazard ratio, and whether it is one ratio all along."""
    fit, within = cox_of_arms(arms), "_stratified" if arms.stratified else ""
    ratio = hazard_ratio(fit, method=f"cox_efron{within}")
    try:
        test = proportional(fit)
    except CannotEstimate:
        return (ratio,)
    return ratio, replace(test, method=f"proportional_hazards{within}")


def _renamed(curve: Curve, until: int, method: str) -> Estimate:
    return replace(restricted_mean_of(curve, until), method=method)


def _noted(found: Attempted, notes: tuple[str, ...]) -> Attempted:
    told = (replace(one, notes=(*one.notes, *notes)) for one in found.estimates)
    return replace(found, estimates=tuple(told))
