"""Which estimates belong to a synthesis, headline first, and all that a picture needs.

| pilots | headline | beside it |
|---|---|---|
| three or more | REML, modified Hartung-Knapp | fixed effect, other errors, one stage |
| two | fixed effect, of these two only | one stage (random effects are refused) |

Without ten pilots no test of small-study effects (Egger's) can be trusted, and pilots
are not chosen from a literature; it is not offered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

from scipy.special import stdtrit

from trede.evaluation.attempts import Attempt, together
from trede.evaluation.estimate import LEVEL, CannotEstimate, Estimate, Interval
from trede.evaluation.proportions import Z95
from trede.evaluation.synthesis.heterogeneity import Heterogeneity, heterogeneity
from trede.evaluation.synthesis.leave_one_out import LeftOut, leave_one_out
from trede.evaluation.synthesis.likeness import notes_on, refuse_unlike
from trede.evaluation.synthesis.one_stage import People, one_stage
from trede.evaluation.synthesis.random_effects import (
    Prediction,
    hartung_knapp,
    prediction,
    random_effects,
    rover,
)
from trede.evaluation.synthesis.studies import Studies, fixed_effect, studies
from trede.evaluation.synthesis.summaries import Measure, Summary

# Estimands of which the model in one stage gives the same quantity, and whether it
# needs arms.
IN_ONE_STAGE = {"mean_change": False, "mean_difference": True}


@dataclass(frozen=True, slots=True)
class Row:
    """One pilot in the picture: its figure, interval, and how much it counts.

    `weight` is its share in the headline and `weight_fixed` in the fixed effect; both
    add up to 1 over the pilots.
    """

    summary: Summary
    interval: Interval
    weight: float
    weight_fixed: float


@dataclass(frozen=True, slots=True)
class Synthesis:
    """Everything about one measure; `estimates[0]` is the diamond of the picture.

    `rows` and `left_out` are in the order of the pilots; `prediction` is None with two
    pilots, `left_out` is empty below four; `refused` says why.
    """

    measure: Measure
    estimates: tuple[Estimate, ...]
    rows: tuple[Row, ...]
    heterogeneity: Heterogeneity
    prediction: Prediction | None
    left_out: tuple[LeftOut, ...]
    refused: tuple[CannotEstimate, ...] = ()

    @property
    def diamond(self) -> Estimate:
        return self.estimates[0]


def synthesise(
    summaries: Sequence[Summary], *, people: People | None = None
) -> Synthesis:
    """The pilots together, for one measure.

    Args:
        summaries: one per pilot.
        people: the answers of everybody, when they are there, for the check.

    Raises:
        UnlikeMeasures: they are not of one measure.
        CannotEstimate: `synthesis`: `few_studies` below two, `same_pilot_twice`; as
            `reml`.
    """
    if not summaries:
        raise CannotEstimate("synthesis", why="few_studies", has=0, needed=2)
    refuse_unlike(summaries)
    found = studies(
        [one.value for one in summaries],
        [one.se for one in summaries],
        people=[one.n for one in summaries],
        missing=[one.n_missing or 0 for one in summaries],
        largest=summaries[0].measure.largest,
    )
    differ = heterogeneity(found)
    tau2, measure = differ.tau2, summaries[0].measure
    in_one = [] if people is None else [partial(_in_one_stage, measure, people)]
    headline, beside, refused = _headline(found, tau2)
    told = together(headline, [*beside, *in_one])
    first = told.estimates[0]
    first = replace(first, notes=(*first.notes, *notes_on(summaries)))
    next_pilot = None if refused else prediction(found, tau2, first)
    left_out, refusal = _left_out(found)
    return Synthesis(
        measure=measure,
        estimates=(first, *told.estimates[1:]),
        rows=_rows(summaries, found, 0.0 if refused else tau2),
        heterogeneity=differ,
        prediction=next_pilot,
        left_out=left_out,
        refused=(*refused, *refusal, *told.refused),
    )


def _headline(
    found: Studies, tau2: float
) -> tuple[Estimate, list[Attempt], tuple[CannotEstimate, ...]]:
    """The headline, what stands beside it, and the refusal of random effects."""
    try:
        headline = random_effects(found, tau2)
    except CannotEstimate as refusal:
        return fixed_effect(found), [], (refusal,)
    beside = [
        partial(fixed_effect, found),
        partial(hartung_knapp, found, tau2),
        partial(rover, found, tau2),
    ]
    return headline, cast(list[Attempt], beside), ()


def _left_out(
    found: Studies,
) -> tuple[tuple[LeftOut, ...], tuple[CannotEstimate, ...]]:
    try:
        return leave_one_out(found), ()
    except CannotEstimate as refusal:
        return (), (refusal,)


def _in_one_stage(measure: Measure, people: People) -> Estimate:
    compares = IN_ONE_STAGE.get(measure.estimand)
    if compares is None or compares != (people.arm is not None):
        raise CannotEstimate("one_stage", why="other_estimand", needed=None)
    return one_stage(people)


def _rows(summaries: Sequence[Summary], found: Studies, tau2: float) -> tuple[Row, ...]:
    shares, fixed = found.shares(tau2).tolist(), found.shares().tolist()
    return tuple(
        Row(summary, interval_of(summary), weight, weight_fixed)
        for summary, weight, weight_fixed in zip(summaries, shares, fixed, strict=True)
    )


def interval_of(summary: Summary) -> Interval:
    """The 95% interval of one pilot, by t when it has degrees of freedom."""
    df, method = summary.df, "wald" if summary.df is None else "t"
    quantile = Z95 if df is None else float(stdtrit(df, (1 + LEVEL) / 2))
    half = quantile * summary.se
    return Interval(summary.value - half, summary.value + half, method)
