"""What an analysis says first of each outcome, and what stays unsaid."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from trede.reports.book.binding import Figure
from trede.reports.book.figures import _of_changes as figures_of_changes
from trede.reports.book.figures import ends_told, in_its_units
from trede.reports.book.headlines import headlines_in


@pytest.fixture(autouse=True)
def in_dutch() -> Iterator[None]:
    with translation.override("nl"):
        yield


def estimate(**more: object) -> dict[str, object]:
    return {
        "outcome": "satisfied",
        "type": "score",
        "primary": True,
        "contrast": "difference_1",
        "headline": True,
        "n": 117,
        "estimate": 0.573,
        "ci": [0.21, 0.93],
        "method": "paired_t",
    } | more


def outcome(**more: object) -> dict[str, object]:
    return {
        "outcome": "satisfied",
        "contrast": "difference_1",
        "group": "",
        "mean_before": 6.07,
        "mean_after": 6.64,
        "up": 66,
        "same": 28,
        "down": 23,
    } | more


def results(*rows: dict[str, object], **more: object) -> dict[str, object]:
    analysis = {"language": "change", "estimates": list(rows), "outcomes": [outcome()]}
    return {"analysis": analysis | more}


def figures(told: dict[str, object]) -> dict[str, Figure]:
    return {figure.code: figure for figure in figures_of_changes(told, str)}


def test_an_interim_run_has_none():
    assert headlines_in({}) == []


def test_the_chosen_outcomes_come_first_and_only_headlines():
    other = estimate(outcome="hours", primary=False)
    side = estimate(headline=False, method="sign_test")
    told = headlines_in(results(other, side, estimate()))
    assert [one.outcome for one in told] == ["satisfied", "hours"]


def test_a_change_can_be_named_with_its_ends_and_directions():
    told = figures(results(estimate()))
    assert told["change.satisfied"].text == "0,57"
    assert told["change.satisfied.interval"].text == "0,21 tot 0,93"
    assert told["before.satisfied"].text == "6,07"
    assert told["up.satisfied"].text == "66"


def test_a_share_is_told_in_percentage_points():
    row = estimate(type="binary", estimate=0.205, ci=[0.128, 0.276])
    one = headlines_in(results(row))[0]
    assert in_its_units(one, one.value) == "20,5"
    assert ends_told(one) == "12,8 tot 27,6"


def test_what_was_withheld_stays_out_whatever_it_is_called():
    row = estimate(estimate=None, ci=None, n=None)
    gone = outcome(mean_before=None, mean_after=None, up=None, same=None, down=None)
    told = figures(results(row, outcomes=[gone]))
    assert told
    assert all(figure.hidden for figure in told.values())


def test_a_ratio_is_not_told_as_a_difference():
    row = estimate(method="proportional_odds", estimate=2.1, ci=[1.1, 4.2])
    assert figures(results(row))["change.satisfied"].hidden


def test_an_end_that_is_nowhere_is_not_printed():
    row = estimate(ci=[0.2, "inf"])
    assert figures(results(row))["change.satisfied.interval"].hidden


def test_only_beside_a_group_to_compare_with_it_is_an_effect():
    row = estimate(method="ancova_cr2")
    group = estimate(contrast="difference_1/treated")
    told = figures(
        results(row, group, language="effect", outcomes=[outcome(group="treated")])
    )
    assert "effect.satisfied" in told
    assert "change.satisfied.difference_1.treated" in told
    assert told["before.satisfied.difference_1.treated"].text == "6,07"
    assert "change.satisfied" not in told
