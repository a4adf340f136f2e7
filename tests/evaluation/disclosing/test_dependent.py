"""What goes with a headline that goes, and what nobody may know of everybody."""

import pytest

from tests.evaluation.disclosing.study import (
    Pair,
    analysis_of,
    asked,
    entry,
    people_with,
    released_of,
    times,
)
from tests.evaluation.disclosing.test_brute_force import Cell, game
from trede.evaluation.disclosing.dependent import follows
from trede.evaluation.disclosing.leaving import attrition_ruled_out
from trede.evaluation.disclosing.reading import Json, entries, lines, text
from trede.evaluation.disclosing.ruling import ruled_out
from trede.evaluation.norms import default_norms
from trede.evaluation.running.configuration import Outcome

DIFFERENCE = "difference_1"
YES = asked(Outcome("a", "binary"))


def line(contrast: str, method: str, n: int = 40, *, headline: bool = True) -> Json:
    about = {"outcome": "a", "contrast": contrast, "method": method, "n": n}
    return {**about, "headline": headline}


def went(analysis: Json, *gone: str) -> set[str]:
    """Which contrasts go along, when the headline of these does."""
    hidden = {f"estimate|a|{contrast}|m": "few" for contrast in gone}
    found = follows(analysis, hidden).keys() - hidden.keys()
    return {key.split("|")[2] for key in found if key.startswith("estimate|")}


def of_groups(*groups: str, **sizes: int) -> Json:
    names = [f"{DIFFERENCE}/{group}" if group else DIFFERENCE for group in groups]
    every = zip(groups, names, strict=True)
    return {"estimates": [line(name, "m", sizes.get(g, 40)) for g, name in every]}


ARMS = of_groups("", "treated", "comparison")
PILOTS = of_groups("", "A", "B", "C", A=50, B=20, C=30)


def test_from_a_comparison_and_one_arm_nobody_finds_the_other() -> None:
    assert went(ARMS, f"{DIFFERENCE}/treated") == {DIFFERENCE}
    both = {f"{DIFFERENCE}/treated", f"{DIFFERENCE}/comparison"}
    assert went(ARMS, DIFFERENCE) == both
    assert went(ARMS, DIFFERENCE, f"{DIFFERENCE}/treated") == set()


def test_from_the_whole_and_all_other_pilots_nobody_finds_the_one() -> None:
    assert went(PILOTS, f"{DIFFERENCE}/A") == {f"{DIFFERENCE}/B", DIFFERENCE}
    assert went(PILOTS, DIFFERENCE) == {f"{DIFFERENCE}/B"}
    assert went(PILOTS, f"{DIFFERENCE}/A", DIFFERENCE) == {f"{DIFFERENCE}/B"}
    assert went(PILOTS, f"{DIFFERENCE}/A", f"{DIFFERENCE}/C") == {DIFFERENCE}
    assert went(PILOTS, f"{DIFFERENCE}/A", DIFFERENCE, f"{DIFFERENCE}/C") == set()
    assert went(of_groups(""), DIFFERENCE) == set()


def test_both_curves_go_with_the_comparison_of_them() -> None:
    """The share at the horizon of one arm less that of the other is the comparison."""
    arms = ("", "treated", "comparison")
    names = [f"follow_up/{arm}" if arm else "follow_up" for arm in arms]
    analysis: Json = {
        "times": [{"outcome": "a", "group": arm} for arm in arms[1:]],
        "estimates": [line(name, "m") for name in names]
        + [line("follow_up", "restricted_mean_1", headline=False)],
    }
    curves = {"time|a|treated", "time|a|comparison"}
    assert follows(analysis, {"estimate|a|follow_up|m": "few"}).keys() >= curves
    # An arm's mean stands among the lines of the comparison too.
    found = follows(analysis, {"estimate|a|follow_up/treated|m": "few"})
    assert found.keys() & curves == {"time|a|treated"}
    assert "estimate|a|follow_up|restricted_mean_1" in found
    assert follows(analysis, {}) == {}


def test_a_withheld_change_stands_nowhere_under_another_method() -> None:
    """Two fell: the net share up is withheld, and the mean change would tell it."""
    pairs: list[Pair] = [
        *times(6, (2.0, 2.0)),
        *times(8, (3.0, 3.0)),
        *times(7, (2.0, 3.0)),
        *times(7, (3.0, 4.0)),
        *times(6, (4.0, 4.0)),
        *times(2, (4.0, 3.0)),
    ]
    configuration = asked(Outcome("agree", "likert"))
    people = people_with({"agree": pairs}, configuration)
    public, judged, released = released_of(people, configuration)
    headline = entry(public, "estimates", outcome="agree", headline=True)
    assert headline["suppressed"] == "withheld"
    assert {one["estimate"] for one in lines(public)} == {None}
    level = entry(public, "outcomes", outcome="agree")
    assert (level["before"], level["after"], level.get("bands")) == (None, None, None)
    assert "dependent" in judged.hidden(released).values()


def test_of_withheld_hours_the_share_with_any_stays() -> None:
    hours = ("mean_change_bca", "mean_of_any_after", "share_with_any_mcnemar_mid_p")
    analysis: Json = {
        "estimates": [
            line(DIFFERENCE, method, headline=not place)
            for place, method in enumerate(hours)
        ]
    }
    found = follows(analysis, {f"estimate|a|{DIFFERENCE}|mean_change_bca": "dominance"})
    assert {key.split("|")[3] for key in found} == set(hours[:2])


@pytest.mark.parametrize(
    ("cells", "nobody"),
    [
        # All seven without debts still have none: the odds ratio has no end.
        ([(0, 0)] * 7 + [(1, 0)] * 8 + [(1, 1)] * 9, (0, 1)),
        # All twelve without debts got them.
        ([(0, 1)] * 12 + [(1, 0)] * 6 + [(1, 1)] * 8, (0, 0)),
    ],
)
def test_what_is_true_of_all_with_one_answer_is_not_told(
    cells: list[Cell], nobody: Cell
) -> None:
    printed = game("binary", (0, 1), cells)
    place = printed.cells.index(nobody)
    assert any(printed.fits(world) for world in printed.possible() if world[place])


def test_a_step_that_everybody_or_nobody_took_is_not_told() -> None:
    shares = {"all": 1.0, "none": 0.0, "some": 0.5}
    steps = [{"domain": d, "share": share, "n": 40} for d, share in shares.items()]
    people = people_with({"a": times(9, (0.0, 1.0))}, YES)
    ladder: Json = {"ladder": {"small_steps": steps}}
    assert ruled_out(people, YES, ladder, {}, default_norms()) == {
        "ladder|small_steps|all": "everybody",
        "ladder|small_steps|none": "everybody",
    }


@pytest.mark.parametrize("events", [0, 3, 37, 40])
def test_a_curve_on_which_all_or_none_went_is_not_told(events: int) -> None:
    people = people_with({"a": times(9, (0.0, 1.0))}, YES)
    curve = {"outcome": "exit", "group": "", "n": 40, "events": events}
    analysis: Json = {"times": [curve]}
    assert ruled_out(people, YES, analysis, {}, default_norms()) == {
        "time|exit|": "few"
    }


@pytest.mark.parametrize(("refused", "dont_know"), [(6, 3), (8, 7), (0, 4)])
def test_no_reason_for_silence_is_what_the_others_leave_of_the_total(
    refused: int, dont_know: int
) -> None:
    """The total is told; of three reasons two and the total would tell the third."""
    silent = refused + dont_know
    pairs: list[Pair] = [
        *times(20, (0.0, 1.0)),
        *times(15, (1.0, 0.0)),
        *times(12, (1.0, 1.0)),
        *[(None, float(number % 2)) for number in range(silent)],
    ]
    reasons = ["refused"] * refused + ["dont_know"] * dont_know
    configuration = asked(Outcome("a", "binary"))
    people = people_with(
        {"a": pairs}, configuration, a_t0_missing=[*[""] * 47, *reasons]
    )
    public, _judged, _released = released_of(people, configuration)
    told = {
        text(one, "kind"): one["value"]
        for one in entries(public, "instrument")
        if text(one, "kind").startswith("nonresponse") and one["moment"] == "t0"
    }
    by_reason = [told[kind] for kind in told if kind != "nonresponse"]
    assert len(by_reason) == 3
    small = 0 < min(refused or 9, dont_know or 9) < 5
    assert all((share is None) == small for share in by_reason)


def test_beside_tables_who_stayed_is_not_the_difference_with_the_participants() -> None:
    """A table counts 23 men among the participants, the analysis 20 among those who
    stayed: all three participants who left are men."""
    left = [*[False] * 40, *[True] * 14]
    sex = [*["man", "woman"] * 20, *["man"] * 3, *["man", "woman"] * 5, "woman"]
    pairs: list[Pair] = [(1.0, None if gone else 0.0) for gone in left]
    configuration = asked(Outcome("well", "binary"), covariates=("sex",))
    status = ["dropout" if gone else "stayed" for gone in left]
    people = people_with({"well": pairs}, configuration, status=status, sex=sex)
    analysis = analysis_of(people, configuration)
    for beside, ruled in ((False, {}), (True, {"attrition|sex|": "complement"})):
        found = attrition_ruled_out(analysis, default_norms(), beside_tables=beside)
        assert dict(found) == ruled
