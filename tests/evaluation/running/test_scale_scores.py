"""A scale as an outcome: the mean of a person's answers, analysed as a score."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from tests.evaluation.change.figures import limits
from tests.evaluation.running.figures import WHOLE, all_handed_over, pilot, run
from trede.evaluation.disclosing.outside import counted_together
from trede.evaluation.running.configuration import (
    ConfigurationRefused,
    read_configuration,
)
from trede.evaluation.running.laying_out import DataRefused, lay_out
from trede.evaluation.running.scale_scores import person_means

_FOUND = Path(__file__).parents[1] / "reference" / "counted_otherwise.json"
R = json.loads(_FOUND.read_text())
NAN = np.nan
ITEMS = ("a", "b", "c", "d")
ASKED = """
design = "pre_post"
[[outcome]]
code = "mastery"
question = "language"
primary = true
definition = "How well do you manage in Dutch?"
[[scale]]
code = "mastery"
outcomes = ["a", "b", "c", "d"]
reversed = ["b"]
""" + "".join(f'[[outcome]]\ncode = "{item}"\ntype = "likert"\n' for item in ITEMS)


def of_r():
    found = R["data"]
    columns = {"person": [f"p{number:02}" for number in range(len(found["arm"]))]}
    for moment, key in (("t0", "scale_before"), ("t1", "scale_after")):
        for item, answers in zip(ITEMS, found[key], strict=True):
            columns[f"{item}_{moment}"] = answers
    return pl.DataFrame(columns)


def people_of(frame, text=ASKED):
    return lay_out(frame, read_configuration(text))


def test_the_score_of_each_person_and_its_change_are_those_of_r():
    people = people_of(of_r())
    for moment, key in (("t0", "before"), ("t1", "after")):
        theirs = np.array(R["scale"][key], dtype=float)
        np.testing.assert_allclose(people.of("mastery", moment), theirs, atol=1e-12)
    headline = run(of_r(), ASKED).lines[0]
    assert headline.outcome.code == "mastery" and headline.headline
    found, theirs = headline.estimate, R["scale"]
    assert found.method == "paired_t" and found.n == theirs["n"]
    assert "score_of_items" in found.notes
    assert (found.value, found.p) == pytest.approx(
        (theirs["value"], theirs["p"]), abs=1e-8
    )
    assert limits(found.interval) == pytest.approx(theirs["ci"], abs=1e-8)


def test_with_half_of_the_items_there_is_a_score_and_with_fewer_none():
    answers = {
        "a": np.array([1.0, 1.0, NAN, 2.0]),
        "b": np.array([5.0, NAN, NAN, 4.0]),
        "c": np.array([NAN, NAN, NAN, 4.0]),
    }
    ends = {"b": (1.0, 5.0)}
    np.testing.assert_equal(person_means(answers, ends, 0.5), [1.0, NAN, NAN, 8 / 3])
    np.testing.assert_equal(person_means(answers, ends, 1 / 3), [1.0, 1.0, NAN, 8 / 3])
    np.testing.assert_equal(person_means(answers, ends, 1.0), [NAN, NAN, NAN, 8 / 3])


def test_how_many_must_be_answered_is_asked_for():
    before = people_of(of_r()).of("mastery", "t0")
    whole = people_of(of_r(), ASKED.replace("reversed", "answered = 1.0\nreversed"))
    after = whole.of("mastery", "t0")
    assert np.isnan(after).sum() > np.isnan(before).sum()


def test_a_score_is_of_its_items_and_no_question_by_itself():
    found = run(of_r(), ASKED)
    assert [one.code for one in people_of(of_r()).outcomes] == ["mastery", *ITEMS]
    mastery = found.lines[0].outcome
    assert (mastery.type, mastery.scale) == ("score", (1.0, 5.0))
    assert "mastery" not in found.guessed
    kinds = {(one.outcome, one.kind) for one in found.checked.figures}
    assert ("a", "item_nonresponse") in kinds or ("a", "nonresponse") in kinds
    assert not any(outcome == "mastery" for outcome, _kind in kinds)
    # Its bounds rest on the scale of the items.
    assert [one.way for one in found.supposed.figures][-1] == "manski"


def test_in_a_file_with_a_row_per_wave_it_is_the_same():
    frame = of_r()
    waves = [
        frame.select(
            "person",
            pl.lit(moment).alias("wave"),
            *(pl.col(f"{item}_{moment}").alias(item) for item in ITEMS),
        )
        for moment in ("t0", "t1")
    ]
    assert run(pl.concat(waves), ASKED).lines == run(frame, ASKED).lines


def test_a_scale_that_is_no_outcome_stays_what_it_was():
    people = lay_out(pilot(), read_configuration(WHOLE))
    assert not people.scores
    assert not any(column.startswith("language_") for column in people.frame.columns)


def test_who_do_not_belong_may_be_counted_along_afterwards():
    status = pl.Series(["ineligible"] * 3 + ["stayed"] * (of_r().height - 3))
    frame = of_r().with_columns(status=status)
    people = people_of(frame)
    again = counted_together(people, read_configuration(ASKED))
    assert again.outcomes == people.outcomes
    np.testing.assert_equal(again.of("mastery", "t1"), people.of("mastery", "t1"))


def test_a_score_is_handed_over_like_any_other():
    found = all_handed_over(
        run(of_r(), f'pilot = "x"\npopulation = "who belong"\n{ASKED}')
    )
    assert "mastery" in {one.measure.outcome for one in found.summaries}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            'code = "mastery"\nquestion',
            'code = "mastery"\ntype = "likert"\nquestion',
            'Outcome "mastery" is the mean of a scale: its type is score.',
        ),
        (
            'code = "c"\ntype = "likert"',
            'code = "c"\ntype = "likert"\nscale = [0, 10]',
            'Scale "mastery": its items have different answers, so their mean says'
            " nothing. Give them one scale = [lowest, highest].",
        ),
    ],
)
def test_a_score_that_cannot_be_is_refused_by_name(old, new, problem):
    with pytest.raises(DataRefused) as refusal:
        people_of(of_r(), ASKED.replace(old, new))
    assert refusal.value.problems == (problem,)


def test_a_score_that_the_file_has_already_is_not_made_twice():
    frame = of_r().with_columns(mastery_t0=pl.lit(3))
    with pytest.raises(DataRefused) as refusal:
        people_of(frame)
    assert refusal.value.problems == (
        'Outcome "mastery" is made of the scale of that name, but there is a column'
        ' "mastery_t0" too. Give the scale another code.',
    )


@pytest.mark.parametrize("share", [0, 1.5, -1])
def test_a_share_that_cannot_be_is_refused(share):
    with pytest.raises(ConfigurationRefused) as refusal:
        read_configuration(ASKED.replace("reversed", f"answered = {share}\nreversed"))
    assert refusal.value.problems == [
        'Scale "mastery": answered must be a share above 0, up to 1.'
    ]
