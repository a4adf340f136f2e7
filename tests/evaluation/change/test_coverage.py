"""Intervals hold the truth as often as they say; tests cry wolf no oftener.

Seeded, and small: 400 groups give a standard error of about 1.1 points. The settings
are a few of `bench/change_coverage.py`, which draws many more.
"""

from math import sqrt

import numpy as np
import pytest

from tests.evaluation.change.figures import values
from trede.evaluation.change.binary import PairedCounts, newcombe
from trede.evaluation.change.bootstrap import mean_interval
from trede.evaluation.change.direction import even_odds, net_share_up
from trede.evaluation.change.hodges_lehmann import hodges_lehmann
from trede.evaluation.change.mean_change import mean_change
from trede.evaluation.change.signed_rank import signed_rank

GROUPS = 400


def scores(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    before, noise = rng.normal(size=(2, n))
    return before, 1.4 * (0.6 * before + 0.8 * noise) + 0.4


def share_held(one, truth: float) -> float:
    rng = np.random.default_rng(12)
    held = 0
    for _ in range(GROUPS):
        interval = one(rng)
        held += interval.low <= truth <= interval.high
    return held / GROUPS


@pytest.mark.parametrize(
    ("name", "one", "truth"),
    [
        ("mean", lambda rng: mean_change(*scores(rng, 23)).interval, 0.4),
        (
            "g_av",
            lambda rng: mean_change(*scores(rng, 23)).sizes[0].interval,
            0.4 / sqrt((1 + 1.4**2) / 2),
        ),
        (
            "g_z",
            lambda rng: mean_change(*scores(rng, 23)).sizes[1].interval,
            0.4 / sqrt(1 + 1.4**2 - 2 * 0.6 * 1.4),
        ),
        ("middle", lambda rng: hodges_lehmann(*scores(rng, 23)).interval, 0.4),
        (
            "share",
            lambda rng: newcombe(
                PairedCounts(*rng.multinomial(30, (0.1, 0.3, 0.05, 0.55)).tolist())
            ),
            0.25,
        ),
        (
            "net",
            lambda rng: (
                net_share_up(
                    np.zeros(30), rng.choice([-1.0, 0, 1], 30, p=(0.2, 0.4, 0.4))
                ).interval
            ),
            0.2,
        ),
        (
            "hours",
            lambda rng: mean_interval(rng.gamma(1.0, 6.0, 60), rng, 1_000),
            6.0,
        ),
    ],
)
def test_an_interval_of_95_percent_holds_the_truth_that_often(name, one, truth):
    assert 0.92 <= share_held(one, truth) <= 0.985


def test_hedges_g_is_all_but_unbiased_in_small_groups():
    rng = np.random.default_rng(2)
    truth = 0.4 / sqrt((1 + 1.4**2) / 2), 0.4 / sqrt(1 + 1.4**2 - 2 * 0.6 * 1.4)
    found = [
        [size.value for size in mean_change(*scores(rng, 12)).sizes]
        for _ in range(1_000)
    ]
    means, errors = np.mean(found, axis=0), np.std(found, axis=0) / sqrt(1_000)
    # g_z exactly; g_av a few hundredths on the modest side, as `sizes` says.
    assert abs(means[1] - truth[1]) < 3 * errors[1]
    assert -0.04 * truth[0] < means[0] - truth[0] + 3 * errors[0]
    assert means[0] - truth[0] < 3 * errors[0]


def test_exact_tests_reject_at_most_five_percent_under_any_null():
    """Not by simulation: the chance of p <= .05 is added up over all outcomes."""
    for movers in range(1, 60):
        ways = np.array([even_odds(up, movers - up) for up in range(movers + 1)])
        coins = np.array([_binomial(movers, up) for up in range(movers + 1)])
        assert coins[ways <= 0.05].sum() <= 0.05


def _binomial(n: int, k: int) -> float:
    chances = np.array([1.0])
    for _ in range(n):
        chances = np.convolve(chances, [0.5, 0.5])
    return float(chances[k])


def test_the_rank_test_rejects_at_most_five_percent_whatever_the_ties():
    sizes = values([0, 0, 1, 1, 1, 1, 2, 2, 3, 4])
    p = []
    for bits in range(2**8):
        signs = [1 if bits >> i & 1 else -1 for i in range(8)]
        change = np.concatenate((sizes[:2], sizes[2:] * signs))
        p.append(signed_rank(np.zeros(10), change).p)
    found = np.array(p, dtype=float)
    for level in (0.01, 0.05, 0.1, 0.2, 0.5):
        assert np.mean(found <= level) <= level
