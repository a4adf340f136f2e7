"""The file of a pilot: what may leave, what is read, and what is refused by name."""

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.synthesis.figures import WELL_BEING, summary
from trede.evaluation.change.binary import change_in_share
from trede.evaluation.change.mean_change import mean_change
from trede.evaluation.estimate import CannotEstimate, Estimate, Interval
from trede.evaluation.synthesis.exchange import (
    ExchangeRefused,
    exchange_text,
    read_exchange,
)
from trede.evaluation.synthesis.summaries import definition_hash, summarised

ABOUT = {"pilot": "arnhem", "population": "completers", "design": "pre_post"}


def file(**changed: object) -> str:
    """The text of a file of which the one summary has these fields changed."""
    content = json.loads(exchange_text([summary()]))
    content["summaries"][0] |= changed
    return json.dumps(content)


def problems(text: str, threshold: int = 5) -> str:
    with pytest.raises(ExchangeRefused) as refusal:
        read_exchange(text, threshold)
    assert str(refusal.value) == "\n".join(refusal.value.problems)
    return str(refusal.value)


def test_what_is_written_is_read_to_the_last_digit():
    written = [
        summary(value=1 / 3, se=math.pi / 10),
        summary(outcome="hours", scale=(0, 168), n_missing=None, df=None),
        summary(outcome="first_step", type="time", scale=None),
    ]
    assert read_exchange(exchange_text(written)) == tuple(written)


@settings(max_examples=40, deadline=None)
@given(st.floats(-9.9, 9.9), st.floats(1e-9, 1e9), st.integers(5, 10**6))
def test_any_figure_survives_the_file(value: float, se: float, n: int):
    one = summary(value=value, se=se, n=n)
    assert read_exchange(exchange_text([one])) == (one,)


def test_a_file_is_of_one_pilot_and_one_norm():
    for others in ([summary("breda")], [summary(threshold=10)]):
        with pytest.raises(ValueError, match="one pilot"):
            exchange_text([summary(), *others])
    with pytest.raises(ValueError, match="one pilot"):
        exchange_text([])


def test_a_figure_of_fewer_people_than_the_norm_is_refused():
    assert "under the norm of 5 people" in problems(file(n=4))
    assert read_exchange(file(n=5), 5)


def test_the_stricter_norm_of_writer_and_reader_holds():
    assert "under the norm of 10 people" in problems(file(n=9), threshold=10)
    text = exchange_text([summary(n=9, threshold=10)])
    assert "under the norm of 10 people" in problems(text, threshold=5)


def test_a_few_missing_people_are_withheld():
    assert "write null instead" in problems(file(n_missing=3))
    assert read_exchange(file(n_missing=None))[0].n_missing is None
    assert read_exchange(file(n_missing=0))[0].n_missing == 0


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"value": 10}, "between -10 and 10"),
        ({"value": -10.5}, "between -10 and 10"),
        ({"estimand": "net_share_up", "value": 1}, "between -1 and 1"),
        ({"estimand": "change_in_share", "value": -1}, "between -1 and 1"),
    ],
)
def test_a_value_that_says_what_everybody_answered_is_refused(changed, words):
    assert words in problems(file(**changed))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"se": 0}, '"se" must be a number above 1e-12'),
        ({"se": "0.3"}, '"se" must be a number above 1e-12'),
        ({"se": True}, '"se" must be a number above 1e-12'),
        ({"value": None}, '"value" must be a number'),
        ({"se": 1e-300}, '"se" must be a number above 1e-12'),
        ({"value": 1e300}, '"value" must be a number'),
        ({"value": 10**400}, '"value" must be a number'),
        ({"df": 0}, '"df" must be a number above 0'),
        ({"n": 12.5}, '"n" must be a whole number'),
        ({"n": -3}, '"n" must be a whole number'),
        ({"n_missing": -1}, '"n_missing" must be a whole number'),
        ({"scale": [10, 0]}, '"scale" must be [lowest, highest]'),
        ({"scale": [0, 5, 10]}, '"scale" must be [lowest, highest]'),
        ({"scale": "0-10"}, '"scale" must be [lowest, highest]'),
        ({"unit": ""}, '"unit" must be a text'),
        ({"outcome": 3}, '"outcome" must be a text'),
        ({"population": "x" * 4001}, '"population" must be a text'),
        ({"type": "scores"}, '"type" must be one of: score, likert'),
        ({"design": "trial"}, '"design" must be one of'),
        ({"estimand": "mean"}, '"estimand" must be one of'),
        ({"after": "t0"}, "are the same wave"),
        ({"extra": 1}, '"extra" is not known here'),
    ],
)
def test_every_mistake_is_said_with_its_entry_and_field(changed, words):
    told = problems(file(**changed))
    assert told.startswith("summaries 1: ") and words in told


def test_a_key_that_is_missing_is_named():
    content = json.loads(file())
    del content["summaries"][0]["se"]
    assert problems(json.dumps(content)) == 'summaries 1: "se" is missing.'
    assert problems('{"schema": 1}').count("is missing") == 3


def test_all_mistakes_are_said_at_once():
    content = json.loads(file(se=-1, n=2))
    content["summaries"].append({**content["summaries"][0], "unit": None})
    told = problems(json.dumps(content)).splitlines()
    assert sum(line.startswith("summaries 1: ") for line in told) == 2
    assert sum(line.startswith("summaries 2: ") for line in told) == 3


def test_a_change_may_not_be_called_an_effect():
    told = problems(file(vocabulary="effect"))
    assert '"mean_change" may not be called "effect"' in told


def test_an_effect_needs_a_design_with_a_comparison():
    told = problems(file(estimand="mean_difference", vocabulary="effect"))
    assert 'the design "pre_post" cannot give "mean_difference"' in told
    assert read_exchange(
        file(estimand="mean_difference", vocabulary="effect", design="waiting_list")
    )


def test_words_that_were_changed_under_their_digest_are_refused():
    assert '"definition" was changed' in problems(file(definition="How happy are you?"))


def test_spaces_and_the_form_of_accents_are_no_other_definition():
    assert definition_hash("Eén  vraag\r\n ") == definition_hash("Eén vraag")
    assert definition_hash("Een vraag") != definition_hash("Eén vraag")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Line 1, column 1"),
        ('{"schema": 1,\n"pilot" "arnhem"}', "Line 2, column 9"),
        ('{"schema": 1, "schema": 1}', '"schema" stands twice'),
        ('{"schema": NaN}', "NaN is not a number"),
        ("[" * 100_000, "not"),
        ("[]", "an object is needed"),
        ("3", "an object is needed"),
        (" " * 1_000_001, "longer than"),
        (file().replace('"schema": 1', '"schema": 2'), "newer Trede"),
        (file().replace('"schema": 1', '"schema": true'), "newer Trede"),
        (file().replace('{"threshold": 5}', '{"threshold": 1}'), "norm: "),
        (file().replace('{"threshold": 5}', "5"), "norm: an object is needed"),
        (file().replace('"arnhem"', "null"), '"pilot" must be a text'),
        (
            '{"schema": 1, "pilot": "a", "norm": {"threshold": 5}, "summaries": []}',
            "not empty",
        ),
        (
            '{"schema": 1, "pilot": "a", "norm": {"threshold": 5}, "summaries": [1]}',
            "summaries 1: an object is needed",
        ),
        ("9" * 5000, "not a file of summaries"),
    ],
)
def test_what_is_no_file_of_summaries_is_said_plainly(text, words):
    assert words in problems(text)


@settings(max_examples=20, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["schema", "pilot", "norm", "summaries", "n"]), inner
            )
        ),
        max_leaves=8,
    )
)
def test_nothing_else_than_a_refusal_comes_of_nonsense(content):
    with pytest.raises(ExchangeRefused):
        read_exchange(json.dumps(content))


def test_an_estimate_becomes_the_summary_that_may_leave():
    rng = np.random.default_rng(3)
    before = rng.integers(2, 8, 30).astype(float)
    after = before + rng.integers(-1, 3, 30)
    after[:2] = np.nan
    found = mean_change(before, after)
    made = summarised(found, WELL_BEING, **ABOUT, threshold=5)
    assert (made.value, made.se, made.df) == (found.value, found.se, found.df)
    assert (made.n, made.n_missing) == (28, None)
    assert made.error_from == "estimate"
    assert read_exchange(exchange_text([made])) == (made,)


def test_a_share_has_its_error_from_the_width_of_its_interval():
    before, after = np.repeat([0.0, 1.0], 20), np.tile([0.0, 1.0, 1.0, 1.0], 10)
    found = change_in_share(before, after)
    made = summarised(found, WELL_BEING, **ABOUT, threshold=5)
    assert found.se is None and found.interval is not None
    width = found.interval.high - found.interval.low
    assert made.se == pytest.approx(width / 2 / 1.959963984540054)
    assert made.error_from == "interval" and made.df is None


@pytest.mark.parametrize(
    ("estimate", "why"),
    [
        (Estimate("m", 0.5, 4, 0, se=0.1), "under_norm"),
        (Estimate("m", 0.5, 9, 0), "no_error"),
        (Estimate("m", 0.5, 9, 0, se=0.0), "no_error"),
        (Estimate("m", 0.5, 9, 0, Interval(0.1, math.inf, "x")), "no_error"),
        (Estimate("m", 0.5, 9, 0, Interval(0.1, 0.1, "x")), "no_error"),
    ],
)
def test_what_may_not_or_cannot_leave_is_refused(estimate, why):
    with pytest.raises(CannotEstimate) as refusal:
        summarised(estimate, WELL_BEING, **ABOUT, threshold=5)
    assert (refusal.value.what, refusal.value.why) == ("summary", why)


def test_a_change_of_a_waiting_list_is_no_effect():
    found = Estimate("m", 0.5, 9, 0, se=0.1)
    with pytest.raises(CannotEstimate, match="other_vocabulary"):
        about = {**ABOUT, "design": "waiting_list"}
        summarised(found, WELL_BEING, **about, threshold=5)


def test_a_short_name_travels_along_and_older_files_have_none():
    text = exchange_text([summary(label="Satisfied with life")])
    assert read_exchange(text)[0].measure.label == "Satisfied with life"
    assert '"label"' not in exchange_text([summary()])
    assert read_exchange(file())[0].measure.label == ""
    assert '"label" must be a text' in problems(file(label=""))
