"""Which estimates compare two groups on which kind of outcome, headline first.

The choice is made here once, before anybody has seen the data.

| kind | headline | beside it |
|---|---|---|
| score | ANCOVA, HC3 | adjusted means, Lin's form, change score |
| likert, ladder | proportional odds | nominal test, shares by category, ANCOVA, ranks |
| binary | standardised difference in shares | ratio, Fisher, straight line |
| hours | standardised difference in hours | two parts, ANCOVA |

When people belong together (pairs, coaches) or have weights, all errors are CR2, and
what supposes independent people who count once is not given. Of pairs by lot the
headline of an ordered outcome is the ANCOVA on its codes, as of every outcome; the odds
stand beside it. With pairs the difference in change and the lots come beside every
kind; with coaches their resemblance and, for six to twelve, the wild bootstrap.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.random import Generator

from trede.evaluation.attempts import Attempt, Attempted, together
from trede.evaluation.change.hours import Cap, usable_hours
from trede.evaluation.change.outcomes import OutcomeType
from trede.evaluation.comparison.ancova import (
    adjusted_means,
    ancova,
    change_score,
    lin,
    pooled_deviation,
)
from trede.evaluation.comparison.coaches import resemblance
from trede.evaluation.comparison.exact_tables import freeman_halton
from trede.evaluation.comparison.groups import Groups, Labels, two_groups
from trede.evaluation.comparison.proportional_odds import (
    fit_odds,
    nominal,
    proportional_odds,
    robust_nominal,
    robust_odds,
    share_differences,
)
from trede.evaluation.comparison.rank_sums import mann_whitney
from trede.evaluation.comparison.shares import (
    plain_difference,
    risk_difference,
    risk_ratio,
)
from trede.evaluation.comparison.waiting_list import (
    difference_in_change,
    randomisation_test,
)
from trede.evaluation.comparison.weekly_hours import (
    hours_difference,
    hours_of_those_with_any,
    hours_ratio,
    share_with_any,
)
from trede.evaluation.comparison.weighting import (
    e_value_of,
    e_value_of_difference,
    e_value_of_odds,
)
from trede.evaluation.comparison.wild_bootstrap import (
    MOST_CLUSTERS,
    wild_bootstrap,
)
from trede.evaluation.estimate import CannotEstimate, Estimate, Size, Values


def compare(
    type: OutcomeType,
    before: Values,
    after: Values,
    arm: Values,
    *,
    pair: Labels | None = None,
    cluster: Labels | None = None,
    weights: Values | None = None,
    rng: Generator,
    cap: Cap | None = None,
) -> tuple[Estimate, ...]:
    """Every estimate of the difference between two groups, headline first.

    Args:
        type: the kind of outcome.
        before, after: shape (people,) in the units of the outcome; NaN is missing. Who
            misses one of the two, or the arm, is counted in every `n_missing`.
        arm: shape (people,), 1 took part (or first), 0 did not (or waits).
        pair, cluster: shape (people,), who belongs with whom; NaN, None or "" is
            nobody. With pairs the errors are by pair, and by cluster beside it.
        weights: shape (people,), such as those of `weighting.weigh`.
        rng: for what is drawn when it cannot be counted out.
        cap: for hours only, the rule for improbable answers.

    Raises:
        CannotEstimate: when the headline cannot be given: `few_in_arm`, `few_pairs`,
            `pair_not_one_of_each`, `not_two_arms`, `one_cluster_in_arm`, values that
            are not of this kind (`not_binary`, `not_whole`, `more_than_a_week`,
            `negative`), or an unknown type.
    """
    return comparisons(
        type,
        before,
        after,
        arm,
        pair=pair,
        cluster=cluster,
        weights=weights,
        rng=rng,
        cap=cap,
    ).estimates


def comparisons(
    type: OutcomeType,
    before: Values,
    after: Values,
    arm: Values,
    *,
    pair: Labels | None = None,
    cluster: Labels | None = None,
    weights: Values | None = None,
    rng: Generator,
    cap: Cap | None = None,
) -> Attempted:
    """The same, with what was refused beside the headline and why."""
    if type not in _KINDS:
        raise CannotEstimate("compare", why="unknown_type", has=None, needed=None)
    capped = type == "hours" and _reaches(cap, before, after)
    if type == "hours":
        before, after = usable_hours(before, cap), usable_hours(after, cap)
    groups = two_groups(
        before,
        after,
        arm,
        what=f"compare_{type}",
        pair=pair,
        cluster=cluster,
        weights=weights,
    )
    headline, beside = _KINDS[type](groups, rng)
    found = together(_with_e_value(headline, groups), (*beside, *_design(groups, rng)))
    return _noted(found, cap) if cap is not None and capped else found


_Plan = tuple[Estimate, tuple[Attempt, ...]]


def _score(groups: Groups, rng: Generator) -> _Plan:
    return ancova(groups), _straight(groups)


def _ordered(groups: Groups, rng: Generator) -> _Plan:
    _refuse_fractions(groups)
    straight: tuple[Attempt, ...] = (partial(ancova, groups), *_straight(groups))
    ranks: tuple[Attempt, ...] = ()
    if groups.together is None and groups.weights is None:
        ranks = (partial(mann_whitney, groups), partial(freeman_halton, groups, rng))
    if not groups.varies:
        return ancova(groups), (*straight[1:], *ranks)
    try:
        model = fit_odds(groups)
    except CannotEstimate as refusal:
        if refusal.why != "separated":
            raise
        return _without_odds(groups, ranks, straight)
    odds = partial(proportional_odds if ranks else robust_odds, model)
    same = nominal if ranks else robust_nominal
    parts = (partial(same, model), partial(share_differences, model))
    if groups.pair is not None:
        return ancova(groups), (odds, *parts, *straight[1:])
    return odds(), (*parts, *straight, *ranks)


def _without_odds(
    groups: Groups, ranks: tuple[Attempt, ...], straight: tuple[Attempt, ...]
) -> _Plan:
    """The arms answer so far apart that their odds have no ratio."""
    found = mann_whitney(groups) if ranks else ancova(groups)
    noted = replace(found, notes=(*found.notes, "separated"))
    return noted, (*straight, *ranks[1:]) if ranks else straight[1:]


def _binary(groups: Groups, rng: Generator) -> _Plan:
    return risk_difference(groups), (
        partial(risk_ratio, groups),
        partial(plain_difference, groups),
        partial(_line, groups),
    )


def _hours(groups: Groups, rng: Generator) -> _Plan:
    return hours_difference(groups), (
        partial(hours_ratio, groups),
        partial(share_with_any, groups),
        partial(hours_of_those_with_any, groups),
        partial(ancova, groups),
    )


_KINDS: dict[str, Callable[[Groups, Generator], _Plan]] = {
    "score": _score,
    "likert": _ordered,
    "ladder": _ordered,
    "binary": _binary,
    "hours": _hours,
}


def _straight(groups: Groups) -> tuple[Attempt, ...]:
    """What stands beside every analysis of covariance."""
    found: list[Attempt] = [partial(adjusted_means, groups)]
    if groups.sizes[0] != groups.sizes[1]:
        found.append(partial(lin, groups))
    return (*found, partial(change_score, groups))


def _line(groups: Groups) -> Estimate:
    """The straight line through shares, without sizes that are made for scores."""
    return replace(ancova(groups), sizes=())


def _design(groups: Groups, rng: Generator) -> Iterator[Attempt]:
    """What pairs and coaches bring along, whatever the outcome."""
    if groups.pair is not None:
        yield partial(difference_in_change, groups)
        yield partial(randomisation_test, groups, rng)
    if groups.cluster is None:
        return
    coaches = replace(groups, pair=None)
    if groups.pair is not None:
        yield lambda: replace(ancova(coaches), method="ancova_cr2_by_cluster")
    if int(groups.cluster.max()) < MOST_CLUSTERS:
        yield partial(wild_bootstrap, coaches)
    yield partial(resemblance, groups)


def _with_e_value(headline: Estimate, groups: Groups) -> Estimate:
    """With how strong something unknown must be, when groups were made alike."""
    if groups.weights is None or headline.p is None:
        return headline
    binary = bool(np.isin(groups.after, (0, 1)).all())
    if not binary:
        size = _e_value_of_mean(headline, groups)
        return replace(headline, sizes=(*headline.sizes, size))
    try:
        (ratio,) = risk_ratio(groups).sizes
    except CannotEstimate:
        return headline
    size = e_value_of(ratio.value, ratio.interval)
    return replace(headline, sizes=(*headline.sizes, size))


def _e_value_of_mean(headline: Estimate, groups: Groups) -> Size:
    """Of a difference in the outcome's own units, or of an odds ratio."""
    if headline.method.startswith("proportional_odds"):
        return e_value_of_odds(headline)
    return e_value_of_difference(headline, pooled_deviation(groups))


def _reaches(cap: Cap | None, before: Values, after: Values) -> bool:
    """Whether the rule for improbable hours touches anybody."""
    return cap is not None and bool((np.append(before, after) >= cap.at).any())


def _noted(found: Attempted, cap: Cap) -> Attempted:
    note = "left_out" if cap.rule == "leave_out" else "lowered"
    noted = (replace(one, notes=(*one.notes, note)) for one in found.estimates)
    return replace(found, estimates=tuple(noted))


def _refuse_fractions(groups: Groups) -> None:
    for values in (groups.before, groups.after):
        broken = values[values != np.rint(values)]
        if len(broken):
            has = float(broken[0])
            raise CannotEstimate("compare", why="not_whole", has=has, needed=None)
