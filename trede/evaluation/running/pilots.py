"""Everybody together, of several pilots: what the pilots' own figures say.

People of one pilot resemble each other, and pilots differ. A mean over all people as if
they were one sample tells of the largest pilot and is far too sure. So everybody
together is the synthesis of what each pilot found (see `synthesis.random_effects`):

| figure | method |
|---|---|
| the mean of such pilots | reml_hartung_knapp_modified |
| where the next pilot may lie | next_pilot |
| the mean of these pilots only | fixed_effect |
| everybody's answers in one model, errors by pilot | one_stage_change_cr2 |
| the same of a time | one_stage_restricted_mean_cr2 |
| the mean without each pilot in turn | leave_one_out/Arnhem |

Its sizes are how far the pilots differ: tau, and the share of it that is not chance.
Below three pilots it is refused: the pilots then stand by themselves. Of a time it is
the mean number of days up to a horizon that was chosen, which is one question in all
pilots; of an agreement the share up minus the share down.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from math import inf

import numpy as np

from trede.evaluation.attempts import Attempt, Attempted, together
from trede.evaluation.comparison.caseloads import IGNORED, THESE_ONLY
from trede.evaluation.comparison.groups import Labels
from trede.evaluation.estimate import CannotEstimate, Estimate, Size, Values
from trede.evaluation.running.coaches import BY_COACH, NET_BY_COACH
from trede.evaluation.running.configuration import Outcome, OutcomeType
from trede.evaluation.running.wrong_columns import HOURS_OF_A_WEEK
from trede.evaluation.synthesis.heterogeneity import Heterogeneity, heterogeneity
from trede.evaluation.synthesis.leave_one_out import leave_one_out
from trede.evaluation.synthesis.one_stage import People, one_stage
from trede.evaluation.synthesis.random_effects import (
    FEWEST,
    prediction,
    random_effects,
)
from trede.evaluation.synthesis.studies import Studies, fixed_effect, studies
from trede.evaluation.synthesis.summaries import error_of

NEXT_PILOT, WITHOUT = "next_pilot", "leave_one_out/"
# By how the method begins: what is made of the figures of those pilots that have one.
OF_FIGURES = ("reml_hartung_knapp", NEXT_PILOT, "fixed_effect", WITHOUT)
# A pilot in which everybody changed alike, or too few answered, has no figure to add.
LEFT_OUT = "pilots_left_out"
OF_DAYS = "restricted_mean"


def of_all_pilots(
    kind: OutcomeType,
    found: Mapping[str, Attempted],
    of_everybody: int,
    check: Attempt,
    largest: float,
) -> Attempted:
    """The estimates of all pilots together, headline first.

    Args:
        found: by pilot what was estimated in it; those with nothing may be left out.
        of_everybody: how many people belong to all pilots.
        check: the same with everybody's answers in one stage.
        largest: how far a figure can be from 0, infinite when it has no end.

    Raises:
        CannotEstimate: `random_effects`: `few_studies` below three pilots, `no_error`
            when fewer have a figure with an error.
    """
    if len(found) < FEWEST:
        raise CannotEstimate(
            "random_effects", why="few_studies", has=len(found), needed=FEWEST
        )
    told = _with_errors({name: _figure(kind, one) for name, one in found.items()})
    if len(told) < FEWEST:
        # How many these are would tell of which pilot everybody changed alike.
        raise CannotEstimate("random_effects", why="no_error", needed=None)
    n = sum(one.n for one, _ in told.values())
    laid = studies(
        [one.value for one, _ in told.values()],
        [error for _, error in told.values()],
        people=[one.n for one, _ in told.values()],
        # Of a pilot that is left out everybody is missing.
        missing=[of_everybody - n, *[0] * (len(told) - 1)],
        largest=largest,
    )
    differ = heterogeneity(laid)
    headline = random_effects(laid, differ.tau2)
    left = (LEFT_OUT,) if len(told) < len(found) else ()
    headline = replace(
        headline, sizes=_spread(differ), notes=(*headline.notes, *differ.notes, *left)
    )
    beside: list[Attempt] = [
        partial(_next_pilot, laid, differ.tau2, headline),
        partial(fixed_effect, laid),
        check,
        partial(_without_each, laid, tuple(told), len(found)),
    ]
    return together(headline, beside)


def in_one_stage(
    kind: OutcomeType, before: Values, after: Values, pilot: Labels
) -> Estimate:
    """Everybody's change in one model with a level and errors by pilot."""
    if kind == "likert":
        before, after = np.zeros(len(before)), np.sign(after - before)
    return one_stage(People(before, after, pilot))


def largest_of(outcome: Outcome, horizon: int | None) -> float:
    """How far the figure of a pilot can be from 0; infinite when it has no end."""
    if outcome.type in ("likert", "binary"):
        return 1.0
    if outcome.type == "time":
        return float(horizon or inf)
    scale = scale_of(outcome)
    return scale[1] - scale[0] if scale else inf


def scale_of(outcome: Outcome) -> tuple[float, float] | None:
    """The lowest and highest possible answer; a week has no more than 168 hours."""
    if outcome.type == "hours":
        return outcome.scale or (0.0, float(HOURS_OF_A_WEEK))
    return outcome.scale


def with_error_by_coach(kind: OutcomeType | None, found: Attempted) -> Estimate:
    """The headline; of ordered answers and a yes the same figure with its error by
    coach."""
    headline = found.estimates[0]
    counted = IGNORED in headline.notes and THESE_ONLY not in headline.notes
    # The mean change is also that of treads, and of 0 and 1.
    if counted and kind in ("likert", "ladder", "binary"):
        by_coach = NET_BY_COACH if kind == "likert" else BY_COACH
        headline = next(one for one in found.estimates if one.method == by_coach)
    return in_three_digits(headline)


def in_three_digits(found: Estimate) -> Estimate:
    """Of an error by coach: all its digits tell what people of each add up to."""
    if "_cr2" not in found.method or not found.se or not found.df:
        return found
    se, df = float(f"{found.se:.3g}"), float(f"{found.df:.3g}")
    return replace(found, se=se, df=df)


def _figure(kind: OutcomeType, found: Attempted) -> Estimate | None:
    if kind != "time":
        return with_error_by_coach(kind, found) if found.estimates else None
    of_days = (one for one in found.estimates if one.method.startswith(OF_DAYS))
    every = {one.method: one for one in of_days}
    return every.get(f"{OF_DAYS}_cr2") or every.get(OF_DAYS)


def _with_errors(
    figures: Mapping[str, Estimate | None],
) -> dict[str, tuple[Estimate, float]]:
    told = {}
    for name, one in figures.items():
        try:
            if one is not None:
                told[name] = one, error_of(one)[0]
        except CannotEstimate:
            continue
    return told


def _spread(differ: Heterogeneity) -> tuple[Size, ...]:
    return (
        Size("tau", differ.tau, differ.tau_interval),
        Size("i2", differ.i2, differ.i2_interval),
    )


def _next_pilot(laid: Studies, tau2: float, mean: Estimate) -> Estimate:
    if mean.se is None:
        raise CannotEstimate(NEXT_PILOT, why="no_variation", needed=None)
    found = prediction(laid, tau2, mean)
    return Estimate(
        NEXT_PILOT,
        mean.value,
        mean.n,
        mean.n_missing,
        interval=found.interval,
        df=found.df,
    )


def _without_each(
    laid: Studies, names: tuple[str, ...], pilots: int
) -> tuple[Estimate, ...]:
    if pilots <= FEWEST:
        raise CannotEstimate(
            "leave_one_out", why="few_studies", has=pilots, needed=FEWEST + 1
        )
    if laid.k <= FEWEST:
        return ()
    return tuple(
        replace(one.estimate, method=f"{WITHOUT}{names[one.place]}")
        for one in leave_one_out(laid)
    )
