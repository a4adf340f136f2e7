"""What a whole analysis makes of pilots of which the truth is known, when people leave.

`python -m bench.analysis_under_dropout [pilots]` draws that many pilots (200 unless
told otherwise) per design and lets `analyse` do what it does with a file: every
headline, and for the primary outcome every way to account for who is missing. Printed
per figure: the truth, the mean error, that error in standard errors of the simulation,
and the share of intervals that hold the truth (95% is meant).

Who is in need improves less and leaves more often; need is known of everybody. A
headline is about those who answered twice, and is held against the truth among them;
weights and filled-in answers are about everybody. Beside a survey the truth is the
effect among the participants, who are in more need than the people of the survey. Of
answers in order that is first the logarithm of an odds ratio: what very many
participants give beside themselves without a trajectory (`odds`); the difference in
answers or treads stands as `line`.
"""

import sys
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.random import Generator

from trede.evaluation.comparison.groups import two_groups
from trede.evaluation.comparison.proportional_odds import fit_odds
from trede.evaluation.estimate import Values
from trede.evaluation.running.analysing import Analysis, analyse
from trede.evaluation.running.configuration import Configuration, Outcome
from trede.evaluation.running.design import Design
from trede.evaluation.running.laying_out import lay_out

MANY = 1_000_000
ORDERED = ("ladder", "likert")
# So many of them are enough for a ratio of odds to three digits.
ENOUGH = 200_000
OUTCOMES = (
    Outcome("satisfied", "score", (0.0, 10.0), "well-being", primary=True),
    Outcome("tread", "ladder", (1.0, 6.0), "participation"),
    Outcome("agrees", "likert", (1.0, 5.0)),
    Outcome("works", "binary"),
    Outcome("active", "hours"),
)
# On the line on which everybody stands.
TREND, EFFECT = 0.2, 0.4
SIZES = {Design.PRE_POST: (150, 0), Design.CONTROL_GROUP: (134, 200)}
NEEDIER = 0.6


@dataclass(frozen=True)
class Drawn:
    """Everybody of a pilot; `without` is the second answer without a trajectory."""

    need: Values
    arm: Values
    before: dict[str, Values]
    after: dict[str, Values]
    without: dict[str, Values]
    left: np.ndarray


def draw(rng: Generator, participants: int, survey: int) -> Drawn:
    arm = np.repeat([1.0, 0.0], [participants, survey])
    n = len(arm)
    need = np.rint(4 * rng.normal(NEEDIER * arm, 1)) / 4
    before, after, without = {}, {}, {}
    for outcome in OUTCOMES:
        start = -0.4 * need + rng.normal(0, 0.9, n)
        later = start + TREND - 0.2 * need + rng.normal(0, 0.6, n)
        before[outcome.code] = answered(outcome, start)
        without[outcome.code] = answered(outcome, later)
        after[outcome.code] = answered(outcome, later + EFFECT * arm)
    left = rng.random(n) < 1 / (1 + np.exp(1.2 - 0.8 * need))
    return Drawn(need, arm, before, after, without, left)


def answered(outcome: Outcome, line: Values) -> Values:
    match outcome.type:
        case "score":
            return np.clip(np.rint(5.5 + 1.8 * line), 0, 10)
        case "ladder":
            return np.clip(np.rint(2.7 + line), 1, 6)
        case "likert":
            return np.clip(np.rint(3 + line), 1, 5)
        case "binary":
            return (line > 0.4).astype(float)
    return np.where(line > 0.3, np.rint(4 + 8 * (line - 0.3)), 0.0)


def true_figures(design: Design) -> dict[tuple[str, str], float]:
    """Per outcome the truth of who answer, and of everybody."""
    drawn = draw(np.random.default_rng(1), MANY, 0)
    other = drawn.before if design is Design.PRE_POST else drawn.without
    found = {}
    for outcome in OUTCOMES:
        gap = drawn.after[outcome.code] - other[outcome.code]
        if outcome.type == "likert" and design is Design.PRE_POST:
            gap = np.sign(gap)
        found[outcome.code, "headline"] = float(gap[~drawn.left].mean())
        found[outcome.code, "everybody"] = float(gap.mean())
        if outcome.type in ORDERED and design is Design.CONTROL_GROUP:
            found[outcome.code, "line"] = found[outcome.code, "headline"]
            found[outcome.code, "headline"] = true_odds(drawn, outcome.code)
    return found


def true_odds(drawn: Drawn, code: str) -> float:
    """Everybody who answers, beside themselves without a trajectory."""
    stayed = np.flatnonzero(~drawn.left)[:ENOUGH]
    after = np.append(drawn.after[code][stayed], drawn.without[code][stayed])
    arm = np.repeat([1.0, 0.0], len(stayed))
    before = np.tile(drawn.before[code][stayed], 2)
    model = fit_odds(two_groups(before, after, arm, what="bench"))
    return float(model.top.parameters[model.arm])


def analysed(design: Design, drawn: Drawn, seed: int) -> Analysis:
    columns = {"person": np.arange(len(drawn.need)), "need": drawn.need}
    if design is Design.CONTROL_GROUP:
        columns["arm"] = drawn.arm
    for code, values in drawn.before.items():
        columns[f"{code}_t0"] = values
        columns[f"{code}_t1"] = np.where(drawn.left, np.nan, drawn.after[code])
    frame = pl.DataFrame(columns).with_columns(
        status=pl.when(pl.Series(drawn.left))
        .then(pl.lit("dropout"))
        .otherwise(pl.lit("stayed"))
    )
    asked = Configuration(design, seed=seed, outcomes=OUTCOMES, covariates=("need",))
    return analyse(lay_out(frame.fill_nan(None), asked), asked)


def figures(analysis: Analysis) -> dict[tuple[str, str], tuple[float, float, float]]:
    """By outcome and way: value and limits."""
    found = {}
    for line in analysis.lines:
        limits = line.estimate.interval
        if line.headline and line.contrast == "difference_1" and limits:
            ends = line.estimate.value, limits.low, limits.high
            found[line.outcome.code, "headline"] = ends
        elif line.estimate.method == "ancova_hc3" and line.outcome.type in ORDERED:
            assert limits is not None
            ends = line.estimate.value, limits.low, limits.high
            found[line.outcome.code, "line"] = ends
    for one in analysis.supposed.figures:
        if one.contrast == "difference_1" and one.ci:
            low, high = (float(end) for end in one.ci)
            value = np.nan if one.estimate is None else float(one.estimate)
            found[one.outcome, one.way] = value, low, high
    return found


def measure(design: Design, pilots: int) -> None:
    rng, true = np.random.default_rng(20), true_figures(design)
    errors, held = defaultdict(list), defaultdict(list)
    for number in range(pilots):
        drawn = draw(rng, *SIZES[design])
        for (code, way), (value, low, high) in figures(
            analysed(design, drawn, number + 1)
        ).items():
            about = "headline" if way in ("headline", "complete_cases") else "everybody"
            aim = true[code, way if (code, way) in true else about]
            errors[code, way, aim].append(value - aim)
            held[code, way, aim].append(low <= aim <= high)
    for (code, way, aim), found in errors.items():
        error = float(np.mean(found))
        noise = float(np.std(found)) / np.sqrt(len(found))
        share = np.mean(held[code, way, aim])
        # Bounds have no middle that means anything, and so no error.
        told = f"{error:+8.3f} {error / noise:+6.1f}" if noise > 0 else 15 * " "
        name = f"{design:14} {code:10} {way:15} {len(found):5}"
        print(f"{name} {aim:7.3f} {told} {share:7.3f}", flush=True)


def main(pilots: int) -> None:
    heads = f"{'times':>5} {'truth':>7} {'error':>8} {'in se':>6} {'holds':>7}"
    print(f"{'design':14} {'outcome':10} {'way':15} {heads}")
    for design in SIZES:
        measure(design, pilots)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
