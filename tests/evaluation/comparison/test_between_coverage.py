"""Intervals of a comparison hold the truth as often as they say.

Seeded, and small: 200 studies give a standard error of about 1.5 points. The settings
are a few of `bench/comparison_coverage.py`, which draws many more.
"""

import numpy as np
import pytest

from tests.evaluation.comparison.figures import groups, limits
from trede.evaluation.comparison.ancova import ancova
from trede.evaluation.comparison.proportional_odds import fit_odds, proportional_odds
from trede.evaluation.comparison.shares import risk_difference
from trede.evaluation.comparison.wild_bootstrap import wild_bootstrap

STUDIES = 200


def study(rng: np.random.Generator, coaches: int = 0, n: int = 60) -> dict:
    """An effect of 0.5; who took part differs more; coaches matter when there are."""
    arm = np.tile([0.0, 1], n // 2)
    before = rng.normal(size=n)
    after = 0.6 * before + 0.5 * arm + rng.normal(size=n) * (1 + arm)
    if coaches:
        coach = rng.integers(0, coaches, n)
        # Coaches differ, and so does what they bring about.
        level, gain = rng.normal(size=(2, coaches))
        after += level[coach] + 1.2 * arm * gain[coach]
        return {"arm": arm, "before": before, "after": after, "cluster": coach}
    return {"arm": arm, "before": before, "after": after}


def held(one, truth: float, studies: int = STUDIES) -> float:
    rng = np.random.default_rng(12)
    found = 0
    for _ in range(studies):
        low, high = limits(one(rng).interval)
        found += low <= truth <= high
    return found / studies


def test_the_adjusted_difference_with_unequal_spread():
    share = held(lambda rng: ancova(groups(study(rng))), 0.5)
    assert share == pytest.approx(0.95, abs=0.03)


def among_coaches(one, coaches: int):
    def drawn(rng: np.random.Generator):
        case = study(rng, coaches)
        return one(groups(case, cluster=case["cluster"]))

    return drawn


@pytest.mark.parametrize("coaches", [6, 10])
def test_among_coaches_whose_effects_differ(coaches: int):
    share = held(among_coaches(ancova, coaches), 0.5)
    assert share == pytest.approx(0.95, abs=0.035)


def test_the_trap_forgetting_the_coach_is_too_sure():
    def forgetful(rng: np.random.Generator):
        case = study(rng, 6)
        return ancova(groups(case))

    assert held(forgetful, 0.5) < 0.9


def test_the_wild_bootstrap_among_eight_coaches():
    share = held(among_coaches(wild_bootstrap, 8), 0.5, studies=100)
    assert 0.89 <= share <= 1


def test_the_common_odds_ratio():
    def odds(rng: np.random.Generator):
        arm = np.tile([0.0, 1], 60)
        before = rng.integers(0, 3, 120)
        latent = before + 0.8 * arm + rng.logistic(size=120)
        after = np.digitize(latent, [0, 1, 2.5])
        case = {"arm": arm, "before": before, "after": after}
        return proportional_odds(fit_odds(groups(case)))

    assert held(odds, 0.8, studies=60) >= 0.87


def test_the_difference_between_shares():
    """Half of people begin with yes; logit -0.5 or 0.5, plus 0.8 for who took part."""

    def chance(linear: float) -> float:
        return 1 / (1 + np.exp(-linear))

    truth = (chance(0.3) + chance(1.3) - chance(-0.5) - chance(0.5)) / 2

    def difference(rng: np.random.Generator):
        arm = np.tile([0.0, 1], 60)
        before = np.repeat([0.0, 1], 60)
        after = rng.random(120) < chance(before - 0.5 + 0.8 * arm)
        return risk_difference(
            groups({"arm": arm, "before": before, "after": after + 0.0})
        )

    assert held(difference, truth) == pytest.approx(0.95, abs=0.03)
