"""What a run hands over to lay its pilot beside others: one figure per outcome.

The headline of each outcome in each contrast, of everybody, with what it is of. Another
pilot can only be laid beside it when both say in the same words what was asked: an
outcome without a definition is not handed over, nor one of fewer people than the norm,
nor one that the public may not see: what is handed over is printed by others.

| headline | is of |
|---|---|
| change of a score, a tread, hours | mean_change |
| change of an agreement | net_share_up |
| change of a yes | change_in_share |
| adjusted difference | mean_difference, of a yes difference_in_share |
| proportional odds | log_odds_ratio |
| time, compared | difference_in_restricted_mean, with a horizon that was chosen |

Where coaches count, the error counts with them (`mean_change_cr2` and others on `cr2`),
in three digits: from all of them and the caseloads one could compute what the people of
each coach add up to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from trede.evaluation.attempts import Attempted
from trede.evaluation.estimate import CannotEstimate, Estimate, Interval
from trede.evaluation.running.analysing import Analysis
from trede.evaluation.running.as_json import Json
from trede.evaluation.running.asking import FOLLOW_UP, Refused, refusal
from trede.evaluation.running.configuration import (
    Configuration,
    ConfigurationRefused,
    Outcome,
    OutcomeType,
)
from trede.evaluation.running.design import Design
from trede.evaluation.running.lines import Line
from trede.evaluation.running.pilots import (
    in_three_digits,
    scale_of,
    with_error_by_coach,
)
from trede.evaluation.synthesis.summaries import Measure, Summary, summarised

CHANGES: dict[OutcomeType, str] = {
    "score": "mean_change",
    "likert": "net_share_up",
    "ladder": "mean_change",
    "binary": "change_in_share",
    "hours": "mean_change",
}
# By how the method of a comparison begins.
EFFECTS = {
    "proportional_odds": "log_odds_ratio",
    "restricted_mean_difference": "difference_in_restricted_mean",
    "mean_difference": "mean_difference",
    "risk_difference": "difference_in_share",
    "ancova": "mean_difference",
}
UNITS: dict[OutcomeType, str] = {
    "score": "points",
    "likert": "points",
    "ladder": "treads",
    "binary": "parts of 1",
    "hours": "hours a week",
    "time": "days",
}
# Outcome, contrast and method.
Place = tuple[str, str, str]
PARTS, ODDS = "parts of 1", "log odds"
START = "start"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The summaries of one pilot, and the headlines that stay at home."""

    summaries: tuple[Summary, ...]
    refused: tuple[Refused, ...]


def handed_over(analysis: Analysis, threshold: int, shown: Json) -> HandedOver:
    """The headlines that may leave, and why the others may not.

    Args:
        threshold: no figure of fewer people is handed over.
        shown: the same analysis as the public may see it (`protect_analysis`); its
            figures are those that are handed over.

    Raises:
        ConfigurationRefused: when it does not say whose figures these are, or when they
            are of several pilots.
    """
    asked = analysis.configuration
    _refuse_unnamed(asked)
    public = {_place(one): one for one in cast(list[Json], shown["estimates"])}
    summaries: list[Summary] = []
    refused: list[Refused] = []
    for line in analysis.lines:
        if not line.headline or "/" in line.contrast:
            continue
        try:
            _refuse_few(line, threshold)
            found = summarised(
                _figure(analysis, line, public),
                _measure(asked, line),
                pilot=asked.pilot,
                population=asked.population,
                design=str(asked.design),
                threshold=threshold,
            )
        except CannotEstimate as no:
            refused.append(refusal(line.outcome.code, line.contrast, no))
        else:
            summaries.append(found)
    return HandedOver(tuple(summaries), tuple(refused))


def _figure(analysis: Analysis, line: Line, public: Mapping[Place, Json]) -> Estimate:
    """What is handed over in the place of a headline, as the public sees it."""
    same = (line.outcome.code, line.contrast)
    found = Attempted(
        tuple(
            one.estimate
            for one in analysis.lines
            if (one.outcome.code, one.contrast) == same
        )
    )
    handed = with_error_by_coach(line.outcome.type, found)
    told = public.get((*same, handed.method))
    for one in (public.get((*same, line.estimate.method)), told):
        if one is None or one["suppressed"]:
            raise CannotEstimate("summary", why="withheld", needed=None)
    return in_three_digits(_as_told(handed, cast(Json, told)))


def _refuse_few(line: Line, threshold: int) -> None:
    """Said first, as it is plainest."""
    if line.estimate.n < threshold:
        raise CannotEstimate(
            "summary", why="under_norm", has=line.estimate.n, needed=threshold
        )


def _as_told(handed: Estimate, told: Json) -> Estimate:
    ends = cast(tuple[float, float] | None, told["ci"])
    interval = handed.interval
    if interval and ends:
        interval = Interval(float(ends[0]), float(ends[1]), interval.method)
    return replace(
        handed,
        value=float(cast(float, told["estimate"])),
        n=cast(int, told["n"]),
        n_missing=cast(int, told["n_missing"] or 0),
        se=cast(float | None, told["se"]),
        df=cast(float | None, told["df"]),
        interval=interval,
    )


def _place(told: Json) -> Place:
    outcome, contrast, method = (told[key] for key in ("outcome", "contrast", "method"))
    return str(outcome), str(contrast), str(method)


def _refuse_unnamed(asked: Configuration) -> None:
    problems = [
        f'"{key}" is missing: an exchange file says {what}.'
        for key, value, what in (
            ("pilot", asked.pilot, "whose figures these are"),
            ("population", asked.population, "of which people they are"),
        )
        if not value
    ]
    if asked.design is Design.SEVERAL_PILOTS:
        problems.append(
            "An exchange file is of one pilot: evaluate each pilot by itself."
        )
    if problems:
        raise ConfigurationRefused(problems)


def _measure(asked: Configuration, line: Line) -> Measure:
    outcome, estimand = line.outcome, _estimand(asked, line)
    if outcome.type is None or not outcome.definition:
        raise CannotEstimate("summary", why="no_definition", has=0, needed=1)
    before, after = _moments(asked, line)
    return Measure(
        outcome=outcome.code,
        type=outcome.type,
        definition=outcome.definition,
        scale=scale_of(outcome),
        unit=_unit(outcome, outcome.type, estimand),
        before=before,
        after=after,
        estimand=estimand,
        label=outcome.label,
    )


def _estimand(asked: Configuration, line: Line) -> str:
    kind, method = line.outcome.type, line.estimate.method
    if not asked.design.compares_at_the_same_time:
        if kind in CHANGES:
            return CHANGES[kind]
        raise CannotEstimate("summary", why="no_estimand", needed=None)
    if kind == "binary" and method.startswith("ancova"):
        return "difference_in_share"
    for start, estimand in EFFECTS.items():
        if method.startswith(start):
            return estimand
    raise CannotEstimate("summary", why="no_estimand", needed=None)


def _moments(asked: Configuration, line: Line) -> tuple[str, str]:
    if line.contrast != FOLLOW_UP:
        (at,) = (one for one in asked.contrasts if one.code == line.contrast)
        return at.before, at.after
    if asked.horizon is None:
        raise CannotEstimate("summary", why="no_horizon", has=0, needed=1)
    return START, f"day {asked.horizon}"


def _unit(outcome: Outcome, kind: OutcomeType, estimand: str) -> str:
    """That of the figure: a share of people is in parts of 1 whatever was asked."""
    if "share" in estimand:
        return PARTS
    if "odds" in estimand:
        return ODDS
    return outcome.unit or UNITS[kind]
