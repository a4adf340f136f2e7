"""A report's JSON laid beside the published tables, figure by figure.

Takes the JSON of `trede report --view researcher`, whatever database it was made from.
Where the source contradicts itself the figure that 53 people can have is expected, and
why. The published file is the evaluation's (`tests/evaluation/data`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.evaluation.published import PUBLISHED

Json = dict[str, Any]
# (table, row number, key): the true figure, and why the printed one cannot be.
TRUE: dict[tuple[str, int, str], tuple[float, str]] = {
    ("financial_situation", 6, "percent"): (17.0, "9/53 is 16.98; printed 16.9"),
    ("discrimination", 0, "mean"): (1.26, "the items' sums give 400/318, not 1.23"),
    ("discrimination", 1, "mean"): (1.40, "1.39 is no multiple of 1/53; 74/53"),
    ("discrimination", 2, "mean"): (1.40, "1.39 is no multiple of 1/53; 74/53"),
}
# code: (n, percent or None); printed otherwise: odd jobs 10 (5/53 is 9.4),
# self-reliance 25 (the setbacks item alone, 13/53).
CLAIMS: dict[str, tuple[int, float | None]] = {
    "isolated": (3, 5.7),
    "discriminated_any": (25, 47.2),
    "fairly_often": (13, None),
    "fairly_often_applying": (5, None),
    "obligations_not_opposed": (44, 83.0),
    "unpaid_in_return_not_opposed": (43, 81.1),
    "finds_volunteering": (13, 24.5),
    "finds_odd_jobs": (5, 9.4),
    "finds_paid_job": (7, 13.2),
    "self_reliance_problem": (13, 24.5),
    "youngest": (28, None),
    "target_list": (529, None),
    "aim": (150, None),
    "intakes": (62, None),
    "dropouts": (9, None),
    "participants": (53, None),
    "evaluated": (23, None),
    "trajectory_months": (6, None),
    # The published range of 10 to 15; a claim holds one number.
    "caseload_from": (10, None),
    "caseload_to": (15, None),
}
KEYS = ("n", "percent", "mean", "percent_ge_8", "percent_le_4", "percent_never")


@dataclass(frozen=True)
class Compared:
    """One printed figure beside ours."""

    where: str
    expected: float
    found: float | None
    places: int

    @property
    def same(self) -> bool:
        return self.found is not None and (
            abs(self.found - self.expected) <= 0.5 * 10**-self.places + 1e-9
        )


def compare(report: Json) -> list[Compared]:
    """Every figure of the published tables, beside that of the report."""
    made = {table["id"]: table for table in report["tables"]}
    found = []
    for table in PUBLISHED["tables"]:
        for number, row in enumerate(made[table["id"]]["rows"]):
            found += _row(table, number, row)
    return found


def compare_claims(report: Json, *, leave_out: frozenset[str]) -> list[Compared]:
    made = {claim["code"]: claim for claim in report["claims"]}
    found = []
    for code, (n, percent) in CLAIMS.items():
        if code in leave_out:
            continue
        found.append(Compared(code, n, made[code]["n"], 0))
        if percent is not None:
            found.append(Compared(code, percent, made[code]["percent"], 1))
    return found


def shape_mistakes(report: Json) -> list[str]:
    """Tables, rows and bases that do not stand as published."""
    published = {table["id"]: table for table in PUBLISHED["tables"]}
    if [table["id"] for table in report["tables"]] != list(published):
        return ["the tables stand in another order"]
    return [
        table["id"]
        for table in report["tables"]
        if len(table["rows"]) != len(published[table["id"]]["rows"])
        or table["base"] != published[table["id"]]["base"]
    ]


def _row(table: Json, number: int, row: Json) -> Iterator[Compared]:
    places: dict[str, int] = {}
    for cell in row["cells"]:
        place = places[cell["group"]] = places.get(cell["group"], -1) + 1
        for key, printed in _printed(table, number, cell, place):
            if printed is None:
                continue
            true = TRUE.get((table["id"], number, key))
            of_ours = cell["group"] == "participants"
            expected = true[0] if true and of_ours else printed
            where = f"{table['id']} {number} {cell['group']} {place} {key}"
            digits = _digits(table, key, expected)
            yield Compared(where, expected, cell.get(key), digits)
    if "of_which" in row:
        printed_rows = table["rows"][number]["of_which"]
        for sub, told in zip(row["of_which"], printed_rows, strict=True):
            n = sub["cells"][0]["n"]
            yield Compared(f"{table['id']} {sub['code']}", told["n"], n, 0)


def _printed(
    table: Json, number: int, cell: Json, place: int
) -> list[tuple[str, float | None]]:
    group, measure = cell["group"], cell["measure"]
    if "columns" in table:
        columns = [c for c in table["columns"] if c["group"] == group]
        return [("percent", columns[place]["percent"][number])]
    row = table["rows"][number]
    if table["form"] == "hours":
        prefix = "reference_now" if group == "reference" else measure
        return [
            ("percent", row[f"{prefix}_percent"]),
            ("mean", row[f"{prefix}_mean_hours"]),
        ]
    if table["form"] == "percent_yes":
        return [("percent", row[f"{measure}_percent"])]
    if table["form"] == "means":
        return [("mean", row[measure][group])]
    found = row.get(group) or (row if group == "participants" else {})
    return [(key, found[key]) for key in KEYS if key in found]


def _digits(table: Json, key: str, expected: float) -> int:
    if key == "mean" and table["id"] != "week":
        return 2
    text = str(expected)
    return len(text.split(".")[1]) if "." in text else 0


def printed_figures() -> int:
    """How many numbers the published tables hold: none may be left uncompared."""

    def numbers(value: Any) -> int:
        if isinstance(value, dict):
            return sum(numbers(each) for key, each in value.items() if key != "base")
        if isinstance(value, list):
            return sum(numbers(each) for each in value)
        return isinstance(value, int | float)

    return sum(numbers(table) for table in PUBLISHED["tables"])
