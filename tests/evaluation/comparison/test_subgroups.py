"""The effect by subgroup: first whether it differs, then how."""

import numpy as np
import pytest

from tests.evaluation.comparison.figures import R, approx, drawn, groups, is_that_of_r
from trede.evaluation.comparison.subgroups import by_subgroup
from trede.evaluation.estimate import CannotEstimate

CASES = R["subgroups"]


@pytest.mark.parametrize("case", CASES)
def test_effects_and_the_joint_test_are_those_of_r(case):
    found = by_subgroup(groups(case, cluster=case["coach"]), np.array(case["group"]))
    assert list(found.effects) == case["names"]
    for effect, r in zip(found.effects.values(), case["effects"], strict=True):
        assert (effect.value, effect.se, effect.df) == approx(
            (r["value"], r["se"], r["df"])
        )
    assert found.interaction.p == approx(case["p"])
    assert found.interaction.df == approx(case["df"])


@pytest.mark.parametrize("case", CASES)
def test_without_coaches_everybody_is_a_cluster(case):
    found = by_subgroup(groups(case), np.array(case["group"])).interaction
    assert (found.p, found.df) == approx((case["p_alone"], case["df_alone"]))


def test_of_two_subgroups_the_difference_itself_is_told():
    case = CASES[0]
    found = by_subgroup(groups(case), np.array(case["group"]))
    first, second = (effect.value for effect in found.effects.values())
    assert found.interaction.method == "interaction"
    assert found.interaction.value == pytest.approx(second - first)
    assert found.interaction.interval is not None


def test_three_subgroups_have_an_f():
    case = CASES[1]
    found = by_subgroup(groups(case), np.array(case["group"])).interaction
    assert found.method == "interaction_htz"
    assert found.value == approx(case["f_alone"])


def test_a_subgroup_of_nine_is_refused_by_name_and_the_others_stay():
    case = drawn(60)
    labels = np.repeat(["few", "some", "more"], [9, 21, 30])
    found = by_subgroup(groups(case), labels)
    refusal = found.refused["few"]
    assert (refusal.why, refusal.has, refusal.needed) == ("few_people", 9, 10)
    assert list(found.effects) == ["more", "some"]
    assert found.interaction.n == 51
    assert sum(effect.n for effect in found.effects.values()) == 51


def test_the_norm_is_an_argument():
    case = drawn(60)
    labels = np.repeat(["few", "some"], [9, 51])
    assert list(by_subgroup(groups(case), labels, smallest=9).effects) == [
        "few",
        "some",
    ]
    with pytest.raises(CannotEstimate) as refusal:
        by_subgroup(groups(case), labels)
    assert (refusal.value.why, refusal.value.has) == ("few_subgroups", 1)


def test_a_subgroup_that_is_all_in_one_arm_is_refused():
    case = drawn(60)
    labels = np.where((case["arm"] == 1) & (np.arange(60) < 40), "one", "other")
    labels[40:50] = "third"
    found = by_subgroup(groups(case), labels)
    assert found.refused["one"].why == "few_in_arm"


def test_who_gave_no_answer_is_left_out():
    case = drawn(60)
    labels = np.repeat(np.array(["a", "b", "", None], dtype=object), 15)
    found = by_subgroup(groups(case), labels)
    assert list(found.effects) == ["a", "b"]
    assert (found.interaction.n, found.interaction.n_missing) == (30, 30)


def test_equal_effects_differ_by_chance_only():
    """p of the interaction is about evenly spread when there is none."""
    small = 0
    for seed in range(100):
        case = drawn(40, seed)
        labels = np.random.default_rng(seed).permutation(np.tile(["a", "b"], 20))
        found = by_subgroup(groups(case), labels, smallest=5).interaction
        small += found.p < 0.1
    assert 3 <= small <= 19


def test_one_result_is_r_s_to_the_last():
    case = CASES[0]
    found = by_subgroup(groups(case, cluster=case["coach"]), np.array(case["group"]))
    is_that_of_r(next(iter(found.effects.values())), case["effects"][0])


def test_when_nobody_differs_there_is_no_joint_test():
    case = {**drawn(60), "after": np.full(60, 3.0)}
    with pytest.raises(CannotEstimate, match="no_variation"):
        by_subgroup(groups(case), np.repeat(["a", "b", "c"], 20))


def test_labels_are_of_everybody_also_of_who_is_missing():
    case = {name: column.copy() for name, column in drawn(60).items()}
    labels = np.tile(["a", "a", "b", "b"], 15)
    whole = by_subgroup(groups(case), labels)
    case["after"][:4] = np.nan
    part = by_subgroup(groups(case), labels)
    cut = {name: column[4:] for name, column in case.items()}
    assert (
        part.effects["a"].value
        == by_subgroup(groups(cut), labels[4:]).effects["a"].value
    )
    assert (whole.interaction.n_missing, part.interaction.n_missing) == (0, 4)


def test_labels_of_other_people_are_an_error():
    with pytest.raises(ValueError):
        by_subgroup(groups(drawn(60)), np.repeat(["a", "b"], 29))
