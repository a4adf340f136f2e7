"""The figures of a report as JSON, as other programs read them: full precision.

The names of the keys are a contract (the command line's); the labels are the words of
the reader's language.
"""

from typing import TypedDict, cast

from trede.reports.wording import Wording
from trede.studies.models import Run

Json = dict[str, object]


class CellJson(TypedDict, total=False):
    """A figure that the table lacks is absent; one that was withheld is None."""

    group: str
    item: str | None
    measure: str | None
    n: int | None
    percent: float | None
    mean: float | None
    percent_ge_8: float | None
    percent_le_4: float | None
    percent_never: float | None
    suppressed: str | None


class RowJson(TypedDict, total=False):
    code: str
    label: str
    cells: list[CellJson]
    of_which: list["RowJson"]


class TableJson(TypedDict):
    id: str
    title: str
    stage: str
    wave: str
    form: str
    base: dict[str, int]
    rows: list[RowJson]


def tables_in(results: Json) -> list[TableJson]:
    return cast(list[TableJson], results["tables"])


def claims_in(results: Json) -> list[Json]:
    return cast(list[Json], results["claims"])


def figures_of(run: Run, results: Json, *, view: str, wording: Wording) -> Json:
    told: Json = {
        "pilot": run.study.pilot.code,
        "edition": run.edition,
        "view": view,
        "until": run.until_on.isoformat(),
        "simulated": results["simulated"],
        "invented": results["invented"],
        "run": {
            "at": run.at.isoformat(),
            "data_hash": run.data_hash,
            "version": run.version,
            "versions": results.get("versions", {}),
        },
        "tables": [_table(table, wording) for table in tables_in(results)],
        "claims": claims_in(results),
        "flow": results["flow"],
        "waves": results["waves"],
        # A run from before this was kept has none.
        "languages": results.get("languages", {"offered": [], "used": []}),
        "held_back": results["held_back"],
    }
    # Of a final report only; and where hidden figures are shown by decision.
    some = ("analysis", "names", "shown_by_decision")
    kept = {key: results[key] for key in some if key in results}
    return told | kept


def _table(table: TableJson, wording: Wording) -> Json:
    told: Json = dict(table)
    told["title"] = wording.title(table["id"])
    told["rows"] = [_row(table["id"], row, wording) for row in table["rows"]]
    return told


def _row(table: str, row: RowJson, wording: Wording) -> Json:
    told: Json = dict(row)
    told["label"] = wording.row(table, row["code"])
    told["cells"] = [_cell(cell, wording) for cell in row["cells"]]
    if "of_which" in row:
        told["of_which"] = [_row(table, sub, wording) for sub in row["of_which"]]
    return told


def _cell(cell: CellJson, wording: Wording) -> Json:
    item = cell["item"]
    return dict(cell) | {"item": wording.item(item) if item else None}
