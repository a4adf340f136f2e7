"""Where people stood: everything of the same people, those with both answers."""

import numpy as np
import polars as pl
import pytest

from tests.evaluation.running.figures import (
    beside_survey,
    both,
    pilot,
    run,
    told,
    whole,
)


def level(code, analysis=None, group=""):
    every = (analysis or whole()).levels
    return next(one for one in every if (one.outcome, one.group) == (code, group))


@pytest.mark.parametrize("code", ["satisfied", "tread", "reads", "works", "hours"])
def test_means_counts_and_moves_are_those_of_the_complete_pairs(code):
    before, after = both(code)
    there = ~np.isnan(before) & ~np.isnan(after)
    first, second = before[there], after[there]
    found = level(code)
    assert (found.n, found.n_missing) == (there.sum(), 56 - there.sum())
    assert found.mean_before == pytest.approx(first.mean())
    assert found.sd_after == pytest.approx(second.std(ddof=1))
    assert (found.up, found.same, found.down) == (
        (second > first).sum(),
        (second == first).sum(),
        (second < first).sum(),
    )


def test_a_change_is_the_difference_of_the_two_means_that_are_told():
    headline = next(one for one in whole().lines if one.outcome.code == "satisfied")
    found = level("satisfied")
    assert headline.estimate.value == pytest.approx(
        found.mean_after - found.mean_before
    )
    assert headline.estimate.n == found.n


def test_every_answer_that_can_be_given_is_counted_also_those_nobody_gave():
    assert level("satisfied").values == tuple(range(11))
    assert level("tread").values == (1, 2, 3, 4, 5, 6)
    assert level("works").values == (0, 1)
    for code in ("satisfied", "tread", "reads", "works"):
        found = level(code)
        assert sum(found.before) == sum(found.after) == found.n


def test_the_table_of_both_waves_adds_up_to_the_counts_of_each():
    for code in ("tread", "reads"):
        found = level(code)
        cells = np.array(found.cells)
        assert tuple(cells.sum(axis=1)) == found.before
        assert tuple(cells.sum(axis=0)) == found.after
        assert np.triu(cells, 1).sum() == found.up
    assert level("satisfied").cells is None and level("works").cells is None


def test_shares_are_of_yes_and_of_those_with_any_hours():
    before, after = both("hours")
    there = ~np.isnan(before) & ~np.isnan(after)
    hours = level("hours")
    assert hours.share_before == pytest.approx((before[there] > 0).mean())
    assert hours.values is None and hours.before is None
    works = level("works")
    assert works.share_after == works.after[1] / works.n
    assert level("satisfied").share_before is None


def test_beside_a_comparison_each_group_is_described_and_never_both_together():
    found = {one.group for one in beside_survey().levels}
    assert found == {"treated", "comparison"}
    assert level("satisfied", beside_survey(), "treated").n == level("satisfied").n


def test_a_long_scale_and_broken_answers_are_not_counted_one_by_one():
    text = 'design = "pre_post"\n[[outcome]]\ncode = "x"\ntype = "score"\n'
    frame = pilot().select(
        "person", x_t0=pl.int_range(60) * 3, x_t1=pl.int_range(60) * 3 + 0.5
    )
    assert level("x", run(frame, text)).values is None


def test_nobody_with_both_answers_leaves_numbers_of_nobody():
    gone = pilot().with_columns(status=pl.lit("ineligible"))
    found = level("tread", run(gone))
    assert (found.n, found.n_missing, found.up) == (0, 0, 0)
    assert found.mean_before is None and found.sd_after is None


def test_the_json_has_a_place_for_why_a_figure_is_withheld():
    first = told()["outcomes"][0]
    assert first["suppressed"] is None
    assert first["values"] == list(range(11)) and first["contrast"] == "difference_1"
