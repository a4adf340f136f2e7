"""Who does not answer an item and why, and whether answers crowd at an end.

Whoever was not asked cannot fail to answer: they are no part of the base. Of those who
were, skipping, refusing and not knowing are told apart, since they ask for different
things: a shorter questionnaire, another question, an easier one.

Many answers at the lowest or highest point hide people who have something to lose or to
gain; the share of 15% at which that is noted is a custom.

Sources: Wilson 1927 (intervals); Terwee and others, Journal of Clinical Epidemiology
60, 2007 (15%).
"""

from collections.abc import Sequence

import numpy as np

from trede.evaluation.attempts import Attempted
from trede.evaluation.codebook import MISSING_REASONS
from trede.evaluation.estimate import CannotEstimate, Estimate, Interval, Values
from trede.evaluation.proportions import share

NOT_ASKED = "not_asked"
# The share at an end from which a scale says little about change.
MANY = 0.15


def item_nonresponse(reasons: Sequence[str | None]) -> Attempted:
    """The share that did not answer, of those who were asked, and by reason.

    Args:
        reasons: one per person: None when there is an answer, else `refused`,
            `dont_know`, `skipped` or `not_asked`.

    Returns:
        `item_nonresponse` first, then `nonresponse_refused`, `nonresponse_dont_know`,
        `nonresponse_skipped`: shares from 0 to 1 with Wilson's interval. `n` are people
        who were asked, `n_missing` those who were not.

    Raises:
        ValueError: another reason.
        CannotEstimate: `item_nonresponse`, `nobody_asked`.
    """
    for reason in reasons:
        if reason is not None and reason not in MISSING_REASONS:
            raise ValueError(f"{reason!r} is no reason for a missing answer")
    asked = [reason for reason in reasons if reason != NOT_ASKED]
    if not asked:
        raise CannotEstimate("item_nonresponse", why="nobody_asked", has=0, needed=1)
    not_asked = len(reasons) - len(asked)
    silent = sum(reason is not None for reason in asked)
    by_reason = (
        _share(f"nonresponse_{reason}", asked.count(reason), len(asked), not_asked)
        for reason in MISSING_REASONS
        if reason != NOT_ASKED
    )
    headline = _share("item_nonresponse", silent, len(asked), not_asked)
    return Attempted((headline, *by_reason))


def floor_and_ceiling(values: Values, *, low: float, high: float) -> Attempted:
    """The shares at the lowest and at the highest point of the scale.

    Args:
        values: shape (people,); NaN is missing.
        low, high: ends of the scale as it is, not of the answers that were given.

    Returns:
        `floor` and `ceiling`, shares with Wilson's interval; `many_at_end` from 15%.

    Raises:
        ValueError: an answer outside the scale, or a scale without length.
        CannotEstimate: `floor_and_ceiling`, `nobody_answered`.
    """
    given = np.asarray(values, np.float64)
    there = given[~np.isnan(given)]
    if low >= high or (there < low).any() or (there > high).any():
        raise ValueError(f"answers outside a scale of {low} to {high}")
    if not len(there):
        raise CannotEstimate(
            "floor_and_ceiling", why="nobody_answered", has=0, needed=1
        )
    missing = len(given) - len(there)
    return Attempted(
        tuple(
            _share(name, int((there == end).sum()), len(there), missing, many=MANY)
            for name, end in (("floor", low), ("ceiling", high))
        )
    )


def _share(
    method: str, count: int, of: int, missing: int, *, many: float | None = None
) -> Estimate:
    found = share(count, of)
    if found is None:
        raise ValueError("a share of nobody")
    crowded = many is not None and found.value >= many
    return Estimate(
        method,
        found.value,
        of,
        missing,
        interval=Interval(found.low, found.high, "wilson"),
        notes=("many_at_end",) if crowded else (),
    )
