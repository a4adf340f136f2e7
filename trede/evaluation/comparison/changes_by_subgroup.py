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
    coded,
    named,
)
from trede.evaluation.comparison.least_squares import least_squares
from trede.evaluation.comparison.subgroups import (
    SMALLEST,
    BySubgroup,
    large_enough,
    told_apart,
)
from trede.evaluation.estimate import CannotEstimate, Values

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
    kept, refused = large_enough(words, lambda who: _too_small(who, coaches, smallest))
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
    design = np.column_stack([words[who] == name for name in kept])
    fit = least_squares(design.astype(np.float64), pairs.change[who])
    return BySubgroup(
        *told_apart(
            "change_in",
            fit,
            dict(zip(kept, np.eye(len(kept)), strict=True)),
            people,
            words[who],
            cluster=np.arange(fit.n) if people.cluster is None else people.cluster,
            notes=NOTES if people.cluster is None else (*NOTES, *BY_COACH),
        ),
        refused,
    )


def _too_small(who: Who, coaches: Codes | None, smallest: int) -> CannotEstimate | None:
    if (n := int(who.sum())) < smallest:
        return CannotEstimate("subgroup", why="few_people", has=n, needed=smallest)
    if coaches is not None and len(np.unique(coaches[who])) < 2:
        return CannotEstimate("subgroup", why="few_clusters", has=1, needed=2)
    return None
