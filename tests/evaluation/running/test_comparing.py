"""Beside a comparison at the same time a difference may be called an effect."""

import json

import numpy as np
import polars as pl
import pytest

from trede.evaluation.comparison.outcomes import compare
from trede.evaluation.comparison.weighting import weigh
from trede.evaluation.running.analysing import analyse
from trede.evaluation.running.as_json import as_json
from trede.evaluation.running.configuration import read_configuration
from trede.evaluation.running.covariates import covariates_of
from trede.evaluation.running.laying_out import lay_out

OUTCOME = '[[outcome]]\ncode = "satisfied"\ntype = "score"\nprimary = true\n'
LOT = 'design = "waiting_list"\n' + OUTCOME
SURVEY = 'design = "control_group"\ncovariates = ["age", "sex"]\n' + OUTCOME


def pairs(n=20):
    """Twenty pairs by lot; who started first gained two points more."""
    rng = np.random.default_rng(8)
    before = rng.integers(2, 7, 2 * n)
    arm = np.tile([1, 0], n)
    return pl.DataFrame(
        {
            "person": [f"p{number:03}" for number in range(2 * n)],
            "arm": arm,
            "pair": np.repeat(np.arange(n), 2),
            "satisfied_t0": before,
            "satisfied_t1": before + 2 * arm + rng.integers(-1, 2, 2 * n),
        }
    )


def survey():
    """Participants are older than the people of the survey."""
    rng = np.random.default_rng(9)
    arm = np.repeat([1, 0], [60, 200])
    age = rng.normal(45 + 5 * arm, 8).round()
    before = rng.integers(2, 8, 260)
    return pl.DataFrame(
        {
            "person": [f"p{number:03}" for number in range(260)],
            "arm": arm,
            "age": age,
            "sex": rng.choice(["woman", "man"], 260),
            "satisfied_t0": before,
            "satisfied_t1": before + arm + rng.integers(-1, 2, 260),
        }
    )


def analysed(frame, text):
    configuration = read_configuration(text)
    return analyse(lay_out(frame, configuration), configuration)


def by_contrast(analysis):
    return {line.contrast: line.estimate for line in analysis.lines if line.headline}


def test_of_a_lot_the_effect_comes_first_and_then_the_change_in_each_group():
    frame = pairs()
    found = analysed(frame, LOT)
    assert found.word == "effect"
    effect, treated, waiting = (line for line in found.lines if line.headline)
    assert [one.contrast for one in (effect, treated, waiting)] == [
        "difference_1",
        "difference_1/treated",
        "difference_1/comparison",
    ]
    (alone, *_others) = compare(
        "score",
        frame["satisfied_t0"].cast(float).to_numpy(),
        frame["satisfied_t1"].cast(float).to_numpy(),
        frame["arm"].cast(float).to_numpy(),
        pair=frame["pair"].to_numpy(),
        rng=np.random.default_rng(1),
    )
    assert effect.estimate.value == pytest.approx(alone.value, abs=1e-12)
    assert effect.estimate.interval.low < 2 < effect.estimate.interval.high
    assert (treated.estimate.n, waiting.estimate.n) == (20, 20)


TWO = """
[[contrast]]
code = "difference_1"
before = "t0"
after = "t1"
[[contrast]]
code = "difference_2"
before = "t1"
after = "t2"
"""


def later():
    """After T1 who waited had their turn: they gain the two points that others had."""
    gain = 2 * (1 - pl.col("arm")) + (pl.int_range(pl.len()) % 3 - 1)
    return pairs().with_columns(satisfied_t2=pl.col("satisfied_t1") + gain)


def test_what_who_waits_changes_is_the_change_without_a_trajectory():
    frame = later()
    found = by_contrast(analysed(frame, LOT + TWO))
    waiting = frame.filter(arm=0)
    change = (waiting["satisfied_t1"] - waiting["satisfied_t0"]).mean()
    without = found["difference_1/comparison"]
    assert without.value == pytest.approx(change)
    assert without.interval.low < 0 < without.interval.high
    assert found["difference_2/comparison"].interval.low > 1


def test_who_waited_is_not_set_beside_others_once_they_have_their_turn():
    """The trap: one trajectory beside another would look like no effect, or harm."""
    found = analysed(later(), LOT + TWO)
    assert set(by_contrast(found)) == {
        "difference_1",
        "difference_1/treated",
        "difference_1/comparison",
        "difference_2/treated",
        "difference_2/comparison",
    }
    assert {one.contrast for one in found.supposed.figures} == {"difference_1"}
    assert {one.contrast for one in found.seen.figures} == {"difference_1"}


def test_beside_a_survey_a_later_difference_is_an_effect_too():
    text = SURVEY + TWO
    frame = survey().with_columns(
        satisfied_t2=pl.col("satisfied_t1") + pl.int_range(pl.len()) % 3 - 1
    )
    assert "difference_2" in by_contrast(analysed(frame, text))


def test_three_pairs_are_refused_with_what_is_needed():
    found = analysed(pairs(3), LOT)
    refusal = next(one for one in found.refused if one.contrast == "difference_1")
    assert (refusal.why, refusal.has) == ("few_pairs", 3)
    assert "difference_1" not in by_contrast(found)


def test_a_survey_is_weighted_to_look_like_the_participants():
    frame = survey()
    found = analysed(frame, SURVEY)
    made = weigh(
        frame["arm"].cast(float).to_numpy(),
        covariates_of(lay_out(frame, found.configuration), ("age", "sex")).values,
    )
    assert found.balance.effective == made.effective
    names = found.balance.covariates
    assert names[0] == "age" and names[1].startswith("sex=")
    assert abs(found.balance.before[0]) > 0.4 > 0.1 > abs(found.balance.after[0])
    effect = by_contrast(found)["difference_1"]
    assert effect.interval.low < 1 < effect.interval.high
    assert any(size.name == "e_value" for size in effect.sizes)


def test_without_covariates_a_survey_is_compared_as_it_is_and_that_is_said():
    found = analysed(survey(), SURVEY.replace('covariates = ["age", "sex"]\n', ""))
    (refusal,) = [one for one in found.refused if one.what == "weighting"]
    assert refusal.why == "no_covariates" and found.balance is None
    assert "difference_1" in by_contrast(found)


def test_who_does_not_belong_gets_no_weight():
    frame = survey().with_columns(
        status=pl.when(pl.int_range(pl.len()) < 5)
        .then(pl.lit("ineligible"))
        .otherwise(pl.lit("stayed"))
    )
    found = analysed(frame, SURVEY)
    assert by_contrast(found)["difference_1"].n == 255
    assert found.balance.n_missing == 0


def test_a_category_is_held_against_what_most_people_are():
    frame = pairs(3).with_columns(
        place=pl.Series(["north", "south", "north", None, "north", "west"]),
        same=pl.lit("one"),
        age=pl.Series([30, 40, None, 50, 60, 70]),
    )
    people = lay_out(frame, read_configuration(LOT))
    found = covariates_of(people, ("place", "same", "age"))
    assert found.names == ("place=south", "place=west", "age")
    np.testing.assert_array_equal(found.values[:, 0], [0, 1, 0, np.nan, 0, 0])
    np.testing.assert_array_equal(found.values[:, 2], [30, 40, np.nan, 50, 60, 70])


@pytest.mark.parametrize(("frame", "text"), [(pairs(), LOT), (survey(), SURVEY)])
def test_the_json_says_effect_and_how_alike_the_groups_were(frame, text):
    told = json.loads(json.dumps(as_json(analysed(frame, text)), allow_nan=False))
    assert told["language"] == "effect"
    assert (told["balance"] is not None) == (told["design"] == "control_group")
