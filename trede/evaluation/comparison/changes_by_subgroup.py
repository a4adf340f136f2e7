"""Did some change more than others? The mean change by subgroup, without a comparison.

One question comes first: do the changes *differ*? (test of interaction). Only after it
come the changes one by one: a change that is told apart from 0 in one subgroup and not
in the other does not differ because of that. Subgroups that are too small are refused
by name and size.

Who starts low tends to rise without any help, and subgroups start in different places:
a difference in change says nothing of for whom it helps (note `not_an_effect`).

Errors let every subgroup have its own spread: HC2 with the degrees of freedom of Bell
and McCaffrey for two subgroups, HTZ for more. The interval of one subgroup is the usual
t interval of its people. With coaches (cluster) all are CR2 by coach, and a subgroup of
one coach is refused: of how coaches differ it says nothing.

Sources: Imbens and Kolesár, Review of Economics and Statistics 98, 2016; Pustejovsky
and Tipton, Journal of Business and Economic Statistics 36, 2018 (HTZ); Wang and others,
New England Journal of Medicine 357, 2007.
"""

import numpy as np

from trede.evaluation.change.pairs import complete_pairs
from trede.evaluation.comparison.groups import (
    Codes,
    Groups,
    Labels,
    Who,
    Words,
    coded,
    named,
    those,
)
from trede.evaluation.comparison.least_squares import least_squares
from trede.evaluation.comparison.robust_errors import Errors, clustered, joint_test
from trede.evaluation.comparison.subgroups import SMALLEST, BySubgroup
from trede.evaluation.comparison.telling import guarded, told
from trede.evaluation.estimate import CannotEstimate, Estimate, Values

NOTES, BY_COACH = ("not_an_effect",), ("errors_by_coach",)


def changes_by_subgroup(
    before: Values,
    after: Values,
    subgroup: Labels,
    *,
    smallest: int = SMALLEST,
    cluster: Labels | None = None,
) -> BySubgroup:
    """The mean change in every subgroup, and whether these differ.

    Args:
        before, after: shape (people,), NaN is missing.
        subgroup: shape (people,), labels; "", None and NaN are no answer: left out, and
            counted in `n_missing`.
        smallest: people with both answers that a subgroup must have at least.
        cluster: shape (people,), labels; who has none belongs with nobody.

    Returns:
        `interaction_htz`: the F of the joint test as value; or, of two subgroups,
        `interaction`: the difference between their changes (second minus first, by
        alphabet) with its interval.

    Raises:
        ValueError: the arrays differ in length.
        CannotEstimate: `interaction`, `few_subgroups` when fewer than two are large
            enough; `no_variation` when within them everybody changed as much;
            `changes_by_subgroup`, `few_pairs`.
    """
    if np.shape(subgroup) != np.shape(before):
        raise ValueError(f"not the same people: {np.shape(subgroup)} labels")
    pairs = complete_pairs(before, after, what="changes_by_subgroup")
    both = ~(np.isnan(np.asarray(before)) | np.isnan(np.asarray(after)))
    words = named(np.asarray(subgroup)[both])
    coaches = None if cluster is None else coded(np.asarray(cluster)[both])
    names = [str(name) for name in np.unique(words[words != ""])]
    refused = {
        name: no
        for name in names
        if (no := _too_small(words == name, coaches, smallest)) is not None
    }
    kept = [name for name in names if name not in refused]
    if len(kept) < 2:
        raise CannotEstimate(
            "interaction", why="few_subgroups", has=len(kept), needed=2
        )
    who = np.isin(words, kept)
    rows = np.flatnonzero(both).astype(np.int64)[who]
    people = Groups(
        arm=np.zeros(len(rows)),
        before=pairs.before[who],
        after=pairs.after[who],
        rows=rows,
        n_missing=pairs.n_missing + int((words == "").sum()),
        cluster=None if coaches is None else coded(coaches[who]),
    )
    return _told(people, pairs.change[who], words[who], kept, refused)


def _too_small(who: Who, coaches: Codes | None, smallest: int) -> CannotEstimate | None:
    if (n := int(who.sum())) < smallest:
        return CannotEstimate("subgroup", why="few_people", has=n, needed=smallest)
    if coaches is not None and len(np.unique(coaches[who])) < 2:
        return CannotEstimate("subgroup", why="few_clusters", has=1, needed=2)
    return None


def _told(
    people: Groups,
    change: Values,
    words: Words,
    kept: list[str],
    refused: dict[str, CannotEstimate],
) -> BySubgroup:
    design = np.column_stack([words == name for name in kept]).astype(np.float64)
    fit = least_squares(design, change)
    if fit.exact:
        raise CannotEstimate("interaction", why="no_variation", has=0, needed=None)
    alone = np.arange(fit.n)
    found = clustered(fit, alone if people.cluster is None else people.cluster)
    errors = Errors("cr2", found.covariance(), found.satterthwaite)
    units = np.eye(len(kept))
    notes = NOTES if people.cluster is None else (*NOTES, *BY_COACH)
    effects = {
        name: told(
            "change_in",
            float(fit.coefficients[place]),
            units[place],
            errors,
            those(people, words == name),
            notes=notes,
        )
        for place, name in enumerate(kept)
    }
    apart = units[1:] - units[0]
    if len(kept) == 2:
        value = float(apart[0] @ fit.coefficients)
        one = told("interaction", value, apart[0], errors, people, notes=notes)
        return BySubgroup(one, effects, refused)
    test = joint_test(found, fit.coefficients, apart)
    joint = Estimate(
        "interaction_htz",
        test.f,
        people.n,
        people.n_missing,
        p=test.p,
        df=test.df,
        notes=notes,
    )
    return BySubgroup(guarded(joint, people), effects, refused)
