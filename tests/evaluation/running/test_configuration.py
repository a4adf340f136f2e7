"""What a run is asked is written down, and a mistake in it never passes in silence."""

from datetime import date

import pytest

from trede.evaluation.running.configuration import (
    Amendment,
    ConfigurationRefused,
    Contrast,
    Scale,
    read_configuration,
)
from trede.evaluation.running.design import Design

WHOLE = """
design = "pre_post"
estimand = "the change in those who completed"
seed = 7
covariates = ["age"]
[columns]
person = "id"
[[contrast]]
code = "difference_1"
before = "T0"
after = "T1"
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
[[amendment]]
on = 2020-12-01
reason = "too few pairs"
"""


def refused(text, design=None):
    with pytest.raises(ConfigurationRefused) as refusal:
        read_configuration(text, design)
    return refusal.value.problems


def test_everything_that_can_be_asked_is_read():
    found = read_configuration(WHOLE)
    assert found.design is Design.PRE_POST
    assert (found.seed, found.estimand) == (7, "the change in those who completed")
    assert found.columns["person"] == "id" and found.columns["arm"] == "arm"
    assert found.contrasts == (Contrast("difference_1", "t0", "t1"),)
    satisfied, tread, reading = found.outcomes
    assert (satisfied.type, satisfied.scale) == ("score", (0.0, 10.0))
    assert tread.corrected_with == "primary" and reading.corrected_with == "other"
    assert reading.type is None
    assert found.amendments == (Amendment(date(2020, 12, 1), "too few pairs"),)


def test_only_the_design_has_to_be_said():
    found = read_configuration("", "waiting_list")
    assert found.design is Design.WAITING_LIST
    assert found.outcomes == () and found.seed == 1


@pytest.mark.parametrize(
    ("design", "word"),
    [
        ("pre_post", "change"),
        ("several_pilots", "change"),
        ("waiting_list", "effect"),
        ("control_group", "effect"),
    ],
)
def test_effect_is_said_only_beside_a_comparison_at_the_same_time(design, word):
    assert Design(design).word == word


def test_all_mistakes_are_named_at_once():
    text = """
    design = "before_after"
    sed = 3
    horizon = 0
    [[outcome]]
    code = "a"
    type = "number"
    primry = true
    [[outcome]]
    code = "a"
    scale = [10, 0]
    [[amendment]]
    on = 2020-12-01
    """
    problems = refused(text)
    for words in (
        '"design" must be one of: pre_post',
        '"sed" is not known. Did you mean "seed"?',
        '"horizon" must be a whole number of 1 or more',
        'Outcome "a": type must be one of',
        '"outcome.primry" is not known. Did you mean "primary"?',
        'Outcome "a" stands twice',
        'Outcome "a": scale must be [lowest, highest]',
        "Each [[amendment]] needs a date (on) and a reason",
    ):
        assert any(words in problem for problem in problems), words


def test_a_research_question_has_one_primary_outcome():
    text = WHOLE.replace('question = "participation"', 'question = "well-being"')
    assert refused(text) == [
        'Research question "well-being" has more than one primary outcome.'
        " Choose one, or give each its own question."
    ]


def test_a_command_and_its_configuration_name_the_same_design():
    assert refused('design = "pre_post"', "waiting_list") == [
        'The configuration says "pre_post", the command "waiting_list".'
    ]


@pytest.mark.parametrize(
    "text",
    [
        "design = ",
        'design = "pre_post"\noutcome = 3',
        'design = "pre_post"\ncolumns = 3',
        'design = "pre_post"\ncovariates = "age"',
        'design = "pre_post"\n[[contrast]]\ncode = "d"',
        'design = "pre_post"\nseed = true',
        'design = "pre_post"\n[[outcome]]\ntype = "score"',
    ],
)
def test_malformed_text_is_refused_in_words(text):
    (problem,) = refused(text)
    assert problem.endswith(".")


def test_what_a_final_report_needs_is_read():
    text = WHOLE + (
        '[labels]\nage = "Age at the start"\n'
        '[[scale]]\ncode = "doing"\noutcomes = ["satisfied", "reading"]\n'
        'reversed = ["reading"]\n'
    )
    top = 'horizon = 365\npotential = "expected"\npilot = "arnhem"\n'
    found = read_configuration(
        top + 'population = "completers"\nsmall_steps = ["steps"]\n' + text
    )
    assert found.scales == (Scale("doing", ("satisfied", "reading"), ("reading",)),)
    assert (found.horizon, found.potential) == (365, "expected")
    assert (found.pilot, found.population) == ("arnhem", "completers")
    assert found.small_steps == ("steps",)
    assert found.labels == {"age": "Age at the start"}
    assert found.columns["helper"] == "helper"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[scale]]\ncode = "a"\noutcomes = ["b"]', "two outcomes or more"),
        ('[[scale]]\noutcomes = ["b", "c"]', "needs a code"),
        (
            '[[scale]]\ncode = "a"\noutcomes = ["b", "c"]\nreversed = ["d"]',
            '"d" is reversed but not one of it',
        ),
        ('[[scale]]\ncode = "a"\nitems = ["b", "c"]', '"scale.items" is not known'),
        ("horizon = 0", '"horizon" must be a whole number of 1 or more'),
        ("resamples = 500", '"resamples" is not known'),
        ('[columns]\nweight = "w"', '"columns.weight" is not known'),
        ('[[outcome]]\ncode = "a"\nlable = "A"', '"outcome.lable" is not known'),
        ('small_steps = "steps"', "must be a list of column names"),
        ('labels = "age"', '"labels" must be a table of names in words'),
        ("[labels]\nage = 3", '"labels" must be a table of names in words'),
    ],
)
def test_a_mistake_in_what_a_final_report_needs_is_named(text, words):
    assert any(words in one for one in refused('design = "pre_post"\n' + text))
