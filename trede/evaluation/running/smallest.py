"""The smallest change that so many people could have shown.

A change that was not seen may be there: this says how large it would have had to be to
be seen four times out of five. It follows from the number of people alone; that it is
also told in points, with the spread that was found, makes it no power afterwards.

| outcome | told in |
|---|---|
| score, likert, ladder, hours | standard deviations of the changes, and points |
| binary | parts of 1, given how many people changed their answer at all |
"""

from dataclasses import dataclass
from functools import cache
from math import sqrt

import numpy as np

from trede.evaluation.estimate import LEVEL, CannotEstimate, Values
from trede.evaluation.missing_people.balance import detectable
from trede.evaluation.precision.changes_in_share import smallest_change_in_share
from trede.evaluation.precision.mean_changes import smallest_mean_change
from trede.evaluation.precision.planned import FEWEST, POWER
from trede.evaluation.running.asking import Group, Refused, arms, groups, refusal
from trede.evaluation.running.configuration import Configuration, Contrast, Outcome
from trede.evaluation.running.laying_out import People

ALPHA = 1 - LEVEL
DEVIATIONS = "deviations_of_change"
SHARE = "share"
# The spread of answers in one group; an adjusted comparison sees a little more.
ANSWERS = "deviations_of_answers"


@dataclass(frozen=True, slots=True)
class Smallest:
    """`detectable` in `unit`; `in_points` the same in the units of the outcome.

    `moving` is the share that gave another answer, for binary outcomes. `n_comparison`
    is there beside a comparison; `n` is then who took part.
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
    for contrast in configuration.contrasts:
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
    if group.compared:
        return _between(outcome, contrast, after[both], arms(people)[group.who][both])
    n, moving = int(both.sum()), None
    if outcome.type == "binary":
        moving = float((change[both] != 0).mean()) if n else 0.0
        if not moving:
            raise CannotEstimate(
                "smallest_change", why="nothing_moves", has=0, needed=None
            )
        found = smallest_change_in_share(n, moving)
        points, unit = None, SHARE
    else:
        found = _of_mean(n)
        points, unit = found.value * float(change[both].std(ddof=1)), DEVIATIONS
    return Smallest(
        outcome=outcome.code,
        contrast=contrast.code,
        group=group.name,
        n=n,
        n_comparison=None,
        detectable=found.value,
        unit=unit,
        in_points=points,
        moving=moving,
        power=POWER,
        alpha=ALPHA,
        method=found.method,
    )


def _between(
    outcome: Outcome, contrast: Contrast, after: Values, arm: Values
) -> Smallest:
    treated, others = after[arm == 1], after[arm == 0]
    least = min(len(treated), len(others))
    if least < FEWEST:
        raise CannotEstimate(
            "smallest_change", why="few_in_arm", has=least, needed=FEWEST
        )
    apart = detectable(len(treated), len(others))
    df = len(after) - 2
    pooled = sqrt(
        sum(float(((one - one.mean()) ** 2).sum()) for one in (treated, others)) / df
    )
    return Smallest(
        outcome=outcome.code,
        contrast=contrast.code,
        group="",
        n=len(treated),
        n_comparison=len(others),
        detectable=apart,
        unit=ANSWERS,
        in_points=apart * pooled,
        moving=None,
        power=POWER,
        alpha=ALPHA,
        method="difference_of_means_normal",
    )


# Forty outcomes of the same people share an answer that is found by halving.
_of_mean = cache(smallest_mean_change)
