"""Does it happen as fast in one group as in another? The log-rank test.

On every day on which it happens, those to whom it happens are set against what each
group would have had if days had no preference. It has the most power when one group is
faster by the same factor all along; when the curves cross it can miss a difference that
the restricted mean shows.

Stratified: only people of the same stratum (coach) are compared with each other.

Weighted: observed and expected are sums of weights, and the spread is that of what each
person brings to their difference, squared: the usual one takes somebody who counts for
three for three people.

Sources: Mantel, Cancer Chemotherapy Reports 50, 1966; Peto and Peto, Journal of the
Royal Statistical Society A 135, 1972; Lin and Wei, Journal of the American Statistical
Association 84, 1989 (robust); Xie and Liu, Statistics in Medicine 24, 2005 (weighted).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc

from trede.evaluation.comparison.groups import Labels
from trede.evaluation.estimate import CannotEstimate, Estimate, Values
from trede.evaluation.event_times.arms import Arms, arms_of
from trede.evaluation.event_times.followed import Whole

# Below it the chi-square distribution is a guess, as in any table of counts.
FEW_EXPECTED = 5.0


@dataclass(frozen=True, slots=True)
class Against:
    """Events of each group, beside what it would have had. Shapes: `observed` and
    `expected` (groups,), `spread` (groups, groups)."""

    observed: Values
    expected: Values
    spread: Values


def log_rank(
    days: Values, event: Values, group: Values, *, strata: Labels | None = None
) -> Estimate:
    """The log-rank test of two or more groups.

    Args:
        days, event: shape (people,), as `kaplan_meier`.
        group: shape (people,), any numbers; NaN is missing and counted.
        strata: shape (people,), labels; compared within each only.

    Raises:
        CannotEstimate: `log_rank`, as `arms_of` and `log_rank_of`.
    """
    return log_rank_of(arms_of(days, event, group, what="log_rank", cluster=strata))


def log_rank_of(arms: Arms) -> Estimate:
    """The same of people whose time and group are known.

    Returns:
        `log_rank`, or `log_rank_stratified`: the value is chi-square, `df` groups less
        one. Note `few_events` when a group is expected to have fewer than five.

    Raises:
        CannotEstimate: `no_events`; `no_overlap` when it never happened while people
            of two groups were followed (in one stratum).
    """
    what = "log_rank_stratified" if arms.stratified else "log_rank"
    if not arms.people.events:
        raise CannotEstimate(what, why="no_events", has=0, needed=1)
    found = against(arms)
    used = np.flatnonzero(np.diag(found.spread) > 0)
    if len(used) < 2:
        raise CannotEstimate(what, why="no_overlap", has=len(used), needed=2)
    excess = (found.observed - found.expected)[used]
    spread = found.spread[np.ix_(used, used)]
    df = int(np.linalg.matrix_rank(spread, hermitian=True))
    statistic = float(excess @ np.linalg.pinv(spread, hermitian=True) @ excess)
    few = found.expected[used].min() < FEW_EXPECTED
    return Estimate(
        what,
        statistic,
        arms.people.n,
        arms.people.n_missing,
        p=float(chdtrc(df, statistic)),
        df=float(df),
        notes=("few_events",) if few else (),
    )


def weighted_log_rank(arms: Arms) -> Estimate:
    """The same of two groups of people who count for others too.

    Returns:
        `log_rank_weighted`: chi-square on one degree of freedom.

    Raises:
        CannotEstimate: `log_rank`, `no_events`, `no_overlap`.
    """
    people, what = arms.people, "log_rank"
    if not people.events:
        raise CannotEstimate(what, why="no_events", has=0, needed=1)
    brought = _brought(arms)
    if not np.abs(brought).max() > 0:
        raise CannotEstimate(what, why="no_overlap", has=1, needed=2)
    statistic = float(brought.sum() ** 2 / (brought**2).sum())
    return Estimate(
        "log_rank_weighted",
        statistic,
        people.n,
        people.n_missing,
        p=float(chdtrc(1, statistic)),
        df=1.0,
        notes=people.notes,
    )


def _brought(arms: Arms) -> Values:
    """What each person adds to observed minus expected of the second group, (n,)."""
    people = arms.people
    weights = np.ones(people.n) if people.weights is None else people.weights
    days, place = np.unique(people.days, return_inverse=True)

    def summed(values: Values) -> Values:
        found = np.bincount(place, weights=values, minlength=len(days))
        return np.asarray(found, np.float64)

    def at_risk(values: Values) -> Values:
        return summed(values)[::-1].cumsum()[::-1]

    happened = (people.kind > 0).astype(np.float64)
    there = at_risk(weights)
    part = at_risk(weights * arms.group) / there
    pace = summed(weights * happened) / there
    until = np.cumsum(pace)[place], np.cumsum(pace * part)[place]
    apart = happened * (arms.group - part[place])
    return np.asarray(weights * (apart - arms.group * until[0] + until[1]), np.float64)


def against(arms: Arms) -> Against:
    """Observed and expected events of each group, added up over strata."""
    groups = len(arms.labels)
    observed, expected = np.zeros(groups), np.zeros(groups)
    spread = np.zeros((groups, groups))
    for stratum in range(int(arms.stratum.max()) + 1):
        there = arms.stratum == stratum
        people = arms.people.those(there)
        part = _within(people.days, people.kind, arms.group[there], groups)
        observed, expected = observed + part.observed, expected + part.expected
        spread = spread + part.spread
    return Against(observed, expected, spread)


def _within(days: Whole, kind: Whole, group: Whole, groups: int) -> Against:
    times, place = np.unique(days, return_inverse=True)
    shape = (groups, len(times))
    cells = group * len(times) + place
    seen = np.bincount(cells, minlength=groups * len(times)).reshape(shape)
    happened = np.bincount(
        cells, weights=kind > 0, minlength=groups * len(times)
    ).reshape(shape)
    at_risk = seen[:, ::-1].cumsum(axis=1)[:, ::-1].astype(np.float64)
    total, events = at_risk.sum(axis=0), happened.sum(axis=0)
    parts = at_risk / total
    # Of a single person left nothing can vary.
    each = events * (total - events) / np.maximum(total - 1, 1)
    spread = np.diag((parts * each).sum(axis=1)) - (parts * each) @ parts.T
    return Against(happened.sum(axis=1), (parts * events).sum(axis=1), spread)
