"""Each form of table, on people that can be counted on two hands."""

import pytest

from tests.evaluation.people import Person, dataset, people
from trede.evaluation.dataset import DatasetError
from trede.evaluation.derived import derive
from trede.evaluation.masking import Band, Masking
from trede.evaluation.results import Cell, Table
from trede.evaluation.specification import (
    AnySpec,
    Category,
    Counts,
    Hours,
    MeanAndShare,
    Means,
    OfWhich,
    Percentages,
    PercentYes,
    Pooled,
    Reference,
    each,
    scale,
)
from trede.evaluation.tables import build_tables

BOTH = ("participants", "dropouts")


def built(spec: AnySpec, *groups: list[Person]) -> Table:
    return build_tables(dataset(*groups), [spec])[0]


def cell(table: Table, row: str, group: str = "participants", **where: str) -> Cell:
    item, measure = where.get("item"), where.get("measure")
    found = [
        c
        for name, c in table.cells()
        if (name, c.group, c.item, c.measure) == (row, group, item, measure)
    ]
    assert len(found) == 1
    return found[0]


SEX = Counts("sex", "background", "T0", BOTH, "sex", each("man", "woman"))


def test_counts_are_of_each_group_apart() -> None:
    table = built(
        SEX,
        people("participants", sex=["man", "man", "woman", "woman", "woman"]),
        people("dropouts", sex=["woman", "woman"]),
    )
    assert cell(table, "man").values == {"n": 2, "percent": 40.0}
    assert cell(table, "man", "dropouts").values == {"n": 0, "percent": 0.0}
    assert cell(table, "woman", "dropouts").values == {"n": 2, "percent": 100.0}
    assert table.base == {"participants": 5, "dropouts": 2}


def test_nobody_falls_between_the_rows() -> None:
    table = built(SEX, people("participants", sex=["man", "?refused", "?skipped"]))
    assert [row.code for row in table.rows] == ["man", "woman", "unanswered"]
    assert cell(table, "unanswered").value("n") == 2
    assert sum(row.cells[0].value("n") or 0 for row in table.rows) == 3


def test_a_row_for_one_missing_reason_leaves_the_others_apart() -> None:
    spec = Counts(
        "sex",
        "background",
        code="sex",
        categories=(*each("man", "woman"), Category("unknown", (), ("refused",))),
    )
    table = built(spec, people("participants", sex=["?refused", "?skipped", "man"]))
    assert cell(table, "unknown").value("n") == 1
    assert cell(table, "unanswered").value("n") == 1


def test_an_optional_row_appears_only_with_somebody_in_it() -> None:
    spec = Counts(
        "sex",
        "background",
        code="sex",
        categories=(*each("man"), Category("other", ("other",), optional=True)),
    )
    assert len(built(spec, people("participants", sex=["man"])).rows) == 1
    assert len(built(spec, people("participants", sex=["man", "other"])).rows) == 2


def test_a_value_without_a_row_is_refused_by_name() -> None:
    with pytest.raises(
        DatasetError, match="no row of the table holds the value 'other'"
    ):
        built(SEX, people("participants", sex=["other"]))


def test_a_code_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(DatasetError, match="no column sex"):
        built(SEX, people("participants", debts=["yes"]))


def test_a_group_without_people_has_no_cells_and_no_base() -> None:
    table = built(SEX, people("participants", sex=["man"]))
    assert {c.group for _, c in table.cells()} == {"participants"}
    assert "dropouts" not in table.base


def test_of_which_counts_within_its_row_only() -> None:
    spec = Counts(
        "debts",
        "household_finances",
        code="debts",
        categories=each("no", "yes"),
        of_which=(OfWhich("yes", "debt_help", each("no", "yes")),),
    )
    table = built(
        spec,
        people(
            "participants",
            debts=["yes", "yes", "yes", "no"],
            debt_help=["yes", "no", "no", "?not_asked"],
        ),
    )
    assert cell(table, "yes/debt_help_no").values == {"n": 2}
    assert cell(table, "yes/debt_help_yes").values == {"n": 1}


def test_percentages_keep_the_silent_in_the_base() -> None:
    spec = Percentages(
        "health", "wellbeing", items=("health_mental",), categories=scale(1, 5)
    )
    table = built(spec, people("participants", health_mental=[1, 1, 5, "?skipped"]))
    assert cell(table, "1", item="health_mental").values == {"percent": 50.0}
    assert cell(table, "5", item="health_mental").values == {"percent": 25.0}


def test_percent_yes_has_a_cell_per_measure() -> None:
    spec = PercentYes(
        "schemes",
        "household_finances",
        rows=(("pass", {"uses": "scheme_pass_uses", "wants": "scheme_pass_wants"}),),
    )
    table = built(
        spec,
        people(
            "participants",
            scheme_pass_uses=["yes", "no", "no", "?dont_know"],
            scheme_pass_wants=["yes", "yes", "yes", "no"],
        ),
    )
    assert cell(table, "pass", measure="uses").values == {"percent": 25.0}
    assert cell(table, "pass", measure="wants").values == {"percent": 75.0}


def test_a_mean_is_over_answers_and_a_share_over_everybody() -> None:
    spec = MeanAndShare(
        "life",
        "wellbeing",
        codes=("satisfied",),
        shares=("percent_ge_8", "percent_le_4"),
    )
    table = built(spec, people("participants", satisfied=[10, 8, 4, "?refused"]))
    values = cell(table, "satisfied").values
    assert values["mean"] == pytest.approx(22 / 3)
    assert values["percent_ge_8"] == 50.0
    assert values["percent_le_4"] == 25.0


def test_a_mean_nobody_answered_is_absent_not_zero() -> None:
    spec = MeanAndShare("life", "wellbeing", codes=("satisfied",))
    assert built(spec, people("participants", satisfied=["?skipped"])).rows == ()


def test_the_pooled_row_counts_answers_and_people() -> None:
    """Mean over all six times three answers; never means never in any place."""
    places = ("applying", "street", "school", "nightlife", "club", "work")
    codes = tuple(f"discriminated_{place}" for place in places)
    answers: dict[str, list[str | int]] = {code: [1, 1, 1] for code in codes}
    answers[codes[0]] = [3, 1, 1]
    answers[codes[5]] = [2, 2, 1]
    spec = MeanAndShare(
        "discrimination",
        "social_ties",
        codes=codes,
        low=1,
        high=3,
        shares=("percent_never",),
        pooled=Pooled("total", codes, "discriminated_any"),
    )
    data = derive(dataset(people("participants", **answers)))
    table = build_tables(data, [spec])[0]
    assert [row.code for row in table.rows] == ["total", *codes]
    total = cell(table, "total")
    assert total.value("mean") == pytest.approx((18 + 2 + 1 + 1) / 18)
    assert total.value("percent_never") == pytest.approx(100 / 3)


def test_means_have_a_cell_per_measure() -> None:
    spec = Means(
        "capability_value",
        "wellbeing",
        rows=(
            (
                "income",
                {
                    "important": "value_income_important",
                    "achieved": "value_income_achieved",
                },
            ),
        ),
    )
    table = built(
        spec,
        people(
            "participants", value_income_important=[5, 4], value_income_achieved=[1, 2]
        ),
    )
    assert cell(table, "income", measure="important").values == {"mean": 4.5}
    assert cell(table, "income", measure="achieved").values == {"mean": 1.5}


def test_hours_divide_by_everybody_and_average_over_the_namers() -> None:
    table = built(
        Hours("week", "week", activities=("course",)),
        people(
            "participants",
            hours_now_course=[2, 4, "not", "?skipped", "?skipped"],
            hours_wish_course=["not"] * 5,
        ),
    )
    assert cell(table, "course", measure="now").values == {"percent": 40.0, "mean": 3.0}
    assert cell(table, "course", measure="wish").values == {"percent": 0.0}


def test_ninety_hours_with_children_count_as_named_but_not_in_the_mean() -> None:
    table = built(
        Hours("week", "week", activities=("children",), left_out={"children": 90}),
        people(
            "participants",
            hours_now_children=[20, 30, 90, 168],
            hours_wish_children=[89, "not", "not", "not"],
        ),
    )
    assert cell(table, "children", measure="now").values == {
        "percent": 100.0,
        "mean": 25,
    }
    assert cell(table, "children", measure="wish").value("mean") == 89


MASKING = Masking(
    2020, (Band("young", 28, 39), Band("old", 40, 70)), (), {"TR": "land", "PL": "rest"}
)


def test_ages_are_shown_in_the_bands_of_the_pilot() -> None:
    data = derive(
        dataset(people("participants", birth_year=[1992, 1981, 1980])), masking=MASKING
    )
    spec = Counts(
        "age_group",
        "background",
        code="age",
        categories=tuple(Category(b.code, b.ages) for b in MASKING.age_bands),
    )
    table = build_tables(data, [spec])[0]
    assert [row.cells[0].value("n") for row in table.rows] == [2, 1]


def test_a_country_outside_the_masking_is_shown_elsewhere() -> None:
    spec = Counts(
        "birthplace",
        "background",
        code="birthplace",
        categories=(
            *(Category(p, MASKING.countries(p)) for p in MASKING.place_order),
            Category("elsewhere", optional=True),
        ),
    )
    table = built(spec, people("participants", birthplace=["TR", "BR", "?refused"]))
    counts = {row.code: row.cells[0].value("n") for row in table.rows}
    assert counts == {"land": 1, "rest": 0, "elsewhere": 1, "unanswered": 1}


def test_bands_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="age 30 lies in band a and in band b"):
        Masking(2020, (Band("a", 20, 30), Band("b", 30, 40)), (), {})


def test_the_reference_group_stands_last_with_its_own_base() -> None:
    reference = Reference({"sex": 339}, {("sex", "man", None, None): {"percent": 40.1}})
    data = dataset(people("participants", sex=["man", "woman"]))
    table = build_tables(data, [SEX], reference=reference)[0]
    assert table.base == {"participants": 2, "reference": 339}
    assert cell(table, "man", "reference").values == {"percent": 40.1}
    assert [c.group for c in table.rows[1].cells] == ["participants"]


def test_the_order_of_the_people_means_nothing() -> None:
    rows = people("participants", sex=["man", "woman", "woman"])
    assert built(SEX, rows) == built(SEX, rows[::-1])
