"""Who went up, stayed, went down: net share, Tango's interval, the sign test."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.change.figures import EXACT, R, answers, limits, people, values
from trede.evaluation.change.direction import (
    net_share_up,
    shares_by_direction,
    tango,
)
from trede.evaluation.estimate import CannotEstimate


@pytest.mark.parametrize("case", R["ordered"])
def test_the_sign_test_and_the_net_share_are_those_of_r(case):
    found = net_share_up(*answers(case))
    assert found.value == pytest.approx(case["net"], rel=EXACT)
    assert found.p == pytest.approx(case["sign_p"], rel=EXACT)


@pytest.mark.parametrize("case", R["ordered"])
def test_tangos_interval_is_that_of_a_search_for_the_likelihood(case):
    found = net_share_up(*answers(case))
    # R's road (uniroot within uniroot) is good to some nine digits.
    assert limits(found.interval) == pytest.approx(case["tango"], abs=EXACT)


# Fagerland, Lydersen and Laake, "Statistical analysis of contingency tables", 2017,
# chapter 8: complete response before and after consolidation therapy (Cavo 2012).
def test_tangos_interval_is_the_published_one():
    found = limits(tango(6, 16, 161))
    assert found == pytest.approx((-0.1240, -0.0054), abs=5e-5)
    # The same, airway hyper-responsiveness before and after (Bentur 2009).
    assert limits(tango(7, 1, 21)) == pytest.approx((0.026, 0.517), abs=5e-4)


@pytest.mark.parametrize(("up", "down", "n"), [(0, 0, 20), (20, 0, 20), (0, 7, 7)])
def test_the_interval_stands_where_nobody_or_everybody_moves(up, down, n):
    low, high = limits(tango(up, down, n))
    assert -1 <= low <= (up - down) / n <= high <= 1
    assert high - low > 0.1
    # When nobody moves Tango's limits are those of Wilson for 0 of n.
    if not up + down:
        z2 = 1.959963984540054**2
        assert high == pytest.approx(z2 / (n + z2))


@given(st.integers(1, 200), st.integers(0, 200), st.integers(0, 200))
def test_the_interval_holds_the_share_and_mirrors(same, up, down):
    n = same + up + down
    low, high = limits(tango(up, down, n))
    assert -1 <= low <= (up - down) / n <= high <= 1
    assert limits(tango(down, up, n)) == pytest.approx((-high, -low), abs=1e-12)


def test_the_three_shares_add_up_and_carry_wilsons_interval():
    before, after = values([1, 2, 3, 4, 5, 3]), values([2, 2, 3, 3, 5, 4])
    up, same, down = shares_by_direction(before, after)
    assert [e.method for e in (up, same, down)] == [
        "share_up",
        "share_same",
        "share_down",
    ]
    assert (up.value, same.value, down.value) == (2 / 6, 3 / 6, 1 / 6)
    # Newcombe (1998), method 3, by the same function as the report's shares.
    assert up.interval is not None and up.interval.method == "wilson"


def test_when_nobody_moves_there_is_a_share_but_no_test():
    found = net_share_up(np.ones(12), np.ones(12))
    assert (found.value, found.p) == (0, None)
    assert "nothing_moves" in found.notes
    assert found.interval is not None


def test_five_movers_can_never_reach_five_percent():
    after = values([1, 1, 1, 1, 1, 0, 0])
    found = net_share_up(np.zeros(7), after)
    assert found.p == 2 / 32
    assert "cannot_reach_05" in found.notes


@settings(max_examples=30)
@given(people(1, 5))
def test_only_directions_count(pair):
    before, after = pair
    found = net_share_up(before, after)
    signs = net_share_up(np.zeros(len(before)), np.sign(after - before))
    assert (found.value, found.p) == (signs.value, signs.p)
    back = net_share_up(after, before)
    assert (back.value, back.p) == (-found.value, found.p)


def test_three_pairs_are_refused():
    with pytest.raises(CannotEstimate, match="few_pairs"):
        net_share_up(np.zeros(3), np.ones(3))
    with pytest.raises(CannotEstimate, match="few_pairs"):
        shares_by_direction(np.zeros(3), np.ones(3))
