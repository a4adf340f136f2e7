"""Answers in order (Likert, treads) in two groups: proportional odds.

How many times larger, for who took part, are the odds of answering above any category
rather than at or below it? One ratio for all categories, with the start as a category
of its own: afterwards ~ arm + factor(before). Its logarithm is the value: above 0 when
who took part answers higher. Interval and p come from the profile of the likelihood; of
people who belong together or have weights, from CR2 on their scores (`score_errors`).

That the ratio is the same at every category is an assumption; `nominal` tests it (as
Brant did, but by the likelihood ratio). What it means in shares is in
`share_differences`: for every category the standardised difference between the arms.

When levels of the start are so rare that answers separate, the rarest level is joined
with the neighbour that has fewest people, until it works (note `levels_joined`).

Sources: McCullagh 1980 (see `cumulative_odds`); Brant, Biometrics 46, 1990; Agresti,
"Analysis of ordinal categorical data", 2010; Lumley, "Complex surveys", 2010 (weights).
"""

from dataclasses import dataclass, replace
from math import inf, sqrt

import numpy as np
from scipy.special import chdtrc

from trede.evaluation.comparison.cumulative_odds import (
    Codes,
    Ordered,
    Top,
    maximised,
    pulls,
    shares_of,
)
from trede.evaluation.comparison.groups import Groups
from trede.evaluation.comparison.robust_errors import (
    Errors,
    joint_test,
    model_errors,
)
from trede.evaluation.comparison.roots import where_it_falls
from trede.evaluation.comparison.score_errors import cr2_of_scores, scored
from trede.evaluation.comparison.shares import ratio_size, refuse_dependent
from trede.evaluation.comparison.telling import refuse_one_cluster, told
from trede.evaluation.estimate import (
    CannotEstimate,
    Estimate,
    Interval,
    Values,
)
from trede.evaluation.proportions import Z95

# As far as the likelihood is followed for a limit, in log odds.
FARTHEST = 60.0


@dataclass(frozen=True, slots=True)
class OddsModel:
    """The model fitted: arm in column 0, then the levels of the start."""

    groups: Groups
    data: Ordered
    top: Top
    categories: Values
    notes: tuple[str, ...]

    @property
    def arm(self) -> int:
        """Where the coefficient of the arm stands among the parameters."""
        return self.data.thresholds

    @property
    def parameters(self) -> int:
        return len(self.top.parameters)


def fit_odds(groups: Groups) -> OddsModel:
    """Fit afterwards ~ arm + factor(before).

    Raises:
        CannotEstimate: `proportional_odds`, `no_variation`; or `cumulative_odds`,
            `separated` when the arms themselves are apart.
    """
    if not groups.varies:
        raise CannotEstimate("proportional_odds", why="no_variation", has=1, needed=2)
    categories, place = np.unique(groups.after, return_inverse=True)
    levels = np.unique(groups.before, return_inverse=True)[1].astype(np.int64)
    ones = np.ones(groups.n)
    weights = ones if groups.weights is None else groups.weights / groups.weights.mean()
    notes: tuple[str, ...] = () if groups.baseline_varies else ("baseline_constant",)
    while True:
        columns = np.column_stack((groups.arm, _indicators(levels)))
        data = Ordered(
            place.astype(np.int64),
            columns,
            np.zeros((groups.n, 0)),
            np.zeros(groups.n),
            weights,
        )
        try:
            top = maximised(data)
        except CannotEstimate:
            if not levels.any():
                raise
            levels, notes = _joined(levels), ("levels_joined",)
        else:
            return OddsModel(groups, data, top, categories, notes)


def proportional_odds(model: OddsModel) -> Estimate:
    """The logarithm of the common odds ratio.

    Returns:
        `proportional_odds`: interval `profile_likelihood` (a limit is infinite when the
        likelihood never rules it out), p of the likelihood ratio, `se` by the
        information. Size `odds_ratio`. Notes `levels_joined`, `baseline_constant`.

    Raises:
        CannotEstimate: `proportional_odds`, `dependent`, `weights`.
    """
    refuse_dependent(model.groups, "proportional_odds")
    value = float(model.top.parameters[model.arm])
    without = _held(model, 0.0)
    limits = _profile(model, value)
    return Estimate(
        "proportional_odds",
        value,
        model.groups.n,
        model.groups.n_missing,
        interval=limits,
        p=float(chdtrc(1, max(0.0, 2 * (model.top.likelihood - without)))),
        se=sqrt(float(model.top.covariance[model.arm, model.arm])),
        sizes=(ratio_size("odds_ratio", value, limits),),
        notes=model.notes,
    )


def robust_odds(model: OddsModel) -> Estimate:
    """The same for people who belong together or have weights.

    Returns:
        `proportional_odds_cr2` by pair or cluster, `proportional_odds_weighted` of
        single people: Satterthwaite's t on the scale of the logarithm. Without p below
        six clusters.

    Raises:
        CannotEstimate: `cr2`, `one_cluster_in_arm`.
    """
    value, own = float(model.top.parameters[model.arm]), np.zeros(model.parameters)
    own[model.arm] = 1
    errors = _errors(model)
    way = "weighted" if model.groups.together is None else "cr2"
    method, groups = f"proportional_odds_{way}", model.groups
    found = told(method, value, own, errors, groups, notes=model.notes)
    return replace(found, sizes=(ratio_size("odds_ratio", value, found.interval),))


def nominal(model: OddsModel) -> Estimate:
    """Is the odds ratio the same at every category? Likelihood ratio, chi-square.

    Returns:
        `nominal_test`: the value is that chi-square, df one less than the thresholds.

    Raises:
        CannotEstimate: `nominal_test`, `two_categories` (then there is one ratio
            anyhow); `dependent`, `weights`.
    """
    refuse_dependent(model.groups, "nominal_test")
    data = model.data
    apart = maximised(_a_ratio_each(data), bounded=False)
    statistic = max(0.0, 2 * (apart.likelihood - model.top.likelihood))
    df = data.thresholds - 1
    return Estimate(
        "nominal_test",
        statistic,
        model.groups.n,
        model.groups.n_missing,
        p=float(chdtrc(df, statistic)),
        df=float(df),
        notes=model.notes,
    )


def robust_nominal(model: OddsModel) -> Estimate:
    """The same of people who belong together or have weights: HTZ on the ratios of the
    thresholds.

    Returns:
        `nominal_test_htz`: the value is F, df those of its denominator.

    Raises:
        CannotEstimate: `nominal_test`, `two_categories`; `separated` when an arm never
            gives one of the answers; `cr2`, `one_cluster_in_arm`; as `joint_test`.
    """
    groups, data = model.groups, _a_ratio_each(model.data)
    for side in (0, 1):
        seen = len(np.unique(data.place[groups.arm == side]))
        if seen <= data.thresholds:
            needed = data.thresholds + 1
            raise CannotEstimate(
                "nominal_test", why="separated", has=seen, needed=needed
            )
    top, first = maximised(data), data.thresholds
    contrasts = np.zeros((first - 1, len(top.parameters)))
    contrasts[:, first] = -1
    contrasts[np.arange(first - 1), first + 1 + np.arange(first - 1)] = 1
    found = scored(pulls(data, top.parameters), top.covariance, _belonging(groups))
    test = joint_test(found, top.parameters, contrasts)
    return Estimate(
        "nominal_test_htz",
        test.f,
        groups.n,
        groups.n_missing,
        p=test.p,
        df=test.df,
        notes=model.notes,
    )


def _a_ratio_each(data: Ordered) -> Ordered:
    """With an odds ratio of the arm at every threshold."""
    if data.thresholds < 2:
        raise CannotEstimate("nominal_test", why="two_categories", has=2, needed=3)
    return replace(data, columns=data.columns[:, 1:], nominal=data.columns[:, :1])


def share_differences(model: OddsModel) -> tuple[Estimate, ...]:
    """Per category the standardised difference between the shares of the arms.

    Returns:
        `share_difference_<category>`, -1 to 1, delta method, without p: they are one
        finding, told category by category, and add up to 0. Errors CR2 for people who
        belong together or have weights.

    Raises:
        CannotEstimate: `cr2`, `one_cluster_in_arm`.
    """
    errors, data = _errors(model), model.data
    found = []
    for place, category in enumerate(model.categories.tolist()):
        values, slopes = [], []
        for arm in (1.0, 0.0):
            columns = data.columns.copy()
            columns[:, 0] = arm
            there = replace(data, columns=columns)
            chance, slope = shares_of(there, model.top.parameters, place)
            values.append(float(np.average(chance, weights=data.weights)))
            slopes.append(np.average(slope, axis=0, weights=data.weights))
        name = f"share_difference_{category:g}"
        difference, slope = values[0] - values[1], slopes[0] - slopes[1]
        one = told(name, difference, slope, errors, model.groups, notes=model.notes)
        found.append(replace(one, p=None))
    return tuple(found)


def _errors(model: OddsModel) -> Errors:
    """By the likelihood, or robust where that does not tell how sure one may be."""
    groups, top = model.groups, model.top
    if groups.together is None and groups.weights is None:
        return model_errors(top.covariance)
    pull = pulls(model.data, top.parameters)
    return cr2_of_scores(pull, top.covariance, _belonging(groups))


def _belonging(groups: Groups) -> Codes:
    """Who belong together, or everybody alone."""
    if groups.together is None:
        return np.arange(groups.n)
    refuse_one_cluster(groups.arm, groups.together)
    return groups.together


def _profile(model: OddsModel, value: float) -> Interval:
    limits, usual = [], Z95 * sqrt(float(model.top.covariance[model.arm, model.arm]))
    for side in (-1, 1):

        def kept(away: float, side: int = side) -> float:
            # The root of the drop is nearly straight: it is followed in few steps.
            lost = model.top.likelihood - _held(model, value + side * away)
            return Z95 - sqrt(max(0.0, 2 * lost))

        away = where_it_falls(kept, FARTHEST, usual)
        limits.append(side * inf if away is None else value + side * away)
    return Interval(limits[0], limits[1], "profile_likelihood")


def _held(model: OddsModel, at: float) -> float:
    """The largest likelihood when the arm has this coefficient."""
    data = model.data
    start = np.delete(model.top.parameters, model.arm)
    held = replace(data, columns=data.columns[:, 1:], offset=at * data.columns[:, 0])
    return maximised(held, start, bounded=False).likelihood


def _indicators(levels: Codes) -> Values:
    """A column for every level but the first."""
    return np.asarray(levels[:, None] == np.arange(1, levels.max() + 1), np.float64)


def _joined(levels: Codes) -> Codes:
    """With the rarest level joined to its rarest neighbour."""
    counts = np.bincount(levels)
    rarest = int(counts.argmin())
    beside = [one for one in (rarest - 1, rarest + 1) if 0 <= one < len(counts)]
    other = min(beside, key=lambda one: counts[one])
    return np.asarray(np.where(levels >= max(rarest, other), levels - 1, levels))
