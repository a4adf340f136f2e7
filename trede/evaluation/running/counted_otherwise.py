"""The same answers counted another way, as a check that stands beside the headline.

| type | counted as | method begins with |
|---|---|---|
| likert | yes from the answer that is called agreement, no below it | share_from_4_ |
| likert | the same, and no for who did not know | share_from_4_with_unknown_ |
| binary | no for who did not know or would not say | with_unknown_ |
| hours | without answers of the cap and more | left_out_from_90_ |
| hours | answers above the cap as the cap (winsorised) | lowered_to_90_ |

Who did not know or would not say is missing in every estimate, and a category of its
own in the tables. The last two count along with it: the share of yes among everybody
who was asked, as the tables have it. A score has no place for such an answer; what it
would be then is for the suppositions about who is missing (`sensitivity`).

Only of a primary outcome, or where the configuration names the key (`agrees_from`, or
the `cap` of hours): of forty outcomes nobody reads a second way of counting. A check
is estimated like any outcome of its kind, in the same groups, with the same coaches,
pairs and weights; of all that this gives one figure is told. Of a yes or no that is
McNemar's exact test, the careful one: the headline was chosen beforehand and is
another.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from trede.evaluation.attempts import Attempt, Attempted
from trede.evaluation.change.hours import Cap, usable_hours
from trede.evaluation.change.outcomes import OutcomeType
from trede.evaluation.estimate import CannotEstimate, Estimate, Values
from trede.evaluation.running.configuration import Contrast, Outcome
from trede.evaluation.running.laying_out import People

SHARE_FROM, WITH_UNKNOWN = "share_from_", "with_unknown_"
UNKNOWN = ("dont_know", "refused")
LEFT_OUT, LOWERED = "left_out_from_", "lowered_to_"
EXACT = "mcnemar_exact"
# From a kind, and the answers of everybody before and after, what a group gives.
Estimated = Callable[[OutcomeType, Values, Values], Attempted]


def otherwise(
    people: People, outcome: Outcome, contrast: Contrast, estimated: Estimated
) -> Iterator[Attempt]:
    """Every other way of counting that an outcome has."""
    if outcome.type == "hours" and (outcome.primary or outcome.cap):
        for way in (LEFT_OUT, LOWERED):
            yield partial(_capped, people, outcome, contrast, estimated, way)
    if outcome.type not in ("likert", "binary"):
        return
    if not (outcome.primary or outcome.agrees_from):
        return
    ways = [SHARE_FROM] if outcome.type == "likert" else []
    if people.knows_why_missing(contrast, outcome.code):
        ways.append(WITH_UNKNOWN)
    for way in ways:
        yield partial(_as_yes_or_no, people, outcome, contrast, estimated, way)


def _as_yes_or_no(
    people: People,
    outcome: Outcome,
    contrast: Contrast,
    estimated: Estimated,
    way: str,
) -> Estimate:
    if outcome.yes_from is None:
        raise CannotEstimate("share_from", why="no_scale", needed=None)
    before, after = (
        yes_or_no(people, outcome, moment, with_unknown=way == WITH_UNKNOWN)
        for moment in (contrast.before, contrast.after)
    )
    found = estimated("binary", before, after).estimates
    exact = (one for one in found if one.method == EXACT)
    told = next(exact, found[0])
    border = ""
    if outcome.type == "likert":
        border = f"{SHARE_FROM}{outcome.yes_from:g}_"
    unknown = WITH_UNKNOWN if way == WITH_UNKNOWN else ""
    return replace(told, method=f"{border}{unknown}{told.method}")


def _capped(
    people: People,
    outcome: Outcome,
    contrast: Contrast,
    estimated: Estimated,
    way: str,
) -> Estimate:
    cap = cap_of(outcome, way)
    before, after = (
        usable_hours(people.of(outcome.code, moment), cap)
        for moment in (contrast.before, contrast.after)
    )
    told = estimated("hours", before, after).estimates[0]
    return replace(told, method=f"{way}{cap.at:g}_{told.method}")


def cap_of(outcome: Outcome, method: str) -> Cap:
    """The rule for hours that are hard to believe, by how a method begins."""
    at = outcome.hard_to_believe_from
    return Cap(at, "leave_out" if method.startswith(LEFT_OUT) else "lower")


def yes_or_no(
    people: People, outcome: Outcome, moment: str, *, with_unknown: bool
) -> Values:
    """1 from the answer that counts as yes, 0 below it, shape (people,); NaN stays
    missing, but for who did not know when those count along."""
    answers = people.of(outcome.code, moment)
    told = np.where(np.isnan(answers), np.nan, answers >= (outcome.yes_from or 1.0))
    if with_unknown:
        told[np.isnan(told) & did_not_know(people, outcome, moment)] = 0.0
    return told


def did_not_know(people: People, outcome: Outcome, moment: str) -> NDArray[np.bool_]:
    """Who did not know or would not say, shape (people,)."""
    reasons = people.missing_reasons(outcome.code, moment)
    if reasons is None:
        return np.zeros(people.n, dtype=bool)
    return np.isin(reasons, UNKNOWN)
