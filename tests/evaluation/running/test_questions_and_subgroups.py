"""How the questions did, outcomes by subgroup, and what could have been seen."""

import numpy as np
import polars as pl
import pytest

from tests.evaluation.running.figures import (
    WHOLE,
    beside_survey,
    both,
    of_those,
    pilot,
    run,
    told,
    whole,
)
from trede.evaluation.comparison.changes_by_subgroup import changes_by_subgroup
from trede.evaluation.instrument.alpha import cronbach_alpha
from trede.evaluation.instrument.answering import floor_and_ceiling
from trede.evaluation.instrument.scales import complete_scale
from trede.evaluation.instrument.sittings import differences_by
from trede.evaluation.precision.changes_in_share import smallest_change_in_share
from trede.evaluation.precision.mean_changes import smallest_mean_change
from trede.evaluation.precision.two_groups import (
    Arms,
    smallest_difference_in_share,
    smallest_mean_difference,
)


def quality(kind, moment="t0", *, analysis=None, **about):
    every = (analysis or whole()).checked.figures
    return [
        one
        for one in every
        if (one.kind, one.moment) == (kind, moment)
        and all(getattr(one, name) == value for name, value in about.items())
    ]


def test_alpha_is_of_the_items_turned_the_same_way():
    items = {code: both(code)[0] for code in ("reads", "phones", "writes")}
    items["phones"] = 6 - items["phones"]
    direct = cronbach_alpha(complete_scale(items, what="test"))
    (found,) = quality("alpha", scale="language")
    assert found.value == pytest.approx(direct.value) and found.value > 0.5
    assert found.ci == pytest.approx((direct.interval.low, direct.interval.high))
    assert quality("omega", scale="language") and quality("alpha", "t1")


def test_each_item_is_held_against_the_others():
    found = quality("item_rest", scale="language")
    assert [one.outcome for one in found] == ["reads", "phones", "writes"]
    assert len(quality("alpha_without", scale="language")) == 3


def test_nonresponse_is_of_who_was_measured_then():
    (found,) = quality("nonresponse", "t1", outcome="satisfied")
    before, after = both("satisfied")
    assert found.n == 48
    assert found.value == np.isnan(after[of_those("status") == "stayed"]).mean()
    (start,) = quality("nonresponse", outcome="satisfied")
    assert (start.n, start.value) == (56, np.isnan(before).mean())


def test_a_reason_that_is_given_is_counted_apart():
    silent = pl.col("satisfied_t0").is_null()
    why = pl.when(silent).then(pl.lit("dont_know")).otherwise(None)
    found = run(pilot().with_columns(satisfied_t0_missing=why))
    (told_,) = quality("nonresponse_dont_know", analysis=found)
    (all_,) = quality("nonresponse", analysis=found, outcome="satisfied")
    assert told_.value == all_.value > 0


def test_the_ends_are_those_of_the_scale():
    low, high = floor_and_ceiling(both("tread")[0], low=1, high=6).estimates
    (floor,) = quality("floor", outcome="tread")
    (ceiling,) = quality("ceiling", outcome="tread")
    assert (floor.value, ceiling.value) == (low.value, high.value)
    assert not quality("floor", outcome="hours") + quality("floor", outcome="works")


def test_ways_of_asking_are_laid_beside_the_usual_one():
    direct = differences_by(both("satisfied")[0], of_those("mode_t0").tolist())
    (found,) = quality("by_mode", outcome="satisfied")
    assert (found.level, found.reference) == ("paper", "screen")
    assert found.value == direct.differences["paper"].value
    assert found.size == direct.differences["paper"].sizes[0].value


def test_eight_by_telephone_are_named_as_too_few_once_and_not_told():
    (refusal,) = [one for one in whole().refused if one.what.startswith("by_mode")]
    assert (refusal.what, refusal.contrast) == ("by_mode:telephone", "t0")
    assert (refusal.has, refusal.needed) == (4, 10)
    assert not quality("by_mode", level="telephone")


def test_all_asked_alike_is_nothing_to_compare_and_no_refusal():
    assert not quality("by_mode", "t1")
    assert not [one for one in whole().refused if one.contrast == "t1"]


def test_a_scale_of_what_was_not_asked_at_a_moment_is_left_out_there():
    text = WHOLE + (
        '[[contrast]]\ncode = "difference_1"\nbefore = "t0"\nafter = "t1"\n'
        '[[contrast]]\ncode = "difference_2"\nbefore = "t1"\nafter = "t2"\n'
    )
    frame = pilot().with_columns(satisfied_t2="satisfied_t1")
    found = run(frame, text)
    assert quality("alpha", "t1", analysis=found)
    assert not quality("alpha", "t2", analysis=found)


def test_each_primary_outcome_is_told_by_subgroup():
    found = {one.outcome: one for one in whole().divided.figures}
    assert list(found) == ["satisfied", "tread"]
    direct = changes_by_subgroup(*both("satisfied"), of_those("sex"))
    one = found["satisfied"]
    assert one.interaction_p == direct.interaction.p
    assert [level.level for level in one.levels] == ["man", "woman"]
    assert [level.estimate for level in one.levels] == [
        effect.value for effect in direct.effects.values()
    ]
    assert sum(level.n for level in one.levels) == one.n


def test_a_town_of_one_person_is_refused_by_name_with_its_column():
    refused = [one for one in whole().refused if one.what == "interaction:town"]
    assert [one.outcome for one in refused] == ["satisfied", "tread"]
    assert {(one.why, one.has, one.needed) for one in refused} == {
        ("few_subgroups", 1, 2)
    }


def test_a_small_subgroup_beside_large_ones_is_named_among_them():
    frame = pilot().with_columns(
        sex=pl.when(pl.int_range(60) < 18).then(pl.lit("other")).otherwise("sex")
    )
    one, *_others = run(frame).divided.figures
    (small,) = one.refused
    assert (small.level, small.why, small.needed) == ("other", "few_people", 10)
    assert "other" not in {level.level for level in one.levels}


def test_beside_a_survey_it_is_the_effect_that_may_differ():
    one, *_others = beside_survey().divided.figures
    assert "not_an_effect" not in one.notes
    assert {level.level for level in one.levels} == {"man", "woman"}
    before, _after = both("satisfied")
    assert one.n > len(before)


def smallest(code, analysis=None):
    every = (analysis or whole()).seen.figures
    return next(one for one in every if one.outcome == code)


def test_the_smallest_change_follows_from_how_many_there_are():
    before, after = both("satisfied")
    change = (after - before)[~np.isnan(after - before)]
    found, direct = smallest("satisfied"), smallest_mean_change(len(change))
    assert (found.n, found.detectable) == (len(change), direct.value)
    assert found.in_points == pytest.approx(direct.value * change.std(ddof=1))
    assert (found.unit, found.power) == ("deviations_of_change", 0.8)
    assert found.alpha == pytest.approx(0.05)


def test_of_a_yes_it_is_a_share_given_how_many_moved():
    before, after = both("works")
    change = (after - before)[~np.isnan(after - before)]
    moving = (change != 0).mean()
    found = smallest("works")
    direct = smallest_change_in_share(len(change), moving).value
    assert (found.moving, found.detectable) == (moving, direct)
    assert (found.unit, found.in_points) == ("share", None)


def test_when_nobody_moves_that_is_refused():
    frame = pilot().with_columns(works_t1=pl.col("works_t0"))
    found = run(frame).refused
    (refusal,) = [one for one in found if one.what == "smallest_change"]
    assert (refusal.outcome, refusal.why) == ("works", "nothing_moves")


def test_between_two_groups_both_numbers_and_the_start_count():
    found = smallest("satisfied", beside_survey())
    sizes = Arms(found.n, found.n_comparison)
    assert found.unit == "deviations_of_answers" and found.n < found.n_comparison
    assert 0 < found.correlation < 1
    direct = smallest_mean_difference(sizes, correlation=found.correlation)
    assert found.detectable == direct.value
    assert found.detectable > smallest("satisfied").detectable


def test_a_yes_is_held_against_the_share_of_the_others():
    found = smallest("works", beside_survey())
    direct = smallest_difference_in_share(
        Arms(found.n, found.n_comparison), found.share_of_others
    )
    assert (found.detectable, found.unit) == (direct.value, "share")
    (others,) = [
        one
        for one in beside_survey().levels
        if (one.outcome, one.group) == ("works", "comparison")
    ]
    assert found.share_of_others == others.share_after


def test_the_json_tells_all_three():
    found = told()
    kinds = {one["kind"] for one in found["instrument"]}
    assert {"alpha", "omega", "nonresponse", "floor", "ceiling", "by_mode"} <= kinds
    assert found["subgroups"][0]["subgroup"] == "sex"
    assert found["precision"][0]["outcome"] == "satisfied"
