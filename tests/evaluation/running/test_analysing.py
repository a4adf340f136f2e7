"""Every outcome by every difference; nothing chosen afterwards, nothing left unsaid."""

import json
import math

import numpy as np
import polars as pl
import pytest

from trede.evaluation.adjusting import benjamini_hochberg, holm
from trede.evaluation.change.outcomes import change_in
from trede.evaluation.running.analysing import analyse
from trede.evaluation.running.as_json import as_json
from trede.evaluation.running.configuration import read_configuration
from trede.evaluation.running.laying_out import DataRefused, lay_out

PRE_POST = """
design = "pre_post"
[[outcome]]
code = "satisfied"
type = "score"
scale = [0, 10]
question = "well-being"
primary = true
[[outcome]]
code = "tread"
type = "ladder"
question = "participation"
primary = true
[[outcome]]
code = "reading"
type = "likert"
[[outcome]]
code = "works"
type = "binary"
"""


def measured(n=40):
    rng = np.random.default_rng(5)
    satisfied, tread = rng.integers(2, 9, n), rng.integers(1, 5, n)
    return pl.DataFrame(
        {
            "person": [f"p{number:03}" for number in range(n)],
            "satisfied_t0": satisfied,
            "satisfied_t1": satisfied + rng.integers(-1, 3, n),
            "tread_t0": tread,
            "tread_t1": tread + rng.integers(0, 2, n),
            "reading_t0": rng.integers(1, 6, n),
            "reading_t1": rng.integers(1, 6, n),
            "works_t0": rng.integers(0, 2, n),
            "works_t1": rng.integers(0, 2, n),
        }
    )


def analysed(frame, text=PRE_POST):
    configuration = read_configuration(text)
    return analyse(lay_out(frame, configuration), configuration)


def headlines(analysis):
    return {line.outcome.code: line for line in analysis.lines if line.headline}


def test_each_outcome_gets_the_estimates_of_its_type_headline_first():
    frame = measured()
    found = analysed(frame)
    for code, kind in (("satisfied", "score"), ("works", "binary")):
        before, after = (
            frame[f"{code}_{w}"].to_numpy().astype(float) for w in ["t0", "t1"]
        )
        alone = change_in(kind, before, after, np.random.default_rng(1))
        lines = [line for line in found.lines if line.outcome.code == code]
        assert [line.estimate for line in lines] == list(alone)
        assert [line.headline for line in lines] == [True] + [False] * (len(lines) - 1)


def test_primaries_are_adjusted_for_each_other_and_the_others_apart():
    found = headlines(analysed(measured()))
    for family in (("satisfied", "tread"), ("reading", "works")):
        p = [found[code].estimate.p for code in family]
        assert tuple(found[code].p_holm for code in family) == holm(p)
        assert tuple(found[code].p_bh for code in family) == benjamini_hochberg(p)


def test_only_headlines_are_questions():
    found = analysed(measured())
    beside = [line for line in found.lines if not line.headline]
    assert beside and all(line.p_holm is None and line.p_bh is None for line in beside)


def test_what_cannot_be_estimated_is_refused_with_what_is_needed():
    found = analysed(measured(3))
    (first, *_others) = found.refused
    assert (first.outcome, first.why, first.has, first.needed) == (
        "satisfied",
        "few_pairs",
        3,
        4,
    )
    assert not found.lines


def test_who_proved_not_to_belong_is_neither_estimated_nor_missing():
    status = ["ineligible"] * 5 + ["dropout"] * 3 + ["stayed"] * 32
    frame = measured().with_columns(status=pl.Series(status))
    gone = pl.Series([True] * 8 + [False] * 32)
    frame = frame.with_columns(
        pl.when(gone).then(None).otherwise(pl.col(name)).alias(name)
        for name in frame.columns
        if name.endswith("_t1")
    )
    found = analysed(frame)
    headline = headlines(found)["satisfied"].estimate
    assert (headline.n, headline.n_missing) == (32, 3)
    assert found.statuses == {"stayed": 32, "dropout": 3, "ineligible": 5}
    (at,) = found.measured
    assert (at.before, at.after, at.both, at.neither) == (35, 32, 32, 0)


def test_the_order_of_the_rows_changes_no_figure():
    frame = measured()
    shuffled = frame.sample(fraction=1, shuffle=True, seed=3)
    one, other = as_json(analysed(frame)), as_json(analysed(shuffled))
    for line, same in zip(one["estimates"], other["estimates"], strict=True):
        assert line["estimate"] == pytest.approx(same["estimate"], abs=1e-12)
        assert line["p"] == pytest.approx(same["p"], abs=1e-12)


def test_a_run_can_be_repeated_to_the_digit_and_another_outcome_changes_no_draw():
    hours = measured().with_columns(
        hours_t0=pl.int_range(pl.len()) % 7, hours_t1=pl.int_range(pl.len()) % 9
    )
    asked = '[[outcome]]\ncode = "hours"\ntype = "hours"\n'
    alone = 'design = "pre_post"\n' + asked
    first, again = analysed(hours, alone), analysed(hours, alone)
    assert as_json(first) == as_json(again)
    among_others = analysed(
        hours, PRE_POST + "[[outcome]]" + alone.split("[[outcome]]")[1]
    )
    mine = [
        line.estimate for line in among_others.lines if line.outcome.code == "hours"
    ]
    assert mine == [line.estimate for line in first.lines]
    other_seed = analysed(hours, "seed = 2\n" + alone)
    assert other_seed.lines[0].estimate.interval != first.lines[0].estimate.interval


def test_several_differences_are_several_contrasts():
    text = PRE_POST + "".join(
        f'[[contrast]]\ncode = "{code}"\nbefore = "{before}"\nafter = "{after}"\n'
        for code, before, after in (
            ("difference_1", "t0", "t1"),
            ("difference_2", "t1", "t2"),
        )
    )
    frame = measured().with_columns(satisfied_t2=pl.col("satisfied_t1") + 1)
    frame = frame.with_columns(
        satisfied_t2=pl.when(pl.int_range(pl.len()) < 9)
        .then(pl.col("satisfied_t2") - 1)
        .otherwise(pl.col("satisfied_t2"))
        .clip(0, 10)
    )
    frame = frame.with_columns(pl.col("satisfied_t1").clip(0, 10))
    found = analysed(frame, text)
    codes = [
        (line.outcome.code, line.contrast) for line in found.lines if line.headline
    ]
    assert ("satisfied", "difference_1") in codes
    assert ("satisfied", "difference_2") in codes
    assert ("tread", "difference_2") not in codes


def test_of_several_pilots_each_has_its_own_change():
    frame = measured(60).with_columns(
        pilot=pl.Series(["Nijmegen"] * 20 + ["Arnhem"] * 20 + ["Enschede"] * 20)
    )
    text = PRE_POST.replace("pre_post", "several_pilots")
    found = analysed(frame, text)
    lines = [line for line in found.lines if line.headline]
    of_satisfied = {
        line.contrast: line.estimate.n
        for line in lines
        if line.outcome.code == "satisfied"
    }
    assert of_satisfied == {
        "difference_1/Arnhem": 20,
        "difference_1/Enschede": 20,
        "difference_1/Nijmegen": 20,
        "difference_1": 60,
    }
    assert found.word == "change"


@pytest.mark.parametrize(
    ("design", "column"),
    [("waiting_list", "pair"), ("control_group", "arm"), ("several_pilots", "pilot")],
)
def test_a_design_says_which_column_it_needs(design, column):
    text = PRE_POST.replace("pre_post", design)
    with pytest.raises(DataRefused, match=f'needs the column "{column}"'):
        lay_out(measured(), read_configuration(text))


def test_the_json_is_json_without_a_number_that_is_none():
    told = json.dumps(as_json(analysed(measured())), allow_nan=False)
    first = json.loads(told)["estimates"][0]
    assert first["outcome"] == "satisfied" and first["size"]["name"] == "hedges_g_av"
    low, high = first["ci"]
    assert low < first["estimate"] < high and math.isfinite(first["se"])


def test_odds_without_end_are_written_in_words():
    frame = measured().with_columns(works_t0=pl.lit(0), works_t1=pl.lit(1))
    told = as_json(analysed(frame))
    json.dumps(told, allow_nan=False)
    works = [line for line in told["estimates"] if line["outcome"] == "works"]
    sizes = [size for line in works for size in line["sizes"]]
    assert any(size["value"] == "inf" for size in sizes)
