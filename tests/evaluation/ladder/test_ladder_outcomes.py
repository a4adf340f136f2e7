"""Everything about the ladder in one go, headline first."""

import subprocess
import sys
from math import isfinite, nan

import numpy as np
import pytest
from hypothesis import given, settings

from tests.evaluation.ladder.figures import R, limits, people, treads, values
from trede.evaluation.change.outcomes import change_in
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.ladder.outcomes import on_the_ladder

CASE = R["tables"][0]


def rng():
    return np.random.default_rng(1)


def test_it_begins_as_any_change_on_a_ladder():
    found = on_the_ladder(*treads(CASE), rng()).estimates
    plain = change_in("ladder", *treads(CASE), rng())
    assert found[: len(plain)] == plain
    assert found[0].value == pytest.approx(CASE["mean"])


def test_the_ends_come_after_it():
    found = on_the_ladder(*treads(CASE), rng()).estimates
    plain = change_in("ladder", *treads(CASE), rng())
    assert [one.method for one in found[len(plain) :]] == [
        "share_at_floor",
        "share_at_ceiling",
        "share_at_floor_now",
        "share_at_ceiling_now",
        "share_up_of_who_could",
        "share_down_of_who_could",
        "mean_change_without_ceiling",
        "share_up_without_ceiling",
        "mean_change_without_floor",
        "share_up_without_floor",
        "mean_change_without_ends",
        "share_up_without_ends",
    ]


def test_expectations_come_last_of_those_who_have_any():
    before, after = treads(CASE)
    potential = np.minimum(before + 1, 6)
    potential[:10] = nan
    found = on_the_ladder(before, after, rng(), potential=potential).estimates
    last = found[-1]
    assert last.method == "share_reached_potential"
    assert found[-5].method == "share_above_potential"
    # Who was given no potential is not missing; nobody was asked.
    assert (found[-5].n, found[-5].n_missing) == (52, 0)


def test_too_few_expectations_are_refused_beside_the_headline():
    before, after = treads(CASE)
    potential = np.full(len(before), nan)
    potential[:3] = 4
    found = on_the_ladder(before, after, rng(), potential=potential)
    assert [(one.what, one.why) for one in found.refused][-1] == (
        "potential_and_reached",
        "few_people",
    )


def test_another_ladder_has_other_ends():
    case = R["tables"][2]
    found = {
        e.method: e for e in on_the_ladder(*treads(case), rng(), treads=5).estimates
    }
    assert found["share_at_ceiling"].value == pytest.approx(case["ceiling"]["value"])
    with pytest.raises(CannotEstimate, match="not_a_tread") as refusal:
        on_the_ladder(*treads(CASE), rng(), treads=5)
    assert (refusal.value.has, refusal.value.needed) == (6, 5)


def test_three_people_are_refused_at_the_headline():
    with pytest.raises(CannotEstimate, match="few_pairs"):
        on_the_ladder(values([1, 2, 3, nan]), values([1, 2, 3, 4]), rng())


@settings(max_examples=30)
@given(people())
def test_whatever_is_drawn_every_figure_is_sound(drawn):
    before, after = drawn
    found = on_the_ladder(before, after, rng(), potential=np.minimum(before + 1, 6))
    for estimate in found.estimates:
        assert isfinite(estimate.value)
        assert estimate.p is None or 0 < estimate.p <= 1
        if estimate.interval is not None:
            low, high = limits(estimate.interval)
            assert low - 1e-9 <= estimate.value <= high + 1e-9


def test_the_package_needs_nothing_but_numpy_polars_and_scipy_special():
    code = (
        "import sys; import trede.evaluation.ladder.outcomes; "
        "import trede.evaluation.ladder.first_rise; "
        "print([m for m in ('scipy.stats', 'scipy.optimize', 'pandas', 'django') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"
