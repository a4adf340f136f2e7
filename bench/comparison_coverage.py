"""How often the intervals of a comparison hold the truth, and how fast they are made.

`python bench/comparison_coverage.py [studies]` draws that many studies (500 unless told
otherwise) per setting and prints the share of intervals that hold the true value: 95%
is meant; and the share of p-values below .05 when nothing happens: 5% is meant. Then
the time of everything that is told about one outcome.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.special import expit

from trede.evaluation.change.outcomes import OutcomeType
from trede.evaluation.comparison.ancova import ancova
from trede.evaluation.comparison.groups import Groups, two_groups
from trede.evaluation.comparison.outcomes import compare
from trede.evaluation.comparison.proportional_odds import (
    fit_odds,
    proportional_odds,
    robust_odds,
)
from trede.evaluation.comparison.shares import risk_difference
from trede.evaluation.comparison.weighting import weigh
from trede.evaluation.comparison.wild_bootstrap import wild_bootstrap
from trede.evaluation.estimate import CannotEstimate, Estimate

Chance = np.random.Generator


@dataclass(frozen=True)
class Setting:
    """One way of drawing a study, the estimate made of it, and the truth."""

    name: str
    truth: float
    draw: Callable[[Chance, float], Groups]
    estimate: Callable[[Groups], Estimate]


def scores(
    rng: Chance, effect: float, *, n: int, coaches: int = 0, pairs: bool = False
) -> Groups:
    """Who took part differs more; coaches differ in level and in what they bring."""
    arm, before = np.tile([0.0, 1], n // 2), rng.normal(size=n)
    after = 0.6 * before + effect * arm + rng.normal(size=n) * (1 + 0.5 * arm)
    coach = pair = None
    if coaches:
        coach = rng.integers(0, coaches, n)
        level, gain = rng.normal(size=(2, coaches))
        after += level[coach] + 0.6 * arm * gain[coach]
    if pairs:
        pair = np.arange(n) // 2
        after += rng.normal(size=n // 2)[pair]
    return two_groups(before, after, arm, what="bench", pair=pair, cluster=coach)


def coached_beside_survey(
    rng: Chance, effect: float, *, n: int, coaches: int, icc: float
) -> Groups:
    """n participants who share coaches beside n of a survey, who have none."""
    arm = np.repeat([1.0, 0.0], n)
    coach = np.append(np.arange(n) % coaches, coaches + np.arange(n))
    before, alone = rng.normal(size=(2, 2 * n))
    own = rng.normal(size=coaches + n)[coach]
    after = 0.5 * before + effect * arm + np.sqrt(icc) * own + np.sqrt(1 - icc) * alone
    return two_groups(before, after, arm, what="bench", cluster=coach)


def answers(rng: Chance, effect: float, *, n: int, coaches: int = 0) -> Groups:
    """Four categories in order, and three at the start."""
    arm, before = np.tile([0.0, 1], n // 2), rng.integers(0, 3, n) + 0.0
    latent = before + effect * arm + rng.logistic(size=n)
    coach = None
    if coaches:
        coach = rng.integers(0, coaches, n)
        latent += 0.5 * rng.normal(size=coaches)[coach]
    after = np.digitize(latent, [0, 1, 2.5]) + 0.0
    return two_groups(before, after, arm, what="bench", cluster=coach)


def beside_survey(rng: Chance, effect: float, *, n: int, known: bool = True) -> Groups:
    """Who is in need takes part more often, and answers lower at both moments.

    Without `known` the weights do not know the need, but the start is in the model.
    """
    need = rng.normal(size=n)
    arm = (rng.random(n) < expit(0.8 * need - 0.3)) + 0.0
    before = np.digitize(rng.logistic(size=n) - need, [-1, 1]) + 0.0
    latent = before + effect * arm + rng.logistic(size=n)
    after = np.digitize(latent, [0, 1, 2.5]) + 0.0
    columns = [need, before] if known else [rng.normal(size=n)]
    weights = weigh(arm, np.column_stack(columns)).weights
    return two_groups(before, after, arm, what="bench", weights=weights)


def yes_or_no(rng: Chance, effect: float, *, n: int, coaches: int) -> Groups:
    """Coaches differ in how often their people say yes; the effect is a share."""
    arm, before = np.tile([0.0, 1], n // 2), (rng.random(n) < 0.5) + 0.0
    coach = rng.integers(0, coaches, n)
    level = 0.1 * rng.uniform(-1, 1, coaches)[coach]
    after = (rng.random(n) < 0.3 + 0.2 * before + level + effect * arm) + 0.0
    return two_groups(before, after, arm, what="bench", cluster=coach)


def settings() -> Iterator[Setting]:
    for n in (20, 60, 150):
        yield Setting(f"hc3 n={n}", 0.5, partial(scores, n=n), ancova)
        draw = partial(scores, n=n, pairs=True)
        yield Setting(f"cr2 by pair n={n}", 0.5, draw, ancova)
    for coaches in (4, 6, 8, 12):
        draw = partial(scores, n=60, coaches=coaches)
        yield Setting(f"cr2 {coaches} coaches", 0.5, draw, ancova)
        if coaches >= 6:
            yield Setting(f"wild {coaches} coaches", 0.5, draw, wild_bootstrap)
        for icc in (0.05, 0.15):
            draw = partial(coached_beside_survey, n=150, coaches=coaches, icc=icc)
            yield Setting(f"cr2 {coaches} beside survey {icc}", 0.5, draw, ancova)
    for n in (60, 150):
        draw = partial(answers, n=n)
        yield Setting(
            f"odds n={n}", 0.8, draw, lambda groups: proportional_odds(fit_odds(groups))
        )
    for coaches in (6, 10):
        draw = partial(answers, n=120, coaches=coaches)
        yield Setting(f"odds {coaches} coaches", 0.8, draw, odds)
        draw = partial(yes_or_no, n=120, coaches=coaches)
        yield Setting(f"shares {coaches} coaches", 0.2, draw, risk_difference)
    for n in (60, 150, 334):
        draw = partial(beside_survey, n=n)
        yield Setting(f"odds weighted n={n}", 0.8, draw, odds)
    draw = partial(beside_survey, n=334, known=False)
    yield Setting("odds, useless weights", 0.8, draw, odds)


def odds(groups: Groups) -> Estimate:
    return robust_odds(fit_odds(groups))


def shares(setting: Setting, studies: int) -> tuple[float, float]:
    """Intervals that hold the truth, and p below .05 when nothing happens."""
    rng = np.random.default_rng(20)
    held = small = seen = tested = 0
    for _ in range(studies):
        try:
            found = setting.estimate(setting.draw(rng, setting.truth))
            nothing = setting.estimate(setting.draw(rng, 0.0))
        except CannotEstimate:
            continue
        if found.interval is not None:
            seen += 1
            held += found.interval.low <= setting.truth <= found.interval.high
        if nothing.p is not None:
            tested += 1
            small += nothing.p < 0.05
    return held / max(seen, 1), small / tested if tested else float("nan")


def speed(kind: OutcomeType, n: int = 150) -> float:
    rng = np.random.default_rng(3)
    top = {"binary": 2, "likert": 6, "ladder": 7}.get(kind, 11)
    before, after = rng.integers(0, top, (2, n)) + 0.0
    arm, times = np.tile([0.0, 1], n // 2), []
    for _ in range(5):
        start = time.perf_counter()
        compare(kind, before, after, arm, rng=np.random.default_rng(1))
        times.append(time.perf_counter() - start)
    return min(times)


def main(studies: int) -> None:
    print(f"{'setting':24} {'holds the truth':>16} {'p < .05, nothing':>18}")
    for setting in settings():
        held, small = shares(setting, studies)
        print(f"{setting.name:24} {held:16.3f} {small:18.3f}")
    kinds: tuple[OutcomeType, ...] = ("score", "likert", "ladder", "binary", "hours")
    for kind in kinds:
        print(f"everything about one {kind} of 150 people: {speed(kind) * 1e3:.0f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
