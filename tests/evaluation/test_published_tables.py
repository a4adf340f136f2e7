"""The researcher's tables beside the published ones, figure by figure.

`published.py` makes people from the margins; here the tables are computed and every
printed figure must come out, rounded as printed. Where the source contradicts itself
the true figure is expected and the reason given.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.evaluation.published import ITEMS, PUBLISHED, TABLES, report
from trede.evaluation.results import Cell, Table, as_json

MADE: dict[str, Table] = {table.id: table for table in report()[0]}
CLAIMS = {claim.code: claim for claim in report()[1]}

Printed = tuple[str, str, str, str | None, str | None, str, float]
# (table, row number, key): the figure that 53 people can have, instead of the printed
TRUE: dict[tuple[str, int, str], tuple[float, str]] = {
    ("financial_situation", 6, "percent"): (17.0, "9/53 = 16.98; printed 16.9"),
    ("discrimination", 0, "mean"): (1.26, "400/318; 1.23 cannot come from the items"),
    ("discrimination", 1, "mean"): (1.40, "74/53; 1.39 is no multiple of 1/53"),
    ("discrimination", 2, "mean"): (1.40, "74/53; 1.39 is no multiple of 1/53"),
}


def printed_figures() -> Iterator[tuple[str, int, Cell, str, float]]:
    for table in PUBLISHED["tables"]:
        for number, row in enumerate(MADE[table["id"]].rows):
            for cell in row.cells:
                for key, value in printed_cell(table, number, cell):
                    if value is not None:
                        yield table["id"], number, cell, key, value


def printed_cell(
    table: dict[str, Any], number: int, cell: Cell
) -> list[tuple[str, Any]]:
    if "columns" in table:
        for column, item in columns(table):
            if (column["group"], item) == (cell.group, cell.item):
                return [("percent", column["percent"][number])]
        return []
    row = table["rows"][number]
    if table["form"] == "hours":
        prefix = "reference_now" if cell.group == "reference" else cell.measure
        return [
            ("percent", row[f"{prefix}_percent"]),
            ("mean", row[f"{prefix}_mean_hours"]),
        ]
    if table["form"] == "percent_yes":
        return [("percent", row[f"{cell.measure}_percent"])]
    if table["form"] == "means":
        return [("mean", row[cell.measure][cell.group])]
    found = row.get(cell.group) or (row if cell.group == "participants" else {})
    keys = ("n", "percent", "mean", "percent_ge_8", "percent_le_4", "percent_never")
    return [(key, found[key]) for key in keys if key in found]


def columns(table: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Each printed column with the code of its item."""
    names = list(dict.fromkeys(column["item"] for column in table["columns"]))
    for column in table["columns"]:
        yield column, ITEMS[table["id"]][names.index(column["item"])]


def digits(value: float) -> int:
    text = str(value)
    return len(text.split(".")[1]) if "." in text else 0


FIGURES = list(printed_figures())


@pytest.mark.parametrize(
    ("table", "number", "cell", "key", "expected"),
    FIGURES,
    ids=[f"{t}-{n}-{c.group}-{c.item}-{c.measure}-{k}" for t, n, c, k, _ in FIGURES],
)
def test_every_published_figure_comes_out(
    table: str, number: int, cell: Cell, key: str, expected: float
) -> None:
    if cell.group == "participants" and (table, number, key) in TRUE:
        expected = TRUE[table, number, key][0]
    value = cell.value(key)
    assert value is not None
    places = 2 if key == "mean" and table != "week" else digits(expected)
    assert abs(value - expected) <= 0.5 * 10**-places + 1e-9


def test_no_printed_figure_was_left_uncompared() -> None:
    """438 figures are printed in the 21 tables, debt help included."""

    def numbers(value: Any) -> int:
        if isinstance(value, dict):
            return sum(numbers(v) for k, v in value.items() if k != "base")
        if isinstance(value, list):
            return sum(numbers(v) for v in value)
        return isinstance(value, int | float)

    of_which = 2
    assert (
        len(FIGURES) + of_which == 438 == sum(numbers(t) for t in PUBLISHED["tables"])
    )


def test_debt_help_splits_the_people_with_debts() -> None:
    split = {
        row.code: row.cells[0].value("n") for row in MADE["debts"].rows[1].of_which
    }
    printed = [row["n"] for row in TABLES["debts"]["rows"][1]["of_which"]]
    assert list(split.values()) == printed == [11, 4]


def test_tables_and_rows_stand_in_the_published_order() -> None:
    assert list(MADE) == [table["id"] for table in PUBLISHED["tables"]]
    for table in PUBLISHED["tables"]:
        assert len(MADE[table["id"]].rows) == len(table["rows"]), table["id"]
        assert MADE[table["id"]].base == table["base"], table["id"]


@pytest.mark.parametrize(
    ("code", "n", "percent"),
    [
        ("isolated", 3, 5.7),
        ("discriminated_any", 25, 47.2),
        ("fairly_often", 13, None),
        ("fairly_often_applying", 5, None),
        ("obligations_not_opposed", 44, 83.0),
        ("unpaid_in_return_not_opposed", 43, 81.1),
        ("finds_volunteering", 13, 24.5),
        ("finds_odd_jobs", 5, 9.4),  # printed 10; 5/53 is 9.4
        ("finds_paid_job", 7, 13.2),
        ("self_reliance_problem", 13, 24.5),  # printed 25: the setbacks item alone
        ("intakes", 62, None),
        ("dropouts", 9, None),
        ("participants", 53, None),
        ("youngest", 28, None),
    ],
)
def test_every_claim_comes_out(code: str, n: int, percent: float | None) -> None:
    claim = CLAIMS[code]
    assert claim.n == n
    if percent is not None:
        assert claim.percent is not None
        assert round(claim.percent, 1) == percent


def test_the_json_leaves_out_what_a_table_does_not_have() -> None:
    told = as_json(*report(), words=lambda kind, code: f"{kind}:{code}")
    tables = told["tables"]
    assert isinstance(tables, list)
    contact = next(t for t in tables if t["id"] == "contact")
    assert contact["title"] == "title:contact"
    first = contact["rows"][0]["cells"][0]
    assert set(first) == {"group", "item", "measure", "percent", "suppressed"}
    assert first["item"] == "item:contact.contact_neighbours"
    assert first["percent"] == 100 * 18 / 53
    debts = next(t for t in tables if t["id"] == "debts")
    assert [r["cells"][0]["n"] for r in debts["rows"][1]["of_which"]] == [11, 4]
