"""The contradictions of the interim report of 29 April 2021 follow from its own print.

Every finding is computed from the printed figures alone (`data/`): which cannot exist,
which do not fit each other, and which sentences the tables do not carry.
"""

from typing import Any

import numpy as np
import pytest

from tests.evaluation.published import PUBLISHED, TABLES
from trede.evaluation.comparison.exact_tables import two_arm_table_p
from trede.evaluation.estimate import CannotEstimate
from trede.evaluation.margins.joint_shares import Limits, in_all, in_any
from trede.evaluation.margins.printed_figures import (
    bases,
    check_mean,
    check_percentage,
)
from trede.evaluation.margins.printed_scales import PrintedItem, Solutions, solve
from trede.evaluation.margins.published import (
    PrintedMean,
    PrintedShare,
    beside_published,
    share_beside,
)

PEOPLE = 53
ROWS: dict[str, list[dict[str, Any]]] = {
    name: table["rows"] for name, table in TABLES.items()
}
DISCRIMINATION = ROWS["discrimination"][1:]


def column(table: str, item: str, group: str = "participants") -> tuple[str, ...]:
    """Printed percentages of one item, with one decimal as in the source."""
    for one in TABLES[table]["columns"]:
        if one["item"].startswith(item) and one["group"] == group:
            return tuple(f"{p:.1f}" for p in one["percent"])
    raise LookupError(item)


def counts(percentages: tuple[str, ...], of: int = PEOPLE) -> list[int]:
    found = [check_percentage(one, of).only for one in percentages]
    assert None not in found
    return [one for one in found if one is not None]


def mean(row: dict[str, Any]) -> str:
    return f"{row['mean']:.2f}"


# --- discrimination ------------------------------------------------------------
def discrimination() -> Solutions:
    often = PUBLISHED["claims"][2]
    items = [
        PrintedItem(
            PEOPLE, (1, 2, 3), mean(row), shares={1: f"{row['percent_never']:.1f}"}
        )
        for row in DISCRIMINATION
    ]
    applying = items[0]
    items[0] = PrintedItem(
        PEOPLE,
        applying.points,
        applying.mean,
        applying.shares,
        counts={3: often["of_which_applying"]},
    )
    return solve(tuple(items), totals={3: often["n"]})


def test_a_mean_of_1_39_cannot_occur_with_53_people():
    for row in DISCRIMINATION[:2]:
        found = check_mean(mean(row), PEOPLE)
        assert not found.possible
        assert [str(one) for one in found.nearest] == ["1.38", "1.40"]
    assert all(check_mean(mean(row), PEOPLE).possible for row in DISCRIMINATION[2:])


def test_the_printed_shares_and_the_thirteen_leave_one_solution():
    solved = discrimination()
    assert solved.impossible == (0, 1)
    (only,) = solved.found
    assert [answers[2] for answers in only] == [5, 3, 2, 1, 1, 1]
    sums = [answers[0] + 2 * answers[1] + 3 * answers[2] for answers in only]
    assert sums == [74, 74, 66, 63, 62, 61]
    assert [f"{total / PEOPLE:.2f}" for total in sums] == [
        *("1.40", "1.40", "1.25", "1.19", "1.17", "1.15"),
    ]


def test_the_total_of_1_23_cannot_come_from_the_items():
    (only,) = discrimination().found
    total = sum(
        n * point for one in only for n, point in zip(one, (1, 2, 3), strict=True)
    )
    possible = check_mean(mean(ROWS["discrimination"][0]), PEOPLE, items=6)
    assert total == 400
    assert possible.whole == (390, 391, 392)
    assert total in check_mean("1.26", PEOPLE, items=6).whole


# --- percentages ---------------------------------------------------------------
def test_nine_of_53_is_17_0_and_not_16_9():
    dont_know = ROWS["financial_situation"][6]["participants"]
    found = check_percentage(f"{dont_know['percent']:.1f}", PEOPLE)
    assert not found.possible
    assert dont_know["n"] in check_percentage("17.0", PEOPLE).whole


def test_ten_percent_odd_jobs_cannot_be_of_53_people():
    found = check_percentage("10", PEOPLE)
    assert not found.possible
    assert [str(one) for one in found.nearest] == ["9", "11"]
    agree = counts(column("capability_find_work", "Betaalde klusjes"))[3:]
    assert sum(agree) == 5
    assert check_percentage("9", PEOPLE).only == 5


def test_every_other_percentage_of_the_participants_is_possible():
    wrong = []
    for name, table in TABLES.items():
        for one in table.get("columns", []):
            if one["group"] == "participants":
                wrong += impossible(name, [f"{p:.1f}" for p in one["percent"]])
        for row in table["rows"]:
            if isinstance(row, dict) and "percent" in row.get("participants", {}):
                own = row["participants"]["percent"]
                wrong += impossible(name, [f"{own:.1f}"] if own is not None else [])
    assert wrong == [("financial_situation", "16.9")]


def impossible(table: str, printed: list[str]) -> list[tuple[str, str]]:
    return [(table, p) for p in printed if not check_percentage(p, PEOPLE).possible]


@pytest.mark.parametrize(
    ("printed", "people"),
    [
        *(("47.2", 25), ("15.1", 8), ("32.1", 17), ("83.0", 44)),
        *(("50.9", 27), ("81.1", 43), ("24.5", 13), ("13.2", 7)),
    ],
)
def test_what_holds_is_found_to_hold(printed: str, people: int):
    assert check_percentage(printed, PEOPLE).only == people


def test_83_percent_counts_neutral_answers_in():
    right = counts(column("views_on_benefit", "Verplichtingen"))
    assert sum(right[2:]) == 44
    assert sum(right[3:]) == 27
    unpaid = counts(column("views_on_benefit", "Wil nuttig"))
    assert sum(unpaid[2:]) == 43


def test_some_columns_add_to_99_9_or_100_1():
    sums = {
        f"{sum(one['percent']):.1f}"
        for table in TABLES.values()
        for one in table.get("columns", [])
        if one["group"] == "participants"
    }
    assert {"99.9", "100.1"} <= sums <= {"99.9", "100.0", "100.1"}


def test_the_dropouts_language_answers_are_of_eight_out_of_nine():
    for item in ("Spreken", "Verstaan", "Lezen"):
        assert sum(counts(column("language_mastery", item, "dropouts"), 9)) == 8


# --- bases ---------------------------------------------------------------------
def test_self_reliance_of_the_reference_group_fits_338_only():
    one, other = (
        bases(column("self_reliance", item, "reference"), range(330, 350))
        for item in ("Kan moeilijke", "Kan tegenslagen")
    )
    assert set(one) & set(other) == {338}


def test_the_financial_column_fits_neither_338_nor_339():
    printed = [
        f"{row['reference']['percent']:.1f}"
        for row in ROWS["financial_situation"]
        if row["reference"]["percent"] is not None
    ]
    assert f"{sum(map(float, printed)):.1f}" == "96.3"
    for of in (338, 339):
        assert not all(check_percentage(one, of).possible for one in printed)


# --- sentences -----------------------------------------------------------------
def test_debts_are_not_more_than_in_the_reference_group():
    """On the codes for savings or debts: 15.1 against 25.8 percent."""
    rows = ROWS["financial_situation"][3:6]
    own = sum(row["participants"]["n"] for row in rows)
    theirs = sum(row["reference"]["percent"] or 0 for row in rows)
    assert f"{100 * own / PEOPLE:.1f}" == "15.1"
    assert f"{theirs:.1f}" == "25.8"
    found = share_beside(own, PEOPLE, PrintedShare(f"{theirs:.1f}", 338, 0, 0))
    assert found.value < -0.1
    assert found.p is None


def test_wishes_for_care_and_volunteering_contradict_the_text():
    week = {row["label"]: row for row in ROWS["week"]}
    care, volunteering = week["Zorg kinderen"], week["Vrijwilligerswerk"]
    assert (care["now_percent"], care["wish_percent"]) == (49, 19)
    assert (care["now_mean_hours"], care["wish_mean_hours"]) == (23, 24)
    hours = volunteering["now_mean_hours"], volunteering["wish_mean_hours"]
    assert hours == (7, 6)


def test_a_quarter_with_a_self_reliance_problem_is_one_item_and_not_either():
    difficult, setbacks = (
        sum(counts(column("self_reliance", item)[:2]))
        for item in ("Kan moeilijke", "Kan tegenslagen")
    )
    assert setbacks == 13
    either = in_any((difficult, setbacks), PEOPLE)
    assert either.fewest == 14
    assert not either.holds(13)
    assert f"{100 * either.fewest / PEOPLE:.1f}" == "26.4"


def test_three_isolated_people_cannot_be_derived_from_the_margins():
    never = tuple(
        counts(column("contact", item)[5:])[0]
        for item in ("Buren", "Vrienden", "Familie")
    )
    limits = in_all(never, PEOPLE)
    assert limits == Limits(0, 8)
    assert limits.holds(3)
    assert not limits.derivable


def test_two_thirds_get_by_without_debt_only_if_all_36_are_the_same_people():
    without = ROWS["debts"][0]["participants"]["n"]
    little, gets_by = (
        ROWS["financial_situation"][k]["participants"]["n"] for k in (1, 2)
    )
    two_thirds = 36
    assert in_all((gets_by, without), PEOPLE).most < two_thirds
    assert in_all((gets_by + little, without), PEOPLE).most == two_thirds
    assert without == gets_by + little == two_thirds
    assert (two_thirds - 1) / PEOPLE < 2 / 3 < two_thirds / PEOPLE


def test_half_with_secondary_education_is_really_68_percent():
    rows = ROWS["education"][2:8]
    assert sum(row["participants"]["n"] for row in rows) == 36
    assert f"{100 * 36 / PEOPLE:.0f}" == "68"


def test_no_split_of_education_or_language_tells_dropouts_apart():
    education = [
        [row[group]["n"] for row in ROWS["education"][:9]]
        for group in ("participants", "dropouts")
    ]
    scales = [education] + [
        [
            counts(column("language_mastery", item)),
            counts(column("language_mastery", item, "dropouts"), 9),
        ]
        for item in ("Spreken", "Verstaan", "Lezen")
    ]
    smallest = min(
        two_arm_table_p(np.array([[sum(one[:cut]), sum(one[cut:])] for one in scale]).T)
        for scale in scales
        for cut in range(1, len(scale[0]))
    )
    assert smallest > 0.05


def test_the_printed_means_leave_one_sum_each():
    wanted = {
        "trust": [284, 385, 419],
        "life": [348, 317],
    }
    for table, sums in wanted.items():
        found = [check_mean(mean(row), PEOPLE).only for row in ROWS[table]]
        assert found == sums
    for measure, sums in (
        ("important", [230, 213, 200]),
        ("achieved", [162, 195, 186]),
    ):
        found = [
            check_mean(f"{row[measure]['participants']:.2f}", PEOPLE).only
            for row in ROWS["capability_value"]
        ]
        assert found == sums


def test_no_mean_can_be_laid_beside_the_reference_group_but_shares_can():
    life = ROWS["life"][0]["reference"]
    own = np.array([*[3.0] * 9, *[6.0] * 22, *[9.0] * 22])
    found = beside_published(
        own,
        {
            "mean": PrintedMean(life["mean"], 339),
            "high": PrintedShare(f"{life['percent_ge_8']:.1f}", 339, 8, 10),
            "low": PrintedShare(f"{life['percent_le_4']:.1f}", 339, 0, 4),
        },
    )
    (refused,) = found.refused
    assert isinstance(refused, CannotEstimate)
    assert (refused.what, refused.why) == ("published_mean:mean", "no_deviation")
    assert [one.method for one in found.estimates] == [
        "published_share:high",
        "published_share:low",
    ]


def test_of_339_people_every_mean_is_possible_and_the_check_says_so():
    assert not check_mean("7.05", 339).tells


def test_17_cells_are_of_one_person_and_20_with_language():
    tables = ("sex", "age_group", "age_at_migration", "birthplace", "marital_status")
    alone = sum(
        row[group]["n"] == 1
        for name in (*tables, "children_at_home", "education")
        for row in ROWS[name]
        for group in ("participants", "dropouts")
    )
    assert alone == 17
    language = [
        n
        for group, of in (("participants", 53), ("dropouts", 9))
        for item in ("Spreken", "Verstaan", "Lezen")
        for n in counts(column("language_mastery", item, group), of)
    ]
    assert alone + language.count(1) == 20


def test_two_labels_are_printed_twice():
    for name in ("age_at_migration", "birthplace"):
        labels = [row["label"].split(" (2e keer")[0] for row in ROWS[name]]
        assert len(labels) - len(set(labels)) == 1
