"""Whether some changed more than others, when nobody stands beside them."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.evaluation.comparison.figures import approx, limits, values
from trede.evaluation.change.mean_change import mean_change
from trede.evaluation.comparison.changes_by_subgroup import changes_by_subgroup
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.missing_people.weighted_change import robust_mean

_PATH = Path(__file__).parents[1] / "reference" / "subgroups.json"
CASES = json.loads(_PATH.read_text())["changes"]
TWO, THREE = CASES


def found_in(case, **more):
    before, after = values(case["before"]), values(case["after"])
    return changes_by_subgroup(before, after, np.array(case["group"]), **more)


@pytest.mark.parametrize("case", CASES)
def test_the_changes_and_their_intervals_are_those_of_r(case):
    found = found_in(case).effects
    assert list(found) == case["names"]
    for place, change in enumerate(found.values()):
        assert (change.value, change.se) == approx(
            (case["means"][place], case["se"][place])
        )
        assert limits(change.interval) == approx(case["limits"][place])


def test_of_two_subgroups_the_difference_is_that_of_r():
    found = found_in(TWO).interaction
    assert found.method == "interaction"
    assert (found.value, found.se) == approx((TWO["apart"], TWO["se_apart"]))
    assert (found.p, found.df) == approx((TWO["p"], TWO["df"]))


def test_of_three_the_joint_test_is_that_of_r():
    found = found_in(THREE).interaction
    assert found.method == "interaction_htz"
    assert (found.value, found.df, found.p) == approx(
        (THREE["f"], THREE["df"], THREE["p"])
    )


def test_nothing_here_is_called_an_effect():
    found = found_in(THREE)
    told = (found.interaction, *found.effects.values())
    assert all("not_an_effect" in one.notes for one in told)


def test_a_subgroup_by_itself_has_the_change_that_it_has_elsewhere():
    one = np.array(TWO["group"]) == "a"
    alone = mean_change(values(TWO["before"])[one], values(TWO["after"])[one])
    inside = found_in(TWO).effects["a"]
    assert (inside.value, inside.p, inside.df) == approx(
        (alone.value, alone.p, alone.df)
    )


def test_few_people_are_refused_by_name_and_the_rest_goes_on():
    labels = np.array(THREE["group"], dtype=object)
    labels[:9] = "few"
    found = changes_by_subgroup(values(THREE["before"]), values(THREE["after"]), labels)
    refusal = found.refused["few"]
    assert (refusal.why, refusal.has, refusal.needed) == ("few_people", 9, 10)
    assert found.interaction.n == 111


def test_who_missed_an_answer_or_gave_no_label_is_counted_as_missing():
    after, labels = values(TWO["after"]), np.array(TWO["group"], dtype=object)
    after[:5], labels[5:8] = np.nan, None
    found = changes_by_subgroup(values(TWO["before"]), after, labels).interaction
    assert (found.n, found.n_missing) == (62, 8)


@pytest.mark.parametrize(
    ("after", "labels", "why"),
    [
        (lambda x: x + 1, lambda g: g, "no_variation"),
        (lambda x: x * 2, lambda g: np.repeat("a", len(g)), "few_subgroups"),
        (lambda x: x * np.nan, lambda g: g, "few_pairs"),
    ],
)
def test_what_cannot_differ_is_refused(after, labels, why):
    before = values(TWO["before"])
    with pytest.raises(CannotEstimate) as refusal:
        changes_by_subgroup(before, after(before), labels(np.array(TWO["group"])))
    assert refusal.value.why == why


def test_labels_of_other_people_are_a_mistake():
    with pytest.raises(ValueError, match="not the same people"):
        changes_by_subgroup(np.ones(5), np.ones(5), np.array(["a"] * 4))


# By coach ----------------------------------------------------------------------------


def coached(n=72, coaches=7, seed=5):
    """People of coaches who see both subgroups, and who differ in what they reach."""
    rng = np.random.default_rng(seed)
    coach = rng.integers(0, coaches, n)
    change = rng.normal(0.3, 1, n) + rng.normal(0, 0.7, coaches)[coach]
    return change, np.where(rng.random(n) < 0.4, "a", "b"), coach.astype(np.str_)


def test_where_nobody_shares_a_coach_coaches_make_no_difference():
    change, group, _coach = coached()
    alone = np.arange(len(change)).astype(np.str_)
    plain = changes_by_subgroup(np.zeros(72), change, group)
    same = changes_by_subgroup(np.zeros(72), change, group, cluster=alone)
    for one, other in zip(plain.effects.values(), same.effects.values(), strict=True):
        assert (one.value, one.se, one.df) == approx((other.value, other.se, other.df))
    assert plain.interaction.se == approx(same.interaction.se)


def test_by_coach_a_subgroup_has_the_error_of_the_headline_of_its_people():
    """Of each subgroup its own mean: the others take nothing away from it."""
    change, group, coach = coached()
    found = changes_by_subgroup(np.zeros(72), change, group, cluster=coach)
    for name, one in found.effects.items():
        own = robust_mean(change[group == name], None, coach[group == name])
        assert (one.value, one.se**2, one.df) == approx(
            (own.value, own.variance, own.df)
        )
    both = found.interaction
    # Coaches who reach more do so in both subgroups: they drop out of the difference.
    apart = np.hypot(*(one.se for one in found.effects.values()))
    assert both.se < apart and both.notes == (
        "not_an_effect",
        "errors_by_coach",
        "few_clusters",
    )


def test_a_subgroup_of_one_coach_is_refused():
    change, group, coach = coached()
    coach[group == "a"] = "0"
    with pytest.raises(CannotEstimate) as caught:
        changes_by_subgroup(np.zeros(72), change, group, cluster=coach)
    assert (caught.value.why, caught.value.has) == ("few_subgroups", 1)


def test_of_three_subgroups_few_coaches_leave_no_p():
    change, group, coach = coached(n=90, coaches=5)
    group = np.where(np.arange(90) % 3 == 0, "c", group)
    joint = changes_by_subgroup(np.zeros(90), change, group, cluster=coach).interaction
    assert joint.method == "interaction_htz" and joint.p is None
