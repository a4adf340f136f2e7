"""Of several pilots everybody together is what the pilots' own figures say."""

import numpy as np
import polars as pl
import pytest

from tests.evaluation.running.figures import all_handed_over, run
from trede.evaluation.running.pilots import NEXT_PILOT, WITHOUT
from trede.evaluation.synthesis.likeness import by_measure
from trede.evaluation.synthesis.one_stage import People, days_in_one_stage, one_stage
from trede.evaluation.synthesis.outcomes import synthesise

TOGETHER = """
design = "several_pilots"
pilot = "WHOSE"
population = "completers"
horizon = 100
[[outcome]]
code = "satisfied"
type = "score"
scale = [0, 10]
primary = true
definition = "How satisfied are you?"
[[outcome]]
code = "health"
type = "likert"
definition = "How healthy are you?"
[[outcome]]
code = "works"
type = "binary"
definition = "Do you work?"
[[outcome]]
code = "tread"
type = "ladder"
definition = "On which tread are you?"
[[outcome]]
code = "hours"
type = "hours"
definition = "How many hours a week?"
[[outcome]]
code = "step"
type = "time"
"""
FELL = dict.fromkeys("ABCDE", (20, -0.45))
PILOTS = FELL | {"F": (300, 2.0)}
OF_A_CHANGE = ("satisfied", "health", "works", "tread", "hours")


def people(pilots=None):
    rng = np.random.default_rng(3)
    found = []
    for name, (n, rise) in (pilots or PILOTS).items():
        satisfied = rng.integers(3, 6, n)
        health, tread = rng.integers(2, 5, n), rng.integers(2, 5, n)
        moved = np.round(rise + rng.normal(0, 1, n))
        found.append(
            pl.DataFrame(
                {
                    "person": [f"{name}{number:03}" for number in range(n)],
                    "pilot": name,
                    "satisfied_t0": satisfied,
                    "satisfied_t1": np.clip(satisfied + moved, 0, 10),
                    "health_t0": health,
                    "health_t1": np.clip(health + np.sign(moved), 1, 5),
                    "tread_t0": tread,
                    "tread_t1": np.clip(tread + np.sign(moved), 1, 6),
                    "works_t0": rng.integers(0, 2, n),
                    "works_t1": rng.integers(0, 2, n),
                    "hours_t0": rng.integers(0, 9, n),
                    "hours_t1": rng.integers(0, 12, n),
                    "step_days": rng.integers(20, 200, n),
                    "step_event": rng.integers(0, 2, n),
                }
            )
        )
    return pl.concat(found)


def of(analysis, code, contrast="difference_1"):
    return {
        line.estimate.method: line
        for line in analysis.lines
        if (line.outcome.code, line.contrast) == (code, contrast)
    }


def only(frame, name):
    text = TOGETHER.replace("several_pilots", "pre_post").replace("WHOSE", name)
    return run(frame.filter(pl.col("pilot") == name), text)


@pytest.fixture(scope="module")
def six():
    return run(people(), TOGETHER)


def test_one_large_pilot_that_rose_is_not_what_all_pilots_do(six):
    lines = of(six, "satisfied")
    headline, *_ = lines.values()
    assert headline.headline
    assert headline.estimate.method == "reml_hartung_knapp_modified"
    low, high = headline.estimate.interval.low, headline.estimate.interval.high
    assert low < 0 < high
    assert headline.estimate.p > 0.05
    assert headline.p_holm == headline.estimate.p  # the only primary one
    following = lines[NEXT_PILOT].estimate.interval
    assert following.low < low
    assert following.high > high
    assert [one.name for one in headline.estimate.sizes] == ["tau", "i2"]


def test_together_is_what_a_synthesis_of_the_same_pilots_says(six):
    frame = people()
    summaries = [
        one
        for name in PILOTS
        for one in all_handed_over(only(frame, name), threshold=5).summaries
    ]
    for group in by_measure(summaries):
        found = synthesise(group)
        told = of(six, group[0].measure.outcome)
        ours = told[found.diamond.method].estimate
        theirs = found.diamond
        assert (ours.value, ours.se, ours.p) == (theirs.value, theirs.se, theirs.p)
        following = told[NEXT_PILOT].estimate.interval
        assert following == found.prediction.interval
        without = told[f"{WITHOUT}F"].estimate.value
        assert without == found.left_out[5].estimate.value
    assert len(by_measure(summaries)) == len(OF_A_CHANGE)


def test_the_check_in_one_stage_stands_beside_it(six):
    frame = people()
    before, after = (
        frame[f"satisfied_{moment}"].to_numpy().astype(float) for moment in ("t0", "t1")
    )
    check = one_stage(People(before, after, frame["pilot"].to_numpy()))
    assert of(six, "satisfied")["one_stage_change_cr2"].estimate == check
    assert all("one_stage_change_cr2" in of(six, code) for code in OF_A_CHANGE)


def test_of_a_time_the_check_is_everybodys_days_up_to_the_horizon(six):
    frame = people()
    check = of(six, "step", "follow_up")["one_stage_restricted_mean_cr2"].estimate
    days, event, pilot = (
        frame[name].to_numpy() for name in ("step_days", "step_event", "pilot")
    )
    assert check == days_in_one_stage(days * 1.0, event * 1.0, pilot, 100)
    assert (check.n, check.p) == (len(days), None)


def test_no_share_can_differ_between_pilots_by_more_than_a_whole():
    far = people({"A": (20, 2.0), "B": (20, -2.0), "C": (20, 0.0)})
    headline, *_ = of(run(far, TOGETHER), "health").values()
    tau, _ = headline.estimate.sizes
    assert 0 < tau.value < tau.interval.high == 1


def test_no_line_of_everybody_is_as_if_of_one_sample(six):
    methods = {
        line.estimate.method.split("/")[0]
        for line in six.lines
        if "/" not in line.contrast
    }
    assert methods == {
        "reml_hartung_knapp_modified",
        NEXT_PILOT,
        "fixed_effect",
        "one_stage_change_cr2",
        "one_stage_restricted_mean_cr2",
        WITHOUT[:-1],
    }


def test_of_a_time_it_is_the_mean_number_of_days_up_to_a_chosen_day(six):
    headline, *_ = of(six, "step", "follow_up").values()
    assert 20 < headline.estimate.value < 100
    unchosen = run(people(), TOGETHER.replace("horizon = 100\n", ""))
    assert not of(unchosen, "step", "follow_up")
    whys = {one.why for one in unchosen.refused if one.contrast == "follow_up"}
    assert whys == {"no_horizon"}


def test_two_pilots_stand_by_themselves():
    two = run(people({"A": (20, 0.5), "B": (30, 1.0)}), TOGETHER)
    for code in OF_A_CHANGE:
        assert not of(two, code)
        assert of(two, code, "difference_1/A")
        assert of(two, code, "difference_1/B")
        (no,) = (
            one
            for one in two.refused
            if (one.outcome, one.what) == (code, "random_effects")
        )
        assert (no.why, no.has, no.needed) == ("few_studies", 2, 3)


def test_a_pilot_in_which_everybody_changed_alike_is_said_to_be_left_out():
    frame = people(FELL).with_columns(
        satisfied_t1=pl.when(pl.col("pilot") == "A")
        .then(pl.col("satisfied_t0") + 1)
        .otherwise(pl.col("satisfied_t1"))
    )
    headline, *_ = of(run(frame, TOGETHER), "satisfied").values()
    assert (headline.estimate.n, headline.estimate.n_missing) == (80, 20)
    assert "pilots_left_out" in headline.estimate.notes


def test_what_is_told_of_one_group_of_people_is_refused_of_several_pilots(six):
    assert six.climbed.ladder.lines == ()
    assert not six.supposed.figures
    assert not six.seen.figures
    whys = {one.why for one in (*six.supposed.refused, *six.seen.refused)}
    assert whys == {"several_pilots"}


def test_how_many_pilots_have_an_error_is_not_told():
    frame = people(dict.fromkeys("ABC", (20, 0.5))).with_columns(
        satisfied_t1=pl.when(pl.col("pilot") == "A")
        .then(pl.col("satisfied_t0") + 1)
        .otherwise(pl.col("satisfied_t1"))
    )
    (no,) = (
        one
        for one in run(frame, TOGETHER).refused
        if (one.outcome, one.what) == ("satisfied", "random_effects")
    )
    assert (no.why, no.has) == ("no_error", None)
