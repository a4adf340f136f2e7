"""Whether it matters how, in which language and with whose help people were asked."""

import numpy as np
import pytest

from tests.evaluation.change.figures import EXACT, limits, values
from tests.evaluation.instrument.figures import R
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.instrument.sittings import differences_by


def asked(*groups: tuple[str, list[float]]):
    answers = values([one for _, given in groups for one in given])
    return answers, [name for name, given in groups for _ in given]


@pytest.mark.parametrize("case", R["differences"])
def test_the_difference_and_its_size_are_those_of_r(case):
    found = differences_by(
        *asked(("phone", case["one"]), ("paper", case["other"])), reference="paper"
    )
    one = found.differences["phone"]
    (size,) = one.sizes
    assert one.value == pytest.approx(case["value"], rel=EXACT)
    assert one.df == pytest.approx(case["df"], rel=EXACT)
    assert limits(one.interval) == pytest.approx(case["welch"], rel=EXACT)
    assert size.value == pytest.approx(case["g"], rel=EXACT)
    # R's limits are those of a search that stops at some 1e-7.
    assert limits(size.interval) == pytest.approx(case["d_interval"], abs=1e-6)


def test_everything_is_laid_beside_the_commonest_way():
    ten = [float(k % 5) for k in range(10)]
    found = differences_by(
        *asked(("nl", [*ten, 3.0]), ("ar", ten), ("", ten * 3), ("ti", ten[:9]))
    )
    assert found.reference == "nl"
    assert list(found.differences) == ["ar"]
    refused = found.refused["ti"]
    assert (refused.why, refused.has, refused.needed) == ("few_people", 9, 10)


def test_it_is_no_battery_of_tests():
    ten = [float(k % 5) for k in range(10)]
    found = differences_by(*asked(("a", ten), ("b", ten), ("c", ten)))
    assert {one.p for one in found.differences.values()} == {None}
    assert {one.notes for one in found.differences.values()} == {("not_by_lot",)}


def test_the_other_reference_turns_the_difference_round():
    draw = np.random.default_rng(2)
    given = asked(
        ("a", draw.normal(size=15).tolist()), ("b", draw.normal(size=20).tolist())
    )
    there = differences_by(*given, reference="a").differences["b"]
    back = differences_by(*given, reference="b").differences["a"]
    assert there.value == -back.value
    low, high = limits(there.sizes[0].interval)
    assert limits(back.sizes[0].interval) == pytest.approx((-high, -low))


def test_missing_answers_are_counted_and_do_not_make_a_group_large():
    ten = [float(k % 5) for k in range(10)]
    found = differences_by(*asked(("a", [*ten, np.nan]), ("b", [*ten[:9], np.nan])))
    assert found.reference == "a"
    assert found.refused["b"].has == 9
    found = differences_by(*asked(("a", [*ten, np.nan]), ("b", [*ten, np.nan])))
    assert found.differences["b"].n_missing == 2


def test_answers_that_are_all_alike_have_no_interval():
    found = differences_by(*asked(("a", [3.0] * 10), ("b", [4.0] * 10)))
    one = found.differences["b"]
    assert (one.value, one.interval, one.sizes) == (1, None, ())
    assert "no_variation" in one.notes


def test_one_way_of_asking_leaves_nothing_to_compare():
    with pytest.raises(CannotEstimate, match="one_group"):
        differences_by(*asked(("a", [1.0] * 20), ("", [2.0] * 20)))
    with pytest.raises(CannotEstimate, match="one_group"):
        differences_by(values([]), [])


def test_a_reference_that_is_too_small_is_refused():
    with pytest.raises(CannotEstimate, match="few_people"):
        differences_by(*asked(("a", [1.0] * 5), ("b", [2.0] * 20)), reference="a")


def test_people_that_do_not_match_are_an_error():
    with pytest.raises(ValueError, match="other people"):
        differences_by(values([1, 2]), ["a"])
    with pytest.raises(ValueError, match="nobody"):
        differences_by(*asked(("a", [1.0]), ("b", [2.0])), reference="c")
