"""People of one coach resemble each other, also in how they change.

| outcome | from five coaches | below five |
|---|---|---|
| score, hours | by coach, then as if independent | the other way round |
| likert, ladder, binary | exact as if independent, then by coach | the same |

The first is the headline. By coach is the mean change with CR2 and Satterthwaite's
degrees of freedom (`mean_change_cr2`), and of ordered answers also the share up minus
the share down, which is the mean of signs (`net_share_up_cr2`); as a headline of six to
nine coaches it has the wild bootstrap beside it. Those degrees depend on the caseloads
alone, never on an answer. Few of them make the interval wide; that is the price of one
that holds the truth, so that no number of degrees brings back the narrow one (ADR 11).
Ranks and exact tests know no coaches, and say so (`clusters_ignored`). How alike people
of one coach are stands last of a mean; below ten coaches that is refused.

Below five coaches a figure is about these coaches and is not carried over to others
(`these_coaches_only`). Below six there is no p by coach.

Source: Pustejovsky and Tipton, Journal of Business and Economic Statistics 36, 2018.
"""

from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.attempts import Attempt, Attempted, joined
from trede.evaluation.change.outcomes import OutcomeType
from trede.evaluation.change.pairs import Pairs, complete_pairs
from trede.evaluation.change.sizes import sizes_of_mean_change
from trede.evaluation.comparison.ancova import ARM, design_of
from trede.evaluation.comparison.caseloads import (
    IGNORED,
    THESE_ONLY,
    Caseloads,
    caseloads,
)
from trede.evaluation.comparison.coaches import icc
from trede.evaluation.comparison.groups import Codes, Groups
from trede.evaluation.comparison.least_squares import least_squares
from trede.evaluation.comparison.robust_errors import clustered, cr2, in_arms
from trede.evaluation.comparison.telling import FEW_CLUSTERS, refuse_one_cluster
from trede.evaluation.comparison.wild_bootstrap import wild_mean
from trede.evaluation.estimate import Estimate, Values
from trede.evaluation.missing_people.weighted_change import robust_mean, told_mean
from trede.evaluation.precision.caseloads import USUAL_ICC, design_effect
from trede.evaluation.precision.planned import Loss

BY_COACH, NET_BY_COACH = "mean_change_cr2", "net_share_up_cr2"
# Outcomes of which the headline is a mean, of which errors by coach can be made.
OF_A_MEAN: tuple[OutcomeType, ...] = ("score", "hours")


def with_coaches(
    kind: OutcomeType,
    found: Attempted,
    before: Values,
    after: Values,
    cluster: NDArray[np.str_],
) -> Attempted:
    """The estimates of a change with those by coach, in the order of the table.

    Args:
        before, after: shape (people,); NaN is missing.
        cluster: shape (people,), as `caseloads`.
    """
    shared = caseloads(cluster[~(np.isnan(before) | np.isnan(after))])
    if shared is None:
        return found
    pairs = complete_pairs(before, after, what=BY_COACH)
    headline, *others = found.estimates
    notes = (IGNORED,) if shared.enough else (IGNORED, THESE_ONLY)
    independent = (replace(headline, notes=(*headline.notes, *notes)), *others)
    alike = partial(icc, pairs.change, shared.codes, n_missing=pairs.n_missing)
    if not shared.enough or kind not in OF_A_MEAN:
        behind = [partial(_by_coach, pairs, shared)]
        if kind == "likert":
            behind.insert(0, partial(_net_by_coach, pairs, shared))
        last = [alike] if kind in OF_A_MEAN else []
        return joined(replace(found, estimates=independent), [*behind, *last])
    beside: list[Attempt] = [lambda: independent, alike]
    if shared.count < FEW_CLUSTERS:
        wild = partial(wild_mean, pairs.change, shared.codes, n_missing=pairs.n_missing)
        beside.insert(0, wild)
    first = _leading(_by_coach(pairs, shared), headline, pairs)
    return joined(Attempted((first,), found.refused), beside)


def _by_coach(pairs: Pairs, shared: Caseloads) -> Estimate:
    mean = robust_mean(pairs.change, None, shared.codes)
    return told_mean(BY_COACH, mean, pairs.n, pairs.n_missing)


def _net_by_coach(pairs: Pairs, shared: Caseloads) -> Estimate:
    mean = robust_mean(np.sign(pairs.change), None, shared.codes)
    return told_mean(NET_BY_COACH, mean, pairs.n, pairs.n_missing)


def _leading(by_coach: Estimate, headline: Estimate, pairs: Pairs) -> Estimate:
    """As a headline: with the sizes and the cautions of the one it goes before."""
    error = (by_coach.se, by_coach.df) if by_coach.se and by_coach.df else None
    cautions = (note for note in headline.notes if not note.startswith("p_"))
    return replace(
        by_coach,
        sizes=sizes_of_mean_change(pairs, error) if headline.sizes else (),
        notes=tuple(dict.fromkeys((*by_coach.notes, *cautions))),
    )


def loss_by_coach(codes: Codes, icc: float = USUAL_ICC, response: float = 1) -> Loss:
    """What coaches take away from a mean of so many people, by their caseloads alone.

    Args:
        codes: shape (n,), as `Caseloads`, of two coaches or more.
    """
    strangers = least_squares(np.ones((len(codes), 1)), np.zeros(len(codes)))
    df = cr2(strangers, codes).df(np.ones(1))
    return replace(_loss(codes, df, icc), response=response)


def losses_by_coach(compared: Groups) -> tuple[Loss, Loss]:
    """The same for those who took part, and for the others, beside a comparison.

    Of pairs by lot only the degrees of freedom: what partners have in common is no loss
    to a difference between them.

    Args:
        compared: of whom some belong together.

    Raises:
        CannotEstimate: `cr2`, `one_cluster_in_arm`, as the analysis itself.
    """
    together = compared.together
    if together is None:
        raise ValueError("nobody belongs with anybody")
    refuse_one_cluster(compared.arm, together)
    design = design_of(compared)
    contrast = np.zeros(design.shape[1])
    contrast[ARM] = 1
    strangers = clustered(least_squares(design, np.zeros(compared.n)), together)
    others, treated = in_arms(strangers, compared.arm).degrees_of_arms(contrast)
    if compared.pair is not None:
        return Loss(df=treated), Loss(df=others)
    took_part = compared.arm == 1
    return (
        _loss(together[took_part], treated),
        _loss(together[~took_part], others),
    )


def _loss(codes: Codes, df: float | None, icc: float = USUAL_ICC) -> Loss:
    sizes = np.bincount(codes).astype(np.float64)
    return Loss(design_effect(sizes[sizes > 0], icc).value, df=df)
