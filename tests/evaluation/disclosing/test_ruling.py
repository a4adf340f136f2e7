"""What goes by rule: figures that are no counts, of too few people."""

from typing import cast

import numpy as np
import pytest

from tests.evaluation.disclosing.study import (
    analysis_of,
    asked,
    entry,
    people_with,
    released_of,
)
from trede.evaluation.disclosing.blocks import Block
from trede.evaluation.disclosing.curves import coarser, enough_between
from trede.evaluation.disclosing.dependent import follows
from trede.evaluation.disclosing.judging import lay_before, protect_analysis
from trede.evaluation.disclosing.reading import (
    LEVEL_PIECES,
    Json,
    count,
    entries,
    part,
    text,
)
from trede.evaluation.disclosing.ruling import of_trimmed
from trede.evaluation.norms import default_norms
from trede.evaluation.running.configuration import Outcome
from trede.evaluation.running.design import Design

NORMS = default_norms()


def followed(n_left: int, n: int = 60) -> tuple[Json, dict[str, str]]:
    """A study in which some left, with sex and age of everybody."""
    configuration = asked(Outcome("well", "binary"), covariates=("sex", "age"))
    rng = np.random.default_rng(5)
    before = rng.integers(0, 2, n).astype(float)
    after = rng.integers(0, 2, n).astype(float)
    gone = np.arange(n) < n_left
    pairs = [
        (float(a), None if left else float(b))
        for a, b, left in zip(before, after, gone, strict=True)
    ]
    people = people_with(
        {"well": pairs},
        configuration,
        status=["dropout" if left else "stayed" for left in gone],
        sex=["man" if number % 2 else "woman" for number in range(n)],
        age=rng.integers(25, 65, n).tolist(),
    )
    public, judged, released = released_of(people, configuration)
    return public, judged.hidden(released)


def bounds(fewer: int, other_contrast: bool = False) -> str | None:
    """Why Lee's bounds go, of two groups of fifty: all of the one answered, of the
    other so many did not. The other contrast lacks nobody."""

    def side(contrast: str, missing: int) -> Json:
        told = {"outcome": "well", "contrast": contrast}
        return {**told, "n": 50 - missing, "n_missing": missing}

    levels = [side("difference_1", 0), side("difference_1", fewer)]
    if other_contrast:
        levels += [side("difference_2", 0), side("difference_2", 0)]
    entry: Json = {"outcome": "well", "contrast": "difference_1", "way": "lee"}
    # Only whether there is a block is asked here.
    block = cast(Block, object())
    return of_trimmed({"outcomes": levels}, entry, block, NORMS)


@pytest.mark.parametrize("other_contrast", [False, True])
def test_lees_bounds_are_told_when_they_leave_out_no_few(other_contrast: bool) -> None:
    few = NORMS.threshold
    assert bounds(few - 1, other_contrast) == "extreme"
    assert bounds(few, other_contrast) is None


def test_of_nine_people_who_left_nothing_is_told_but_that_they_are_nine() -> None:
    public, hidden = followed(9)
    attrition = part(public, "attrition")
    assert attrition is not None
    assert attrition["n_left"] == 9
    for row in entries(attrition, "covariates"):
        assert row["suppressed"] == "withheld"
        assert row["smd"] is row["left"] is row["stayed"] is row["p"] is None
    assert hidden["attrition|age|"] == "few"


def test_that_three_people_left_is_not_told() -> None:
    public, hidden = followed(3)
    attrition, flow = part(public, "attrition"), part(public, "flow")
    assert attrition is not None
    assert flow is not None
    assert attrition["n_left"] is attrition["n_stayed"] is None
    assert flow["status"] is None
    assert {"attrition|sizes", "flow|status"} <= hidden.keys()


def test_twenty_who_left_are_compared() -> None:
    public, hidden = followed(20)
    attrition = part(public, "attrition")
    assert attrition is not None
    rows = {text(row, "name"): row for row in entries(attrition, "covariates")}
    assert rows["age"]["smd"] is not None
    assert "attrition|sex|" not in hidden


def test_days_of_a_curve_have_enough_people_between_them() -> None:
    days = np.array([3, 8, 8, 21, 34, 35, 50, 61, 70, 99, 120, 130], float)
    assert enough_between(days, 5) == [34]
    assert enough_between(days[:10], 5) == [34, 99]
    assert enough_between(days[:4], 5) == []


def test_a_curve_keeps_no_day_of_one_person() -> None:
    entry_of: Json = {
        "n": 40,
        "curve": {
            "days": [3, 8, 21, 34, 60],
            "surviving": [0.975, 0.95, 0.9, 0.8111, 0.6999],
            "low": [None, 0.8, 0.7, 0.6, 0.5],
            "high": [None, 1.0, 1.0, 0.9, 0.8],
        },
        "censored": [41, 77],
        "at_risk": [
            {"day": 0, "n": 40},
            {"day": 30, "n": 37},
            {"day": 60, "n": 28},
            {"day": 90, "n": 3},
        ],
        "suppressed": None,
    }
    told = coarser(entry_of, {34, 60}, NORMS)
    assert told["curve"] == {
        "days": [34, 60],
        "surviving": [0.81, 0.7],
        "low": [0.6, 0.5],
        "high": [0.9, 0.8],
    }
    assert told["censored"] == []
    assert told["at_risk"] == [{"day": 0, "n": 40}, {"day": 60, "n": 28}]


def test_hours_that_one_person_dominates_are_not_told() -> None:
    configuration = asked(Outcome("hours", "hours"))
    pairs = [(0.0, 0.0)] * 30 + [(1.0, 0.0)] * 10 + [(0.0, 40.0)]
    public, judged, released = released_of(
        people_with({"hours": pairs}, configuration), configuration
    )
    assert (
        judged.hidden(released)["estimate|hours|difference_1|mean_change_bca"]
        == "dominance"
    )
    level = entry(public, "outcomes", outcome="hours")
    assert level["mean_after"] is None


@pytest.mark.parametrize("n", [4, 12])
def test_an_arm_of_few_people_is_not_compared(n: int) -> None:
    configuration = asked(Outcome("well", "score", (0, 10)), design=Design.WAITING_LIST)
    rng = np.random.default_rng(2)
    before = rng.integers(2, 9, 40).astype(float)
    after = np.clip(before + rng.integers(-1, 4, 40), 0, 10)
    people = people_with(
        {"well": [(float(a), float(b)) for a, b in zip(before, after, strict=True)]},
        configuration,
        arm=[int(number >= n) for number in range(40)],
        pair=[f"k{number % 20}" for number in range(40)],
    )
    analysis = analysis_of(people, configuration)
    judged = lay_before(people, configuration, analysis)
    of_arms = [
        key
        for key, reason in judged.ruled.items()
        if key.startswith("estimate|well|difference_1|") and reason == "few"
    ]
    told = [
        e for e in entries(analysis, "estimates") if e["contrast"] == "difference_1"
    ]
    assert len(of_arms) == (len(told) if n < 10 else 0)


def test_of_a_group_of_four_not_even_the_number_is_told() -> None:
    configuration = asked(Outcome("well", "score", (0, 10)))
    pairs = [(3.0, 4.0), (5.0, 5.0), (6.0, 8.0), (2.0, 5.0)]
    people = people_with({"well": pairs}, configuration)
    public, decisions = protect_analysis(
        people, configuration, analysis_of(people, configuration)
    )
    level = entry(public, "outcomes", outcome="well")
    assert level["n"] is level["mean_before"] is level["up"] is None
    line = entry(public, "estimates", outcome="well", headline=True)
    assert line["n"] is line["estimate"] is line["p"] is None
    assert {decision.reason for decision in decisions} >= {"small_group"}


def test_why_something_was_refused_is_told_only_of_the_design() -> None:
    configuration = asked(Outcome("debts", "binary"))
    pairs = [(0.0, 0.0)] * 2 + [(None, 1.0)] * 20
    public, _judged, _released = released_of(
        people_with({"debts": pairs}, configuration), configuration
    )
    for refused in entries(public, "refused"):
        assert refused["why"] == "withheld"
        assert count(refused, "has") == 0


def test_of_a_withheld_change_the_ends_are_withheld_too() -> None:
    """Two people moved: the share before and the share after would tell that."""
    configuration = asked(Outcome("debts", "binary"))
    pairs = [(0.0, 0.0)] * 20 + [(0.0, 1.0)] * 2 + [(1.0, 1.0)] * 20
    public, _judged, _released = released_of(
        people_with({"debts": pairs}, configuration), configuration
    )
    line = entry(public, "estimates", outcome="debts", headline=True)
    assert line["suppressed"] == "withheld"
    level = entry(public, "outcomes", outcome="debts")
    assert level["n"] == 42
    for field in (field for name, of in LEVEL_PIECES.items() for field in of):
        assert field in ("n", "n_missing") or level[field] is None, field


def test_a_curve_goes_with_the_estimate_that_stands_above_it() -> None:
    analysis: Json = {
        "times": [{"outcome": "exit", "group": g} for g in ("", "treated")],
        "estimates": [
            {"outcome": "exit", "contrast": c, "method": "km", "headline": True}
            for c in ("follow_up", "follow_up/treated")
        ],
    }
    hidden = {"estimate|exit|follow_up/treated|km": "few"}
    found = follows(analysis, hidden)
    assert "time|exit|treated" in found


def test_a_curve_goes_on_to_the_horizon_when_somebody_was_followed_so_long() -> None:
    entry_of: Json = {
        "n": 40,
        "horizon": 60,
        "curve": {"days": [10, 21, 40, 60], "surviving": [0.9, 0.8, 0.7, 0.6]},
        "at_risk": [],
    }
    told = coarser(entry_of, {10, 40}, NORMS)
    assert told["curve"] == {"days": [10, 40, 60], "surviving": [0.9, 0.7, 0.6]}
    # The last day on which one person was seen is that person's.
    shorter = coarser(entry_of | {"horizon": 90}, {10, 40}, NORMS)
    assert shorter["curve"] == {"days": [10, 40], "surviving": [0.9, 0.7]}


def test_a_curve_ends_at_the_horizon() -> None:
    told = coarser(
        {
            "n": 40,
            "horizon": 60,
            "curve": {"days": [10, 60, 61], "surviving": [0.9, 0.5, 0.2]},
            "at_risk": [{"day": 0, "n": 40}, {"day": 90, "n": 20}],
        },
        {10, 60, 61},
        NORMS,
    )
    assert told["curve"] == {"days": [10, 60], "surviving": [0.9, 0.5]}
    assert told["at_risk"] == [{"day": 0, "n": 40}]
