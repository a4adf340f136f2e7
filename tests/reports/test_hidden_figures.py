"""What a hidden figure is called: recognised in the report, and without its number."""

import pytest

from tests.studies.making import FILE
from trede.pilots.reading import read_rules
from trede.reports.effects.names import Names
from trede.reports.figures_json import Json
from trede.reports.hidden_figures import called, hidden_figures
from trede.reports.wording import Wording

NAMES = Names(outcomes={"a": "Satisfied"}, scales={"s": "Trust"})


def of_analysis(name: str, reason: str = "small") -> Json:
    where = {"group": None, "item": None, "measure": None}
    kind = name.split("|")[0]
    return {"table": "analysis", "row": name, "kind": kind, "reason": reason, **where}


def of_table(table: str, row: str, **where: str) -> Json:
    place = {"group": "participants", "item": None, "measure": None, "kind": "count"}
    return {"table": table, "row": row, "reason": "small", **place, **where}


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording(read_rules(FILE.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "estimate|a|difference_1|paired_t",
            "Satisfied: mean change, paired t-test, intake to evaluation",
        ),
        ("outcome|a|difference_1/treated|cells", "participants"),
        ("outcome|a|difference_1|distribution", "how many gave which answer"),
        ("instrument||a|floor|t0||floor", "the share with the lowest answer, T0"),
        ("instrument|s||alpha|t1||alpha", "Trust: "),
        ("precision|a|difference_1", "the smallest change that could be seen"),
        ("sensitivity|a|difference_1|lee", "Lee's bounds"),
        ("subgroup|sex|a|difference_1", "the change by Sex"),
        ("time|a|", "the time until it happened, everybody"),
        ("exits|a|", "the ways in which people left, everybody"),
        ("attrition|age|", "Who left beside who stayed: Age"),
        ("attrition|sizes", "how many people answered"),
        ("ladder|small_steps|home", "small steps: home"),
        ("flow|status", "who stayed, left or did not belong"),
        ("flow|measured|difference_1", "intake to evaluation"),
        ("balance", "how alike they were at the start"),
    ],
)
def test_a_piece_of_an_analysis_has_words(
    wording: Wording, name: str, words: str
) -> None:
    assert words in called(of_analysis(name), wording, NAMES)


def test_a_figure_of_a_table_is_called_by_its_row_and_whom_it_counts(
    wording: Wording,
) -> None:
    told = called(of_table("sex", "man", group="dropouts"), wording, NAMES)
    assert told == "Sex: Man, stopped after the intake"
    mean = of_table("health", "4", item="health_physical", kind="mean")
    assert called(mean, wording, NAMES).endswith(", participants, mean")


def test_what_is_no_figure_cannot_be_asked_for(wording: Wording) -> None:
    decisions = [
        of_analysis("refused|a|t0|alpha"),
        of_analysis("outcome|a|difference_1|cells"),
        of_analysis("outcome|a|difference_1|shares", "by_decision"),
        of_table("education", "havo", kind="row"),
        of_table("claims", "journey.reached"),
    ]
    (one,) = hidden_figures(decisions, wording, NAMES)
    assert (one.number, one.reason) == (1, "fewer than five people")
