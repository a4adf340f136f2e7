"""Times to an event, and the ladder in full."""

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
from trede.evaluation.event_times.kaplan_meier import kaplan_meier
from trede.evaluation.event_times.outcomes import times_in
from trede.evaluation.ladder.first_rise import SEEN_LATER
from trede.evaluation.ladder.outcomes import on_the_ladder
from trede.evaluation.ladder.small_steps import small_steps
from trede.evaluation.ladder.transitions import transitions


def times():
    return (of_those(f"step_{end}").astype(float) for end in ("days", "event"))


def test_a_time_is_followed_and_has_a_contrast_of_its_own():
    lines = [one for one in whole().lines if one.outcome.code == "step"]
    assert {one.contrast for one in lines} == {"follow_up"}
    direct = times_in(*times(), horizon=200).estimates
    assert tuple(one.estimate for one in lines) == direct
    assert [one.headline for one in lines] == [True] + [False] * (len(lines) - 1)


def test_a_first_rise_says_from_when_it_counts_and_any_other_time_does_not():
    text = WHOLE.replace('code = "step"', 'code = "step"\nrise_on = "tread"')
    lines = [one for one in run(pilot(), text).lines if one.outcome.code == "step"]
    assert lines and all(SEEN_LATER in one.estimate.notes for one in lines)
    others = [one for one in whole().lines if one.outcome.code == "step"]
    assert not any(SEEN_LATER in one.estimate.notes for one in others)


def test_the_curve_is_that_of_kaplan_and_meier_of_who_belong():
    (found,) = told()["times"]
    curve = kaplan_meier(*times())
    seen = curve.days <= 200
    *days, last = found["curve"]["days"]
    assert days == curve.days[seen].tolist() and last == 200
    shares = curve.survival[seen].tolist()
    assert found["curve"]["surviving"] == [*shares, shares[-1]]
    assert (found["n"], found["events"]) == (56, curve.events[seen].sum())


def test_nothing_of_a_curve_is_told_beyond_the_horizon():
    (found,) = told()["times"]
    assert found["horizon"] == 200 and kaplan_meier(*times()).days.max() == 300
    assert max(*found["censored"], *(one["day"] for one in found["at_risk"])) <= 200


def test_a_dot_stands_on_each_day_that_looking_at_somebody_stopped():
    (found,) = told()["times"]
    days, event = times()
    stopped = np.unique(days[(event == 0) & (days <= 200)])
    assert found["censored"] == stopped.tolist()
    assert set(stopped) < set(kaplan_meier(days, event).days.tolist())


def test_under_the_curve_stands_who_was_still_followed():
    (found,) = whole().curves
    first, *others = found.at_risk
    assert (first.day, first.n) == (0, 56)
    numbers = [one.n for one in others]
    assert numbers == sorted(numbers, reverse=True) and len(numbers) < 8
    days = of_those("step_days")
    for one in found.at_risk:
        assert one.n == (days >= one.day).sum()


def test_without_a_horizon_the_last_day_is_taken_and_noted():
    found = run(pilot(), WHOLE.replace("horizon = 200\n", ""))
    headline = next(one for one in found.lines if one.outcome.code == "step")
    assert "horizon_from_data" in headline.estimate.notes
    assert found.curves[0].horizon == 300


def test_a_horizon_beyond_what_was_followed_is_refused():
    found = run(pilot(), WHOLE.replace("horizon = 200", "horizon = 400"))
    (refusal,) = [one for one in found.refused if one.why == "beyond_follow_up"]
    assert (refusal.outcome, refusal.contrast) == ("step", "follow_up")
    assert (refusal.has, refusal.needed) == (300, 400)


def test_beside_a_survey_times_are_weighted_like_all_else():
    lines = [one for one in beside_survey().lines if one.outcome.code == "step"]
    effects = [one.estimate for one in lines if one.contrast == "follow_up"]
    assert effects[0].method == "restricted_mean_difference"
    assert "log_rank_weighted" in [one.method for one in effects]
    assert not any("not_weighted" in one.notes for one in effects)
    assert {one.group for one in beside_survey().curves} == {"treated", "comparison"}


def test_the_line_that_is_drawn_is_the_one_that_the_mean_days_are_under():
    means = {one.estimate.method: one.estimate.value for one in beside_survey().lines}
    for drawn in beside_survey().curves:
        days = np.array([0, *drawn.curve.days])
        shares = np.array([1, *drawn.curve.surviving])
        mean = means[f"restricted_mean_{int(drawn.group == 'treated')}"]
        assert (shares[:-1] * np.diff(days)).sum() == pytest.approx(mean)


def test_the_ladder_is_told_in_full():
    before, after = both("tread")
    ladder = whole().climbed.ladder
    table = transitions(before, after)
    assert np.array_equal(ladder.cells, table.counts)
    assert (ladder.n, ladder.n_missing) == (table.n, table.n_missing)
    assert (ladder.floor.before, ladder.ceiling.after) == (
        table.started[0],
        table.now[-1],
    )
    direct = on_the_ladder(
        before,
        after,
        np.random.default_rng(1),
        potential=of_those("expected").astype(float),
    )
    methods = [one.estimate.method for one in ladder.lines]
    assert methods[: len(direct.estimates)] == [e.method for e in direct.estimates]
    assert ladder.lines[0].estimate == next(
        one.estimate for one in whole().lines if one.outcome.code == "tread"
    )


def test_small_steps_are_told_by_domain_and_beside_the_ladder():
    taken = np.column_stack(
        [of_those("steps_finances"), of_those("steps_housing")]
    ).astype(float)
    direct = small_steps(taken, ("steps_finances", "steps_housing")).by_domain
    ladder = told()["ladder"]
    for one, domain in zip(ladder["small_steps"], direct, strict=True):
        assert (one["domain"], one["n"]) == (domain.domain, 56)
        assert one["share"] == pytest.approx(domain.share.value)
        low, high = one["ci"]
        assert low < one["share"] < high
    methods = {one["method"] for one in ladder["estimates"]}
    assert "share_with_step_of_who_stayed" in methods


def test_of_several_ladders_the_primary_one_is_told():
    frame = pilot().with_columns(other_t0="tread_t0", other_t1="tread_t1")
    frame = frame.rename({"other_t0": "first_t0", "other_t1": "first_t1"})
    text = WHOLE.replace(
        "[[outcome]]", '[[outcome]]\ncode = "first"\ntype = "ladder"\n[[outcome]]', 1
    )
    assert run(frame, text).climbed.ladder.outcome == "tread"


def test_without_a_ladder_there_is_none():
    text = 'design = "pre_post"\n[[outcome]]\ncode = "satisfied"\ntype = "score"\n'
    assert run(pilot(), text).climbed.ladder is None


def test_a_ladder_of_eight_treads_has_eight():
    frame = pilot().with_columns(pl.col("tread_t1") + 2)
    text = WHOLE.replace('type = "ladder"\n', 'type = "ladder"\nscale = [1, 8]\n')
    assert run(frame, text).climbed.ladder.treads == 8


def test_a_refusal_of_the_small_steps_is_told():
    found = run(pilot().with_columns(pl.col("steps_housing") - 5))
    assert found.climbed.ladder.small_steps is None
    assert [r.why for r in found.refused if r.what == "small_steps"] == ["negative"]
