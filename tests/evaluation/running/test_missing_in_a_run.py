"""Who is missing in a run: the same figure under each supposition, and who left."""

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
from trede.evaluation.missing_people.leavers import Variable, compare_sides
from trede.evaluation.missing_people.manski import bounds_of_change
from trede.evaluation.proportions import newcombe, share

ONE = ("satisfied", "difference_1")


def ways(analysis, outcome="satisfied"):
    every = analysis.supposed.figures
    return {one.way: one for one in every if one.outcome == outcome}


def test_each_primary_outcome_stands_under_every_supposition():
    for outcome in ("satisfied", "tread"):
        assert list(ways(whole(), outcome)) == ["complete_cases", "ipw", "mi", "manski"]
    assert {one.outcome for one in whole().supposed.figures} == {"satisfied", "tread"}


def test_complete_cases_are_the_headline_and_bounds_are_no_estimate():
    found = ways(whole())
    headline = whole().lines[0].estimate
    assert found["complete_cases"].estimate == headline.value
    assert found["complete_cases"].n == headline.n
    direct = bounds_of_change(*both("satisfied"), (0, 10))
    assert found["manski"].estimate is None
    assert found["manski"].bounds == (direct.low, direct.high)
    low, high = found["manski"].ci
    assert low < direct.low < direct.high < high


@pytest.mark.parametrize(
    ("coaches", "method"), [(7, "mean_change_cr2"), (3, "paired_t")]
)
def test_coaches_count_where_they_do_in_the_headline(coaches, method):
    codes = pl.Series([f"c{number % coaches}" for number in range(pilot().height)])
    found = run(pilot().with_columns(cluster=codes))
    headline, ways_of_it = found.lines[0].estimate, ways(found)
    complete = ways_of_it["complete_cases"]
    assert headline.method == method
    assert complete.ci == pytest.approx((headline.interval.low, headline.interval.high))
    assert complete.df == pytest.approx(headline.df)
    for way in ("complete_cases", "ipw", "mi"):
        told_so = "these_coaches_only" in ways_of_it[way].notes
        assert told_so == (coaches < 5)
    # Of Barnard and Rubin: fewer than those of complete data.
    assert 0 < ways_of_it["mi"].df < (coaches if coaches > 5 else 56)


def test_weights_tell_how_many_people_they_are_worth():
    found = ways(whole())["ipw"]
    assert 0 < found.effective_n <= found.n and found.largest_weight >= 1
    assert ways(whole())["mi"].effective_n is None


def test_everybody_who_belongs_is_in_the_filled_in_data():
    assert ways(whole())["mi"].n == 56
    assert ways(whole())["manski"].n_missing == ways(whole())["mi"].n_missing


def test_beside_a_survey_the_weights_of_the_headline_are_in_every_estimate():
    found = ways(beside_survey())
    (headline,) = (
        line.estimate
        for line in beside_survey().lines
        if line.headline and (line.outcome.code, line.contrast) == ONE
    )
    complete = found["complete_cases"]
    assert complete.estimate == pytest.approx(headline.value, rel=1e-12)
    assert complete.ci == pytest.approx((headline.interval.low, headline.interval.high))
    assert found["ipw"].effective_n < complete.n
    noted = {way for way, one in found.items() if "not_weighted" in one.notes}
    assert noted == {"lee", "manski"}


def test_a_score_without_a_scale_has_no_bounds_and_that_is_told():
    found = run(pilot(), WHOLE.replace("scale = [0, 10]\n", ""))
    assert "manski" not in ways(found)
    assert [r.outcome for r in found.refused if r.why == "no_scale"] == ["satisfied"]


def test_a_covariate_may_be_called_after():
    frame = pilot().with_columns(after=pl.col("age"))
    text = WHOLE.replace('covariates = ["age"', 'covariates = ["after"')
    assert ways(run(frame, text))["mi"].estimate == pytest.approx(
        ways(whole())["mi"].estimate
    )


def test_who_left_is_who_dropped_out_and_nobody_who_did_not_belong():
    found = whole().attrition
    assert (found.n_stayed, found.n_left) == (48, 8)
    (everybody,) = found.groups
    direct = share(8, 56)
    assert (everybody.n, everybody.left) == (56, 8)
    assert (everybody.share, everybody.ci) == (
        direct.value,
        (direct.low, direct.high),
    )


def test_without_a_status_who_gave_no_later_answer_left():
    frame = pilot().filter(pl.col("status") != "ineligible").drop("status")
    found = run(frame).attrition
    assert (found.n_stayed, found.n_left) == (48, 8)


def test_leavers_lie_beside_stayers_on_covariates_and_where_they_started():
    rows = {one.name: one for one in whole().attrition.covariates}
    assert list(rows) == ["age", "sex", "satisfied", "tread"]
    gone = of_those("status") == "dropout"
    ages = of_those("age").astype(float)
    (direct,) = compare_sides(
        [Variable("age", "numeric", ages)], gone, np.random.default_rng(1)
    )
    assert rows["age"].smd == direct.difference.value
    assert rows["age"].p == direct.appendix.p
    assert (rows["age"].left.mean, rows["age"].left.n) == (ages[gone].mean(), 8)
    assert rows["age"].moment is None and rows["tread"].moment == "t0"
    assert (rows["sex"].kind, rows["tread"].kind) == ("category", "ordered")


def test_a_category_is_told_in_its_own_words():
    (sex,) = [one for one in whole().attrition.covariates if one.name == "sex"]
    assert [part.value for part in sex.stayed.shares] == ["man", "woman"]
    assert sum(part.n for part in sex.stayed.shares) == sex.stayed.n == 48
    assert sex.smd_name == "standardised_distance"


def test_nobody_left_is_a_refusal_and_no_table():
    found = run(pilot().with_columns(status=pl.lit("stayed")))
    assert found.attrition.covariates == ()
    (refusal,) = found.attrition.refused
    assert (refusal.what, refusal.why) == ("compare_sides", "one_side")


def test_of_a_survey_only_participants_can_leave():
    found = beside_survey().attrition
    assert [one.group for one in found.groups] == ["treated"]
    assert found.difference is None and found.n_left == 8


def test_of_a_lot_it_is_told_how_unevenly_the_groups_lost_people():
    frame = pilot().with_columns(
        arm=pl.int_range(pl.len()) % 2, pair=pl.int_range(pl.len()) // 2
    )
    found = run(frame, WHOLE.replace("pre_post", "waiting_list")).attrition
    treated, waiting = found.groups
    assert (treated.group, waiting.group) == ("treated", "comparison")
    direct = newcombe(share(treated.left, treated.n), share(waiting.left, waiting.n))
    assert found.difference.ci == (direct.low, direct.high)
    assert found.difference.estimate == treated.share - waiting.share


def test_the_json_tells_both():
    found = told()
    first = found["sensitivity"][0]
    assert (first["way"], first["bounds"]) == ("complete_cases", None)
    assert found["attrition"]["n_left"] == 8
    assert found["attrition"]["covariates"][0]["suppressed"] is None
