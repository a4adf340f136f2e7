"""The same answers counted another way, as a check that stands beside the headline.

| type | counted as | method begins with |
|---|---|---|
| likert | yes from the answer that is called agreement, no below it | share_from_4_ |

Only of a primary outcome, or where the configuration names the key (`agrees_from`): of
forty outcomes nobody reads a second way of counting. A check is estimated like any
outcome of its kind, in the same groups, with the same coaches, pairs and weights; of
all that this gives one figure is told. Of a yes or no that is McNemar's exact test,
the careful one: the headline was chosen beforehand and is another.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from trede.evaluation.attempts import Attempt, Attempted
from trede.evaluation.change.outcomes import OutcomeType
from trede.evaluation.estimate import CannotEstimate, Estimate, Values
from trede.evaluation.running.configuration import Contrast, Outcome
from trede.evaluation.running.laying_out import People

SHARE_FROM = "share_from_"
EXACT = "mcnemar_exact"
# From a kind, and the answers of everybody before and after, what a group gives.
Estimated = Callable[[OutcomeType, Values, Values], Attempted]


def otherwise(
    people: People, outcome: Outcome, contrast: Contrast, estimated: Estimated
) -> Iterator[Attempt]:
    """Every other way of counting that an outcome has."""
    if outcome.type == "likert" and (outcome.primary or outcome.agrees_from):
        yield partial(_in_agreement, people, outcome, contrast, estimated)


def _in_agreement(
    people: People, outcome: Outcome, contrast: Contrast, estimated: Estimated
) -> Estimate:
    yes_from = outcome.yes_from
    if yes_from is None:
        raise CannotEstimate("share_from", why="no_scale", needed=None)
    before, after = (
        as_yes_or_no(people.of(outcome.code, moment), yes_from)
        for moment in (contrast.before, contrast.after)
    )
    found = estimated("binary", before, after).estimates
    exact = (one for one in found if one.method == EXACT)
    told = next(exact, found[0])
    return replace(told, method=f"{SHARE_FROM}{yes_from:g}_{told.method}")


def as_yes_or_no(answers: Values, yes_from: float) -> Values:
    """1 from this answer on, 0 below it; NaN stays missing."""
    return np.where(np.isnan(answers), np.nan, answers >= yes_from)
