"""The smallest change that so many people could have shown.

A change that was not seen may be there: this says how large it would have had to be to
be seen four times out of five. It follows from the number of people alone; that it is
also told in points, with the spread that was found, makes it no power afterwards.

| outcome | told in |
|---|---|
| score, likert, ladder, hours | standard deviations of the changes, and points |
| binary | parts of 1, given how many people changed their answer at all |

Two groups are told likewise: means in standard deviations of the answers, with the
start taken into account, a yes in parts of 1 above the share of the others.

People of one coach are worth less, where the interval of the headline, or that behind
it, counts with coaches. How much they resemble each other is then supposed
(`precision.caseloads.USUAL_ICC`) and said: that of these people is an outcome, and with
few coaches unknown.
"""

from dataclasses import dataclass, replace
from functools import cache
from math import sqrt

import numpy as np

from trede.evaluation.comparison.caseloads import caseloads
from trede.evaluation.comparison.groups import Groups, two_groups
from trede.evaluation.estimate import LEVEL, CannotEstimate, Values
from trede.evaluation.precision.caseloads import USUAL_ICC
from trede.evaluation.precision.changes_in_share import smallest_change_in_share
from trede.evaluation.precision.mean_changes import smallest_mean_change
from trede.evaluation.precision.planned import NO_LOSS, POWER, Loss, Precision
from trede.evaluation.precision.two_groups import (
    Arms,
    smallest_difference_in_share,
    smallest_mean_difference,
)
from trede.evaluation.running.asking import (
    Group,
    Refused,
    arms,
    groups,
    of_everybody,
    refusal,
)
from trede.evaluation.running.coaches import loss_by_coach, losses_by_coach
from trede.evaluation.running.configuration import Configuration, Contrast, Outcome
from trede.evaluation.running.laying_out import People

ALPHA = round(1 - LEVEL, 9)
DEVIATIONS = "deviations_of_change"
SHARE = "share"
ANSWERS = "deviations_of_answers"
CLOSEST = 0.999


@dataclass(frozen=True, slots=True)
class Smallest:
    """`detectable` in `unit`; `in_points` the same in the units of the outcome.

    `moving` is the share that gave another answer, for binary outcomes. Beside a
    comparison `n` took part and `n_comparison` did not; `share_of_others` said yes
    there, or `correlation` is how answers go with the start. `design_effect` is that of
    the caseloads of who took part when a supposed `icc` of the differences lies between
    coaches; None where coaches do not count.
    """

    outcome: str
    contrast: str
    group: str
    n: int
    n_comparison: int | None
    detectable: float
    unit: str
    in_points: float | None
    moving: float | None
    power: float
    alpha: float
    method: str
    share_of_others: float | None = None
    correlation: float | None = None
    design_effect: float | None = None
    icc: float | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What could have been seen, and of which outcome that cannot be said."""

    figures: tuple[Smallest, ...]
    refused: tuple[Refused, ...]


def smallest_seen(people: People, configuration: Configuration) -> Seen:
    """Every outcome in every contrast, of everybody."""
    figures: list[Smallest] = []
    refused: list[Refused] = []
    (everybody,) = (g for g in groups(people, configuration.design) if not g.name)
    for contrast in of_everybody(configuration):
        for outcome in people.outcomes:
            if not people.measured_at(contrast, outcome.code):
                continue
            try:
                figures.append(_smallest(people, outcome, contrast, everybody))
            except CannotEstimate as no:
                refused.append(refusal(outcome.code, contrast.code, no))
    return Seen(tuple(figures), tuple(refused))


def _smallest(
    people: People, outcome: Outcome, contrast: Contrast, group: Group
) -> Smallest:
    before, after = (
        people.of(outcome.code, moment)[group.who]
        for moment in (contrast.before, contrast.after)
    )
    change = after - before
    both = ~np.isnan(change)
    labels = people.labels("cluster")[group.who] if people.has("cluster") else None
    if group.compared:
        pairs = people.labels("pair")[group.who] if people.has("pair") else None
        compared = two_groups(
            before,
            after,
            arms(people)[group.who],
            what="smallest_change",
            pair=pairs,
            cluster=labels if pairs is None else None,
        )
        return _between(outcome, contrast, compared)
    n, moving, loss = int(both.sum()), None, NO_LOSS
    shared = None if labels is None else caseloads(labels[both])
    if shared is not None and shared.enough:
        loss = loss_by_coach(shared.codes)
    if outcome.type == "binary":
        moving = float((change[both] != 0).mean()) if n else 0.0
        if not moving:
            raise CannotEstimate(
                "smallest_change", why="nothing_moves", has=0, needed=None
            )
        found = smallest_change_in_share(n, moving, loss=loss)
        points, unit = None, SHARE
    else:
        found = _of_mean(n, loss=loss)
        points, unit = found.value * float(change[both].std(ddof=1)), DEVIATIONS
    seen = _seen(outcome, contrast, n, found, unit, points)
    return _counting(replace(seen, moving=moving), loss)


def _between(outcome: Outcome, contrast: Contrast, compared: Groups) -> Smallest:
    others, treated = compared.sizes
    sizes, share, correlation, points = _arms(compared), None, None, None
    if outcome.type == "binary":
        share = float(compared.after[compared.arm == 0].mean())
        found, unit = smallest_difference_in_share(sizes, share), SHARE
    else:
        within = _within(compared)
        correlation, unit = within.correlation, ANSWERS
        found = smallest_mean_difference(sizes, correlation=correlation)
        points = found.value * within.deviation
    seen = replace(
        _seen(outcome, contrast, treated, found, unit, points),
        n_comparison=others,
        share_of_others=share,
        correlation=correlation,
    )
    return seen if compared.cluster is None else _counting(seen, sizes.loss)


def _seen(
    outcome: Outcome,
    contrast: Contrast,
    n: int,
    found: Precision,
    unit: str,
    points: float | None,
) -> Smallest:
    return Smallest(
        outcome=outcome.code,
        contrast=contrast.code,
        group="",
        n=n,
        n_comparison=None,
        detectable=found.value,
        unit=unit,
        in_points=points,
        moving=None,
        power=POWER,
        alpha=ALPHA,
        method=found.method,
    )


def _arms(compared: Groups) -> Arms:
    """With the degrees of freedom that the analysis will have."""
    others, treated = compared.sizes
    together = compared.together
    if together is None or int(together.max()) + 1 == compared.n:
        return Arms(treated, others)
    return Arms(treated, others, *losses_by_coach(compared))


def _counting(found: Smallest, loss: Loss) -> Smallest:
    """With what was supposed of coaches, where they count."""
    if loss.df is None:
        return found
    return replace(found, design_effect=loss.design_effect, icc=USUAL_ICC)


@dataclass(frozen=True, slots=True)
class _Spread:
    deviation: float
    correlation: float


def _within(compared: Groups) -> _Spread:
    """The deviation afterwards within a group, and how it goes with the start."""
    before = _from_own_mean(compared.before, compared.arm)
    after = _from_own_mean(compared.after, compared.arm)
    size = sqrt(float(before @ before) * float(after @ after))
    correlation = float(before @ after) / size if size else 0.0
    deviation = sqrt(float(after @ after) / (compared.n - 2))
    # A start that says everything would leave nothing to see a difference in.
    return _Spread(deviation, max(-CLOSEST, min(CLOSEST, correlation)))


def _from_own_mean(values: Values, arm: Values) -> Values:
    treated, others = (float(values[arm == side].mean()) for side in (1, 0))
    return values - np.where(arm == 1, treated, others)


# Forty outcomes of the same people share an answer that is found by halving.
_of_mean = cache(smallest_mean_change)
