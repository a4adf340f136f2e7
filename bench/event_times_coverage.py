"""How often the intervals of times to an event hold the truth, and how fast they are.

`python bench/event_times_coverage.py [groups]` draws that many groups (1000 unless told
otherwise) per size: exponential times with a mean of 50 and of 100 days, followed for
60 to 240 days. 95% is meant. The tests do the same with fewer groups.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from math import ceil, log

import numpy as np

from trede.evaluation.comparison.weighting import weigh
from trede.evaluation.estimate import CannotEstimate, Interval, Values
from trede.evaluation.event_times.arms import arms_of
from trede.evaluation.event_times.by_coach import (
    restricted_means_by_coach,
    share_by_coach,
)
from trede.evaluation.event_times.competing_exits import (
    cumulative_incidence,
    share_gone,
)
from trede.evaluation.event_times.cox import cox_of
from trede.evaluation.event_times.followed import followed
from trede.evaluation.event_times.kaplan_meier import (
    Curve,
    curve_of,
    kaplan_meier,
    median_days,
    share_by,
)
from trede.evaluation.event_times.outcomes import share_difference, times_compared
from trede.evaluation.event_times.permuted_means import ENOUGH, permuted_difference
from trede.evaluation.event_times.restricted_mean import restricted_mean_difference

Chance = np.random.Generator
MEANS, HORIZON = (50, 100), 60
SIZES = (12, 23, 53, 150)


@dataclass(frozen=True)
class Setting:
    """An interval out of a drawn group, and the truth that it should hold."""

    name: str
    truth: float
    interval: Callable[[Chance, int], Interval | None]


def waiting(rng: Chance, n: int, mean: float) -> tuple[Values, Values]:
    true = np.floor(rng.exponential(mean, n)) + 1
    stop = np.floor(rng.uniform(60, 240, n))
    return np.minimum(true, stop), (true <= stop).astype(np.float64)


def leaving(rng: Chance, n: int) -> tuple[Values, Values]:
    """Two exits at paces of 1 in 50 and 1 in 100 a day."""
    days, gone = waiting(rng, n, 100 / 3)
    return days, gone * np.where(rng.random(n) < 2 / 3, 1, 2)


def left(mean: float, day: int) -> float:
    return float(np.exp(-day / mean))


def surface(mean: float) -> float:
    return float(np.exp(-np.arange(HORIZON) / mean).sum())


def curves(rng: Chance, n: int) -> tuple[Curve, Curve]:
    first, second = (kaplan_meier(*waiting(rng, n, mean)) for mean in MEANS)
    return first, second


def two(rng: Chance, n: int) -> tuple[Values, Values, Values]:
    (d1, e1), (d0, e0) = (waiting(rng, n, mean) for mean in MEANS)
    return np.append(d1, d0), np.append(e1, e0), np.repeat([1.0, 0.0], n)


def beside_survey(rng: Chance, n: int) -> Interval | None:
    """70% of participants are in need, 30% of the survey; need doubles the time, and
    taking part halves it. Weighted until the groups are alike."""
    need = rng.random(2 * n) < np.repeat([0.7, 0.3], n)
    arm = np.repeat([1.0, 0.0], n)
    means = np.where(arm == 1, 50, 100) * np.where(need, 1, 0.5)
    drawn = [waiting(rng, 1, mean) for mean in means]
    days, event = (np.concatenate(one) for one in zip(*drawn, strict=True))
    weights = weigh(arm, need[:, None].astype(np.float64)).weights
    others, treated = arms_of(days, event, arm, what="bench", weights=weights).curves()
    return restricted_mean_difference(treated, others, HORIZON).interval


def coached(rng: Chance, n: int, coaches: int, by_coach: bool) -> Interval | None:
    """Participants of coaches with paces of their own beside people of a survey, who
    have none; nobody is helped, and people of the survey count for 0.2 to 3."""
    arm = np.repeat([1.0, 0.0], n)
    coach = np.append(np.arange(n) % coaches, coaches + np.arange(n))
    pace = rng.gamma(9, 1 / 9, coaches + n)[coach]
    true = np.ceil(rng.exponential(80 / pace))
    stop = np.floor(rng.uniform(60, 240, 2 * n))
    weights = np.where(arm == 1, 1, rng.uniform(0.2, 3, 2 * n))
    arms = arms_of(
        np.minimum(true, stop),
        (true <= stop) + 0.0,
        arm,
        what="bench",
        weights=weights,
        cluster=coach,
    )
    if by_coach:
        return restricted_means_by_coach(arms, HORIZON)[0].interval
    others, treated = arms.curves()
    return restricted_mean_difference(treated, others, HORIZON).interval


def coached_group(rng: Chance, n: int, coaches: int, by_coach: bool) -> Interval | None:
    """The share of one group of coaches with paces of their own."""
    coach = np.arange(n) % coaches
    pace = rng.gamma(9, 1 / 9, coaches)[coach]
    true = np.ceil(rng.exponential(80 / pace))
    stop = np.floor(rng.uniform(60, 240, n))
    people = followed(np.minimum(true, stop), (true <= stop) + 0.0, what="bench")
    curve = curve_of(people)
    if by_coach:
        return share_by_coach(curve, people, HORIZON, coach).interval
    return share_by(curve, HORIZON).interval


# To whom it has happened by the horizon, over all coaches that there could be: the
# mean of exp(-horizon pace / 80) over paces of a gamma distribution.
OVER_COACHES = 1 - (1 + HORIZON / 80 / 9) ** -9


def settings_of_coaches() -> Iterator[Setting]:
    for coaches in (4, 5, 6, 8, 13):
        for by_coach in (False, True):
            name = "by coach" if by_coach else "without coaches"
            yield Setting(
                f"share, {coaches} coaches, {name}",
                OVER_COACHES,
                partial(coached_group, coaches=coaches, by_coach=by_coach),
            )
    for coaches in (4, 6, 8, 13):
        for by_coach in (False, True):
            name = "by coach" if by_coach else "without coaches"
            yield Setting(
                f"{coaches} coaches, {name}",
                0,
                partial(coached, coaches=coaches, by_coach=by_coach),
            )


def settings() -> Iterator[Setting]:
    yield Setting(
        "Kaplan-Meier, day 60",
        1 - left(50, 60),
        lambda rng, n: share_by(kaplan_meier(*waiting(rng, n, 50)), 60).interval,
    )
    yield Setting(
        "median",
        ceil(50 * log(2)),
        lambda rng, n: median_days(kaplan_meier(*waiting(rng, n, 50))).interval,
    )
    yield Setting(
        "Aalen-Johansen, day 60",
        2 / 3 * (1 - left(100 / 3, 60)),
        lambda rng, n: (
            share_gone(cumulative_incidence(*leaving(rng, n), exits=2), 1, 60).interval
        ),
    )
    yield Setting(
        "restricted mean, difference",
        surface(50) - surface(100),
        lambda rng, n: restricted_mean_difference(*curves(rng, n), HORIZON).interval,
    )
    yield Setting(
        "the same, permuted",
        surface(50) - surface(100),
        lambda rng, n: (
            permuted_difference(
                arms_of(*two(rng, n), what="bench"), HORIZON, rng, 999
            ).interval
            if n < ENOUGH
            else None
        ),
    )
    yield Setting(
        "the same, weighted",
        0.7 * (surface(50) - surface(100)) + 0.3 * (surface(25) - surface(50)),
        beside_survey,
    )
    yield Setting(
        "difference in shares, day 60",
        left(100, 60) - left(50, 60),
        lambda rng, n: share_difference(*curves(rng, n), HORIZON).interval,
    )
    yield Setting(
        "hazard ratio (Cox)", log(2), lambda rng, n: cox_of(*two(rng, n)).interval
    )


def coverage(setting: Setting, n: int, groups: int) -> str:
    """The share of intervals that hold the truth, of those that could be given."""
    rng, held, given = np.random.default_rng(1), 0, 0
    for _ in range(groups):
        try:
            found = setting.interval(rng, n)
        except CannotEstimate:
            continue
        if found is not None:
            given += 1
            held += found.low <= setting.truth <= found.high
    return f"{held / given:6.1%} of {given}" if given else "     -"


def main() -> None:
    groups = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    days, event, arm = two(np.random.default_rng(1), 75)
    rng, start = np.random.default_rng(1), time.perf_counter()
    for _ in range(40):
        times_compared(days, event, arm, rng=rng, cluster=np.arange(150) % 8)
    print(f"40 outcomes of 150 people: {time.perf_counter() - start:.2f} s")
    for setting in (*settings(), *settings_of_coaches()):
        for n in SIZES:
            print(f"{setting.name:30} n={n:<4} {coverage(setting, n, groups)}")


if __name__ == "__main__":
    main()
