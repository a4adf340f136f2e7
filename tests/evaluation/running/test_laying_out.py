"""One row per person, whatever the file looked like, and nothing guessed in silence."""

import numpy as np
import polars as pl
import pytest

from trede.evaluation.running.configuration import (
    Configuration,
    Outcome,
    Scale,
    read_configuration,
)
from trede.evaluation.running.design import Design
from trede.evaluation.running.laying_out import DataRefused, guess_type, lay_out

PRE_POST = Configuration(Design.PRE_POST)
WIDE = pl.DataFrame(
    {
        "person": ["a", "b", "c"],
        "sex": ["woman", "man", "woman"],
        "meaning_t0": [7, None, 3],
        "meaning_t1": [8, 6, None],
    }
)


def refused(frame, configuration=PRE_POST):
    with pytest.raises(DataRefused) as refusal:
        lay_out(frame, configuration)
    return list(refusal.value.problems)


def test_an_empty_cell_is_no_answer():
    people = lay_out(WIDE, PRE_POST)
    np.testing.assert_array_equal(people.of("meaning", "t0"), [7, np.nan, 3])
    np.testing.assert_array_equal(people.of("meaning", "t1"), [8, 6, np.nan])
    assert np.isnan(people.of("meaning", "t2")).all()


def test_a_row_per_wave_becomes_a_row_per_person():
    long = pl.DataFrame(
        {
            "person": ["a", "a", "b", "c", "c"],
            "wave": ["T0", "T1", "T1", "T0", "T1"],
            "sex": ["woman", None, "man", "woman", "woman"],
            "meaning": [7, 8, 6, 3, None],
        }
    )
    people = lay_out(long, PRE_POST)
    np.testing.assert_array_equal(people.of("meaning", "t0"), [7, np.nan, 3])
    np.testing.assert_array_equal(people.of("meaning", "t1"), [8, 6, np.nan])
    assert people.labels("sex").tolist() == ["woman", "man", "woman"]


def test_an_outcome_is_found_where_both_moments_are_there():
    frame = WIDE.with_columns(alone_t0=pl.lit(1))
    (outcome,) = lay_out(frame, PRE_POST).outcomes
    assert (outcome.code, outcome.type) == ("meaning", "score")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 1, np.nan], "binary"),
        ([1, 3, 5], "likert"),
        ([1, 6], "ladder"),
        ([0, 7], "score"),
        ([1.5], "score"),
    ],
)
def test_a_type_is_guessed_from_all_values(values, expected):
    assert guess_type(np.array(values, float)) == expected


def test_a_guess_is_said_to_be_one():
    assert lay_out(WIDE, PRE_POST).guessed == {"meaning"}
    said = Configuration(Design.PRE_POST, outcomes=(Outcome("meaning", "score"),))
    assert lay_out(WIDE, said).guessed == frozenset()


def test_text_in_an_outcome_is_refused_with_the_text():
    frame = WIDE.with_columns(meaning_t1=pl.Series(["8", "weet niet", " "]))
    (problem,) = refused(frame)
    assert '"meaning_t1" holds 1 values that are not numbers: weet niet' in problem


def test_numbers_written_as_text_are_numbers():
    frame = WIDE.with_columns(meaning_t1=pl.Series(["8", " 6 ", ""]))
    np.testing.assert_array_equal(
        lay_out(frame, PRE_POST).of("meaning", "t1"), [8, 6, np.nan]
    )


def test_no_number_is_endless():
    frame = WIDE.with_columns(meaning_t1=pl.Series([8.0, np.inf, np.nan]))
    assert "not numbers: inf" in refused(frame)[0]


def test_somebody_who_is_there_twice_is_named():
    (problem,) = refused(pl.concat([WIDE, WIDE.head(1)]))
    assert problem == "These people have more than one row: a. Keep one."


def test_the_column_that_says_who_may_have_another_name():
    frame = WIDE.rename({"person": "id"})
    assert "There is no column" in refused(frame)[0]
    named = read_configuration('design = "pre_post"\n[columns]\nperson = "id"')
    assert lay_out(frame, named).n == 3


@pytest.mark.parametrize(
    ("outcome", "values", "words"),
    [
        (Outcome("meaning", "score", (0, 10)), [11, 6, None], "11 cannot be"),
        (Outcome("meaning", "hours"), [200, 6, None], "from 0 to 168"),
        (Outcome("meaning", "binary"), [2, 1, None], "from 0 to 1"),
        (Outcome("meaning", "likert"), [2.5, 1, None], "whole numbers"),
    ],
)
def test_values_that_cannot_be_are_refused(outcome, values, words):
    frame = WIDE.with_columns(meaning_t0=None, meaning_t1=pl.Series(values))
    configuration = Configuration(Design.PRE_POST, outcomes=(outcome,))
    (problem,) = refused(frame, configuration)
    assert words in problem and "meaning_t1" in problem


def test_an_arm_is_one_or_nought_for_everybody():
    frame = WIDE.with_columns(arm=pl.Series([1, 0, None]))
    assert "must be 1 (treated" in refused(frame)[0]


def test_a_status_that_is_not_known_is_refused():
    frame = WIDE.with_columns(status=pl.Series(["stayed", "gone", None]))
    assert refused(frame)[0].endswith("found: gone, (empty).")


def test_a_time_has_days_and_whether_it_happened():
    frame = pl.DataFrame(
        {"person": [1, 2], "first_step_days": [30, 182], "first_step_event": [1, 0]}
    )
    time = Configuration(Design.PRE_POST, outcomes=(Outcome("first_step", "time"),))
    people = lay_out(frame, time)
    assert people.numbers("first_step_days").tolist() == [30, 182]
    assert "needs the columns" in refused(frame.drop("first_step_event"), time)[0]
    never = frame.with_columns(first_step_event=pl.Series([1, 3]))
    assert "first_step_event" in refused(never, time)[0]


def test_a_file_without_an_outcome_says_what_one_looks_like():
    (problem,) = refused(pl.DataFrame({"person": ["a"], "age": [40]}))
    assert "satisfied_t0" in problem


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"small_steps": ("steps",)}, 'There is no column "steps"'),
        ({"potential": "expected"}, 'There is no column "expected"'),
        ({"small_steps": ("sex",)}, "values that are not numbers: woman, man"),
        (
            {"scales": (Scale("life", ("meaning", "health")),)},
            'there is no outcome "health"',
        ),
        (
            {"scales": (Scale("life", ("meaning", "meaning"), ("meaning",)),)},
            "say between which answers it lies",
        ),
    ],
)
def test_what_the_report_needs_must_be_in_the_file(given, words):
    outcomes = (Outcome("meaning", "score"),)
    (problem,) = refused(
        WIDE, Configuration(Design.PRE_POST, outcomes=outcomes, **given)
    )
    assert words in problem


def test_a_reason_that_nobody_knows_is_refused():
    frame = WIDE.with_columns(meaning_t0_missing=pl.Series(["", "asleep", None]))
    (problem,) = refused(frame)
    assert "meaning_t0_missing" in problem and "found: asleep" in problem


def test_a_covariate_without_end_is_refused():
    frame = WIDE.with_columns(age=pl.Series([40.0, float("inf"), 50.0]))
    (problem,) = refused(frame, Configuration(Design.PRE_POST, covariates=("age",)))
    assert 'Column "age" holds a number without end' in problem


def test_how_people_were_asked_is_no_outcome_and_may_differ_by_wave():
    frame = WIDE.with_columns(
        mode_t0=pl.lit("paper"), mode_t1=pl.lit("screen"), language=pl.lit("nl")
    )
    people = lay_out(frame, PRE_POST)
    assert [one.code for one in people.outcomes] == ["meaning"]
    assert people.asked_by("mode", "t1").tolist() == ["screen"] * 3
    assert people.asked_by("language", "t1").tolist() == ["nl"] * 3
    assert people.asked_by("helper", "t0") is None


@pytest.mark.parametrize(
    ("kind", "answers", "scale"),
    [
        ("likert", [1, 4, None], (1, 5)),
        ("likert", [1, 7, None], None),
        ("ladder", [2, 6, None], (1, 6)),
        ("ladder", [2, 8, None], None),
        ("binary", [0, 1, None], (0, 1)),
        ("score", [0, 9, None], None),
        ("hours", [0, 9, None], None),
    ],
)
def test_a_scale_that_nobody_named_is_the_usual_one_unless_answers_lie_beyond(
    kind, answers, scale
):
    frame = WIDE.with_columns(meaning_t0=pl.Series(answers), meaning_t1=None)
    asked = Configuration(Design.PRE_POST, outcomes=(Outcome("meaning", kind),))
    assert lay_out(frame, asked).outcomes[0].scale == scale


def test_people_are_in_the_order_of_who_they_are():
    people = lay_out(WIDE.reverse(), PRE_POST)
    assert people.frame["person"].to_list() == ["a", "b", "c"]


def test_who_says_why_there_is_no_answer_was_measured_and_a_coachs_tread_is_none():
    frame = WIDE.with_columns(
        meaning_t0=pl.Series([7, None, None]),
        meaning_t0_missing=pl.Series([None, "refused", "not_asked"]),
        tread_t0=pl.Series([1, 2, 3]),
        tread_t1=pl.Series([1, 2, 3]),
    )
    people = lay_out(frame, PRE_POST)
    assert people.answered_at("t0").tolist() == [True, True, False]
    assert people.answered_at("t1").tolist() == [True, True, True]
