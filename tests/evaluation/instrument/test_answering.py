"""Who does not answer, and whether answers crowd at an end."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evaluation.change.figures import limits, values
from trede.evaluation.codebook import MISSING_REASONS
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.instrument.answering import floor_and_ceiling, item_nonresponse
from trede.evaluation.proportions import share


def test_who_was_not_asked_is_no_part_of_the_base():
    reasons = [None] * 40 + ["skipped"] * 6 + ["refused"] * 3 + ["dont_know"] * 1
    found = item_nonresponse([*reasons, *["not_asked"] * 12])
    told = {e.method: e.value for e in found.estimates}
    assert told == {
        "item_nonresponse": 10 / 50,
        "nonresponse_refused": 3 / 50,
        "nonresponse_dont_know": 1 / 50,
        "nonresponse_skipped": 6 / 50,
    }
    assert {(e.n, e.n_missing) for e in found.estimates} == {(50, 12)}
    expected = share(10, 50)
    assert limits(found.estimates[0].interval) == (expected.low, expected.high)


@given(st.lists(st.sampled_from((None, *MISSING_REASONS)), max_size=60), st.randoms())
def test_reasons_add_up_to_all_nonresponse_in_any_order(reasons, random):
    shuffled = reasons.copy()
    random.shuffle(shuffled)
    if not set(reasons) - {"not_asked"}:
        with pytest.raises(CannotEstimate, match="nobody_asked"):
            item_nonresponse(reasons)
        return
    found = item_nonresponse(reasons)
    assert found == item_nonresponse(shuffled)
    whole, *parts = (e.value for e in found.estimates)
    assert sum(parts) == pytest.approx(whole)


def test_another_reason_is_an_error():
    with pytest.raises(ValueError, match="no reason"):
        item_nonresponse([None, "forgot"])


def test_ends_are_those_of_the_scale_and_not_of_the_answers():
    found = floor_and_ceiling(values([1, 9, 9, 8, np.nan]), low=0, high=10)
    floor, ceiling = found.estimates
    assert (floor.value, ceiling.value) == (0, 0)
    assert (floor.n, floor.n_missing) == (4, 1)
    assert floor.interval is not None
    assert floor.interval.high > 0


@pytest.mark.parametrize(("at_end", "notes"), [(14, ()), (15, ("many_at_end",))])
def test_fifteen_percent_at_an_end_is_many(at_end: int, notes: tuple[str, ...]):
    given = values([1] * at_end + [3] * (100 - at_end))
    assert floor_and_ceiling(given, low=1, high=5).estimates[0].notes == notes


def test_turning_the_scale_round_swaps_floor_and_ceiling():
    given = values([1, 1, 2, 5, 3])
    floor, ceiling = floor_and_ceiling(given, low=1, high=5).estimates
    other_floor, other_ceiling = floor_and_ceiling(6 - given, low=1, high=5).estimates
    assert floor.value == other_ceiling.value
    assert ceiling.value == other_floor.value


def test_answers_outside_the_scale_are_an_error():
    for low, high in ((0, 4), (2, 5), (5, 1)):
        with pytest.raises(ValueError, match="outside"):
            floor_and_ceiling(values([1, 5]), low=low, high=high)


@pytest.mark.parametrize("given", [[], [np.nan, np.nan]])
def test_without_answers_there_are_no_ends(given):
    with pytest.raises(CannotEstimate, match="nobody_answered"):
        floor_and_ceiling(values(given), low=1, high=5)
