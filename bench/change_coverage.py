"""How often the intervals of a change hold the truth, and how fast the bootstrap is.

`python bench/change_coverage.py [groups]` draws that many groups (500 unless told
otherwise) per setting and prints the share of intervals that hold the true value: 95%
is meant. The tests do the same with fewer groups and settings.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from math import sqrt

import numpy as np
from scipy import stats

from trede.evaluation.change.binary import PairedCounts, agresti_min, newcombe
from trede.evaluation.change.bootstrap import mean_interval
from trede.evaluation.change.direction import net_share_up
from trede.evaluation.change.hodges_lehmann import hodges_lehmann
from trede.evaluation.change.mean_change import mean_change
from trede.evaluation.change.signed_rank import signed_rank
from trede.evaluation.estimate import CannotEstimate, Interval, Values

Chance = np.random.Generator
SIZES = (12, 23, 53, 150)


@dataclass(frozen=True)
class Setting:
    """One way of drawing a group, the interval made of it, and the truth."""

    name: str
    truth: float
    interval: Callable[[Chance], Interval | None]


def scores(rng: Chance, n: int, rho: float, sd: float) -> tuple[Values, Values]:
    """Normal scores with this correlation, 0.4 higher after, with this spread then."""
    before, noise = rng.normal(size=(2, n))
    return before, sd * (rho * before + sqrt(1 - rho**2) * noise) + 0.4


def likert(rng: Chance, n: int, rise: float) -> tuple[Values, Values]:
    well = rng.normal(3, 0.8, n)
    answers = (well + rng.normal(0, 0.6, n), well + rise + rng.normal(0, 0.6, n))
    before, after = (np.clip(np.rint(one), 1, 5) for one in answers)
    return before, after


def hours(rng: Chance, n: int) -> tuple[Values, Values]:
    """Four in ten have some nine hours; afterwards half of them some eleven."""
    before = rng.binomial(1, 0.4, n) * rng.gamma(2, 4.5, n)
    return before, rng.binomial(1, 0.5, n) * rng.gamma(2, 5.5, n)


def of_scores() -> Iterator[Setting]:
    for n, rho, sd in product(SIZES[:3], (0.3, 0.8), (1.0, 1.5)):
        draw = partial(scores, n=n, rho=rho, sd=sd)
        units = (sqrt((1 + sd**2) / 2), sqrt(1 + sd**2 - 2 * rho * sd))
        for place, name in enumerate(("g_av", "g_z")):
            yield Setting(
                f"{name} n={n} rho={rho} sd={sd}",
                0.4 / units[place],
                lambda rng, draw=draw, place=place: (
                    mean_change(*draw(rng)).sizes[place].interval
                ),
            )
        yield Setting(
            f"hodges_lehmann n={n} rho={rho} sd={sd}",
            0.4,
            lambda rng, draw=draw: hodges_lehmann(*draw(rng)).interval,
        )


def of_likert() -> Iterator[Setting]:
    for rise, n in product((0.0, 0.4, 1.0), SIZES):
        everybody = likert(np.random.default_rng(99), 100_000, rise)
        for estimate in (signed_rank, net_share_up):
            truth = estimate(*everybody).value
            yield Setting(
                f"{estimate.__name__} {truth:.2f} n={n}",
                truth,
                lambda rng, estimate=estimate, n=n, rise=rise: (
                    estimate(*likert(rng, n, rise)).interval
                ),
            )


def of_binary() -> Iterator[Setting]:
    shares = ((0.3, 0.2, 0.1, 0.4), (0.05, 0.1, 0.02, 0.83), (0.1, 0.3, 0.05, 0.55))
    for cells, n, method in product(shares, SIZES[:3], (newcombe, agresti_min)):
        yield Setting(
            f"{method.__name__} {cells} n={n}",
            cells[1] - cells[2],
            lambda rng, method=method, n=n, cells=cells: method(
                PairedCounts(*rng.multinomial(n, cells).tolist())
            ),
        )


def of_hours() -> Iterator[Setting]:
    for n in SIZES:
        yield Setting(
            f"bca hours n={n}",
            0.5 * 11 - 0.4 * 9,
            lambda rng, n=n: mean_interval(
                np.subtract(*hours(rng, n)[::-1]), rng, 2_000
            ),
        )


def coverage(setting: Setting, groups: int) -> str:
    """The share of intervals that hold the truth, of those that could be given."""
    rng, held, given = np.random.default_rng(1), 0, 0
    for _ in range(groups):
        try:
            found = setting.interval(rng)
        except CannotEstimate:
            continue
        if found is not None:
            given += 1
            held += found.low <= setting.truth <= found.high
    return f"{held / given:6.1%} of {given}"


def speed() -> None:
    """40 outcomes of 150 people, 10,000 resamples, beside scipy one by one."""
    rng = np.random.default_rng(1)
    changes = [np.subtract(*hours(rng, 150)) for _ in range(40)]
    start = time.perf_counter()
    for change in changes:
        mean_interval(change, rng)
    ours = time.perf_counter() - start
    start = time.perf_counter()
    stats.bootstrap((changes[0],), np.mean, vectorized=False, n_resamples=10_000)
    loop = 40 * (time.perf_counter() - start)
    print(f"bootstrap: {ours:.3f} s, scipy's loop {loop:.1f} s: {loop / ours:.0f} x")


def main() -> None:
    groups = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    speed()
    for settings in (of_scores, of_likert, of_binary, of_hours):
        for setting in settings():
            print(f"{setting.name:45}{coverage(setting, groups)}")


if __name__ == "__main__":
    main()
