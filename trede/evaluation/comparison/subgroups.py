"""Does it work as well for everybody? The effect by subgroup.

The question is whether effects *differ*: that is one test (of interaction), and only
after it come the effects one by one. An effect that is told apart from 0 in one
subgroup and not in the other does not differ because of that. Subgroups that are too
small to say anything, or to keep anybody hidden, are refused by name and size.

Sources: Wang and others, New England Journal of Medicine 357, 2007; Pustejovsky and
Tipton 2018 (joint test, see `robust_errors`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from trede.evaluation.comparison.ancova import mean_of, notes_on
from trede.evaluation.comparison.groups import (
    Codes,
    Groups,
    Labels,
    Who,
    Words,
    named,
    those,
)
from trede.evaluation.comparison.least_squares import Fit, least_squares
from trede.evaluation.comparison.robust_errors import Errors, clustered, joint_test
from trede.evaluation.comparison.telling import guarded, refuse_one_cluster, told
from trede.evaluation.estimate import CannotEstimate, Estimate, Values

SMALLEST = 10
FEWEST_IN_ARM = 2


@dataclass(frozen=True, slots=True)
class BySubgroup:
    """The test of interaction, the effect in each subgroup, and who is too few."""

    interaction: Estimate
    effects: Mapping[str, Estimate]
    refused: Mapping[str, CannotEstimate]


def by_subgroup(
    groups: Groups, subgroup: Labels, *, smallest: int = SMALLEST
) -> BySubgroup:
    """The adjusted difference by subgroup: afterwards ~ subgroup × arm + before.

    Args:
        subgroup: shape (people,), a label for everybody given to `two_groups`; "", None
            and NaN are no answer: left out, and counted in `n_missing`.
        smallest: people that a subgroup must have at least.

    Returns:
        `interaction_htz`: the F of the joint test as value; or, of two subgroups,
        `interaction`: the difference between their effects (second minus first, by
        alphabet) with its interval. Errors are CR2.

    Raises:
        ValueError: not as many labels as people.
        CannotEstimate: `interaction`, `few_subgroups` when fewer than two are large
            enough; `no_variation`; as `least_squares`, `cr2`.
    """
    if np.shape(subgroup) != (groups.n + groups.n_missing,):
        raise ValueError(f"not the same people: {np.shape(subgroup)} labels")
    words = named(np.asarray(subgroup)[groups.rows])
    kept, refused = large_enough(words, lambda who: _too_few(groups.arm[who], smallest))
    who, unknown = np.isin(words, kept), int((words == "").sum())
    part = replace(those(groups, who), n_missing=groups.n_missing + unknown)
    fit = _fitted(part, words[who], kept)
    slopes = np.eye(fit.slopes.shape[1])[len(kept) : 2 * len(kept)]
    return BySubgroup(
        *told_apart(
            "effect_in",
            fit,
            dict(zip(kept, slopes, strict=True)),
            part,
            words[who],
            cluster=_cluster(part),
            notes=notes_on(part),
        ),
        refused,
    )


def large_enough(
    words: Words, too_few: Callable[[Who], CannotEstimate | None]
) -> tuple[list[str], dict[str, CannotEstimate]]:
    """The subgroups that something can be said of, and who is refused."""
    kept: list[str] = []
    refused: dict[str, CannotEstimate] = {}
    for name in np.unique(words[words != ""]).tolist():
        refusal = too_few(words == name)
        if refusal is None:
            kept.append(name)
        else:
            refused[name] = refusal
    if len(kept) < 2:
        raise CannotEstimate(
            "interaction", why="few_subgroups", has=len(kept), needed=2
        )
    return kept, refused


def told_apart(
    method: str,
    fit: Fit,
    slopes: Mapping[str, Values],
    groups: Groups,
    words: Words,
    *,
    cluster: Codes,
    notes: tuple[str, ...],
) -> tuple[Estimate, dict[str, Estimate]]:
    """Whether subgroups differ, then each by itself.

    Args:
        method: by which the estimate of one subgroup goes.
        slopes: name -> which sum of coefficients is told of it, shape (coefficients,).
        words: of whose subgroup each row is, shape (people,).
    """
    if fit.exact:
        raise CannotEstimate("interaction", why="no_variation", has=0, needed=None)
    found = clustered(fit, cluster)
    errors = Errors("cr2", found.covariance(), found.satterthwaite)

    def one(name: str, slope: Values, part: Groups) -> Estimate:
        value = float(slope @ fit.coefficients)
        return told(name, value, slope, errors, part, notes=notes)

    effects = {
        name: one(method, slope, those(groups, words == name))
        for name, slope in slopes.items()
    }
    first, *others = slopes.values()
    apart = np.array([slope - first for slope in others])
    if len(apart) == 1:
        return one("interaction", apart[0], groups), effects
    test = joint_test(found, fit.coefficients, apart)
    joint = Estimate(
        "interaction_htz",
        test.f,
        groups.n,
        groups.n_missing,
        p=test.p,
        df=test.df,
        notes=notes,
    )
    return guarded(joint, groups), effects


def _fitted(groups: Groups, words: Words, kept: list[str]) -> Fit:
    """A mean and an effect for every subgroup, one slope for the start."""
    own = np.column_stack([words == name for name in kept]).astype(np.float64)
    columns = [own, own * groups.arm[:, None]]
    if groups.baseline_varies:
        start = groups.before - mean_of(groups.before, groups.weights)
        columns.append(start[:, None])
    return least_squares(np.hstack(columns), groups.after, groups.weights)


def _cluster(groups: Groups) -> Codes:
    if groups.together is None:
        return np.arange(groups.n, dtype=np.int64)
    refuse_one_cluster(groups.arm, groups.together)
    return groups.together


def _too_few(arm: Values, smallest: int) -> CannotEstimate | None:
    if len(arm) < smallest:
        return CannotEstimate(
            "subgroup", why="few_people", has=len(arm), needed=smallest
        )
    least = int(min(arm.sum(), len(arm) - arm.sum()))
    if least < FEWEST_IN_ARM:
        return CannotEstimate(
            "subgroup", why="few_in_arm", has=least, needed=FEWEST_IN_ARM
        )
    return None
