"""The same answers counted another way, beside a headline that stays what it was."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from tests.evaluation.change.figures import limits
from tests.evaluation.running.figures import (
    WHOLE,
    beside_survey,
    both,
    compared,
    laid_out,
    pilot,
    run,
    whole,
)
from trede.evaluation.change.outcomes import change_in
from trede.evaluation.comparison.outcomes import compare
from trede.evaluation.running.configuration import (
    ConfigurationRefused,
    Outcome,
    read_configuration,
)

_FOUND = Path(__file__).parents[1] / "reference" / "counted_otherwise.json"
R = json.loads(_FOUND.read_text())
PRIMARY = WHOLE.replace(
    'code = "reads"\ntype = "likert"',
    'code = "reads"\ntype = "likert"\nquestion = "language"\nprimary = true',
)


def named(key, code="reads", kind="likert", text=WHOLE):
    written = f'code = "{code}"\ntype = "{kind}"'
    return text.replace(written, f"{written}\n{key}")


def ways(analysis, start, outcome="reads"):
    """The figures of an outcome whose method begins like this, by contrast."""
    return {
        line.contrast: line.estimate
        for line in analysis.lines
        if line.outcome.code == outcome and line.estimate.method.startswith(start)
    }


# Agreement -------------------------------------------------------------------------


def test_a_primary_agreement_is_also_told_as_a_yes_or_no_from_above_the_middle():
    found = ways(run(pilot(), PRIMARY), "share_from_")["difference_1"]
    before, after = (
        np.where(np.isnan(one), np.nan, one >= 4.0) for one in both("reads")
    )
    _headline, exact = change_in("binary", before, after, np.random.default_rng(1))
    assert exact.method == "mcnemar_exact" and exact.interval.method == "agresti_min"
    assert found.method == "share_from_4_mcnemar_exact"
    assert (found.value, found.p, found.interval, found.n, found.n_missing) == (
        *(exact.value, exact.p, exact.interval, exact.n, exact.n_missing),
    )


def test_the_headline_and_all_beside_it_stay_what_they_were():
    def others(analysis):
        return [
            (line.outcome.code, line.contrast, line.headline, line.estimate)
            for line in analysis.lines
            if not line.estimate.method.startswith("share_from_")
        ]

    assert others(run(pilot(), PRIMARY)) == others(whole())


def test_an_outcome_that_is_not_primary_has_it_only_when_asked():
    assert not ways(whole(), "share_from_")
    asked = ways(run(pilot(), named("agrees_from = 5")), "share_from_")
    assert asked["difference_1"].method == "share_from_5_mcnemar_exact"


@pytest.mark.parametrize(
    ("scale", "first"), [((1, 5), 4), ((1, 4), 3), ((0, 10), 6), ((1, 7), 5)]
)
def test_agreement_begins_above_the_neutral_middle(scale, first):
    assert Outcome("a", "likert", scale=scale).yes_from == first


def test_beside_a_comparison_it_is_a_difference_in_shares():
    text = PRIMARY.replace("pre_post", "control_group")
    text = text.replace('covariates = ["age", "sex"]', "")
    found = ways(run(compared(), text), "share_from_")
    people = laid_out(compared(), text)
    belong = people.labels("status") != "ineligible"
    before, after = (
        np.where(np.isnan(one), np.nan, one >= 4.0)[belong]
        for one in (people.of("reads", "t0"), people.of("reads", "t1"))
    )
    arm = people.numbers("arm")[belong]
    first, *_ = compare("binary", before, after, arm, rng=np.random.default_rng(1))
    told = found["difference_1"]
    assert told.method == f"share_from_4_{first.method}"
    assert (told.value, told.interval, told.p) == (
        *(first.value, first.interval, first.p),
    )
    assert {"difference_1/treated", "difference_1/comparison"} <= found.keys()


def test_beside_a_survey_it_has_the_weights_of_the_headline():
    text = PRIMARY.replace("pre_post", "control_group")
    (found,) = (
        one
        for contrast, one in ways(run(compared(), text), "share_from_").items()
        if contrast == "difference_1"
    )
    assert found.method == "share_from_4_risk_difference_logit"
    assert found.interval.method.startswith("t_")
    assert beside_survey().balance is not None


def test_without_a_known_scale_it_is_refused_and_that_is_told():
    frame = pilot().with_columns(pl.col("reads_t0") + 3, pl.col("reads_t1") + 3)
    found = run(frame, PRIMARY)
    assert not ways(found, "share_from_")
    refused = {(one.what, one.why) for one in found.refused if one.outcome == "reads"}
    assert ("share_from", "no_scale") in refused


@pytest.mark.parametrize(
    ("key", "kind", "problem"),
    [
        ('agrees_from = "agree"', "likert", "agrees_from must be a number."),
        ("agrees_from = 4", "score", "agrees_from is for type likert only."),
        (
            "scale = [1, 5]\nagrees_from = 1",
            "likert",
            "agrees_from must be an answer above the lowest.",
        ),
    ],
)
def test_agreement_that_cannot_be_is_refused_by_name(key, kind, problem):
    text = f'design = "pre_post"\n[[outcome]]\ncode = "a"\ntype = "{kind}"\n{key}'
    with pytest.raises(ConfigurationRefused) as refusal:
        read_configuration(text)
    assert refusal.value.problems == [f'Outcome "a": {problem}']


def of_r():
    """The people of R's script: of an agreement, beside a comparison or without."""
    found = R["data"]
    columns = {
        "person": [f"p{number:02}" for number in range(len(found["arm"]))],
        "arm": found["arm"],
        "reads_t0": found["before"],
        "reads_t1": found["after"],
    }
    return pl.DataFrame(columns)


OF_R = """
[[outcome]]
code = "reads"
type = "likert"
primary = true
"""


def test_agreement_agrees_with_r():
    for design, about in (("pre_post", "without"), ("control_group", "without_beside")):
        found = run(of_r(), f'design = "{design}"\n{OF_R}')
        told = ways(found, "share_from_4_")["difference_1"]
        theirs = R["agreement"][about]
        assert (told.value, told.n) == pytest.approx(
            (theirs["value"], theirs["n"]), abs=1e-8
        )
        assert limits(told.interval) == pytest.approx(theirs["ci"], abs=1e-8)
        if "p" in theirs:
            assert told.p == pytest.approx(theirs["p"], abs=1e-8)


# Who did not know ------------------------------------------------------------------


def silent():
    """The people of R's script, with why an answer is missing."""
    return of_r().with_columns(
        reads_t0_missing=pl.Series(R["data"]["why_before"]),
        reads_t1_missing=pl.Series(R["data"]["why_after"]),
    )


def test_who_did_not_know_counts_along_as_r_counts_them():
    for design, about in (("pre_post", "with"), ("control_group", "with_beside")):
        found = run(silent(), f'design = "{design}"\n{OF_R}')
        told = ways(found, "share_from_4_with_unknown_")["difference_1"]
        theirs = R["agreement"][about]
        assert (told.value, told.n) == pytest.approx(
            (theirs["value"], theirs["n"]), abs=1e-8
        )
        assert limits(told.interval) == pytest.approx(theirs["ci"], abs=1e-8)
        if "p" in theirs:
            assert told.p == pytest.approx(theirs["p"], abs=1e-8)


def test_who_skipped_the_question_stays_missing():
    found = run(silent(), f'design = "pre_post"\n{OF_R}')
    told = ways(found, "share_from_4_")
    without = next(
        line.estimate
        for line in found.lines
        if line.estimate.method == "share_from_4_mcnemar_exact"
    )
    assert (without.n, without.n_missing) == (64, 16)
    assert (told["difference_1"].n, told["difference_1"].n_missing) == (76, 4)


def test_of_a_yes_or_no_the_share_is_told_with_and_without():
    frame = silent().with_columns(
        (pl.col(f"reads_{moment}") >= 4).cast(pl.Float64) for moment in ("t0", "t1")
    )
    found = run(frame, f'design = "pre_post"\n{OF_R.replace("likert", "binary")}')
    told = ways(found, "with_unknown_")["difference_1"]
    assert told.method == "with_unknown_mcnemar_exact"
    theirs = R["agreement"]["with"]
    assert (told.value, told.n) == pytest.approx((theirs["value"], theirs["n"]))


def test_where_nobody_says_why_there_is_no_with():
    assert not ways(run(of_r(), f'design = "pre_post"\n{OF_R}'), "share_from_4_with")


# Hours that are hard to believe ----------------------------------------------------

HOURS = """
design = "pre_post"
[[outcome]]
code = "hours"
type = "hours"
primary = true
"""


def hours_of_r():
    return of_r().select(
        "person",
        "arm",
        hours_t0=pl.Series(R["data"]["hours_before"]),
        hours_t1=pl.Series(R["data"]["hours_after"]),
    )


def test_hours_beyond_belief_are_left_out_or_lowered_as_r_does():
    found = run(hours_of_r(), HOURS)
    for start, key in (
        ("left_out_from_90_", "left_out"),
        ("lowered_to_90_", "lowered"),
    ):
        told, theirs = ways(found, start, "hours")["difference_1"], R["hours"][key]
        assert told.method == f"{start}mean_change_bca"
        assert (told.value, told.n) == pytest.approx(
            (theirs["value"], theirs["n"]), abs=1e-8
        )
        assert told.interval.low < told.value < told.interval.high


def test_a_cap_is_asked_for_by_name_and_then_of_any_outcome():
    plain = HOURS.replace("primary = true", "")
    assert not ways(run(hours_of_r(), plain), "lowered_to_", "hours")
    found = run(hours_of_r(), plain + "cap = 100\n")
    assert ways(found, "lowered_to_100_", "hours").keys() == {"difference_1"}
    before, after = (np.array(R["data"][f"hours_{w}"]) for w in ("before", "after"))
    direct = np.minimum(after, 100) - np.minimum(before, 100)
    told = ways(found, "lowered_to_100_", "hours")["difference_1"]
    assert told.value == pytest.approx(direct.mean())


def test_a_cap_nobody_reaches_changes_nothing_but_what_is_drawn():
    found = run(hours_of_r(), HOURS + "cap = 168\n")
    headline = next(line.estimate for line in found.lines if line.headline)
    told = ways(found, "lowered_to_168_", "hours")["difference_1"]
    assert (told.value, told.n) == (headline.value, headline.n)


def test_beside_a_comparison_the_headline_is_made_again_of_capped_hours():
    text = HOURS.replace("pre_post", "control_group")
    told = ways(run(hours_of_r(), text), "lowered_to_90_", "hours")["difference_1"]
    before, after = (
        np.minimum(np.array(R["data"][f"hours_{w}"], float), 90)
        for w in ("before", "after")
    )
    arm = np.array(R["data"]["arm"], float)
    first, *_ = compare("hours", before, after, arm, rng=np.random.default_rng(1))
    assert told.method == f"lowered_to_90_{first.method}"
    assert (told.value, told.interval) == (first.value, first.interval)


@pytest.mark.parametrize("coaches", [3, 7])
def test_coaches_count_in_the_check_where_they_do_in_the_headline(coaches):
    codes = pl.Series([f"c{number % coaches}" for number in range(80)])
    found = run(hours_of_r().with_columns(cluster=codes), HOURS)
    headline = next(line.estimate for line in found.lines if line.headline)
    told = ways(found, "lowered_to_90_", "hours")["difference_1"]
    assert told.method == f"lowered_to_90_{headline.method}"


@pytest.mark.parametrize(
    ("key", "kind", "problem"),
    [
        ("cap = 200", "hours", "cap must be hours of one week."),
        ("cap = 0", "hours", "cap must be hours of one week."),
        ("cap = 90", "score", "cap is for type hours only."),
    ],
)
def test_a_cap_that_cannot_be_is_refused_by_name(key, kind, problem):
    text = f'design = "pre_post"\n[[outcome]]\ncode = "a"\ntype = "{kind}"\n{key}'
    with pytest.raises(ConfigurationRefused) as refusal:
        read_configuration(text)
    assert refusal.value.problems == [f'Outcome "a": {problem}']
