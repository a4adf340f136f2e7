"""What belongs to a synthesis, what is refused, and the check in one stage."""

from dataclasses import replace

import numpy as np
import pytest

from tests.evaluation.synthesis.figures import (
    ALL,
    R,
    approx,
    limits,
    pilots,
    summaries,
    summary,
)
from trede.evaluation.estimate import CannotEstimate, Estimate
from trede.evaluation.event_times.restricted_mean import restricted_mean
from trede.evaluation.synthesis.heterogeneity import reml
from trede.evaluation.synthesis.likeness import UnlikeMeasures, by_measure
from trede.evaluation.synthesis.one_stage import People, days_in_one_stage, one_stage
from trede.evaluation.synthesis.outcomes import synthesise
from trede.evaluation.synthesis.random_effects import random_effects
from trede.evaluation.synthesis.studies import studies


def people(case: dict, *, arm: bool) -> People:
    columns = [np.array(case[name], dtype=float) for name in ("before", "after")]
    arms = np.array(case["arm"], dtype=float) if arm else None
    return People(*columns, np.array(case["pilot"]), arms)


@pytest.mark.parametrize("case", ALL)
def test_the_picture_has_everything_of_the_headline(case):
    found = synthesise(summaries(case))
    assert found.diamond.method == "reml_hartung_knapp_modified"
    assert found.diamond.value == approx(case["modified"]["value"])
    assert found.prediction is not None
    assert limits(found.prediction.interval) == approx(case["prediction"])
    assert [row.weight for row in found.rows] == approx(case["weights"])
    assert [row.weight_fixed for row in found.rows] == approx(case["weights_fixed"])
    assert [row.summary.value for row in found.rows] == case["y"]
    assert [one.method for one in found.estimates[1:]] == [
        "fixed_effect",
        "reml_hartung_knapp",
        "reml_hartung_knapp_adhoc",
    ]


def test_a_pilot_has_the_interval_of_its_own_degrees_of_freedom():
    by_t, by_z, _ = synthesise(
        [summary(), summary("breda", df=None), summary("delft")]
    ).rows
    assert limits(by_t.interval) == pytest.approx((0.8 - 0.3 * 2.0738731, 1.42216192))
    assert limits(by_z.interval) == pytest.approx((0.8 - 0.3 * 1.959964, 1.3879892))
    assert (by_t.interval.method, by_z.interval.method) == ("t", "wald")


def test_of_two_pilots_only_these_two_are_spoken():
    found = synthesise(pilots(2))
    assert [one.method for one in found.estimates] == ["fixed_effect"]
    assert "these_pilots_only" in found.diamond.notes
    assert found.prediction is None and found.left_out == ()
    assert {(one.what, one.why) for one in found.refused} == {
        ("random_effects", "few_studies"),
        ("leave_one_out", "few_studies"),
    }
    assert [row.weight for row in found.rows] == [r.weight_fixed for r in found.rows]


@pytest.mark.parametrize("k", [0, 1])
def test_fewer_than_two_pilots_are_refused(k: int):
    with pytest.raises(CannotEstimate, match="few_studies"):
        synthesise(pilots(k))


@pytest.mark.parametrize("k", [3, 9, 12])
def test_small_study_effects_are_never_tested(k: int):
    found = synthesise(pilots(k))
    assert not any("egger" in one.method for one in found.estimates)


@pytest.mark.parametrize(
    ("changed", "aspect", "has", "had"),
    [
        ({"scale": (1, 5)}, "scale", "1-5", "0-10"),
        ({"after": "t2"}, "waves", "t0-t2", "t0-t1"),
        ({"estimand": "net_share_up"}, "estimand", "net_share_up", "mean_change"),
        ({"outcome": "hours"}, "outcome", "hours", "well_being"),
        ({"type": "likert"}, "type", "likert", "score"),
        ({"unit": "hours"}, "unit", "hours", "points"),
    ],
)
def test_unlike_measures_are_refused_by_name(changed, aspect, has, had):
    with pytest.raises(UnlikeMeasures) as refusal:
        synthesise([*pilots(3), summary("breda", **changed)])
    (found,) = refusal.value.differences
    assert (found.aspect, found.has, found.had) == (aspect, has, had)
    assert (found.pilot, found.first) == ("breda", "pilot 0")
    assert refusal.value.why == f"other_{aspect}"


def test_one_other_word_in_the_question_is_another_measure():
    other = summary("breda", definition="How content are you with your life?")
    with pytest.raises(UnlikeMeasures) as refusal:
        synthesise([*pilots(3), other])
    assert refusal.value.differences[0].aspect == "definition"


def test_an_effect_and_a_change_are_never_put_together():
    effect = summary("breda", estimand="mean_difference", design="control_group")
    with pytest.raises(UnlikeMeasures) as refusal:
        synthesise([*pilots(3), effect])
    aspects = {one.aspect for one in refusal.value.differences}
    assert aspects == {"vocabulary", "estimand"}


def test_nobody_counts_twice():
    with pytest.raises(CannotEstimate, match="same_pilot_twice"):
        synthesise([*pilots(3), pilots(1)[0]])


def test_what_a_reader_must_know_is_noted():
    some = pilots(5)
    assert synthesise(some).diamond.notes == ()
    changed = {
        "populations_differ": {"population": "all who started"},
        "designs_differ": {"design": "other"},
        "methods_differ": {"method": "other"},
        "error_from_interval": {"error_from": "interval"},
        "missing_withheld": {"n_missing": None},
        "small_pilots": {"n": 19},
    }
    for note, more in changed.items():
        found = synthesise([replace(some[0], **more), *some[1:]])
        assert found.diamond.notes == (note,)


def test_people_are_counted_over_the_pilots():
    found = synthesise([replace(one, n_missing=6) for one in pilots(4)]).diamond
    assert (found.n, found.n_missing) == (4 * 23, 24)


def test_leaving_out_names_the_place_and_counts_the_others():
    found = synthesise(pilots(4))
    assert [one.place for one in found.left_out] == [0, 1, 2, 3]
    assert {one.estimate.n for one in found.left_out} == {69}


def test_several_figures_of_one_outcome_are_kept_apart():
    early, late = pilots(3), [summary(f"pilot {i}", after="t2") for i in range(3)]
    assert by_measure([*early, *late]) == (tuple(early), tuple(late))
    # One figure each: then another wave is a mistake that must be named.
    assert len(by_measure([early[0], late[1]])) == 1


def is_that_of_r(found: Estimate, r: dict) -> None:
    assert (found.value, found.se, found.df) == approx((r["value"], r["se"], r["df"]))
    assert limits(found.interval) == approx(r["ci"])


@pytest.mark.parametrize("case", R["people"])
def test_one_stage_is_that_of_r(case):
    change, effect = (one_stage(people(case, arm=arm)) for arm in (False, True))
    is_that_of_r(change, case["change"])
    is_that_of_r(change, case["mean_of"])
    is_that_of_r(effect, case["effect"])
    if len(set(case["pilot"])) >= 6:
        assert change.p == approx(case["change"]["p"])
        assert effect.p == approx(case["effect"]["p"])


def test_below_six_pilots_one_stage_has_no_p():
    found = one_stage(people(R["people"][1], arm=True))
    assert found.p is None and "smallest_p_2_of_8" in found.notes


def test_two_pilots_are_too_few_for_one_stage():
    some = people(R["people"][0], arm=False)
    two = some.pilot <= 2
    with pytest.raises(CannotEstimate) as refusal:
        one_stage(People(some.before[two], some.after[two], some.pilot[two]))
    assert (refusal.value.why, refusal.value.has) == ("few_studies", 2)


def test_a_pilot_with_one_arm_is_noted_and_two_with_both_are_too_few():
    some = people(R["people"][0], arm=True)
    assert some.arm is not None
    one_arm = replace(some, arm=np.where(some.pilot == 3, 1.0, some.arm))
    assert "one_arm_pilots" in one_stage(one_arm).notes
    with pytest.raises(CannotEstimate, match="few_studies"):
        one_stage(replace(some, arm=np.where(some.pilot > 2, 1.0, some.arm)))


def test_somebody_without_a_pilot_is_refused_and_without_an_answer_counted():
    some = people(R["people"][0], arm=False)
    labels = some.pilot.astype(object)
    labels[4] = None
    with pytest.raises(CannotEstimate, match="no_pilot"):
        one_stage(replace(some, pilot=labels))
    after = some.after.copy()
    after[:3] = np.nan
    assert one_stage(replace(some, after=after)).n_missing == 3


def test_days_in_one_stage_are_the_mean_of_what_everybody_waited():
    """Whoever is seen up to the horizon has a value that is known: days up to it."""
    case = people(R["people"][1], arm=False)
    days = np.round(10 + 90 * np.abs(case.after % 1))
    pilot, horizon = case.pilot, 60
    found = days_in_one_stage(days, np.ones(len(days)), pilot, horizon)
    waited = np.minimum(days, horizon)
    plain = one_stage(People(np.zeros(len(days)), waited, pilot))
    assert (found.value, found.se, found.df) == approx(
        (plain.value, plain.se, plain.df)
    )
    assert (found.method, found.p) == ("one_stage_restricted_mean_cr2", None)


def test_days_in_one_stage_weigh_the_mean_of_each_pilot_by_its_people():
    rng = np.random.default_rng(4)
    pilot = np.repeat(list("ABCD"), (12, 20, 31, 17))
    days = rng.integers(1, 120, 80).astype(float)
    event = rng.integers(0, 2, 80).astype(float)
    days[3] = np.nan
    each = [
        restricted_mean(days[pilot == one], event[pilot == one], 90) for one in "ABCD"
    ]
    found = days_in_one_stage(days, event, pilot, 90)
    weights = [one.n for one in each]
    assert found.value == approx(np.average([e.value for e in each], weights=weights))
    assert (found.n, found.n_missing) == (79, 1)


def test_the_check_stands_beside_and_a_wrong_one_is_refused():
    case = R["people"][0]
    found = synthesise(pilots(4), people=people(case, arm=False))
    assert found.estimates[-1].method == "one_stage_change_cr2"
    refused = synthesise(pilots(4), people=people(case, arm=True)).refused
    assert [(one.what, one.why) for one in refused] == [("one_stage", "other_estimand")]


def test_everybody_alike_before_leaves_nothing_to_adjust_for():
    some = people(R["people"][0], arm=True)
    alike = replace(some, before=some.pilot.astype(float))
    assert one_stage(alike).se is not None


def test_the_interval_holds_the_mean_of_all_pilots_as_often_as_it_says():
    rng, held, of = np.random.default_rng(8), 0, 200
    for _ in range(of):
        errors = 2 / np.sqrt(rng.integers(20, 120, 6))
        values = rng.normal(0.5, np.hypot(errors, 0.3))
        found = studies(values, errors)
        low, high = limits(random_effects(found, reml(found)).interval)
        held += low <= 0.5 <= high
    assert 0.91 < held / of < 0.985
