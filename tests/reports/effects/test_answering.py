"""What a headline says: the figure, its interval, what that leaves out, and no more."""

from unittest.mock import Mock

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from trede.reports.analysed import names_in
from trede.reports.effects.answering import (
    answer_told,
    left_out,
    p_told,
    people_told,
    sizes_told,
)
from trede.reports.effects.estimate_table import estimate_grid, hidden_told
from trede.reports.effects.figures import POINTS, RATIO, SHARE, p_value, unit_of
from trede.reports.effects.methods_told import refusal_told
from trede.reports.effects.names import Names

NUMBERS = st.floats(-50, 50, allow_nan=False)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def headline(value, low, high, **more):
    return {
        "outcome": "satisfied",
        "type": "score",
        "method": "paired_t",
        "estimate": value,
        "ci": [low, high],
        "n": 40,
        "n_missing": 10,
        "p": 0.03,
        **more,
    }


def test_a_rise_is_told_with_its_interval_and_what_that_leaves_out():
    told = answer_told(headline(0.5, 0.2, 0.8), None, compares=False)
    assert told == (
        "The mean rose by 0.50 points (95% interval +0.20 to +0.80). The interval"
        " leaves out that it stayed the same or fell, and a rise of more than 0.80"
        " points."
    )


def test_an_interval_over_zero_never_says_that_nothing_changed():
    told = answer_told(headline(0.1, -0.3, 0.5), None, compares=False)
    assert "does not leave out that nothing changed" in told
    assert "a rise of more than 0.50 points and a fall of more than 0.30" in told


def test_without_a_comparison_there_is_no_effect_in_the_words():
    change = answer_told(headline(0.5, 0.2, 0.8), None, compares=False)
    effect = answer_told(headline(0.5, 0.2, 0.8), None, compares=True)
    assert "comparison" not in change and "effect" not in change
    assert "higher than the comparison group" in effect


def test_a_share_changes_in_percentage_points_and_says_from_what_to_what():
    binary = headline(0.1, 0.02, 0.18, type="binary", method="mcnemar_mid_p")
    levels = {"type": "binary", "share_before": 0.4, "share_after": 0.5}
    told = answer_told(binary, levels, compares=False)
    assert "rose by 10.0 percentage points" in told
    assert "from 40.0% to 50.0%" in told


def test_a_withheld_headline_is_said_and_shows_no_figure():
    for hidden in (
        headline(None, None, None, ci=None, suppressed="withheld"),
        headline(0.5, 0.2, 0.8, suppressed="withheld"),
    ):
        told = answer_told(
            hidden, {"mean_before": 5.0, "mean_after": 5.5}, compares=False
        )
        assert "not shown" in told and not any(sign.isdigit() for sign in told)


def test_odds_are_told_as_a_ratio_and_not_as_a_logarithm():
    odds = headline(0.6931, 0.0, 1.3863, method="proportional_odds", type="likert")
    told = answer_told(odds, None, compares=True)
    assert "2.00 times" in told and "1.00 to 4.00" in told


def test_what_has_no_end_is_said_not_to_be_estimable():
    odds = headline("inf", 0.1, "inf", method="proportional_odds", type="likert")
    told = answer_told(odds, None, compares=True)
    assert "cannot be estimated" in told and "interval 1.11 or more" in told
    assert "∞" not in told


def test_people_are_counted_with_who_is_missing():
    assert people_told(headline(1, 0, 2)) == (
        "n = 40 people of 50; 10 have no usable answer."
    )
    assert "not shown" in people_told({"n": None})


def test_a_small_p_has_no_row_of_zeros():
    assert p_value(0.00002) == "p < 0.001"
    assert p_value(0.0049) == "p = 0.005"
    assert p_value(0.049) == "p = 0.05"
    assert "Holm p = 0.06" in p_told(headline(1, 0, 2, p_holm=0.06))


def test_dutch_has_a_comma_and_a_real_minus():
    with translation.override("nl"):
        told = answer_told(headline(-0.5, -0.8, -0.2), None, compares=False)
    assert "daalde met 0,50 punt" in told and "−0,80 tot −0,20" in told


def test_a_refusal_says_what_why_and_what_would_be_needed():
    refused = {"what": "cluster_test", "why": "few_clusters", "has": 5, "needed": 6}
    assert refusal_told(refused, Names()) == (
        "The test by coach: not estimated, because there are too few coaches or groups"
        " (there are 5). Needed: at least 6 coaches or groups."
    )


@given(value=NUMBERS, half=st.floats(0.001, 30))
def test_a_figure_is_never_called_significant(value, half):
    one = headline(value, value - half, value + half)
    for compares in (False, True):
        for language in ("en", "nl"):
            with translation.override(language):
                told = answer_told(one, None, compares=compares).lower()
            assert "signific" not in told


@given(low=NUMBERS, half=st.floats(0.001, 30))
def test_what_is_left_out_follows_from_the_interval_alone(low, half):
    high = low + half
    (told,) = left_out({"ci": [low, high]}, POINTS, compares=False)
    assert ("does not leave out" in told) == (low <= 0 <= high)


@given(value=st.floats(0, 1))
def test_a_share_is_a_percentage_without_a_sign(value):
    told = SHARE.figure(value)
    assert told.endswith("%") and told[0].isdigit()


@given(value=st.floats(-5, 5))
def test_a_ratio_is_above_nothing(value):
    assert float(RATIO.figure(value)) >= 0


def test_each_method_keeps_its_own_unit():
    def unit(method, kind):
        return unit_of({"method": method, "type": kind}).code

    assert unit("signed_rank_exact", "ladder") == "treads"
    assert unit("signed_rank_exact", "likert") == "percentage_points"
    assert unit("share_up", "likert") == "share"
    assert unit("share_with_any_mcnemar_mid_p", "hours") == "percentage_points"
    assert unit("complete_mean_change", "score") == "points"
    assert unit("restricted_mean_difference", "time") == "days"
    assert unit("kaplan_meier", "time") == "share"
    assert unit("log_rank", "time") == "plain"


def test_an_end_close_to_zero_is_printed_with_enough_digits_to_see_its_side():
    close = headline(0.0214, 0.00029, 0.0425, type="binary", method="mcnemar_mid_p")
    told = answer_told(close, None, compares=False)
    assert "+0.03 to +4.2" in told and "leaves out that it stayed the same" in told
    assert POINTS.interval([0.0, 0.5]) == "0.00 to +0.50"
    assert POINTS.interval([1e-17, 0.5]) == "0.00 to +0.50"


def test_a_difference_in_days_is_longer_or_shorter_and_not_up_or_down():
    days = headline(
        2, -26, 31, type="time", method="restricted_mean_difference", estimate=2
    )
    told = answer_told(days, None, compares=True)
    assert "31 days longer or 26 days shorter" in told


def test_an_e_value_has_a_lower_limit_only():
    size = {"name": "e_value", "value": 1.97, "ci": [1.53, 1.97]}
    assert sizes_told({"sizes": [size]}) == ["E-value: 1.97 (lower limit 1.53)."]


def test_a_p_value_of_hardly_any_degrees_of_freedom_is_not_printed():
    few = headline(0.5, 0.2, 0.8, df=1.29)
    assert p_told(few).startswith("No p-value is given")
    grid = estimate_grid([few], "All", adjusted=True)
    # A column in which no row has anything is not there.
    assert grid.heads[-1] == "95% interval"
    assert "fewer than 4 degrees of freedom" in hidden_told([few])
    assert "degrees" not in p_told(few | {"df": 12.5})
    assert hidden_told([few | {"df": None}]) == ""


def test_an_outcome_of_which_higher_is_less_good_says_so_wherever_it_is_named():
    names = Names(outcomes={"isolated": "Alone"}, lower_is_better=["isolated"])
    assert names.outcome("isolated") == "Alone (higher = less good)"
    assert names.outcome("satisfied") == "Satisfied"


def test_what_a_study_lays_down_of_better_and_worse_reaches_the_names():
    kept = {"names": {"lower_is_better": ["isolated", "contact_family"]}}
    masking = Mock(places=(), age_bands=(), elsewhere="elsewhere")
    rules = Mock(
        schemes=(),
        waves=(),
        circumstances=(),
        amendments=(),
        final_report=None,
        report=Mock(masking=masking, withheld=()),
    )
    names = names_in(kept, rules)
    assert names.outcome("contact_family").endswith("(higher = less good)")
    assert names.outcome("satisfied") == "Satisfaction with life"
    assert not names_in({}, rules).outcome("isolated").endswith(")")


def test_levels_0_and_1_alone_are_a_no_and_a_yes():
    names = Names()
    told = [names.level("complaints", one, {"0", "1.0"}) for one in ("0", "1.0")]
    assert told == ["No", "Yes"]
    assert names.level("children", "1", {"0", "1", "2"}) == "1"
    named = Names(answers={"sex": {"0": "man", "1": "woman"}})
    assert named.level("sex", "1", {"0", "1"}) == "woman"
