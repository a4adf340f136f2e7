"""What leaves a pilot, what stays at home, and that synthesise reads it."""

import json

import numpy as np
import polars as pl
import pytest

from tests.evaluation.running.figures import (
    WHOLE,
    all_handed_over,
    beside_survey,
    both,
    compared,
    pilot,
    run,
    whole,
)
from trede.commands.entry import run as command
from trede.evaluation.running.configuration import ConfigurationRefused
from trede.evaluation.synthesis.exchange import exchange_text, read_exchange

DEFINED = WHOLE.replace('type = "hours"\n', 'type = "hours"\ndefinition = "Hours?"\n')
DEFINED = DEFINED.replace('type = "time"\n', 'type = "time"\ndefinition = "When?"\n')
DEFINED = DEFINED.replace(
    'code = "reads"\n', 'code = "reads"\ndefinition = "Do you read?"\n'
)


def why_not(found):
    return {one.outcome: one.why for one in found.refused}


def test_the_headline_of_each_outcome_that_is_defined_leaves():
    found = all_handed_over(whole(), threshold=5)
    assert [one.measure.outcome for one in found.summaries] == [
        "satisfied",
        "tread",
        "works",
    ]
    first, headline = found.summaries[0], whole().lines[0].estimate
    assert (first.value, first.se, first.n) == (
        headline.value,
        headline.se,
        headline.n,
    )
    assert (first.pilot, first.population) == ("arnhem", "who belong to the study")
    assert first.measure.definition == "How satisfied are you with your life?"


def coached(coaches, text=WHOLE):
    frame = pilot()
    codes = [f"c{number % coaches}" for number in range(frame.height)]
    found = run(frame.with_columns(cluster=pl.Series(codes)), text)
    lines = {
        (line.outcome.code, line.estimate.method): line.estimate for line in found.lines
    }
    return lines, {
        one.measure.outcome: one for one in all_handed_over(found, 5).summaries
    }


def test_where_coaches_count_the_error_counts_with_them_and_the_file_says_so():
    lines, handed = coached(7)
    for code in ("satisfied", "tread", "works"):
        by_coach = lines[code, "mean_change_cr2"]
        assert handed[code].method == "mean_change_cr2"
        assert handed[code].value == pytest.approx(by_coach.value)
        # Three digits, from which no sum of a coach's people can be computed back.
        assert handed[code].se == float(f"{by_coach.se:.3g}")
        assert handed[code].df == float(f"{by_coach.df:.3g}")
    assert read_exchange(exchange_text(tuple(handed.values())))


def test_a_net_share_up_is_handed_over_with_its_error_by_coach():
    """It is the mean of +1 for who went up, 0 and -1: coaches count in the same way."""
    lines, handed = coached(7, DEFINED)
    assert handed["reads"].method == "net_share_up_cr2"
    assert handed["reads"].measure.estimand == "net_share_up"
    before, after = both("reads")
    net = np.nanmean(np.sign(after - before))
    assert handed["reads"].value == pytest.approx(net)
    by_coach = lines["reads", "net_share_up_cr2"]
    assert handed["reads"].se == float(f"{by_coach.se:.3g}")


def test_with_few_coaches_the_error_handed_over_knows_none():
    lines, handed = coached(4)
    assert handed["satisfied"].method == "paired_t"
    assert handed["satisfied"].se == lines["satisfied", "paired_t"].se
    assert handed["works"].method == "mcnemar_mid_p"


def test_an_outcome_without_a_definition_stays_at_home():
    assert why_not(all_handed_over(whole(), 5)) == {
        "reads": "no_definition",
        "phones": "no_definition",
        "writes": "no_definition",
        "hours": "no_definition",
        "step": "no_estimand",
    }


@pytest.mark.parametrize(
    ("code", "estimand", "unit", "scale"),
    [
        ("satisfied", "mean_change", "points", (0, 10)),
        ("tread", "mean_change", "treads", (1, 6)),
        ("reads", "net_share_up", "parts of 1", (1, 5)),
        ("works", "change_in_share", "parts of 1", (0, 1)),
        ("hours", "mean_change", "hours a week", (0, 168)),
    ],
)
def test_a_change_says_what_it_is_of(code, estimand, unit, scale):
    found = {
        one.measure.outcome: one.measure
        for one in all_handed_over(run(pilot(), DEFINED), 5).summaries
    }
    measure = found[code]
    assert (measure.estimand, measure.unit, measure.scale) == (estimand, unit, scale)
    assert (measure.before, measure.after) == ("t0", "t1")


def test_an_effect_is_handed_over_as_one_with_its_horizon():
    analysis = run(compared(), DEFINED.replace("pre_post", "control_group"))
    found = {
        one.measure.outcome: one.measure
        for one in all_handed_over(analysis, 5).summaries
    }
    assert found["satisfied"].estimand == "mean_difference"
    assert (found["tread"].estimand, found["tread"].unit) == (
        "log_odds_ratio",
        "log odds",
    )
    assert found["works"].estimand == "difference_in_share"
    assert found["step"].estimand == "difference_in_restricted_mean"
    assert (found["step"].before, found["step"].after) == ("start", "day 200")
    assert all(one.vocabulary == "effect" for one in found.values())


def test_a_horizon_that_nobody_chose_stays_at_home():
    text = DEFINED.replace("pre_post", "control_group")
    found = all_handed_over(run(compared(), text.replace("horizon = 200\n", "")), 5)
    assert why_not(found)["step"] == "no_horizon"


def test_fewer_people_than_the_norm_are_not_handed_over():
    n = whole().lines[0].estimate.n
    found = all_handed_over(whole(), threshold=n + 1)
    assert why_not(found)["satisfied"] == "under_norm"


def test_only_everybody_is_handed_over_and_no_arm_by_itself():
    found = all_handed_over(beside_survey(), 5).summaries
    assert [one.measure.outcome for one in found].count("satisfied") == 1


def test_what_was_written_is_read_back_to_the_digit():
    summaries = all_handed_over(run(pilot(), DEFINED), 5).summaries
    assert read_exchange(exchange_text(summaries), 5) == summaries


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ('pilot = "arnhem"\n', '"pilot" is missing'),
        ('population = "who belong to the study"\n', '"population" is missing'),
    ],
)
def test_nobody_hands_over_without_saying_whose_figures_they_are(left_out, words):
    analysis = run(pilot(), WHOLE.replace(left_out, ""))
    with pytest.raises(ConfigurationRefused, match=words):
        all_handed_over(analysis, 5)


def test_several_pilots_are_several_files():
    frame = pilot().with_columns(pilot=pl.Series(["a", "b"] * 30))
    analysis = run(frame, WHOLE.replace("pre_post", "several_pilots"))
    with pytest.raises(ConfigurationRefused, match="each pilot by itself"):
        all_handed_over(analysis, 5)


def public_and_handed(frame, tmp_path, capsys):
    """What the public sees of each headline, and what the file holds."""
    data, asked = tmp_path / "data.csv", tmp_path / "run.toml"
    frame.write_csv(data)
    asked.write_text(DEFINED)
    out, handed = tmp_path / "public.json", tmp_path / "handed.json"
    arguments = [str(data), "--config", str(asked), "--out", str(out)]
    for view in ("public", "researcher"):
        handed.unlink(missing_ok=True)
        status = command(
            ["evaluate", *arguments, "--view", view, "--exchange", str(handed)]
        )
        told = capsys.readouterr()
        if view == "public":
            first, shown = handed.read_text() if status == 0 else "", told
            estimates = json.loads(out.read_text())["estimates"] if out.exists() else []
    # Whoever may see everything hands over no more.
    assert first == (handed.read_text() if handed.exists() else "")
    return estimates, first, shown.out + shown.err


def with_few_who_fell(fell: int):
    """Of sixty people on one tread so many went down, twenty stayed, others rose."""
    after = [2] * fell + [3] * 20 + [4] * (40 - fell)
    return pilot().with_columns(
        pl.Series("tread_t0", [3] * 60), pl.Series("tread_t1", after)
    )


@pytest.mark.parametrize("fell", [1, 2, 4])
def test_nothing_is_handed_over_that_the_public_may_not_see(fell, tmp_path, capsys):
    estimates, handed, said = public_and_handed(
        with_few_who_fell(fell), tmp_path, capsys
    )
    hidden = {
        one["outcome"]
        for one in estimates
        if one["headline"] and one["suppressed"] and "/" not in one["contrast"]
    }
    assert "tread" in hidden
    told = json.loads(handed)["summaries"] if handed else []
    assert not hidden & {one["outcome"] for one in told}
    assert "tread (difference_1) is not in it: hidden from the public" in said


def test_the_figures_of_the_file_are_those_that_are_printed(tmp_path, capsys):
    estimates, handed, _said = public_and_handed(pilot(), tmp_path, capsys)
    printed = {
        (one["outcome"], one["method"]): one
        for one in estimates
        if one["contrast"] == "difference_1" and not one["suppressed"]
    }
    summaries = json.loads(handed)["summaries"]
    assert "tread" in {one["outcome"] for one in summaries}
    for one in summaries:
        told = printed[one["outcome"], one["method"]]
        assert (one["value"], one["n"]) == (told["estimate"], told["n"])


def test_the_command_writes_a_file_that_synthesise_reads(tmp_path, capsys):
    data, asked = tmp_path / "data.csv", tmp_path / "run.toml"
    pilot().write_csv(data)
    files = []
    for name in ("arnhem", "breda", "delft"):
        asked.write_text(WHOLE.replace("arnhem", name))
        files.append(str(tmp_path / f"{name}.json"))
        arguments = [str(data), "--config", str(asked), "--exchange", files[-1]]
        assert command(["evaluate", *arguments]) == 0
    said = capsys.readouterr().out
    assert "3 figures" in said
    assert "reads (difference_1) is not in it: no definition" in said
    assert command(["synthesise", *files]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {one["outcome"] for one in found["outcomes"]} >= {"satisfied", "tread"}


def test_the_command_says_why_nothing_may_be_handed_over(tmp_path, capsys):
    data, asked = tmp_path / "data.csv", tmp_path / "run.toml"
    pilot().tail(4).write_csv(data)
    asked.write_text(WHOLE)
    arguments = [str(data), "--config", str(asked)]
    out = str(tmp_path / "out.json")
    assert command(["evaluate", *arguments, "--exchange", out]) == 1
    said = capsys.readouterr().err
    assert "not written" in said and "fewer people (4) than the norm" in said
    assert not (tmp_path / "out.json").exists()
